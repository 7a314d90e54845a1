"""What the reader learns from: texts cut into windows, and questions about them with their answers.

Sentences of NewsMTSC (sentiment) and DSE (pairs), sentences without labels that an earlier model answered, and the
coded corpus (the position of a speaker toward a target in a statement, `corpus/`).
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import permutations
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from analysis.language.encoder import Window, windows
from analysis.language.models import padded, word_pieces
from analysis.positions.asking import PAIR, SENTIMENT, SIDE, TOLD, Question, arrays, mentions, passage_of, places_of
from analysis.positions.stance import SALIENT
from analysis.positions.stance_model import SWAPPED, Marked
from analysis.schema.spans import Span, overlap
from benchmarks.coded import read_corpus
from benchmarks.corpora import read_rows, stand_ins
from benchmarks.dse import pair
from training.renaming import drawn

UNKNOWN = -1
"""The label of a question that nobody answered but a teacher."""
SENTIMENTS = ("negative", "neutral", "positive")
OTHERS = 0.5
"""The weight of an actor toward whom nothing is coded."""
DOUBT, MORE_DOUBT = 0.05, 0.2
"""Label smoothing: of an answer, and of one that only one of two readings of the coded corpus had."""
KEPT = ("[UNK]", "[CLS]", "[SEP]", "[MASK]")
SIZE = 16_000


@dataclass(frozen=True)
class Wanted:
    """A question in characters, the number of its answer or -1, a teacher's logits if there are some, its weight."""

    kind: int
    target: tuple[Span, ...]
    source: tuple[Span, ...]
    asked: tuple[Span, ...]
    label: int
    said: tuple[Span, ...] = ()
    doubt: float = DOUBT
    weight: float = 1.0
    soft: np.ndarray | None = None


@dataclass(frozen=True)
class Text:
    """A text with its sentences, what is asked about it, and its names of persons with their stand-ins."""

    text: str
    sentences: tuple[Span, ...]
    wanted: tuple[Wanted, ...]
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Task:
    """A text as the network takes it: windows, questions, and what is wanted of each."""

    windows: tuple[Window, ...]
    questions: tuple[Question, ...]
    wanted: tuple[Wanted, ...]

    @property
    def size(self) -> int:
        """The pieces of all windows."""
        return sum(len(one.ids) for one in self.windows)

    @property
    def longest(self) -> int:
        """The pieces of the longest window."""
        return max(len(one.ids) for one in self.windows)


# --- sentences -----------------------------------------------------------------------------------------------------


def sentence(passage: Marked, label: int, soft: np.ndarray | None = None) -> Text:
    """A sentence with one question: about its pair if it has a source, else about its target."""
    whole = ((0, len(passage.text)),)
    kind, source = (SENTIMENT, ()) if passage.source is None else (PAIR, (passage.source,))
    wanted = Wanted(kind, (passage.target,), source, whole, label, soft=None if soft is None else soft[: 3 + 2 * kind])
    return Text(passage.text, whole, (wanted,))


def turned(text: Text) -> Text:
    """The same sentence with its pair asked about the other way round."""
    (one,) = text.wanted
    label = one.label if one.label == UNKNOWN else SWAPPED[one.label]
    soft = None if one.soft is None else one.soft[SWAPPED]
    return replace(text, wanted=(replace(one, target=one.source, source=one.target, label=label, soft=soft),))


def mentions_of(folder: Path, split: str) -> list[Text]:
    """NewsMTSC: the mention is the target, the label its sentiment."""
    rows = read_rows(folder, "newsmtsc", split)
    return [
        sentence(Marked(row["sentence"], (row["start"], row["end"])), SENTIMENTS.index(row["label"])) for row in rows
    ]


def pairs_of(folder: Path, split: str) -> list[Text]:
    """DSE: p is the source and q the target."""
    return [sentence(pair(row), row["label"]) for row in read_rows(folder, "dse", split)]


def with_told(text: Text) -> Text:
    """A sentence with a labelled pair and a further question: for or against the target it tells that the source is."""
    (one,) = text.wanted
    if one.kind != PAIR or one.label == UNKNOWN:
        return text
    return replace(text, wanted=(one, replace(one, kind=TOLD, label=(1, 2, 1, 0, 1)[one.label], soft=None)))


def of_kind(text: Text, kind: int) -> Text:
    """The text with the questions of one kind alone."""
    return replace(text, wanted=tuple(one for one in text.wanted if one.kind == kind))


