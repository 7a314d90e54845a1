"""The chart of frames along one article: who brings which frame where."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from analysis.charts.frames import DOTTED, camp_of_voice, look
from analysis.charts.style import (
    NO_CAMP,
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
from analysis.schema import WRITER

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
    return entitle(
        ax,
        _spread(cells, len(at)),
        axis="passage; grey band: the headline",
        notes=[note, DOTTED],
        table=_plotted(cells),
    )


def _plotted(cells: pd.DataFrame) -> pd.DataFrame:
    """Each passage with the frames in it and the camp of the voice."""
    shown = cells[["scheme", "frame", "passage_id", "group"]].rename(columns={"group": "camp of the voice"})
    return shown.drop_duplicates().sort_values(["scheme", "frame", "passage_id"], kind="stable")


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
