"""Invented sentences about deeds, for the direction of an act and for acts that did not happen.

Who does what to whom is put together from 310 phrases with a sign (``training/deeds.csv``, written for this purpose
after the classes of CAMEO, Schrodt 2012) and from frames of sentences: active, passive, as a noun, by somebody's
troops, told by another, denied, supposed, asked about. Names are drawn from states, organisations and persons of the
whole world. The sentences are made anew for every epoch.

Beside them stand passages in the manner of news from everywhere (``training/passages.tsv``), written and coded for this
purpose: ``[a|Kenya] closed its border`` names an actor, ``«a:words»`` are his, ``a>b-`` tells that he is against b, and
``a:b-`` that he says so in those words.
"""

from __future__ import annotations

import csv
import random
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import permutations
from pathlib import Path

from analysis.codebook import read_csv
from analysis.positions.asking import SIDE, TOLD
from analysis.schema.spans import Span, overlap
from training.reader_data import DOUBT, Text, Wanted
from training.renaming import names

DEEDS, PASSAGES = (Path(__file__).with_name(name) for name in ("deeds.csv", "passages.tsv"))
WEIGHT = 0.3
_PLACE = re.compile(r"\{([a-d])\}")


@dataclass(frozen=True)
class Deed:
    """A phrase with its forms, its sign, and what it is done to, in which ``{b}`` is the target."""

    base: str
    past: str
    participle: str
    sign: int
    object: str
    form: str

    @property
    def passive(self) -> str:
        """ "Two ships of B were rammed", up to the agent."""
        many = self.object != "{b}" and re.search(r"s$|s (?:at|of|to|on|in|with|against) ", self.object)
        return f"{self.object[0].upper()}{self.object[1:]} {'were' if many else 'was'} {self.participle}"


@cache
def deeds() -> Mapping[str, Sequence[Deed]]:
    """The phrases by their form: verbs, nouns."""
    with DEEDS.open(encoding="utf-8", newline="") as file:
        found = [Deed(**row | {"sign": int(row["sign"])}) for row in csv.DictReader(file)]
    return {form: [one for one in found if one.form == form] for form in ("verb", "noun")}


KEPT, GONE, REFUSED = "kept", "gone", "refused"
"""What becomes of the sign of a deed in a frame; help that is refused is against whom it was for."""
FRAMES: tuple[tuple[str, str, int], ...] = (
    ("{a} {past} {object}{tail}.", KEPT, 6),
    ("{a} has {participle} {object}{tail}.", KEPT, 2),
    ("{a} will {base} {object}, {c} announced{tail}.", KEPT, 1),
    ("{a} {wants} to {base} {object}{tail}.", KEPT, 2),
    ("{a}'s {arm} {past} {object}{tail}.", KEPT, 3),
    ("The {arm} of {a} {past} {object}{tail}.", KEPT, 2),
    ("{passive} by {a}{tail}.", KEPT, 4),
    ("{passive} by the {arm} of {a}{tail}.", KEPT, 2),
    ("{a}, which {past} {object} in {month}, did not comment.", KEPT, 1),
    ("{c} said that {a} had {participle} {object}{tail}.", KEPT, 3),
    ("{a} {past} {object}, {c} said{tail}.", KEPT, 2),
    ("According to {c}, {a} {past} {object}{tail}.", KEPT, 2),
    ("{c} met {d} after {a} {past} {object}{tail}.", KEPT, 2),
    ("After {a} {past} {object}, {c} flew home{tail}.", KEPT, 2),
    ("{a}'s decision to {base} {object} surprised {c}{tail}.", KEPT, 1),
    ("{a} did not {base} {object}{tail}.", GONE, 2),
    ("{a} has never {participle} {object}, {c} said{tail}.", GONE, 1),
    ("{a} denied that it had {participle} {object}{tail}.", GONE, 2),
    ("{c} denied that {a} had {participle} {object}{tail}.", GONE, 1),
    ("If {a} were to {base} {object}, the talks with {c} would end.", GONE, 1),
    ("Asked whether {a} had {participle} {object}, {c} gave no answer.", GONE, 1),
    ("It is not known whether {a} {past} {object}{tail}.", GONE, 1),
    ("{a} might {base} {object}, {c} said{tail}.", GONE, 1),
    ("{a} {refused} to {base} {object}{tail}.", REFUSED, 2),
)
NOUNS: tuple[tuple[str, str, int], ...] = (
    ("{a}'s {noun} {b} drew attention{tail}.", KEPT, 3),
    ("{c} spoke about {a}'s {noun} {b}{tail}.", KEPT, 2),
    ("The {head} by {a} {preposition} {b} went on for weeks.", KEPT, 2),
    ("There was no {head} by {a} {preposition} {b}{tail}.", GONE, 1),
    ("{c} denied any {noun} {b} by {a}{tail}.", GONE, 1),
)
CHOICES = {
    "tail": ("", "", " on Monday", " last week", " in May", " at the weekend", " for the third time", " in 2014"),
    "arm": ("army", "police", "coast guard", "government", "lawyers", "troops", "ministry", "allies"),
    "wants": ("decided", "agreed", "promised", "vowed", "voted", "moved", "plans"),
    "refused": ("refused", "declined"),
    "month": ("March", "June", "October"),
}


