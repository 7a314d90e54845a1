"""Offsets alone, for texts under licence: what was found as numbers of characters, without a word of the text.

``annotations.csv`` has one row for each annotation, ``texts.csv`` one for each article with its length and SHA-256.
Whoever has the same texts reads them back with :func:`read`.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from analysis.codebook import CodebookError
from analysis.exchange.annotations import LAYERS, PARTS, Annotated, Annotation, features_of

FILES = ("annotations.csv", "texts.csv")
FEATURES = tuple(dict.fromkeys(name for names in LAYERS.values() for name in names))
COLUMNS = (
    "article_id",
    "table",
    "row",
    "start",
    "end",
    *(f"{name}_{edge}" for name in PARTS for edge in ("start", "end")),
)


def write(annotated: Annotated, folder: Path) -> list[Path]:
    """Write both files; they hold names of actors and labels, and no text."""
    own, about = (folder / name for name in FILES)
    with own.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*COLUMNS, *FEATURES], restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(_row(one) for one in annotated.annotations)
    with about.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["article_id", "characters", "sha256"])
        writer.writerows([name, len(text), _sum(text)] for name, text in annotated.texts.items())
    return [own, about]


def _row(one: Annotation) -> dict[str, object]:
    where = {name: getattr(one, name) for name in COLUMNS[:5]}
    for name, (start, end) in one.parts:
        where |= {f"{name}_start": start, f"{name}_end": end}
    return where | one.told


def _sum(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def read(path: Path, texts: Mapping[str, str] | None = None) -> Annotated:
    """What :func:`write` wrote; `texts` are checked to be those that the offsets count in.

    Raises :class:`analysis.codebook.CodebookError` for a file that is not of this form, or another text.
    """
    folder = path if path.is_dir() else path.parent
    table, known = (_table(folder / name) for name in FILES)
    for row in known.to_dict("records"):
        text = (texts or {}).get(row["article_id"])
        if text is not None and _sum(text) != row["sha256"]:
            raise CodebookError(folder / FILES[1], None, f"the text of {row['article_id']} is another one")
    found = tuple(_annotation(row) for row in table.to_dict("records"))
    return Annotated(dict(texts or {}), found, (str(folder / FILES[0]),))


def _table(file: Path) -> pd.DataFrame:
    try:
        table = pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8")
    except FileNotFoundError as error:
        raise CodebookError(file, None, "no such file") from error
    except (OSError, ValueError) as error:
        raise CodebookError(file, None, "cannot be read as CSV in UTF-8") from error
    needed = COLUMNS if file.name == FILES[0] else ("article_id", "sha256")
    missing = [name for name in needed if name not in table]
    if missing:
        raise CodebookError(file, 1, f"the columns {', '.join(missing)} are missing")
    return table


def _annotation(row: Mapping[str, str]) -> Annotation:
    spans = {name: (row[f"{name}_start"], row[f"{name}_end"]) for name in PARTS}
    parts = tuple((name, (int(start), int(end))) for name, (start, end) in spans.items() if start)
    place = {name: int(row[name]) for name in ("row", "start", "end")}
    return Annotation(row["table"], row["article_id"], **place, features=features_of(row["table"], row), parts=parts)
