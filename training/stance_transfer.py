"""Passages of news without labels, which a teacher labels for the smaller model: mentions and pairs of actors.

From the sentences of NewsMTSC train, DSE train and PolNeAR train; a pair of PolNeAR stands partly in the form in which
a source of another sentence is put before a passage (:mod:`analysis.positions.questions`).
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from spacy.tokens import Span as Words
from tqdm import tqdm

from analysis.language.parsing import load_model
from analysis.positions.marking import Marked
from benchmarks.corpora import read_rows
from benchmarks.dse import pair
from training.stance_data import SENTIMENT, STANCE, UNKNOWN, Passage

KINDS = ("PERSON", "ORG", "GPE", "NORP")
SHORTEST, LONGEST = 25, 400
"""Characters of a sentence."""
ARTICLES, SPOKEN = 400, 0.25
"""Articles of PolNeAR that are read; the share of pairs whose source is put before the sentence."""


def unlabelled(folder: Path, *, mentions: int, pairs: int, seed: int) -> list[Passage]:
    """So many mentions and pairs, drawn at random."""
    rng = random.Random(seed)
    sentences = [named for named in _sentences(folder) if named[1]]
    rng.shuffle(sentences)
    several = [one for one in sentences if len(one[1]) > 1]
    single = [(Marked(text, rng.choice(spans)), SENTIMENT, UNKNOWN) for text, spans in sentences[:mentions]]
    both = [(_pair(text, rng.sample(spans, 2), rng), STANCE, UNKNOWN) for text, spans in several[:pairs]]
    return single + both


def _pair(text: str, chosen: Sequence[tuple[int, int]], rng: random.Random) -> Marked:
    target, source = chosen
    if rng.random() >= SPOKEN:
        return Marked(text, target, source)
    name = text[slice(*source)]
    lead = f"{name} said: "
    return Marked(lead + text, (target[0] + len(lead), target[1] + len(lead)), (0, len(name)))


def _sentences(folder: Path) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Sentences with the places of the actors named in them."""
    nlp = load_model()
    own = [row["sentence"] for row in read_rows(folder, "newsmtsc", "train")]
    own += [pair(row).text for row in read_rows(folder, "dse", "train")]
    articles = [row["text"] for row in read_rows(folder, "polnear", "train")[:ARTICLES]]
    texts: Iterable[str] = [*dict.fromkeys(own), *articles]
    with nlp.select_pipes(enable=["tok2vec", "parser", "ner"]):
        for doc in tqdm(nlp.pipe(texts, batch_size=64), total=len(texts), desc="sentences"):
            whole = doc[:] if len(doc.text) <= LONGEST else None
            yield from (_named(part) for part in ([whole] if whole is not None else doc.sents) if _fits(part))


def _fits(part: Words) -> bool:
    return SHORTEST <= len(part.text) <= LONGEST


def _named(part: Words) -> tuple[str, list[tuple[int, int]]]:
    start = part.start_char
    return part.text, [(e.start_char - start, e.end_char - start) for e in part.ents if e.label_ in KINDS]
