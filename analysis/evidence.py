"""Evidence of a model's judgement: the words without which it would be less sure (occlusion)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from analysis.marking import Marked
from analysis.spans import Span, merge, overlap

Judge = Callable[[Sequence[Marked]], np.ndarray]
"""Passages to rows of probabilities."""

MOST, SHARE = 3, 0.5
"""At most so many words are shown, each with at least this share of the strongest one's weight."""
CANDIDATES = 40
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_EMPTY = ("the", "and", "for", "from", "that", "this", "with", "was", "were", "has", "had", "have", "are", "been")
"""Left out as they rarely carry a judgement, like all words of one or two letters but "no"."""


@dataclass(frozen=True)
class Cut:
    """A passage without some of its words, and where those stood."""

    passage: Marked
    words: Span


def words_of(passage: Marked) -> list[Span]:
    """The words that may be evidence: not those of source and target, nor such as "the" and "of"."""
    taken = [span for span in (passage.source, passage.target) if span]
    found = [match.span() for match in _WORD.finditer(passage.text) if _may_judge(match.group().lower())]
    return [span for span in found if not any(overlap(span, one) for one in taken)][:CANDIDATES]


def _may_judge(word: str) -> bool:
    return word == "no" or (len(word) > 2 and word not in _EMPTY)


def without(passage: Marked, spans: Sequence[Span]) -> Marked:
    """The passage with the words deleted, each with the space before it; its marks moved along."""
    gone = [(start - (passage.text[start - 1 : start] == " "), end) for start, end in merge(spans)]
    kept = "".join(passage.text[end:start] for end, start in _between(gone, len(passage.text)))
    source = None if passage.source is None else _moved(passage.source, gone)
    return replace(passage, text=kept, target=_moved(passage.target, gone), source=source)


def _between(gone: Sequence[Span], length: int) -> list[Span]:
    edges = [0, *(edge for span in gone for edge in span), length]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _moved(span: Span, gone: Sequence[Span]) -> Span:
    before = sum(end - start for start, end in gone if end <= span[0])
    return span[0] - before, span[1] - before


def weigh(passages: Sequence[Marked], labels: Sequence[int], judge: Judge) -> list[list[Span]]:
    """For each passage and the label it got, the words whose deletion makes that label least likely.

    No words where no deletion makes it less likely.
    """
    cuts = [[Cut(without(one, [span]), span) for span in words_of(one)] for one in passages]
    asked = [*passages, *(cut.passage for part in cuts for cut in part)]
    if not passages:
        return []
    chances = np.log(judge(asked) + 1e-9)
    found, place = [], len(passages)
    for row, (part, label) in enumerate(zip(cuts, labels, strict=True)):
        drops = chances[row, label] - chances[place : place + len(part), label]
        place += len(part)
        found.append(_strongest([cut.words for cut in part], drops))
    return found


def _strongest(words: Sequence[Span], drops: np.ndarray) -> list[Span]:
    order = np.argsort(-drops, kind="stable")[:MOST]
    return sorted(words[n] for n in order if drops[n] > 0 and drops[n] >= SHARE * drops[order[0]])
