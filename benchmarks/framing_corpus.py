"""The coded corpora of framing as the models of frames and roles see them: articles, and the actors in them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from tqdm import tqdm

from analysis.actors.cast import cast_of
from analysis.actors.speakers import statements_of
from analysis.acts.story import Story, story_of
from analysis.framing import role_model
from analysis.framing.frame_model import FRAMES, word_counts
from analysis.framing.frame_reading import Passage, passages_of
from analysis.framing.frames import frames_of
from analysis.framing.function_model import features
from analysis.framing.functions import functions_of
from analysis.framing.role_model import SIZES
from analysis.language.document import Parsed
from analysis.language.encoder import WIDTH, read, windows
from analysis.language.parsing import parse_all
from analysis.language.stand_ins import stand_ins_of
from analysis.reading.article import read_text
from analysis.schema import FUNCTIONS, ROLES
from analysis.schema.spans import Span, overlap
from analysis.statements.rules import find_attributions
from benchmarks.corpora import read_rows
from benchmarks.corpus_layers import meant_by

MENTIONS = 8
"""Places of an entity that are looked at."""
_LEADING = re.compile(r"^(?:the|a|an|his|her|their|its|our|some|many|these|those)\s+", re.IGNORECASE)
_BEHIND = re.compile(r"\s+(?:of|in|on|for|from|to|who|that|which|with|at|and|by)\s+|,|\(")


@dataclass(frozen=True)
class Coded:
    """An article: its passages and their vectors, its words, which frames it has, and their shares by the codebook."""

    article_id: str
    fold: int
    text: str
    names: Mapping[str, str]
    places: list[Span]
    vectors: np.ndarray
    counts: Counter[str]
    frames: np.ndarray
    shares: np.ndarray

    @property
    def texts(self) -> list[str]:
        """The words of each passage."""
        return [self.text[start:end] for start, end in self.places]

    def readings(self) -> list[Passage]:
        """The passages as the encoder reads them, read again: kept for a whole corpus they would fill the memory."""
        return passages_of(read(windows(self.text, self.places, names=self.names)), self.places)


def narrative(folder: Path, split: str) -> list[Coded]:
    """The articles of the Narrative Frames Corpus (Frermann et al. 2023); what is not coded is empty."""
    rows = read_rows(folder, "narrative_frames", split)
    articles = (read_text(row["text"], article_id=row["id"]) for row in rows)
    return [
        _coded(row, parsed)
        for row, parsed in zip(rows, tqdm(parse_all(articles), total=len(rows), desc="articles"), strict=True)
    ]


def _coded(row: dict, parsed: Parsed) -> Coded:
    text, places = parsed.text, parsed.sentences
    texts = [text[start:end] for start, end in places]
    readings = passages_of(parsed.reading, places)
    return Coded(
        article_id=row["id"],
        fold=int(row.get("fold") or 0),
        text=text,
        names=stand_ins_of(parsed.doc),
        places=places,
        vectors=np.stack([one.whole for one in readings]),
        counts=word_counts("\n".join(texts)),
        frames=np.array([name in (row.get("frames") or []) for name in FRAMES]),
        shares=_by_codebook(parsed),
    )


def _by_codebook(parsed: Parsed) -> np.ndarray:
    """The share of passages that have each frame by the cues of the codebook."""
    story = _story(parsed, "rules")
    found = {(one.passage_id, one.frame) for one in frames_of(story) if one.scheme == "generic"}
    return np.array([sum(own == name for _, own in found) for name in FRAMES]) / max(len(parsed.passages), 1)


@dataclass(frozen=True)
class Cast:
    """An article with its actors: what the heads of roles see of each, the number of its role, -1 for none.

    `unlinked` are the roles of marked entities that are no actor of the tool.
    """

    article_id: str
    fold: int
    actors: list[str]
    features: np.ndarray
    roles: np.ndarray
    unlinked: list[int]


def cast_in_narrative(folder: Path, split: str) -> list[Cast]:
    """The Narrative Frames Corpus: an actor has the role that most of the entities named like its mentions have."""
    return [
        _cast(row, story, *_marked(row, story)) for row, story in _stories(read_rows(folder, "narrative_frames", split))
    ]


def cast_in_coded(rows: Sequence[dict]) -> list[Cast]:
    """The coded corpus: an actor has the role of the coded actor that it is."""
    found = []
    for row, story in _stories(rows):
        table = pd.DataFrame([vars(one) for one in story.people.linked], columns=["actor_id", "start", "end"])
        who = meant_by(row, table)
        roles: dict[str, Counter[int]] = defaultdict(Counter)
        for one in row["roles"]:
            roles[one["actor"]][ROLES.index(one["role"])] += 1
        votes = {one.actor_id: roles[who.of(one.actor_id)] for one in story.people.actors}
        found.append(_cast(row, story, votes, []))
    return found


@dataclass(frozen=True)
class Functions:
    """An article of the coded corpus: what the heads of functions see of its passages, and which each has."""

    features: np.ndarray
    coded: np.ndarray


def functions_in_coded(rows: Sequence[dict]) -> list[Functions]:
    """The passages of the coded corpus that are passages of the tool."""
    found = []
    for row, story in _stories(rows):
        coded = {one["start"]: {own["function"] for own in one["functions"]} for one in row["passages"]}
        ruled: dict[int, set[str]] = defaultdict(set)
        for one in functions_of(story):
            ruled[one.passage_id].add(one.function)
        places = story.parsed.passages
        kept = [n for n, place in enumerate(places) if place.start in coded]
        readings = passages_of(story.parsed.reading, story.parsed.sentences)
        seen = features([readings[n] for n in kept], [ruled[places[n].passage_id] for n in kept])
        labels = [[name in coded[places[n].start] for name in FUNCTIONS] for n in kept]
        found.append(Functions(seen, np.array(labels, dtype=bool).reshape(len(kept), len(FUNCTIONS))))
    return found


def _stories(rows: Sequence[dict]) -> Iterator[tuple[dict, Story]]:
    articles = (read_text(row["text"], article_id=row["id"]) for row in rows)
    for row, parsed in zip(
        rows, tqdm(parse_all(articles), total=len(rows), desc="articles", disable=None), strict=True
    ):
        yield row, _story(parsed, "model")


def _story(parsed: Parsed, method: str) -> Story:
    attributions = find_attributions(parsed, method=method)
    people = cast_of(parsed, attributions)
    return story_of(people, statements_of(parsed, attributions, people))


def _marked(row: dict, story: Story) -> tuple[dict[str, Counter[int]], list[int]]:
    """The roles of the entities that share a place with an actor, by actor; those of the others."""
    votes: dict[str, Counter[int]] = defaultdict(Counter)
    unlinked = []
    for one in row.get("roles") or []:
        places = places_of(story.parsed.text, one["entity"])
        here = [m.actor_id for m in story.people.linked if any(overlap((m.start, m.end), span) for span in places)]
        role = ROLES.index(one["role"])
        if here:
            votes[Counter(here).most_common(1)[0][0]][role] += 1
        else:
            unlinked.append(role)
    return votes, unlinked


def _cast(row: dict, story: Story, votes: Mapping[str, Counter[int]], unlinked: list[int]) -> Cast:
    read = role_model.read_of(story)
    roles = [votes[one.actor_id].most_common(1)[0][0] if votes.get(one.actor_id) else -1 for one in read]
    features = np.array([one.features for one in read]).reshape(len(read), WIDTH + SIZES)
    names = [story.people.by_id[one.actor_id].name for one in read]
    return Cast(row["id"], int(row.get("fold") or 0), names, features, np.array(roles, dtype=int), unlinked)


def places_of(text: str, entity: str) -> list[Span]:
    """Where an entity stands: as it was coded, else without its article, else by its head, else by its longest word."""
    for wording in _wordings(entity):
        found = [one.span() for one in wording.finditer(text)]
        if found:
            return found[:MENTIONS]
    return []


def _wordings(entity: str) -> Iterator[re.Pattern[str]]:
    whole = entity.strip().strip("'\"“”’.,;:")
    bare = _LEADING.sub("", re.sub(r"[’']s?$", "", whole))
    head = re.findall(r"[\w.’'-]+", _BEHIND.split(bare)[0]) or [bare]
    longest = sorted((word for word in re.findall(r"\w+", bare) if len(word) > 3), key=len, reverse=True)
    for phrase in (whole, bare, head[-1]):
        words = r"\s+".join(map(re.escape, phrase.split()))
        if words:
            yield re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
    for word in longest:
        yield re.compile(rf"(?<!\w){re.escape(word[: max(5, len(word) - 2)])}\w*", re.IGNORECASE)
