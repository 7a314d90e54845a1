"""Journals: figures as wide as one column or two, with letters that are neither too small nor too large there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure


@dataclass(frozen=True)
class Column:
    """The width of a figure in a journal; it is drawn larger and brought to that width when it is saved."""

    name: str
    millimetres: float
    legend_below: bool = False

    @property
    def inches(self) -> float:
        """Inches at which it is drawn."""
        return self.millimetres / 25.4 / SCALE


SCALE = 0.72
"""What letters of 7 to 11 points have to be scaled by to be 5 to 8 points high."""
COLUMNS = {one.name: one for one in (Column("89mm", 89, legend_below=True), Column("183mm", 183))}
"""One column and two columns, as journals of the Nature and Elsevier families have them."""
WIDEST = 9.5
"""Inches that a chart may want on its own to fit into one column."""
_column: ContextVar[Column | None] = ContextVar("column", default=None)


@contextmanager
def for_journal(name: str) -> Iterator[None]:
    """Charts made in this context are for a journal: "89mm" (one column) or "183mm" (two).

    Title and notes leave the picture and stand in the caption that :func:`analysis.charts.save_figure` writes. A chart
    that needs more room than one column has gets two.
    """
    token = _column.set(COLUMNS[name])
    try:
        yield
    finally:
        _column.reset(token)


def column_for(width: float) -> Column | None:
    """The width that a chart which wants so many inches gets here, if it is made for a journal."""
    column = _column.get()
    return COLUMNS["183mm"] if column is not None and width > WIDEST else column


def set_column(figure: Figure, column: Column | None) -> None:
    """Remember for which width a figure is drawn, until it is saved."""
    figure._column = column


def column_of(figure: Figure) -> Column | None:
    """The width that a figure was drawn for, if it is for a journal."""
    return getattr(figure, "_column", None)


def is_for_journal() -> bool:
    """Whether charts that are made now are for a journal."""
    return _column.get() is not None


def is_narrow(ax: Axes) -> bool:
    """Whether the axes stand in one column of a journal."""
    column = column_of(ax.get_figure())
    return column is not None and column.legend_below
