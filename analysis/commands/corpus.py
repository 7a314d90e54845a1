"""The command ``corpus``: the tables over many articles, worked out by all cores or by a cluster, and resumable."""

from __future__ import annotations

import argparse
import time
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis.commands.common import fail, reading_of, run_of, settings_of, store_of, tell_problems
from analysis.commands.progress import Progress
from analysis.report.notebooks import Kernel
from analysis.study.corpus import Machines, fill
from analysis.study.output import write_corpus
from analysis.study.staging import stage

FEW = 20
"""Problems that are said; all of them stand in the table."""


def corpus(options: argparse.Namespace) -> int:
    """Analyse many articles and write the tables and figures over all of them; the exit code."""
    start = time.monotonic()
    settings, store = settings_of(options), store_of(options)
    machines = Machines(options.workers, options.scheduler, options.seconds)
    with Progress("article") as progress:
        progress.now("reading the files")
        staged = stage(options.articles, options.out / ".staged", **reading_of(options))
        progress.say(staged.sentence)
        tell_problems(staged.problems.head(FEW), progress)
        if not len(staged):
            return fail("None of the articles could be read.")
        progress.expect(len(staged))
        progress.now("")
        begun = time.monotonic()
        anew = fill(store, staged, settings, machines, progress.add)
        pace = anew / (time.monotonic() - begun)
        progress.now("tables and figures")
        with nullcontext() if options.no_notebooks else Kernel() as kernel, TemporaryDirectory() as folder:
            run = replace(run_of(options, settings, [], Path(folder)), kernel=kernel)
            rows = write_corpus(store, staged, settings, options.out / "corpus", run=run, links={})
    staged.clear()
    problems = rows["problems"] - len(staged.problems)
    told = f"{anew:,} analysed now, {pace:.2f} a second" if anew else "all of them known"
    minutes = (time.monotonic() - start) / 60
    print(
        f"{len(staged):,} articles ({told}; {problems:,} problems) in {minutes:.1f} minutes: {rows['statements']:,} "
        f"statements, {rows['stances']:,} positions. Open {options.out / 'corpus' / 'index.html'}."
    )
    return 0
