"""The command ``report``: a folder for each article, whole before the next begins, and one for all of them."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pandas as pd

from analysis.commands.common import FAILED, fail, reading_of, run_of, settings_of, store_of, tell_problems
from analysis.commands.progress import Progress
from analysis.export import OutputError, is_made_from
from analysis.reading.article import Article
from analysis.reading.collection import Intake, load_all, save
from analysis.reading.errors import named
from analysis.report import notebooks
from analysis.report.pdf import browser
from analysis.study.analysing import stored
from analysis.study.corpus import Machines, fill
from analysis.study.settings import Settings, code_of, hash_of
from analysis.study.staging import stage

if TYPE_CHECKING:
    from analysis.report.page import Run


def report(options: argparse.Namespace) -> int:
    """Analyse articles and write a report on each; the exit code."""
    with Progress() as progress, ExitStack() as open_until_done:
        progress.now("reading")
        settings = settings_of(options)
        if options.pdf:
            browser()
        taken = load_all(options.articles, **reading_of(options))
        if len(taken.table) > 1:
            progress.say(taken.sentence)
        for row in taken.table.dropna(subset="doubt").itertuples():
            progress.say(f"{named(row.source_file, row.part)}: {row.doubt}; look whether it is one article.")
        tell_problems(taken.problems, progress)
        work = _Work(options, settings, progress, open_until_done)
        progress.expect(len(taken.articles) * (3 + len(work.shelf)))
        written = work.reports(taken)
        if len(taken.table) > 1 and taken.articles:
            progress.now("the corpus")
            work.corpus(taken)
    return _conclude(len(taken.table), options, written)


class _Work:
    """One run of the command: how it is made, where it keeps what it finds, and what was written."""

    def __init__(
        self, options: argparse.Namespace, settings: Settings, progress: Progress, until_done: ExitStack
    ) -> None:
        self.options, self.settings, self.progress, self._until_done = options, settings, progress, until_done
        self.store = store_of(options)
        self.shelf = [] if options.no_notebooks else notebooks.notebooks()
        self._names: set[str] = set()

    @cached_property
    def run(self) -> Run:
        """How the reports are made, with a kernel for their notebooks."""
        folder = Path(self._until_done.enter_context(TemporaryDirectory()))
        run = run_of(self.options, self.settings, self.shelf, folder)
        return replace(run, kernel=self._until_done.enter_context(notebooks.Kernel())) if self.shelf else run

    def reports(self, taken: Intake) -> list[Path]:
        """Write the report on each article as soon as it is analysed; the folders that are there."""
        written = [folder for article in taken.articles if (folder := self._report(article, taken)) is not None]
        unknown = sorted(set(self.settings.sides.own) - self._names) if written else []
        for name in unknown:
            self.progress.say(
                f"{self.options.camps}: no actor is called '{name}', see the table of actors for the names."
            )
        return written

    def _report(self, article: Article, taken: Intake) -> Path | None:
        self.progress.step(f"{article.article_id}: reading and scoring")
        intake = taken.table[taken.table["article_id"] == article.article_id]
        target, made_from = self.options.out / article.article_id, self._made_from(article, intake)
        there = is_made_from(target, made_from)
        if there and not self.settings.sides.own:
            return target
        from analysis.report.page import write_report

        run = self.run  # its kernel starts while the article is analysed
        found = replace(stored(article, self.settings, self.store), intake=intake)
        self._names |= {*found.actors["name"], *found.actors["actor_id"]}
        tell_problems(found.problems, self.progress)
        if there or found.articles.empty:
            return target if there else None
        step = partial(self._step, article.article_id)
        try:
            with TemporaryDirectory() as folder:
                file = _file_of(article, Path(folder))
                done = write_report(found, file, target, run=run, made_from=made_from, step=step)
        except OutputError as error:
            if len(taken.table) == 1:
                raise
            self.progress.say(str(error))
            return None
        tell_problems(done.problems, self.progress)
        return target

    def _step(self, article_id: str, what: str) -> None:
        self.progress.step(f"{article_id}: {what}")

    def _made_from(self, article: Article, intake: pd.DataFrame) -> str:
        """A hash of all that a report rests on."""
        code = code_of("findings", "charts", "export", "report", "commands", "study")
        shelf = [file.read_text(encoding="utf-8") for file in self.shelf]
        own = [article.source_file, article.sha256, intake.to_json(), str(self.options.store)]
        wanted = [self.options.figures, self.options.paper, self.options.pdf]
        return hash_of([self.settings.whole, self.settings.key(article), own, code, shelf, wanted])

    def corpus(self, taken: Intake) -> None:
        """Write the folder over all articles."""
        from analysis.study.output import write_corpus

        name = "corpus" if "corpus" not in {one.article_id for one in taken.articles} else "corpus-tables"
        with TemporaryDirectory() as folder:
            staged = stage(taken, Path(folder))
            fill(self.store, staged, self.settings, Machines())
            links = {one.article_id: f"../{one.article_id}/report.html" for one in taken.articles}
            write_corpus(self.store, staged, self.settings, self.options.out / name, run=self.run, links=links)


def _file_of(article: Article, folder: Path) -> Path:
    """The file that holds this article and no other one: its own, or one made of it in the folder."""
    own = Path(article.source_file or "")
    return own if article.part is None and own.is_file() else save(article, folder)


def _conclude(asked: int, options: argparse.Namespace, written: Sequence[Path]) -> int:
    """The last sentence: where the reports are and how many articles have none; the exit code."""
    missing = asked - len(written)
    if not written:
        return FAILED if asked == 1 else fail(f"None of the {asked} articles could be analysed.")
    if asked == 1:
        print(f"The report is in {written[0]} (open report.html there).")
    elif missing:
        print(f"The reports on {len(written)} of {asked} articles are in {options.out}; {missing} could not be made.")
    else:
        print(
            f"The reports on {asked} articles are in {options.out}, the tables over all of them in its corpus folder."
        )
    return 0
