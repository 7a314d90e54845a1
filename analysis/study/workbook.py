"""Workbooks: what sheets for coders and for corrections have in common."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

FREE = "FFF3C4"
"""The colour of what may be filled in."""
LONGEST = 250
"""Characters of a list that stands in the cell itself."""


def head(sheet: Worksheet, columns: Sequence[str], widths: Mapping[str, int], *, free: Container[str] = ()) -> None:
    """The names of the columns, in bold, and their widths."""
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    for place, name in enumerate(columns, start=1):
        cell = sheet.cell(1, place, name)
        cell.font = Font(bold=True)
        if name in free:
            cell.fill = PatternFill("solid", fgColor=FREE)
        sheet.column_dimensions[get_column_letter(place)].width = widths.get(name, 18)
    sheet.freeze_panes = "B2"


def put(sheet: Worksheet, line: int, place: int, value: object, *, free: bool = False) -> None:
    """A cell, its text wrapped, that no spreadsheet takes for a formula; one that may be filled in is yellow."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment, PatternFill

    cell = sheet.cell(line, place)
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub(" ", value)
        cell.data_type = "s"
    else:
        cell.value = value.item() if hasattr(value, "item") else value
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if free:
        cell.fill = PatternFill("solid", fgColor=FREE)


def choices(sheet: Worksheet, cells: str, labels: Sequence[str], lists: Worksheet, *, column: int) -> None:
    """A list to choose from; another value may be written. A long one stands in a column of the sheet of lists."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    told = f'"{",".join(labels)}"'
    if len(told) > LONGEST or any("," in label or '"' in label for label in labels):
        for line, label in enumerate(labels, start=1):
            put(lists, line, column, label)
        letter = get_column_letter(column)
        told = f"'{lists.title}'!${letter}$1:${letter}${len(labels)}"
    choice = DataValidation(type="list", formula1=told, allow_blank=True, showErrorMessage=False)
    choice.add(cells)
    sheet.add_data_validation(choice)


def save(book: Workbook, file: Path) -> None:
    """Write the workbook; its folder is made."""
    file.parent.mkdir(parents=True, exist_ok=True)
    book.save(file)
