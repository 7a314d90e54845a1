"""Charts of a validation: what coders and tool say of the same units, and shares corrected for the tool's errors."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.charts.style import PALETTE, canvas, entitle, nothing, number, rows, short, use_style

TOOL, CORRECTED = "#8a8a8a", "#0072B2"


@use_style()
def plot_confusion(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """How many units coders gave each label (rows) and the tool (columns); the diagonal is where they agree.

    `table` is that of :func:`analysis.findings.agreement.confusion`.
    """
    total = int(table.to_numpy().sum())
    if not total:
        return nothing(ax, "units that coders settled")
    ax = canvas(ax, rows=len(table) + 1, row=0.55, width=max(6.5, 3.4 + 0.9 * len(table.columns)))
    most = int(table.to_numpy().max())
    for row, label in enumerate(table.index):
        for column, other in enumerate(table.columns):
            n = int(table.loc[label, other])
            colour = PALETTE[0] if label == other else PALETTE[5]
            spot = (column - 0.48, row - 0.46)
            ax.add_patch(Rectangle(spot, 0.96, 0.92, facecolor=colour, alpha=0.08 + 0.7 * n / most, linewidth=0))
            ax.text(column, row, str(n), ha="center", va="center", color="white" if n > 0.6 * most else "#111111")
    rows(ax, [short(label, 30) for label in table.index])
    ax.set_xticks(range(len(table.columns)), [short(label, 14) for label in table.columns], rotation=30, ha="right")
    ax.set_xlim(-0.55, len(table.columns) - 0.45)
    ax.spines[:].set_visible(False)
    same = sum(int(table.loc[label, label]) for label in table.index if label in table.columns)
    plotted = table.rename_axis(index="coders", columns=None).reset_index()
    axis = "rows: what coders say; columns: what the tool says; blue where they agree"
    return entitle(ax, f"Coders and tool say the same of {same} of {number(total, 'unit')}", axis=axis, table=plotted)


@use_style()
def plot_corrected(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Shares as the tool has them and corrected for its errors, with 95 % intervals.

    `table` has a row for each `label`, of :func:`analysis.findings.agreement.corrected_share`.
    """
    if table.empty:
        return nothing(ax, "units that coders settled")
    ax = canvas(ax, rows=len(table), row=0.6, width=8.0)
    for place, one in enumerate(table.itertuples()):
        for shift, colour, marker, mean, low, high in (
            (-0.14, TOOL, "s", one.tool, one.tool_low, one.tool_high),
            (0.14, CORRECTED, "o", one.corrected, one.low, one.high),
        ):
            ax.plot([low, high], [place + shift] * 2, color=colour, linewidth=2.0, zorder=2)
            ax.plot(mean, place + shift, marker, color=colour, markersize=6, zorder=3)
    rows(ax, [short(label, 30) for label in table["label"]])
    ax.set_xlim(min(0.0, float(table["low"].min())) - 0.02, max(1.0, float(table["high"].max())) + 0.02)
    ax.grid(axis="x")
    moved = table.loc[(table["corrected"] - table["tool"]).abs().idxmax()]
    title = f"Corrected, the share of {moved['label']} is {moved['corrected']:.0%} and not {moved['tool']:.0%}"
    same = bool(((table["low"] <= table["tool"]) & (table["tool"] <= table["high"])).all())
    title = "The shares of the tool lie within the intervals of the corrected ones" if same else title
    axis = "share of all units; grey squares: as the tool says, blue dots: corrected; lines: 95 % intervals"
    coded, whole = (int(table[name].iloc[0]) for name in ("coded", "rows"))
    return entitle(ax, title, axis=axis, notes=[f"{coded} of {number(whole, 'unit')} coded"], table=table)
