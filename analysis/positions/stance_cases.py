"""Cases: each statement with every actor that it concerns, as the rules and the model are asked about them."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from analysis.acts.story import Story
from analysis.positions.stance_rules import Case, Target
from analysis.schema import spans
from analysis.schema.records import Statement
from analysis.schema.spans import Span

_ACTS_ON_SOMEBODY = ("accusing", "denying", "directive", "commissive", "evaluative")


def concerned(story: Story) -> Iterator[tuple[Case, list[Target]]]:
    """Every statement that is no repetition and has a resolved speaker, with its targets."""
    nested = _nested(story.statements)
    for one in story.statements:
        if one.repeats is None and one.speaker_id is not None:
            case = _case(story, one)
            yield case, list(_targets(case, nested.get(one.statement_id, [])))


def _case(story: Story, one: Statement) -> Case:
    pieces = [story.parsed.words(piece) for piece in one.content_spans]
    words = tuple(token for piece in pieces for token in piece)
    around = story.parsed.words(one.cue_span) if one.cue_span else ()
    cue = next((token for token in around if token.lemma_.lower() == one.cue_lemma), None)
    acts = tuple(act for piece in pieces for act in story.acts_in(piece))
    return Case(one, words, cue, story.people.by_id[one.speaker_id], acts, story)


def _is_object(token: Token, cue: Token) -> bool:
    """Whether a word hangs on the cue itself, or on a preposition of it."""
    return cue in (token.head, token.head.head)


def _nested(statements: tuple[Statement, ...]) -> dict[int, list[Span]]:
    """Statement -> the contents of the statements nested in it."""
    found: dict[int, list[Span]] = {}
    for one in statements:
        if one.inside is not None:
            found.setdefault(one.inside, []).extend(one.content_spans)
    return found


def _targets(case: Case, inner: list[Span]) -> Iterator[Target]:
    """The actors in the content, without those in the `inner` statements, then the addressee of an act."""
    found: dict[str, list[Token]] = {}
    places, statement = case.story.people.places, case.statement
    for token in case.words:
        if token.i in places and not spans.within((token.idx, token.idx + len(token)), inner):
            found.setdefault(places[token.i], []).append(token)
    listener = statement.addressee_id
    if statement.cue_class in _ACTS_ON_SOMEBODY and listener is not None and case.cue is not None:
        # who is asked or told by the act itself: "urged Norway", not "speaking to Reuters, he denied"
        around = [token for token in case.cue.sent if places.get(token.i) == listener and _is_object(token, case.cue)]
        found.setdefault(listener, around[:1])
    for actor_id, tokens in found.items():
        if actor_id != statement.speaker_id and tokens:
            yield Target(case.story.people.by_id[actor_id], tuple(tokens))
