"""The writer's own stance: how the words that are credited to nobody paint the actors they mention."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.acts.story import Story
from analysis.schema import WRITER, spans
from analysis.schema.records import Mention, Sentiment, Stance, Statement
from analysis.schema.spans import Span


def writer_stances(story: Story, sentiments: Sequence[Sentiment]) -> list[Stance]:
    """Stances in the voice of the writer: one per passage and actor, by the surest of its mentions.

    Left out are the sources of statements: that "US officials accuse Iran" says what the officials
    do, not what the writer thinks of them.
    """
    mentions = {one.mention_id: one for one in story.people.mentions}
    taken = [span for one in story.statements for span in _taken(one)]
    own = [one for one in sentiments if one.voice_id == WRITER and one.sentiment is not None]
    own = [one for one in own if not _is_taken(mentions[one.mention_id], taken)]
    best: dict[tuple[int, str], Sentiment] = {}
    for one in sorted(own, key=lambda one: (one.sentiment == 0, -one.probability, one.mention_id)):
        best.setdefault((one.passage_id, one.actor_id), one)
    return [_stance(story, one, mentions[one.mention_id]) for _, one in sorted(best.items())]


def _taken(one: Statement) -> Iterator[Span]:
    """The contents, the source and the cue of a statement."""
    yield from (*one.content_spans, *filter(None, (one.source_span, one.cue_span)))


def _is_taken(mention: Mention, taken: Sequence[Span]) -> bool:
    return any(spans.overlap((mention.start, mention.end), one) for one in taken)


def _stance(story: Story, scored: Sentiment, mention: Mention) -> Stance:
    evidence = scored.sentiment_evidence or ((mention.start, mention.end),)
    return Stance(
        article_id=scored.article_id,
        passage_id=scored.passage_id,
        source_id=WRITER,
        source=WRITER,
        target_id=scored.actor_id,
        target=scored.actor,
        target_camp=scored.camp,
        stance=scored.sentiment,
        probability=scored.probability,
        evidence=evidence,
        evidence_text=spans.words(story.parsed.text, evidence),
        method=scored.sentiment_method,
    )
