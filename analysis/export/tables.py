"""Tables as CSV and XLSX, in which no cell becomes a formula, and as LaTeX and DOCX for a paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the begin of a formula (OWASP, CSV injection)."""
SHEET_ROWS = 1_048_575
"""Rows of an XLSX sheet below its header; a longer table is cut there, its CSV is whole."""


LATEX = {
    **{one: f"\\{one}" for one in "&%$#_{}"},
    **{"~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\\": r"\textbackslash{}", "−": "$-$", "–": "--"},
}
"""What LaTeX reads as a command -> how it is printed."""
PAGE, LETTERS, MARGIN = 15.2, 92, 4
"""Of a page of DOCX: centimetres beside its margins, letters on a line, letters that the margins of a cell take."""


def write_tables(
    tables: Mapping[str, pd.DataFrame],
    folder: Path,
    *,
    formats: Sequence[str] = ("csv", "xlsx"),
    captions: Mapping[str, str] | None = None,
) -> None:
    """Write tables as ``csv`` (UTF-8) and ``tex``, a file each, and as ``xlsx`` and ``docx``, a file for all.

    No cell becomes a formula: in CSV a text that begins like one gets a leading ``'``, in XLSX it is typed as text.
    LaTeX needs the package booktabs. `captions` stand above the tables of LaTeX and DOCX; without one its name does.
    """
    folder.mkdir(parents=True, exist_ok=True)
    told = {name: (captions or {}).get(name) or name.replace("_", " ") for name in tables}
    for name in formats:
        _WRITERS[name](tables, folder, told)


def _write_csv(tables: Mapping[str, pd.DataFrame], folder: Path, _: Mapping[str, str]) -> None:
    for name, table in tables.items():
        _harmless(table).to_csv(folder / f"{name}.csv", index=False, encoding="utf-8", lineterminator="\n")


def _write_xlsx(tables: Mapping[str, pd.DataFrame], folder: Path, _: Mapping[str, str]) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for name, table in tables.items():
        sheet = book.create_sheet(name if len(table) <= SHEET_ROWS else f"{name} (cut)")
        sheet.freeze_panes = "A2"
        sheet.append([_cell(sheet, column, bold=True) for column in table.columns])
        for row in table.head(SHEET_ROWS).itertuples(index=False, name=None):
            sheet.append([_cell(sheet, value) for value in row])
    book.save(folder / "tables.xlsx")


def _write_tex(tables: Mapping[str, pd.DataFrame], folder: Path, captions: Mapping[str, str]) -> None:
    """One table a file, for \\input, with rules as booktabs has them."""
    for name, table in tables.items():
        texts = _as_texts(table)
        escaped = texts.map(_for_latex).rename(columns=_for_latex)
        styled = escaped.style.hide(axis="index")
        about = {"caption": _for_latex(captions[name]), "label": f"tab:{name}", "position": "htbp", "hrules": True}
        content = styled.to_latex(column_format=_sides(table), **about)
        (folder / f"{name}.tex").write_text(content, encoding="utf-8", newline="\n")


def _write_docx(tables: Mapping[str, pd.DataFrame], folder: Path, captions: Mapping[str, str]) -> None:
    """All tables one below the other, with rules above, below and under the head."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt, RGBColor

    document = Document()
    for name, size in (("Normal", 8), ("Caption", 9)):
        document.styles[name].font.size, document.styles[name].font.name = Pt(size), "Arial"
        document.styles[name].paragraph_format.space_after = Pt(2)
    document.styles["Caption"].font.color.rgb = RGBColor(0, 0, 0)
    for name, table in tables.items():
        document.add_paragraph(_printable(captions[name]), style="Caption").paragraph_format.keep_with_next = True
        texts = _as_texts(table)
        lines = [tuple(map(str, texts.columns)), *texts.itertuples(index=False, name=None)]
        grid = document.add_table(rows=len(lines), cols=len(table.columns))
        grid.autofit, widths = False, [Cm(PAGE * share) for share in _shares(lines)]
        for column, width in zip(grid.columns, widths, strict=True):
            column.width = width
        for at, (row, line) in enumerate(zip(grid.rows, lines, strict=True)):
            for cell, text, side, width in zip(row.cells, line, _sides(table), widths, strict=True):
                cell.width = width
                cell.paragraphs[0].add_run(_printable(text)).bold = at == 0
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT if side == "r" else WD_ALIGN_PARAGRAPH.LEFT
                _rule(cell, top=at == 0, bottom=at in (0, len(lines) - 1))
        document.add_paragraph()
    document.save(folder / "tables.docx")


def _shares(lines: Sequence[Sequence[str]]) -> list[float]:
    """How much of the width each column gets: what its longest word needs, and of the rest as its texts are long."""
    columns = list(zip(*lines, strict=True))
    words = [MARGIN + max((len(word) for text in column for word in text.split()), default=1) for column in columns]
    wanted = [MARGIN + max(map(len, column)) - word for column, word in zip(columns, words, strict=True)]
    room = max(LETTERS - sum(words), 0) / max(sum(wanted), 1)
    widths = [word + more * min(room, 1.0) for word, more in zip(words, wanted, strict=True)]
    return [width / sum(widths) for width in widths]


def _rule(cell, *, top: bool, bottom: bool) -> None:
    """Lines above and below a cell."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders = OxmlElement("w:tcBorders")
    for side in [name for name, wanted in (("top", top), ("bottom", bottom)) if wanted]:
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", "000000")):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    cell._tc.get_or_add_tcPr().append(borders)


_WRITERS = {"csv": _write_csv, "xlsx": _write_xlsx, "tex": _write_tex, "docx": _write_docx}


def _as_texts(table: pd.DataFrame) -> pd.DataFrame:
    """Every cell as it is printed: two decimals, a dash for what is missing."""
    return pd.DataFrame({name: [_text(cell) for cell in table[name]] for name in table.columns}, dtype=object)


def _text(cell: object) -> str:
    if pd.isna(cell):
        return "–"
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return f"{cell:.2f}".replace("-", "−") if isinstance(cell, float) else " ".join(str(cell).split())


def _sides(table: pd.DataFrame) -> str:
    """A letter for each column: numbers stand at the right, texts at the left."""
    return "".join("r" if pd.api.types.is_numeric_dtype(table[name]) else "l" for name in table.columns)


def _for_latex(text: object) -> str:
    """A text in which LaTeX sees no commands."""
    return "".join(LATEX.get(one, one) for one in str(text))


def _printable(text: str) -> str:
    """Without the characters that XML does not know."""
    return "".join(one if ord(one) >= 32 else " " for one in text)


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
