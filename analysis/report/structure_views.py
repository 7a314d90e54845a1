"""The tables of the report's section "How it is told": how the article is built, and its words, with places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import pandas as pd
from markupsafe import Markup

from analysis.findings.aggregate import percent
from analysis.findings.counts import counted, of_method
from analysis.findings.nutshell import refs
from analysis.findings.structure import headline_against_body, rebuttals, space_and_order
from analysis.findings.wording import evaluative_verbs_by_camp, loaded_pairs, speech_by_camp
from analysis.report.cells import View, in_its_passage, paragraphs, place_of, records, shown
from analysis.schema import LOADINGS, UNKNOWN, WRITER
from analysis.schema.analysis import Analysis

_NO_CAMP = "no camp known"


def structure_views(analysis: Analysis) -> dict[str, View]:
    """The tables of that section for one article, by their name."""
    return {name: make(analysis) for name, make in STRUCTURE_VIEWS.items()}


def headline(analysis: Analysis) -> View:
    """What the headline takes over, and what of the body it leaves out."""
    frames = of_method(analysis.frames)
    table = headline_against_body(analysis.statements, analysis.stances, frames, analysis.passages)
    rows = [
        (row.item, row.name, shown(row.form), row.headline, row.body, _where(analysis, _numbers(row.places)))
        for row in table.itertuples(index=False)
    ]
    columns = ("What", "Which", "How the headline gives it", "In the headline", "In the body", "Where")
    return View("Speakers, stances and frames: statements or passages of headline and body", columns, rows)


def order(analysis: Analysis) -> View:
    """Who is heard first, and how much."""
    table, spoken = space_and_order(analysis.statements, analysis.segments), counted(analysis.statements)
    names, rows = spoken["speaker"].fillna(UNKNOWN), []
    for row in table.to_dict("records"):
        own = refs(spoken.loc[names == row["name"], "statement_id"]) if row["name"] != WRITER else Markup()
        first = "" if pd.isna(row["first"]) else percent(row["first"])
        count = "" if pd.isna(row["statements"]) else row["statements"]
        rows.append((row["name"], shown(row["camp"]), first, count, row["words"], percent(row["share"]), own))
    columns = ("Voice", "Camp", "First heard after", "Statements", "Words", "Share of the words", "Where")
    return View("Order and room: the voices as they come, then what nobody is credited with", columns, rows)


def replies(analysis: Analysis) -> View:
    """Statements that answer an attack."""
    table = rebuttals(analysis.statements, analysis.stances, analysis.segments)
    rows = [
        (
            refs([row["statement_id"]]),
            shown(row["speaker"]) or UNKNOWN,
            row["kind"],
            percent(row["place"]),
            row["words"],
            row["answers"],
            row["text"],
        )
        for row in table.to_dict("records")
    ]
    columns = ("Statement", "Speaker", "Kind", "Comes after", "Words", "Against", "Text")
    return View("Rebuttals", columns, rows)


def speech(analysis: Analysis) -> View:
    """Direct, mixed and indirect speech by camp, and the marked reporting verbs."""
    table, rows = speech_by_camp(analysis.statements), []
    marked = evaluative_verbs_by_camp(analysis.statements).to_dict("records")
    for place, verbs in enumerate(marked):
        parts = [_part(row) for row in table.iloc[3 * place : 3 * place + 3].to_dict("records")]
        share = f"{verbs['marked']} of {verbs['n']}" + (f" ({percent(verbs['share'])})" if verbs["marked"] else "")
        rows.append((shown(verbs["camp"]) or _NO_CAMP, verbs["n"], *parts, share, verbs["cues"]))
    columns = ("Camp", "Statements", "Direct", "Mixed", "Indirect", "Marked cues", "Which")
    return View("Direct or indirect speech, and cues that are neither neutral nor structuring, by camp", columns, rows)


def pairs(analysis: Analysis) -> View:
    """Who calls what by which name."""
    camps = dict(zip(analysis.actors["actor_id"], analysis.actors["camp"], strict=True))
    rows = [
        (
            row["term_set"],
            row["voice"],
            row["term"],
            row["loading"],
            shown(row["referent"]),
            row["n"],
            _where(analysis, _numbers(row["places"])),
        )
        for row in loaded_pairs(analysis.devices, camps).to_dict("records")
    ]
    columns = ("Set", "In the voice of", "Term", "Loading", "Said of", "n", "Where")
    return View("Names for the same kind of thing, the sets with most different names first", columns, rows)


def devices(analysis: Analysis) -> View:
    """Every device with its sentence; neutral terms are left out."""
    rows = []
    for row in records(analysis.devices[analysis.devices["loading"].fillna("") != LOADINGS[1]]):
        kind = ", ".join(filter(None, (shown(row["term_class"]), shown(row["loading"]))))
        name, words = row["device"].replace("_", " "), in_its_passage(analysis, row)
        rows.append((name, kind, words, shown(row["actor"]), row["voice"], place_of(analysis, row), row["method"]))
    columns = ("Device", "Kind", "Words", "About", "In the voice of", "Where", "Rule")
    return View("Loaded terms, scare quotes, hedges, boosters and unattributed claims", columns, rows)


STRUCTURE_VIEWS: Mapping[str, Callable[[Analysis], View]] = {
    make.__name__: make for make in (headline, order, replies, speech, pairs, devices)
}


def _part(row: Mapping[str, object]) -> Markup | str:
    if not row["n"]:
        return "0"
    return Markup("{} ({}): {}").format(row["n"], percent(row["share"]), refs(_numbers(row["statements"])))


def _where(analysis: Analysis, passages: Iterable[int]) -> Markup:
    segments = analysis.passages.set_index("passage_id")["segment_id"]
    return paragraphs(segments[number] for number in passages)


def _numbers(cell: str) -> list[int]:
    return [int(number) for number in cell.split(", ") if number]
