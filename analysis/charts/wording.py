"""Charts of how sides are given word: direct or indirect speech by camp, and loaded terms by voice."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.charts.style import (
    HATCHES,
    NO_CAMP,
    WRITER_COLOUR,
    beside,
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
    quote_key,
    rows,
    short,
    top,
    use_style,
)
from analysis.findings.wording import loaded_pairs, speech_by_camp
from analysis.schema import LOADINGS, WRITER


@use_style()
def plot_speech_by_camp(
    statements: pd.DataFrame, *, ax: Axes | None = None, colours: Mapping[str, str] | None = None
) -> Axes:
    """Direct, mixed and indirect speech of each camp as shares, with the number of statements in each part."""
    table = speech_by_camp(statements)
    if table.empty:
        return nothing(ax, "statements")
    colours = camp_colours(statements["camp"]) if colours is None else colours
    table = table.assign(label=table["camp"].fillna(NO_CAMP))
    camps, note = top(table["label"].unique())
    ax = canvas(ax, rows=len(camps), row=0.5)
    for place, camp in enumerate(camps):
        own = table[table["label"] == camp].set_index("quote_type")
        _shares(ax, place, own, colour_of(None if camp == NO_CAMP else camp, colours))
    rows(ax, [named(camp, camp) for camp in camps])
    ax.set_xlim(0, 1.16)
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0 %", "25 %", "50 %", "75 %", "100 %"])
    beside(ax, quote_key(table.loc[table["n"] > 0, "quote_type"]))
    axis = "share of the camp's statements; numbers in the bars: statements"
    return entitle(ax, _who_is_quoted(table), axis=axis, notes=[note], table=table.drop(columns="label"))


def _shares(ax: Axes, place: int, own: pd.DataFrame, colour: str) -> None:
    left = 0.0
    for kind, hatch in HATCHES.items():
        share, count = float(own.loc[kind, "share"]), int(own.loc[kind, "n"])
        ax.barh(place, share, left=left, color=colour, hatch=hatch, edgecolor="white", height=0.62)
        if count:
            box = {"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none"}
            ax.text(left + share / 2, place, str(count), ha="center", va="center", fontsize=8, bbox=box)
        left += share
    ax.text(1.015, place, f"n = {int(own['of'].iloc[0])}", va="center", fontsize=8)


def _who_is_quoted(table: pd.DataFrame) -> str:
    """How many statements of the two groups heard most are in their own words."""
    direct = table[table["quote_type"] == "direct"].head(2)
    parts = [f"{short(row.label, 30)} {row.n} of {row.of}" for row in direct.itertuples()]
    return f"In quotation marks throughout: {listed(parts)}"


@use_style()
def plot_loaded_pairs(
    devices: pd.DataFrame,
    *,
    camps: Mapping[str, str] | None = None,
    ax: Axes | None = None,
    colours: Mapping[str, str] | None = None,
) -> Axes:
    """Which voice calls what by which name: a row for each voice in each set of terms, a column for each loading.

    `camps` gives the camp of each voice by its id (actor_id to camp of the table actors). Sets of which the article
    uses a single neutral term are left out; sets with most different terms come first.
    """
    pairs = loaded_pairs(devices, camps)
    if pairs.empty:
        return nothing(ax, "choice between names")
    colours = camp_colours(pairs["camp"]) if colours is None else colours
    pairs = pairs.assign(row=pairs["term_set"] + "\n" + pairs["voice"])
    names, note = top(pairs["row"].unique())
    shown = pairs[pairs["row"].isin(names)]
    ax = canvas(ax, rows=len(names), row=0.62, width=11.0)
    for (name, loading), cell in shown.groupby(["row", "loading"], sort=False):
        voice = cell["voice"].iloc[0]
        colour = WRITER_COLOUR if voice == WRITER else colour_of(cell["camp"].iloc[0], colours)
        _cell(ax, LOADINGS.index(loading), names.index(name), cell, colour, int(shown["n"].max()))
    firsts = shown.drop_duplicates("row").set_index("row").loc[names]
    rows(ax, [named(row.voice, row.camp) for row in firsts.itertuples()])
    _frame(ax, list(firsts["term_set"]))
    quoted = shown.loc[shown["voice"] != WRITER, "camp"]
    key = [Rectangle((0, 0), 1, 1, facecolor=WRITER_COLOUR, label=WRITER)] if (shown["voice"] == WRITER).any() else []
    beside(ax, camp_key(quoted, colours), key)
    axis = "length of a bar: how often; above it: the term and, after an arrow, of whom it is said"
    return entitle(ax, _contrast(pairs), axis=axis, notes=[note], table=pairs.drop(columns="row"))


def _cell(ax: Axes, column: int, row: int, cell: pd.DataFrame, colour: str, most: int) -> None:
    """The terms of one voice and loading: a bar for their number, the words above it."""
    left, count = column - 0.46, int(cell["n"].sum())
    ax.add_patch(Rectangle((left, row + 0.12), 0.6 * count / max(most, count), 0.2, facecolor=colour, linewidth=0))
    end = left + 0.6 * count / max(most, count)
    ax.annotate(str(count), (end, row + 0.22), (3, 0), textcoords="offset points", va="center", fontsize=8)
    texts = [
        short(one.term, 26) + (f" → {short(one.referent, 22)}" if not pd.isna(one.referent) else "")
        for one in cell.itertuples()
    ]
    lines = texts[:1] + [f"{texts[1]}, +{len(texts) - 2}" if len(texts) > 2 else text for text in texts[1:2]]
    ax.text(left, row + 0.07, "\n".join(lines), va="bottom", fontsize=7.5, color="#222222", linespacing=1.05)


def _frame(ax: Axes, sets: list[str]) -> None:
    """Columns named above, the name of each set over its first row, a line between sets."""
    ax.set_xticks(range(len(LOADINGS)), LOADINGS)
    ax.xaxis.tick_top()
    ax.set_xlim(-0.5, len(LOADINGS) - 0.5)
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    for place in range(len(sets)):
        ax.axhline(place - 0.5, color="#e5e5e5", linewidth=0.6, zorder=0)
    groups_of_rows(ax, sets)
    for edge in (0.5, 1.5):
        ax.axvline(edge, color="#dddddd", linewidth=0.6, zorder=0)


def _contrast(pairs: pd.DataFrame) -> str:
    """The clearest choice of words: one referent, or one set, with names of different loading."""
    for keys in (["term_set", "referent"], ["term_set"]):
        for _, group in pairs.groupby(keys, sort=False):
            loadings = group.drop_duplicates("loading")
            if len(loadings) > 1:
                return f"Names for {_what(group)}: {listed([_said(one) for one in loadings.itertuples()])}"
    counts = pairs.groupby("term", sort=False)["n"].sum().sort_values(ascending=False, kind="stable")
    most = f"{counts.index[0]} ({number(counts.iloc[0], 'place')})"
    return f"No names of different loading for one thing; most frequent: {most}"


def _what(group: pd.DataFrame) -> str:
    referents = group["referent"].dropna().unique()
    whole = len(referents) == 1 and group["referent"].notna().all()
    return short(referents[0], 30) if whole else group["term_set"].iloc[0]


def _said(one) -> str:
    return f"“{one.term}” ({short(one.voice, 24)})"
