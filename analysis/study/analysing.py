"""One article, analysed once: what a store has of it is not worked out again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
from spacy.language import Language

from analysis import pipeline
from analysis.actors.camps import Sides, sides_of
from analysis.language.document import Parsed
from analysis.language.parsing import DEFAULT_MODEL
from analysis.reading.article import Article, load, tables_of_article
from analysis.reading.collection import account
from analysis.schema.analysis import Analysis
from analysis.study.correcting import Corrector
from analysis.study.corrections import Corrections, read_corrections
from analysis.study.settings import Settings
from analysis.study.store import KEPT, PARSES, Entry, Store, found_in
from analysis.study.work import ANALYSE, Tables, Task, joined, keep, packed, tables_of


def analyse(
    article: Article | Parsed | str | Path,
    *,
    nlp: Language | str | None = None,
    camps: Mapping[str, str] | Sides | None = None,
    frames: Path | None = None,
    terms: Path | None = None,
    method: str = "model",
    evidence: bool = True,
    corrections: Path | Corrections | None = None,
    store: Path | str | None = None,
) -> Analysis:
    """All tables of one article, given as a path, an :class:`Article` or an already parsed one.

    `nlp` is a loaded spaCy model or the name of an installed one, by default the pinned one. `camps` overrides the
    camp of actors by name; as :class:`analysis.Sides` it also says what camps are made of, and adds office-holders.
    `frames` is an own codebook of frames in the format of ``codebook/frames.yml``, `terms` an own lexicon of loaded
    terms in that of ``codebook/loaded_terms.csv``. `method` is one of ``schema.METHODS``; "rules" does without the
    learned models: fewer statements, stance by rules alone, no sentiment. Without `evidence` the words that moved the
    models of stance and sentiment are not looked for, which takes most of the time of a run: for large corpora.

    `corrections` are decisions about single rows, or the file that holds them (:mod:`analysis.study.corrections`).
    `store` is a folder that keeps what was found (:mod:`analysis.study.store`): an article is analysed once under the
    same settings, and under others only what depends on them is worked out again. It takes no parsed article and no
    loaded model. Raises :class:`analysis.ArticleError` if the file cannot be read.
    """
    options = {"frames": frames, "terms": terms, "method": method, "evidence": evidence}
    decided = corrections if isinstance(corrections, Corrections) else read_corrections(corrections)
    if store is None:
        correct = (lambda parsed: Corrector(decided.of(parsed.article_id), parsed)) if decided.rows else None
        return pipeline.analyse(article, nlp=nlp, camps=camps, correct=correct, **options)
    if isinstance(article, Parsed) or isinstance(nlp, Language):
        raise TypeError("a store takes an article and the name of a model, nothing parsed and no loaded model")
    article = load(article) if isinstance(article, (str, Path)) else article
    settings = Settings(model=nlp or DEFAULT_MODEL, sides=sides_of(camps), corrections=decided, **options)
    return stored(article, settings, Store(store))


def stored(article: Article, settings: Settings, store: Store) -> Analysis:
    """The analysis of an article out of a store, in which it is put if it is not there."""
    entries = store.entries()
    there = found_in(entries, "whole", settings.whole).get(settings.key(article))
    if there is None:
        task = task_of([article], settings, entries)
        there = keep(store, task, settings, packed(tables_of(task, settings)))
    return Analysis(**read([article], [there]), intake=account(article), texts={article.article_id: article.text})


def task_of(articles: Sequence[Article], settings: Settings, entries: Sequence[Entry]) -> Task:
    """The articles to be analysed, with what entries of a store know of them."""
    parses, cores = (found_in(entries, level, getattr(settings, level)) for level in ("parse", "core"))
    opened: dict[tuple[Path, str], pd.DataFrame] = {}

    def own(entry: Entry, name: str, article: Article) -> pd.DataFrame:
        place = (entry.folder, name)
        if place not in opened:
            opened[place] = entry.table(name)
        table = opened[place]
        return table[table["article_id"] == article.article_id].reset_index(drop=True)

    task = Task(tuple(articles))
    for article in articles:
        key = settings.key(article)
        parse = own(parses[key], PARSES, article)["parse"] if key in parses else ()
        if len(parse):
            task.parses[article.article_id] = parse.iloc[0]
        if len(parse) and key in cores:
            task.known[article.article_id] = {name: own(cores[key], name, article) for name in KEPT}
    return task


def read(articles: Sequence[Article], entries: Sequence[Entry]) -> Tables:
    """The tables of articles, each out of the entry that holds it, in the order of the articles."""
    order = {article.article_id: place for place, article in enumerate(articles)}
    held: dict[Path, tuple[Entry, set[str]]] = {}
    for article, entry in zip(articles, entries, strict=True):
        held.setdefault(entry.folder, (entry, set()))[1].add(article.article_id)
    found = {}
    for name in KEPT:
        parts = [(entry.table(name), names) for entry, names in held.values()]
        table = joined(name, [part[part["article_id"].isin(names)] for part, names in parts])
        places = table["article_id"].map(order).argsort(kind="stable")
        found[name] = table.iloc[places].reset_index(drop=True)
    analysed = set(found["articles"]["article_id"])
    # made anew, as the file of an article may have been moved
    made = [tables_of_article(one) for one in articles if one.article_id in analysed]
    found["problems"] = _placed(found["problems"], articles)
    return found | {name: joined(name, [one[name] for one in made]) for name in (made[0] if made else ())}


def _placed(problems: pd.DataFrame, articles: Sequence[Article]) -> pd.DataFrame:
    """Problems of articles under the files that these are in now."""
    own = problems["stage"] == ANALYSE
    files = {one.article_id: one.source_file or one.article_id for one in articles}
    parts = {one.article_id: one.part for one in articles}
    here = {
        name: problems[name].where(~own, problems["article_id"].map(told).astype("string"))
        for name, told in (("source_file", files), ("part", parts))
    }
    return problems.assign(**here)
