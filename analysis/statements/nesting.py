"""Statements inside others, and statements that a repeated headline says again."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from analysis.language.document import Parsed
from analysis.statements.attribution import Attribution


def inside_of(attributions: Sequence[Attribution]) -> list[int | None]:
    """For each statement the number (from 1) of the innermost one whose content holds its content and its cue."""
    pieces = sorted((start, end, n) for n, one in enumerate(attributions) for start, end in one.content)
    starts, furthest = [start for start, _, _ in pieces], list(accumulate((end for _, end, _ in pieces), max))
    found: list[int | None] = []
    for n, one in enumerate(attributions):
        edges = [*(one.cue or ()), one.content[0][0], one.content[-1][1]]
        first, last, holding = min(edges), max(edges), []
        k = bisect_right(starts, first) - 1
        while k >= 0 and furthest[k] >= last:
            start, end, other = pieces[k]
            if other != n and end >= last:
                holding.append((end - start, other + 1))
            k -= 1
        found.append(min(holding)[1] if holding else None)
    return found


def repeats_of(parsed: Parsed, attributions: Sequence[Attribution]) -> list[int | None]:
    """For each statement of a repeated headline the number of the one of the first headline that it says again."""
    segments = [parsed.segment_at(one.content[0][0]) for one in attributions]
    firsts = {(segment.segment_id, one.rule): n for n, (segment, one) in _backwards(segments, attributions)}
    return [
        firsts.get((segment.repeats, one.rule)) if segment.kind == "repeated headline" else None
        for segment, one in zip(segments, attributions, strict=True)
    ]


def _backwards(segments: Sequence, attributions: Sequence[Attribution]) -> list[tuple[int, tuple]]:
    """Numbered from 1, the last first, so that in a table the first of several stays."""
    return list(enumerate(zip(segments, attributions, strict=True), start=1))[::-1]
