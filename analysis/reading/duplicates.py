"""Near-duplicates: the same wire copy under other headlines, found by the words that articles share (MinHash)."""

from __future__ import annotations

import re
from collections.abc import Sequence

THRESHOLD = 0.7
"""Share of runs of five words that two texts have in common (Jaccard) from which one counts as a copy of the other."""
RUN = 5
PERMUTATIONS = 128
REACH = 0.15
"""MinHash estimates; candidates are looked for so far below the threshold and then compared word by word."""


def near_duplicates(texts: Sequence[str], *, threshold: float = THRESHOLD) -> dict[int, tuple[int, float]]:
    """Place of a copy -> place of the first text that it is a copy of, and how much they share."""
    runs = [frozenset(_runs(text)) for text in texts]
    copies: dict[int, tuple[int, float]] = {}
    first: dict[frozenset[str], int] = {}
    index, sketches = _index(max(0.05, threshold - REACH)), {}
    for place, own in enumerate(runs):
        if own in first:
            copies[place] = (first[own], 1.0)
            continue
        first[own] = place
        sketches[place] = _sketch(own)
        near = [(_share(own, runs[other]), -other) for other in index.query(sketches[place])]
        share, other = max(near, default=(0.0, 0))
        if share >= threshold:
            copies[place] = (-other, share)
        else:
            index.insert(place, sketches[place])
    return copies


def _runs(text: str) -> list[str]:
    """All runs of five words of a text, in small letters; a shorter text is one run."""
    words = re.findall(r"\w+", text.casefold())
    return [" ".join(words[n : n + RUN]) for n in range(max(1, len(words) - RUN + 1))]


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 1.0


def _index(threshold: float):
    from datasketch import MinHashLSH

    return MinHashLSH(threshold=threshold, num_perm=PERMUTATIONS)


def _sketch(runs: frozenset[str]):
    from datasketch import MinHash

    sketch = MinHash(num_perm=PERMUTATIONS)
    sketch.update_batch([run.encode("utf-8", "replace") for run in runs])
    return sketch
