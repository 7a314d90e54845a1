"""Which functions a passage has, by linear heads on what was read of it and on what the rules find in it.

Learned on the coded corpus, whose codings are readings of a language model (``models/READER.md``).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from analysis.framing.frame_reading import Passage
from analysis.language.encoder import WIDTH
from analysis.language.models import FOLDER, check_sums, settled
from analysis.positions.evidence import content_words
from analysis.schema import FUNCTIONS
from analysis.schema.spans import Span

NAME = "functions"
HEADS = f"{NAME}-heads.npz"
VERSION = "functions-1.0"
WORDS = 3
"""So many words of a passage are shown."""


@dataclass(frozen=True)
class Heads:
    """For each function the weights of a row of :func:`features`, the constant, and the cut of the probability."""

    weights: np.ndarray
    constants: np.ndarray
    cuts: np.ndarray


@cache
def heads() -> Heads:
    """The weights of the package."""
    check_sums(NAME)
    with np.load(FOLDER / HEADS, allow_pickle=False) as kept:
        return Heads(**kept)


def features(passages: Sequence[Passage], ruled: Sequence[Collection[str]]) -> np.ndarray:
    """One row a passage: its vector, and for each function whether a rule finds it there."""
    rows = [[*one.whole, *(name in own for name in FUNCTIONS)] for one, own in zip(passages, ruled, strict=True)]
    return np.array(rows, dtype=float).reshape(len(rows), WIDTH + len(FUNCTIONS))


def chances(rows: np.ndarray, model: Heads | None = None) -> np.ndarray:
    """The probability of each function (columns) in each passage."""
    model = heads() if model is None else model
    return settled(1 / (1 + np.exp(-(rows @ model.weights.T + model.constants))))


def words_for(passage: Passage, text: str, function: str) -> list[Span]:
    """The words of a passage that add most to a function, as its characters."""
    weights = heads().weights[FUNCTIONS.index(function), :WIDTH]
    found = [
        (span, float(passage.vectors[passage.touched(span)].sum(axis=0) @ weights)) for span in content_words(text)
    ]
    best = sorted(((round(-value, 5), span) for span, value in found if value > 0))[:WORDS]
    return sorted(span for _, span in best)
