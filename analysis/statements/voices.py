"""Voices: whose words stand at a place of the text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.schema import UNKNOWN, WRITER
from analysis.schema.records import Statement
from analysis.schema.spans import Span


@dataclass(frozen=True)
class Voice:
    """Whose words they are, and the statement they belong to; the writer's belong to none."""

    voice_id: str = WRITER
    voice: str = WRITER
    statement_id: int | None = None


SCARE = 4
"""So many words in quotation marks may be the writer's own, who keeps a distance from them."""


class Voices:
    """Looks up the voice at a character; in nested statements that of the innermost.

    What stands in quotation marks and is no statement is somebody's, nobody knows whose, and not the writer's; up to
    four words in them may be.
    """

    def __init__(self, statements: Sequence[Statement], quoted: Iterable[tuple[Span, int]] = ()) -> None:
        spoken = [Voice(s.speaker_id or UNKNOWN, s.speaker or UNKNOWN, s.statement_id) for s in statements]
        pieces = [((b - a, a, b, s.statement_id), k) for k, s in enumerate(statements) for a, b in s.content_spans]
        cues = [(s.cue_span, k) for k, s in enumerate(statements) if s.speaker_id and s.cue_span]
        self._by_number = {one.statement_id: one for one in spoken}
        self._contents = sorted((a, b) for s in statements for a, b in s.content_spans)
        self._voices = [Voice(), *spoken, Voice(UNKNOWN, UNKNOWN)]
        nobody = ((place, len(spoken)) for place, words in quoted if words > SCARE)
        self._words = _painted((*nobody, *(((one[1], one[2]), k) for one, k in sorted(pieces, reverse=True))))
        self._cues = _painted(reversed(cues))

    def at(self, place: int) -> Voice:
        """The voice of a character of the text."""
        return self._voices[self._words.get(place, 0)]

    def around(self, statement: Statement) -> Voice:
        """Whose words report a statement: those of the statement that it is nested in, or the writer's."""
        return self._by_number.get(statement.inside, Voice())

    def credited_in(self, span: Span) -> list[Span]:
        """The contents of statements that share a character with a span."""
        return [one for one in self._contents[: bisect_left(self._contents, (span[1], 0))] if one[1] > span[0]]

    def of_act(self, place: int) -> Voice:
        """The same for an act: one that is a statement's cue is the speaker's ("US officials *accuse* Iran")."""
        return self._voices[self._cues.get(place, 0)] if place in self._cues else self.at(place)

    def of_most(self, places: Sequence[Span]) -> Voice:
        """The voice to whom most letters of some places belong, cues as in :meth:`of_act`; the first of equals."""
        letters: dict[Voice, int] = {}
        for start, end in places:
            one = self.of_act(start)
            letters[one] = letters.get(one, 0) + end - start
        return max(letters, key=letters.get)


def _painted(places: Iterable[tuple[Span, int]]) -> dict[int, int]:
    """Character -> 1 + the number of the statement that holds it, a later place over an earlier one."""
    return {at: k + 1 for (start, end), k in places for at in range(start, end)}
