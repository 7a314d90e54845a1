"""Charts of frames along one article and over many: who brings which frame where, and how often by outlet or month."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import PercentFormatter

from analysis.charts.frames import DOTTED, camp_of_voice, look
from analysis.charts.style import (
    EXPLORATORY,
    NO_CAMP,
    PALETTE,
    beside,
    camp_colours,
    canvas,
    entitle,
    groups_of_rows,
    nothing,
    number,
    rows,
    short,
    top,
    use_style,
    wrapped,
)
from analysis.findings.aggregate import percent, wilson
from analysis.schema import WRITER

MARKERS = ("o", "s", "^", "D", "v", "P", "X")
GROUPS = len(MARKERS)
"""Outlets or months with a mark of their own."""
ROOM = 0.18
"""Room for the names of the schemes behind the last passage, as a share of the passages."""
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
    ranked = cells.groupby(["scheme", "frame"])["passage_id"].nunique().sort_values(ascending=False, kind="stable")
    names, note = top(ranked.index)
    names = sorted(names, key=lambda name: name[0])
    at = {passage: n for n, passage in enumerate(passages["passage_id"])}
    ax = canvas(ax, rows=len(names), row=0.34, width=10.0)
    for (scheme, frame, passage), own in cells.groupby(["scheme", "frame", "passage_id"]):
        if (scheme, frame) in names:
            _cell(ax, at[passage], names.index((scheme, frame)), sorted(set(own["group"])), colours)
    _headline(ax, passages, at)
    _name_rows(ax, names)
    ax.set_xlim(-0.6, len(at) - 0.4 + ROOM * len(at))
    shown = range(0, len(at), -(-len(at) // 12))
    ax.set_xticks(shown, [str(passages["passage_id"].iloc[n]) for n in shown])
    order = sorted(set(cells["group"]), key=lambda name: (name == WRITER, name == NO_CAMP, name))
    beside(ax, [Patch(**look(name, colours, exploratory=True), label=wrapped(name)) for name in order])
    return entitle(ax, _spread(cells, len(at)), axis="passage; grey band: the headline", notes=[note, DOTTED])


def _name_rows(ax: Axes, names: list[tuple[str, str]]) -> None:
    """The frames at the left, the scheme above its first one."""
    rows(ax, [wrapped(frame.replace("_", " "), 34) for _, frame in names])
    groups_of_rows(ax, [f"scheme: {scheme}" for scheme, _ in names])


def _cell(ax: Axes, column: int, row: int, groups: list[str], colours: Mapping[str, str]) -> None:
    """The cell of a passage and a frame, split among the camps in whose words the frame stands."""
    height = SIZE / len(groups)
    for n, group in enumerate(groups):
        ax.bar(column, height, bottom=row - SIZE / 2 + n * height, width=0.86, **look(group, colours, exploratory=True))


def _headline(ax: Axes, passages: pd.DataFrame, at: Mapping[int, int]) -> None:
    for passage in passages.loc[passages["placement"] == "headline", "passage_id"]:
        ax.axvspan(at[passage] - 0.5, at[passage] + 0.5, color="#dddddd", zorder=0, linewidth=0)


def _spread(cells: pd.DataFrame, passages: int) -> str:
    """The frame of most passages, and in how many the writer brings it, in a sentence."""
    sizes = cells.groupby(["scheme", "frame"])["passage_id"].nunique().sort_values(ascending=False, kind="stable")
    scheme, frame = sizes.index[0]
    own = cells[(cells["scheme"] == scheme) & (cells["frame"] == frame)]
    written = own.loc[own["group"] == WRITER, "passage_id"].nunique()
    name = short(frame.replace("_", " "), 40).capitalize()
    share = f"{sizes.iloc[0]} of {number(passages, 'passage')}"
    return f"{name} in {share}, in {written or 'none'} of them in the writer's voice"


@use_style()
def plot_frames_by(frames: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet", ax: Axes | None = None) -> Axes:
    """The share of articles with each frame, by "outlet" or by "month", with 95 % intervals (Wilson 1927).

    A frame of another scheme is another frame. Articles whose outlet or date is not known are left out, and counted in
    a note. Raises ValueError for another `by`.
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
    means = shares.groupby(["scheme", "frame"])["share"].mean().sort_values(ascending=False, kind="stable")
    names, note = top(means.index)
    names = sorted(names, key=lambda name: name[0])
    ax = canvas(ax, rows=len(names), row=0.2 + 0.14 * len(groups), width=10.0)
    for n, name in enumerate(groups):
        _points(ax, shares[shares["group"] == name], names, n, len(groups))
    _name_rows(ax, names)
    ax.set_xlim(-0.02, 1.02)
    ax.xaxis.set_major_formatter(PercentFormatter(1.0, symbol=" %"))
    ax.grid(axis="x")
    sizes = known["group"].value_counts()
    beside(ax, [_key(n, f"{wrapped(name)} (n = {sizes[name]})") for n, name in enumerate(groups)])
    missing, rest = len(articles) - len(known), len(sizes) - len(groups)
    notes = [note, f"{number(missing, 'article')} without {by} left out" if missing else None]
    notes += [f"{number(rest, f'other {by}')} not shown" if rest > 0 else None, EXPLORATORY]
    axis = f"share of the articles of each {by} with the frame; line: 95 % interval"
    return entitle(ax, _widest(shares, groups, by), axis=axis, notes=notes)


