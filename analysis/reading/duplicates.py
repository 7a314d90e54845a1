"""Near-duplicates: the same wire copy under other headlines, found by the words that articles share (MinHash).

Of each text only a sketch is kept, so that a hundred thousand texts need not be in memory; those that may be copies
are looked at again.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cache, lru_cache

import numpy as np

THRESHOLD = 0.7
"""Share of runs of five words that two texts have in common (Jaccard) from which one counts as a copy of the other."""
RUN = 5
PERMUTATIONS = 128
REACH = 0.15
"""MinHash estimates; candidates are looked for so far below the threshold and then compared word by word."""
KEPT = 256
"""Texts whose words are kept while others are compared with them."""


class Sketches:
    """What is remembered of texts, in their order: a sum of each, and its sketch cut into bands (some 200 bytes)."""

    def __init__(self, threshold: float = THRESHOLD) -> None:
        self._threshold = threshold
        self._alone: str | None = None
        self._sums: list[bytes] = []
        self._bands: list[np.ndarray] = []

    def add(self, text: str) -> None:
        """Remember one more text; one that stays alone needs no sketch, nor the library that makes it."""
        if not self._sums and self._alone is None:
            self._alone = text
            return
        if not self._sums:
            self._sketch(self._alone)
        self._sketch(text)

    def _sketch(self, text: str) -> None:
        from datasketch import MinHash

        runs = [run.encode("utf-8", "replace") for run in sorted(_runs(text))]
        self._sums.append(hashlib.blake2b(b"\n".join(runs), digest_size=16).digest())
        sketch = MinHash(num_perm=PERMUTATIONS)
        sketch.update_batch(runs)
        self._bands.append(_banded(sketch.hashvalues, *_shape(self._threshold)))

    def copies(self, text_of: Callable[[int], str]) -> dict[int, tuple[int, float]]:
        """Place of a copy -> place of the first text that it is a copy of, and how much they share.

        `text_of` gives a text by its place again.
        """
        runs = lru_cache(KEPT)(lambda place: _runs(text_of(place)))
        groups, copies = self._groups(), {}
        first: dict[bytes, int] = {}
        members: dict[tuple[int, int], list[int]] = defaultdict(list)
        for place, own in enumerate(self._sums):
            if own in first:
                copies[place] = (first[own], 1.0)
                continue
            first[own] = place
            keys = [(band, int(group)) for band, group in enumerate(groups[place]) if group >= 0]
            others = sorted({other for key in keys for other in members[key]})
            share, other = max(((_share(runs(place), runs(one)), -one) for one in others), default=(0.0, 0))
            if share >= self._threshold:
                copies[place] = (-other, share)
            else:
                for key in keys:
                    members[key].append(place)
        return copies

    def _groups(self) -> np.ndarray:
        """For each text and band the number of the group of texts that are alike there, -1 where it is alone."""
        if not self._bands:
            return np.zeros((0, 0), dtype=np.int64)
        bands = np.stack(self._bands)
        groups = np.full(bands.shape, -1, dtype=np.int64)
        for band in range(bands.shape[1]):
            _, group, sizes = np.unique(bands[:, band], return_inverse=True, return_counts=True)
            groups[:, band] = np.where(sizes[group] > 1, group, -1)
        return groups


@cache
def _shape(threshold: float) -> tuple[int, int]:
    """Into how many bands of how many numbers a sketch is cut, so that texts of this likeness meet in one."""
    from datasketch import MinHashLSH

    cut = MinHashLSH(threshold=max(0.05, threshold - REACH), num_perm=PERMUTATIONS)
    return cut.b, cut.r


def near_duplicates(texts: Sequence[str], *, threshold: float = THRESHOLD) -> dict[int, tuple[int, float]]:
    """Place of a copy -> place of the first text that it is a copy of, and how much they share."""
    sketches = Sketches(threshold)
    for text in texts:
        sketches.add(text)
    return sketches.copies(texts.__getitem__)


def _runs(text: str) -> frozenset[str]:
    """All runs of five words of a text, in small letters; a shorter text is one run."""
    words = re.findall(r"\w+", text.casefold())
    return frozenset(" ".join(words[n : n + RUN]) for n in range(max(1, len(words) - RUN + 1)))


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 1.0


def _banded(values: np.ndarray, bands: int, rows: int) -> np.ndarray:
    """A sketch as one number for each of its bands."""
    parts = values[: bands * rows].reshape(bands, rows)
    sums = (hashlib.blake2b(part.tobytes(), digest_size=8).digest() for part in parts)
    return np.frombuffer(b"".join(sums), dtype=np.uint64)
