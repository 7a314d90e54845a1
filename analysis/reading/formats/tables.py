"""Tables of articles: CSV, TSV, XLSX, Parquet; one row one article, all other columns kept."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath

from analysis.reading import interfaces
from analysis.reading.archives import check_zip
from analysis.reading.draft import HEAD, KNOWN, Draft, key, known, lead
from analysis.reading.errors import ArticleError, Where, guarded
from analysis.reading.formats import markup

TEXT_COLUMNS = (
    *("text", "body", "content", "fulltext", "full text", "article text", "maintext", "main text", "body text"),
    *("article body", "story", "article", "text body", "news text", "document", "plain text"),
)
"""Names of the column with the text of the article, the surest first; see :func:`analysis.reading.draft.key`."""
ADDRESS_COLUMNS = ("url", "link", "address", "article url", "document url", "story url")
USUAL = frozenset({*TEXT_COLUMNS, *ADDRESS_COLUMNS, *(name for names in KNOWN.values() for name in names)})

SEPARATOR = re.compile(r"\ufeff?[\"']?sep=.[\"']?[ \t]*\r?\n", re.I)
"""The first line in which Excel is told what parts the columns."""
WORDS_OF = ("name", "title", "label", "main", "original", "value")
"""What names an object that stands in one cell: {"uri": ..., "title": "The Example Times"}."""
Row = dict[str, str]
LARGEST_CELL = 50_000_000
MOST_SHOWN = 12
"""So many names of columns stand in a sentence."""


@dataclass(frozen=True)
class Table:
    """The rows of a table as text, and which of them is the first in the file as a person counts."""

    names: tuple[str, ...]
    rows: list[tuple[int, Row | ArticleError]]
    kind: str


def read_table(table: Table, where: Where, *, text_column: str | None = None) -> Iterator[Draft | ArticleError]:
    """The rows with their text; a table with addresses and no text is refused with what helps."""
    if not table.names:
        yield from (row for _, row in table.rows if isinstance(row, ArticleError))
        return
    column = text_column_of(table, where, text_column)
    for number, row in table.rows:
        place = where.inside(f"row {number}")
        if isinstance(row, ArticleError):
            yield row
        elif not row.get(column, "").strip():
            yield place.error(f"its column '{column}' is empty", "fill it, or leave the row out", reason="empty")
        else:
            yield draft_of(row, row[column], place, kind=f"table ({table.kind})", left_out=column)


def draft_of(row: Row, text: str, where: Where, *, kind: str, left_out: str | None = None) -> Draft:
    """A row as an article with this text; all other cells stay with it."""
    fields = tuple((name, value) for name, value in row.items() if name != left_out and value.strip())
    found = known(fields)
    return Draft(lead(found.get("title"), text), kind, part=where.part, fields=fields, **found)


def text_column_of(table: Table, where: Where, wanted: str | None) -> str:
    """The column with the text: the one that the user names, else the surest name that a column has."""
    if wanted is not None:
        if wanted in table.names:
            return wanted
        raise where.error(f"it has no column '{wanted}'; it has {_listed(table.names)}", "name one of these")
    found = [name for mark in TEXT_COLUMNS for name in table.names if _plain(name) == mark]
    found += [name for name in table.names if interfaces.column(name) == "text" and name not in found]
    filled = [name for name in found if any(_has(row, name) for _, row in table.rows)]
    if filled or found:
        return (filled or found)[0]
    if address_column_of(table):
        problem = "this table has addresses of articles and no text"
        remedy = "save the pages into a folder and name that as well (on the command line with --pages FOLDER)"
        raise where.error(problem, remedy, reason="no text")
    problem = f"no column looks like the text of articles; it has {_listed(table.names)}"
    raise where.error(problem, "name the column (on the command line with --text-column NAME)")


def address_column_of(table: Table) -> str | None:
    """The column with the addresses of articles, as in the exports of Media Cloud."""
    named = next((name for mark in ADDRESS_COLUMNS for name in table.names if key(name) == mark), None)
    return named or next((name for name in table.names if interfaces.column(name) == "url"), None)


def has_text(table: Table, wanted: str | None) -> bool:
    """Whether the table has a column of texts."""
    return wanted in table.names or any(
        _plain(name) in TEXT_COLUMNS or interfaces.column(name) == "text" for name in table.names
    )


def _plain(name: str) -> str:
    """A name of a column in one form, words that are written as one apart: "bodyText"."""
    return key(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name))


def _has(row: Row | ArticleError, name: str) -> bool:
    return not isinstance(row, ArticleError) and bool(row.get(name, "").strip())


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(f"'{name[:40]}'" for name in names[:MOST_SHOWN])
    return f"{shown} and {len(names) - MOST_SHOWN} more" if len(names) > MOST_SHOWN else shown or "no columns"


# --- formats -------------------------------------------------------------------------------------------------------


def read_csv(text: str, where: Where, *, text_column: str | None = None) -> Table:
    """The rows of a CSV or TSV file; a row is named by its number, the header being row 1."""
    text = SEPARATOR.sub("", text.lstrip("\ufeff"), count=1)
    mark = delimiter(text[:HEAD], where.part or where.path, text_column=text_column) or ","
    before = csv.field_size_limit(LARGEST_CELL)
    try:
        with guarded(where, "a table"):
            lines = list(csv.reader(io.StringIO(text.replace("\x00", ""), newline=""), delimiter=mark))
    finally:
        csv.field_size_limit(before)
    filled = [(number, cells) for number, cells in enumerate(lines, 1) if any(cell.strip() for cell in cells)]
    return _table(filled, where, "TSV" if mark == "\t" else "CSV")


def read_page_table(html: str, where: Where) -> Table:
    """The rows of a page that a program saved as a table (XLS)."""
    return _table(markup.rows_of(html, where), where, "XLS as a page")


def read_xlsx(data: bytes, where: Where) -> Table:
    """The rows of the first sheet that has any; of formulas the value that they last had."""
    import openpyxl

    check_zip(data, where)
    with guarded(where, "an Excel file"):
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        for sheet in book.worksheets:
            rows = ((n, [cell_of(cell) for cell in row]) for n, row in enumerate(sheet.iter_rows(values_only=True), 1))
            filled = [(number, cells) for number, cells in rows if any(cell.strip() for cell in cells)]
            if filled:
                return _table(filled, where, "XLSX")
    return Table((), [], "XLSX")


def read_parquet(data: bytes, where: Where) -> Table:
    """The rows of a Parquet file."""
    import pyarrow.parquet

    with guarded(where, "a Parquet file"):
        rows = pyarrow.parquet.read_table(io.BytesIO(data)).to_pylist()
        cells = [{str(name): cell_of(value) for name, value in row.items()} for row in rows]
    return Table(tuple(cells[0]) if cells else (), list(enumerate(cells, 1)), "Parquet")


def _table(lines: list[tuple[int, list[str]]], where: Where, kind: str) -> Table:
    """Rows under the names of the first one; columns without a name are numbered, too short rows end empty."""
    if not lines:
        return Table((), [], kind)
    _, first = lines[0]
    names = [name.strip() or f"column {n}" for n, name in enumerate(first, 1)]
    names = [name if names.index(name) == n else f"{name} ({n + 1})" for n, name in enumerate(names)]
    rows: list[tuple[int, Row | ArticleError]] = []
    for number, cells in lines[1:]:
        if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
            problem = f"it has {len(cells)} cells and the table {len(names)} columns"
            rows.append((number, where.inside(f"row {number}").error(problem, "check its quotation marks")))
        else:
            rows.append((number, dict(zip(names, cells, strict=False))))
    return Table(tuple(names), rows, kind)


def cell_of(value: object) -> str:
    """A cell as text: dates as 2018-02-04, whole numbers without a point, lists joined."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (list, tuple)):
        named = [_named(one) for one in value]
        if named and all(named):
            return " and ".join([", ".join(named[:-1]), named[-1]]) if len(named) > 1 else named[0]
        return "; ".join(map(cell_of, value))
    if isinstance(value, dict):
        return _named(value) or json.dumps(value, ensure_ascii=False)
    return str(value)


