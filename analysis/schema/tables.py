"""The tables: which columns each one has, of which type, and which values they may take.

Every table is tidy (one row, one observation) and carries `article_id`: one article is a corpus of one.
A table without rows still has all its columns. What was not measured is missing, never 0.

Spans are characters into ``article.text``. `evidence` holds the spans of the words that decided, as
``"120-127;130-140"`` (see :mod:`analysis.schema.spans`), and `evidence_text` those words. `method` is the name of
the rule or the name and version of the model. `confidence` is the share of this method's rows that agreed
with human coding where that was measured, and missing where it was not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from analysis.schema.columns import (
    COUNT,
    ID,
    KEY,
    MAYBE_OFFSET,
    NUMBER,
    OFFSET,
    SHARE,
    TEXT,
    Column,
    SchemaError,
    is_missing,
    one_of,
    problem_of,
)
from analysis.schema.records import RECORDS
from analysis.schema.rows import cell_of, columns_of
from analysis.schema.values import REASONS, SEGMENT_KINDS, STATUSES

_READ: Mapping[str, Mapping[str, Column]] = {
    "articles": {
        "article_id": ID,
        "source_file": TEXT,
        "title": TEXT,
        "outlet": TEXT,
        "author": TEXT,
        "date": TEXT,
        "dateline": TEXT,
        "language": TEXT,
        "words": COUNT,
        "characters": COUNT,
        "part": TEXT,
        "format": TEXT,
        "encoding": TEXT,
        "duplicate_of": TEXT,
        "similarity": SHARE,
        "sha256": TEXT,
    },
    "metadata": {"article_id": ID, "field": ID, "value": ID},
    "segments": {
        "article_id": ID,
        "segment_id": KEY,
        "kind": one_of(SEGMENT_KINDS),
        "start": OFFSET,
        "end": OFFSET,
        "text": ID,
        "repeats": NUMBER,
        "original_start": MAYBE_OFFSET,
        "original_end": MAYBE_OFFSET,
    },
}
_ACCOUNT: Mapping[str, Mapping[str, Column]] = {
    "intake": {
        "article_id": TEXT,
        "source_file": ID,
        "part": TEXT,
        "format": TEXT,
        "sign": TEXT,
        "status": one_of(STATUSES),
        "reason": one_of(REASONS, required=False),
        "detail": TEXT,
        "language": TEXT,
        "title": TEXT,
        "outlet": TEXT,
        "date": TEXT,
        "words": COUNT,
        "duplicate_of": TEXT,
        "similarity": SHARE,
        "doubt": TEXT,
    },
    "problems": {
        "article_id": TEXT,
        "source_file": ID,
        "part": TEXT,
        "stage": ID,
        "problem": ID,
        "remedy": ID,
    },
}
TABLES: Mapping[str, Mapping[str, Column]] = (
    dict(_READ) | {name: columns_of(record) for name, record in RECORDS.items()} | dict(_ACCOUNT)
)
"""Table -> its columns, in the order of the analysis."""


def empty(table: str) -> pd.DataFrame:
    """A table of that name without rows, with all its columns and types."""
    return tabulate(table, [])


def tabulate(table: str, rows: Iterable[object]) -> pd.DataFrame:
    """Rows, records or mappings, as a checked table: columns in the order of the schema, absent cells missing.

    Raises :class:`SchemaError` if a row names a column that the table does not have, or the result fails
    :func:`check`.
    """
    columns = TABLES[table]
    rows = [row if isinstance(row, Mapping) else vars(row) for row in rows]
    unknown = {name for row in rows for name in row} - set(columns)
    if unknown:
        raise SchemaError(f"{table}: no such column: {', '.join(sorted(unknown))}")
    data = {}
    for name, column in columns.items():
        cells = [cell_of(row.get(name)) for row in rows]
        problem = problem_of([cell for cell in cells if not is_missing(cell)], len(cells), column)
        if problem:
            raise SchemaError(f"{table}.{name}: {problem}")
        data[name] = pd.array(cells, dtype=column.dtype)
    return pd.DataFrame(data)


def check(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` if it follows the schema of `table`; raise :class:`SchemaError` naming what does not."""
    columns = TABLES[table]
    if list(frame.columns) != list(columns):
        raise SchemaError(f"{table}: columns {list(frame.columns)} instead of {list(columns)}")
    for name, column in columns.items():
        cells = frame[name]
        if str(cells.dtype) != column.dtype:
            raise SchemaError(f"{table}.{name}: type {cells.dtype} instead of {column.dtype}")
        problem = problem_of(cells.dropna().tolist(), len(cells), column)
        if problem:
            raise SchemaError(f"{table}.{name}: {problem}")
    return frame
