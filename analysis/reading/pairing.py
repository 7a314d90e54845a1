"""Pairing: a table of addresses (Media Cloud and its like) with the pages that were saved from them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from analysis.reading import decoding
from analysis.reading.draft import Draft, known
from analysis.reading.errors import ArticleError, Where
from analysis.reading.formats import page
from analysis.reading.formats.page import is_page
from analysis.reading.formats.tables import Row, Table, address_column_of, draft_of

LARGEST_PAGE = 5_000_000


def pair(table: Table, pages: Path, where: Where) -> Iterator[Draft | ArticleError]:
    """Each row with the text of its page: found by the address that the page states, or by its file's name.

    The file's name may be the id of the row ("1234567.html") or the last part of its address.
    """
    column = address_column_of(table)
    if column is None:
        raise where.error("this table has neither texts nor addresses", "name the column with the texts")
    saved = _saved(pages)
    for number, row in table.rows:
        place = where.inside(f"row {number}")
        yield row if isinstance(row, ArticleError) else _paired(row, row.get(column, ""), saved, place, pages)


def _paired(row: Row, address: str, saved: dict[str, Path], where: Where, pages: Path) -> Draft | ArticleError:
    keys = [_plain(address), known(tuple(row.items())).get("id", ""), _slug(address)]
    file = next((saved[name] for name in keys if name and name in saved), None)
    if file is None:
        problem = f"no page in {pages.name} was saved from {address or 'its address'}"
        return where.error(problem, "save the page there, or leave the row out", reason="no text")
    try:
        found = next(page.read_page(_html(file) or "", Where(str(file)), address=address))
    except ArticleError as error:
        return where.error(f"{error.problem} ({file.name})", error.remedy, reason=error.reason)
    own = draft_of(row, found.text, where, kind="table with saved pages")
    merged = {name: getattr(own, name) or getattr(found, name) for name in ("title", "outlet", "author", "date")}
    return replace(own, text=found.text, fields=(*own.fields, ("page", file.name)), **merged)


def _saved(pages: Path) -> dict[str, Path]:
    """The saved pages by the address that they state and by their file's name."""
    if not pages.is_dir():
        raise ArticleError(pages, "there is no such folder", "name the folder with the saved pages")
    found: dict[str, Path] = {}
    for file in sorted(pages.rglob("*")):
        html = _html(file) if file.is_file() else None
        if html is not None:
            found.setdefault(file.stem, file)
            if address := page.address_of(html):
                found[_plain(address)] = file
    return found


def _html(file: Path) -> str | None:
    if file.stat().st_size > LARGEST_PAGE:
        return None
    decoded = decoding.decode(file.read_bytes())
    return decoded[0] if decoded and is_page(decoded[0]) else None


def _plain(address: str) -> str:
    """An address in one form: without its scheme, "www.", parameters and last slash."""
    parts = urlsplit(address.strip())
    return re.sub(r"^www\.|:\d+$", "", parts.netloc.casefold()) + parts.path.rstrip("/") if parts.netloc else ""


def _slug(address: str) -> str:
    last = urlsplit(address.strip()).path.rstrip("/").rpartition("/")[2]
    return re.sub(r"\.html?$", "", last)
