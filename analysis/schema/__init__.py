"""The tables: their columns, types and values, the records that they are made of, spans of characters, the analysis."""

from analysis.schema.analysis import Analysis
from analysis.schema.columns import Column, SchemaError
from analysis.schema.tables import TABLES, check, empty, tabulate
from analysis.schema.values import *  # noqa: F403
from analysis.schema.values import UNKNOWN, WRITER

__all__ = ["TABLES", "UNKNOWN", "WRITER", "Analysis", "Column", "SchemaError", "check", "empty", "tabulate"]