def sentence(rng: random.Random) -> Text:
    """An invented sentence, with a question about every two actors in it."""
    form = "verb" if rng.random() < 0.85 else "noun"
    deed = rng.choice(deeds()[form])
    frames = FRAMES if form == "verb" else NOUNS
    frame, fate, _ = rng.choices(frames, [one[2] for one in frames])[0]
    head, _, preposition = deed.base.rpartition(" ")
    words = {name: rng.choice(some) for name, some in CHOICES.items()}
    words |= {"base": deed.base, "past": deed.past, "participle": deed.participle, "object": deed.object}
    words |= {"passive": deed.passive, "noun": deed.base, "head": head, "preposition": preposition}
    filled = re.sub(r"\{(\w\w+)\}", lambda found: words[found.group(1)], frame)
    sign = {KEPT: deed.sign, GONE: 0, REFUSED: -1 if deed.sign > 0 else 0}[fate]
    return _asked(*_named(filled, rng), {("a", "b"): sign})


def _named(text: str, rng: random.Random) -> tuple[str, dict[str, tuple[int, int]]]:
    """The text with names in it, and where each stands."""
    actors = dict(zip("abcd", _actors(rng), strict=True))
    found, places, at = "", {}, 0
    for one in _PLACE.finditer(text):
        found += text[at : one.start()]
        places[one.group(1)] = (len(found), len(found) + len(actors[one.group(1)]))
        found += actors[one.group(1)]
        at = one.end()
    found += text[at:]
    return found[0].upper() + found[1:], places


def _actors(rng: random.Random) -> list[str]:
    kinds = rng.choice(("states", "persons", "mixed", "mixed"))
    found: set[str] = set()
    while len(found) < 4:
        kind = rng.choice(("states", "persons", "organisations")) if kinds == "mixed" else kinds
        found.add(_person(rng) if kind == "persons" else rng.choice(_listed(kind)))
    return rng.sample(sorted(found), 4)


@cache
def _listed(kind: str) -> Sequence[str]:
    return sorted({row["name"] for row in read_csv(f"{kind}.csv", ("name",)) if len(row["name"]) < 40})


@cache
def _given() -> Sequence[str]:
    return sorted({row["name"].title() for row in read_csv("first_names.csv", ("name",))})


def _person(rng: random.Random) -> str:
    last = rng.choice(names()[rng.choice((4, 5, 6, 7, 8))])
    return last if rng.random() < 0.4 else f"{rng.choice(_given())} {last}"


def _asked(text: str, places: Mapping[str, tuple[int, int]], told: Mapping[tuple[str, str], int]) -> Text:
    whole = ((0, len(text)),)
    wanted = tuple(
        Wanted(TOLD, (places[target],), (places[source],), whole, 1 + told.get((source, target), 0), (), DOUBT, WEIGHT)
        for source, target in permutations(places, 2)
    )
    return Text(text, whole, wanted)


_MARK = re.compile(r"\[(?P<actor>\w)\||(?P<close>\])|«(?P<speaker>\w):|(?P<end>»)")
_CODE = re.compile(r"(?P<source>\w)(?P<how>[>:])(?P<target>\w)(?P<sign>[+-])")


@cache
def passages() -> Sequence[Text]:
    """The passages that were written and coded by hand, with questions about all their actors and statements."""
    with PASSAGES.open(encoding="utf-8") as lines:
        return [_coded(*line.rstrip("\n").split("\t")) for line in lines]


def _coded(marked: str, codes: str) -> Text:
    text, at, opened = "", 0, []
    named: dict[str, list[Span]] = defaultdict(list)
    said: dict[str, list[Span]] = defaultdict(list)
    for one in _MARK.finditer(marked):
        text += marked[at : one.start()]
        at = one.end()
        if one["actor"] or one["speaker"]:
            opened.append((named if one["actor"] else said, one["actor"] or one["speaker"], len(text)))
        else:
            table, who, start = opened.pop()
            table[who].append((start, len(text)))
    text += marked[at:]
    labels = {(one["how"], one["source"], one["target"]): int(one["sign"] + "1") for one in _CODE.finditer(codes)}
    whole = ((0, len(text)),)
    wanted = [
        Wanted(TOLD, tuple(named[b]), tuple(named[a]), whole, 1 + labels.get((">", a, b), 0), _spans(said))
        for a, b in permutations(named, 2)
    ]
    for speaker, spans in said.items():
        inside = [one for one in named if one != speaker and any(overlap(x, y) for x in named[one] for y in spans)]
        meant = [target for how, source, target in labels if how == ":" and source == speaker]
        for target in dict.fromkeys((*inside, *meant)):
            label = 1 + labels.get((":", speaker, target), 0)
            wanted.append(Wanted(SIDE, tuple(named[target]), tuple(named[speaker]), whole, label, tuple(spans)))
    return Text(text, whole, tuple(wanted))


def _spans(table: Mapping[str, Sequence[Span]]) -> tuple[Span, ...]:
    return tuple(sorted(one for some in table.values() for one in some))
