"""Charts that count in cells: by which verbs each speaker is reported, and in which role each actor is cast."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import fill, wrap

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.charts.frames import camp_of_voice
from analysis.charts.journal import is_for_journal
from analysis.charts.statements import with_speakers
from analysis.charts.style import (
    EXPLORATORY,
    beside,
    camp_by_name,
    camp_colours,
    camp_key,
    canvas,
    colour_of,
    entitle,
    how_well,
    leaders,
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
from analysis.schema import CUE_CLASSES, ROLES

PANELS = 4
"""Camps of voices with a panel of their own."""
WIDE = 0.86
"""Width of a cell, in columns."""


@use_style()
def plot_reporting_verbs(
    statements: pd.DataFrame, *, ax: Axes | None = None, colours: Mapping[str, str] | None = None
) -> Axes:
    """How the writer presents each speaker: statements by cue class, a bar for their number, the verbs above it."""
    said = with_speakers(statements)
    if said.empty:
        return nothing(ax, "statements")
    classes = [name for name in CUE_CLASSES if (said["cue_class"] == name).any()]
    cells = said.assign(row=said["speaker"], column=said["cue_class"], words=_verb(said))
    axis = "class of the cue; length of a bar: statements; +1: one other verb"
    called = {"row": "speaker", "column": "cue class", "words": "verb"}
    return _count_grid(ax, cells, classes, colours, title=_neutral(said), axis=axis, called=called)


@use_style()
def plot_roles(
    roles: pd.DataFrame,
    *,
    ax: Axes | None = None,
    colours: Mapping[str, str] | None = None,
    camps: Mapping[str, str] | None = None,
) -> Axes:
    """How often each actor is cast as villain, victim or hero, and by which voices.

    With `camps` (the camp of each voice by its id) there is a panel of columns for each camp that speaks.
    """
    if roles.empty:
        return nothing(ax, "roles")
    cells = roles.assign(row=roles["actor"], column=roles["role"], words=roles["voice"])
    columns, labels, left = list(ROLES), list(ROLES), 0
    if camps is not None:
        groups, width = camp_of_voice(roles, camps), 8 if is_for_journal() else 14
        ranked = list(groups.value_counts().index)
        columns = [f"{role}\n{group}" for group in ranked[:PANELS] for role in ROLES]
        labels = [f"{role}\n{wrapped(group, width)}" for group in ranked[:PANELS] for role in ROLES]
        left, cells["column"] = len(ranked[PANELS:]), cells["column"].astype(str) + "\n" + groups
        cells = cells[cells["column"].isin(columns)]
    axis = "length of a bar: how often cast in the role; above it: whose words these are, +1: one other voice"
    axis += f"\n{number(left, 'other camp')} of voices not shown" if left else ""
    learned = roles["probability"].notna().any() and how_well("roles")
    trust, called = learned or EXPLORATORY, {"row": "actor", "column": "role", "words": "voice"}
    ax = _count_grid(ax, cells, columns, colours, title=_casting(cells), axis=axis, called=called, trust=trust)
    ax.set_xticks(range(len(columns)), labels)
    for edge in range(len(ROLES), len(columns), len(ROLES)):
        ax.axvline(edge - 0.5, color="#555555", linewidth=1.0)
    return ax


def _verb(said: pd.DataFrame) -> pd.Series:
    """The lemma of the cue; a colon (that of a headline) by its name."""
    return said["cue_lemma"].replace(":", "colon").fillna("no cue")


def _neutral(said: pd.DataFrame) -> str:
    neutral = said[said["cue_class"] == "neutral"]
    if neutral.empty:
        return f"No neutral cue in {number(len(said), 'statement')}"
    verbs = _verb(neutral).value_counts().index[:2]
    return f"Neutral cue ({', '.join(verbs)}) in {len(neutral)} of {number(len(said), 'statement')}"


def _casting(roles: pd.DataFrame) -> str:
    """Who is cast most often as what, in a sentence."""
    counts = roles.groupby(["actor", "role"]).size()
    first = leaders({f"{short(actor, 26)} as {role}": n for (actor, role), n in counts.items()})
    each = " each" if len(first) > 1 else ""
    return f"Most often cast: {listed(first)} ({counts.max()} of {number(len(roles), 'casting')}{each})"


def _count_grid(
    ax: Axes | None,
    cells: pd.DataFrame,
    columns: list[str],
    colours: Mapping[str, str] | None,
    *,
    title: str,
    axis: str,
    called: Mapping[str, str],
    trust: str | None = None,
) -> Axes:
    """Count the rows of `cells` by their `row` and `column`, and name their `words`.

    `called` says what these three are, `trust` is a further note.
    """
    colours = camp_colours(cells["camp"]) if colours is None else colours
    names, note = top(cells["row"].value_counts().index)
    shown = cells[cells["row"].isin(names)]
    camps = camp_by_name(shown, "row")
    ax = canvas(ax, rows=len(names), row=0.62, width=max(10.0, 5 + 0.95 * len(columns)))
    groups, room = shown.groupby(["row", "column"]), _room(ax, len(columns))
    most = groups.size().max()
    for (name, column), cell in groups:
        spot, colour = (columns.index(column), names.index(name)), colour_of(camps[name], colours)
        _count_cell(ax, spot, n=len(cell), most=most, colour=colour, text=_tally(cell["words"], room))
    _lines(ax, [named(name, camps[name]) for name in names], columns)
    beside(ax, camp_key(camps.values(), colours))
    counts = cells.groupby(["row", "column", "words"], sort=False).size().reset_index(name="n")
    return entitle(ax, title, axis=axis, notes=[note, trust], table=counts.rename(columns=called))


def _room(ax: Axes, columns: int) -> int:
    """About how many small letters a column has room for, when names and legend have taken theirs."""
    inches = ax.get_window_extent().width / ax.get_figure().dpi
    return max(14, int(inches * 0.7 * 15 / columns))


def _tally(words: pd.Series, room: int) -> str:
    """The words of one cell with their numbers, the most frequent first, as many as two lines have room for."""
    counts = words.value_counts()
    texts = [short(name, room - 4) + (f" ×{n}" if n > 1 else "") for name, n in counts.items()]
    whole = [text.replace(" ", "\u00a0") for text in texts]  # a name is never broken between the lines
    fits = [end for end in range(1, len(whole) + 1) if len(wrap(_with_others(whole, end), room)) < 3]
    return fill(_with_others(whole, max(fits, default=1)), room).replace("\u00a0", " ")


def _with_others(texts: list[str], end: int) -> str:
    left = [f"+{len(texts) - end}"] if end < len(texts) else []
    return ", ".join([*texts[:end], *left])


def _count_cell(ax: Axes, spot: tuple[int, int], *, n: int, most: int, colour: str, text: str) -> None:
    """One cell: a bar whose length shows the count, the count at its end and words above it."""
    (column, row), length = spot, WIDE * 0.85 * n / most
    left = column - WIDE / 2
    ax.add_patch(Rectangle((left, row + 0.04), length, 0.26, facecolor=colour, linewidth=0))
    ax.annotate(str(n), (left + length, row + 0.17), (3, 0), textcoords="offset points", va="center", fontsize=8)
    ax.text(left, row - 0.02, text, va="bottom", fontsize=7.5, color="#222222")


def _lines(ax: Axes, names: list[str], columns: list[str]) -> None:
    """Name rows and columns, the columns above, with light lines between the cells."""
    rows(ax, names)
    ax.set_xticks(range(len(columns)), columns)
    ax.xaxis.tick_top()
    ax.set_xlim(-0.5, len(columns) - 0.5)
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    for edge in range(len(names) + 1):
        ax.axhline(edge - 0.5, color="#dddddd", linewidth=0.6, zorder=0)
