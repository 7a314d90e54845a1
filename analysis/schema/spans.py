"""Character spans into the text of an article, and how they are written in a table cell."""

from __future__ import annotations

from collections.abc import Iterable

Span = tuple[int, int]
"""Start and end of a piece of text: ``article.text[start:end]``."""

GAP = " … "
"""Stands between the pieces of a discontinuous span when its words are shown."""


def merge(spans: Iterable[Span]) -> list[Span]:
    """Sort the spans and join those that touch or overlap; empty ones are dropped."""
    merged: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def write(spans: Iterable[Span]) -> str:
    """The spans as one table cell: ``"120-127;130-140"``."""
    return ";".join(f"{start}-{end}" for start, end in spans)


def read(cell: str) -> list[Span]:
    """The spans of a table cell that :func:`write` made; an empty or missing cell has none."""
    if not isinstance(cell, str) or not cell:
        return []
    return [(int(start), int(end)) for start, end in (part.split("-") for part in cell.split(";"))]


def words(text: str, spans: Iterable[Span]) -> str:
    """The words under the spans, pieces joined by " … "."""
    return GAP.join(text[start:end] for start, end in spans)


def within(inner: Span, outer: Iterable[Span]) -> bool:
    """Whether `inner` lies wholly in one of the `outer` spans."""
    return any(start <= inner[0] and inner[1] <= end for start, end in outer)


def jaccard(one: Iterable[Span], other: Iterable[Span]) -> float:
    """The characters that two sets of spans share, as a share of those in either (Jaccard 1912)."""
    first, second = merge(one), merge(other)
    size, either = sum(b - a for a, b in [*first, *second]), sum(b - a for a, b in merge([*first, *second]))
    return (size - either) / either if either else 0.0


def overlap(one: Span, other: Span) -> bool:
    """Whether the two spans share at least one character."""
    return max(one[0], other[0]) < min(one[1], other[1])
