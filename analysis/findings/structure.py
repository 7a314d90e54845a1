"""How an article is built: what its headline takes over, and who is heard first, longest, and in reply.

Plain functions from tables to small tidy tables. Repeated headlines are never counted. Places are shares of the text
that is read, headline and body together: 0 is its first character, 1 its end.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from analysis.findings.aggregate import taken
from analysis.findings.counts import counted, words_once
from analysis.schema import UNKNOWN, WRITER, spans
from analysis.schema.values import SAID

ITEMS = ("speaker", "stance", "frame")
FORMS = ("in quotation marks", "partly in quotation marks", "indirect speech", "writer's voice")
"""How the headline gives something, in this order."""

_FORM = {"direct": FORMS[0], "mixed": FORMS[1], "indirect": FORMS[2]}
_AGAINST_OR_FOR = {-1: "against", 1: "for"}


# --- headline against body ------------------------------------------------------------------------------------------


def headline_against_body(
    statements: pd.DataFrame, stances: pd.DataFrame, frames: pd.DataFrame, passages: pd.DataFrame
) -> pd.DataFrame:
    """Which speakers, stances and frames the headline takes over, one row for each that the article has.

    Columns: `article_id`; `item` (speaker, stance, frame); `name` ("Lund", "Lund against Norway", "generic: conflict");
    `camp` of the speaker; `headline` and `body`, in how many statements (speakers, stances) or passages (frames);
    `form`, how the headline gives it, one of :data:`FORMS`, missing where it does not; `places`, the passages ("1, 5").
    Stances of 0 are left out. The rows of an article: speakers, stances, frames, each by number of places.
    """
    placement = {(row.article_id, row.passage_id): row.placement for row in passages.itertuples(index=False)}
    spoken = counted(statements)
    quoted = {(row.article_id, row.statement_id): _FORM[row.quote_type] for row in spoken.itertuples(index=False)}
    units = [*_speakers(spoken), *_positions(stances), *_frames(frames)]
    kept = [one for one in units if one["statement_id"] is None or _key(one, "statement_id") in quoted]
    for one in kept:
        one["placement"] = placement.get(_key(one, "passage_id"))
        one["form"] = FORMS[3] if one["statement_id"] is None else quoted[_key(one, "statement_id")]
    columns = ["article_id", "item", "name", "camp", "headline", "body", "form", "places"]
    table = pd.DataFrame(
        kept, columns=["article_id", "item", "name", "camp", "unit", "passage_id", "placement", "form"]
    )
    table = table[table["placement"].notna()]
    groups = table.groupby(["article_id", "item", "name"], sort=False, dropna=False)
    rows = [dict(zip(("article_id", "item", "name"), key, strict=True)) | _compared(group) for key, group in groups]
    found = pd.DataFrame(rows, columns=columns)
    order = found.assign(rank=found["item"].map(ITEMS.index), size=-found["headline"] - found["body"])
    ranked = order.sort_values(["article_id", "rank", "size", "name"], kind="stable")
    return ranked[columns].reset_index(drop=True)


def _key(one: Mapping[str, object], name: str) -> tuple[object, object]:
    return one["article_id"], one[name]


def _speakers(spoken: pd.DataFrame) -> Iterator[dict[str, object]]:
    for row in spoken[spoken["speaker_id"].notna()].itertuples(index=False):
        yield _unit("speaker", row.speaker, row.camp, row, row.statement_id)


def _positions(stances: pd.DataFrame) -> Iterator[dict[str, object]]:
    spoken = taken(stances, SAID)
    for row in spoken[spoken["stance"] != 0].itertuples(index=False):
        name = f"{row.source} {_AGAINST_OR_FOR[row.stance]} {row.target}"
        yield _unit("stance", name, row.source_camp, row, row.statement_id)


def _frames(frames: pd.DataFrame) -> Iterator[dict[str, object]]:
    for row in frames.itertuples(index=False):
        yield _unit("frame", f"{row.scheme}: {row.frame.replace('_', ' ')}", None, row, row.passage_id)


def _unit(item: str, name: str, camp: object, row, unit: object) -> dict[str, object]:
    number = None if pd.isna(row.statement_id) else row.statement_id
    where = {"article_id": row.article_id, "passage_id": row.passage_id, "statement_id": number}
    return {"item": item, "name": name, "camp": camp, "unit": unit, **where}


def _compared(group: pd.DataFrame) -> dict[str, object]:
    above = group[group["placement"] == "headline"]
    places = sorted(set(group["passage_id"]))
    return {
        "camp": next((camp for camp in group["camp"] if not pd.isna(camp)), None),
        "headline": above["unit"].nunique(),
        "body": group.loc[group["placement"] == "body", "unit"].nunique(),
        "form": min(above["form"], key=FORMS.index) if len(above) else None,
        "places": ", ".join(map(str, places)),
    }


# --- space and order ------------------------------------------------------------------------------------------------


def space_and_order(statements: pd.DataFrame, segments: pd.DataFrame, *, by: str = "speaker") -> pd.DataFrame:
    """Who is heard first and how much, one row for each speaker (or, with ``by="camp"``, camp), first come first.

    Columns: `article_id`; `name`; `camp`; `first` and `last`, where its first and last statement begin (0 to 1);
    `headline`, whether it speaks there; `statements`; `words` of its contents, those inside another statement counted
    with the outer one; `share` of all words of headline and body. The row "writer" holds what is credited to nobody;
    a speaker who could not be told is "unresolved", a camp that is not known is missing from the camps.
    """
    rows: list[dict[str, object]] = []
    for article_id, own in segments.groupby("article_id", sort=False):
        here, told = counted(statements[statements["article_id"] == article_id]), Told(own)
        whole = sum(len(text.split()) for text in told.texts)
        named = here.assign(speaker=here["speaker"].fillna(UNKNOWN)).sort_values("content_start", kind="stable")
        for name, group in named.groupby(by, sort=False):
            rows.append({"article_id": article_id, "name": name, **_space(group, told, whole)})
        words = int(words_once(here).sum())
        rest = {"words": max(whole - words, 0), "share": max(whole - words, 0) / max(whole, 1)}
        rows.append({"article_id": article_id, "name": WRITER, **rest})
    columns = ["article_id", "name", "camp", "first", "last", "headline", "statements", "words", "share"]
    types = {"first": "Float64", "last": "Float64", "share": "Float64", "headline": "boolean", "statements": "Int64"}
    return pd.DataFrame(rows, columns=columns).astype(types | {"words": "Int64"})


def _space(group: pd.DataFrame, told: Told, whole: int) -> dict[str, object]:
    places = [told.place(start) for start in _beginnings(group)]
    words = int(words_once(group).sum())
    camps = group["camp"].dropna()
    return {
        "camp": camps.iloc[0] if len(camps) else None,
        "first": min(places),
        "last": max(places),
        "headline": bool((group["placement"] == "headline").any()),
        "statements": len(group),
        "words": words,
        "share": min(words / max(whole, 1), 1),
    }


class Told:
    """Headline and body of one article as one stretch, in which every place has a share from 0 to 1."""

    def __init__(self, segments: pd.DataFrame) -> None:
        read = segments[segments["kind"].isin(["headline", "body"])].sort_values("start")
        self.pieces = [(int(row.start), int(row.end), row.kind) for row in read.itertuples(index=False)]
        self.texts = list(read["text"])
        self.size = max(sum(end - start for start, end, _ in self.pieces), 1)

    def place(self, at: int) -> float:
        """The share of headline and body that stands before a character."""
        return sum(min(max(at - start, 0), end - start) for start, end, _ in self.pieces) / self.size

    def borders(self) -> list[tuple[float, float, str]]:
        """Each segment from where to where, and its kind."""
        return [(self.place(start), self.place(end), kind) for start, end, kind in self.pieces]


def _beginnings(statements: pd.DataFrame) -> list[int]:
    """Where each statement begins: with its source, its cue or its content."""
    parts = statements[["source_start", "cue_start", "content_start"]]
    return [int(min(value for value in row if not pd.isna(value))) for row in parts.itertuples(index=False)]


# --- rebuttals ------------------------------------------------------------------------------------------------------


def rebuttals(statements: pd.DataFrame, stances: pd.DataFrame, segments: pd.DataFrame) -> pd.DataFrame:
    """The statements that answer an attack, one row each: where in the article and in how many words.

    A statement is one if its cue denies or dismisses (`kind` "denial"), or if it takes a stance against somebody who
    took one against its speaker in an earlier statement (`kind` "against the accuser"). Columns: `article_id`;
    `statement_id`; `passage_id`; `speaker`; `camp`; `kind`; `place` (0 to 1); `words` of source, cue and content;
    `answers`, the speakers it is against; `text`.
    """
    rows: list[dict[str, object]] = []
    for article_id, own in segments.groupby("article_id", sort=False):
        here = counted(statements[statements["article_id"] == article_id])
        spoken = taken(stances, SAID)
        against = spoken[(spoken["article_id"] == article_id) & (spoken["stance"] == -1)]
        rows += _rebuttals(here, against[against["statement_id"].isin(here["statement_id"])], Told(own), article_id)
    columns = [
        "article_id",
        "statement_id",
        "passage_id",
        "speaker",
        "camp",
        "kind",
        "place",
        "words",
        "answers",
        "text",
    ]
    return pd.DataFrame(rows, columns=columns)


def _rebuttals(here: pd.DataFrame, against: pd.DataFrame, told: Told, article_id: str) -> Iterator[dict[str, object]]:
    ordered = here.assign(begin=_beginnings(here)).sort_values("begin", kind="stable")
    attackers: dict[str, set[str]] = {}
    for row in ordered.to_dict("records"):
        own = against[against["statement_id"] == row["statement_id"]]
        known = attackers.get(row["speaker_id"], set()) if not pd.isna(row["speaker_id"]) else set()
        answered = own[own["target_id"].isin(known)] if row["cue_class"] != "denying" else own
        if row["cue_class"] == "denying" or len(answered):
            yield _rebuttal(row, answered, told) | {"article_id": article_id}
        for attack in own.itertuples(index=False):
            attackers.setdefault(attack.target_id, set()).add(attack.source_id)


def _rebuttal(row: Mapping[str, object], answered: pd.DataFrame, told: Told) -> dict[str, object]:
    parts = [(row[f"{part}_start"], row[part]) for part in ("source", "cue", "content") if not pd.isna(row[part])]
    text = " ".join(str(part) for _, part in sorted(parts, key=lambda part: part[0]))
    return {
        **{name: row[name] for name in ("statement_id", "passage_id", "speaker", "camp")},
        "kind": "denial" if row["cue_class"] == "denying" else "against the accuser",
        "place": told.place(row["begin"]),
        "words": len([word for word in text.replace(spans.GAP, " ").split() if any(map(str.isalnum, word))]),
        "answers": ", ".join(dict.fromkeys(answered["target"])),
        "text": text,
    }
