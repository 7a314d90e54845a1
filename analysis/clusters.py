"""An actor in the making: mentions that have been linked, and what they tell together."""

from __future__ import annotations

from dataclasses import dataclass, field

from analysis.candidates import Candidate


@dataclass
class Cluster:
    """One actor in the making: its mentions with the rule that linked each, and what they tell of it."""

    kind: str
    name: str
    mentions: list[tuple[Candidate, str]] = field(default_factory=list)

    def add(self, candidate: Candidate, rule: str) -> None:
        self.mentions.append((candidate, rule))

    def first(self, attribute: str) -> str | None:
        """The first value that a mention gives for an attribute of :class:`Candidate`."""
        values = (getattr(candidate, attribute) for candidate, _ in self.mentions)
        return next((value for value in values if value), None)

    @property
    def classes(self) -> set[str]:
        return {name for candidate, _ in self.mentions for name in candidate.office_classes} - {"honorific"}

    def last_before(self, position: int) -> int:
        """Where the actor was last mentioned before a token; -1 if it was not."""
        return max((one.start for one, _ in self.mentions if one.start < position), default=-1)


def genders_agree(one: str | None, other: str | None) -> bool:
    return not (one and other and "both" not in (one, other) and one != other)