def frame_shares(frames: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    """Columns scheme, frame, group, n articles, `with_frame`, `share`, and a 95 % Wilson interval `low` to `high`.

    `groups` has the columns article_id and group. A frame that no article of a group has is a share of 0.
    """
    sizes = groups.groupby("group")["article_id"].nunique()
    once = frames[["article_id", "scheme", "frame"]].drop_duplicates().merge(groups, on="article_id")
    counts = once.groupby(["scheme", "frame", "group"]).size()
    found = []
    for scheme, frame in sorted(set(zip(frames["scheme"], frames["frame"], strict=True))):
        for group, n in sizes.items():
            k = int(counts.get((scheme, frame, group), 0))
            low, high = wilson(k, int(n))
            row = {"scheme": scheme, "frame": frame, "group": group, "n": int(n), "with_frame": k, "share": k / n}
            found.append(row | {"low": low, "high": high})
    return pd.DataFrame(found)


def _points(ax: Axes, own: pd.DataFrame, names: list[tuple[str, str]], n: int, groups: int) -> None:
    shift = (n - (groups - 1) / 2) * 0.7 / groups
    for row in own.itertuples():
        if (row.scheme, row.frame) in names:
            place = names.index((row.scheme, row.frame)) + shift
            ax.plot([row.low, row.high], [place, place], color=PALETTE[n], linewidth=1.4, zorder=2)
            ax.plot(row.share, place, zorder=3, markersize=5, **_mark(n))


def _key(n: int, label: str) -> Line2D:
    return Line2D([], [], label=label, **_mark(n))


def _mark(n: int) -> dict[str, str]:
    return {"color": PALETTE[n], "marker": MARKERS[n], "markeredgecolor": "#222222"}


def _widest(shares: pd.DataFrame, groups: list[str], by: str) -> str:
    """The frame in which two groups differ most, if their intervals lie apart; else the commonest one."""
    shown = shares[shares["group"].isin(groups)]
    apart = []
    for (_, frame), own in shown.groupby(["scheme", "frame"]):
        low, high = own.loc[own["share"].idxmin()], own.loc[own["share"].idxmax()]
        if low["high"] < high["low"]:
            apart.append((high["share"] - low["share"], frame, high, low))
    if apart:
        _, frame, *ends = max(apart, key=lambda one: one[0])
        said = [f"{short(one['group'], 24)} {percent(one['share'])} (n = {one['n']})" for one in ends]
        return f"The {by}s differ most in {frame.replace('_', ' ')}: {said[0]}, {said[1]}"
    sums = shown.groupby(["scheme", "frame"])[["with_frame", "n"]].sum()
    best = sums.assign(share=sums["with_frame"] / sums["n"]).sort_values("share", ascending=False, kind="stable")
    name = best.index[0][1].replace("_", " ").capitalize()
    most = f"{name} in {percent(best['share'].iloc[0])} of {number(int(best['n'].iloc[0]), 'article')}"
    return most if len(groups) < 2 else f"{most}; no frame sets two {by}s apart"
