"""Camps: which side an actor is coloured by, once it is known whose it is.

By state, by party or by body, as the researcher chooses; without a choice by party in an article that is much about
parties of one state, else by state. A body between states or beside them (the UN, a company, a church, a movement) is
a camp of its own; experts and private persons have none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from analysis.actors.affiliation import Chain, Link
from analysis.codebook import read_camps
from analysis.knowledge.holders import Holder, read_holders

BY = ("auto", "state", "party", "body")
"""What camps can be made of; "auto" decides for each article."""


@dataclass(frozen=True)
class Sides:
    """What a researcher decides of the sides: `own` camps by name or id of an actor, and what camps are made of.

    An empty string in `own` takes a camp away. `people` are office-holders that the list lacks
    (:func:`analysis.knowledge.holders.read_holders`). Raises :class:`ValueError` for a `by` that is none of `BY`.
    """

    own: Mapping[str, str] = field(default_factory=dict)
    by: str = "auto"
    people: Sequence[Holder] = ()

    def __post_init__(self) -> None:
        if self.by not in BY:
            raise ValueError(f"camps can be made by {', '.join(BY)}, not by {self.by}")


def read_sides(camps: Path | str | None = None, *, by: str = "auto", people: Path | str | None = None) -> Sides:
    """The decisions from files: own camps (columns name, camp), and office-holders that the list lacks.

    Raises :class:`analysis.codebook.CodebookError` naming the line that is wrong, :class:`ValueError` for a `by` that
    is none of `BY`.
    """
    holders = read_holders(Path(people)) if people is not None else ()
    return Sides(read_camps(Path(camps)) if camps is not None else {}, by, holders)


def sides_of(camps: Mapping[str, str] | Sides | None) -> Sides:
    """The decisions, given whole or as own camps alone."""
    return camps if isinstance(camps, Sides) else Sides(camps or {})


MUCH = 0.3
"""The share of mentions and statements that parties have in an article about them (coded corpus, train)."""


@dataclass(frozen=True)
class Weighed:
    """An actor's chain, how often it is mentioned and speaks, and whether it stands for election."""

    chain: Chain
    weight: int
    contends: bool = False


@dataclass(frozen=True)
class Camps:
    """How the camps of an article are made: by what, and, if it is for the article to say, whose parties are sides.

    A `state` of "" are the parties of no state that is told.
    """

    by: str
    state: str | None = None

    def of(self, actor: Weighed) -> Link | None:
        """The link of the chain that makes the camp; who stands for election stands for a party."""
        chain = actor.chain
        if self.by == "auto" and actor.contends and chain.party is not None:
            return chain.party
        if self.by == "body" and chain.body is not None:
            return chain.body
        if self.by in ("party", "auto") and chain.party is not None and self._is_party_here(chain):
            return chain.party
        return chain.own or chain.state or chain.party

    def _is_party_here(self, chain: Chain) -> bool:
        return self.by == "party" or (
            self.state is not None and (chain.state is None or self.state == chain.state.value)
        )


def camps_of(actors: Sequence[Weighed], by: str = "auto") -> Camps:
    """How to make the camps of an article."""
    if by != "auto":
        return Camps(by)
    weights = Counter[str]()
    parties: dict[str, set[str]] = defaultdict(set)
    for one in actors:
        if one.chain.party is not None:
            state = one.chain.state.value if one.chain.state is not None else ""
            weights[state] += one.weight
            parties[state].add(one.chain.party.value)
    if not weights:
        return Camps(by)
    state = max(weights, key=lambda name: (bool(name), weights[name]))
    everybody = sum(one.weight for one in actors if one.chain.own or one.chain.state or one.chain.party)
    told = any(one.chain.party is not None and one.chain.party.rule == "party_in_title" for one in actors)
    several = len(parties[state] | parties[""]) > 1 or told or any(one.contends for one in actors)
    much = weights[state] + weights[""] * bool(state) >= MUCH * everybody
    return Camps(by, state if several and much else None)
