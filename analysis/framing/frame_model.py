"""Frames by a model: linear heads on the vectors of one encoder (``models/READER.md``).

*Generic frames* are coded for an article as a whole, as in the corpus they were learned from (Frermann et al. 2023):
its value is a sum over passages and over words, so that what each of them adds is known exactly.

Exploratory outside their field: they were learned from coverage of climate change in the United States 2017-19.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from analysis.framing.frame_reading import Passage
from analysis.language.models import FOLDER, check_sums, settled
from analysis.positions.evidence import content_words
from analysis.schema.spans import Span

NAME = "frames"
HEADS = f"{NAME}-heads.npz"
VERSION = "frames-3.0"
FRAMES = ("conflict", "resolution", "economic", "human_interest", "morality")
SHARE, WORDS = 0.5, 3
"""Passages are named until they make up this share of what speaks for a frame; so many words of each are shown."""
FINE = 5
"""Digits of what passages and words add to a value, by which they are put in order."""
_WORD = re.compile(r"\w\w+")


@dataclass(frozen=True)
class Heads:
    """What was learned: weights and constants, and what turns values into probabilities and labels."""

    frames: np.ndarray
    words: np.ndarray
    constants: np.ndarray
    centre: np.ndarray
    vocabulary: np.ndarray
    rarity: np.ndarray
    slopes: np.ndarray
    shifts: np.ndarray
    cuts: np.ndarray


@dataclass(frozen=True)
class Framed:
    """The frames of an article: the probability of each, which it gets, and what each passage and its words add.

    `passages` has a row for each passage and a column for each frame; the sum of a column is the value of the article
    above that of an average one. `words` holds for each passage its words and what each adds.
    """

    chances: np.ndarray
    labels: np.ndarray
    passages: np.ndarray
    words: list[tuple[list[Span], np.ndarray]]

    def telling(self, frame: int) -> list[int]:
        """The passages that speak most for a frame, in the order of the text."""
        added = self.passages[:, frame]
        order = [n for n in np.argsort(-added, kind="stable") if added[n] > 0]
        sums = np.cumsum(added[order])
        return sorted(order[: int(np.searchsorted(sums, SHARE * sums[-1])) + 1]) if order else []

    def evidence(self, passage: int, frame: int) -> list[Span]:
        """The words of a passage that add most to a frame, as characters of the passage."""
        spans, added = self.words[passage]
        best = [n for n in np.argsort(-added[:, frame], kind="stable")[:WORDS] if added[n, frame] > 0]
        return sorted(spans[n] for n in best)


@dataclass(frozen=True)
class Coded:
    """A frame of a passage (by its number), the deciding words as its characters, and the probability."""

    scheme: str
    frame: str
    passage: int
    evidence: list[Span]
    chance: float


def coded(texts: Sequence[str], readings: Sequence[Passage]) -> list[Coded]:
    """What is coded for the passages of an article that were read: its frames, where they are made."""
    model, found = heads(), []
    article = framed(texts, readings, model)
    for n, name in enumerate(FRAMES):
        for passage in article.telling(n) if article.labels[n] else ():
            words = article.evidence(passage, n)
            found.append(Coded("generic", name, passage, words, float(article.chances[n])))
    return found


@cache
def heads() -> Heads:
    """The weights of the package."""
    check_sums(NAME)
    with np.load(FOLDER / HEADS, allow_pickle=False) as kept:
        return Heads(**kept)


def word_counts(text: str) -> Counter[str]:
    """The words of a text of two and more letters, in small letters, with their numbers."""
    return Counter(_WORD.findall(text.lower()))


def rarities(counts: Sequence[Counter[str]]) -> tuple[np.ndarray, np.ndarray]:
    """The words that stand in at least two of the texts, and their inverse document frequencies."""
    found = Counter(word for one in counts for word in one)
    words = sorted(word for word, n in found.items() if n > 1)
    return np.array(words), np.log((1 + len(counts)) / (1 + np.array([found[word] for word in words]))) + 1


def weigh_words(counts: Counter[str], vocabulary: np.ndarray, rarity: np.ndarray) -> np.ndarray:
    """The weight of every word of the vocabulary in a text: 1 + log count, times its rarity, of length 1."""
    weights = np.array([1 + np.log(counts[word]) if word in counts else 0.0 for word in vocabulary]) * rarity
    return weights / max(float(np.linalg.norm(weights)), 1e-9)


def framed(texts: Sequence[str], readings: Sequence[Passage], model: Heads) -> Framed:
    """The frames of passages that were read."""
    counts = word_counts("\n".join(texts))
    weights = weigh_words(counts, model.vocabulary, model.rarity)
    known = {word: n for n, word in enumerate(model.vocabulary) if weights[n]}
    added = {word: weights[n] * model.words[:, n] / counts[word] for word, n in known.items()}
    nothing = np.zeros(len(FRAMES))
    share = np.array([sum((added.get(w, nothing) * n for w, n in word_counts(t).items()), nothing) for t in texts])
    vectors = np.stack([one.whole for one in readings]) - model.centre
    passages = settled(share + vectors @ model.frames.T / len(texts), FINE)
    value = passages.sum(axis=0) + model.constants + model.frames @ model.centre
    chances = settled(1 / (1 + np.exp(-(model.slopes * value + model.shifts))))
    words = [_by_word(t, one, added, model, len(texts)) for t, one in zip(texts, readings, strict=True)]
    return Framed(chances, settled(value) > settled(model.cuts), passages, words)


def _by_word(
    text: str, reading: Passage, added: dict[str, np.ndarray], model: Heads, passages: int
) -> tuple[list[Span], np.ndarray]:
    """What each content word of a passage adds to each frame: its pieces' share of the vector, and itself as a word."""
    spans, values = content_words(text), []
    size = max(float(np.linalg.norm(reading.vectors.mean(axis=0))), 1e-9) * len(reading.vectors)
    for start, end in spans:
        vector = reading.vectors[reading.touched((start, end))].sum(axis=0) / size / passages
        own = sum((added[w] for w in _WORD.findall(text[start:end].lower()) if w in added), np.zeros(len(FRAMES)))
        values.append(model.frames @ vector + own)
    return spans, settled(np.array(values), FINE).reshape(len(spans), len(FRAMES))
