"""Persons renamed: a model that learns from news should not learn who is disliked in it.

A name is replaced by another of the same length wherever it stands, so that every offset stays. The names are those of
office-holders of all states (`codebook/office_holders.csv`), with given names of `codebook/first_names.csv`.
"""

from __future__ import annotations

import csv
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from spacy.tokens import Doc

from analysis.codebook import folder
from analysis.knowledge.holders import FILE as HOLDERS
from analysis.language.stand_ins import chosen

_NAME = re.compile(r"[A-Z][a-z]+(?:[A-Z][a-z]+)?")
PLAIN = frozenset(
    "Mr Mrs Ms Dr Sir Lord Lady President Senator Minister Secretary King Queen Prince Pope General".split()
)
"""Words that a tagger of entities may take into a person's name and that are no names."""


@cache
def names() -> Mapping[int, Sequence[str]]:
    """Family names of office-holders of the whole world by their length."""
    found: dict[int, set[str]] = defaultdict(set)
    with (folder() / HOLDERS).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            last = row["name"].split()[-1]
            if _NAME.fullmatch(last):
                found[len(last)].add(last)
    return {length: sorted(some) for length, some in found.items()}


def persons_of(doc: Doc) -> frozenset[str]:
    """The words of the names of persons in a text."""
    words = (word for one in doc.ents if one.label_ == "PERSON" for word in one.text.split())
    return frozenset(word for word in words if _NAME.fullmatch(word) and word not in PLAIN)


def drawn(names: Sequence[str], rng: random.Random) -> dict[str, str]:
    """Stand-ins by lot for the names of persons (:mod:`analysis.language.stand_ins`)."""
    return chosen(names, [rng.randrange(1000) for _ in names], ())


def renamed(text: str, persons: Iterable[str], rng: random.Random) -> str:
    """The text with every one of these words replaced by another name of its length, the same one throughout."""
    new = dict(_chosen(sorted(persons), rng))
    if not new:
        return text
    return re.sub(rf"\b(?:{'|'.join(map(re.escape, new))})\b", lambda found: new[found.group()], text)


def _chosen(persons: Sequence[str], rng: random.Random) -> Iterator[tuple[str, str]]:
    taken: set[str] = set(persons)
    for word in persons:
        free = [one for one in names().get(len(word), ()) if one not in taken]
        if free:
            taken.add(new := rng.choice(free))
            yield word, new
