"""Questions to the model: which passage of an article is asked about, with which source and target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from analysis.acts.story import Story
from analysis.language.document import Parsed
from analysis.positions import stance_model
from analysis.positions.asking import SENTIMENT, SIDE, TOLD, Place, Question, passage_of, places_of
from analysis.positions.evidence import content_words, evidence
from analysis.positions.stance_rules import Case
from analysis.schema.spans import Span, merge, overlap


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

    @property
    def score(self) -> float:
        """The probability of for less that of against."""
        return self.of(1) - self.of(-1)

    def of(self, label: int) -> float:
        """The probability of any of the labels."""
        return self.chances[label + 1]


def about_mention(parsed: Parsed, mention: Span) -> Question | None:
    """How the sentence paints the actor of a mention; None for a mention that was not read."""
    windows, place = parsed.reading.windows, parsed.passage_at(mention[0])
    target = places_of(windows, [mention])
    passage = None if place is None else passage_of(windows, [(place.start, place.end)], [mention], target)
    return None if passage is None or not target else Question(SENTIMENT, passage, target)


def about_side(case: Case, target: str, places: Mapping[str, tuple[Place, ...]]) -> Question | None:
    """On whose side the speaker of a statement is: for the target (the id of an actor), against it, or neither.

    What is asked about are the sentences of the statement. Speaker and target are what was read of them anywhere in
    the article (`places`, of :func:`places_of_actors`), so that a target can be asked about who is only meant.
    """
    parsed, statement = case.story.parsed, case.statement
    windows, mentions = parsed.reading.windows, places.get(target, ())
    asked = [span for span in (*statement.content_spans, statement.source_span, statement.cue_span) if span]
    passage = passage_of(windows, parsed.sentences, asked, mentions)
    if passage is None or not mentions:
        return None
    pieces = (windows[passage.window].pieces(one) for one in statement.content_spans)
    source = places.get(case.speaker.actor_id, ())
    return Question(SIDE, passage, mentions, source, tuple(one for one in pieces if one[1]))


def places_of_actors(story: Story) -> dict[str, tuple[Place, ...]]:
    """Actor -> the pieces of his mentions."""
    windows = story.parsed.reading.windows
    return {one: places_of(windows, spans) for one, spans in story.people.spans.items()}


def answer(parsed: Parsed, questions: Sequence[Question | None]) -> list[Answer]:
    """What the model says to questions of one kind; what was not read is neutral by no probability."""
    asked = [one for one in questions if one is not None]
    kept = stance_model.settings()
    nothing = Answer(0, (0.0, 1.0, 0.0), (), kept.version)
    if not asked:
        return [nothing] * len(questions)
    rows = stance_model.chances(parsed.reading, asked)
    cut = {SIDE: kept.side_cut, TOLD: kept.told_cut}.get(asked[0].kind)
    labels = rows.argmax(1) - 1 if cut is None else stance_model.sided(rows, cut)
    told = (
        Answer(int(label), tuple(map(float, row)), (), kept.version) for label, row in zip(labels, rows, strict=True)
    )
    return [nothing if one is None else next(told) for one in questions]


def with_evidence(parsed: Parsed, questions: Sequence[Question | None], answers: Sequence[Answer]) -> list[Answer]:
    """The answers with the words that moved the model; none for a label of 0, as no word makes a passage neutral."""
    told = [n for n, one in enumerate(answers) if one.label != 0 and questions[n] is not None]
    if not told:
        return list(answers)
    asked, chances = [questions[n] for n in told], np.array([answers[n].chances for n in told])
    words = [_words_of(parsed, one) for one in asked]
    labels = [answers[n].label + 1 for n in told]
    found = dict(zip(told, evidence(parsed.reading, asked, words, chances, labels), strict=True))
    return [replace(one, evidence=tuple(merge(found.get(n, ())))) for n, one in enumerate(answers)]


def _words_of(parsed: Parsed, question: Question) -> list[Span]:
    """The words of a passage that may be evidence: not those of source and target, nor such as "the" and "of"."""
    window, passage = parsed.reading.windows[question.passage.window], question.passage
    start, end = window.offsets[passage.start][0], window.offsets[passage.end - 1][1]
    here = [one for one in (*question.target, *question.source) if one.window == passage.window]
    taken = [(window.offsets[one.start][0], window.offsets[one.end - 1][1]) for one in here]
    found = [(a + start, b + start) for a, b in content_words(parsed.text[start:end])]
    return [span for span in found if not any(overlap(span, one) for one in taken)]
