"""Evidence of a model's judgement: the words without which it is less sure.

The small reader, which costs little, is asked again with words left out of what it is shown, and ranks them. Whether
the best ones matter is checked by deleting them and reading the paragraph anew (occlusion); what fails is not shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from analysis.language.encoder import Reading, Window, joined, read
from analysis.language.models import settled
from analysis.positions import stance_model
from analysis.positions.asking import Place, Question
from analysis.schema.spans import Span

Judge = Callable[[Sequence[tuple[int, Sequence[Span]]]], np.ndarray]
"""Numbers of questions, each with the words that are left out, to rows of probabilities."""
Three = Callable[[np.ndarray], np.ndarray]
"""What a kind of question answers -> the probabilities of three labels."""

MOST, SHARE = 3, 0.5
"""At most so many words are shown, each with at least this share of the strongest one's weight."""
CANDIDATES, TOGETHER, PARTS = 40, 4, 2
"""Words weighed at most; how many of them are first left out together; in how many such parts one is looked for."""
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_EMPTY = ("the", "and", "for", "from", "that", "this", "with", "was", "were", "has", "had", "have", "are", "been")
"""Left out as they rarely carry a judgement, like all words of one or two letters but "no"."""


def content_words(text: str) -> list[Span]:
    """The words of a text that may carry a judgement: no article, no preposition of two letters."""
    return [match.span() for match in _WORD.finditer(text) if _may_judge(match.group().lower())]


def _may_judge(word: str) -> bool:
    return word == "no" or (len(word) > 2 and word not in _EMPTY)


def evidence(
    reading: Reading,
    questions: Sequence[Question],
    words: Sequence[Sequence[Span]],
    before: np.ndarray,
    labels: Sequence[int],
    three: Three = np.asarray,
) -> list[list[Span]]:
    """For questions of one kind those of the words that moved the answer; none where no word did.

    `words` are characters of the windows, `before` has the probabilities of three labels for each question, `labels`
    the columns that are asked about.
    """

    def judge(left_out: Sequence[tuple[int, Sequence[Span]]]) -> np.ndarray:
        hidden = [[_window(reading, questions[n]).pieces(word) for word in some] for n, some in left_out]
        return three(stance_model.chances(reading, [questions[n] for n, _ in left_out], hidden))

    sets = weigh(words, before, labels, judge)
    found: list[list[Span]] = [[] for _ in questions]
    for turn in range(max(map(len, sets), default=0)):
        asked = [n for n, own in enumerate(sets) if not found[n] and len(own) > turn]
        if not asked:
            break
        rows = three(_read_anew(reading, [(questions[n], sets[n][turn]) for n in asked]))
        for n, row in zip(asked, rows, strict=True):
            if row[labels[n]] < before[n, labels[n]]:
                found[n] = list(sets[n][turn])
    return found


def weigh(
    words: Sequence[Sequence[Span]], before: np.ndarray, labels: Sequence[int], judge: Judge
) -> list[list[list[Span]]]:
    """For each question the sets of its words that may have moved the label, the likeliest first.

    Left out are first a few neighbouring words at a time, then each word of the parts that mattered most.
    """
    sure = np.log(before[np.arange(len(labels)), labels] + 1e-9)
    parts = [_parts(some[:CANDIDATES]) for some in words]
    order = [np.argsort(-drop, kind="stable")[:PARTS] for drop in _drops(parts, labels, sure, judge)]
    best = [[own[n] for n in some] for own, some in zip(parts, order, strict=True)]
    drops = _drops([[[word] for part in own for word in part] for own in best], labels, sure, judge)
    return [_sets(own, drop) for own, drop in zip(best, drops, strict=True)]


def _parts(words: Sequence[Span]) -> list[list[Span]]:
    return [list(words[at : at + TOGETHER]) for at in range(0, len(words), TOGETHER)]


def _drops(
    groups: Sequence[Sequence[Sequence[Span]]], labels: Sequence[int], sure: np.ndarray, judge: Judge
) -> list[np.ndarray]:
    """For each question, how much less likely its label is without each of the groups of words."""
    asked = [(n, some) for n, own in enumerate(groups) for some in own]
    rows = np.log(judge(asked) + 1e-9) if asked else np.zeros((0, 1))
    found: list[list[float]] = [[] for _ in groups]
    for (n, _), row in zip(asked, rows, strict=True):
        found[n].append(sure[n] - row[labels[n]])
    return [settled(np.array(own)) for own in found]


def _sets(parts: Sequence[Sequence[Span]], drops: np.ndarray) -> list[list[Span]]:
    """Sets of words, the likeliest first: of each part those that weigh about as much as the strongest, then more."""
    near, more, at = [], [], 0
    for part in parts:
        own = drops[at : at + len(part)]
        at += len(part)
        order = np.argsort(-own, kind="stable")[:MOST]
        near.append(sorted(part[n] for n in order if n == order[0] or own[n] >= max(SHARE * own[order[0]], 0)))
        more.append(sorted(part[n] for n in order))
    return [one for pair in zip(near, more, strict=True) for one in dict.fromkeys(map(tuple, pair))]


def _read_anew(reading: Reading, asked: Sequence[tuple[Question, Sequence[Span]]]) -> np.ndarray:
    """The probabilities of the answers where the words are deleted and the paragraph is read again."""
    shorter = [_without(_window(reading, question), words) for question, words in asked]
    numbers = {window: n for n, window in enumerate(dict.fromkeys(window for window, _ in shorter))}
    whole = joined(reading, read(list(numbers)))
    first = len(reading.windows)
    moved = [
        _moved(question, first + numbers[window], kept)
        for (question, _), (window, kept) in zip(asked, shorter, strict=True)
    ]
    return stance_model.chances(whole, moved)


def _window(reading: Reading, question: Question) -> Window:
    return reading.windows[question.passage.window]


def _without(window: Window, words: Sequence[Span]) -> tuple[Window, np.ndarray]:
    """The window without the pieces of the words, and for each piece how many before it are kept."""
    gone = {n for word in words for n in range(*window.pieces(word))}
    kept = [n for n in range(len(window.ids)) if n not in gone]
    before = np.concatenate([[0], np.cumsum([n not in gone for n in range(len(window.ids))])])
    return Window(tuple(window.ids[n] for n in kept), tuple(window.offsets[n] for n in kept)), before


def _moved(question: Question, number: int, kept: np.ndarray) -> Question:
    """The question about the shorter window."""
    old = question.passage.window

    def place(one: Place) -> Place:
        return one if one.window != old else Place(number, int(kept[one.start]), int(kept[one.end]))

    return replace(
        question,
        passage=place(question.passage),
        target=tuple(map(place, question.target)),
        source=tuple(map(place, question.source)),
        said=tuple((int(kept[start]), int(kept[end])) for start, end in question.said),
    )
