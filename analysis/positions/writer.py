"""The writer's own stance: how the words that are credited to nobody paint the actors they mention."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis.language.parsing import Parsed
from analysis.schema import WRITER, spans
from analysis.schema.spans import Span


def writer_stances(
    parsed: Parsed, sentiments: pd.DataFrame, mentions: pd.DataFrame, statements: pd.DataFrame
) -> list[dict[str, object]]:
    """Rows of "stances" in the voice of the writer: one per passage and actor, by the surest of its mentions.

    Left out are the sources of statements: that "US officials accuse Iran" says what the officials
    do, not what the writer thinks of them.
    """
    scored = sentiments[(sentiments.voice_id == WRITER) & sentiments.sentiment.notna()]
    places = mentions.set_index("mention_id")[["start", "end"]].astype(int)
    taken = list(_taken(statements))
    own = [row for row in scored.to_dict("records") if not _is_taken(places.loc[row["mention_id"]], taken)]
    best: dict[tuple[int, str], dict[str, object]] = {}
    for row in sorted(own, key=lambda row: (row["sentiment"] == 0, -row["probability"], row["mention_id"])):
        best.setdefault((row["passage_id"], row["actor_id"]), row)
    return [_row(parsed, row, tuple(places.loc[row["mention_id"]])) for _, row in sorted(best.items())]


def _taken(statements: pd.DataFrame) -> Iterator[Span]:
    """The contents, sources and cues of all statements."""
    for row in statements.itertuples(index=False):
        yield from spans.read(row.content_spans)
        for start, end in ((row.source_start, row.source_end), (row.cue_start, row.cue_end)):
            if not pd.isna(start):
                yield int(start), int(end)


def _is_taken(place: pd.Series, taken: list[Span]) -> bool:
    return any(spans.overlap((int(place["start"]), int(place["end"])), one) for one in taken)


def _row(parsed: Parsed, scored: dict[str, object], mention: Span) -> dict[str, object]:
    text, given = parsed.article.text, spans.read(scored["sentiment_evidence"])
    evidence = given or [(int(mention[0]), int(mention[1]))]
    return {
        "article_id": parsed.article.article_id,
        "passage_id": scored["passage_id"],
        "source_id": WRITER,
        "source": WRITER,
        "target_id": scored["actor_id"],
        "target": scored["actor"],
        "target_camp": scored["camp"],
        "stance": scored["sentiment"],
        "probability": scored["probability"],
        "evidence": spans.write(evidence),
        "evidence_text": spans.words(text, evidence),
        "method": scored["sentiment_method"],
    }
