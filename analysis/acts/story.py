"""The story: an article with who speaks, who is meant and who does what to whom, each worked out once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Span

from analysis.actors.people import People
from analysis.acts.finding import Act, act_of
from analysis.acts.lexicon import valences
from analysis.knowledge.gazetteer import Knowledge
from analysis.language.document import Parsed
from analysis.schema.records import Actor, Statement
from analysis.statements.voices import Voices


@dataclass(frozen=True)
class Story:
    """What the stages behind the statements ask of an article."""

    people: People
    statements: tuple[Statement, ...]

    @property
    def parsed(self) -> Parsed:
        return self.people.parsed

    @cached_property
    def voices(self) -> Voices:
        quotes = (one for stretch in self.parsed.stretches for one in stretch.quotes if one.double)
        words = (((one.start, one.end), len(self.parsed.text[one.start : one.end].split())) for one in quotes)
        return Voices(self.statements, words)

    @cached_property
    def bad(self) -> frozenset[str]:
        """The ids of the actors that the article calls by a bad label, or that are listed as armed groups."""
        return frozenset(one.actor_id for one in self.people.actors if _is_bad(one, self.parsed.knowledge))

    def acts_in(self, words: Span) -> list[Act]:
        """The acts whose predicate stands among the words, in order."""
        return [self._acts[i] for i in range(words.start, words.end) if i in self._acts]

    @cached_property
    def _acts(self) -> dict[int, Act]:
        found = ((token.i, act_of(token)) for stretch in self.parsed.stretches for token in stretch.words)
        return {place: act for place, act in found if act is not None}


def story_of(people: People, statements: Sequence[Statement]) -> Story:
    return Story(people, tuple(statements))


def _is_bad(actor: Actor, knowledge: Knowledge) -> bool:
    words = (word for name in actor.names for word in name.lower().split())
    listed = knowledge.organisation_of(actor.name)
    called = any(valences("label").get(word.rstrip("s"), 0) < 0 for word in words)
    return called or (listed is not None and listed.type == "armed group")
