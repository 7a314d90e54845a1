"""Where an actor may be named, described or meant: candidates for mentions, one per phrase, before linking."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Span

from analysis.bodies import find_described, find_entities, find_listed
from analysis.candidates import Candidate
from analysis.persons import find_persons, find_surnames

_PERSON_PRONOUNS = {
    "he": "male",
    "him": "male",
    "his": "male",
    "himself": "male",
    "she": "female",
    "her": "female",
    "hers": "female",
    "herself": "female",
}
_THEY = ("they", "them", "their", "theirs", "themselves")
_IT = ("it", "its", "itself")


def find_candidates(doc: Doc, spans: Iterable[tuple[int, int]]) -> list[Candidate]:
    """All candidates in the token stretches `spans` (the segments that are read), in order, none overlapping.

    Longer phrases win over the names inside them, so that "Iranian officials" is one group and not also Iran.
    """
    found: list[Candidate] = []
    taken: set[int] = set()
    stretches = [doc[start:end] for start, end in spans]
    everything = doc.ents
    entities = [[e for e in everything if part.start <= e.start and e.end <= part.end] for part in stretches]
    surnames = find_surnames(doc)
    for finder in (find_persons, find_described, find_listed, find_entities, find_pronouns):
        for stretch, named in zip(stretches, entities, strict=True):
            for one in finder(stretch, named, surnames):
                if not taken.intersection(range(one.start, one.end)):
                    taken.update(range(one.start, one.end))
                    found.append(one)
    return sorted(found, key=lambda one: one.start)


def find_pronouns(stretch: Span, named: list[Span], surnames: set[str]) -> Iterator[Candidate]:
    """Third-person pronouns; those of the first and second person belong to quotations."""
    for token in stretch:
        word = token.lower_
        if token.pos_ not in ("PRON", "DET"):
            continue
        if word in _PERSON_PRONOUNS:
            gender = _PERSON_PRONOUNS[word]
            yield Candidate(token.i, token.i + 1, token, "person", "pronoun", gender=gender)
        elif word in _THEY:
            yield Candidate(token.i, token.i + 1, token, "group", "pronoun")
        elif word in _IT:
            yield Candidate(token.i, token.i + 1, token, "organisation", "pronoun")
