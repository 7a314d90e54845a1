"""In a nutshell: a few sentences with numbers from the tables, each leading to the statements it rests on."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from markupsafe import Markup

from analysis.findings.aggregate import percent, taken
from analysis.findings.counts import counted, words_once
from analysis.schema.analysis import Analysis
from analysis.schema.values import SAID


def nutshell(analysis: Analysis) -> list[Markup]:
    """What the tables of one article say, in at most six sentences; a table without rows says nothing."""
    sentences = [
        loudest(analysis),
        attributed(analysis),
        headline_voice(analysis),
        sharpest(analysis, -1),
        sharpest(analysis, 1),
        unresolved(analysis),
    ]
    return [sentence for sentence in sentences if sentence]


def refs(numbers: Iterable[int]) -> Markup:
    """Links to statements in the article: "3, 4, 8"."""
    links = (Markup('<a class="ref" href="#s{0}">{0}</a>').format(number) for number in numbers)
    return Markup(", ").join(links)


def loudest(analysis: Analysis) -> Markup | None:
    """Who speaks most: by statements, then by words; words inside another statement count with the outer one."""
    spoken = counted(analysis.statements)
    spoken = spoken.assign(words=words_once(spoken))
    known = spoken[spoken["speaker_id"].notna()]
    if known.empty:
        return None
    sizes = known.groupby("speaker_id").agg(n=("statement_id", "size"), words=("words", "sum"))
    first = sizes.sort_values(["n", "words"], ascending=False).index[0]
    rows = known[known["speaker_id"] == first]
    return Markup("{} speaks most: {} of {} statements, {} of {} attributed words ({}).").format(
        rows["speaker"].iloc[0],
        len(rows),
        len(spoken),
        sizes.loc[first, "words"],
        spoken["words"].sum(),
        refs(rows["statement_id"]),
    )


def attributed(analysis: Analysis) -> Markup | None:
    """How much of the body is credited to somebody: the share of its words, by passage."""
    body = analysis.passages[(analysis.passages["placement"] == "body") & analysis.passages["attributed"].notna()]
    if body.empty or not body["words"].sum():
        return None
    share = (body["attributed"] * body["words"]).sum() / body["words"].sum()
    return Markup("{} of the body is attributed to somebody; the rest stands in the writer's own voice.").format(
        percent(share)
    )


def headline_voice(analysis: Analysis) -> Markup | None:
    """Whose words the headline gives."""
    if not (analysis.segments["kind"] == "headline").any():
        return None
    spoken = counted(analysis.statements)
    lines = spoken[spoken["placement"] == "headline"]
    if lines.empty:
        return Markup("The headline is in the writer's own voice.")
    names = dict.fromkeys(lines["speaker"].fillna("somebody who could not be resolved"))
    return Markup("The headline gives the words of {} ({}).").format(" and ".join(names), refs(lines["statement_id"]))


def sharpest(analysis: Analysis, sign: int) -> Markup | None:
    """How many stances speakers take against (-1) or for (+1) somebody, and the speaker and target of most of them."""
    spoken = taken(analysis.stances, SAID)
    rows = spoken[spoken["stance"] == sign]
    if rows.empty:
        return None
    sizes = rows.groupby(["source_id", "target_id"], sort=False).size()
    source, target = sizes.idxmax()
    pair = rows[(rows["source_id"] == source) & (rows["target_id"] == target)]
    word, number = ("against" if sign < 0 else "for"), len(rows)
    head = "One stance is" if number == 1 else f"{number} stances are"
    most = f"most often ({len(pair)} times)" if len(pair) > 1 else "no pair more than once, first" if number > 1 else ""
    names = (pair["source"].iloc[0], word, pair["target"].iloc[0])
    text = "{} {} somebody, {} {} {} {} ({})." if most else "{} {} somebody:{} {} {} {} ({})."
    return Markup(text).format(head, word, most, *names, refs(pair["statement_id"]))


def unresolved(analysis: Analysis) -> Markup | None:
    """How many statements have no resolved speaker."""
    spoken = counted(analysis.statements)
    if spoken.empty:
        return Markup("No statement was found.")
    unknown: pd.DataFrame = spoken[spoken["speaker_id"].isna()]
    if unknown.empty:
        return Markup("Every one of the {} statements has a resolved speaker.").format(len(spoken))
    return Markup("In {} of {} statements the speaker could not be resolved ({}).").format(
        len(unknown), len(spoken), refs(unknown["statement_id"])
    )
