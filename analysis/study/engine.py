"""The engine: tasks done by the processes of a Dask cluster, here or on many machines; what breaks one stops nobody."""

from __future__ import annotations

import logging
import os
import platform
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from analysis import schema
from analysis.study.settings import Settings
from analysis.study.work import FATAL, Task, WorkerError, join, packed, tables_of, unexpected

if TYPE_CHECKING:
    from distributed import Client, Future

SECONDS = 300
"""What one article may take."""
AHEAD = 2
"""Tasks that are sent for each worker: one that is done, one that waits."""
TRIES = 2
"""An article that broke so many processes alone, or took too long in them, is given up."""
RESTART = 300
"""Seconds that a cluster without processes may need to start one."""
PATIENCE = "1 hour"
"""How long a worker may be silent; a long search holds the interpreter, and its heartbeat with it."""
Done = tuple[Task, Mapping[str, bytes]]


def here(tasks: Iterable[Task], settings: Settings) -> Iterator[Done]:
    """The tasks done one after the other in this process: their tables as Parquet files."""
    for task in tasks:
        try:
            yield task, packed(tables_of(task, settings))
        except FATAL:
            raise
        except Exception as error:
            if len(task.articles) > 1:
                yield from here(task.single(), settings)
            else:
                yield task, _given_up(task, f"an unexpected {type(error).__name__}: {error}")


def on_cluster(
    tasks: Iterable[Task],
    settings: Settings,
    *,
    workers: int | None = None,
    scheduler: str | None = None,
    seconds: int = SECONDS,
) -> Iterator[Done]:
    """The tasks done by a cluster, as they are finished; of each a few at a time are sent.

    `workers` processes of this machine (by default one for each core), or the cluster of the `scheduler` at an
    address. A task whose process died is done again at the end, article by article; an article that did it alone, or
    took more than `seconds`, is a row of problems.
    """
    from distributed import as_completed

    waiting = iter(tasks)
    first = next(waiting, None)
    if first is None:
        return
    waiting = chain([first], waiting)
    with _client(workers, scheduler) as client:
        room = AHEAD * max(1, len(_workers(client)))
        suspects: list[Task] = []
        running: dict[Future, Task] = {}
        finished = as_completed()

        def send(task: Task) -> None:
            future = client.submit(work, task, settings, seconds, pure=False)
            running[future] = task
            finished.add(future)

        for task in _some(waiting, room):
            send(task)
        for future in finished:
            task = running.pop(future)
            files, error = _outcome(future)
            if error is None:
                yield task, files
            else:
                suspects += task.single()
            for following in _some(waiting, room - len(running)):
                send(following)
        yield from _apart(client, suspects, settings, seconds)


def _apart(client: Client, suspects: list[Task], settings: Settings, seconds: int) -> Iterator[Done]:
    """Articles whose process died, one at a time in each process, as what waits beside a culprit dies with it."""
    tried: Counter[str] = Counter()
    while suspects:
        places = _workers(client)
        if not places:
            client.wait_for_workers(1, timeout=RESTART)
            continue
        now, suspects = suspects[: len(places)], suspects[len(places) :]
        futures = [
            client.submit(work, task, settings, seconds, pure=False, workers=[place], allow_other_workers=True)
            for task, place in zip(now, places, strict=False)
        ]
        for task, future in zip(now, futures, strict=True):
            files, error = _outcome(future)
            if error is None:
                yield task, files
                continue
            (article,) = task.articles
            tried[article.article_id] += 1
            if tried[article.article_id] < TRIES:
                suspects.append(task)
            else:
                yield task, _given_up(task, _told(error, seconds))


def work(task: Task, settings: Settings, seconds: int) -> dict[str, bytes]:
    """What a process of the cluster does: the tables of a task as Parquet files.

    Raises :class:`WorkerError` where code, weights, libraries or own files are not those that the run began with.
    """
    if replace(settings).whole != settings.whole:
        problem = f"The worker on {platform.node()} has another version of the package, of a library or of an own file"
        raise WorkerError(f"{problem}: install the same on all machines (constraints.txt).")
    return packed(tables_of(task, settings, seconds=seconds))


def _outcome(future: Future) -> tuple[Mapping[str, bytes], BaseException | None]:
    """What came of a task, and what it broke on if it did; raises what is an error of the run."""
    error = future.exception()
    if isinstance(error, FATAL):
        raise error
    files = {} if error else future.result()
    future.release()  # else it is done again when its process dies
    return files, error


def _told(error: BaseException, seconds: int) -> str:
    from distributed.scheduler import KilledWorker

    died = f"it took more than {seconds} seconds or broke the process that read it"
    return died if isinstance(error, KilledWorker) else f"an unexpected {type(error).__name__}: {error}"


def _workers(client: Client) -> list[str]:
    """The addresses of the processes that are there."""
    return sorted(client.scheduler_info(n_workers=-1)["workers"])


def _given_up(task: Task, told: str) -> Mapping[str, bytes]:
    """No tables but a row of problems for each article."""
    return packed(join([], schema.tabulate("problems", [unexpected(one, told) for one in task.articles])))


def _some(tasks: Iterator[Task], number: int) -> Iterator[Task]:
    for _ in range(number):
        task = next(tasks, None)
        if task is None:
            return
        yield task


@contextmanager
def _client(workers: int | None, scheduler: str | None) -> Iterator[Client]:
    """A client of the scheduler at an address, or of a cluster made of this machine for as long as it is needed."""
    import dask
    from distributed import Client, LocalCluster

    if scheduler is not None:
        with Client(scheduler, timeout="30s") as client:
            client.wait_for_workers(1, timeout=120)
            yield client
        return
    own = {"distributed.scheduler.allowed-failures": 0, "distributed.scheduler.worker-ttl": PATIENCE}
    own["distributed.deploy.lost-worker-timeout"] = (
        PATIENCE  # else a process that dies twice in 15 seconds is not replaced
    )
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    with TemporaryDirectory() as folder, dask.config.set(own):
        count = workers or os.cpu_count() or 1
        quiet = {"dashboard_address": None, "silence_logs": logging.CRITICAL, "local_directory": folder}
        with LocalCluster(n_workers=count, threads_per_worker=1, **quiet) as cluster, Client(cluster) as client:
            yield client
