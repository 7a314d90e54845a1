"""People: the actors of an article and where they are mentioned, looked up by id and by place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Token

from analysis.language.document import Parsed
from analysis.schema.records import Actor, Mention
from analysis.schema.spans import Span


@dataclass(frozen=True)
class People:
    """Actors and mentions with one index: who is meant at a character, at a token, by an id."""

    parsed: Parsed
    actors: tuple[Actor, ...]
    mentions: tuple[Mention, ...]

    @cached_property
    def by_id(self) -> dict[str, Actor]:
        return {one.actor_id: one for one in self.actors}

    @cached_property
    def linked(self) -> list[Mention]:
        """The mentions that mean somebody who can act, in the order of the text: no mere places."""
        known = ((one, self.by_id.get(one.actor_id or "")) for one in self.mentions)
        return [one for one, actor in known if actor is not None and actor.kind != "place"]

    @cached_property
    def _starts(self) -> list[int]:
        return [one.start for one in self.linked]

    def mention_at(self, at: int) -> Mention | None:
        """The linked mention that holds a character."""
        k = bisect_right(self._starts, at) - 1
        return self.linked[k] if k >= 0 and at < self.linked[k].end else None

    def linked_in(self, span: Span) -> list[Mention]:
        """The linked mentions that begin in a span."""
        return self.linked[bisect_left(self._starts, span[0]) : bisect_left(self._starts, span[1])]

    @cached_property
    def places(self) -> dict[int, str]:
        """The number of each token that mentions an actor, and the id of the actor."""
        return {token.i: one.actor_id for one in self.linked for token in self.parsed.words((one.start, one.end))}

    @cached_property
    def spans(self) -> dict[str, list[Span]]:
        """Actor -> the characters of the mentions of it, in the order of the text."""
        found: dict[str, list[Span]] = {}
        for one in self.linked:
            found.setdefault(one.actor_id, []).append((one.start, one.end))
        return found

    def among(self, tokens: Iterable[Token]) -> list[str]:
        """The actors that the tokens mention, without those who only tell which other it is: "a *Danish* minister"."""
        kept = [token for token in tokens if token.i in self.places and not self._tells_which(token)]
        return list(dict.fromkeys(self.places[token.i] for token in kept))

    def _tells_which(self, token: Token) -> bool:
        above = token.head.i
        return token.dep_ in MODIFIERS and above in self.places and self.places[above] != self.places[token.i]


MODIFIERS = ("compound", "amod", "nmod", "poss")


def people_of(parsed: Parsed, actors: Sequence[Actor], mentions: Sequence[Mention]) -> People:
    return People(parsed, tuple(actors), tuple(mentions))
