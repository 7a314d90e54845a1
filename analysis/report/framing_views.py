"""The tables of the report's sections on framing: frames, roles, functions, with the words that decided."""

from __future__ import annotations

from analysis.findings.functions import functions_sentence
from analysis.report.cells import (
    View,
    counts_of,
    in_its_passage,
    place_of,
    places_of,
    records,
    rule_of,
    shown,
    words_of,
)
from analysis.schema.analysis import Analysis


def frames(analysis: Analysis) -> View:
    """The frames by scheme: in how many passages, in whose voice, by which words."""
    rows = []
    for (scheme, frame), group in analysis.frames.groupby(["scheme", "frame"], sort=True):
        size = group["passage_id"].nunique()
        voices = counts_of(group.drop_duplicates(["passage_id", "voice_id"])["voice"])
        words = words_of(group["evidence_text"])
        rows.append((scheme, frame.replace("_", " "), size, voices, words, places_of(analysis, group)))
    rows.sort(key=lambda row: (row[0], -row[2]))
    columns = ("Scheme", "Frame", "Passages", "Voices", "Words it rests on", "Where")
    return View(f"Frames in the {len(analysis.passages)} passages of headline and body (exploratory)", columns, rows)


def roles(analysis: Analysis) -> View:
    """How actors are cast, by whom, in which words."""
    table = analysis.roles.sort_values(["actor", "role", "passage_id"])
    rows = [
        (row["actor"], row["role"], row["voice"], in_its_passage(analysis, row), place_of(analysis, row), rule_of(row))
        for row in records(table)
    ]
    return View(
        "Roles (exploratory)",
        ("Actor", "Cast as", "In the voice of", "Words that decided", "Where", "Rule or model"),
        rows,
    )


def functions(analysis: Analysis) -> View:
    """What the passages name as problem, cause, judgement and remedy, by whom, with which actor, in which words."""
    rows = [
        (
            row["function"],
            shown(row["actor"]),
            row["voice"],
            in_its_passage(analysis, row),
            place_of(analysis, row),
            rule_of(row),
        )
        for row in records(analysis.functions)
    ]
    columns = ("Function", "Actor", "In the voice of", "Words that decided", "Where", "Rule or model")
    return View("Problems, causes, judgements and remedies in the order of the text (exploratory)", columns, rows)


def in_a_sentence(analysis: Analysis) -> View:
    """The functions of the article as it tells them, the actors named most often first."""
    told = functions_sentence(analysis.functions)
    return View(
        "The article in its functions", ("Function", "As told"), [(name.capitalize(), told[name]) for name in told]
    )
