"""Camps: which side an actor is coloured by, once it is known whose it is.

By state, by party or by body, as the researcher chooses; without a choice by party in an article whose speakers are
mostly parties of one state, else by state. A body between states or beside them (the UN, a company, a church, a
movement) is a camp of its own; experts and private persons have none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.actors.affiliation import Chain, Link

BY = ("auto", "state", "party", "body")
"""What camps can be made of; "auto" decides for each article."""
MOSTLY = 0.5
"""The share of the statements of actors with a side from which an article is one about parties."""


@dataclass(frozen=True)
class Camps:
    """How the camps of an article are made: by what, and of which state the parties are sides."""

    by: str
    state: str | None = None

    def of(self, chain: Chain) -> Link | None:
        """The link of the chain that makes the camp."""
        if self.by == "body" and chain.body is not None:
            return chain.body
        if self.by == "party" and chain.party is not None and self._is_party_here(chain):
            return chain.party
        return chain.own or chain.state or chain.party

    def _is_party_here(self, chain: Chain) -> bool:
        return chain.state is None or self.state in (None, chain.state.value)


def camps_of(chains: Sequence[tuple[Chain, int]], by: str = "auto") -> Camps:
    """How to make the camps of an article, from each actor's chain and the number of its statements."""
    if by not in BY:
        raise ValueError(f"camps can be made by {', '.join(BY)}, not by {by}")
    if by != "auto":
        return Camps(by)
    states = Counter[str]()
    parties = Counter[str]()
    for chain, said in chains:
        if chain.state is not None:
            states[chain.state.value] += said
            parties[chain.state.value] += said * (chain.party is not None)
        elif chain.party is not None:
            parties[""] += said
    everybody = sum(said for chain, said in chains if chain.own or chain.state or chain.party)
    state = max(parties, key=parties.__getitem__, default=None)
    if state is None or parties[state] + parties[""] * (state != "") < MOSTLY * everybody:
        return Camps("state")
    return Camps("party", state or None)
