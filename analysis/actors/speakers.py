"""Statements with their speakers: each attribution as a record, the actors that are meant by its words looked up."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.actors.people import People
from analysis.language import syntax
from analysis.language.document import Parsed
from analysis.schema.records import Statement
from analysis.statements.attribution import Attribution
from analysis.statements.circumstances import addressee, occasions
from analysis.statements.cues import Cues, load_cues
from analysis.statements.nesting import inside_of, repeats_of
from analysis.statements.wording import wording


def statements_of(
    parsed: Parsed, attributions: Sequence[Attribution], people: People, *, cues: Cues | None = None
) -> list[Statement]:
    """One record an attribution, in order of the text.

    The speaker is the actor whose mention holds the head of the source; a source that no mention covers leaves the
    speaker missing. The repetition of a headline is a record of its own that names the first in `repeats`.
    """
    cues = cues or load_cues()
    inside, repeats = inside_of(attributions), repeats_of(parsed, attributions)
    return [
        Statement(
            article_id=parsed.article_id,
            statement_id=n + 1,
            inside=inside[n],
            repeats=repeats[n],
            **_place(parsed, one),
            **_speaker(one, people),
            **wording(parsed, one, cues),
            **_addressee(parsed, one, people),
            occasion="; ".join(parsed.text[slice(*span)] for span in occasions(one)) or None,
        )
        for n, one in enumerate(attributions)
    ]


def _place(parsed: Parsed, one: Attribution) -> dict[str, object]:
    start = one.content[0][0]
    segment, passage = parsed.segment_at(start), parsed.passage_at(start)
    return {
        "segment_id": segment.segment_id,
        "passage_id": passage.passage_id if passage is not None else None,
        "placement": "body" if segment.kind == "body" else "headline",
    }


def _speaker(one: Attribution, people: People) -> dict[str, object]:
    mention = people.mention_at(one.source_head.idx) if one.source_head is not None else None
    if mention is None:
        return {"speaker_method": "no_source" if one.source is None else "unresolved"}
    actor = people.by_id[mention.actor_id]
    return {
        "speaker_id": actor.actor_id,
        "speaker": actor.name,
        "camp": actor.camp,
        "speaker_method": mention.method,
    }


def _addressee(parsed: Parsed, one: Attribution, people: People) -> dict[str, object]:
    listener = addressee(one)
    if listener is None:
        return {}
    mention = people.mention_at(listener.idx)
    speaker = people.mention_at(one.source_head.idx) if one.source_head is not None else None
    if mention is not None and not (speaker and speaker.actor_id == mention.actor_id):
        return {"addressee": people.by_id[mention.actor_id].name, "addressee_id": mention.actor_id}
    return {"addressee": parsed.text[slice(*syntax.span_of(syntax.noun_phrase(listener)))]}
