"""Tone by TextBlob, a lexicon measure of single words, and sentiment toward each mention by a model.

Polarity runs from -1 to +1, subjectivity from 0 to 1 (TextBlob's pattern lexicon, Loria 2013; De Smedt and
Daelemans 2012). Its validity on news is weak and it is no measure of stance; it stands beside the stances so that
the two can be compared. Where TextBlob knows none of the words, nothing was measured and the cell is missing.

Sentiment is how the sentence paints the mentioned actor, whoever speaks: -1 negative, 0 neutral, +1 positive, learned
from coded news (Hamborg and Donnay 2021; see :mod:`analysis.positions.stance_model`). Two measures, two columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.metadata import version
from statistics import fmean

from spacy.tokens import Token

from analysis.acts.story import Story
from analysis.language.document import Parsed
from analysis.positions.questions import Answer, about_mention, answer, with_evidence
from analysis.schema import spans
from analysis.schema.records import Mention, Passage, Sentiment
from analysis.schema.spans import Span

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
    from textblob import TextBlob

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


def tones_of(story: Story) -> list[Passage]:
    """Tone of every sentence of headline and body; `attributed` is the share of its letters that is credited."""
    parsed, text = story.parsed, story.parsed.text
    credited = bytearray(len(text))
    for start, end in (piece for one in story.statements for piece in one.content_spans):
        credited[start:end] = b"\1" * (end - start)
    return [
        Passage(
            article_id=parsed.article_id,
            passage_id=one.passage_id,
            segment_id=one.segment_id,
            placement=one.placement,
            start=one.start,
            end=one.end,
            text=text[one.start : one.end],
            words=sum(any(map(str.isalnum, word)) for word in text[one.start : one.end].split()),
            attributed=_share(text, (one.start, one.end), credited),
            method=lexicon(),
            **_measured(text, assess(text, one.start, one.end)),
        )
        for one in parsed.passages
    ]


OF_HIMSELF = "quoted_speaker"
"""The rule that links "I" in a quotation to whoever is quoted."""


def sentiments_of(story: Story, *, learned: bool, evidence: bool = True) -> list[Sentiment]:
    """Tone around every mention of an actor and the sentiment toward it.

    Tone is the mean of TextBlob's assessments of up to ten words on each side within the sentence, the mention
    itself left out: the name of a ministry is not what is said about it. The voice is the speaker of the innermost
    statement that holds the mention, or the writer. Pronouns count; mentions outside passages (datelines, repeated
    headlines) and "I" in a quotation do not. `sentiment` with its probability and evidence is the model's, missing
    where it is not asked (not `learned`); without `evidence` the words that moved the model are not looked for.
    """
    asked = (one for one in story.people.linked if one.method != OF_HIMSELF)
    placed = [(one, story.parsed.passage_at(one.start)) for one in asked]
    told = [(mention, passage.passage_id) for mention, passage in placed if passage is not None]
    found = [_tone(story, mention, number) for mention, number in told]
    if not learned:
        return found
    questions = [about_mention(story.parsed, (mention.start, mention.end)) for mention, _ in told]
    answers = answer(story.parsed, questions)
    answers = with_evidence(story.parsed, questions, answers) if evidence else answers
    return [_with_answer(story.parsed, one, answer) for one, answer in zip(found, answers, strict=True)]


def _tone(story: Story, mention: Mention, passage: int) -> Sentiment:
    parsed, actor = story.parsed, story.people.by_id[mention.actor_id]
    place = parsed.passages[passage - 1]
    around = _around(parsed, (mention.start, mention.end))
    assessed = assess(parsed.text, place.start, place.end)
    near = [one for one in assessed if one.places and spans.within(one.places[0], around)]
    return Sentiment(
        article_id=parsed.article_id,
        mention_id=mention.mention_id,
        actor_id=actor.actor_id,
        actor=actor.name,
        camp=actor.camp,
        passage_id=passage,
        method=lexicon(),
        **vars(story.voices.at(mention.start)),
        **_measured(parsed.text, near),
    )


def _with_answer(parsed: Parsed, one: Sentiment, answer: Answer) -> Sentiment:
    return replace(
        one,
        sentiment=answer.label,
        sentiment_score=round(answer.score, 4),
        probability=round(answer.probability, 4),
        sentiment_evidence=answer.evidence,
        sentiment_evidence_text=spans.words(parsed.text, answer.evidence) or None,
        sentiment_method=answer.model,
    )


def _around(parsed: Parsed, mention: Span) -> list[Span]:
    """The words before and after a mention in its sentence, as spans."""
    words = parsed.words(mention)
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
        "evidence": tuple(evidence),
        "evidence_text": spans.words(text, evidence),
    }


def _share(text: str, place: Span, credited: bytearray) -> float:
    """The share of the letters of a place that are credited to somebody."""
    letters = [i for i in range(*place) if text[i].isalnum()]
    return round(sum(credited[i] for i in letters) / len(letters), 4) if letters else 0.0
