"""Charts of the stances: who is for or against whom, as a matrix and as a network."""

from __future__ import annotations

from collections.abc import Mapping
from math import cos, pi, sin

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import LinearSegmentedColormap, Normalize
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, Rectangle

from analysis.charts.style import (
    beside,
    camp_by_name,
    camp_colours,
    camp_key,
    canvas,
    colour_of,
    entitle,
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

AGAINST, FOR, NEITHER = "#b35806", "#2166ac", "#8a8a8a"
"""Brown for against, blue for for: apart for every kind of colour vision."""
DIVERGING = LinearSegmentedColormap.from_list("stance", ["#b35806", "#f1a340", "#f7f7f7", "#67a9cf", "#2166ac"])
SIGNS = {-1: ("against", AGAINST, (0, (4, 2))), 0: ("neither", NEITHER, (0, (1, 2))), 1: ("for", FOR, "solid")}
"""Name, colour and line of each sign."""
EMPTY = {"facecolor": "none", "edgecolor": "#cccccc", "hatch": "///"}
"""The look of a cell without statements."""


def _sign(mean: float) -> int:
    return (mean > 0) - (mean < 0)


def _camps(stances: pd.DataFrame) -> dict[str, object]:
    """The camp of every source and target."""
    sides = [stances[[side, f"{side}_camp"]].set_axis(["name", "camp"], axis=1) for side in ("source", "target")]
    return camp_by_name(pd.concat(sides), "name")


def _by_camp(names: list[str], camps: Mapping[str, object]) -> list[str]:
    """Names by camp, those without one last; within a camp in the order given."""
    return sorted(names, key=lambda name: (pd.isna(camps[name]), str(camps[name])))


def _pairs(stances: pd.DataFrame) -> pd.DataFrame:
    """Mean stance and number of statements of each source toward each target."""
    pairs = stances.groupby(["source", "target"])["stance"].agg(["mean", "size"]).astype({"mean": float})
    return pairs.reset_index()


def _sharpest(pairs: pd.DataFrame) -> str:
    """Which stance rests on the most statements, among those for or against."""
    decided = pairs[pairs["mean"] != 0]
    if decided.empty:
        return "Nobody is for or against anybody"
    weights = (decided["mean"].abs() * decided["size"]).round(6)
    first = decided[weights == weights.max()]
    if len(first) > 2:
        against = int((decided["mean"] < 0).sum())
        return f"{number(len(pairs), 'pair')} of speaker and target: {against} against, {len(decided) - against} for"
    names = [_said(one) for one in first.to_dict("records")]
    return f"Strongest stance: {listed(names)}"


def _said(pair: Mapping[str, object]) -> str:
    side = "against" if pair["mean"] < 0 else "for"
    return f"{short(pair['source'], 30)} {side} {short(pair['target'], 30)} (n = {pair['size']})"


@use_style()
def plot_stance_matrix(
    stances: pd.DataFrame, *, ax: Axes | None = None, colours: Mapping[str, str] | None = None
) -> Axes:
    """Mean stance of each speaker (row) toward each target (column), -1 against to +1 for, with n in the cell.

    Both are sorted by camp. A hatched cell has no statement, which is not a stance of 0.
    """
    if stances.empty:
        return nothing(ax, "stances")
    camps, pairs = _camps(stances), _pairs(stances)
    colours = camp_colours(camps.values()) if colours is None else colours
    sources, more = top(stances["source"].value_counts().index)
    targets, others = top(stances["target"].value_counts().index)
    sources, targets = _by_camp(sources, camps), _by_camp(targets, camps)
    ax = canvas(ax, rows=len(sources) + 2, row=0.5, width=max(9.0, 6 + 0.62 * len(targets)))
    ax.add_patch(
        Rectangle((-0.5, -0.5), len(targets), len(sources), facecolor="none", edgecolor="#cccccc", hatch="///")
    )
    for pair in pairs.to_dict("records"):
        if pair["source"] in sources and pair["target"] in targets:
            _cell(ax, (targets.index(pair["target"]), sources.index(pair["source"])), pair["mean"], pair["size"])
    _name_cells(ax, sources, targets, camps)
    _camp_strips(ax, sources, targets, {name: colour_of(camp, colours) for name, camp in camps.items()})
    beside(ax, camp_key([camps[name] for name in {*sources, *targets}], colours))
    _scale(ax)
    notes = [more and f"speakers: {more}", others and f"targets: {others}"]
    return entitle(
        ax,
        _sharpest(pairs),
        axis="in the cells: mean stance and number of statements; hatched: no statement",
        notes=notes,
    )


def _cell(ax: Axes, spot: tuple[int, int], mean: float, n: int) -> None:
    column, row = spot
    ax.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, facecolor=DIVERGING((mean + 1) / 2), edgecolor="white"))
    value = f"{mean:+.2g}".replace("-", "−") if mean else "0"
    ink = "white" if abs(mean) > 0.7 else "black"
    ax.text(column, row - 0.12, value, ha="center", va="center", color=ink, fontweight="bold")
    ax.text(column, row + 0.24, f"n = {n}", ha="center", va="center", color=ink, fontsize=7)


