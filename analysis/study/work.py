"""Work: some articles analysed under some settings, as far as a store does not have it; the same in every process."""

from __future__ import annotations

import faulthandler
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path

import pandas as pd
from spacy.language import Language
from spacy.tokens import Doc

from analysis import codebook, pipeline, schema, stages
from analysis.language import models
from analysis.language.document import Parsed, read_together
from analysis.language.known import with_knowledge
from analysis.language.models import EncoderError
from analysis.language.parsing import ModelError, load_model, parse_all
from analysis.reading.article import Article, read_text, tables_of_article
from analysis.reading.collection import account
from analysis.schema.analysis import Analysis
from analysis.study.correcting import Corrector
from analysis.study.settings import Settings
from analysis.study.store import KEPT, PARSES, TEXTS, Entry, Store, from_parquet, to_parquet

WITHOUT = ("tensor", "user_data")
"""What of a spaCy document nobody asks for."""
ANALYSE = "analyse"
"""The stage of problems for which an article has no tables."""
SENTENCE = "The minister of transport said on Monday that the harbour is closed."
TOGETHER = 16
"""Articles that the encoder reads at once."""
Tables = dict[str, pd.DataFrame]


class WorkerError(RuntimeError):
    """A worker is not what the run began with; the message is one sentence that says what to do."""


FATAL = (codebook.CodebookError, EncoderError, ModelError, WorkerError)
"""Errors of the run and not of an article."""


@dataclass(frozen=True)
class Task:
    """Articles to be analysed together, and what is known of them already, by their ids.

    `parses` are spaCy documents as bytes, `known` tables under the same settings but for frames and devices.
    """

    articles: tuple[Article, ...]
    parses: dict[str, bytes] = field(default_factory=dict)
    known: dict[str, Mapping[str, pd.DataFrame]] = field(default_factory=dict)

    def single(self) -> list[Task]:
        """The same as one task for each article."""
        return [replace(self, articles=(one,)) for one in self.articles]


def tables_of(task: Task, settings: Settings, *, nlp: Language | None = None, seconds: int | None = None) -> Tables:
    """The tables of all articles of a task, and their parses; an article that fails is a row of problems.

    After `seconds` with one article, or with the parse and reading of all, the process ends: nothing gentler stops a
    search that holds the interpreter.
    """
    nlp = nlp or load_model(settings.model)
    if seconds is not None:
        _warm(settings.model, settings.method)
    with _limited(seconds):
        parsed = _parsed(task, nlp)
        if not task.known and models.uses_models(settings.method):
            for at in range(0, len(parsed), TOGETHER):
                read_together(parsed[at : at + TOGETHER])
    parts, problems = [], []
    for one in parsed:
        with _limited(seconds):
            try:
                parts.append(_analysed(one, task, settings))
            except FATAL:
                raise
            except Exception as error:  # one odd article must not end a run over ten thousand
                problems.append(unexpected(one.article, f"an unexpected {type(error).__name__}: {error}"))
    return join(parts, schema.tabulate("problems", problems), parsed)


@cache
def _warm(model: str, method: str) -> None:
    """Load lexicons and models with a sentence, as this is no time that an article takes."""
    pipeline.analyse(read_text(SENTENCE, article_id="sentence"), nlp=load_model(model), method=method, evidence=False)


def _parsed(task: Task, nlp: Language) -> list[Parsed]:
    """The articles with their parses, those that are known read from their bytes."""
    fresh = parse_all((one for one in task.articles if one.article_id not in task.parses), nlp)
    return [
        Parsed(one, with_knowledge(Doc(nlp.vocab).from_bytes(task.parses[one.article_id]), None))
        if one.article_id in task.parses
        else next(fresh)
        for one in task.articles
    ]


def _analysed(parsed: Parsed, task: Task, settings: Settings) -> Analysis:
    own = {"frames": settings.frames, "terms": settings.terms, "method": settings.method}
    known = task.known.get(parsed.article_id)
    decided = settings.corrections.of(parsed.article_id)
    if known is None or decided.rows:
        correct = partial(Corrector, decided) if decided.rows else None
        return pipeline.analyse(parsed, camps=settings.sides, evidence=settings.evidence, correct=correct, **own)
    asked = (parsed, known["statements"], known["actors"], known["mentions"])
    told = {
        "frames": stages.code_frames(*asked, scheme_file=settings.frames, method=settings.method),
        "devices": stages.find_devices(*asked, terms_file=settings.terms),
    }
    tables = {name: known[name] for name in KEPT} | tables_of_article(parsed.article) | told
    return Analysis(**tables, intake=account(parsed.article), texts={parsed.article_id: parsed.text})


def join(parts: Sequence[Analysis], problems: pd.DataFrame, parsed: Sequence[Parsed] = ()) -> Tables:
    """The tables of several analyses as those of one, the types of the schema kept, their texts and parses."""
    parses = [{"article_id": one.article_id, "parse": one.doc.to_bytes(exclude=list(WITHOUT))} for one in parsed]
    found = {name: joined(name, [part.tables[name] for part in parts]) for name in KEPT}
    problems = joined("problems", [found["problems"], problems])
    texts = [{"article_id": name, "text": text} for part in parts for name, text in part.texts.items()]
    beside = {TEXTS: pd.DataFrame(texts, columns=["article_id", "text"], dtype="string")}
    beside[PARSES] = pd.DataFrame(parses, columns=["article_id", "parse"], dtype="object")
    return found | {"problems": problems} | beside


def joined(name: str, parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Tables of one kind below one another."""
    filled = [part for part in parts if len(part)]
    return pd.concat(filled, ignore_index=True) if filled else schema.empty(name)


def unexpected(article: Article, problem: str) -> dict[str, object]:
    """A row of problems for an article that could not be analysed."""
    return {
        "article_id": article.article_id,
        "source_file": article.source_file or article.article_id,
        "part": article.part,
        "stage": ANALYSE,
        "problem": problem,
        "remedy": "leave the article out and report it to the makers of this program",
    }


@contextmanager
def _limited(seconds: int | None) -> Iterator[None]:
    """End the process if what is done here takes longer."""
    if seconds is None:
        yield
        return
    with Path(os.devnull).open("w") as nowhere:
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


def keep(store: Store, task: Task, settings: Settings, files: Mapping[str, bytes]) -> Entry:
    """Put what was found into the store."""
    problems = int((from_parquet("problems", files["problems"])["stage"] == ANALYSE).sum())
    return store.put({settings.key(one): one.article_id for one in task.articles}, settings, files, problems=problems)


def packed(tables: Tables) -> dict[str, bytes]:
    """Tables as Parquet files."""
    return {name: to_parquet(table) for name, table in tables.items()}
