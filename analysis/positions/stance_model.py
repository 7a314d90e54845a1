"""The model of stance and sentiment: probabilities for a marked passage (see ``models/STANCE.md``).

Two questions, one encoder: how does the passage paint the target (negative, neutral, positive), and which position
does the source take toward the target in it (against, neither, for). Nothing is loaded before the first question.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache

import numpy as np
from onnxruntime import InferenceSession

from analysis.language.models import FOLDER, load_session, load_tokenizer, of_like_length, settled, softmax
from analysis.positions.marking import Marked, batch, encode

NAME, VOCABULARY = "stance", "stance-vocab.txt"
SWAPPED = [0, 2, 1, 4, 3]
"""The labels of :func:`pairs` when source and target change places."""


@dataclass(frozen=True)
class Settings:
    """What turns the answers of the encoder into probabilities and labels; fitted on dev rows."""

    version: str
    sentiment_temperature: float
    stance_temperature: float
    stance_for: float
    stance_against: float
    lean: float


@cache
def settings() -> Settings:
    """The settings that belong to the weights."""
    return Settings(**json.loads((FOLDER / f"{NAME}.json").read_text(encoding="utf-8")))


def write_settings(new: Settings) -> None:
    """Keep the settings beside the weights."""
    text = json.dumps({name: round(v, 4) if isinstance(v, float) else v for name, v in asdict(new).items()}, indent=1)
    (FOLDER / f"{NAME}.json").write_text(text + "\n", encoding="utf-8")


def sentiments(passages: Sequence[Marked], *, quick: bool = False) -> np.ndarray:
    """One row a passage: the probabilities that it paints its target negative, neutral, positive.

    `quick` asks only one of the encoders that the model joins, for comparing many versions of a passage.
    """
    logits = answers(load_session(NAME), passages, "sentiment", quick=quick)
    return settled(softmax(logits / settings().sentiment_temperature))


def pairs(passages: Sequence[Marked], *, quick: bool = False) -> np.ndarray:
    """One row a passage: neither, source for target, the reverse, source against target, the reverse."""
    return chances_of(answers(load_session(NAME), passages, "stance", quick=quick))


def chances_of(logits: np.ndarray) -> np.ndarray:
    """The logits of pairs as probabilities."""
    kept = settings()
    sides = np.array([0.0, kept.stance_for, kept.stance_for, kept.stance_against, kept.stance_against])
    return settled(softmax(logits / kept.stance_temperature + sides))


def stances(passages: Sequence[Marked], *, quick: bool = False) -> np.ndarray:
    """One row a passage: the probabilities that its source is against, neither, for its target."""
    return toward(pairs(passages, quick=quick))


def toward(chances: np.ndarray) -> np.ndarray:
    """What :func:`pairs` says of the source alone: against, neither, for."""
    return np.stack([chances[:, 3], chances[:, [0, 2, 4]].sum(1), chances[:, 1]], axis=1)


def decided(chances: np.ndarray, lean: float) -> np.ndarray:
    """The label of each row of :func:`pairs`: the most probable, leaning by `lean` to those that are rarer in news.

    0 takes the most probable one; 1 weighs each by how rare it is. Where most pairs are neutral, the most probable
    label misses many stances, and the macro-F1 by which coders are compared counts every label alike.
    """
    return settled(np.log(chances + 1e-12) - lean * np.log(PRIOR), 6).argmax(1)


PRIOR = np.array([0.70, 0.0625, 0.0625, 0.0875, 0.0875])
"""About how often the labels of :func:`pairs` occur in DSE, both directions alike."""


def answers(session: InferenceSession, passages: Sequence[Marked], task: str, *, quick: bool = False) -> np.ndarray:
    """The logits of a task for many passages, in their order; a pair is asked in both directions unless `quick`."""
    if quick:
        return _asked(session, passages, f"{task}_quick")
    if task == "stance":
        ahead = _asked(session, passages, task)
        back = _asked(session, [one.swapped() for one in passages], task)
        return (ahead + back[:, SWAPPED]) / 2
    return _asked(session, passages, task)


def _asked(session: InferenceSession, passages: Sequence[Marked], output: str) -> np.ndarray:
    """The logits, passages of like length answered together."""
    tokenizer = load_tokenizer(VOCABULARY)
    encoded = [encode(tokenizer, one) for one in passages]
    rows = np.zeros((len(encoded), 5 if output.startswith("stance") else 3), dtype=np.float64)
    for part in of_like_length([len(one.ids) for one in encoded]):
        (rows[part],) = session.run([output], batch([encoded[n] for n in part]))
    return rows
