"""Columns: the kinds of cells that tables are made of, and what is wrong with cells that do not fit.

Which table has which of them stands in :mod:`analysis.schema`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated

import pandas as pd

from analysis.schema.spans import Span


class SchemaError(ValueError):
    """A table does not have the columns, types or values that the schema gives it."""


@dataclass(frozen=True)
class Column:
    """One column: its pandas type, whether a cell may be missing, and the values it may take."""

    dtype: str
    required: bool = False
    values: tuple[str, ...] | None = None
    low: float | None = None
    high: float | None = None


TEXT, ID = Column("string"), Column("string", required=True)
NUMBER, COUNT, KEY = Column("Int64"), Column("Int64", low=0), Column("Int64", required=True, low=1)
OFFSET, MAYBE_OFFSET = Column("Int64", required=True, low=0), Column("Int64", low=0)
FLAG = Column("boolean")
SHARE, SCORE = Column("Float64", low=0, high=1), Column("Float64", low=-1, high=1)


Id = Annotated[str, ID]
Text = Annotated[str | None, TEXT]
Key = Annotated[int, KEY]
Number = Annotated[int | None, NUMBER]
Count = Annotated[int | None, COUNT]
Offset = Annotated[int, OFFSET]
MaybeOffset = Annotated[int | None, MAYBE_OFFSET]
Flag = Annotated[bool | None, FLAG]
Score = Annotated[float | None, SCORE]
Share = Annotated[float | None, SHARE]
Sign = Annotated[int | None, Column("Int64", low=-1, high=1)]
Places = Annotated[tuple[Span, ...], TEXT]
Pieces = Annotated[tuple[Span, ...], ID]
Names = Annotated[tuple[str, ...], TEXT]
"""Kinds of fields: the Python type of a cell and its column; several spans or names in one cell are tuples."""


def one_of(values: tuple[str, ...], *, required: bool = True) -> Column:
    """A text that is one of these."""
    return Column("string", required=required, values=values)


def is_missing(cell: object) -> bool:
    """Whether a cell holds nothing: None, NA or NaN."""
    return cell is None or cell is pd.NA or (isinstance(cell, float) and math.isnan(cell))


def problem_of(present: list, total: int, column: Column) -> str | None:
    """What is wrong with the present cells of a column of `total` cells, or None."""
    if column.required and len(present) < total:
        return "a required cell is missing"
    if column.values and not set(present) <= set(column.values):
        return f"a value that is none of {', '.join(column.values)}"
    if column.low is not None and any(cell < column.low for cell in present):
        return f"a value below {column.low}"
    if column.high is not None and any(cell > column.high for cell in present):
        return f"a value above {column.high}"
    return None
