"""The whole way of one article: the stages in their order, from a file to all tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from spacy.language import Language

from analysis import schema
from analysis.actors.camps import Sides, sides_of
from analysis.actors.cast import cast_of
from analysis.actors.people import People
from analysis.actors.speakers import statements_of
from analysis.acts.story import Story, story_of
from analysis.framing.devices import devices_of
from analysis.framing.frames import frames_of
from analysis.framing.functions import functions_of
from analysis.framing.roles import roles_of
from analysis.language.document import Parsed
from analysis.language.models import uses_models
from analysis.language.parsing import load_model, parse
from analysis.positions.sentiment import sentiments_of, tones_of
from analysis.positions.stance import stances_of
from analysis.reading.article import Article, load, tables_of_article
from analysis.reading.collection import account
from analysis.schema import Analysis
from analysis.statements.rules import find_attributions


def analyse(
    article: Article | Parsed | str | Path,
    *,
    nlp: Language | str | None = None,
    camps: Mapping[str, str] | Sides | None = None,
    frames: Path | None = None,
    terms: Path | None = None,
    method: str = "model",
    evidence: bool = True,
    correct: Callable[[Parsed], Correcting] | None = None,
) -> Analysis:
    """All tables of one article; the options are those of :func:`analysis.study.analysing.analyse`.

    `correct` gives the decisions of a person about a parsed article, which every stage goes on from.
    """
    if isinstance(article, (str, Path)):
        article = load(article)
    nlp = load_model(nlp) if isinstance(nlp, str) else nlp
    parsed = article if isinstance(article, Parsed) else parse(article, nlp)
    decided = Uncorrected() if correct is None else correct(parsed)
    attributions = find_attributions(parsed, method=method)
    people = decided.people(cast_of(parsed, attributions, sides_of(camps)))
    statements = decided.records("statements", statements_of(parsed, attributions, people), people)
    learned = uses_models(method)
    found = _judged(
        story_of(people, statements), decided, learned=learned, evidence=evidence, frames=frames, terms=terms
    )
    return Analysis(
        **tables_of_article(parsed.article),
        **{name: schema.tabulate(name, records) for name, records in found.items()},
        intake=account(parsed.article),
        texts={parsed.article_id: parsed.text},
    )


class Correcting(Protocol):
    """What a person decides about an article."""

    def people(self, people: People) -> People:
        """Actors and mentions as they are decided."""

    def records(self, table: str, records: Sequence[object], people: People) -> Sequence[object]:
        """The rows of another table as they are decided."""

    def problems(self) -> Sequence[Mapping[str, object]]:
        """The decisions that matched nothing, as rows of problems."""


class Uncorrected:
    """Nothing is decided."""

    def people(self, people: People) -> People:
        return people

    def records(self, table: str, records: Sequence[object], people: People) -> Sequence[object]:
        return records

    def problems(self) -> Sequence[Mapping[str, object]]:
        return ()


def _judged(
    story: Story, decided: Correcting, *, learned: bool, evidence: bool, frames: Path | None, terms: Path | None
) -> dict[str, Sequence[object]]:
    """The records of each table, from who speaks and is meant to how it is told."""
    people = story.people
    sentiments = decided.records("sentiments", sentiments_of(story, learned=learned, evidence=evidence), people)
    judged = {
        "stances": stances_of(story, learned=learned, evidence=evidence),
        "frames": frames_of(story, scheme_file=frames, learned=learned),
        "roles": roles_of(story, sentiments, learned=learned),
        "functions": functions_of(story, learned=learned),
        "devices": devices_of(story, terms_file=terms),
    }
    return {
        "passages": tones_of(story),
        "actors": people.actors,
        "mentions": people.mentions,
        "statements": story.statements,
        "sentiments": sentiments,
        **{table: decided.records(table, records, people) for table, records in judged.items()},
        "problems": decided.problems(),
    }
