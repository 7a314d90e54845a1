"""Asking: how a question about a source and a target is put to what the encoder left of an article.

A question is about actors, not about mentions: the target is what the encoder read of him wherever he is mentioned
(the mean of his mentions), and in the passage that is asked about his mentions, the source's, and the words that a
statement credits are marked. Without a source the question is how the passage paints the target. The encoder is not
asked again: a small reader (two layers of attention, 128 wide) answers from its vectors.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from analysis.language.encoder import Window
from analysis.schema.spans import Span

T = TypeVar("T")

SENTIMENT, PAIR, SIDE, TOLD = range(4)
"""What is asked: how a sentence paints a target; how two actors stand to each other in it; a speaker's side; for or
against whom a sentence tells that the source is, by his deeds or his words."""
TARGET, SOURCE, SAID = 1, 2, 4
"""Marks of a piece, to be added."""
FAR = 16
NOWHERE = 2 * FAR + 1
"""Distances to the nearest mention are cut at so many pieces; the last one says that there is none in the passage."""
SEEN = (TARGET + SOURCE + SAID + 1, NOWHERE + 1, NOWHERE + 1)
"""How many values each of the numbers that describe a piece can take."""
MENTIONS = 12
"""Mentions of an actor that are joined at most, in the order of the text."""
LONGEST = 150
"""Pieces of a passage that are asked about at most."""


@dataclass(frozen=True)
class Place:
    """Pieces of a window, the last one excluded."""

    window: int
    start: int
    end: int


@dataclass(frozen=True)
class Question:
    """Which passage is asked about, who is the target and who the source, and which pieces of the passage are said."""

    kind: int
    passage: Place
    target: tuple[Place, ...]
    source: tuple[Place, ...] = ()
    said: tuple[Span, ...] = ()

    def swapped(self) -> Question:
        """The question turned round: the target toward the source."""
        return replace(self, target=self.source, source=self.target)


def places_of(windows: Sequence[Window], spans: Iterable[Span]) -> tuple[Place, ...]:
    """Spans of the article as pieces of the windows that hold them; those that were not read are left out."""
    found = []
    for span in spans:
        n = next(iter(over(windows, span, _span)), None)
        start, end = (0, 0) if n is None else windows[n].pieces(span)
        if n is not None and start < end:
            found.append(Place(n, start, end))
    return tuple(found)


def _span(one: Window) -> Span:
    return one.span


def over(parts: Sequence[T], span: Span, place: Callable[[T], Span]) -> range:
    """The numbers of the parts that share a character with a span; they stand in the order of the text."""
    first = bisect_right(parts, span[0], key=lambda one: place(one)[1])
    return range(first, max(first, bisect_left(parts, span[1], key=lambda one: place(one)[0])))


def passage_of(
    windows: Sequence[Window], sentences: Sequence[Span], asked: Sequence[Span], target: Iterable[Place] = ()
) -> Place | None:
    """The sentences of the asked words in one window; None if they were not read.

    Of several windows one that mentions the target, if there is one, else the one with most of the words. Of a long
    passage the part around the words is taken.
    """
    words: dict[int, list[Span]] = defaultdict(list)
    for one in asked:
        for n in over(windows, one, _span):
            words[n].append(one)
    named, best = {one.window for one in target}, None
    for n, own in words.items():
        whole = [sentences[k] for one in own for k in over(sentences, one, tuple)] or own
        low, high = max(min(whole)[0], windows[n].span[0]), min(max(b for _, b in whole), windows[n].span[1])
        start, end = windows[n].pieces((low, high))
        if end - start > LONGEST:
            start = max(start, min(windows[n].pieces((min(own)[0], max(own)[1]))[0], end - LONGEST))
            end = start + LONGEST
        key = (n in named, sum(b - a for a, b in own))
        if start < end and (best is None or key > best[0]):
            best = key, Place(n, start, end)
    return None if best is None else best[1]


def arrays(questions: Sequence[Question], starts: Sequence[int]) -> dict[str, np.ndarray]:
    """Questions as arrays, passages padded to one length; `starts` is the number of each window's first piece.

    ``rows``: for each piece of a passage its number among those of all windows; ``there``: 1 but for padding;
    ``seen``: its mark and how far it is from target and source (:data:`SEEN`); ``kinds``.
    """
    longest = max(one.passage.end - one.passage.start for one in questions)
    shape = (len(questions), longest)
    rows, there = (np.zeros(shape, dtype=np.int64) for _ in range(2))
    seen = np.full((*shape, len(SEEN)), NOWHERE, dtype=np.int64)
    seen[:, :, 0] = 0
    order = np.arange(longest)
    for n, one in enumerate(questions):
        passage, length = one.passage, one.passage.end - one.passage.start
        rows[n, :length] = starts[passage.window] + passage.start + order[:length]
        there[n, :length] = 1
        for mark, places in ((TARGET, _inside(one.target, passage)), (SOURCE, _inside(one.source, passage))):
            for start, end in places:
                seen[n, start:end, 0] |= mark
            if places:
                seen[n, :length, mark] = _distances(order[:length], places)
        for start, end in one.said:
            seen[n, max(start - passage.start, 0) : max(min(end, passage.end) - passage.start, 0), 0] |= SAID
    return {"rows": rows, "there": there, "seen": seen, "kinds": np.array([one.kind for one in questions])}


def _inside(places: Iterable[Place], passage: Place) -> list[Span]:
    """The places that stand in the passage, counted from its first piece."""
    here = [one for one in places if one.window == passage.window]
    return [
        (max(one.start, passage.start) - passage.start, min(one.end, passage.end) - passage.start)
        for one in here
        if one.start < passage.end and one.end > passage.start
    ]


def _distances(order: np.ndarray, places: Sequence[Span]) -> np.ndarray:
    """How far each piece stands from the nearest of the places: FAR in one, less before it, more behind."""
    starts, ends = np.array(places).T[:, :, None]
    signed = np.where(order < starts, order - starts, np.where(order >= ends, order - ends + 1, 0))
    nearest = np.take_along_axis(signed, np.abs(signed).argmin(axis=0)[None], axis=0)[0]
    return np.clip(nearest, -FAR, FAR) + FAR


def mentions(actors: Iterable[Sequence[Place]], starts: Sequence[int]) -> np.ndarray:
    """The mentions of many actors, one row each: the actor's number, and its pieces as numbers among those of all."""
    rows = [
        (n, starts[one.window] + one.start, starts[one.window] + one.end)
        for n, places in enumerate(actors)
        for one in places[:MENTIONS]
    ]
    return np.array(rows, dtype=np.int64).reshape(-1, 3)
