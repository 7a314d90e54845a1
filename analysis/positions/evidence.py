"""Evidence of a model's judgement: the words without which it would be less sure (occlusion)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from analysis.language.models import settled
from analysis.positions.marking import Marked
from analysis.schema.spans import Span, merge, overlap

Judge = Callable[[Sequence[Marked]], np.ndarray]
"""Passages to rows of probabilities."""

MOST, SHARE = 3, 0.5
"""At most so many words are shown, each with at least this share of the strongest one's weight."""
CANDIDATES, TOGETHER = 40, 4
"""Words that are tried at most, and how many of them at first are deleted together."""
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_EMPTY = ("the", "and", "for", "from", "that", "this", "with", "was", "were", "has", "had", "have", "are", "been")
"""Left out as they rarely carry a judgement, like all words of one or two letters but "no"."""


def words_of(passage: Marked) -> list[Span]:
    """The words that may be evidence: not those of source and target, nor such as "the" and "of"."""
    taken = [span for span in (passage.source, passage.target) if span]
    found = content_words(passage.text)
    return [span for span in found if not any(overlap(span, one) for one in taken)][:CANDIDATES]


def content_words(text: str) -> list[Span]:
    """The words of a text that may carry a judgement: no article, no preposition of two letters."""
    return [match.span() for match in _WORD.finditer(text) if _may_judge(match.group().lower())]


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

    Deleted are first a few neighbouring words at a time, then each word of the part that mattered most: half the work.
    No words where no deletion makes the label less likely.
    """
    if not passages:
        return []
    parts = [_parts(words_of(one)) for one in passages]
    before = np.log(judge(passages) + 1e-9)[np.arange(len(labels)), labels]
    rough = _drops(passages, labels, before, parts, judge)
    best = [part[int(drop.argmax())] if len(part) else [] for part, drop in zip(parts, rough, strict=True)]
    single = [[[word] for word in words] for words in best]
    fine = _drops(passages, labels, before, single, judge)
    return [_strongest(words, drop) for words, drop in zip(best, fine, strict=True)]


def _parts(words: list[Span]) -> list[list[Span]]:
    return [words[at : at + TOGETHER] for at in range(0, len(words), TOGETHER)]


def _drops(
    passages: Sequence[Marked],
    labels: Sequence[int],
    before: np.ndarray,
    deleted: Sequence[Sequence[Sequence[Span]]],
    judge: Judge,
) -> list[np.ndarray]:
    """For each passage, how much less likely its label is without each of the groups of words."""
    asked = [without(one, words) for one, groups in zip(passages, deleted, strict=True) for words in groups]
    chances = np.log(judge(asked) + 1e-9) if asked else np.zeros((0, 1))
    found, place = [], 0
    for row, groups in enumerate(deleted):
        rows = chances[place : place + len(groups), labels[row]] if len(groups) else np.zeros(0)
        found.append(settled(before[row] - rows))
        place += len(groups)
    return found


def _strongest(words: Sequence[Span], drops: np.ndarray) -> list[Span]:
    if not len(drops):
        return []
    order = np.argsort(-drops, kind="stable")[:MOST]
    return sorted(words[n] for n in order if drops[n] > 0 and drops[n] >= SHARE * drops[order[0]])
