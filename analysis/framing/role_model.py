"""Who is cast, and as what: two linear heads on what the encoder read of an actor (``models/READER.md``).

An actor is the mean of his mentions, names read as stand-ins, so that who somebody is decides nothing. One head says
whether he is cast at all, which depends on how often he is mentioned too; the other as villain, victim or hero
(Frermann et al. 2023).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from analysis.acts.story import Story
from analysis.framing.frame_reading import passages_of
from analysis.language.models import FOLDER, check_sums, settled, softmax
from analysis.schema.records import Mention

NAME = "roles"
HEADS = f"{NAME}-heads.npz"
VERSION = "roles-3.0"
SIZES = 2
"""Numbers of a row of features that follow the mean vector."""
SHARE, MOST = 0.5, 3
"""Mentions are named until they make up this share of what speaks for a role, at most so many."""


@dataclass(frozen=True)
class Heads:
    """Weights of being cast (for a row of :attr:`Read.features`), of each role (for a mean vector), and the cut."""

    cast: np.ndarray
    cast_constant: np.ndarray
    roles: np.ndarray
    role_constants: np.ndarray
    cut: np.ndarray


@dataclass(frozen=True)
class Read:
    """An actor as he was read: his mentions, a vector of 384 for each, and his share of all mentions."""

    actor_id: str
    mentions: tuple[Mention, ...]
    vectors: np.ndarray
    share: float

    @property
    def features(self) -> np.ndarray:
        """The mean vector, the logarithm of the number of mentions, and their share."""
        return np.array([*self.vectors.mean(axis=0), np.log1p(len(self.mentions)), self.share])

    def telling(self, role: int) -> list[Mention]:
        """The mentions that speak most for a role, in the order of the text."""
        weights = heads().roles
        added = settled(self.vectors @ (weights[role] - weights.mean(axis=0)), 5)
        order = [n for n in np.argsort(-added, kind="stable") if added[n] > 0][:MOST] or [int(added.argmax())]
        sums = np.cumsum(added[order])
        return [self.mentions[n] for n in sorted(order[: int(np.searchsorted(sums, SHARE * sums[-1])) + 1])]


@cache
def heads() -> Heads:
    """The weights of the package."""
    check_sums(NAME)
    with np.load(FOLDER / HEADS, allow_pickle=False) as kept:
        return Heads(**kept)


def read_of(story: Story) -> list[Read]:
    """The actors that are mentioned in passages."""
    parsed, found = story.parsed, defaultdict(list)
    readings = passages_of(parsed.reading, parsed.sentences)
    for one in story.people.linked:
        place = parsed.passage_at(one.start)
        if place is not None:
            span = one.start - place.start, one.end - place.start
            found[one.actor_id].append((one, readings[place.passage_id - 1].at(span)))
    whole = sum(map(len, found.values()))
    return [
        Read(actor_id, tuple(one for one, _ in own), np.array([row for _, row in own]), len(own) / whole)
        for actor_id, own in found.items()
    ]


def chances(features: np.ndarray, model: Heads | None = None) -> tuple[np.ndarray, np.ndarray]:
    """For rows of features: the probability of being cast, and that of each role if one is."""
    model = heads() if model is None else model
    cast = 1 / (1 + np.exp(-(features @ model.cast + model.cast_constant)))
    return settled(cast), settled(softmax(features[:, : model.roles.shape[1]] @ model.roles.T + model.role_constants))


def cast(actors: Sequence[Read]) -> list[tuple[Read, int, float]]:
    """The actors that are cast, with the number of the role and its probability."""
    if not actors:
        return []
    sure, roles = chances(np.array([one.features for one in actors]))
    chosen = roles.argmax(axis=1)
    return [
        (one, int(role), round(float(known * row[role]), 4))
        for one, known, row, role in zip(actors, sure, roles, chosen, strict=True)
        if known >= heads().cut
    ]
