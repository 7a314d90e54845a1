"""Staging: the articles of a corpus read once from their files, named and compared, and laid ready in parts on disk.

However many they are, a few hundred are in memory. A run that was stopped finds them ready if nothing of its input
changed.
"""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate
from pathlib import Path

import pandas as pd

from analysis.export import beside, clear_abandoned
from analysis.reading.article import Article
from analysis.reading.collection import Closed, Intake, Ledger, Source, flat, read_each, sentence_of
from analysis.reading.duplicates import THRESHOLD
from analysis.reading.formats.page import is_address
from analysis.study.settings import code_of, hash_of, key_of

SIZES = ((256, 8), (4096, 16))
"""Up to the so-many-th article parts are so small: a small corpus has work for several workers to the end."""
SIZE = 64
CACHED = 8
"""Parts in memory while near-duplicates are compared."""
_ACCOUNT, READER = "account.pickle", "reader"


@dataclass(frozen=True)
class Staged:
    """Articles laid ready in a folder; `closed` is the account of the intake, `reader` says that they are in use."""

    folder: Path
    closed: Closed
    sizes: tuple[int, ...]
    reader: Path

    @property
    def sentence(self) -> str:
        """The account in one sentence."""
        return sentence_of(self.closed.table)

    @property
    def intake(self) -> pd.DataFrame:
        return self.closed.table

    @property
    def problems(self) -> pd.DataFrame:
        return self.closed.problems

    def __len__(self) -> int:
        """The number of articles that were kept."""
        return sum(self.sizes) - len(self.closed.dropped)

    def parts(self) -> Iterator[list[Article]]:
        """The articles that were kept, part after part in their order."""
        for number, first in enumerate(self._firsts[:-1]):
            found = enumerate(_read(self.folder, number), first)
            kept = [self.closed.marked(place, one) for place, one in found if place not in self.closed.dropped]
            if kept:
                yield kept

    @cached_property
    def _firsts(self) -> list[int]:
        return list(accumulate(self.sizes, initial=0))

    def clear(self) -> None:
        """Remove what was laid ready, if no other run reads it."""
        self.reader.unlink(missing_ok=True)
        clear_abandoned(self.folder)
        if not list(self.folder.glob(f".{READER}.*")):
            shutil.rmtree(self.folder, ignore_errors=True)
            with suppress(OSError):  # another run has laid other articles ready
                self.folder.parent.rmdir()


def stage(
    sources: Intake | Source | Iterable[Source],
    folder: Path,
    *,
    threshold: float = THRESHOLD,
    drop_duplicates: bool = False,
    **options: object,
) -> Staged:
    """Lay the articles of all sources ready in a folder in `folder`; the options are those of ``load_all``.

    What an earlier run laid ready is taken if all files are the same (size and time), and options and code of reading.
    """
    if isinstance(sources, Intake):
        return _laid(sources.articles, folder / hash_of([key_of(one) for one in sources.articles]), _closed(sources))
    named = list(flat([sources]))
    target = folder / hash_of([_signs(named), str(options), threshold, drop_duplicates, code_of("reading")])
    if (target / _ACCOUNT).is_file():
        return _opened(target)
    ledger = Ledger(threshold, drop_duplicates=drop_duplicates)
    return _laid(_noted(read_each(*named, **options), ledger), target, ledger)


def _opened(target: Path) -> Staged:
    """What lies ready in a folder, marked as read by this process."""
    closed, sizes = pickle.loads((target / _ACCOUNT).read_bytes())
    reader = beside(target / READER)
    reader.touch()
    return Staged(target, closed, sizes, reader)


def _noted(entries: Iterable[object], ledger: Ledger) -> Iterator[Article]:
    """The articles among the entries, each written into the ledger."""
    for entry in entries:
        ledger.add(entry)
        if isinstance(entry, Article):
            yield entry


def _laid(articles: Iterable[Article], target: Path, account: Ledger | Closed) -> Staged:
    """Write the articles in parts beside the target and move them there as a whole."""
    target.parent.mkdir(parents=True, exist_ok=True)
    clear_abandoned(target.parent)
    work = beside(target)
    work.mkdir()
    try:
        sizes = tuple(_written(articles, work))
        firsts = list(accumulate(sizes, initial=0))
        part_of = [number for number, size in enumerate(sizes) for _ in range(size)]
        opened = lru_cache(CACHED)(lambda number: [one.text for one in _read(work, number)])
        closed = (
            account
            if isinstance(account, Closed)
            else account.close(lambda place: opened(part_of[place])[place - firsts[part_of[place]]])
        )
        (work / _ACCOUNT).write_bytes(pickle.dumps((closed, sizes)))
        try:
            work.rename(target)
        except OSError:
            if not (target / _ACCOUNT).is_file():  # else another run was faster, and laid the same ready
                raise
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return _opened(target)


def _written(articles: Iterable[Article], folder: Path) -> Iterator[int]:
    """Write parts; how many articles are in each."""
    part: list[Article] = []
    number = 0
    for total, article in enumerate(articles, 1):
        part.append(article)
        if len(part) == next((size for upto, size in SIZES if total <= upto), SIZE):
            _write(part, folder, number)
            yield len(part)
            part, number = [], number + 1
    if part:
        _write(part, folder, number)
        yield len(part)


def _write(part: Sequence[Article], folder: Path, number: int) -> None:
    (folder / f"{number:06}.pickle").write_bytes(pickle.dumps(list(part)))


def _read(folder: Path, number: int) -> list[Article]:
    return pickle.loads((folder / f"{number:06}.pickle").read_bytes())


def _closed(intake: Intake) -> Closed:
    """The account of an intake that is in memory; its articles are marked already."""
    marks = tuple((one.duplicate_of, one.similarity, one.doubt) for one in intake.articles)
    return Closed(intake.table, intake.problems, frozenset(), marks)


def _signs(sources: Iterable[Source]) -> list[list[object]]:
    """What tells whether a source is still the same; an address never is."""
    found: list[list[object]] = []
    for source in sources:
        path = Path(source)
        if is_address(str(source)):
            found.append([str(source), str(pd.Timestamp.now())])
            continue
        files = sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]
        states = [(str(one), one.stat()) for one in files if one.exists()]
        found += [[str(source), len(files)], *([name, state.st_size, state.st_mtime_ns] for name, state in states)]
    return found
