"""The model of stance and sentiment: probabilities for questions about what was read (see ``models/READER.md``).

Four questions are put to one reading: how does a sentence paint a target (negative, neutral, positive); how do two
actors stand to each other in it; is the speaker of a statement against a target, neither, or for it; does a sentence
tell that one actor is against another, neither, or for it. Nothing is loaded before the first question.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache

import numpy as np

from analysis.language.encoder import Reading, read, windows
from analysis.language.models import FOLDER, load_session, load_tokenizer, of_like_length, settled, softmax
from analysis.positions.asking import PAIR, SENTIMENT, SIDE, TOLD, Place, Question, arrays, mentions, places_of
from analysis.schema.spans import Span

NAME = "asker"
SWAPPED = [0, 2, 1, 4, 3]
"""The labels of :func:`pairs` when source and target change places."""
OUTPUTS = ("sentiment", "pair", "side", "told")


@dataclass(frozen=True)
class Marked:
    """A sentence by itself with the characters of the target and, where stance is asked, of the source.

    `names` are the stand-ins of its persons (:mod:`analysis.language.stand_ins`).
    """

    text: str
    target: Span
    source: Span | None = None
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Settings:
    """What turns the answers of the reader into probabilities and labels; fitted on dev rows."""

    version: str
    sentiment_temperature: float
    pair_temperature: float
    pair_for: float
    pair_against: float
    lean: float
    side_temperature: float
    side_for: float
    side_against: float
    side_cut: float
    meant_cut: float
    told_temperature: float
    told_for: float
    told_against: float
    told_cut: float


@cache
def settings() -> Settings:
    """The settings that belong to the weights."""
    return Settings(**json.loads((FOLDER / f"{NAME}.json").read_text(encoding="utf-8")))


def write_settings(new: Settings) -> None:
    """Keep the settings beside the weights."""
    text = json.dumps({name: round(v, 4) if isinstance(v, float) else v for name, v in asdict(new).items()}, indent=1)
    (FOLDER / f"{NAME}.json").write_text(text + "\n", encoding="utf-8")


def alone(passages: Sequence[Marked]) -> tuple[Reading, list[Question]]:
    """Sentences that belong to no article, read each by itself, with a question about each."""
    tokenizer = load_tokenizer()
    parts, questions = [], []
    for one in passages:
        own = windows(one.text, [(0, len(one.text))], tokenizer, names=one.names)
        target, source = (places_of(own, [span] if span else []) for span in (one.target, one.source))
        n = target[0].window if target else 0
        moved = [tuple(Place(p.window + len(parts), p.start, p.end) for p in some) for some in (target, source)]
        passage = Place(n + len(parts), 1, len(own[n].ids) - 1)
        questions.append(Question(SENTIMENT if one.source is None else PAIR, passage, *moved))
        parts += own
    return read(parts), questions


def sentiments(passages: Sequence[Marked]) -> np.ndarray:
    """One row a sentence: the probabilities that it paints its target negative, neutral, positive."""
    return chances(*alone(passages))


def pairs(passages: Sequence[Marked]) -> np.ndarray:
    """One row a sentence: neither, source for target, the reverse, source against target, the reverse."""
    return chances(*alone(passages))


def toward(pairs_: np.ndarray) -> np.ndarray:
    """What :func:`pairs` says of the source alone: against, neither, for."""
    return np.stack([pairs_[:, 3], pairs_[:, [0, 2, 4]].sum(1), pairs_[:, 1]], axis=1)


def decided(pairs_: np.ndarray, lean: float) -> np.ndarray:
    """The label of each row of :func:`pairs`: the most probable, leaning by `lean` to those that are rarer in news.

    0 takes the most probable one; 1 weighs each by how rare it is. Where most pairs are neutral, the most probable
    label misses many stances, and the macro-F1 by which coders are compared counts every label alike.
    """
    return settled(np.log(pairs_ + 1e-12) - lean * np.log(PRIOR), 6).argmax(1)


def sided(chances_: np.ndarray, cut: float) -> np.ndarray:
    """The side of each row of chances against, neither, for: the likelier one if it has at least `cut`, else 0.

    The cut lies below one half, as most speakers take no side and all three labels are compared alike.
    """
    side = np.where(chances_[:, 2] > chances_[:, 0], 1, -1)
    return np.where(np.maximum(chances_[:, 0], chances_[:, 2]) >= cut, side, 0)


PRIOR = np.array([0.70, 0.0625, 0.0625, 0.0875, 0.0875])
"""About how often the labels of :func:`pairs` occur in DSE, both directions alike."""


def chances(reading: Reading, questions: Sequence[Question], hidden: Sequence[Sequence[Span]] = ()) -> np.ndarray:
    """The probabilities of the answers to questions of one kind, one row each; `hidden` as in :func:`answers`."""
    return chances_of(answers(reading, questions, hidden), questions[0].kind)


def chances_of(logits: np.ndarray, kind: int) -> np.ndarray:
    """Logits as probabilities."""
    kept = settings()
    if kind == SENTIMENT:
        return settled(softmax(logits / kept.sentiment_temperature))
    if kind == SIDE:
        return settled(softmax(logits / kept.side_temperature + [kept.side_against, 0.0, kept.side_for]))
    if kind == TOLD:
        return settled(softmax(logits / kept.told_temperature + [kept.told_against, 0.0, kept.told_for]))
    sides = np.array([0.0, kept.pair_for, kept.pair_for, kept.pair_against, kept.pair_against])
    return settled(softmax(logits / kept.pair_temperature + sides))


def answers(reading: Reading, questions: Sequence[Question], hidden: Sequence[Sequence[Span]] = ()) -> np.ndarray:
    """The logits of questions of one kind, one row each; a pair is asked in both directions.

    `hidden` gives for each question the pieces of its window that the small reader is not shown.
    """
    hidden = hidden or [()] * len(questions)
    found = _asked(reading, questions, hidden)
    if questions[0].kind != PAIR:
        return found
    return (found + _asked(reading, [one.swapped() for one in questions], hidden)[:, SWAPPED]) / 2


def _asked(reading: Reading, questions: Sequence[Question], hidden: Sequence[Sequence[Span]]) -> np.ndarray:
    """The logits, passages of like length answered together."""
    actors = dict.fromkeys(places for one in questions for places in (one.target, one.source))
    known = dict(zip(actors, _means(reading, list(actors)), strict=True))
    output, session = OUTPUTS[questions[0].kind], load_session(NAME)
    rows: list[np.ndarray] = [np.zeros(0)] * len(questions)
    for part in of_like_length([one.passage.end - one.passage.start for one in questions]):
        some = [questions[n] for n in part]
        given = arrays(some, reading.starts)
        numbers, there = given.pop("rows"), given["there"]
        for row, n in enumerate(part):
            for start, end in hidden[n]:
                there[row, max(start - questions[n].passage.start, 0) : max(end - questions[n].passage.start, 0)] = 0
        shown = there[..., None].astype(np.float32)
        whole = (reading.vectors[numbers] * shown).sum(1) / np.maximum(shown.sum(1), 1)
        given["means"] = np.stack([whole, *(np.stack(one) for one in _both(some, known))], axis=1)
        given["pieces"] = reading.narrow[numbers]
        for n, row in zip(part, session.run([output], given)[0], strict=True):
            rows[n] = row
    return np.stack(rows)


def _both(questions: Sequence[Question], known: dict[tuple[Place, ...], np.ndarray]) -> Iterator[list[np.ndarray]]:
    yield [known[one.target] for one in questions]
    yield [known[one.source] for one in questions]


def _means(reading: Reading, actors: Sequence[tuple[Place, ...]]) -> np.ndarray:
    """The mean of the mentions of each actor; 0 without any."""
    found = np.zeros((len(actors), reading.vectors.shape[1]), dtype=np.float32)
    counts = np.zeros(len(actors), dtype=np.float32)
    for n, start, end in mentions(actors, reading.starts):
        found[n] += reading.vectors[start:end].mean(0)
        counts[n] += 1
    return found / np.maximum(counts, 1)[:, None]
