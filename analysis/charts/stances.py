"""Charts of the stances: who is for or against whom, as a matrix and as a network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    how_well,
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
from analysis.findings.aggregate import BOTH, mean_stances, taken
from analysis.schema.values import SAID, TOLD

AGAINST, FOR, MIXED = "#b35806", "#2166ac", "#8a8a8a"
"""Brown for against, blue for for: apart for every kind of colour vision."""
DIVERGING = LinearSegmentedColormap.from_list("stance", ["#b35806", "#f1a340", "#f7f7f7", "#67a9cf", "#2166ac"])
SIGNS = {-1: ("against", AGAINST, (0, (4, 2))), 0: ("both", MIXED, (0, (1, 2))), 1: ("for", FOR, "solid")}
"""Name, colour and line of each sign."""
WHAT = {SAID: "what speakers say", TOLD: "what is told of others, deeds and words", BOTH: "what is said and told"}
UNITS = {SAID: "statements", TOLD: "passages", BOTH: "statements and passages"}
MEASURES = {SAID: ("stance that is said",), TOLD: ("stance that is told",)}
MEASURES[BOTH] = MEASURES[SAID] + MEASURES[TOLD]
"""What is drawn, what its numbers count, and whose agreement with people is given."""
EMPTY = {"facecolor": "none", "edgecolor": "#cccccc", "hatch": "///"}
"""The look of an empty cell."""


def _camps(stances: pd.DataFrame) -> dict[str, object]:
    """The camp of every source and target."""
    sides = [stances[[side, f"{side}_camp"]].set_axis(["name", "camp"], axis=1) for side in ("source", "target")]
    return camp_by_name(pd.concat(sides), "name")


def _by_camp(names: list[str], camps: Mapping[str, object]) -> list[str]:
    """Names by camp, those without one last; within a camp in the order given."""
    return sorted(names, key=lambda name: (pd.isna(camps[name]), str(camps[name])))


def _sharpest(pairs: pd.DataFrame) -> str:
    """Which stance rests on the most rows, among those for or against."""
    decided = pairs[pairs["mean"] != 0]
    if decided.empty:
        return "Nobody is for or against anybody"
    weights = (decided["mean"].abs() * decided["n"]).round(6)
    first = decided[weights == weights.max()]
    if len(first) > 2:
        against = int((decided["mean"] < 0).sum())
        parts = [f"{n} {side}" for n, side in ((against, "against"), (len(decided) - against, "for")) if n]
        return f"{number(len(pairs), 'pair')} of source and target: {', '.join(parts)}"
    names = [_in_words(one) for one in first.to_dict("records")]
    return f"Strongest stance: {listed(names)}"


def _in_words(pair: Mapping[str, object]) -> str:
    side = "against" if pair["mean"] < 0 else "for"
    return f"{short(pair['source'], 30)} {side} {short(pair['target'], 30)} (n = {pair['n']})"


@use_style()
def plot_stance_matrix(
    stances: pd.DataFrame, *, how: str = SAID, ax: Axes | None = None, colours: Mapping[str, str] | None = None
) -> Axes:
    """Mean stance of each source (row) toward each target (column), -1 against to +1 for, with n in the cell.

    `how` is what is drawn: what speakers say themselves ("said"), what is told of others ("told"), or "both". Rows and
    columns are sorted by camp. A hatched cell has no row in the table, which is not a stance of 0.
    """
    stances = taken(stances, how)
    if stances.empty:
        return nothing(ax, "stances")
    camps, pairs = _camps(stances), mean_stances(stances, how=how)
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
            _cell(ax, (targets.index(pair["target"]), sources.index(pair["source"])), pair["mean"], pair["n"])
    _name_cells(ax, sources, targets, camps)
    _camp_strips(ax, sources, targets, {name: colour_of(camp, colours) for name, camp in camps.items()})
    beside(ax, camp_key([camps[name] for name in {*sources, *targets}], colours))
    _scale(ax)
    notes = [more and f"sources: {more}", others and f"targets: {others}", *map(how_well, MEASURES[how])]
    axis = f"{WHAT[how]}; in the cells: mean stance and number of {UNITS[how]}; hatched: none"
    return entitle(ax, _sharpest(pairs), axis=axis, notes=notes, table=pairs)


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
    """The colour of the camp beside each row and over each column, as thick in a small matrix as in a large one."""
    wide, high = 0.004 * (8 + len(targets)), 0.012 * (2 + len(sources))
    for place, name in enumerate(sources):
        spot = (-0.5 - 1.35 * wide, place - 0.46)
        ax.add_patch(Rectangle(spot, wide, 0.92, facecolor=colours[name], linewidth=0, clip_on=False))
    for place, name in enumerate(targets):
        spot = (place - 0.46, -0.5 - 1.35 * high)
        ax.add_patch(Rectangle(spot, 0.92, high, facecolor=colours[name], linewidth=0, clip_on=False))


@use_style()
def plot_stance_network(
    stances: pd.DataFrame,
    *,
    how: str = BOTH,
    units: str | None = None,
    layout: Mapping[str, Sequence[float]] | None = None,
    ax: Axes | None = None,
    colours: Mapping[str, str] | None = None,
) -> Axes:
    """Who is for or against whom: arrows from source to target, wider for more positions taken.

    `how` as in :func:`plot_stance_matrix`. A pair has an arrow if it has a row for or against; rows of 0 have none and
    make none wider. The sign is that of all its rows, or of the mean whose interval over articles leaves out 0; where
    they go both ways the arrow is grey. Actors stand on a circle, those of a camp together; what an actor says of
    itself is left out and counted in a note. `units` names what a row is, if it is not what `how` says ("articles").
    `layout` are the places of actors (:func:`network_layout`); with it these are drawn and no others, so that two
    networks can be laid beside each other.
    """
    stances = taken(stances, how)
    sided = stances[stances["stance"] != 0]
    others = sided[sided["source"] != sided["target"]]
    if others.empty:
        return nothing(ax, "stances")
    spots = network_layout(stances, how=how) if layout is None else {name: tuple(at) for name, at in layout.items()}
    here = set(others["source"]) | set(others["target"])
    actors, left = [name for name in spots if name in here], len(here - set(spots))
    note = f"{number(left, 'other')} not shown" if left else None
    camps, pairs = _camps(others), mean_stances(others, how=how)
    pairs = pairs.assign(sign=[_sign(one) for one in pairs.to_dict("records")])
    colours = camp_colours(camps.values()) if colours is None else colours
    ax = canvas(ax, rows=10, width=11)
    for pair in pairs[pairs["source"].isin(actors) & pairs["target"].isin(actors)].to_dict("records"):
        _arrow(ax, spots[pair["source"]], spots[pair["target"]], pair["sign"], pair["n"])
    for name in actors:
        _node(ax, named(name, camps[name]), spots[name], colour_of(camps[name], colours))
    ax.set(xlim=(-2.2, 2.2), ylim=(-1.25, 1.25), aspect="equal", xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
    beside(ax, camp_key([camps[name] for name in actors], colours), _sign_key(pairs))
    own = len(sided) - len(others)
    notes = [note, f"{number(own, 'stance')} of actors toward themselves not drawn" if own else None]
    axis = f"{WHAT[how]}; width of an arrow: number of {units or UNITS[how]} for or against"
    return entitle(ax, _signs(pairs), axis=axis, notes=[*notes, *map(how_well, MEASURES[how])], table=pairs)


def network_layout(stances: pd.DataFrame, *, how: str = BOTH) -> dict[str, tuple[float, float]]:
    """The places of the actors who have most positions, on a circle, those of a camp together."""
    stances = taken(stances, how)
    others = stances[(stances["stance"] != 0) & (stances["source"] != stances["target"])]
    actors, _ = top(pd.concat([others["source"], others["target"]]).value_counts().index)
    return _circle(_by_camp(actors, _camps(others)))


def _sign(pair: Mapping[str, object]) -> int:
    """The sign of a pair that all its rows bear out, or an interval that leaves out 0; 0 where they go both ways."""
    if not pd.isna(pair["low"]):
        return (pair["low"] > 0) - (pair["high"] < 0)
    return bool(pair["for"]) - bool(pair["against"])


def _circle(names: list[str]) -> dict[str, tuple[float, float]]:
    """Places on a circle, clockwise from the top."""
    angles = {name: pi / 2 - 2 * pi * place / len(names) for place, name in enumerate(names)}
    return {name: (1.05 * cos(angle), sin(angle)) for name, angle in angles.items()}


def _arrow(ax: Axes, start: tuple[float, float], end: tuple[float, float], sign: int, n: int) -> None:
    _, colour, line = SIGNS[sign]
    arrow = {"arrowstyle": "-|>", "connectionstyle": "arc3,rad=0.16", "mutation_scale": 11, "shrinkA": 8, "shrinkB": 8}
    width, depth = 0.9 + 0.7 * min(n, 6), 2 + abs(sign)
    ax.add_patch(FancyArrowPatch(start, end, color=colour, linestyle=line, linewidth=width, zorder=depth, **arrow))


def _node(ax: Axes, label: str, spot: tuple[float, float], colour: str) -> None:
    x, y = spot
    ax.plot([x], [y], "o", color=colour, markersize=11, markeredgecolor="white", zorder=5)
    side = "center" if abs(x) < 0.15 else "left" if x > 0 else "right"
    level = "center" if abs(y) < 0.9 else "bottom" if y > 0 else "top"
    ax.text(x * 1.09, y * 1.09, label, ha=side, va=level, fontsize=8.5, zorder=6)


def _sign_key(pairs: pd.DataFrame) -> list[Line2D]:
    present = set(pairs["sign"])
    return [
        Line2D([], [], color=colour, linestyle=line, linewidth=1.8, label=f"{name}")
        for sign, (name, colour, line) in SIGNS.items()
        if sign in present
    ]


def _signs(pairs: pd.DataFrame) -> str:
    """How many pairs are against, for and both."""
    counts = pairs["sign"].value_counts()
    parts = [f"{counts[sign]} {name}" for sign, (name, *_) in SIGNS.items() if sign in counts]
    return f"{number(len(pairs), 'pair')} of source and target: {', '.join(parts)}"
