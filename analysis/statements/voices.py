"""Voices and mentions by place: whose words stand there, and which actor is meant."""

from __future__ import annotations

import pandas as pd

from analysis.language.parsing import Parsed
from analysis.schema import WRITER, spans

UNKNOWN = "unresolved"
"""The voice of a statement whose speaker could not be resolved."""


class Voices:
    """Looks up the voice at a place; in nested statements that of the innermost."""

    def __init__(self, statements: pd.DataFrame) -> None:
        columns = statements[["statement_id", "speaker_id", "speaker", "content_spans"]]
        cues = statements[["cue_start", "cue_end", "statement_id", "speaker_id", "speaker"]]
        self._cues = list(cues[cues.speaker_id.notna() & cues.cue_start.notna()].itertuples(index=False, name=None))
        self._pieces = sorted(
            (end - start, start, end, number, speaker_id, speaker)
            for number, speaker_id, speaker, cell in columns.fillna("").itertuples(index=False, name=None)
            for start, end in spans.read(cell)
        )

    def at(self, place: int) -> dict[str, object]:
        """The cells `voice_id`, `voice` and `statement_id` for a character of the text."""
        for _, start, end, number, speaker_id, speaker in self._pieces:
            if start <= place < end:
                return {
                    "voice_id": speaker_id or UNKNOWN,
                    "voice": speaker or UNKNOWN,
                    "statement_id": number,
                }
        return {"voice_id": WRITER, "voice": WRITER, "statement_id": None}

    def of_act(self, place: int) -> dict[str, object]:
        """The same for an act: one that is a statement's cue is the speaker's ("US officials *accuse* Iran")."""
        for start, end, number, speaker_id, speaker in self._cues:
            if start <= place < end:
                return {"voice_id": speaker_id, "voice": speaker, "statement_id": number}
        return self.at(place)


def mentioned(parsed: Parsed, mentions: pd.DataFrame) -> dict[int, str]:
    """The number of each token that mentions an actor, and the id of the actor."""
    return {
        token.i: mention.actor_id
        for mention in mentions[mentions.actor_id.notna()].itertuples(index=False)
        for token in parsed.doc.char_span(mention.start, mention.end, alignment_mode="expand")
    }
