"""Charts of frames along one article and over many: who brings which frame where, and how often by outlet or month."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator, PercentFormatter

from analysis.aggregate import percent, wilson
from analysis.chart_frames import camp_of_voice, look
from analysis.chart_style import (
    NO_CAMP,
    PALETTE,
    beside,
    camp_colours,
    canvas,
    entitle,
    nothing,
    number,
    rows,
    short,
    top,
    use_style,
    wrapped,
)
from analysis.schema import WRITER

MARKERS = ("o", "s", "^", "D", "v", "P", "X")
GROUPS = len(MARKERS)
"""Outlets or months with a mark of their own."""
SIZE = 0.8
"""Height of a cell."""


@use_style()
def plot_frames_along(
    frames: pd.DataFrame,
    passages: pd.DataFrame,
    *,
    camps: Mapping[str, str],
    ax: Axes | None = None,
    colours: Mapping[str, str] | None = None,
) -> Axes:
    """One article from left to right, a column for each passage, a row for each frame; colour: the camp of the voice.

    `camps` gives the camp of each voice by its id. Several voices with a frame in one passage share its cell. Raises
    ValueError for more than one article.
    """
    if passages["article_id"].nunique() > 1:
        raise ValueError("plot_frames_along draws one article: choose the rows of one article_id")
    if frames.empty:
        return nothing(ax, "frames")
    cells = frames.assign(group=camp_of_voice(frames, camps))
    known = cells.loc[~cells["group"].isin([WRITER, NO_CAMP]), "group"]
    colours = camp_colours(known) if colours is None else colours
    names, note = top(cells.groupby("frame")["passage_id"].nunique().sort_values(ascending=False, kind="stable").index)
    at = {passage: n for n, passage in enumerate(passages["passage_id"])}
    ax = canvas(ax, rows=len(names), row=0.34, width=10.0)
    for (frame, passage), own in cells[cells["frame"].isin(names)].groupby(["frame", "passage_id"]):
        _cell(ax, at[passage], names.index(frame), sorted(set(own["group"])), colours)
    _headline(ax, passages, at)
    rows(ax, [wrapped(name.replace("_", " "), 34) for name in names])
    ax.set_xlim(-0.6, len(at) - 0.4)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=12))
    ax.xaxis.set_major_formatter(lambda n, _: f"{passages['passage_id'].iloc[int(n)]}" if 0 <= n < len(at) else "")
    order = sorted(set(cells["group"]), key=lambda name: (name == WRITER, name == NO_CAMP, name))
    beside(ax, [Patch(**look(name, colours), label=wrapped(name)) for name in order])
    return entitle(ax, _spread(cells, len(at)), axis="passage; grey band: the headline", notes=[note])


def _cell(ax: Axes, column: int, row: int, groups: list[str], colours: Mapping[str, str]) -> None:
    """The cell of a passage and a frame, split among the camps in whose words the frame stands."""
    height = SIZE / len(groups)
    for n, group in enumerate(groups):
        ax.bar(column, height, bottom=row - SIZE / 2 + n * height, width=0.86, **look(group, colours))


def _headline(ax: Axes, passages: pd.DataFrame, at: Mapping[int, int]) -> None:
    for passage in passages.loc[passages["placement"] == "headline", "passage_id"]:
        ax.axvspan(at[passage] - 0.5, at[passage] + 0.5, color="#dddddd", zorder=0, linewidth=0)


def _spread(cells: pd.DataFrame, passages: int) -> str:
    """The frame of most passages, and in how many the writer brings it, in a sentence."""
    first = cells.groupby("frame")["passage_id"].nunique().sort_values(ascending=False, kind="stable").index[0]
    own = cells[cells["frame"] == first]
    written = own.loc[own["group"] == WRITER, "passage_id"].nunique()
    name, size = short(first.replace("_", " "), 40).capitalize(), own["passage_id"].nunique()
    return f"{name} in {size} of {number(passages, 'passage')}, in {written or 'none'} of them in the writer's voice"


@use_style()
def plot_frames_by(frames: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet", ax: Axes | None = None) -> Axes:
    """The share of articles with each frame, by "outlet" or by "month", with 95 % intervals (Wilson 1927).

    Articles whose outlet or date is not known are left out, and counted in a note. Raises ValueError for another `by`.
    """
    if by not in ("outlet", "month"):
        raise ValueError(f"plot_frames_by counts by outlet or by month, not by '{by}'")
    group = articles["outlet"] if by == "outlet" else articles["date"].str.slice(0, 7)
    known = articles.assign(group=group)[["article_id", "group"]].dropna()
    if frames.empty or known.empty:
        return nothing(ax, "frames" if frames.empty else f"{by} of the articles")
    shares = frame_shares(frames, known)
    ranked = known["group"].value_counts().index[:GROUPS]
    groups = sorted(ranked) if by == "month" else list(ranked)
    names, note = top(shares.groupby("frame")["share"].mean().sort_values(ascending=False, kind="stable").index)
    ax = canvas(ax, rows=len(names), row=0.2 + 0.14 * len(groups), width=10.0)
    for n, name in enumerate(groups):
        _points(ax, shares[shares["group"] == name], names, n, len(groups))
    rows(ax, [wrapped(name.replace("_", " "), 34) for name in names])
    ax.set_xlim(-0.02, 1.02)
    ax.xaxis.set_major_formatter(PercentFormatter(1.0, symbol=" %"))
    ax.grid(axis="x")
    sizes = known["group"].value_counts()
    beside(ax, [_key(n, f"{wrapped(name)} (n = {sizes[name]})") for n, name in enumerate(groups)])
    missing, rest = len(articles) - len(known), len(sizes) - len(groups)
    notes = [note, f"{number(missing, 'article')} without {by} left out" if missing else None]
    notes.append(f"{number(rest, f'other {by}')} not shown" if rest > 0 else None)
    axis = f"share of the articles of each {by} with the frame; line: 95 % interval"
    return entitle(ax, _widest(shares, groups, by), axis=axis, notes=notes)


def frame_shares(frames: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    """Columns frame, group, n articles, `with_frame`, `share`, and a 95 % Wilson interval `low` to `high`.

    `groups` has the columns article_id and group. A frame that no article of a group has is a share of 0.
    """
    sizes = groups.groupby("group")["article_id"].nunique()
    once = frames[["article_id", "frame"]].drop_duplicates().merge(groups, on="article_id")
    counts = once.groupby(["frame", "group"]).size()
    found = []
    for frame in sorted(set(frames["frame"])):
        for group, n in sizes.items():
            k = int(counts.get((frame, group), 0))
            low, high = wilson(k, int(n))
            row = {"frame": frame, "group": group, "n": int(n), "with_frame": k, "share": k / n}
            found.append(row | {"low": low, "high": high})
    return pd.DataFrame(found)


def _points(ax: Axes, own: pd.DataFrame, names: list[str], n: int, groups: int) -> None:
    shift = (n - (groups - 1) / 2) * 0.7 / groups
    for row in own[own["frame"].isin(names)].itertuples():
        place = names.index(row.frame) + shift
        ax.plot([row.low, row.high], [place, place], color=PALETTE[n], linewidth=1.4, zorder=2)
        ax.plot(row.share, place, zorder=3, markersize=5, **_mark(n))


def _key(n: int, label: str) -> Line2D:
    return Line2D([], [], label=label, **_mark(n))


def _mark(n: int) -> dict[str, str]:
    return {"color": PALETTE[n], "marker": MARKERS[n], "markeredgecolor": "#222222"}


def _widest(shares: pd.DataFrame, groups: list[str], by: str) -> str:
    """The frame in which the groups differ most, in a sentence."""
    shown = shares[shares["group"].isin(groups)]
    if len(groups) < 2:
        best = shown.sort_values("share", ascending=False).iloc[0]
        name = best["frame"].replace("_", " ").capitalize()
        return f"{name} in {percent(best['share'])} of {number(best['n'], 'article')}"
    spread = shown.groupby("frame")["share"].agg(lambda cells: cells.max() - cells.min()).idxmax()
    own = shown[shown["frame"] == spread].sort_values("share")
    ends = [
        f"{short(row['group'], 24)} {percent(row['share'])} (n = {row['n']})" for _, row in own.iloc[[-1, 0]].iterrows()
    ]
    return f"The {by}s differ most in {spread.replace('_', ' ')}: {ends[0]}, {ends[1]}"
