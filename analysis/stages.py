"""The stages one by one, tables in and tables out: the steps of an analysis for those who take them singly.

Inside the package stages hand records on (:mod:`analysis.schema.records`); here a table is read back to records, asked,
and tabulated again, so that a researcher may change a table between two steps.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from analysis import schema
from analysis.actors.camps import Sides, sides_of
from analysis.actors.cast import cast_of
from analysis.actors.people import people_of
from analysis.actors.speakers import statements_of
from analysis.acts.story import Story, story_of
from analysis.framing.devices import devices_of
from analysis.framing.frames import frames_of
from analysis.framing.functions import functions_of
from analysis.framing.roles import roles_of
from analysis.language.document import Parsed
from analysis.language.models import uses_models
from analysis.positions.sentiment import sentiments_of, tones_of
from analysis.positions.stance import stances_of
from analysis.schema.records import Actor, Mention, Sentiment, Statement
from analysis.schema.rows import records_of
from analysis.schema.values import AUTO
from analysis.statements.attribution import Attribution
from analysis.statements.rules import find_attributions


def find_actors(
    parsed: Parsed,
    attributions: Sequence[Attribution] | None = None,
    *,
    camps: Mapping[str, str] | Sides | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The actors of an article and their mentions, as the tables "actors" and "mentions".

    `attributions` are those of :func:`analysis.statements.rules.find_attributions`, found here if not given: whoever
    is credited with words is an actor. `camps` overrides the camp of an actor by its name or `actor_id`; an
    empty string takes the camp away; :class:`analysis.Sides` says more. A mention that no rule could link has no
    `actor_id`.
    """
    attributions = find_attributions(parsed) if attributions is None else attributions
    cast = cast_of(parsed, attributions, sides_of(camps))
    return schema.tabulate("actors", cast.actors), schema.tabulate("mentions", cast.mentions)


def extract_statements(
    parsed: Parsed,
    actors: pd.DataFrame,
    mentions: pd.DataFrame,
    attributions: Sequence[Attribution] | None = None,
) -> pd.DataFrame:
    """The statements of an article, as the table "statements", one row per attribution in order of the text.

    `actors` and `mentions` are those of :func:`find_actors`. See :func:`analysis.actors.speakers.statements_of`.
    """
    attributions = find_attributions(parsed) if attributions is None else attributions
    people = people_of(parsed, records_of(Actor, actors), records_of(Mention, mentions))
    return schema.tabulate("statements", statements_of(parsed, attributions, people))


def score_tone(parsed: Parsed, statements: pd.DataFrame) -> pd.DataFrame:
    """Tone of every sentence of headline and body, as the table "passages" (:mod:`analysis.positions.sentiment`)."""
    nobody = people_of(parsed, [], [])
    return schema.tabulate("passages", tones_of(story_of(nobody, records_of(Statement, statements))))


def score_sentiment(
    parsed: Parsed,
    statements: pd.DataFrame,
    actors: pd.DataFrame,
    mentions: pd.DataFrame,
    *,
    method: str = AUTO,
    evidence: bool = True,
) -> pd.DataFrame:
    """Tone around every mention and the sentiment toward it, as the table "sentiments".

    See :func:`analysis.positions.sentiment.sentiments_of`; `method` is one of ``schema.METHODS``.
    """
    story = _story(parsed, statements, actors, mentions)
    return schema.tabulate("sentiments", sentiments_of(story, learned=uses_models(method), evidence=evidence))


def score_stance(
    parsed: Parsed,
    statements: pd.DataFrame,
    actors: pd.DataFrame,
    mentions: pd.DataFrame,
    *,
    method: str = AUTO,
    evidence: bool = True,
) -> pd.DataFrame:
    """The stances of an article, as the table "stances": what is said toward an actor, and what is told of two.

    See :func:`analysis.positions.stance.stances_of`; `method` is one of ``schema.METHODS``.
    """
    story = _story(parsed, statements, actors, mentions)
    return schema.tabulate("stances", stances_of(story, learned=uses_models(method), evidence=evidence))


def code_frames(
    parsed: Parsed,
    statements: pd.DataFrame,
    actors: pd.DataFrame,
    mentions: pd.DataFrame,
    *,
    scheme_file: Path | None = None,
    method: str = AUTO,
) -> pd.DataFrame:
    """The frames of every passage, as the table "frames" (:func:`analysis.framing.frames.frames_of`)."""
    story = _story(parsed, statements, actors, mentions)
    return schema.tabulate("frames", frames_of(story, scheme_file=scheme_file, learned=uses_models(method)))


def cast_roles(
    parsed: Parsed,
    statements: pd.DataFrame,
    actors: pd.DataFrame,
    mentions: pd.DataFrame,
    *,
    sentiments: pd.DataFrame | None = None,
    method: str = AUTO,
) -> pd.DataFrame:
    """How actors are cast, as the table "roles" (:func:`analysis.framing.roles.roles_of`).

    The words that moved the `sentiments` are the evidence of roles by the model; without them the mentions are.
    """
    story = _story(parsed, statements, actors, mentions)
    known = [] if sentiments is None else records_of(Sentiment, sentiments)
    return schema.tabulate("roles", roles_of(story, known, learned=uses_models(method)))


def find_functions(
    parsed: Parsed, statements: pd.DataFrame, actors: pd.DataFrame, mentions: pd.DataFrame, *, method: str = AUTO
) -> pd.DataFrame:
    """Problems, causes, judgements and remedies, as the table "functions" (:mod:`analysis.framing.functions`)."""
    story = _story(parsed, statements, actors, mentions)
    return schema.tabulate("functions", functions_of(story, learned=uses_models(method)))


def find_devices(
    parsed: Parsed,
    statements: pd.DataFrame,
    actors: pd.DataFrame,
    mentions: pd.DataFrame,
    *,
    terms_file: Path | None = None,
) -> pd.DataFrame:
    """Loaded terms, hedges, claims and scare quotes, as the table "devices" (:mod:`analysis.framing.devices`)."""
    return schema.tabulate("devices", devices_of(_story(parsed, statements, actors, mentions), terms_file=terms_file))


def _story(parsed: Parsed, statements: pd.DataFrame, actors: pd.DataFrame, mentions: pd.DataFrame) -> Story:
    people = people_of(parsed, records_of(Actor, actors), records_of(Mention, mentions))
    return story_of(people, records_of(Statement, statements))
