"""What all charts share: colours of camps, axes, titles, notes and legends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from textwrap import fill

import matplotlib.style
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from analysis.charts.journal import column_for, column_of, is_narrow, set_column
from analysis.codebook.measured import human_agreement

STYLE = Path(__file__).with_name("charts.mplstyle")
NO_CAMP, NO_CAMP_COLOUR = "no camp known", "#999999"
WRITER_COLOUR = "#3d3d3d"
PALETTE = (
    *("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442"),
    *("#332288", "#882255", "#999933", "#44AA99", "#AA4499"),
)
"""Okabe and Ito's colours without black, then those of Tol's muted scheme that differ most from them."""
EXPLORATORY = "Exploratory: agreement with hand coding is low but for a few frames (benchmarks/README.md)"
"""A note of all charts of frames and roles, so that a figure says it wherever it goes."""
MOST = 15
"""Rows in a chart; what is left over is counted in a note."""
HATCHES = {"direct": "", "mixed": "....", "indirect": "////"}


@contextmanager
def use_style() -> Iterator[None]:
    """The look of all charts, as a context (``with use_style():``) or a decorator (``@use_style()``)."""
    with matplotlib.style.context(STYLE):
        yield


def camp_colours(camps: Iterable[str]) -> dict[str, str]:
    """A colour as ``#rrggbb`` for each camp: the most frequent camp gets the first, equals by alphabet.

    Give it every camp of an article once (``camp_colours(actors["camp"])``) and hand the result to all charts, so that
    a camp keeps its colour. Missing camps are skipped here and drawn grey. After twelve camps colours come again.
    """
    counts = Counter(str(camp) for camp in camps if not pd.isna(camp))
    ranked = sorted(counts, key=lambda camp: (-counts[camp], camp))
    return {camp: PALETTE[place % len(PALETTE)] for place, camp in enumerate(ranked)}


def colour_of(camp: object, colours: Mapping[str, str]) -> str:
    """The colour of a camp; grey for a missing one or one without a colour."""
    return NO_CAMP_COLOUR if pd.isna(camp) else colours.get(str(camp), NO_CAMP_COLOUR)


def canvas(ax: Axes | None, *, rows: int, width: float = 9.0, row: float = 0.42) -> Axes:
    """The axes given, or those of a new figure whose height in inches fits so many rows."""
    if ax is not None:
        return ax
    from matplotlib import pyplot

    column = column_for(width)
    width, above = (width, 1.9) if column is None else (column.inches, 1.2)
    figure, ax = pyplot.subplots(figsize=(width, above + row * max(rows, 1)))
    set_column(figure, column)
    return ax


@dataclass(frozen=True)
class Caption:
    """What a figure says in words: its finding, what the axis measures, the notes."""

    title: str
    axis: str = ""
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        parts = (" ".join(part.split()).rstrip(".") for part in (self.title, self.axis, *self.notes))
        return " ".join(f"{part[:1].upper()}{part[1:]}." for part in parts if part)


def entitle(
    ax: Axes,
    title: str,
    *,
    axis: str = "",
    notes: Iterable[str | None] = (),
    pad: float | None = None,
    table: pd.DataFrame | None = None,
) -> Axes:
    """Write what is seen above the chart, what the axis measures below it, and the notes under that.

    `pad` are the points between title and chart where more stands there than usual; `table` holds the plotted numbers.
    Both words and numbers stay with the axes (:func:`caption_of`, :func:`plotted`).
    """
    inches = ax.get_window_extent().width / ax.get_figure().dpi
    told = [note for note in notes if note]
    ax._told, ax._plotted = Caption(title, axis, tuple(told)), table
    if column_of(ax.get_figure()) is not None:
        ax.set_xlabel(fill(axis, int(inches * (9 if is_narrow(ax) else 13))), loc="left", linespacing=1.4)
        return ax
    ax.set_title(fill(title, max(30, int(inches * 10))), x=0, ha="left", pad=pad)
    below = [axis, *(fill(note, max(60, int(inches * 13))) for note in told)]
    ax.set_xlabel("\n".join(line for line in below if line), loc="left", linespacing=1.5)
    return ax


def caption_of(figure: Figure) -> Caption:
    """What a figure says in words; empty for one that no chart here made."""
    return next((ax._told for ax in figure.axes if hasattr(ax, "_told")), Caption(""))


def plotted(figure: Figure) -> pd.DataFrame | None:
    """The numbers that a figure shows, one row each; None where nobody said."""
    return next((ax._plotted for ax in figure.axes if hasattr(ax, "_plotted")), None)


def how_well(measure: str) -> str | None:
    """How well a measure agrees with people, in a sentence for a note; None where nobody measured."""
    known = human_agreement().get(measure)
    if known is None:
        return None
    return f"Agreement of the {measure} with people: {known.figure} {known.value} ({known.units})"


def nothing(ax: Axes | None, what: str) -> Axes:
    """Axes that say that there is nothing to show."""
    ax = canvas(ax, rows=1)
    ax.set(xticks=[], yticks=[], xlim=(0, 1), ylim=(0, 1))
    ax.spines[:].set_visible(False)
    ax.text(0.5, 0.5, f"No {what} found", ha="center", va="center", color="#555555", fontsize=11)
    return entitle(ax, f"No {what} found")


def top(ranked: Iterable[str]) -> tuple[list[str], str | None]:
    """The first rows that a chart has room for, and a note that counts the others."""
    names = list(ranked)
    left = len(names) - MOST
    return names[:MOST], f"{number(left, 'other')} not shown" if left > 0 else None


def short(name: object, most: int) -> str:
    """A name of at most about so many characters; the middle words give way, as names differ at both ends."""
    words = str(name).split()
    if len(str(name)) <= most:
        return str(name)
    if len(words) < 3:
        return f"{str(name)[: most - 1]}…"
    head, tail = words[0], words[-1]
    for word in reversed(words[1:-1]):
        if len(f"{head} … {word} {tail}") > most:
            break
        tail = f"{word} {tail}"
    return f"{head} … {tail}" if len(tail) < most else f"{head} …"


def number(count: int, noun: str) -> str:
    """The count with its noun: "1 statement", "2 statements"."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def wrapped(name: object, width: int = 26) -> str:
    """A name on at most about three lines."""
    return fill(short(name, width * 2), width)


