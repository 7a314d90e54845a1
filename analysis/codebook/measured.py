"""Trust: how often each rule of stance, and the model beside it, agreed with human coders; and rules of camps.

The counts (``codebook/stance_rules.csv``) come from pairs of actors in sentences that were coded by hand (DSE; see
``benchmarks/README.md``), those of the models (``codebook/bands.csv``) from these and from whole articles. A rule
is believed where it agreed at least as often as the model on the same pairs, thirty or more. What tells a camp was
counted on the coded corpus (``codebook/camp_rules.csv``, by ``benchmarks/camps.py``): agreement with a language model's
readings, not with people.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from analysis import codebook


@dataclass(frozen=True)
class Agreement:
    """How well a measure agrees with other coding: which figure, its value, over what, and where it was measured."""

    measure: str
    figure: str
    value: str
    units: str
    source: str
    note: str


@cache
def human_agreement() -> Mapping[str, Agreement]:
    """Measure -> its agreement with people (``codebook/human_agreement.csv``)."""
    return {one.measure: one for one in codebook.read_entries(Agreement, "human_agreement.csv")}


@cache
def readings_agreement() -> Mapping[str, Agreement]:
    """Measure -> its agreement with a language model's readings (``codebook/readings_agreement.csv``), no people's."""
    return {one.measure: one for one in codebook.read_entries(Agreement, "readings_agreement.csv")}


BANDS_FILE = "bands.csv"
COLUMNS = ("rule", "agreed", "model_agreed", "found")
BANDS = ("measure", "label", "low", "high", "agreed", "found")
SURE = 30
"""A rule that was met in fewer pairs never overrules the model."""
ENOUGH = 10
"""A share of fewer pairs is not shown as `confidence`."""


def believed(rule: str) -> bool:
    """Whether the rule is believed before the model: it agreed as often, on enough pairs to say so."""
    agreed, model, found = _counts().get(rule, (0, 0, 0))
    return agreed >= model and found >= SURE


def agreement(rule: str) -> float | None:
    """The share of pairs on which a rule agreed with the coders; none if they were too few."""
    agreed, _, found = _counts().get(rule, (0, 0, 0))
    return _share(agreed, found)


def stance_agreement(how: str, stance: int, probability: float) -> float | None:
    """:func:`band_agreement` of a stance: those that are said and told, sides and neither, were counted apart."""
    return band_agreement(how, "neither" if stance == 0 else "side", probability)


def band_agreement(measure: str, label: str, probability: float) -> float | None:
    """The share of a model's rows of this probability that agreed with the coders; none if they were too few."""
    for (own, kind, low, high), (agreed, found) in _bands().items():
        if (own, kind) == (measure, label) and low <= probability < high:
            return _share(agreed, found)
    return None


def _share(agreed: int, found: int) -> float | None:
    return round(agreed / found, 4) if found >= ENOUGH else None


@cache
def _bands() -> Mapping[tuple[str, str, float, float], tuple[int, int]]:
    return {
        (row["measure"], row["label"], float(row["low"]), float(row["high"])): (int(row["agreed"]), int(row["found"]))
        for row in codebook.read_csv(BANDS_FILE, BANDS)
    }


def camp_agreement(method: str) -> float | None:
    """The share of camps told by a rule that agreed with the coded corpus; none if they were too few."""
    agreed, found = _camp_counts().get(method, (0, 0))
    return _share(agreed, found)


@cache
def _camp_counts() -> dict[str, tuple[int, int]]:
    rows = codebook.read_csv("camp_rules.csv", ("rule", "agreed", "found"))
    return {row["rule"]: (int(row["agreed"]), int(row["found"])) for row in rows}


@cache
def _counts() -> dict[str, tuple[int, int, int]]:
    rows = codebook.read_csv("stance_rules.csv", COLUMNS)
    return {row["rule"]: (int(row["agreed"]), int(row["model_agreed"]), int(row["found"])) for row in rows}
