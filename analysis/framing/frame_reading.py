"""What the encoder read of a passage, as the heads of frames and roles see it: vectors of words and of the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.language.encoder import WIDTH, Reading
from analysis.positions.asking import places_of
from analysis.schema.spans import Span


@dataclass(frozen=True)
class Passage:
    """A vector of 384 for each word piece of a passage, and the characters of the pieces, counted from its first.

    Of a sentence of more pieces than a window holds, those of its first window.
    """

    offsets: tuple[Span, ...]
    vectors: np.ndarray

    @property
    def whole(self) -> np.ndarray:
        """The passage as one vector of length 1: the mean of its pieces."""
        return _unit(self.vectors.mean(axis=0) if len(self.vectors) else np.zeros(WIDTH))

    def touched(self, span: Span) -> list[int]:
        """The numbers of the pieces of a span."""
        return [n for n, (start, end) in enumerate(self.offsets) if start < span[1] and end > span[0]]

    def at(self, span: Span) -> np.ndarray:
        """The words of a span as one vector of length 1; of a span that was not read, the whole passage."""
        pieces = self.touched(span)
        return _unit(self.vectors[pieces].mean(axis=0)) if pieces else self.whole


def passages_of(reading: Reading, sentences: Sequence[Span]) -> list[Passage]:
    """The part of a reading that is each of its sentences."""
    found = []
    for start, end in sentences:
        offsets: list[Span] = []
        rows: list[np.ndarray] = []
        for place in places_of(reading.windows, [(start, end)]):
            first = reading.starts[place.window]
            rows.append(reading.vectors[first + place.start : first + place.end])
            offsets += reading.windows[place.window].offsets[place.start : place.end]
        vectors = np.concatenate(rows) if rows else np.zeros((0, WIDTH), dtype=np.float32)
        found.append(Passage(tuple((a - start, b - start) for a, b in offsets), vectors))
    return found


def _unit(vector: np.ndarray) -> np.ndarray:
    return vector / max(float(np.linalg.norm(vector)), 1e-9)
