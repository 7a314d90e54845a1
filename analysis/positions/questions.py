"""Questions to the model: the passage of an article in which a source or the writer is asked about a target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from spacy.tokens import Token

from analysis.language.document import Parsed
from analysis.positions import stance_model
from analysis.positions.evidence import Judge, weigh
from analysis.positions.marking import Marked
from analysis.positions.stance_rules import Case, Target
from analysis.schema.spans import Span, merge

SENTENCES = 3
"""In so many sentences of a statement a target is asked about; the surest answer for or against counts."""


@dataclass(frozen=True)
class Question:
    """A marked passage, where its characters stand in the article, and up to where they are not the article's."""

    passage: Marked
    shift: int
    lead: int = 0

    def in_article(self, spans: Sequence[Span]) -> list[Span]:
        """The spans of the passage as characters of the article; those of a lead are none of its words."""
        return merge((start + self.shift, end + self.shift) for start, end in spans if start >= self.lead)


@dataclass(frozen=True)
class Answer:
    """A label of -1, 0 or 1, the probabilities of all three, the characters that moved it most, and the model."""

    label: int
    chances: tuple[float, float, float]
    evidence: tuple[Span, ...]
    model: str

    @property
    def probability(self) -> float:
        """The probability of the label."""
        return self.of(self.label)

    def of(self, label: int) -> float:
        """The probability of any of the labels."""
        return self.chances[label + 1]


def about_mention(parsed: Parsed, mention: Span) -> Question:
    """How the sentence paints the actor of a mention."""
    sentence = parsed.words(mention).sent
    return Question(Marked(sentence.text, _within(mention, sentence.start_char)), sentence.start_char)


def about_target(case: Case, target: Target) -> list[Question]:
    """Where the speaker stands toward the target, in each sentence of the statement that names the target.

    A source in another sentence ("he went on", a quotation over two paragraphs) is put before it with a colon, so
    that source and target are marked whatever the distance.
    """
    first: dict[int, list[Token]] = {}
    for token in target.tokens:
        first.setdefault(token.sent.start, []).append(token)
    return [_question(case, tokens) for tokens in list(first.values())[:SENTENCES]]


def _question(case: Case, tokens: list[Token]) -> Question:
    sentence, said_by = tokens[0].sent, case.statement.source_span
    start, end = sentence.start_char, sentence.end_char
    run = [token for n, token in enumerate(tokens) if token.i == tokens[0].i + n]
    named = _within((run[0].idx, run[-1].idx + len(run[-1])), start)
    if said_by is not None and start <= said_by[0] < end:
        source = _within(said_by, start)
        return Question(Marked(sentence.text, named, source), start)
    lead = f"{case.speaker.name} said: "
    spoken = (0, len(case.speaker.name))
    target = (named[0] + len(lead), named[1] + len(lead))
    return Question(Marked(lead + sentence.text, target, spoken), start - len(lead), len(lead))


def _within(span: Span, start: int) -> Span:
    return int(span[0]) - start, int(span[1]) - start


def answer_sentiment(questions: Sequence[Question]) -> list[Answer]:
    """How each passage paints its target: -1 negative, 0 neutral, +1 positive."""
    chances = stance_model.sentiments([one.passage for one in questions]) if questions else np.zeros((0, 3))
    return _answers(chances, chances.argmax(1))


def answer_stance(questions: Sequence[Question]) -> list[Answer]:
    """Where each source stands toward its target: -1 against, 0 neither, +1 for."""
    if not questions:
        return []
    pairs = stance_model.pairs([one.passage for one in questions])
    labels = stance_model.decided(pairs, stance_model.settings().lean)
    return _answers(stance_model.toward(pairs), np.array([1, 2, 1, 0, 1])[labels])


def _answers(chances: np.ndarray, columns: np.ndarray) -> list[Answer]:
    model = stance_model.settings().version
    return [Answer(int(c) - 1, tuple(map(float, row)), (), model) for row, c in zip(chances, columns, strict=True)]


def sentiment_evidence(questions: Sequence[Question], answers: Sequence[Answer]) -> list[Answer]:
    """The answers with the words that moved the model of sentiment."""
    return _moved(questions, answers, partial(stance_model.sentiments, quick=True))


def stance_evidence(questions: Sequence[Question], answers: Sequence[Answer]) -> list[Answer]:
    """The answers with the words that moved the model of stance."""
    return _moved(questions, answers, partial(stance_model.stances, quick=True))


def _moved(questions: Sequence[Question], answers: Sequence[Answer], judge: Judge) -> list[Answer]:
    """The answers with their evidence; none for a label of 0, as no word makes a passage neutral."""
    told = [n for n, answer in enumerate(answers) if answer.label != 0]
    words = weigh([questions[n].passage for n in told], [answers[n].label + 1 for n in told], judge)
    found = dict(zip(told, words, strict=True))
    return [
        replace(answer, evidence=tuple(questions[n].in_article(found.get(n, [])))) for n, answer in enumerate(answers)
    ]
