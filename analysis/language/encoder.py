"""The encoder: every paragraph of an article is read once, and whoever asks about it asks the vectors that are left.

A window is a paragraph, or as many of its sentences as fit. The encoder makes of each word piece a vector of 384
numbers and a narrower one of 128, which the small reader of :mod:`analysis.positions.asking` reads
(``models/READER.md``).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

from analysis.language.models import load_session, load_tokenizer, load_words, of_like_length, padded
from analysis.language.stand_ins import encode
from analysis.schema.spans import Span

if TYPE_CHECKING:
    from tokenizers import Tokenizer

NAME = "encoder"
WIDTH, NARROW = 384, 128
LONGEST = 192
"""Word pieces of a window; a longer sentence is cut."""


@dataclass(frozen=True)
class Window:
    """What is read at once: the pieces, a mark at each end among them, and the characters of each in the article.

    The marks have the empty span where the window begins and ends.
    """

    ids: tuple[int, ...]
    offsets: tuple[Span, ...]

    @property
    def span(self) -> Span:
        """The characters of the article that are read."""
        return self.offsets[0][0], self.offsets[-1][1]

    def pieces(self, span: Span) -> Span:
        """The first piece that a span touches and the one behind its last; (0, 0) for a span that is not read."""
        low = max(bisect_right(self._ends, span[0], lo=1, hi=len(self.ids) - 1), 1)
        high = bisect_left(self._starts, span[1], lo=1, hi=len(self.ids) - 1)
        return (low, high) if low < high else (0, 0)

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self.offsets]

    @cached_property
    def _ends(self) -> list[int]:
        return [end for _, end in self.offsets]


def windows(
    text: str,
    sentences: Sequence[Span],
    tokenizer: Tokenizer | None = None,
    *,
    names: Mapping[str, str] | None = None,
) -> list[Window]:
    """The sentences of a text as windows, in their order: those of one paragraph together while they fit.

    `names` are the stand-ins of the names of persons (:mod:`analysis.language.stand_ins`).
    """
    tokenizer = tokenizer or load_tokenizer()
    begin, end = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    found: list[Window] = []
    coded = encode([text[a:b] for a, b in sentences], names or {}, tokenizer)
    rows = [
        [(number, (a + start, b + start)) for number, (a, b) in zip(*one, strict=True)]
        for one, (start, _) in zip(coded, sentences, strict=True)
    ]
    for part in _together(text, sentences, [len(row) for row in rows]):
        pieces = [piece for n in part for piece in rows[n]]
        for at in range(0, len(pieces), LONGEST):
            some = pieces[at : at + LONGEST]
            first, last = some[0][1][0], some[-1][1][1]
            ids = (begin, *(number for number, _ in some), end)
            found.append(Window(ids, ((first, first), *(span for _, span in some), (last, last))))
    return found


def _together(text: str, sentences: Sequence[Span], lengths: Sequence[int]) -> Iterator[list[int]]:
    """The numbers of the sentences that are read together."""
    part: list[int] = []
    for n, (start, _) in enumerate(sentences):
        full = sum(lengths[k] for k in part) + lengths[n] > LONGEST
        if part and (full or "\n" in text[sentences[part[-1]][1] : start]):
            yield part
            part = []
        if lengths[n]:
            part.append(n)
    if part:
        yield part


@dataclass(frozen=True)
class Reading:
    """Windows and what the encoder makes of them: a row of 384 and one of 128 for every piece, window after window."""

    windows: tuple[Window, ...]
    vectors: np.ndarray
    narrow: np.ndarray

    @cached_property
    def starts(self) -> list[int]:
        """The number of the first piece of each window."""
        return list(accumulate((len(one.ids) for one in self.windows), initial=0))


def read(parts: Sequence[Window]) -> Reading:
    """The windows as the encoder reads them, those of like length together.

    Raises :class:`analysis.language.models.EncoderError` if the weights are missing or not those that were measured.
    """
    session, words = load_session(NAME), load_words()
    found: dict[int, tuple[np.ndarray, np.ndarray]] = {}
    for some in of_like_length([len(one.ids) for one in parts]):
        ids = padded([parts[n].ids for n in some])
        asked = {"words": words[ids], "mask": (ids != 0).astype(np.int64)}
        for n, wide, narrow in zip(some, *session.run(["vectors", "narrow"], asked), strict=True):
            found[n] = wide[: len(parts[n].ids)], narrow[: len(parts[n].ids)]
    vectors, narrow = ([found[n][k] for n in range(len(parts))] for k in range(2))
    return Reading(tuple(parts), _below(vectors, WIDTH), _below(narrow, NARROW))


def joined(one: Reading, other: Reading) -> Reading:
    """The windows of both, those of the first first."""
    vectors, narrow = (np.concatenate(pair) for pair in ((one.vectors, other.vectors), (one.narrow, other.narrow)))
    return Reading(one.windows + other.windows, vectors, narrow)


def apart(whole: Reading, parts: Sequence[Sequence[Window]]) -> Iterator[Reading]:
    """What was read together as a reading for each of the parts."""
    first, starts = 0, [*whole.starts]
    for part in parts:
        low, high = starts[first], starts[first + len(part)]
        yield Reading(tuple(part), whole.vectors[low:high].copy(), whole.narrow[low:high].copy())
        first += len(part)


def _below(rows: Sequence[np.ndarray], width: int) -> np.ndarray:
    return np.concatenate(rows) if rows else np.zeros((0, width), dtype=np.float32)
