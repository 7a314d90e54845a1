"""What it takes to compare a large corpus: ``python -m benchmarks.comparison CORPUS --times 240``.

CORPUS is a folder that the command ``corpus`` wrote; its articles are taken so many times under other ids. Seconds and
peak memory of each step of notebook 05.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pandas as pd

from analysis import findings, read_corpus
from analysis.schema.analysis import Analysis

Found = TypeVar("Found")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--times", type=int, default=240)
    options = parser.parse_args()
    corpus = repeated(read_corpus(options.corpus, tables=findings.TABLES), options.times)
    print(f"{len(corpus.articles):,} articles, {len(corpus.statements):,} statements; {memory():,} MB to hold them")
    joined, _ = timed("actors joined", lambda: findings.united(corpus))
    chosen = timed("chosen", lambda: findings.chosen(joined))
    values = timed("values of articles", lambda: findings.values_of_articles(chosen))
    outlets = findings.groups_of(chosen.articles)
    timed("means and bands", lambda: findings.compared(values, outlets))
    timed("tests", lambda: findings.differences(values, outlets))
    timed("votes", lambda: findings.once_an_article(chosen.stances, least=20))


def repeated(analysis: Analysis, times: int) -> Analysis:
    """The tables so many times, each time under other ids."""
    tables = {name: getattr(analysis, name) for name in findings.TABLES}
    many = {
        name: pd.concat(
            [table.assign(article_id=(table["article_id"] + f"-{n}").astype("string")) for n in range(times)],
            ignore_index=True,
        )
        for name, table in tables.items()
    }
    return replace(analysis, **many)


def timed(name: str, work: Callable[[], Found]) -> Found:
    start = time.perf_counter()
    found = work()
    print(f"{name}: {time.perf_counter() - start:.1f} s, at most {memory():,} MB", flush=True)
    return found


def memory() -> int:
    """The most megabytes that the process had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1_000


if __name__ == "__main__":
    main()
