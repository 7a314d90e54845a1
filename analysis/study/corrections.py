"""Corrections: what a person decides about single rows, kept in a file and applied to every analysis from then on.

A file (CSV in UTF-8, or XLSX) has one row for each decision:

========== =========================================================================================================
column     meaning
========== =========================================================================================================
table      actors, mentions, statements, stances, sentiments, frames, roles, functions, devices
article_id the article; empty for every article (actors alone)
place      characters of the article, "120-180": the content of a statement, the mention, the passage; empty for actors
words      what stands there; if the text has moved, the place is looked for by its words
about      which row of several there: the cue; "source > target"; the actor; "scheme: frame"; the function; the name
field      the column that is wrong (:data:`FIELDS`), or ``(delete)``, or ``(add)``
value      what it is to be; an actor by name, a new name makes a new actor; empty: nothing; for "split" the name of the
           other actor, a colon, and the names in the text that are his: "Norwegian envoy: the envoy | Holm"
who, why   the coder and the reason, for readers
========== =========================================================================================================

Stages go on from what is corrected: the stances of a statement follow its speaker, their camps the actors. A row that a
person decided has the method ``person``. What matches nothing any more is told in the table "problems".
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from analysis.codebook import CodebookError
from analysis.schema.records import RECORDS
from analysis.schema.rows import columns_of
from analysis.schema.spans import Span

PERSON = "person"
ADD, DELETE, SAME_AS, SPLIT = "(add)", "(delete)", "same as", "split"
FIELDS: Mapping[str, tuple[str, ...]] = {
    "actors": ("name", "camp", "kind", "office", "body", "state", "party", SAME_AS, SPLIT),
    "mentions": ("actor", ADD, DELETE),
    "statements": ("speaker", "cue_class", "quote_type", "addressee", "occasion", "via", "content", ADD, DELETE),
    "stances": ("stance", ADD, DELETE),
    "sentiments": ("sentiment",),
    "frames": (ADD, DELETE),
    "roles": ("role", ADD, DELETE),
    "functions": ("actor", ADD, DELETE),
    "devices": ("loading", "actor", DELETE),
}
"""Table -> what a correction may say of its rows."""
COLUMNS = ("table", "article_id", "place", "words", "about", "field", "value", "who", "why")


@dataclass(frozen=True)
class Correction:
    """One decision: the columns of the file, `place` as a span, and its line there."""

    table: str
    article_id: str
    place: Span | None
    words: str
    about: str
    field: str
    value: str
    who: str
    why: str
    line: int


@dataclass(frozen=True)
class Corrections:
    """All decisions of a file."""

    rows: tuple[Correction, ...] = ()
    file: str = ""

    def as_rows(self) -> list[dict[str, str]]:
        """The decisions by the columns of a file."""
        places = ("" if one.place is None else f"{one.place[0]}-{one.place[1]}" for one in self.rows)
        return [
            {name: getattr(one, name) for name in COLUMNS} | {"place": place}
            for one, place in zip(self.rows, places, strict=True)
        ]

    def of(self, article_id: str) -> Corrections:
        """Those about one article, and those about all."""
        return replace(self, rows=tuple(one for one in self.rows if one.article_id in ("", article_id)))


def read_corrections(path: Path | str | None) -> Corrections:
    """The decisions in a CSV or XLSX file; none without a file.

    Raises :class:`analysis.codebook.CodebookError` naming the line that is wrong.
    """
    if path is None:
        return Corrections()
    path = Path(path)
    return Corrections(tuple(_checked(path, line, row) for line, row in _lines(path)), path.name)


def write_corrections(corrections: Iterable[Mapping[str, str]], path: Path) -> None:
    """Decisions, by the columns of the file, as CSV; those that the file has already are kept."""
    known = [dict(row) for _, row in _lines(path)] if path.is_file() else []
    rows = [{name: row.get(name, "") for name in COLUMNS} for row in (*known, *corrections)]
    last = {tuple(row[name] for name in COLUMNS[:6]): row for row in rows}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(last.values())


def _lines(path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    """The rows of the file with their lines, every cell a text."""
    try:
        if path.suffix.lower() == ".xlsx":
            table = pd.read_excel(path, dtype=str, keep_default_na=False)
        else:
            table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise CodebookError(path, None, "no such file") from error
    except (OSError, ValueError, UnicodeDecodeError) as error:
        raise CodebookError(path, None, "cannot be read as CSV in UTF-8 or as XLSX") from error
    missing = [name for name in COLUMNS[:7] if name not in table.columns]
    if missing:
        raise CodebookError(path, 1, f"the columns {', '.join(missing)} are missing")
    for line, row in enumerate(table.to_dict("records"), start=2):
        yield line, {name: str(row.get(name, "")).strip() for name in COLUMNS}


def _checked(path: Path, line: int, row: Mapping[str, str]) -> Correction:
    known = FIELDS.get(row["table"])
    if known is None:
        raise CodebookError(path, line, f"'{row['table']}' is none of {', '.join(FIELDS)}")
    if row["field"] not in known:
        raise CodebookError(
            path, line, f"of {row['table']} one of {', '.join(known)} can be said, not '{row['field']}'"
        )
    if not row["article_id"] and row["table"] != "actors":
        raise CodebookError(path, line, "the article is not named")
    column = columns_of(RECORDS[row["table"]]).get(row["field"])
    if column is not None and column.values and row["value"] not in column.values:
        raise CodebookError(path, line, f"'{row['value']}' is none of {', '.join(column.values)}")
    if row["field"] in ("stance", "sentiment") and row["value"] not in ("-1", "0", "1"):
        raise CodebookError(path, line, f"'{row['value']}' is none of -1, 0, 1")
    place = re.fullmatch(r"(\d+)-(\d+)", row["place"])
    if row["table"] != "actors" and place is None:
        raise CodebookError(path, line, f"the place '{row['place']}' is not of the form 120-180")
    named = dict(row) | {"place": (int(place[1]), int(place[2])) if place else None, "line": line}
    return Correction(**named)
