"""A corpus: many articles, each analysed once, and the tables over all of them in the order of the articles.

What is written is laid out in :mod:`analysis.study.output`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from inspect import signature
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from analysis import pipeline, schema
from analysis.actors.camps import Sides, sides_of
from analysis.export import OutputError
from analysis.language.parsing import DEFAULT_MODEL
from analysis.reading.collection import Intake, Source
from analysis.schema.analysis import Analysis
from analysis.study.analysing import read, task_of
from analysis.study.corrections import Corrections, read_corrections
from analysis.study.engine import SECONDS, here, on_cluster
from analysis.study.settings import Settings
from analysis.study.staging import Staged, stage
from analysis.study.store import KEPT, TEXTS, Store, found_in, to_parquet
from analysis.study.work import Task, keep

DATASETS = "datasets"


@dataclass(frozen=True)
class Machines:
    """Where the work is done: in this process, in `workers` processes, or by the cluster of a `scheduler`."""

    workers: int | None = 0
    scheduler: str | None = None
    seconds: int = SECONDS

    def done(self, tasks: Iterable[Task], settings: Settings) -> Iterator[tuple[Task, Mapping[str, bytes]]]:
        """The tasks and what came of each."""
        if self.workers == 0 and self.scheduler is None:
            return here(tasks, settings)
        asked = {"workers": self.workers, "scheduler": self.scheduler, "seconds": self.seconds}
        return on_cluster(tasks, settings, **asked)


def analyse_corpus(
    sources: Intake | Source | Iterable[Source],
    *,
    nlp: str | None = None,
    camps: Mapping[str, str] | Sides | None = None,
    corrections: Path | Corrections | None = None,
    store: Path | str | None = None,
    workers: int | None = 0,
    scheduler: str | None = None,
    track: Callable[[int], None] = lambda _: None,
    **options: object,
) -> Analysis:
    """All tables of many articles, given as :func:`load_all` takes them, or as the intake that it returns.

    What cannot be read becomes a row of `intake` and of `problems`; the rest goes on. With a `store` nothing is worked
    out twice. `workers` are processes of this machine (0: none but this one; None: one for each core), `scheduler` is
    the address of a Dask cluster. `track` is called with the number of articles that were done. The other options are
    those of :func:`analyse`. All tables are in memory at the end: for more than some thousand articles use the command
    ``corpus``, and :func:`read_corpus` for the tables that you need.
    """
    signature(pipeline.analyse).bind_partial(**options)  # an option that there is not ends the run at once
    decided = corrections if isinstance(corrections, Corrections) else read_corrections(corrections)
    settings = Settings(model=nlp or DEFAULT_MODEL, sides=sides_of(camps), corrections=decided, **options)
    return tables_over(sources, settings, store, machines=Machines(workers, scheduler), track=track)


def tables_over(
    sources: Intake | Source | Iterable[Source],
    settings: Settings,
    store: Store | Path | str | None = None,
    *,
    machines: Machines = Machines(),
    track: Callable[[int], None] = lambda _: None,
) -> Analysis:
    """All tables of many articles under some settings, in memory."""
    with TemporaryDirectory() as folder:
        kept = store if isinstance(store, Store) else Store(Path(folder) / "store" if store is None else store)
        staged = stage(sources, Path(folder))
        fill(kept, staged, settings, machines, track)
        write_datasets(kept, staged, settings, Path(folder))
        return read_corpus(folder)


def open_corpus(
    sources: Path | str | Iterable[Source], *, tables: Sequence[str] | None = None, **options: object
) -> Analysis:
    """The tables over a corpus: out of the folder that the command ``corpus`` wrote, or of articles analysed here.

    Of a written corpus only some `tables` are read where these are named; the options, those of
    :func:`analyse_corpus`, are not needed then, as its tables are those of the settings that it was made with.
    """
    if isinstance(sources, (str, Path)) and (Path(sources) / DATASETS).is_dir():
        return read_corpus(sources, tables=tables)
    return analyse_corpus(sources, **options)


def fill(
    store: Store, staged: Staged, settings: Settings, machines: Machines, track: Callable[[int], None] = lambda _: None
) -> int:
    """Analyse what the store does not have of the articles; how many those were.

    `track` as in :func:`analyse_corpus`.
    """
    done = 0
    for task, files in machines.done(_missing(store, staged, settings, track), settings):
        keep(store, task, settings, files)
        done += len(task.articles)
        track(len(task.articles))
    return done


def _missing(store: Store, staged: Staged, settings: Settings, track: Callable[[int], None]) -> Iterator[Task]:
    """The articles that the store does not have, part by part."""
    entries = store.entries()
    there = found_in(entries, "whole", settings.whole)
    for part in staged.parts():
        missing = [one for one in part if settings.key(one) not in there]
        if len(missing) < len(part):
            track(len(part) - len(missing))
        if missing:
            yield task_of(missing, settings, entries)


def write_datasets(store: Store, staged: Staged, settings: Settings, folder: Path) -> dict[str, int]:
    """The tables over all articles as datasets in a folder; the rows of each. Articles that failed have none."""
    there = found_in(store.entries(), "whole", settings.whole)
    rows = dict.fromkeys([*KEPT, TEXTS, "intake"], 0)
    nothing = {TEXTS: pd.DataFrame({"article_id": [], "text": []}, dtype="string")}
    for name in rows:
        (folder / DATASETS / name).mkdir(parents=True)
        _write(nothing[name] if name == TEXTS else schema.empty(name), folder, name, -1)
    for number, part in enumerate(staged.parts()):
        tables = read(part, [there[settings.key(one)] for one in part])
        known = set(tables["articles"]["article_id"])
        texts = [{"article_id": one.article_id, "text": one.text} for one in part if one.article_id in known]
        tables[TEXTS] = pd.DataFrame(texts, columns=["article_id", "text"], dtype="string")
        for name, table in tables.items():
            _write(table, folder, name, number)
            rows[name] += len(table)
    for name, table in (("intake", staged.intake), ("problems", staged.problems)):
        _write(table, folder, name, -1)
        rows[name] += len(table)
    return rows


def _write(table: pd.DataFrame, folder: Path, name: str, number: int) -> None:
    (folder / DATASETS / name / f"part-{number + 1:06}.parquet").write_bytes(to_parquet(table))


def read_corpus(folder: Path | str, *, tables: Sequence[str] | None = None) -> Analysis:
    """The tables over a corpus, out of its folder; with `tables` only these, and of the others no rows.

    Raises :class:`analysis.export.OutputError` for a folder that holds none.
    """
    place = Path(folder) / DATASETS
    if not place.is_dir():
        raise OutputError(f"{folder} holds no corpus: name the folder that the command corpus wrote.")
    wanted = set(tables or schema.TABLES)
    found = {name: read_dataset(place, name) if name in wanted else schema.empty(name) for name in schema.TABLES}
    texts = read_dataset(place, TEXTS) if tables is None else pd.DataFrame({"article_id": [], "text": []})
    return Analysis(**found, texts=dict(zip(texts["article_id"], texts["text"], strict=True)))


def read_dataset(place: Path, name: str, *, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """One table over all articles, or some of its columns."""
    files = sorted((place / name).glob("part-*.parquet"))
    table = pd.read_parquet(files, columns=None if columns is None else list(columns))
    known = schema.TABLES.get(name, {})
    return table.astype({column: kind.dtype for column, kind in known.items() if column in table})
