"""Cases: each statement with every actor that it concerns, as the rules and the model are asked about them."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from spacy.tokens import Span as Words
from spacy.tokens import Token

from analysis.acts.finding import acts_in, bad_actors
from analysis.language.parsing import Parsed
from analysis.positions.stance_rules import Actor, Statement, Target
from analysis.schema import spans
from analysis.schema.spans import Span


def known_actors(actors: pd.DataFrame) -> dict[str, Actor]:
    """The actors of the table by id, with what the rules need of them."""
    bad = bad_actors(actors)
    return {
        row.actor_id: Actor(row.actor_id, row.name, None if pd.isna(row.camp) else row.camp, row.actor_id in bad)
        for row in actors.itertuples(index=False)
    }


def concerned(
    parsed: Parsed, statements: pd.DataFrame, mentions: pd.DataFrame, known: dict[str, Actor]
) -> Iterator[tuple[Statement, list[Target]]]:
    """Every statement that is no repetition and has a resolved speaker, with its targets."""
    places, nested = _places(parsed, mentions, known), _nested(statements)
    for row in statements[statements.repeats.isna() & statements.speaker_id.notna()].itertuples(index=False):
        statement = _statement(parsed, row, known, places)
        yield statement, list(_targets(statement, nested.get(row.statement_id, [])))


def _places(parsed: Parsed, mentions: pd.DataFrame, known: dict[str, Actor]) -> dict[int, Actor]:
    """Token -> the actor mentioned there."""
    places: dict[int, Actor] = {}
    for row in mentions[mentions.actor_id.notna()].itertuples(index=False):
        for token in parsed.doc.char_span(row.start, row.end, alignment_mode="expand"):
            places[token.i] = known[row.actor_id]
    return places


def _statement(parsed: Parsed, row, known: dict[str, Actor], places: dict[int, Actor]) -> Statement:
    pieces = [parsed.doc.char_span(*piece, alignment_mode="expand") for piece in spans.read(row.content_spans)]
    words = tuple(token for piece in pieces for token in piece)
    cue = None if pd.isna(row.cue_start) else parsed.doc.char_span(row.cue_start, row.cue_end, alignment_mode="expand")
    acts = tuple(act for piece in pieces for act in acts_in(piece))
    return Statement(row, words, _main(cue, row), known[row.speaker_id], acts, places)


def _main(cue: Words | None, row) -> Token | None:
    return next((t for t in cue if t.lemma_.lower() == row.cue_lemma), None) if cue is not None else None


def _nested(statements: pd.DataFrame) -> dict[int, list[Span]]:
    """Statement -> the contents of the statements nested in it."""
    found: dict[int, list[Span]] = {}
    for outer, cell in zip(statements.inside, statements.content_spans, strict=True):
        if not pd.isna(outer):
            found.setdefault(outer, []).extend(spans.read(cell))
    return found


def _targets(statement: Statement, inner: list[Span]) -> Iterator[Target]:
    """The actors in the content, without those in the `inner` statements, then the addressee of an act."""
    found: dict[str, list[Token]] = {}
    for token in statement.words:
        actor = statement.places.get(token.i)
        if actor is not None and not spans.within((token.idx, token.idx + len(token)), inner):
            found.setdefault(actor.actor_id, []).append(token)
    listener = statement.row.addressee_id
    if statement.row.cue_class in _ACTS_ON_SOMEBODY and not pd.isna(listener) and statement.cue is not None:
        around = [t for t in statement.cue.sent if (a := statement.places.get(t.i)) and a.actor_id == listener]
        found.setdefault(listener, around[:1])
    for actor_id, tokens in found.items():
        if actor_id != statement.speaker.actor_id and tokens:
            yield Target(statement.places[tokens[0].i], tuple(tokens))


_ACTS_ON_SOMEBODY = ("accusing", "denying", "directive", "commissive", "evaluative")
