"""Annotations: the rows of an analysis as other programs know them, a stretch of text with features, and back.

Every layer is a table. What a researcher changes, adds or takes out in another program comes back as decisions, the
rows of a file of corrections (:mod:`analysis.study.corrections`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from analysis.schema.analysis import Analysis
from analysis.schema.records import RECORDS
from analysis.schema.rows import columns_of
from analysis.schema.spans import Span
from analysis.study.corrections import ADD, DELETE, FIELDS
from analysis.study.places import placed

LAYERS: Mapping[str, tuple[str, ...]] = {
    "statements": ("speaker", "cue_class", "quote_type", "addressee", "occasion", "via"),
    "mentions": ("actor", "form"),
    "stances": ("source", "target", "stance", "how"),
    "sentiments": ("actor", "sentiment"),
    "frames": ("scheme", "frame", "voice"),
    "roles": ("actor", "role", "voice"),
    "functions": ("function", "actor", "voice"),
}
"""Table -> its features, as they are named in every program."""
PARTS = ("source", "cue")
"""Of a statement: the words for who is credited, and the words that attribute."""
SCORES = ("-1", "0", "1")


@dataclass(frozen=True)
class Annotation:
    """A row of a table: the characters it stands for, its features, and for a statement where source and cue stand.

    `row` is its number in the table of its article, or 0 for one that a person added.
    """

    table: str
    article_id: str
    row: int
    start: int
    end: int
    features: tuple[tuple[str, str], ...] = ()
    parts: tuple[tuple[str, Span], ...] = ()

    @property
    def told(self) -> dict[str, str]:
        """The features by name."""
        return dict(self.features)

    @property
    def name(self) -> str:
        """What names the row within its article: "statements-3"."""
        return f"{self.table}-{self.row}"


@dataclass(frozen=True)
class Annotated:
    """Texts by article, and what is annotated in them.

    `about` is what is known of an article (outlet, date), `sentences` are its passages, `files` those it was read from.
    """

    texts: Mapping[str, str]
    annotations: tuple[Annotation, ...] = ()
    about: Mapping[str, Mapping[str, str]] = field(default_factory=dict, compare=False)
    sentences: Mapping[str, Sequence[Span]] = field(default_factory=dict, compare=False)
    files: tuple[str, ...] = field(default=(), compare=False)

    def of(self, article_id: str) -> list[Annotation]:
        """Those of one article."""
        return self._by_article.get(article_id, [])

    @cached_property
    def _by_article(self) -> dict[str, list[Annotation]]:
        found: dict[str, list[Annotation]] = {}
        for one in self.annotations:
            found.setdefault(one.article_id, []).append(one)
        return found


def annotated(analysis: Analysis, *, tables: Sequence[str] = tuple(LAYERS)) -> Annotated:
    """The rows of some tables as annotations, in the order of the text."""
    found = [one for table in tables for one in _of_table(analysis, table)]
    found.sort(key=lambda one: (one.article_id, one.start, -one.end, list(LAYERS).index(one.table), one.row))
    return Annotated(dict(analysis.texts), tuple(found))


def _of_table(analysis: Analysis, table: str) -> Iterator[Annotation]:
    rows = placed(analysis, table)
    names = LAYERS[table]
    cells = rows[list(names)].astype("string").fillna("")
    numbers = rows.groupby("article_id", sort=False).cumcount() + 1
    parts = _parts(rows) if table == "statements" else [()] * len(rows)
    each = zip(rows["article_id"], numbers, rows["start"], rows["end"], parts, strict=True)
    for told, (article_id, row, start, end, own) in zip(cells.itertuples(index=False, name=None), each, strict=True):
        features = features_of(table, dict(zip(names, told, strict=True)))
        yield Annotation(table, article_id, row, int(start), int(end), features, own)


def _parts(rows: pd.DataFrame) -> list[tuple[tuple[str, Span], ...]]:
    edges = {name: zip(rows[f"{name}_start"], rows[f"{name}_end"], strict=True) for name in PARTS}
    spans = zip(*edges.values(), strict=True)
    return [
        tuple((name, (int(at[0]), int(at[1]))) for name, at in zip(PARTS, each, strict=True) if not pd.isna(at[0]))
        for each in spans
    ]


def features_of(table: str, told: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """The features of a layer that are told, in their order, as texts; what is empty is left out."""
    texts = {name: str(told[name]).strip() for name in LAYERS[table] if told.get(name) not in (None, "")}
    return tuple((name, text) for name, text in texts.items() if text)


def values_of(table: str, feature: str) -> tuple[str, ...]:
    """What a feature can be; nothing where it is a name or free text."""
    if feature in ("stance", "sentiment"):
        return SCORES
    column = columns_of(RECORDS[table]).get(feature)
    return column.values if column is not None and column.values else ()


# --- what a person changed -----------------------------------------------------------------------------------------


def decisions(before: Annotated, after: Annotated, *, who: str = "", why: str = "") -> list[dict[str, str]]:
    """What differs between what was written and what came back, as rows of a file of corrections.

    Rows are the same by their names, which most programs keep, or else by layer, place and features. Articles that did
    not come back, and layers that were not written, are not looked at. A place that moved is a changed content for a
    statement, and a row taken out and another one added for all else.
    """
    layers = {one.table for one in before.annotations}
    there = [one for one in after.annotations if one.table in layers]
    back = {*after.texts, *(one.article_id for one in there)}
    kept, gone, new = _paired([one for one in before.annotations if one.article_id in back], there)
    rows = [row for old, one in kept for row in _changes(old, one)]
    rows += [_row(one, DELETE, "") for one in gone if DELETE in FIELDS[one.table]]
    rows += [_added(one) for one in new if ADD in FIELDS[one.table]]
    names = {"who": who, "why": why}
    return [row | {"words": _words(after.texts, row)} | names for row in rows]


Pairs = list[tuple[Annotation, Annotation]]


def _paired(
    before: Sequence[Annotation], after: Sequence[Annotation]
) -> tuple[Pairs, list[Annotation], list[Annotation]]:
    """What was and what it became; what is gone; what is new."""
    kept: Pairs = []
    for key in (_by_name, _by_content, _by_place):
        open_ones: dict[object, list[Annotation]] = {}
        for one in after:
            open_ones.setdefault(key(one), []).append(one)
        left = []
        for old in before:
            found = open_ones.get(key(old)) if key(old) is not None else None
            if found:
                kept.append((old, found.pop(0)))
            else:
                left.append(old)
        taken = {id(one) for _, one in kept}
        before, after = left, [one for one in after if id(one) not in taken]
    return kept, list(before), list(after)


def _by_name(one: Annotation) -> object:
    return (one.article_id, one.name) if one.row else None


def _by_content(one: Annotation) -> object:
    return (one.article_id, one.table, one.start, one.end, one.features)


def _by_place(one: Annotation) -> object:
    return (one.article_id, one.table, one.start, one.end, _identity(one.table, one.told))


def _identity(table: str, told: Mapping[str, str]) -> tuple[str, ...]:
    """The features that no correction changes: what the row is about."""
    return tuple(told.get(name, "") for name in LAYERS[table] if name not in FIELDS[table] and name != "quote_type")


def _changes(old: Annotation, one: Annotation) -> Iterator[dict[str, str]]:
    """The decisions about one row."""
    moved = (old.start, old.end) != (one.start, one.end)
    if _identity(old.table, old.told) != _identity(old.table, one.told) or (moved and old.table != "statements"):
        yield from (_row(old, DELETE, ""), _added(one)) if {ADD, DELETE} <= set(FIELDS[old.table]) else ()
        return
    if moved:
        yield _row(old, "content", f"{one.start}-{one.end}")
    for name in LAYERS[old.table]:
        value = one.told.get(name, "")
        if name in FIELDS[old.table] and value != old.told.get(name, ""):
            yield _row(old, name, value)


def _row(one: Annotation, field: str, value: str) -> dict[str, str]:
    where = {"table": one.table, "article_id": one.article_id, "place": f"{one.start}-{one.end}"}
    return where | {"about": _about(one), "field": field, "value": value}


def _about(one: Annotation) -> str:
    """What tells the row from others at its place."""
    told = one.told
    if one.table == "stances":
        return f"{told.get('source', '')} > {told.get('target', '')}"
    if one.table == "frames":
        return f"{told.get('scheme', '')}: {told.get('frame', '')}"
    return told.get({"statements": "", "functions": "function"}.get(one.table, "actor"), "")


def _added(one: Annotation) -> dict[str, str]:
    """The decision to add a row, with the value that tables ask for."""
    told = one.told
    value = {"statements": "cue_class", "stances": "stance", "roles": "role", "functions": "actor", "mentions": "actor"}
    row = _row(one, ADD, told.get(value.get(one.table, ""), ""))
    return row | ({"about": told.get("speaker", "")} if one.table == "statements" else {})


def _words(texts: Mapping[str, str], row: Mapping[str, str]) -> str:
    start, end = map(int, row["place"].split("-"))
    return texts.get(row["article_id"], "")[start:end]
