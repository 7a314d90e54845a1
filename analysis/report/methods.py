"""The methods section: what was done and how well it agrees with people, in words and as a checklist."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis import __version__
from analysis.codebook.measured import Agreement, human_agreement, readings_agreement
from analysis.schema.analysis import Analysis
from analysis.schema.values import REASONS

MEASURES: Mapping[str, tuple[str, str | None]] = {
    "statement": ("statements", "statement"),
    "speaker": ("speakers of statements", "speaker"),
    "cue_class": ("class of the cue", None),
    "camp": ("camps", "camp"),
    "stance": ("stance", "stance that is said"),
    "sentiment": ("sentiment", "sentiment"),
    "frame": ("frames", "frame"),
    "role": ("roles", "roles"),
}
"""Question -> what it validates, and under which name people's agreement with it elsewhere is kept."""
UNMEASURED = ("class of the cue", "addressee", "occasion", "medium (via)")
"""What has no figure against people anywhere."""
NOT_MEASURED = "not measured"
CHECKED = [
    "measure",
    "validated here",
    "agreement with people elsewhere",
    "with a language model's readings",
    "warning",
]
RELIABLE, TENTATIVE = 0.8, 0.667
"""Krippendorff 2018: an alpha from here on is reliable; below the second nothing should rest on it."""


@dataclass(frozen=True)
class Validation:
    """What came of validating one question on texts of the study: coders with each other, the tool with them."""

    question: str
    units: int
    coders: int
    alpha: float
    macro_f1: float
    low: float | None
    high: float | None


def methods_paragraph(analysis: Analysis, *, model: str, validations: Mapping[str, Validation]) -> str:
    """The corpus, the tool and its validation in sentences, to be adapted for a paper.

    `model` is name and version of the language model, `validations` are by their questions.
    """
    intake, parts = analysis.intake, []
    kept = intake[intake["status"] == "kept"]
    aside = intake.loc[intake["status"] != "kept", "reason"].value_counts()
    why = ", ".join(f"{aside[reason]} {reason}" for reason in REASONS if reason in aside)
    outlets, dates = analysis.articles["outlet"].nunique(), analysis.articles["date"].dropna()
    rest = f" and {aside.sum()} set aside ({why})" if why else ""
    parts.append(f"Of {len(intake)} articles found, {len(kept)} were kept{rest}.")
    span = f", dated {dates.min()} to {dates.max()}" if len(dates) else ""
    parts.append(f"They are from {outlets} outlet{'' if outlets == 1 else 's'}{span}.")
    copies = int(kept["duplicate_of"].notna().sum())
    if copies:
        plural = "duplicate counts" if copies == 1 else "duplicates count"
        parts.append(f"{copies} near-{plural} once in comparisons (70 % of the runs of five words shared).")
    tool = f"newsvoices {__version__} on the parse of {model}"
    parts.append(f"Statements, speakers, stance, sentiment and frames were found by {tool}.")
    for one in (one for one in validations.values() if one.units):
        what = MEASURES[one.question][0]
        interval = "" if one.low is None else f" (95 % interval {one.low:.2f} to {one.high:.2f})"
        coded = f"{one.coders} coders coded {one.units} units drawn from the corpus without seeing the tool's answers"
        agreed = f"(Krippendorff's alpha {one.alpha:.2f})"
        scored = f"the tool's macro-F1 against them is {one.macro_f1:.2f}{interval}"
        parts.append(f"To validate {what}, {coded} {agreed}; {scored}.")
    done = {question for question, one in validations.items() if one.units}
    left = [what for question, (what, _) in MEASURES.items() if question not in done]
    if left:
        parts.append(f"Not validated on these texts: {', '.join(left)}.")
    return " ".join(parts)


def checklist(validations: Mapping[str, Validation]) -> pd.DataFrame:
    """What a reviewer asks of each measure: was it validated on the study's texts, how well, and what else is known."""
    known, readings = human_agreement(), readings_agreement()
    rows = []
    for question, (what, name) in MEASURES.items():
        one = validations.get(question)
        one = one if one is not None and one.units else None
        elsewhere = known.get(name) if name else None
        read = _figure(readings.get(what))
        rows.append((what, _told(one), _figure(elsewhere), read, _warning(one, elsewhere is not None)))
    there = {row[0] for row in rows}
    for what in (name for name in UNMEASURED if name not in there):
        rows.append((what, "no", NOT_MEASURED, _figure(readings.get(what)), _warning(None, False)))
    return pd.DataFrame(rows, columns=CHECKED)


def _figure(known: Agreement | None) -> str:
    return NOT_MEASURED if known is None else f"{known.figure} {known.value} ({known.units})"


def _told(one: Validation | None) -> str:
    if one is None:
        return "no"
    return f"{one.units} units, {one.coders} coders: alpha {one.alpha:.2f}, macro-F1 of the tool {one.macro_f1:.2f}"


def _warning(one: Validation | None, known: bool) -> str:
    if one is None:
        return "not validated on your texts" + ("" if known else ", and nowhere else: do not rest a finding on it")
    if one.alpha < TENTATIVE:
        return f"the coders agree too little (below {TENTATIVE}) for a validation: sharpen the instruction"
    tentative = f"the coders' agreement allows tentative conclusions ({TENTATIVE} to {RELIABLE})"
    return "" if one.alpha >= RELIABLE else tentative
