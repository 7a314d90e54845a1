"""Charts of how an article is built: what the headline takes over, and who is heard where, how long, and in reply."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from analysis.charts.statements import NOBODY, with_speakers
from analysis.charts.style import (
    beside,
    camp_by_name,
    camp_colours,
    camp_key,
    canvas,
    colour_of,
    entitle,
    groups_of_rows,
    listed,
    named,
    nothing,
    number,
    rows,
    short,
    top,
    use_style,
    wrapped,
)
from analysis.findings.aggregate import percent
from analysis.findings.counts import words_once
from analysis.findings.structure import FORMS, ITEMS, Told, rebuttals

EACH = 7
"""Rows of speakers, of stances and of frames in the comparison of headline and body."""
PLAIN = "#767676"
"""Colour of frames, which belong to no camp."""
MARKS = dict(zip(FORMS, ("“ ”", "“ ” …", "indirect", "writer"), strict=True))
"""How the headline gives something, in the column of the headline."""


# --- headline against body ------------------------------------------------------------------------------------------


@use_style()
def plot_headline_against_body(
    comparison: pd.DataFrame, *, ax: Axes | None = None, colours: Mapping[str, str] | None = None
) -> Axes:
    """What the headline takes over of the speakers, stances and frames of the body, and what it leaves out.

    `comparison` is the table of :func:`analysis.findings.structure.headline_against_body`. A filled bar: the headline
    has it too, in the form named at the left; a hollow one: the body alone. Raises ValueError for several articles.
    """
    if comparison["article_id"].nunique() > 1:
        raise ValueError("plot_headline_against_body draws one article: choose the rows of one article_id")
    if comparison.empty:
        return nothing(ax, "speakers, stances or frames")
    colours = camp_colours(comparison["camp"]) if colours is None else colours
    shown = pd.concat([_first(comparison[comparison["item"] == item]) for item in ITEMS], ignore_index=True)
    ax = canvas(ax, rows=len(shown), row=0.33, width=10.0)
    most = max(int(shown["body"].max()), 1)
    for place, row in enumerate(shown.itertuples()):
        _compare(ax, place, row, PLAIN if row.item == "frame" else colour_of(row.camp, colours), most)
    rows(ax, [wrapped(name, 34) for name in shown["name"]])
    groups_of_rows(ax, [f"{item}s" for item in shown["item"]])
    ax.set_xlim(-0.3 * most, most * 1.25)
    ax.set_xticks(range(0, most + 1, max(1, most // 5)))
    ax.axvline(0, color="#767676", linewidth=0.8)
    kinds = shown.loc[shown["item"] != "frame", "camp"]
    beside(ax, camp_key(kinds, colours), _taken_key(shown))
    left = len(comparison) - len(shown)
    note = f"{number(left, 'other')} of the body alone not shown" if left else None
    axis = "left: how the headline gives it; right: statements (frames: passages) of the body with it"
    return entitle(ax, _taken_over(comparison), axis=axis, notes=[note], table=comparison)


def _first(own: pd.DataFrame) -> pd.DataFrame:
    """The rows that the chart has room for: those of the headline first, then the most frequent."""
    ranked = own.assign(above=own["headline"] > 0).sort_values(["above", "body"], ascending=False, kind="stable")
    return ranked.head(max(EACH, int((own["headline"] > 0).sum()))).drop(columns="above")


def _compare(ax: Axes, place: int, row, colour: str, most: int) -> None:
    """One row: the form of the headline at the left, a bar for the body at the right."""
    taken = row.headline > 0
    look = {"facecolor": colour if taken else "white", "edgecolor": colour, "linewidth": 1.4}
    ax.barh(place, row.body, height=0.6, **look)
    ax.annotate(str(row.body), (row.body, place), (4, 0), textcoords="offset points", va="center", fontsize=8)
    if taken:
        box = {"boxstyle": "round,pad=0.25", "facecolor": "#222222", "edgecolor": "none"}
        ax.text(-0.15 * most, place, MARKS[row.form], ha="center", va="center", fontsize=7.5, color="white", bbox=box)
    else:
        ax.text(-0.15 * most, place, "–", ha="center", va="center", fontsize=9, color="#999999")


def _taken_key(shown: pd.DataFrame) -> list[Patch]:
    key = {True: ("#555555", "in headline and body"), False: ("white", "in the body alone")}
    present = [taken for taken in key if ((shown["headline"] > 0) == taken).any()]
    return [Patch(facecolor=key[taken][0], edgecolor="#555555", label=key[taken][1]) for taken in present]


def _taken_over(comparison: pd.DataFrame) -> str:
    parts = []
    for item in ITEMS:
        own = comparison[comparison["item"] == item]
        if len(own):
            parts.append(f"{int((own['headline'] > 0).sum()) or 'none'} of {number(len(own), item)}")
    if not comparison["headline"].any():
        whole = [
            number(int((comparison["item"] == item).sum()), item) for item in ITEMS if item in {*comparison["item"]}
        ]
        return f"Nothing found in a headline: {listed(whole)} in the body alone"
    return f"The headline takes over {listed(parts)}"


# --- space and order ------------------------------------------------------------------------------------------------


@use_style()
def plot_space_and_order(
    statements: pd.DataFrame,
    segments: pd.DataFrame,
    stances: pd.DataFrame,
    *,
    ax: Axes | None = None,
    colours: Mapping[str, str] | None = None,
) -> Axes:
    """Who is heard first and how much room each gets, with rebuttals marked; the speakers in the order of appearance.

    A circle is a statement where it begins, its area the words of its content; a diamond with its number of
    words is a rebuttal (:func:`analysis.findings.structure.rebuttals`). Raises ValueError for more than one article.
    """
    if statements["article_id"].nunique() > 1 or segments["article_id"].nunique() > 1:
        raise ValueError("plot_space_and_order draws one article: choose the rows of one article_id")
    if statements.empty:
        return nothing(ax, "statements")
    colours = camp_colours(statements["camp"]) if colours is None else colours
    told = Told(segments)
    said = with_speakers(statements).sort_values("content_start", kind="stable")
    speakers, note = top(said["speaker"].unique())
    ax, camps = canvas(ax, rows=len(speakers), row=0.56, width=10.0), camp_by_name(said, "speaker")
    _paragraphs(ax, told)
    for place, name in enumerate(speakers):
        own = said[said["speaker"] == name]
        _timeline(ax, place, own, told, colour_of(camps[name], colours))
    replies = rebuttals(statements, stances, segments)
    _replies(ax, replies.assign(speaker=replies["speaker"].fillna(NOBODY)), speakers)
    rows(ax, [named(name, camps[name]) for name in speakers])
    ax.set_xlim(-0.02, 1.24)
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0 %", "25 %", "50 %", "75 %", "end"])
    beside(ax, camp_key([camps[name] for name in speakers], colours), _size_key(replies))
    axis = "place in headline and body; dotted: paragraphs; right: words of all contents, share of the article"
    axis += "\n(words inside the statement of another count with that one)" if said["inside"].notna().any() else ""
    places, rebuttal = said["content_start"].map(told.place), said["statement_id"].isin(replies["statement_id"])
    plotted = said[["statement_id", "speaker", "camp", "words"]].assign(place=places, rebuttal=rebuttal)
    return entitle(ax, _order(said, replies, told), axis=axis, notes=[note], table=plotted)


def _paragraphs(ax: Axes, told: Told) -> None:
    for start, end, kind in told.borders():
        ax.axvline(end, color="#bbbbbb", linewidth=0.6, linestyle=":", zorder=0)
        if kind == "headline":
            ax.axvspan(start, end, color="#eeeeee", zorder=0, linewidth=0)


def _timeline(ax: Axes, place: int, own: pd.DataFrame, told: Told, colour: str) -> None:
    """One speaker: a line from the first statement to the last, a circle for each, the sum at the right."""
    places = [told.place(int(start)) for start in own["content_start"]]
    words = words_once(own)
    ax.plot([min(places), max(places)], [place, place], color=colour, linewidth=1.2, zorder=1)
    ax.scatter(
        places, [place] * len(places), s=[_area(n) for n in own["words"]], color=colour, edgecolor="white", zorder=2
    )
    last = -1.0
    for at, statement in zip(places, own["statement_id"], strict=True):
        if at - last > 0.025:
            ax.annotate(str(statement), (at, place - 0.3), ha="center", va="bottom", fontsize=7, color="#333333")
            last = at
    share = words.sum() / max(sum(len(text.split()) for text in told.texts), 1)
    ax.text(1.02, place, f"{number(int(words.sum()), 'word')} ({percent(share)})", va="center", fontsize=8)


def _area(words: int) -> float:
    return 14 + 6.0 * int(words)


def _replies(ax: Axes, replies: pd.DataFrame, speakers: list[str]) -> None:
    """A diamond on each rebuttal with its length, above the row where there is room for one."""
    for row in replies[replies["speaker"].isin(speakers)].itertuples():
        place = speakers.index(row.speaker)
        ax.scatter(
            [row.place], [place], marker="D", s=46, facecolor="white", edgecolor="black", linewidth=1.8, zorder=4
        )
        side = "right" if row.place > 0.5 else "left"
        shift = (-8, -11) if side == "right" else (8, -11)
        text = number(int(row.words), "word")
        ax.annotate(text, (row.place, place), shift, textcoords="offset points", ha=side, va="center", fontsize=7.5)


def _size_key(replies: pd.DataFrame) -> list[Line2D]:
    sizes = [
        Line2D([], [], linestyle="", marker="o", markersize=_area(n) ** 0.5, color="#bbbbbb", label=f"{n} words")
        for n in (10, 40)
    ]
    look = {"marker": "D", "markersize": 6, "markerfacecolor": "white", "markeredgecolor": "black"}
    reply = Line2D([], [], linestyle="", markeredgewidth=1.8, label="rebuttal, with its length", **look)
    return [*sizes, *([reply] if len(replies) else [])]


def _order(said: pd.DataFrame, replies: pd.DataFrame, told: Told) -> str:
    """Who is heard first, and where the first rebuttal stands, in a sentence."""
    first = said["speaker"].iloc[0]
    opening = f"{short(first, 30)} is heard first" if first != NOBODY else "The first voice is not resolved"
    if replies.empty:
        return f"{opening}; no rebuttal found among {number(len(said), 'statement')}"
    one = replies.sort_values("place").iloc[0]
    where = percent(one["place"])
    count = "the only rebuttal comes" if len(replies) == 1 else f"the first of {len(replies)} rebuttals comes"
    return f"{opening}; {count} after {where} of the text, in {number(int(one['words']), 'word')}"
