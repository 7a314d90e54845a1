"""Rules: a name that stands in the tables, the function that decides, and what it reads, in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

Decide = TypeVar("Decide", bound=Callable)


@dataclass(frozen=True)
class Rule(Generic[Decide]):
    """One of an ordered list of rules; `name` is the `method` of the rows that it gives."""

    name: str
    decide: Decide

    @property
    def tells(self) -> str:
        """What it reads, with an example: the first paragraph of the function's docstring."""
        return " ".join((self.decide.__doc__ or "").split("\n\n")[0].split())
