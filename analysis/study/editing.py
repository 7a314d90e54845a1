"""Editing: the tables of an analysis as a workbook in which a researcher changes cells, and the decisions read back.

The workbook opens in every spreadsheet. What may be changed is yellow, with a list to choose from where there is one;
an x in the column ``delete`` takes a row out. Reading it back gives the rows of a file of corrections
(:mod:`analysis.study.corrections`): a cell that was not changed is no decision.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd

from analysis.codebook import CodebookError
from analysis.export import MANIFEST
from analysis.schema.analysis import Analysis
from analysis.schema.records import RECORDS
from analysis.schema.rows import columns_of
from analysis.study.corrections import DELETE, FIELDS, SAME_AS, SPLIT, Corrections, read_corrections, write_corrections
from analysis.study.places import placed, sentence_at, words_at
from analysis.study.workbook import choices, head, put, save

KEYS = ("article_id", "place", "words", "about")
SHOWN: Mapping[str, tuple[str, ...]] = {
    "statements": ("statement_id", "source", "cue", "content"),
    "actors": ("names", "mentions", "statements"),
    "mentions": ("text", "form", "sentence"),
    "stances": ("source", "target", "how", "sentence"),
    "sentiments": ("actor", "sentence"),
    "frames": ("scheme", "frame", "voice", "sentence"),
    "roles": ("actor", "voice", "sentence"),
    "functions": ("function", "voice", "sentence"),
    "devices": ("device", "term", "term_class", "voice", "sentence"),
}
"""What stands beside the cells that may be changed, so that a row can be judged."""
CORRECT, KEPT = "correct", "corrections.csv"
"""Where workbooks and decisions stand in a folder of output."""
WAS, WHY, WHO, REMOVE, GUIDE, NAMES = "was: ", "why", "who", "delete", "read me", "names"
INTRODUCTION = (
    "Change yellow cells; write an x under 'delete' to take a row out, and say why at the end of the row.",
    "Save the file, and read it back (notebooks 01 to 03, or read_sheet): your changes go into a file of corrections.",
    "'same as': the name of the actor that this one is. 'split': another actor, a colon, and the names that are his.",
    "A new name in 'actor' or 'speaker' makes a new actor.",
)
WIDTHS = {"sentence": 60, "content": 60, "names": 40}


def write_sheet(analysis: Analysis, file: Path | str, *, tables: Sequence[str] = tuple(SHOWN)) -> Path:
    """Write the tables as a workbook to be changed; the file."""
    from openpyxl import Workbook

    book = Workbook()
    guide, lists = book.active, book.create_sheet(NAMES)
    guide.title = GUIDE
    for line, sentence in enumerate((*INTRODUCTION, f"{WHO} (your name or initials):"), start=1):
        put(guide, line, 1, sentence)
    guide.column_dimensions["A"].width = 110
    names = sorted(set(analysis.actors["name"]))
    for table in tables:
        _fill(book.create_sheet(table), table, rows_of(analysis, table), lists, names)
    lists.sheet_state = "hidden"
    save(book, Path(file))
    return Path(file)


def read_sheet(file: Path | str) -> list[dict[str, str]]:
    """The decisions in a workbook, as rows of a file of corrections.

    Raises :class:`analysis.codebook.CodebookError` for a file that is no such workbook.
    """
    file = Path(file)
    try:
        sheets = pd.read_excel(file, sheet_name=None, dtype=str, keep_default_na=False, header=None)
    except FileNotFoundError as error:
        raise CodebookError(file, None, "no such file") from error
    except (OSError, ValueError, KeyError) as error:
        raise CodebookError(file, None, "cannot be read as XLSX") from error
    if GUIDE not in sheets:
        raise CodebookError(file, None, "is no workbook that write_sheet made")
    guide = sheets[GUIDE]
    asked = guide[guide[0].str.startswith(WHO)]
    who = str(asked.iloc[0, 1]).strip() if len(asked) and guide.shape[1] > 1 else ""
    return [row | {"who": who} for table in SHOWN if table in sheets for row in _decisions(table, sheets[table])]


def gather(output: Path | str, given: Path | str | None = None) -> Corrections:
    """All decisions about the analyses in a folder: those of a file, and those kept in the folder.

    What was changed in the workbooks of its folder ``correct``, or in those of reports in it, is first taken over into
    ``corrections.csv`` there, so that it is not lost when the workbooks are written anew.
    """
    output = Path(output)
    file = output / KEPT
    sheets = sorted({*output.glob(f"{CORRECT}/[!~.]*.xlsx"), *output.glob(f"*/{CORRECT}/[!~.]*.xlsx")})
    decided = [row for sheet in sheets if _is_touched(sheet) for row in read_sheet(sheet)]
    if decided:
        write_corrections(decided, file)
    kept = read_corrections(file if file.is_file() else None)
    own = read_corrections(given)
    return Corrections(own.rows + kept.rows, ", ".join(filter(None, (own.file, kept.file))))


def _is_touched(sheet: Path) -> bool:
    """Whether a workbook was saved after the report that it belongs to; one without a report may have been."""
    manifest = sheet.parent.parent / MANIFEST
    return not manifest.is_file() or sheet.stat().st_mtime_ns > manifest.stat().st_mtime_ns


def rows_of(analysis: Analysis, table: str) -> pd.DataFrame:
    """The rows of a table with what identifies them, what is shown of them, and what may be changed."""
    rows = placed(analysis, table)
    where = {"place": "", "words": ""}
    if table != "actors":
        where = {"place": rows["start"].astype(str) + "-" + rows["end"].astype(str), "words": words_at(analysis, rows)}
    if "sentence" in SHOWN[table]:
        where["sentence"] = sentence_at(analysis, rows)
    rows = rows.assign(
        **where, about=about(table, rows), **(dict.fromkeys((SAME_AS, SPLIT), "") if table == "actors" else {})
    )
    return rows[list(dict.fromkeys((*KEYS, *SHOWN[table], *changeable(table))))]


def changeable(table: str) -> list[str]:
    """The columns of a table that may be changed."""
    return [name for name in FIELDS[table] if not name.startswith("(") and name != "content"]


def about(table: str, rows: pd.DataFrame) -> pd.Series:
    """What tells a row from others at its place, as :mod:`analysis.study.correcting` asks for it."""
    if table == "stances":
        return rows["source"] + " > " + rows["target"]
    if table == "frames":
        return rows["scheme"] + ": " + rows["frame"]
    name = {"statements": "cue", "actors": "name", "functions": "function", "devices": "device"}.get(table, "actor")
    return rows[name].fillna("")


def _fill(sheet, table: str, rows: pd.DataFrame, lists, names: Sequence[str]) -> None:
    """A sheet of one table: its keys hidden, what may be changed in yellow, what it was beside it, hidden."""
    from openpyxl.utils import get_column_letter

    free = changeable(table)
    plain = [name for name in rows.columns if name not in free and name not in KEYS]
    remove = [REMOVE] if DELETE in FIELDS[table] else []
    columns = [*KEYS, *plain, *free, *remove, WHY, *(f"{WAS}{name}" for name in free)]
    head(sheet, columns, WIDTHS)
    for place, name in enumerate(columns, start=1):
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].hidden = name.startswith(WAS) or (name in KEYS and name != "article_id")
        source = name.removeprefix(WAS)
        cells = rows[source].astype(object).where(rows[source].notna(), "") if source in rows else [""] * len(rows)
        for line, cell in enumerate(cells, start=2):
            put(sheet, line, place, cell, free=name in (*free, REMOVE, WHY))
        labels = _labels(table, name, names) if name in free and len(rows) else ()
        if labels:
            choices(sheet, f"{letter}2:{letter}{len(rows) + 1}", labels, lists, column=1)


def _labels(table: str, name: str, names: Sequence[str]) -> Sequence[str]:
    """What can be chosen for a column."""
    column = columns_of(RECORDS[table]).get(name)
    if name in ("stance", "sentiment"):
        return ("-1", "0", "1")
    if column is not None and column.values:
        return column.values
    return names if name in ("speaker", "actor", "addressee", SAME_AS) else ()


def _decisions(table: str, sheet: pd.DataFrame) -> Iterator[dict[str, str]]:
    """What was changed in a sheet."""
    rows = sheet.iloc[1:].set_axis(sheet.iloc[0].tolist(), axis=1)
    for row in rows.to_dict("records"):
        about = {name: str(row[name]).strip() for name in KEYS} | {"table": table, WHY: str(row.get(WHY, "")).strip()}
        if str(row.get(REMOVE, "")).strip():
            yield about | {"field": DELETE, "value": ""}
            continue
        for name in changeable(table):
            value, was = str(row[name]).strip(), str(row[f"{WAS}{name}"]).strip()
            if value != was:
                yield about | {"field": name, "value": value}
