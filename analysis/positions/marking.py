"""Marking: how a passage is put to the encoder, with the source and the target marked whatever the distance.

``[CLS] ... <S> Rouhani </S> offered to help <T> Afghanistan </T> ... [SEP] Rouhani <to> Afghanistan [SEP]``: the
marks stand around the words, and both are named again as a second segment. Without a source the question is how the
passage paints the target, and the second segment names the target alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from tokenizers import Tokenizer

from analysis.language.models import padded
from analysis.schema.spans import Span

PAD, SOURCE, SOURCE_END, TARGET, TARGET_END, TOWARD = range(6)
"""The first entries of the vocabulary: padding, then the marks."""
LONGEST = 160
"""Pieces of a passage; of a longer one the part around its marks is read."""
NAMED = 12
"""Pieces of a name in the second segment."""


@dataclass(frozen=True)
class Marked:
    """A passage with the characters of the target and, where stance is asked, of the source."""

    text: str
    target: Span
    source: Span | None = None

    def swapped(self) -> Marked:
        """The same passage with the question turned round: the target toward the source."""
        return self if self.source is None else replace(self, target=self.source, source=self.target)


@dataclass(frozen=True)
class Encoded:
    """Piece numbers, segment numbers, and where the marks of source and target stand."""

    ids: tuple[int, ...]
    types: tuple[int, ...]
    source: int
    target: int


def encode(tokenizer: Tokenizer, passage: Marked) -> Encoded:
    """The passage as the encoder reads it; without a source its mark is the first piece, [CLS]."""
    coded = tokenizer.encode(passage.text, add_special_tokens=False)
    begin, end = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    target = _pieces(coded.offsets, passage.target)
    source = None if passage.source is None else _pieces(coded.offsets, passage.source)
    low, high = _window(len(coded.ids), [one for one in (source, target) if one])
    first = [begin, *_with_marks(coded.ids, low, high, source, target), end]
    second = [*coded.ids[slice(*target)][:NAMED], end]
    if source is not None:
        second = [*coded.ids[slice(*source)][:NAMED], TOWARD, *second]
    place = first.index(SOURCE) if source is not None else 0
    types = (0,) * len(first) + (1,) * len(second)
    return Encoded((*first, *second), types, place, first.index(TARGET))


def batch(encoded: Sequence[Encoded]) -> dict[str, np.ndarray]:
    """Equal lengths by padding, as the inputs of the encoder."""
    ids, types = padded([one.ids for one in encoded]), padded([one.types for one in encoded])
    places = np.array([(one.source, one.target) for one in encoded], dtype=np.int64)
    return {"ids": ids, "types": types, "places": places}


def _pieces(offsets: Sequence[Span], span: Span) -> Span:
    """The first piece that a span touches and the piece behind its last; a span of no piece takes the next one."""
    touched = [n for n, (start, end) in enumerate(offsets) if start < span[1] and end > span[0]]
    if touched:
        return touched[0], touched[-1] + 1
    following = next((n for n, (start, _) in enumerate(offsets) if start >= span[0]), len(offsets))
    return following, following


def _window(count: int, marked: Sequence[Span]) -> Span:
    """The pieces to read: all, or as many as fit around the last mark's place and, if it can be, the first's."""
    if count <= LONGEST:
        return 0, count
    low, high = min(start for start, _ in marked), max(end for _, end in marked)
    if high - low > LONGEST:
        low, high = marked[-1]
    room = max(LONGEST - (high - low), 0)
    start = max(0, min(low - room // 2, count - LONGEST))
    return start, min(count, start + LONGEST)


def _with_marks(ids: Sequence[int], low: int, high: int, source: Span | None, target: Span) -> list[int]:
    """The pieces from `low` to `high` with the marks among them; a source outside stands before them."""
    opening = {target[0]: [TARGET]}
    closing = {target[1]: [TARGET_END]}
    before: list[int] = []
    if source is not None and low <= source[0] <= high:
        opening.setdefault(source[0], []).insert(0, SOURCE)
        closing.setdefault(source[1], []).append(SOURCE_END)
    elif source is not None:
        before = [SOURCE, *ids[slice(*source)][:NAMED], SOURCE_END]
    marked = []
    for place in range(low, high + 1):
        marked += closing.get(place, []) + opening.get(place, [])
        marked += ids[place : place + 1] if place < high else []
    return [*before, *marked]
