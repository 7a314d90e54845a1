"""The store: what was found in articles, kept on disk under the settings that it was found with.

::

    store/
      store.json              what this folder is
      <entry>/                some articles under one state of settings, whole or not there
        entry.json            the articles by their keys, the settings, the hashes of all they rest on
        statements.parquet    ... one file for each table of the schema
        texts.parquet         article_id, text: what all offsets count in
        parses.parquet        article_id, parse: the spaCy document in its own bytes

An entry is written beside its place and moved there in one step, so that a run which is killed leaves none, and two
runs at once do no harm. Any program that knows Parquet reads it: ``store/*/statements.parquet``.
"""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from analysis import schema
from analysis.export import OutputError, beside, clear_abandoned
from analysis.study.settings import Settings, hash_of

MARK, ENTRY = "store.json", "entry.json"
FORMAT = {"made by": "newsvoices", "store": 1}
KEPT = tuple(name for name in schema.TABLES if name != "intake")
"""The tables that an entry has; the account of an intake belongs to a run."""
TEXTS, PARSES = "texts", "parses"


@dataclass(frozen=True)
class Entry:
    """One folder of the store: its articles (key -> id) and the names of the settings that they were analysed with."""

    folder: Path
    articles: Mapping[str, str]
    parse: str
    core: str
    whole: str
    settings: Mapping[str, object]
    problems: int
    created: str

    def table(self, name: str) -> pd.DataFrame:
        """One of its tables, with the types of the schema."""
        return from_parquet(name, (self.folder / f"{name}.parquet").read_bytes())

    @property
    def bytes(self) -> int:
        return sum(file.stat().st_size for file in self.folder.iterdir())


class Store:
    """A folder of entries; it is made when something is first put into it.

    Raises :class:`analysis.export.OutputError` for a folder that holds something else.
    """

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)
        if self.folder.exists() and not self._is_ours() and any(self.folder.iterdir()):
            raise OutputError(f"{self.folder} is not a store: name another folder with --store.")

    def _is_ours(self) -> bool:
        try:
            return json.loads((self.folder / MARK).read_text(encoding="utf-8"))["made by"] == FORMAT["made by"]
        except (OSError, ValueError, KeyError, TypeError):
            return False

    def entries(self) -> list[Entry]:
        """All that it holds, the oldest first."""
        found = []
        for file in self.folder.glob(f"[!.]*/{ENTRY}"):
            with suppress(FileNotFoundError):  # cleared by another run
                found.append(Entry(file.parent, **json.loads(file.read_text(encoding="utf-8"))))
        return sorted(found, key=lambda entry: (entry.created, entry.folder.name))

    def put(
        self, articles: Mapping[str, str], settings: Settings, files: Mapping[str, bytes], *, problems: int = 0
    ) -> Entry:
        """Keep the tables of some articles (key -> id), each as the bytes of a Parquet file; its entry.

        `problems` is the number of articles that failed.
        """
        about = {name: getattr(settings, name) for name in ("parse", "core", "whole")}
        about |= {"articles": dict(articles), "settings": settings.described(), "problems": problems}
        about["created"] = _now()
        self._begin()
        work = beside(self.folder / "entry")
        work.mkdir()
        try:
            for name, content in files.items():
                (work / f"{name}.parquet").write_bytes(content)
            (work / ENTRY).write_text(json.dumps(about, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
            target = self.folder / _name_of(articles, settings)
            try:
                work.rename(target)
            except OSError:
                if not target.is_dir():  # else another run was faster, and what it kept is the same
                    raise
        finally:
            shutil.rmtree(work, ignore_errors=True)
        return Entry(target, **about)

    def _begin(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        if not (self.folder / MARK).exists():
            work = beside(self.folder / MARK)
            work.write_text(json.dumps(FORMAT) + "\n", encoding="utf-8")
            work.replace(self.folder / MARK)
        clear_abandoned(self.folder)

    def status(self) -> pd.DataFrame:
        """What it holds, one row for each state of settings: entries, articles, megabytes, when it was last written."""
        rows = [
            {
                **{name: _shown(value) for name, value in entry.settings.items()},
                "core": entry.core[:8],
                "whole": entry.whole[:8],
                "articles": len(entry.articles),
                "failed": entry.problems,
                "megabytes": entry.bytes / 1e6,
                "last": entry.created,
            }
            for entry in self.entries()
        ]
        if not rows:
            return pd.DataFrame(columns=["articles", "failed", "megabytes", "last", "entries"])
        table = pd.DataFrame(rows)
        counted = ("articles", "failed", "megabytes")
        by = [name for name in table if name not in (*counted, "last")]
        sums = {name: (name, "sum") for name in counted} | {"last": ("last", "max")}
        groups = table.groupby(by, sort=False, dropna=False)
        return groups.agg(**sums, entries=("last", "size")).reset_index().round({"megabytes": 1})

    def clear(self, entries: Iterable[Entry] | None = None) -> int:
        """Remove some entries, or all of it; how many."""
        gone = self.entries() if entries is None else list(entries)
        for entry in gone:
            shutil.rmtree(entry.folder, ignore_errors=True)
        if entries is None and self._is_ours():
            shutil.rmtree(self.folder)
        return len(gone)


def to_parquet(table: pd.DataFrame) -> bytes:
    """A table as the bytes of a Parquet file, the same for the same table."""
    target = io.BytesIO()
    table.to_parquet(target, index=False, compression="zstd")
    return target.getvalue()


def from_parquet(name: str, content: bytes) -> pd.DataFrame:
    """A table of that name from the bytes of a Parquet file; those of the schema with its types."""
    table = pd.read_parquet(io.BytesIO(content))
    columns = schema.TABLES.get(name)
    return table if columns is None else table.astype({column: kind.dtype for column, kind in columns.items()})


def _name_of(articles: Iterable[str], settings: Settings) -> str:
    """The name of an entry: the same for the same articles and settings."""
    return hash_of([settings.whole, *sorted(articles)])


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _shown(value: object) -> object:
    return "" if value is None else value


def found_in(entries: Sequence[Entry], level: str, name: str) -> dict[str, Entry]:
    """Key of an article -> the entry that has it under these settings; `level` is "parse", "core" or "whole"."""
    return {key: entry for entry in entries if getattr(entry, level) == name for key in entry.articles}
