"""Export: what a run leaves in its folder beside the report, so that it can be read elsewhere and run again."""

from __future__ import annotations

import json
import platform
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

import nbformat
import pandas as pd
from jupyter_client.kernelspec import NoSuchKernel
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from analysis import codebook
from analysis.language import models
from analysis.schema.analysis import Analysis

PACKAGE = "analysis"
MANIFEST = "manifest.json"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the begin of a formula (OWASP, CSV injection)."""
SHEET_ROWS = 1_048_575
"""Rows of an XLSX sheet below its header; a longer table is cut there, its CSV is whole."""
CELL_SECONDS = 600
"""Time that one cell of a notebook may take."""


class OutputError(RuntimeError):
    """The output folder cannot be written; the message is one sentence that says why."""


# --- the folder ----------------------------------------------------------------------------------------------------


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """An empty folder beside `target` that takes its place when the block ends without an error.

    A folder of an earlier run is replaced as a whole; after an error nothing has changed. Raises
    :class:`OutputError` if `target` exists and no earlier run made it.
    """
    if (target.exists() or target.is_symlink()) and not is_ours(target):
        raise OutputError(f"{target} exists and was not made by an earlier run: name another folder with --out.")
    missing = [parent for parent in target.parents if not parent.exists()]
    work, old = (target.with_name(f".{target.name}.{state}") for state in ("new", "old"))
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    try:
        yield work
        shutil.rmtree(old, ignore_errors=True)
        if target.exists():
            target.rename(old)
        work.rename(target)
        shutil.rmtree(old, ignore_errors=True)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        if old.exists() and not target.exists():
            old.rename(target)
        with suppress(OSError):
            for parent in missing:
                parent.rmdir()
        raise


def is_ours(folder: Path) -> bool:
    """Whether a folder holds the manifest of an earlier run."""
    if folder.is_symlink():
        return False
    try:
        return json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["package"]["name"] == PACKAGE
    except (OSError, ValueError, KeyError, TypeError):
        return False


# --- tables --------------------------------------------------------------------------------------------------------


def write_tables(tables: Mapping[str, pd.DataFrame], folder: Path) -> None:
    """Each table as CSV (UTF-8) and all of them as the sheets of ``tables.xlsx``.

    No cell becomes a formula: in CSV a text that begins like one gets a leading ``'``, in XLSX it is typed as text.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        _harmless(table).to_csv(folder / f"{name}.csv", index=False, encoding="utf-8", lineterminator="\n")
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


def _cell(sheet, value: object, *, bold: bool = False) -> WriteOnlyCell | None:
    """A cell that stays what it is: a text is never read as a formula, not even when it is edited."""
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


# --- manifest ------------------------------------------------------------------------------------------------------


def manifest(analysis: Analysis, *, model: str, parameters: Mapping[str, object]) -> dict[str, object]:
    """What is needed to run it again: versions, model, hashes, parameters, and what came out.

    `model` is name and version of the language model; files stand by their names, without folders.
    """
    inputs = analysis.articles[["article_id", "source_file", "sha256"]].to_dict("records")
    return {
        "package": {"name": PACKAGE, "version": version(PACKAGE)},
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "model": model,
        "parameters": dict(parameters),
        "input": [{**row, "source_file": Path(row["source_file"]).name} for row in inputs],
        "rows": {name: len(table) for name, table in analysis.tables.items()},
        "problems": without_folders(analysis.problems)
        .astype(object)
        .where(analysis.problems.notna(), None)
        .to_dict("records"),
        "codebook": codebook.hashes(),
        "weights": models.sums(),
        "dependencies": dependencies(),
    }


def without_folders(table: pd.DataFrame) -> pd.DataFrame:
    """The table with files named without their folders, so that it says nothing about the machine."""
    if "source_file" not in table.columns:
        return table
    return table.assign(source_file=table["source_file"].map(lambda file: Path(file).name, na_action="ignore"))


def dependencies(package: str = PACKAGE) -> dict[str, str]:
    """Name -> version of everything that the package needs and that is installed, what those need included."""
    found: dict[str, str] = {}
    open_names = [package]
    while open_names:
        for requirement in requires(open_names.pop()) or []:
            name = re.match(r"[\w.-]+", requirement)[0].lower().replace("_", "-")
            if name in found or "extra ==" in requirement:
                continue
            with suppress(PackageNotFoundError):
                found[name] = version(name)
                open_names.append(name)
    return dict(sorted(found.items()))


def write_manifest(content: Mapping[str, object], folder: Path) -> None:
    """The manifest as ``manifest.json``."""
    text = json.dumps(content, indent=2, ensure_ascii=False)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8", newline="\n")


# --- notebooks -----------------------------------------------------------------------------------------------------


def notebooks() -> list[Path]:
    """The notebooks on one article, in their order; none where only the package is installed."""
    return sorted((Path(__file__).parents[2] / "notebooks").glob("0[1-4]-*.ipynb"))


def run_notebook(notebook: Path, folder: Path, parameters: Mapping[str, str]) -> str | None:
    """Execute a notebook with these parameters and keep it in `folder`; the error of a cell if it has one.

    The values replace the assignments in the cell tagged "parameters"; paths count from `folder`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    content = nbformat.read(notebook, as_version=4)
    _set_parameters(content, parameters)
    client = NotebookClient(
        content,
        timeout=CELL_SECONDS,
        kernel_name="python3",
        resources={"metadata": {"path": str(folder)}},
        record_timing=False,
    )
    try:
        client.execute()
    except (CellExecutionError, CellTimeoutError, DeadKernelError, NoSuchKernel) as error:
        return getattr(error, "evalue", "") or str(error).splitlines()[-1]
    finally:
        nbformat.write(content, folder / notebook.name)
    return None


def parameters_of(notebook: Path) -> set[str]:
    """The names that the notebook's cell tagged "parameters" assigns."""
    cells = nbformat.read(notebook, as_version=4).cells
    return {name for cell in cells if _is_parameters(cell) for name in re.findall(r"^(\w+) *=", cell.source, re.M)}


def _is_parameters(cell: nbformat.NotebookNode) -> bool:
    return cell.cell_type == "code" and "parameters" in cell.metadata.get("tags", [])


def _set_parameters(content: nbformat.NotebookNode, parameters: Mapping[str, str]) -> None:
    cells = [cell for cell in content.cells if _is_parameters(cell)]
    if not cells:
        raise OutputError("A notebook has no code cell tagged 'parameters': add one that sets ARTICLE and OUTPUT.")
    for name, value in parameters.items():
        line = f"{name} = {json.dumps(value, ensure_ascii=False)}"
        cells[0].source, done = re.subn(rf"^{name} *=.*$", lambda _, line=line: line, cells[0].source, flags=re.M)
        if not done:
            cells[0].source += f"\n{line}"
