"""Names of states and organisations, nouns of offices and groups, and look-ups in them.

The entries are data: ``states.csv``, ``organisations.csv``, ``offices.csv``, ``groups.csv`` and
``first_names.csv`` of the codebook (see :mod:`analysis.codebook`), each read once. How names are compared,
and who owns a name that two entries share, see :mod:`analysis.knowledge.names`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from analysis.codebook import FIRST_ROW, CodebookError, read_csv, read_entries
from analysis.knowledge.names import bare, index_of, look_up

_REMEMBERED = 100_000
"""Look-ups kept in memory: an article asks for the same few names again and again."""

FILLERS = frozenset({"the", "'s", "’s"})
GENDERS = ("female", "male", "both")


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
    """A noun or phrase that names an office or profession, or an honorific; `official`: a public office."""

    phrase: str
    office_class: str
    official: bool
    gender: str
    abbreviation: str
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


@cache
def states(path: Path | None = None) -> tuple[State, ...]:
    """All states, or those of an own file."""
    return read_entries(State, "states.csv", path=path)


@cache
def organisations(path: Path | None = None) -> tuple[Organisation, ...]:
    """All organisations, or those of an own file."""
    return read_entries(Organisation, "organisations.csv", path=path)


@cache
def offices(path: Path | None = None) -> tuple[Office, ...]:
    """All offices and honorifics, or those of an own file."""
    return read_entries(Office, "offices.csv", path=path)


@cache
def groups(path: Path | None = None) -> tuple[Group, ...]:
    """All group nouns, or those of an own file."""
    return read_entries(Group, "groups.csv", path=path)


@cache
def first_names(path: Path | None = None) -> dict[str, str]:
    """Given name in lower case without diacritics -> "female", "male" or "both"."""
    names: dict[str, str] = {}
    for line, row in enumerate(read_csv("first_names.csv", ("name", "gender"), path=path), FIRST_ROW):
        name = bare(row["name"]).casefold()
        if row["gender"] not in GENDERS or name in names:
            problem = "stands twice" if name in names else f"gender is none of {', '.join(GENDERS)}"
            raise CodebookError(path or "first_names.csv", line, f"{row['name']}: {problem}")
        names[name] = row["gender"]
    return names


@lru_cache(maxsize=_REMEMBERED)
def state_of(name: str, *, path: Path | None = None) -> State | None:
    """The state that a name, alias, capital or seat of government stands for: "the Kremlin's" -> Russia."""
    return look_up(name, _state_names(path))


@lru_cache(maxsize=_REMEMBERED)
def state_of_adjective(word: str, *, path: Path | None = None) -> State | None:
    """The state of an adjective or of the name of its people: "Iranian", "Britons", "U.S."."""
    return look_up(word, _state_adjectives(path))


@lru_cache(maxsize=_REMEMBERED)
def organisation_of(name: str, *, path: Path | None = None) -> Organisation | None:
    """The organisation of a name, an alias or a name of its members: "Da'esh", "the GOP", "Democrats"."""
    return look_up(name, _organisation_names(path))


def offices_in(words: Sequence[str], *, path: Path | None = None) -> list[OfficeMatch]:
    """The longest office phrases in a sequence of words, from left to right, without overlap.

    Words are tokens as written, or lemmas for plurals; only abbreviations ("Gen.", "PM") need their
    capitals. Hyphens, "the" and names or adjectives of states inside a phrase do not break it: "Chief of
    Staff of the Iranian Armed Forces" is "chief of staff of the armed forces".
    """
    table, longest = _office_table(path)
    pieces = _pieces(words)
    found, at = [], 0
    while at < len(pieces):
        office, after = _office_at(pieces, at, table, longest)
        if office:
            found.append(OfficeMatch(office, pieces[at][0], pieces[after - 1][0] + 1))
        at = after
    return found


@cache
def office_words(*, path: Path | None = None) -> frozenset[str]:
    """Every word of every office phrase, in lower case: a noun that is none of them heads no office."""
    return frozenset(word.casefold() for office in offices(path) for word in office.phrase.split())


def group_of(noun: str, *, path: Path | None = None) -> Group | None:
    """The group noun of a lemma or a plural: "official", "authorities", "civil servants"."""
    return _group_table(path).get(noun.casefold())


def gender_of(first_name: str, *, path: Path | None = None) -> str | None:
    """ "female", "male" or "both" for a given name ("José", "Jean-Luc"), None if it is not known."""
    name, known = bare(first_name).casefold(), first_names(path)
    return known.get(name) or known.get(name.partition("-")[0])


@cache
def _state_names(path: Path | None) -> dict[str, State]:
    def forms(state: State) -> tuple[str, ...]:
        return (state.name, *state.aliases, *state.capital, *state.houses)

    return index_of(states(path), forms, file=path or "states.csv")


@cache
def _state_adjectives(path: Path | None) -> dict[str, State]:
    def forms(state: State) -> tuple[str, ...]:
        return (*state.adjectives, *state.demonyms)

    return index_of(states(path), forms, file=path or "states.csv")


@cache
def _organisation_names(path: Path | None) -> dict[str, Organisation]:
    def forms(body: Organisation) -> tuple[str, ...]:
        return (body.name, *body.aliases, *body.members)

    return index_of(organisations(path), forms, file=path or "organisations.csv")


@cache
def _group_table(path: Path | None) -> dict[str, Group]:
    table: dict[str, Group] = {}
    for line, group in enumerate(groups(path), FIRST_ROW):
        if group.noun in table:
            raise CodebookError(path or "groups.csv", line, f"'{group.noun}' stands twice")
        table[group.noun] = group
    plurals = {group.plural or f"{group.noun}s": group for group in groups(path)}
    return plurals | table


@cache
def _office_table(path: Path | None) -> tuple[dict[tuple[str, ...], Office], int]:
    """Phrase, as a tuple of words, -> its office; and the number of words in the longest."""
    table: dict[tuple[str, ...], Office] = {}
    for line, office in enumerate(offices(path), FIRST_ROW):
        for phrase in filter(None, (office.phrase, office.abbreviation)):
            words = tuple(piece for _, piece in _pieces(phrase.split()) if piece not in FILLERS)
            if words in table and table[words] is not office:
                raise CodebookError(path or "offices.csv", line, f"'{phrase}' stands twice")
            table[words] = office
    return table, max(map(len, table), default=0)


def _pieces(words: Sequence[str]) -> list[tuple[int, str]]:
    """The parts of the words without hyphens and final stops, each with the index of its word."""
    parts = ((at, part.rstrip(".")) for at, word in enumerate(words) for part in word.split("-"))
    return [(at, part) for at, part in parts if part]


def _office_at(
    pieces: Sequence[tuple[int, str]], at: int, table: Mapping[tuple[str, ...], Office], longest: int
) -> tuple[Office | None, int]:
    """The longest office that begins at this piece, and the piece after it (after this one if none)."""
    words: list[str] = []
    best, after = None, at + 1
    for place in range(at, len(pieces)):
        word = pieces[place][1]
        if words and _is_filler(word):
            continue
        words.append(word)
        if len(words) > longest:
            break
        office = table.get(tuple(word.lower() for word in words)) or table.get(tuple(words))
        best, after = (office, place + 1) if office else (best, after)
    return best, after


@cache
def _is_filler(word: str) -> bool:
    return word.lower() in FILLERS or bool(state_of(word) or state_of_adjective(word))
