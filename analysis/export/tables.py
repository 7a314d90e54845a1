"""Tables as CSV and XLSX in which no cell becomes a formula."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the begin of a formula (OWASP, CSV injection)."""
SHEET_ROWS = 1_048_575
"""Rows of an XLSX sheet below its header; a longer table is cut there, its CSV is whole."""


def write_tables(tables: Mapping[str, pd.DataFrame], folder: Path) -> None:
    """Each table as CSV (UTF-8) and all of them as the sheets of ``tables.xlsx``.

    No cell becomes a formula: in CSV a text that begins like one gets a leading ``'``, in XLSX it is typed as text.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        _harmless(table).to_csv(folder / f"{name}.csv", index=False, encoding="utf-8", lineterminator="\n")
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for name, table in tables.items():
        sheet = book.create_sheet(name if len(table) <= SHEET_ROWS else f"{name} (cut)")
        sheet.freeze_panes = "A2"
        sheet.append([_cell(sheet, column, bold=True) for column in table.columns])
        for row in table.head(SHEET_ROWS).itertuples(index=False, name=None):
            sheet.append([_cell(sheet, value) for value in row])
    book.save(folder / "tables.xlsx")


def _harmless(table: pd.DataFrame) -> pd.DataFrame:
    texts = table.select_dtypes("string").columns
    return table.assign(**{name: table[name].map(_quoted, na_action="ignore") for name in texts})


def _quoted(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def _cell(sheet, value: object, *, bold: bool = False):
    """A cell that stays what it is: a text is never read as a formula, not even when it is edited."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Font

    if pd.isna(value):
        return None
    if not isinstance(value, str):
        return WriteOnlyCell(sheet, value.item() if hasattr(value, "item") else value)
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub(" ", value))
    cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    if value.startswith(FORMULA_STARTS):
        cell.quotePrefix = True
    return cell


def without_folders(table: pd.DataFrame) -> pd.DataFrame:
    """The table with files named without their folders, so that it says nothing about the machine."""
    if "source_file" not in table.columns:
        return table
    return table.assign(source_file=table["source_file"].map(lambda file: Path(file).name, na_action="ignore"))
