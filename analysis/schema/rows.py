"""From records to the cells of a table and back."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from typing import TypeVar, get_type_hints

import pandas as pd

from analysis.schema import spans
from analysis.schema.columns import Column, is_missing
from analysis.schema.spans import Span

NAMES = " | "
"""Stands between the names of one cell."""
Record = TypeVar("Record")


def columns_of(record: type) -> dict[str, Column]:
    """The columns of a record's table, in order."""
    hints = get_type_hints(record, include_extras=True)
    return {field.name: hints[field.name].__metadata__[0] for field in fields(record)}


def cell_of(value: object) -> object:
    """A field as it stands in a table: spans as "1-3;5-9", names joined, nothing as missing."""
    if not isinstance(value, tuple):
        return value
    if not value:
        return None
    return NAMES.join(value) if isinstance(value[0], str) else spans.write(value)


def records_of(record: type[Record], table: pd.DataFrame) -> list[Record]:
    """The rows of a table as records; `table` follows the schema."""
    named = {name: _read(kind, table[name].tolist()) for name, kind in _kinds(record).items()}
    rows = zip(*named.values(), strict=True)
    return [record(**dict(zip(named, row, strict=True))) for row in rows]


@cache
def _kinds(record: type) -> dict[str, object]:
    return get_type_hints(record)


def _read(kind: object, cells: list[object]) -> list[object]:
    if kind == tuple[Span, ...]:
        return [tuple(spans.read(cell)) for cell in cells]
    if kind == tuple[str, ...]:
        return [() if is_missing(cell) else tuple(cell.split(NAMES)) for cell in cells]
    return [None if is_missing(cell) else cell for cell in cells]
