"""The codebook: lexicons and gazetteers as data files, read with checks.

The files live in ``analysis/codebook/``. Every row of a CSV file carries `source` (where the entry comes
from) and `note` (why it is there, or what to watch). Inside a cell ``|`` separates alternatives. A researcher
can pass the path of an own file with the same columns instead; its hash then belongs in the manifest.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TypeVar, get_type_hints

import yaml

SEPARATOR = "|"
DOCUMENTED = ("source", "note")
FIRST_ROW = 2
"""Line of a file's first row, below the header."""


Entry = TypeVar("Entry")


class CodebookError(ValueError):
    """A codebook file cannot be read as what it should be; the message names file and line."""

    def __init__(self, file: str | Path, line: int | None, problem: str) -> None:
        place = f"{file}, line {line}" if line else f"{file}"
        super().__init__(f"{place}: {problem}")


def folder() -> Path:
    """The folder of the codebook files that come with the package."""
    return Path(str(files("analysis"))) / "codebook"


def read_csv(
    name: str, columns: Sequence[str], *, path: Path | None = None, documented: bool = True
) -> list[dict[str, str]]:
    """The rows of a codebook file, cells stripped; row `i` of the list stands on line ``i + FIRST_ROW``.

    `columns` are required, and `source` and `note` unless it need not be `documented`; further ones are kept. `path`
    is an own file to read instead of the one called `name`. Raises :class:`CodebookError` for a file that is missing
    or not UTF-8, lacks a column, has a row of another width, or a row whose first required cell is empty.
    """
    file = path or folder() / name
    lines = _parsed(file)
    if not lines:
        raise CodebookError(file, None, "the file is empty")
    header = [cell.strip() for cell in lines[0]]
    _check_header(file, header, (*columns, *DOCUMENTED) if documented else columns)
    rows = [_row(file, number, header, cells) for number, cells in enumerate(lines[1:], FIRST_ROW)]
    for number, row in enumerate(rows, FIRST_ROW):
        if columns and not row[columns[0]]:
            raise CodebookError(file, number, f"the cell '{columns[0]}' is empty")
    return rows


def read_entries(kind: type[Entry], name: str, *, path: Path | None = None) -> tuple[Entry, ...]:
    """The rows of a codebook file as entries of a dataclass whose fields are its columns.

    A field of type ``tuple[str, ...]`` takes the alternatives of its cell, a ``bool`` takes yes or no.
    Raises :class:`CodebookError` as :func:`read_csv` does, and for a flag that is neither.
    """
    rows = read_csv(name, [field.name for field in fields(kind)], path=path)
    return tuple(_entry(kind, row, path or name, line) for line, row in enumerate(rows, FIRST_ROW))


def read_yaml(name: str, *, path: Path | None = None) -> dict | list:
    """The content of a YAML codebook file, a mapping or a list; raises :class:`CodebookError`."""
    file = path or folder() / name
    try:
        content = yaml.safe_load(_text(file))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise CodebookError(file, line, f"not valid YAML: {error.problem}") from error
    if not isinstance(content, dict | list):
        raise CodebookError(file, None, "neither a mapping nor a list")
    return content


def word_list(name: str) -> frozenset[str]:
    """The words of a list of ``words.csv``; raises :class:`CodebookError` for a list that there is not."""
    if name not in _word_lists():
        raise CodebookError("words.csv", None, f"there is no list '{name}'")
    return _word_lists()[name]


@cache
def _word_lists() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in read_csv("words.csv", ("list", "word")):
        found.setdefault(row["list"], set()).add(row["word"])
    return {name: frozenset(words) for name, words in found.items()}


def alternatives(cell: str) -> tuple[str, ...]:
    """The alternatives of a cell: ``"US|U.S."`` -> ``("US", "U.S.")``; an empty cell has none."""
    return tuple(part.strip() for part in cell.split(SEPARATOR) if part.strip())


def hashes(*, own: Iterable[Path] = ()) -> dict[str, str]:
    """File name -> SHA-256 of every codebook file of the package, and of a researcher's `own` files."""
    kept = sorted(file for file in folder().iterdir() if file.suffix in {".csv", ".yaml", ".yml"})
    found = {file.name: _sha256(file) for file in kept}
    return found | {str(file): _sha256(Path(file)) for file in own}


def read_camps(path: Path) -> dict[str, str]:
    """Name of an actor -> camp, from a CSV file with the columns name and camp; an empty camp takes one away.

    Raises :class:`analysis.codebook.CodebookError` naming the line that is wrong.
    """
    return _read_pairs(path, "camp")


def read_aliases(path: Path | str | None) -> dict[str, str]:
    """Name of an actor -> the name he is to have across articles, from a CSV file with the columns name and alias.

    Raises :class:`analysis.codebook.CodebookError` naming the line that is wrong; without a file there are none.
    """
    return {} if path is None else _read_pairs(Path(path), "alias")


def _read_pairs(path: Path, second: str) -> dict[str, str]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if not {"name", second} <= set(reader.fieldnames or []):
                raise CodebookError(path, 1, f"the columns name and {second} are needed")
            rows = [(reader.line_num, row["name"] or "", row[second] or "") for row in reader]
    except FileNotFoundError as error:
        raise CodebookError(path, None, "no such file") from error
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CodebookError(path, None, "cannot be read as a CSV file in UTF-8") from error
    for line, name, _ in rows:
        if not name.strip():
            raise CodebookError(path, line, "the name is empty")
    return {name.strip(): cell.strip() for _, name, cell in rows}


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise CodebookError(file, None, "no such file") from error
    except UnicodeDecodeError as error:
        raise CodebookError(file, None, "not UTF-8 text") from error


def _parsed(file: Path) -> list[list[str]]:
    # One record a line, so that an error can name the line: a line break inside a cell is refused.
    reader = csv.reader(io.StringIO(_text(file), newline=""), strict=True)
    lines: list[list[str]] = []
    try:
        for cells in reader:
            lines.append(cells)
            if reader.line_num != len(lines):
                raise CodebookError(file, len(lines), "a cell runs over several lines")
    except csv.Error as error:
        raise CodebookError(file, reader.line_num, f"not valid CSV: {error}") from error
    return lines


def _check_header(file: Path, header: Sequence[str], columns: Sequence[str]) -> None:
    missing = [name for name in columns if name not in header]
    if missing:
        raise CodebookError(file, 1, f"missing column: {', '.join(missing)}")
    if len(set(header)) < len(header):
        raise CodebookError(file, 1, "a column stands twice")


def _row(file: Path, number: int, header: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    if len(cells) != len(header):
        raise CodebookError(file, number, f"{len(cells)} cells instead of {len(header)}")
    return dict(zip(header, (cell.strip() for cell in cells), strict=True))


def _entry(kind: type[Entry], row: Mapping[str, str], file: str | Path, line: int) -> Entry:
    cells: dict[str, object] = {}
    for name, wanted in get_type_hints(kind).items():
        if wanted is bool and row[name] not in ("yes", "no"):
            raise CodebookError(file, line, f"'{name}' is '{row[name]}', neither yes nor no")
        if wanted is bool:
            cells[name] = row[name] == "yes"
        else:
            cells[name] = row[name] if wanted is str else alternatives(row[name])
    return kind(**cells)