def of_meant(text: Text) -> Text:
    """The text with the questions about sides toward actors whom the statement does not name."""
    return replace(text, wanted=tuple(one for one in of_kind(text, SIDE).wanted if not _is_named(one)))


def _is_named(wanted: Wanted) -> bool:
    return any(overlap(one, span) for one in wanted.target for span in wanted.said)


def taught(path: Path) -> Iterator[Text]:
    """What a teacher answered: lines of JSON with text, target, source, label and logits."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            passage = Marked(row["text"], tuple(row["target"]), row["source"] and tuple(row["source"]))
            yield sentence(passage, row["label"], np.array(row["logits"], dtype=np.float32))


def joined(texts: Iterable[Text]) -> list[Text]:
    """The questions about one sentence together."""
    found: dict[str, Text] = {}
    for one in texts:
        kept = found.get(one.text)
        found[one.text] = one if kept is None else replace(kept, wanted=kept.wanted + one.wanted)
    return list(found.values())


# --- articles ------------------------------------------------------------------------------------------------------


def articles(folder: Path, split: str) -> list[dict]:
    """The rows of the coded corpus in a part of its split, with those of which sides alone were coded."""
    return read_corpus(("wikinews", "seed", "polnear", "sides"), split=split, folder=folder)


def coded_text(row: dict, *, others: int = 0, rng: random.Random | None = None) -> Text:
    """An article of the coded corpus with the positions of its speakers toward the targets of each statement.

    For each statement so many `others` of the article's main actors are asked about too, toward whom nothing is coded;
    they are drawn with `rng`, or the first of them.
    """
    places: dict[str, list[Span]] = {}
    for one in row["mentions"]:
        places.setdefault(one["actor"], []).append((one["start"], one["end"]))
    most = sorted(places, key=lambda one: -len(places[one]))[:SALIENT]
    wanted: list[Wanted] = []
    for statement in row["statements"]:
        said, source = _spans(statement["content"]), _spans(statement["source"])
        about = {"asked": (*said, *source, *_spans(statement["cue"])), "said": said}
        speaker = next((one for one in statement["speakers"] if one in places), None)
        about["source"] = tuple(places[speaker]) if speaker is not None else source
        known = {one["target"]: one for one in statement["stances"]}
        for target, one in known.items():
            doubt = DOUBT if one["readings"] > 1 else MORE_DOUBT
            wanted.append(Wanted(SIDE, tuple(places.get(target, ())), label=one["stance"] + 1, doubt=doubt, **about))
        free = [one for one in most if one not in known and one not in statement["speakers"]]
        for one in free[:others] if rng is None else rng.sample(free, min(others, len(free))):
            wanted.append(Wanted(SIDE, tuple(places[one]), label=1, weight=OTHERS, **about))
    wanted += told_in(row, places)
    sentences = _spans([one["start"], one["end"]] for one in row["passages"])
    return Text(row["text"], sentences or _lines(row["text"]), tuple(wanted))


def told_in(row: dict, places: Mapping[str, Sequence[Span]]) -> Iterator[Wanted]:
    """For every two actors that a sentence names: for or against whom it tells that the one is.

    The label is that of a position of the article whose evidence stands in the sentence; a position that rests on other
    sentences leaves the pair out, as nothing says whether this one tells it too.
    """
    positions = {(one["source"], one["target"]): one for one in row["positions"]}
    contents = [span for one in row["statements"] for span in _spans(one["content"])]
    for passage in row["passages"]:
        sentence = passage["start"], passage["end"]
        here = [one for one, spans in places.items() if any(overlap(sentence, span) for span in spans)]
        said = tuple(one for one in contents if overlap(sentence, one))
        for source, target in permutations(here, 2):
            coded = positions.get((source, target))
            shown = coded is not None and any(overlap(sentence, one) for one in _spans(coded["evidence"]))
            if coded is None or shown:
                doubt = DOUBT if coded is None or coded["readings"] > 1 else MORE_DOUBT
                label = 1 if coded is None else coded["position"] + 1
                about = tuple(places[target]), tuple(places[source]), (sentence,)
                yield Wanted(TOLD, *about, label, said, doubt)


def _spans(spans: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    return tuple((start, end) for start, end in spans)


def _lines(text: str) -> tuple[Span, ...]:
    return tuple(found.span() for found in re.finditer(r"\S.*", text))


def named(texts: Sequence[Text]) -> list[Text]:
    """The texts with the stand-ins of their persons."""
    names = stand_ins([one.text for one in texts])
    return [replace(one, names=own) for one, own in zip(texts, names, strict=True)]


# --- batches -------------------------------------------------------------------------------------------------------


def prepared(one: Text, tokenizer: Tokenizer, rng: random.Random | None = None) -> Task:
    """The text as the network takes it, its persons read as other stand-ins if there is an `rng`."""
    names = one.names if rng is None else drawn(list(one.names), rng)
    parts = windows(one.text, one.sentences, tokenizer, names=names)
    asked = [(question_of(parts, one.sentences, wanted), wanted) for wanted in one.wanted]
    kept = [(question, wanted) for question, wanted in asked if question is not None]
    return Task(tuple(parts), tuple(question for question, _ in kept), tuple(wanted for _, wanted in kept))


def question_of(parts: Sequence[Window], sentences: Sequence[Span], wanted: Wanted) -> Question | None:
    """A question in pieces; None if nothing of its passage or its target was read."""
    target, source = (places_of(parts, some) for some in (wanted.target, wanted.source))
    passage = passage_of(parts, sentences, wanted.asked, target)
    if passage is None or not target:
        return None
    said = (parts[passage.window].pieces(one) for one in wanted.said)
    return Question(wanted.kind, passage, target, source, tuple(one for one in said if one[1]))


def batches(tasks: Sequence[Task], pieces: int, rng: random.Random) -> list[list[Task]]:
    """Tasks of like length together, at most so many pieces in a batch."""
    found: list[list[Task]] = [[]]
    size = 0
    for one in sorted(tasks, key=lambda one: one.longest + rng.random() * 6):
        if found[-1] and size + one.size > pieces:
            found.append([])
            size = 0
        found[-1].append(one)
        size += one.size
    rng.shuffle(found)
    return found


def joint(tasks: Sequence[Task]) -> tuple[np.ndarray, Mapping[str, np.ndarray]]:
    """A batch of tasks: the pieces of all windows, padded, and the arrays of all questions.

    ``target_places`` and ``source_places`` hold the mentions of the actors of each question.
    """
    ids = padded([window.ids for one in tasks for window in one.windows])
    questions, before = [], 0
    for one in tasks:
        questions += [_moved(question, before) for question in one.questions]
        before += len(one.windows)
    starts = range(0, ids.size, ids.shape[1])
    found = arrays(questions, starts)
    found["target_places"] = mentions([one.target for one in questions], starts)
    found["source_places"] = mentions([one.source for one in questions], starts)
    return ids, found


def _moved(question: Question, by: int) -> Question:
    """The same question, its windows counted from another one on."""
    return replace(
        question,
        passage=replace(question.passage, window=question.passage.window + by),
        target=tuple(replace(one, window=one.window + by) for one in question.target),
        source=tuple(replace(one, window=one.window + by) for one in question.source),
    )


# --- word pieces ---------------------------------------------------------------------------------------------------


def write_vocabulary(full: Path, folder: Path, path: Path) -> None:
    """The pieces worth their room: the most frequent of the training texts, :data:`SIZE` in all, padding first.

    A rarer word is read in shorter pieces. Equals stand in BERT's order, which is about that of frequency.
    """
    pieces = full.read_text(encoding="utf-8").split("\n")
    tokenizer = word_pieces(full)
    counts: Counter[str] = Counter()
    for text in _texts(folder):
        counts.update(tokenizer.encode(text, add_special_tokens=False).tokens)
    plain = [one for one in pieces if re.fullmatch(r"(?:##)?[ -~–—‘’“”…•€£éèáíóúñüöäçãøåß]+", one) and one[0] != "["]
    single = [one for one in plain if len(one.removeprefix("##")) == 1]
    order = sorted(plain, key=lambda one: (-counts[one], pieces.index(one)))
    kept = set([*single, *order][:SIZE])
    marks = ["[PAD]", *(f"[unused{number}]" for number in range(5))]
    lines = [*marks, *KEPT, *(one for one in plain if one in kept)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _texts(folder: Path) -> Iterator[str]:
    for corpus, key in (("newsmtsc", "sentence"), ("dse", "sentence"), ("polnear", "text")):
        yield from (row[key] for row in read_rows(folder, corpus, "train"))
