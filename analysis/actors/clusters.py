"""An actor in the making: mentions that have been linked, and what they tell together."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from analysis.mentions.candidates import Candidate

INFERRED = (
    "office_before",
    "office_behind",
    "named_next",
    "named_otherwise",
    "predicate",
    "only_spokesperson",
    "listed_holder",
)
"""Rules that infer who is meant: the words of such a mention are not taken as facts about the actor."""


@dataclass
class Cluster:
    """One actor in the making: its mentions with the rule that linked each, in order, and what they tell of it."""

    kind: str
    name: str
    words: tuple[str, ...] = ()
    mentions: list[tuple[Candidate, str]] = field(default_factory=list)
    classes: set[str] = field(default_factory=set)
    offices: set[str] = field(default_factory=set)
    _starts: list[int] = field(default_factory=list)
    _told: dict[str, str | None] = field(default_factory=dict)

    def add(self, candidate: Candidate, rule: str) -> None:
        at = bisect_left(self._starts, candidate.start)
        self._starts.insert(at, candidate.start)
        self.mentions.insert(at, (candidate, rule))
        if rule not in INFERRED:
            self.classes |= candidate.office_classes - {"honorific"}
            self.offices |= {office.phrase for office in candidate.offices}
        self._told.clear()

    def first(self, attribute: str) -> str | None:
        """The first value that a mention gives for an attribute of :class:`Candidate`; inferred ones tell nothing."""
        if attribute not in self._told:
            values = (getattr(candidate, attribute) for candidate in self.facts)
            self._told[attribute] = next((value for value in values if value), None)
        return self._told[attribute]

    def last_before(self, position: int) -> int:
        """Where the actor was last mentioned before a token; -1 if it was not."""
        at = bisect_left(self._starts, position)
        return self._starts[at - 1] if at else -1

    def before(self, position: int) -> Iterator[Candidate]:
        """The mentions before a token, the last first."""
        for k in range(bisect_left(self._starts, position) - 1, -1, -1):
            yield self.mentions[k][0]

    @property
    def gender(self) -> str | None:
        """What names and titles tell; without them, what at least two pronouns tell and none denies."""
        if "gender" not in self._told:
            told = [(one.gender, one.form) for one in self.facts if one.gender]
            words = [gender for gender, form in told if form != "pronoun"]
            agreed = {gender for gender, _ in told} if len(told) > 1 else set()
            self._told["gender"] = words[0] if words else agreed.pop() if len(agreed) == 1 else None
        return self._told["gender"]

    @property
    def facts(self) -> list[Candidate]:
        """The mentions whose words tell something about the actor."""
        return [candidate for candidate, rule in self.mentions if rule not in INFERRED]

    @property
    def named(self) -> bool:
        return any(candidate.form == "name" for candidate, _ in self.mentions)


@dataclass
class Register:
    """The actors so far, with an index from the words of names to the persons that bear them."""

    clusters: list[Cluster] = field(default_factory=list)
    persons: list[Cluster] = field(default_factory=list)
    _bearers: dict[str, list[Cluster]] = field(default_factory=lambda: defaultdict(list))
    _named: dict[tuple[str, str], Cluster] = field(default_factory=dict)

    def open(self, one: Candidate, name: str) -> Cluster:
        """A new actor for a mention, which is still to be added."""
        cluster = Cluster(one.kind, name, one.words)
        self.clusters.append(cluster)
        self._named.setdefault((one.kind, name.casefold()), cluster)
        if one.kind == "person" and one.name:
            self.persons.append(cluster)
            for word in set(one.words):
                self._bearers[word].append(cluster)
        return cluster

    def bearers(self, word: str) -> list[Cluster]:
        """The persons with this word in the name that they were first seen with."""
        return self._bearers.get(word, [])

    def called(self, kind: str, name: str) -> Cluster | None:
        """The actor of this kind and name."""
        return self._named.get((kind, name.casefold()))


def genders_agree(one: str | None, other: str | None) -> bool:
    return not (one and other and "both" not in (one, other) and one != other)
