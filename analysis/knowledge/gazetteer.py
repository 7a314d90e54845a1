"""What is known before an article is read: one frozen object, looked up by name, adjective, noun or phrase.

The entries are data: ``states.csv``, ``organisations.csv``, ``offices.csv``, ``groups.csv``, ``first_names.csv``,
``regions.csv`` and ``places.csv`` of the codebook (see :mod:`analysis.codebook`). How names are compared, and who owns
a name that two entries share, see :mod:`analysis.knowledge.names`. It goes with a parse (:func:`analysis.parse`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import TypeVar

from analysis.codebook import FIRST_ROW, CodebookError, read_csv, read_entries
from analysis.knowledge.entries import Group, Office, OfficeMatch, Organisation, Place, Region, State
from analysis.knowledge.names import Named, bare, index_of, look_up

_REMEMBERED = 100_000
"""Look-ups kept in memory: an article asks for the same few names again and again."""

FILLERS = frozenset({"the", "'s", "’s"})
GENDERS = ("female", "male", "both")
Entry = TypeVar("Entry", bound=Named)


@dataclass(frozen=True, eq=False)
class Knowledge:
    """States, organisations, offices, groups, given names, regions and places, with what is looked up in them.

    The look-ups are made at first use; then :class:`CodebookError` names a form that two entries claim.
    """

    states: tuple[State, ...]
    organisations: tuple[Organisation, ...]
    offices: tuple[Office, ...]
    groups: tuple[Group, ...]
    first_names: Mapping[str, str]
    regions: tuple[Region, ...]
    places: tuple[Place, ...]
    files: Mapping[str, Path | str]

    @cached_property
    def state_of(self) -> Callable[[str], State | None]:
        """The state that a name, alias, capital or seat of government stands for: "the Kremlin's" -> Russia."""
        return self._looking_up("states", self.states, lambda s: (s.name, *s.aliases, *s.capital, *s.houses))

    @cached_property
    def state_of_adjective(self) -> Callable[[str], State | None]:
        """The state of an adjective or of the name of its people: "Iranian", "Britons", "U.S."."""
        return self._looking_up("states", self.states, lambda s: (*s.adjectives, *s.demonyms))

    @cached_property
    def organisation_of(self) -> Callable[[str], Organisation | None]:
        """The organisation of a name, an alias or a name of its members: "Da'esh", "the GOP", "Democrats"."""
        return self._looking_up("organisations", self.organisations, lambda b: (b.name, *b.aliases, *b.members))

    def _looking_up(
        self, file: str, entries: Iterable[Entry], forms: Callable[[Entry], Iterable[str]]
    ) -> Callable[[str], Entry | None]:
        index = index_of(entries, forms, file=self.files[file])
        return lru_cache(maxsize=_REMEMBERED)(lambda name: look_up(name, index))

    def is_listed(self, name: str) -> bool:
        """Whether a name is that of a state or an organisation."""
        return bool(self.state_of(name) or self.organisation_of(name))

    def group_of(self, noun: str) -> Group | None:
        """The group noun of a lemma or a plural: "official", "authorities", "civil servants"."""
        return self._groups.get(noun.casefold())

    @cached_property
    def _groups(self) -> dict[str, Group]:
        table: dict[str, Group] = {}
        for line, group in enumerate(self.groups, FIRST_ROW):
            if group.noun in table:
                raise CodebookError(self.files["groups"], line, f"'{group.noun}' stands twice")
            table[group.noun] = group
        plurals = {group.plural or f"{group.noun}s": group for group in self.groups}
        return plurals | table

    def gender_of(self, first_name: str) -> str | None:
        """ "female", "male" or "both" for a given name ("José", "Jean-Luc"), None if it is not known."""
        name = bare(first_name).casefold()
        return self.first_names.get(name) or self.first_names.get(name.partition("-")[0])

    def region_in(self, words: Sequence[str]) -> str | None:
        """The first region named in the words: "New York", "Calif.", "Tex" and "." as two words; None if none is.

        An abbreviation needs its stop, so that "Miss" and "La" are no states.
        """
        for k, word in enumerate(words):
            if word[:1].isupper():
                stopped = f"{word}." if words[k + 1 : k + 2] == ["."] else word
                found = self._regions.get(" ".join(words[k : k + 2])) or self._regions.get(stopped)
                if found is not None:
                    return found
        return None

    def region_state(self, region: str | None) -> str | None:
        """The federal state that a region is part of."""
        return self._region_states.get(region or "")

    @cached_property
    def _region_states(self) -> dict[str, str]:
        return {one.name: one.state for one in self.regions}

    def place_of(self, name: str) -> str | None:
        """The state in which a city or part of a state lies: "Karachi", "KERALA"; None if the name does not tell."""
        return self._places.get(bare(name).casefold())

    @cached_property
    def _places(self) -> dict[str, str]:
        capitals = {bare(name).casefold(): one.name for one in self.states for name in one.capital}
        return {bare(one.name).casefold(): one.state for one in (*self.places, *self.regions)} | capitals

    @cached_property
    def _regions(self) -> dict[str, str]:
        forms = ((one, (one.name, *one.abbreviations, *one.people)) for one in self.regions)
        return {form: one.name for one, named in forms for form in named}

    def offices_in(self, words: Sequence[str]) -> list[OfficeMatch]:
        """The longest office phrases in a sequence of words, from left to right, without overlap.

        Words are tokens as written, or lemmas for plurals; only abbreviations ("Gen.", "PM") need their
        capitals. Hyphens, "the" and names or adjectives of states inside a phrase do not break it: "Chief of
        Staff of the Iranian Armed Forces" is "chief of staff of the armed forces".
        """
        pieces = _pieces(words)
        found, at = [], 0
        while at < len(pieces):
            office, after = self._office_at(pieces, at)
            if office:
                found.append(OfficeMatch(office, pieces[at][0], pieces[after - 1][0] + 1))
            at = after
        return found

    @cached_property
    def office_words(self) -> frozenset[str]:
        """Every word of every office phrase, in lower case: a noun that is none of them heads no office."""
        return frozenset(word.casefold() for office in self.offices for word in office.phrase.split())

    @cached_property
    def _offices(self) -> tuple[dict[tuple[str, ...], Office], int]:
        """Phrase, as a tuple of words, -> its office; and the number of words in the longest."""
        table: dict[tuple[str, ...], Office] = {}
        for line, office in enumerate(self.offices, FIRST_ROW):
            for phrase in filter(None, (office.phrase, office.abbreviation)):
                words = tuple(piece for _, piece in _pieces(phrase.split()) if piece not in FILLERS)
                if words in table and table[words] is not office:
                    raise CodebookError(self.files["offices"], line, f"'{phrase}' stands twice")
                table[words] = office
        return table, max(map(len, table), default=0)

    def _office_at(self, pieces: Sequence[tuple[int, str]], at: int) -> tuple[Office | None, int]:
        """The longest office that begins at this piece, and the piece after it (after this one if none)."""
        (table, longest), words = self._offices, []
        best, after = None, at + 1
        for place in range(at, len(pieces)):
            word = pieces[place][1]
            if words and self._is_filler(word):
                continue
            words.append(word)
            if len(words) > longest:
                break
            office = table.get(tuple(word.lower() for word in words)) or table.get(tuple(words))
            best, after = (office, place + 1) if office else (best, after)
        return best, after

    def _is_filler(self, word: str) -> bool:
        return word.lower() in FILLERS or bool(self.state_of(word) or self.state_of_adjective(word))


def _pieces(words: Sequence[str]) -> list[tuple[int, str]]:
    """The parts of the words without hyphens and final stops, each with the index of its word."""
    parts = ((at, part.rstrip(".")) for at, word in enumerate(words) for part in word.split("-"))
    return [(at, part) for at, part in parts if part]


def read_knowledge(**own: Path) -> Knowledge:
    """What the package knows, each file replaced by an own one of the same columns where given: ``states=PATH``.

    Raises :class:`CodebookError` for a file that is not as it has to be.
    """
    kinds = {"states": State, "organisations": Organisation, "offices": Office, "groups": Group, "regions": Region}
    kinds |= {"places": Place}
    files = {name: own.get(name, f"{name}.csv") for name in (*kinds, "first_names")}
    entries = {name: read_entries(kind, f"{name}.csv", path=own.get(name)) for name, kind in kinds.items()}
    return Knowledge(**entries, first_names=_first_names(own.get("first_names")), files=files)


@cache
def shipped() -> Knowledge:
    """What the package knows, read once."""
    return read_knowledge()


def _first_names(path: Path | None) -> dict[str, str]:
    """Given name in lower case without diacritics -> "female", "male" or "both"."""
    names: dict[str, str] = {}
    for line, row in enumerate(read_csv("first_names.csv", ("name", "gender"), path=path), FIRST_ROW):
        name = bare(row["name"]).casefold()
        if row["gender"] not in GENDERS or name in names:
            problem = "stands twice" if name in names else f"gender is none of {', '.join(GENDERS)}"
            raise CodebookError(path or "first_names.csv", line, f"{row['name']}: {problem}")
        names[name] = row["gender"]
    return names
