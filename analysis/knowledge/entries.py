"""Entries: what the data files say of states, bodies, offices, groups and regions, one object a row."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class State:
    """A state, or a territory that the press treats as one; `houses` are seats that stand for it."""

    name: str
    aliases: tuple[str, ...]
    adjectives: tuple[str, ...]
    demonyms: tuple[str, ...]
    capital: tuple[str, ...]
    houses: tuple[str, ...]
    ambiguous: tuple[str, ...]
    source: str
    note: str


@dataclass(frozen=True)
class Organisation:
    """A named body; `camp` is the state or side it belongs to, `designation` the list that bans it."""

    name: str
    aliases: tuple[str, ...]
    members: tuple[str, ...]
    type: str
    camp: str
    designation: str
    ambiguous: tuple[str, ...]
    source: str
    note: str


@dataclass(frozen=True)
class Office:
    """A noun or phrase that names an office or profession, or an honorific; `official`: a public office.

    `body` is the one body in which it is held: the pope's is the Catholic Church.
    """

    phrase: str
    office_class: str
    official: bool
    gender: str
    abbreviation: str
    body: str
    source: str
    note: str


@dataclass(frozen=True)
class OfficeMatch:
    """An office found in a sequence of words: ``words[start:end]``."""

    office: Office
    start: int
    end: int


@dataclass(frozen=True)
class Group:
    """A noun that names a group or body that speaks or acts; `official`: it holds public power.

    `singular` is what one of them is: a person ("official"), a body ("committee") or a document ("poll").
    """

    noun: str
    plural: str
    official: bool
    type: str
    singular: str
    source: str
    note: str


@dataclass(frozen=True)
class Region:
    """A part of a federal state; `abbreviations` are compared exactly, `people` is what its people are called."""

    name: str
    abbreviations: tuple[str, ...]
    people: tuple[str, ...]
    state: str
    source: str
    note: str


@dataclass(frozen=True)
class Place:
    """A city or a part of a state (`kind`) whose name tells one state."""

    name: str
    state: str
    kind: str
    source: str
    note: str