def _named(value: object) -> str:
    """The name of an object that stands for somebody or something; "" for all else."""
    if not isinstance(value, dict):
        return ""
    return next((value[name] for name in WORDS_OF if isinstance(value.get(name), str) and value[name].strip()), "")


def delimiter(head: str, name: str = "", *, text_column: str | None = None) -> str | None:
    """What parts the columns of a table; None if the text is no table.

    A table has a first line of short names, of which one is that of a text, an address or a known field, and
    lines of as many cells below it: "Talks in Oslo, Norway" is no such line.
    """
    ending = PurePath(name).suffix.lower() in (".csv", ".tsv", ".tab")
    told = SEPARATOR.match(head)
    head = head[told.end() :] if told else head
    first = next((line for line in head.lstrip("\ufeff").splitlines() if line.strip()), "")
    for mark in ("\t", ",", ";", "|"):
        try:
            names = next(csv.reader([first], delimiter=mark), [])
        except csv.Error:
            continue
        if _is_header(names, ending=ending, text_column=text_column) and (ending or _is_filled(head, mark, names)):
            return mark
    one = key(first) in TEXT_COLUMNS or (text_column is not None and first.strip() == text_column)
    return "," if ending and one else None


def _is_header(names: list[str], *, ending: bool, text_column: str | None) -> bool:
    short = len(names) > 1 and all(0 < len(name.strip()) <= 60 for name in names[1:])
    recognised = sum(
        _plain(name) in USUAL or interfaces.column(name) is not None or name.strip() == text_column for name in names
    )
    return short and len(set(names)) == len(names) and (recognised >= (1 if ending else 2) or ending)


def _is_filled(head: str, mark: str, names: list[str]) -> bool:
    """Whether the first rows have as many cells as there are names; the last row of the head may be cut.

    A header alone is a table if all its names are usual ones.
    """
    try:
        rows = [row for row, _ in zip(csv.reader(io.StringIO(head), delimiter=mark), range(6), strict=False)]
    except csv.Error:
        return False
    if len(rows) == 1:
        return all(_plain(name) in USUAL or interfaces.column(name) for name in names)
    return len(rows) > 1 and all(len(row) == len(names) for row in rows[1 : max(2, len(rows) - 1)])
