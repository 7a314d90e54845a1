"""The whole way of one article: the stages in their order, from a file to all tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from spacy.language import Language

from analysis import schema
from analysis.actors.camps import Sides, sides_of
from analysis.actors.cast import cast_of
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
from analysis.reading.article import Article, articles_table, load, metadata_table, segments_table
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
) -> Analysis:
    """All tables of one article; the options are those of :func:`analysis.study.analysing.analyse`."""
    if isinstance(article, (str, Path)):
        article = load(article)
    nlp = load_model(nlp) if isinstance(nlp, str) else nlp
    parsed = article if isinstance(article, Parsed) else parse(article, nlp)
    attributions = find_attributions(parsed, method=method)
    cast = cast_of(parsed, attributions, sides_of(camps))
    story = story_of(cast, statements_of(parsed, attributions, cast))
    found = _judged(story, learned=uses_models(method), evidence=evidence, frames=frames, terms=terms)
    return Analysis(
        articles=articles_table(parsed.article),
        metadata=metadata_table(parsed.article),
        segments=segments_table(parsed.article),
        **{name: schema.tabulate(name, records) for name, records in found.items()},
        intake=account(parsed.article),
        problems=schema.empty("problems"),
        texts={parsed.article_id: parsed.text},
    )


def _judged(
    story: Story, *, learned: bool, evidence: bool, frames: Path | None, terms: Path | None
) -> dict[str, Sequence[object]]:
    """The records of each table, from who speaks and is meant to how it is told."""
    passages, sentiments = tones_of(story), sentiments_of(story, learned=learned, evidence=evidence)
    return {
        "passages": passages,
        "actors": story.people.actors,
        "mentions": story.people.mentions,
        "statements": story.statements,
        "stances": stances_of(story, learned=learned, evidence=evidence),
        "sentiments": sentiments,
        "frames": frames_of(story, scheme_file=frames, learned=learned),
        "roles": roles_of(story, sentiments, learned=learned),
        "functions": functions_of(story, learned=learned),
        "devices": devices_of(story, terms_file=terms),
    }
