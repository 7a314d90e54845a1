"""Charts that compare outlets and months: a panel for each, the same rows and one scale in all."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.charts.style import (
    EXPLORATORY,
    PALETTE,
    canvas,
    entitle,
    how_well,
    listed,
    nothing,
    number,
    rows,
    short,
    use_style,
    wrapped,
)
from analysis.findings.aggregate import ENOUGH
from analysis.findings.by_article import DEEDS, FRAMES, STANCE
from analysis.findings.comparison import in_words

PANELS, MONTHS, ITEMS, OUTLETS = 7, 24, 6, 20
"""Panels side by side; months and panels in a figure over time; outlets in the account."""
MEASURED = {STANCE: "stance that is said", DEEDS: "position that is told"}
PAD = 34
"""Points for the names of the panels, between these and the title."""
BAND, DOT, MEAN = "#8a8a8a", "#222222", "#b34700"


@use_style()
def plot_compared(
    groups: pd.DataFrame, tests: pd.DataFrame, question: str, *, by: str = "outlet", ax: Axes | None = None
) -> Axes:
    """The mean of each item in each group, a panel a group: a dot with its 95 % band, n articles beside it.

    `groups` and `tests` are those of :func:`analysis.findings.compared` and :func:`analysis.findings.differences`. The
    line in every panel is the mean over all groups. The title claims a difference only where the corrected test does;
    the rows that differ carry a star. A hollow dot rests on fewer than five articles.
    """
    own = groups[groups["question"] == question]
    if own.empty:
        return nothing(ax, "actor, camp or frame that four articles say something to")
    sizes = own.groupby("group")["n"].max().sort_values(ascending=False, kind="stable")
    names = sorted(sizes.index) if by == "month" else list(sizes.index)
    names, left = names[:PANELS], names[PANELS:]
    items = list(dict.fromkeys(own["item"]))
    sure = set(tests.loc[tests["differs"].astype(bool) & (tests["question"] == question), "item"])
    ax = canvas(ax, rows=len(items), row=0.34, width=4.0 + 1.75 * len(names))
    panels = _panels(ax, len(names))
    means = {item: _mean(part) for item, part in own.groupby("item")}
    for panel, name in zip(panels, names, strict=True):
        _panel(panel, own[own["group"] == name].set_index("item"), items, means, question)
        panel.set_title(wrapped(name, 20), fontsize=9, fontweight="normal", pad=4)
    rows(panels[0], [f"★ {short(item, 40)}" if item in sure else short(item, 42) for item in items])
    notes = [
        f"Line: mean over all {by}s. Hollow: fewer than {ENOUGH} articles, no band. ★: differs (corrected p < 0.05)",
        f"{number(len(left), f'other {by}')} not shown: {listed([short(one, 24) for one in left])}" if left else None,
        how_well(MEASURED[question]) if question in MEASURED else EXPLORATORY if question == FRAMES else None,
    ]
    axis = (
        f"{question}; dot: mean over the articles of the {by}, bar: 95 % band from drawing articles, number: articles"
    )
    return entitle(ax, in_words(tests, [question], by), axis=axis, notes=notes, pad=PAD, table=own)


def _panels(ax: Axes, number_of: int) -> list[Axes]:
    """Panels side by side in the place of the axes, which keep title and label."""
    ax.set(xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
    width = 1 / number_of
    panels = [ax.inset_axes((n * width, 0, 0.92 * width, 1)) for n in range(number_of)]
    for panel in panels[1:]:
        panel.set_yticks([])
    ax.xaxis.labelpad = 24
    return panels


def _mean(part: pd.DataFrame) -> float:
    return float((part["mean"] * part["n"]).sum() / part["n"].sum())


def _panel(panel: Axes, own: pd.DataFrame, items: Sequence[str], means: dict[str, float], question: str) -> None:
    low, high = _limits(question)
    panel.set(xlim=(low - 0.06 * (high - low), high + 0.34 * (high - low)), ylim=(len(items) - 0.4, -0.6))
    panel.set_xticks([low, (low + high) / 2, high], _labels(question), fontsize=8)
    for place, item in enumerate(items):
        panel.axhline(place, color="#eeeeee", linewidth=0.6, zorder=0)
        panel.plot([means[item]] * 2, [place - 0.32, place + 0.32], color=MEAN, linewidth=1.1, zorder=1)
        if item not in own.index:
            continue
        one = own.loc[item]
        if not pd.isna(one["low"]):
            panel.plot([one["low"], one["high"]], [place, place], color=BAND, linewidth=2.2, zorder=2)
        filled = DOT if one["n"] >= ENOUGH else "white"
        panel.plot(one["mean"], place, "o", markersize=5, color=filled, markeredgecolor=DOT, zorder=3)
        panel.text(
            high + 0.3 * (high - low), place, str(one["n"]), ha="right", va="center", fontsize=7, color="#555555"
        )


def _limits(question: str) -> tuple[float, float]:
    return (-1.0, 1.0) if question in MEASURED else (0.0, 0.5) if question == FRAMES else (0.0, 1.0)


def _labels(question: str) -> list[str]:
    if question in MEASURED:
        return ["−1", "0", "+1"]
    return ["0 %", "25 %", "50 %"] if question == FRAMES else ["0 %", "50 %", "100 %"]


@use_style()
def plot_over_time(groups: pd.DataFrame, tests: pd.DataFrame, question: str, *, ax: Axes | None = None) -> Axes:
    """The mean of the most frequent items of a question month by month, a panel an item, with 95 % bands.

    `groups` and `tests` are those by "month"; the title as in :func:`plot_compared`.
    """
    own = groups[groups["question"] == question]
    months = sorted(set(own["group"]))[-MONTHS:]
    if len(months) < 2:
        return nothing(ax, "second month")
    items = list(dict.fromkeys(own["item"]))[:ITEMS]
    ax = canvas(ax, rows=1, row=2.4, width=3.0 + 1.9 * len(items))
    places = range(len(months))
    for panel, item in zip(_panels(ax, len(items)), items, strict=True):
        part = own[own["item"] == item].set_index("group").reindex(months)
        panel.plot(places, part["mean"], "-", color=BAND, linewidth=0.9, zorder=1)
        for place, one in zip(places, part.itertuples(), strict=True):
            if not pd.isna(one.low):
                panel.plot([place, place], [one.low, one.high], color=BAND, linewidth=2.2, zorder=2)
            filled = DOT if one.n >= ENOUGH else "white"
            panel.plot(place, one.mean, "o", markersize=4.5, color=filled, markeredgecolor=DOT, zorder=3)
        low, high = _limits(question)
        panel.set(xlim=(-0.6, len(months) - 0.4), ylim=(low - 0.05 * (high - low), high))
        step = max(1, len(months) // 4)
        panel.set_xticks(list(places)[::step], months[::step], rotation=40, ha="right", fontsize=7)
        panel.set_title(wrapped(item, 22), fontsize=9, fontweight="normal", pad=4)
        panel.set_yticks([low, (low + high) / 2, high], _labels(question) if item == items[0] else ["", "", ""])
        panel.grid(axis="y")
    ax.xaxis.labelpad = 48
    left = len(set(own["item"])) - len(items)
    notes = [f"{number(left, 'other item')} not shown" if left else None, "Hollow: fewer than five articles, no band"]
    notes.append(EXPLORATORY if question == FRAMES else None)
    title = in_words(tests, [question], "month")
    return entitle(ax, title, axis=f"{question}; bar: 95 % band", notes=notes, pad=PAD, table=own)


@use_style()
def plot_articles(articles: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """How many articles each outlet has in each month; near-duplicates are counted where the table has them."""
    if articles.empty:
        return nothing(ax, "articles")
    outlet = articles["outlet"].fillna("outlet not known")
    month = articles["date"].str.slice(0, 7).fillna("no date")
    counts = pd.crosstab(outlet, month)
    counts = counts.loc[counts.sum(axis=1).sort_values(ascending=False, kind="stable").index[:OUTLETS]]
    counts = counts[sorted(counts.columns)[-MONTHS:]]
    ax = canvas(ax, rows=len(counts), row=0.36, width=4.5 + 0.55 * max(len(counts.columns), 6))
    most = max(int(counts.to_numpy().max()), 1)
    for row, (_, line) in enumerate(counts.iterrows()):
        for column, n in enumerate(line):
            if n:
                _cell(ax, (column, row), int(n), most)
    rows(ax, [f"{short(name, 34)} ({total})" for name, total in counts.sum(axis=1).items()])
    ax.set_xticks(range(len(counts.columns)), counts.columns, rotation=40, ha="right", fontsize=8)
    ax.set_xlim(-0.6, len(counts.columns) - 0.4)
    ax.spines[:].set_visible(False)
    hidden = len(articles) - int(counts.to_numpy().sum())
    notes = [f"{number(hidden, 'article')} of other outlets or months not shown" if hidden else None]
    known = outlet.nunique() - int((outlet == "outlet not known").any())
    title = f"{number(len(articles), 'article')} of {number(known, 'outlet')}"
    dates = articles["date"].dropna()
    title += f", {dates.min()} to {dates.max()}" if len(dates) else ", without dates"
    axis = "articles of each outlet by month; in brackets all shown"
    return entitle(ax, title, axis=axis, notes=notes, table=counts.reset_index())


def _cell(ax: Axes, spot: tuple[int, int], n: int, most: int) -> None:
    column, row = spot
    shade = 0.15 + 0.75 * n / most
    ax.add_patch(Rectangle((column - 0.46, row - 0.42), 0.92, 0.84, facecolor=PALETTE[0], alpha=shade, linewidth=0))
    ax.text(column, row, str(n), ha="center", va="center", fontsize=8, color="white" if shade > 0.55 else "#111111")
