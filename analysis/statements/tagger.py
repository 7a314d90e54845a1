"""Statements by the learned tagger: which words are a cue, and which words are its source and its content."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from analysis.language import models
from analysis.language.models import settled, softmax
from analysis.language.stand_ins import stand_ins_of
from analysis.statements import features
from analysis.statements.features import Stretch

POSSIBLE = 0.42
"""A word begins a possible cue from this probability on; below it no parts could make the cue likely enough."""


@dataclass(frozen=True)
class Tagged:
    """A cue with its parts, as token positions in a stretch.

    `source` and `content` hold for each token the probability of belonging to that part; `probability` is the
    geometric mean of those that a cue begins there and that it is one, seen with its parts.
    """

    start: int
    end: int
    probability: float
    source: np.ndarray
    content: np.ndarray


class Network(Protocol):
    """The two halves of the tagger: :func:`read` finds cues, :func:`link` the parts of each."""

    def read(self, inputs: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]: ...

    def link(self, inputs: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]: ...


class Onnx:
    """The tagger as it is shipped, run by onnxruntime."""

    def __init__(self) -> None:
        self._reader = models.load_session("statements_reader")
        self._linker = models.load_session("statements_linker")

    def read(self, inputs: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
        vectors, marks = self._reader.run(None, inputs)
        return vectors, marks

    def link(self, inputs: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
        parts, true = self._linker.run(None, inputs)
        return parts, true


def tag(stretches: Sequence[Stretch], network: Network, tokenizer: object) -> list[list[Tagged]]:
    """The cues of each stretch with their parts, in the order of the text; those of like length are read together."""
    coded = [features.pieces_of(*features.words_of(one), tokenizer, stand_ins_of(one.doc)) for one in stretches]
    described = [features.of_tokens(one) for one in stretches]
    found: dict[int, list[Tagged]] = {}
    for part in models.of_like_length([len(ids) for ids, _ in coded]):
        ids, tokens = models.padded([coded[n][0] for n in part]), _below([described[n] for n in part])
        real = models.padded([[1] * len(described[n]) for n in part])
        first = models.padded([coded[n][1] for n in part])
        mask = (ids != 0).astype(np.int64)
        given = {"words": models.load_words()[ids], "mask": mask, "first": first, "tokens": tokens, "real": real}
        vectors, marks = network.read(given)
        for row, n in enumerate(part):
            length = len(described[n])
            cues = list(_cues(settled(softmax(marks[row, :length]))))
            found[n] = (
                list(_with_parts(stretches[n], cues, described[n], vectors[row, :length], network)) if cues else []
            )
    return [found[n] for n in range(len(stretches))]


def _below(rows: Sequence[np.ndarray]) -> np.ndarray:
    """Tables of equal width one behind the other, made equally long with zeros."""
    found = np.zeros((len(rows), max(map(len, rows)), rows[0].shape[1]), dtype=np.int64)
    for table, one in zip(found, rows, strict=True):
        table[: len(one)] = one
    return found


def _cues(chances: np.ndarray) -> Iterator[tuple[int, int, float]]:
    """Where a cue may begin and how far it then goes, with the probability that it begins there."""
    for start in np.flatnonzero(chances[:, 1] >= POSSIBLE):
        end = int(start) + 1
        while end < len(chances) and chances[end, 2] > max(chances[end, 0], chances[end, 1]):
            end += 1
        yield int(start), end, float(chances[start, 1])


def _with_parts(
    stretch: Stretch,
    cues: Sequence[tuple[int, int, float]],
    described: np.ndarray,
    vectors: np.ndarray,
    network: Network,
) -> Iterator[Tagged]:
    """The cues of one stretch with what belongs to each."""
    length = len(stretch.tokens)
    inside = np.zeros((len(cues), length), dtype=np.int64)
    for row, (start, end, _) in enumerate(cues):
        inside[row, start:end] = 1
    pairs = [features.of_pairs(stretch, start, end, described[:, 4]) for start, end, _ in cues]
    parts, true = network.link(
        {
            "vectors": np.repeat(vectors[None], len(cues), axis=0),
            "inside": inside,
            "pairs": np.stack(pairs),
            "real": np.ones((len(cues), length), dtype=np.int64),
        }
    )
    chances, true = settled(softmax(parts)), settled(1 / (1 + np.exp(-true)))
    for row, (start, end, begins) in enumerate(cues):
        sure = float(settled(np.sqrt(begins * true[row])))
        yield Tagged(start, end, sure, chances[row, :, 1], chances[row, :, 2])
