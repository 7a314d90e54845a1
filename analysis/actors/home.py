"""Where an article is at home: the state whose army is "the army" there and whose minister is "the minister".

The dateline says it; without one, the places and states that the article names, those of its beginning twice.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from analysis.knowledge.gazetteer import Knowledge
from analysis.language.document import Parsed
from analysis.schema.spans import Span

BEGINNING = 3
"""Segments with words whose places count twice: headline, lead and the paragraph behind it."""
HEADLINE = 3
"""What the first state of the headline weighs more."""
MEDIUM = 6
"""The weight of a state's own medium that an article names: what IRNA reports is at home in Iran."""
LONGEST = 4
"""Words in the longest name of a place in a dateline."""


@dataclass(frozen=True)
class Seen:
    """A state that is named, also by a place in it or by an adjective, and where."""

    state: str
    start: int
    end: int
    weight: int = 1


@dataclass(frozen=True)
class Home:
    """The states of an article, in the order of the text, and the one of its dateline."""

    parsed: Parsed
    persons: tuple[Seen, ...] = ()
    """Persons whom the lists know, as words that name their state."""

    @cached_property
    def dateline(self) -> Seen | None:
        """The first state that a dateline names."""
        for segment in self.parsed.article.segments:
            if segment.kind == "dateline":
                return next(_in_dateline(self.parsed, (segment.start, segment.end)), None)
        return None

    @cached_property
    def seen(self) -> list[Seen]:
        """States by name, adjective or place, where the model sees a place or a people."""
        known, starts = self.parsed.knowledge, [one.words.start_char for one in self.parsed.stretches]
        found = []
        for entity in self.parsed.entities:
            if entity.label_ in ("GPE", "LOC", "NORP", "FAC", "ORG"):
                at = bisect_right(starts, entity.start_char)
                state = state_told(entity.text, known, alone=entity.label_ in ("GPE", "LOC", "NORP"))
                medium = known.organisation_of(entity.text) if entity.label_ == "ORG" else None
                if medium is not None and medium.type == "media":
                    found += [Seen(medium.camp, entity.start_char, entity.end_char, MEDIUM)] if medium.camp else []
                elif state and at:
                    found.append(Seen(state, entity.start_char, entity.end_char, 1 + (at <= BEGINNING)))
        return found

    @cached_property
    def votes(self) -> Counter[str]:
        """State -> how often it is named, at the beginning twice."""
        votes: Counter[str] = Counter()
        for one in (*self.seen, *self.persons):
            votes[one.state] += one.weight
        headline = next((one.words for one in self.parsed.stretches if one.segment.kind == "headline"), None)
        if headline is not None and self.seen and self.seen[0].end <= headline.end_char:
            votes[self.seen[0].state] += HEADLINE
        return votes

    @cached_property
    def state(self) -> Seen | None:
        """The state of the dateline, else the one named most, at the first of the places that name it."""
        if self.dateline is not None or not self.votes:
            return self.dateline
        state = self.votes.most_common(1)[0][0]
        return next(one for one in (*self.seen, *self.persons) if one.state == state)


def state_told(name: str, known: Knowledge, *, alone: bool = True) -> str | None:
    """The state that a name tells: its own, an adjective, a city, a part of it; inside a longer name if not `alone`."""
    state = known.state_of(name) or known.state_of_adjective(name)
    if state is not None:
        return state.name
    place = known.place_of(name)
    if place or alone:
        return place
    words = name.split()
    parts = (" ".join(words[k : k + size]) for size in (2, 1) for k in range(len(words) - size + 1))
    return next((found for part in parts if part[:1].isupper() and (found := state_told(part, known))), None)


def _in_dateline(parsed: Parsed, span: Span) -> Iterator[Seen]:
    words = parsed.words(span)
    tokens: Sequence = [token for token in words if not token.is_space] if words is not None else []
    k = 0
    while k < len(tokens):
        for last in range(min(len(tokens), k + LONGEST), k, -1):
            state = state_told(
                parsed.text[tokens[k].idx : tokens[last - 1].idx + len(tokens[last - 1])], parsed.knowledge
            )
            if state and tokens[k].text[0].isupper():
                yield Seen(state, tokens[k].idx, tokens[last - 1].idx + len(tokens[last - 1]))
                break
        k += 1
