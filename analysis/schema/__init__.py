"""The tables: their columns, types and values, spans of characters, and the frozen :class:`Analysis` of them all."""

from analysis.schema.columns import Column, SchemaError
from analysis.schema.tables import *  # noqa: F403
from analysis.schema.tables import TABLES, check, empty, tabulate

__all__ = ["TABLES", "Column", "SchemaError", "check", "empty", "tabulate"]