def named(name: object, camp: object) -> str:
    """A name with its camp in brackets where one is known and says more than the name."""
    bracket = "" if pd.isna(camp) or camp == name else f" ({short(camp, 24)})"
    return fill(short(name, 48) + bracket, 28)


def rows(ax: Axes, labels: list[str]) -> None:
    """Name the rows of a chart from top to bottom."""
    ax.set_yticks(range(len(labels)), labels)
    ax.set_ylim(len(labels) - 0.4, -0.6)


def groups_of_rows(ax: Axes, names: list[str]) -> None:
    """A line above each run of rows of one group, with the name of the group at the right."""
    at = {"xycoords": ("axes fraction", "data"), "textcoords": "offset points"}
    for place, name in enumerate(names):
        if place == 0 or names[place - 1] != name:
            ax.axhline(place - 0.5, color="#767676", linewidth=0.6)
            ax.annotate(name, (1, place - 0.5), (-2, -3), ha="right", va="top", fontsize=8, color="#555555", **at)


def camp_by_name(table: pd.DataFrame, name: str, camp: str = "camp") -> dict[str, object]:
    """The camp in the first row of each name, missing where none is known; `name` and `camp` are columns."""
    return table.drop_duplicates(name).set_index(name)[camp].to_dict()


def camp_key(camps: Iterable[object], colours: Mapping[str, str]) -> list[Patch]:
    """Legend entries of the camps that occur, in the order of their names, then "no camp known"."""
    cells = list(camps)
    known = sorted({str(camp) for camp in cells if not pd.isna(camp)})
    key = [Patch(facecolor=colour_of(camp, colours), label=wrapped(camp)) for camp in known]
    return key + ([Patch(facecolor=NO_CAMP_COLOUR, label=NO_CAMP)] if any(pd.isna(c) for c in cells) else [])


def quote_key(quote_types: Iterable[str]) -> list[Patch]:
    """Legend entries of the quote types that occur, by their hatch."""
    present = set(quote_types)
    return [
        Patch(facecolor="white", edgecolor="#333333", hatch=hatch, label=name)
        for name, hatch in HATCHES.items()
        if name in present
    ]


def beside(ax: Axes, *keys: list[Patch]) -> None:
    """The legend to the right of the chart, its groups one under the other; below it in one column of a journal."""
    handles, figure = [one for key in keys for one in key], ax.get_figure()
    if not is_narrow(ax) or not handles:
        ax.legend(handles=handles, loc="upper left", bbox_to_anchor=(1.01, 1.0))
        return
    lines = -(-len(handles) // 2)
    figure.set_figheight(figure.get_figheight() + 0.22 * lines + 0.1)
    figure.legend(handles=handles, loc="outside lower left", ncols=2)


def leaders(totals: Mapping[str, int]) -> list[str]:
    """The names that share the highest total."""
    best = max(totals.values(), default=0)
    return [name for name, total in totals.items() if total == best]


def listed(names: list[str], most: int = 3) -> str:
    """Names in a sentence: "A", "A and B", "A, B and C", "A, B and 4 others"."""
    if len(names) > most:
        names = [*names[: most - 1], f"{len(names) - most + 1} others"]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
