"""The training examples of the tagger of statements: paragraphs of PolNeAR with the coded parts of each cue."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from spacy.tokens import Token
from tokenizers import Tokenizer
from tqdm import tqdm

from analysis.language.parsing import parse_all
from analysis.language.stand_ins import stand_ins_of
from analysis.reading.article import read_text
from analysis.statements import features
from analysis.statements.attribution import paragraphs
from analysis.statements.cues import load_cues
from analysis.statements.features import Stretch
from benchmarks.corpora import read_rows
from training.renaming import drawn

SOURCE, CONTENT = 1, 2


@dataclass(frozen=True)
class CodedCue:
    """A cue, or a word that only looks like one: its tokens, what they see, and the part of each token."""

    start: int
    end: int
    pairs: np.ndarray
    parts: np.ndarray
    true: bool


@dataclass(frozen=True)
class Example:
    """One stretch: its text, where each token begins, features, cue marks (0 none, 1 begins, 2 goes on), cues.

    `names` are the words of the article that are names of persons, with their stand-ins.
    """

    text: str
    places: np.ndarray
    tokens: np.ndarray
    marks: np.ndarray
    cues: tuple[CodedCue, ...]
    names: Mapping[str, str]

    def pieces(self, tokenizer: Tokenizer, rng: random.Random | None = None) -> tuple[list[int], np.ndarray]:
        """Word pieces, and the place of each token's first one; with an `rng` persons are read as other stand-ins."""
        names = dict(self.names) if rng is None else drawn(list(self.names), rng)
        return features.pieces_of(self.text, self.places, tokenizer, names)


def read_examples(folder: Path, split: str) -> list[Example]:
    """All stretches of a split of PolNeAR, with what the coders marked in them."""
    rows = read_rows(folder, "polnear", split)
    lexicon = load_cues()
    articles = [read_text(row["text"], article_id=row["id"]) for row in rows]
    examples: list[Example] = []
    for row, parsed in zip(rows, tqdm(parse_all(articles), total=len(rows), disable=None), strict=True):
        if len(parsed.article.text) != len(row["text"]):  # normalisation moved the offsets (23 of 840 articles)
            continue
        names = stand_ins_of(parsed.doc)
        coded = [one for one in row["attributions"] if one["content"] and one["cue"]]
        for paragraph in paragraphs(parsed, lexicon):
            examples += [example_of(stretch, coded, names) for stretch in features.stretches(paragraph)]
    return examples


def example_of(stretch: Stretch, coded: Sequence[dict], names: Mapping[str, str]) -> Example:
    """One stretch with those coded attributions whose cue stands in it."""
    described = features.of_tokens(stretch)
    marks = np.zeros(len(stretch.tokens), dtype=np.int64)
    cues = list(_true_cues(stretch, coded, described[:, 4], marks))
    cues += _false_cues(stretch, described, marks)
    return Example(*features.words_of(stretch), described, marks, tuple(cues), names)


def _under(tokens: Sequence[Token], spans: Sequence[Sequence[int]]) -> list[int]:
    """The tokens that the spans touch."""
    return [
        k
        for k, token in enumerate(tokens)
        if any(token.idx < end and start < token.idx + len(token) for start, end in spans)
    ]


def _true_cues(stretch: Stretch, coded: Sequence[dict], quoted: np.ndarray, marks: np.ndarray) -> Iterator[CodedCue]:
    """The coded cues of the stretch; marks them."""
    for one in coded:
        inside = _under(stretch.tokens, one["cue"])
        if not inside or marks[inside].any():
            continue
        start, end = inside[0], inside[-1] + 1
        marks[start:end] = 2
        marks[start] = 1
        parts = np.zeros(len(stretch.tokens), dtype=np.int64)
        parts[_under(stretch.tokens, one["source"])] = SOURCE
        parts[_under(stretch.tokens, one["content"])] = CONTENT
        yield CodedCue(start, end, features.of_pairs(stretch, start, end, quoted), parts, True)


def _false_cues(stretch: Stretch, described: np.ndarray, marks: np.ndarray) -> Iterator[CodedCue]:
    """Words that the lexicon has and that the coders did not take for a cue."""
    nothing = np.zeros(len(stretch.tokens), dtype=np.int64)
    for k in np.flatnonzero((described[:, 5] > 0) & (marks == 0)):
        yield CodedCue(int(k), int(k) + 1, features.of_pairs(stretch, k, k + 1, described[:, 4]), nothing, False)
