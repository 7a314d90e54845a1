"""Tone by TextBlob, a lexicon measure of single words, and sentiment toward each mention by a model.

Polarity runs from -1 to +1, subjectivity from 0 to 1 (TextBlob's pattern lexicon, Loria 2013; De Smedt and
Daelemans 2012). Its validity on news is weak and it is no measure of stance; it stands beside the stances so that
the two can be compared. Where TextBlob knows none of the words, nothing was measured and the cell is missing.

Sentiment is how the sentence paints the mentioned actor, whoever speaks: -1 negative, 0 neutral, +1 positive, learned
from coded news (Hamborg and Donnay 2021; see :mod:`analysis.positions.stance_model`). Two measures, two columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.metadata import version
from statistics import fmean

import pandas as pd
from spacy.tokens import Token
from textblob import TextBlob

from analysis import schema
from analysis.language.parsing import Parsed
from analysis.language.passages import passages_of
from analysis.positions.questions import about_mention, answer_sentiment
from analysis.positions.stance_model import AUTO, uses_model
from analysis.schema import spans
from analysis.schema.spans import Span
from analysis.statements.voices import Voices

_WINDOW = 10
"""Words on each side of a mention that count as the language around it, within its sentence."""


@dataclass(frozen=True)
class Assessment:
    """What TextBlob says of one word or chunk ("not very good"), and where its words stand in the article."""

    places: tuple[Span, ...]
    polarity: float
    subjectivity: float


@lru_cache(maxsize=1_000)
def assess(text: str, start: int, end: int) -> tuple[Assessment, ...]:
    """TextBlob's assessments of the passage ``text[start:end]``, in order; none if it knows no word of it."""
    found, position, low = [], 0, text[start:end].lower()
    for words, polarity, subjectivity, _ in TextBlob(low).sentiment_assessments.assessments:
        places = []
        for word in words:
            at = low.find(word.lower(), position)
            if at >= 0:
                places.append((start + at, start + at + len(word)))
                position = at + len(word)
        found.append(Assessment(tuple(places), polarity, subjectivity))
    return tuple(found)


@cache
def lexicon() -> str:
    """Name and version of the measure."""
    return f"textblob-{version('textblob')}"


def score_tone(parsed: Parsed, statements: pd.DataFrame) -> pd.DataFrame:
    """Tone of every sentence of headline and body, as the table "passages".

    `attributed` is the share of the sentence's letters that are credited to somebody.
    """
    text = parsed.article.text
    credited = {i for cell in statements.content_spans for piece in spans.read(cell) for i in range(*piece)}
    rows = []
    for one in passages_of(parsed):
        words = text[one.start : one.end]
        row = {
            "article_id": parsed.article.article_id,
            "passage_id": one.passage_id,
            "segment_id": one.segment_id,
            "placement": one.placement,
            "start": one.start,
            "end": one.end,
            "text": words,
            "words": sum(any(map(str.isalnum, word)) for word in words.split()),
            "attributed": _share(text, (one.start, one.end), credited),
            "method": lexicon(),
        }
        rows.append(row | _measured(text, assess(text, one.start, one.end)))
    return schema.tabulate("passages", rows)


def score_sentiment(
    parsed: Parsed,
    mentions: pd.DataFrame,
    actors: pd.DataFrame,
    statements: pd.DataFrame,
    passages: pd.DataFrame,
    *,
    method: str = AUTO,
    evidence: bool = True,
) -> pd.DataFrame:
    """Tone around every mention of an actor and the sentiment toward it, as the table "sentiments".

    Tone is the mean of TextBlob's assessments of up to ten words on each side within the sentence, the mention
    itself left out: the name of a ministry is not what is said about it. The voice is the speaker of the innermost
    statement that holds the mention, or the writer. Pronouns count; mentions outside passages (datelines, repeated
    headlines) do not. `sentiment` with its probability and evidence is the model's, missing under `method` "rules";
    without `evidence` the words that moved the model are not looked for.
    """
    voices = Voices(statements)
    named = dict(zip(actors.actor_id, zip(actors.name, actors.camp, strict=True), strict=True))
    text = parsed.article.text
    limits = list(passages[["start", "end", "passage_id"]].itertuples(index=False, name=None))
    assessed = {number: assess(text, start, end) for start, end, number in limits}
    rows, asked = [], []
    for mention in mentions[mentions.actor_id.notna()].itertuples(index=False):
        passage = next((number for start, end, number in limits if start <= mention.start < end), None)
        if passage is None:
            continue
        around = _around(parsed, (mention.start, mention.end))
        near = [one for one in assessed[passage] if one.places and spans.within(one.places[0], around)]
        row = {
            "article_id": parsed.article.article_id,
            "mention_id": mention.mention_id,
            "actor_id": mention.actor_id,
            "actor": named[mention.actor_id][0],
            "camp": named[mention.actor_id][1],
            "passage_id": passage,
            "method": lexicon(),
        }
        rows.append(row | voices.at(mention.start) | _measured(text, near))
        asked.append((mention.start, mention.end))
    if uses_model(method):
        rows = [row | more for row, more in zip(rows, _learned(parsed, asked, evidence), strict=True)]
    return schema.tabulate("sentiments", rows)


def _learned(parsed: Parsed, mentions: Sequence[Span], evidence: bool) -> list[dict[str, object]]:
    """The model's cells for each mention."""
    text = parsed.article.text
    return [
        {
            "sentiment": one.label,
            "sentiment_score": round(one.of(1) - one.of(-1), 4),
            "probability": round(one.probability, 4),
            "sentiment_evidence": spans.write(one.evidence),
            "sentiment_evidence_text": spans.words(text, one.evidence),
            "sentiment_method": one.model,
        }
        for one in answer_sentiment([about_mention(parsed, mention) for mention in mentions], evidence=evidence)
    ]


def _around(parsed: Parsed, mention: Span) -> list[Span]:
    """The words before and after a mention in its sentence, as spans."""
    words = parsed.doc.char_span(*mention, alignment_mode="expand")
    sentence = words.sent
    before = [token for token in parsed.doc[sentence.start : words.start] if not token.is_space][-_WINDOW:]
    after = [token for token in parsed.doc[words.end : sentence.end] if not token.is_space][:_WINDOW]
    return [_span(part) for part in (before, after) if part]


def _span(tokens: Sequence[Token]) -> Span:
    return tokens[0].idx, tokens[-1].idx + len(tokens[-1])


def _measured(text: str, assessments: Sequence[Assessment]) -> dict[str, object]:
    """Polarity and subjectivity, the means of the assessments as TextBlob takes them, and their words."""
    if not assessments:
        return {}
    evidence = spans.merge(place for one in assessments for place in one.places)
    return {
        "polarity": round(fmean(one.polarity for one in assessments), 4),
        "subjectivity": round(fmean(one.subjectivity for one in assessments), 4),
        "evidence": spans.write(evidence),
        "evidence_text": spans.words(text, evidence),
    }


def _share(text: str, place: Span, credited: set[int]) -> float:
    """The share of the letters of a place that are credited to somebody."""
    letters = [i for i in range(*place) if text[i].isalnum()]
    return round(len(credited.intersection(letters)) / len(letters), 4) if letters else 0.0
