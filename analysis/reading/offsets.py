"""Offsets: from the text that is analysed back to the text as the file has it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from analysis.schema.spans import Span


@dataclass(frozen=True)
class Change:
    """A place where two texts differ: its characters in the new text and in the old one."""

    start: int
    end: int
    old_start: int
    old_end: int


@dataclass(frozen=True)
class OffsetMap:
    """How a text came from another one: the places that differ, in order; all else is the same, moved."""

    changes: tuple[Change, ...] = ()

    def span(self, start: int, end: int) -> Span:
        """The span in the old text: a changed place counts as a whole, removed characters at its edges do not."""
        first = self._start(start)
        return first, max(first, self._end(end))

    def _start(self, place: int) -> int:
        number = bisect_right(self.changes, place, key=lambda change: change.start) - 1
        if number < 0:
            return place
        change = self.changes[number]
        return change.old_start if place < change.end else place - change.end + change.old_end

    def _end(self, place: int) -> int:
        number = bisect_left(self.changes, place, key=lambda change: change.start) - 1
        if number < 0:
            return place
        change = self.changes[number]
        return change.old_end if place <= change.end else place - change.end + change.old_end


def rewrite(text: str, pattern: re.Pattern[str], new: Callable[[re.Match[str]], str]) -> tuple[str, OffsetMap]:
    """The text with every match replaced by what `new` makes of it, and the way back."""
    pieces: list[str] = []
    changes: list[Change] = []
    done = length = 0
    for found in pattern.finditer(text):
        replacement = new(found)
        if replacement == found[0]:
            continue
        pieces += [text[done : found.start()], replacement]
        start = length + found.start() - done
        length, done = start + len(replacement), found.end()
        changes.append(Change(start, length, found.start(), done))
    if not changes:
        return text, OffsetMap()
    return "".join(pieces) + text[done:], OffsetMap(tuple(changes))


def join(text: str, spans: Sequence[Span], gap: str = "\n\n") -> tuple[str, OffsetMap]:
    """The pieces of the text one after the other, and the way back; the gaps stand for what lies between them."""
    if not spans:
        return "", OffsetMap()
    pieces = [text[start:end] for start, end in spans]
    changes, length = [Change(0, 0, 0, spans[0][0])], len(pieces[0])
    for (_, end), (start, _), piece in zip(spans, spans[1:], pieces[1:], strict=False):
        changes.append(Change(length, length + len(gap), end, max(start, end)))
        length += len(gap) + len(piece)
    return gap.join(pieces), OffsetMap(tuple(changes))


def original(maps: Iterable[OffsetMap], span: Span) -> Span:
    """The span in the first text of a chain of maps, given from the first to the last."""
    for one in reversed(tuple(maps)):
        span = one.span(*span)
    return span


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without white space at its edges."""
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()) if piece.strip() else start
