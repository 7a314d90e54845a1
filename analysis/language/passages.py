"""Passages: the sentences of an article's headline and body, numbered in the order of the text."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.language.parsing import Parsed


@dataclass(frozen=True)
class Passage:
    """One sentence: its number, its segment, where it stands ("headline" or "body"), its characters."""

    passage_id: int
    segment_id: int
    placement: str
    start: int
    end: int


def passages_of(parsed: Parsed) -> list[Passage]:
    """The passages of an article. Repeated headlines, datelines, bylines and boilerplate are none."""
    found: list[Passage] = []
    for segment in parsed.article.segments:
        if segment.kind not in ("headline", "body"):
            continue
        span = parsed.doc.char_span(segment.start, segment.end, alignment_mode="expand")
        for sentence in span.sents if span is not None else ():
            start, end = max(sentence.start_char, segment.start), min(sentence.end_char, segment.end)
            words = parsed.article.text[start:end]
            start, end = start + len(words) - len(words.lstrip()), start + len(words.rstrip())
            if any(map(str.isalnum, words)):
                found.append(Passage(len(found) + 1, segment.segment_id, segment.kind, start, end))
    return found


def passage_at(passages: list[Passage], place: int) -> int | None:
    """The number of the passage that holds a character, None in a repeated headline or between passages."""
    return next((one.passage_id for one in passages if one.start <= place < one.end), None)