def _name_cells(ax: Axes, sources: list[str], targets: list[str], camps: Mapping[str, object]) -> None:
    rows(ax, [named(name, camps[name]) for name in sources])
    ax.set_xticks(range(len(targets)), [wrapped(name, 18) for name in targets], rotation=40, ha="left")
    ax.xaxis.tick_top()
    ax.tick_params(length=0, pad=9)
    ax.set(xlim=(-0.5, len(targets) - 0.5), ylim=(len(sources) - 0.5, -0.5))
    ax.spines[:].set_visible(False)


def _scale(ax: Axes) -> None:
    """The colour axis, from -1 to 1 whatever the data, and what hatching means."""
    scale = ScalarMappable(Normalize(-1, 1), DIVERGING)
    bar = ax.get_figure().colorbar(scale, ax=ax, ticks=[-1, 0, 1], shrink=0.7, aspect=14)
    bar.ax.set_yticklabels(["−1 against", "0", "+1 for"])
    bar.outline.set_visible(False)


def _camp_strips(ax: Axes, sources: list[str], targets: list[str], colours: Mapping[str, str]) -> None:
    """The colour of the camp beside each row and over each column."""
    for place, name in enumerate(sources):
        ax.add_patch(Rectangle((-0.62, place - 0.46), 0.09, 0.92, facecolor=colours[name], linewidth=0, clip_on=False))
    for place, name in enumerate(targets):
        ax.add_patch(Rectangle((place - 0.46, -0.62), 0.92, 0.09, facecolor=colours[name], linewidth=0, clip_on=False))


@use_style()
def plot_stance_network(
    stances: pd.DataFrame, *, ax: Axes | None = None, colours: Mapping[str, str] | None = None
) -> Axes:
    """Who is for or against whom: arrows from speaker to target, wider for more statements.

    Actors stand on a circle, those of a camp together. The sign is that of the mean stance; what an actor says of
    itself is left out and counted in a note.
    """
    if stances.empty:
        return nothing(ax, "stances")
    others = stances[stances["source"] != stances["target"]]
    named_most = pd.concat([others["source"], others["target"]]).value_counts().index
    actors, note = top(named_most)
    camps, pairs = _camps(stances), _pairs(others)
    colours = camp_colours(camps.values()) if colours is None else colours
    ax = canvas(ax, rows=10, width=11)
    spots = _circle(_by_camp(actors, camps))
    for pair in pairs[pairs["source"].isin(actors) & pairs["target"].isin(actors)].to_dict("records"):
        _arrow(ax, spots[pair["source"]], spots[pair["target"]], pair["mean"], pair["size"])
    for name, spot in spots.items():
        _node(ax, named(name, camps[name]), spot, colour_of(camps[name], colours))
    ax.set(xlim=(-2.2, 2.2), ylim=(-1.25, 1.25), aspect="equal", xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
    beside(ax, camp_key([camps[name] for name in actors], colours), _sign_key(pairs))
    own = len(stances) - len(others)
    notes = [note, f"{number(own, 'stance')} of actors toward themselves not drawn" if own else None]
    return entitle(ax, _signs(pairs), axis="width of an arrow: number of statements", notes=notes)


def _circle(names: list[str]) -> dict[str, tuple[float, float]]:
    """Places on a circle, clockwise from the top."""
    angles = {name: pi / 2 - 2 * pi * place / len(names) for place, name in enumerate(names)}
    return {name: (1.05 * cos(angle), sin(angle)) for name, angle in angles.items()}


def _arrow(ax: Axes, start: tuple[float, float], end: tuple[float, float], mean: float, n: int) -> None:
    _, colour, line = SIGNS[_sign(mean)]
    arrow = {"arrowstyle": "-|>", "connectionstyle": "arc3,rad=0.16", "mutation_scale": 11, "shrinkA": 8, "shrinkB": 8}
    width, depth = 0.9 + 0.7 * min(n, 6), 2 + abs(_sign(mean))
    ax.add_patch(FancyArrowPatch(start, end, color=colour, linestyle=line, linewidth=width, zorder=depth, **arrow))


def _node(ax: Axes, label: str, spot: tuple[float, float], colour: str) -> None:
    x, y = spot
    ax.plot([x], [y], "o", color=colour, markersize=11, markeredgecolor="white", zorder=5)
    side = "center" if abs(x) < 0.15 else "left" if x > 0 else "right"
    level = "center" if abs(y) < 0.9 else "bottom" if y > 0 else "top"
    ax.text(x * 1.09, y * 1.09, label, ha=side, va=level, fontsize=8.5, zorder=6)


def _sign_key(pairs: pd.DataFrame) -> list[Line2D]:
    present = {_sign(mean) for mean in pairs["mean"]}
    return [
        Line2D([], [], color=colour, linestyle=line, linewidth=1.8, label=f"{name}")
        for sign, (name, colour, line) in SIGNS.items()
        if sign in present
    ]


def _signs(pairs: pd.DataFrame) -> str:
    """How many pairs are against, for and neither."""
    counts = pairs["mean"].map(_sign).value_counts()
    parts = [f"{counts[sign]} {name}" for sign, (name, *_) in SIGNS.items() if sign in counts]
    whole = f"{number(len(pairs), 'pair')} of speaker and target"
    return f"{whole}: {', '.join(parts)}" if parts else "Actors speak only of themselves"
