"""The chart of three measures: tone, sentiment and stance toward each actor side by side."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from analysis.charts.style import (
    beside,
    camp_by_name,
    camp_colours,
    camp_key,
    canvas,
    colour_of,
    entitle,
    how_well,
    named,
    nothing,
    number,
    rows,
    top,
    use_style,
)
from analysis.findings.aggregate import interval, taken
from analysis.schema import WRITER
from analysis.schema.values import SAID

MEASURES = {
    "tone": ("s", -0.24, "tone: words around the mentions (TextBlob)"),
    "sentiment": ("o", 0.0, "sentiment: how the mentions are painted (model)"),
    "stance": ("D", 0.24, "stance: what speakers are toward the actor"),
}
"""Marker, place within the row and name of each measure."""
CLEAR = 0.1
"""Means nearer to 0 than this have no sign that could disagree."""


@use_style()
def plot_measures(
    stances: pd.DataFrame,
    sentiments: pd.DataFrame,
    *,
    ax: Axes | None = None,
    colours: Mapping[str, str] | None = None,
) -> Axes:
    """Mean tone, sentiment and stance toward each actor that a speaker speaks about, -1 to 1, with n.

    Tone and sentiment are means over the mentions inside statements, stance over the statements, all in the voices of
    speakers, so that the three are about the same words. From five articles on the line is a 95 % interval.
    """
    spoken = taken(stances, SAID)
    if spoken.empty:
        return nothing(ax, "stances")
    values = _values(spoken, sentiments[sentiments["voice_id"] != WRITER])
    actors, note = top(spoken["target"].value_counts().index)
    camps = camp_by_name(spoken, "target", "target_camp")
    colours = camp_colours(camps.values()) if colours is None else colours
    ax = canvas(ax, rows=len(actors), row=0.75)
    for place, name in enumerate(actors):
        for measure in MEASURES:
            _mark(ax, values[measure].get(name, NONE), place, measure, colour_of(camps[name], colours))
    _axis(ax, [named(name, camps[name]) for name in actors])
    beside(ax, _key(), camp_key([camps[name] for name in actors], colours))
    notes, title = [note, how_well("stance that is said")], _disagreements(values, actors)
    return entitle(ax, title, axis="mean of the measure", notes=notes, table=_plotted(values, actors))


Values = tuple[np.ndarray, np.ndarray]
"""Values, and the articles that they are from."""
NONE: Values = (np.array([]), np.array([]))


def _values(stances: pd.DataFrame, sentiments: pd.DataFrame) -> dict[str, dict[str, Values]]:
    """Measure -> actor -> its values."""
    columns = {
        "tone": (sentiments, "actor", "polarity"),
        "sentiment": (sentiments, "actor", "sentiment_score"),
        "stance": (stances, "target", "stance"),
    }
    found: dict[str, dict[str, Values]] = {}
    for measure, (table, whose, column) in columns.items():
        known = table[table[column].notna()]
        groups = known.groupby(whose)
        found[measure] = {
            name: (own[column].astype(float).to_numpy(), own["article_id"].to_numpy()) for name, own in groups
        }
    return found


def _plotted(values: Mapping[str, Mapping[str, Values]], actors: list[str]) -> pd.DataFrame:
    """Mean, interval and n of each measure for each actor."""
    rows_of = []
    for actor in actors:
        for measure, known in values.items():
            own, articles = known.get(actor, NONE)
            low, high = (interval(own, articles) if len(own) else None) or (None, None)
            mean = own.mean() if len(own) else None
            rows_of.append((actor, measure, len(own), mean, low, high))
    return pd.DataFrame(rows_of, columns=["actor", "measure", "n", "mean", "low", "high"])


def _mark(ax: Axes, values: Values, place: int, measure: str, colour: str) -> None:
    """The mean of a measure with its interval and n; a measure without values has a dash for n."""
    marker, shift, _ = MEASURES[measure]
    y, own = place + shift, values[0]
    ax.text(1.06, y, f"n = {len(own)}" if len(own) else "–", va="center", fontsize=7)
    if not len(own):
        return
    band = interval(*values)
    if band is not None:
        ax.plot(band, [y, y], color="black", linewidth=1.2, zorder=3)
    filled = colour if measure == "stance" else "white"
    ax.plot([own.mean()], [y], marker, color=filled, markeredgecolor=colour, markeredgewidth=1.6, zorder=4)
    ax.plot([0, own.mean()], [y, y], color=colour, linewidth=1.6, alpha=0.5, zorder=2)


def _axis(ax: Axes, names: list[str]) -> None:
    rows(ax, names)
    ax.set_xlim(-1.08, 1.25)
    ax.set_xticks([-1, -0.5, 0, 0.5, 1], ["−1", "−0.5", "0", "+0.5", "+1"])
    ax.axvline(0, color="#767676", linewidth=0.8, zorder=0)
    for edge in range(1, len(names)):
        ax.axhline(edge - 0.5, color="#dddddd", linewidth=0.6, zorder=0)


def _key() -> list[Line2D]:
    look = {"color": "#555555", "linestyle": "", "markeredgecolor": "#555555", "markeredgewidth": 1.6}
    return [
        Line2D([], [], **{**look, "marker": marker, "color": "#555555" if name == "stance" else "white"}, label=label)
        for name, (marker, _, label) in MEASURES.items()
    ]


def _disagreements(values: Mapping[str, Mapping[str, Values]], actors: list[str]) -> str:
    """For how many actors tone points the other way than stance."""
    signs = []
    for name in actors:
        tone, stance = (values[measure].get(name, NONE)[0] for measure in ("tone", "stance"))
        if len(tone) and len(stance) and abs(stance.mean()) > CLEAR:
            signs.append(np.sign(tone.mean()) == np.sign(stance.mean()) and abs(tone.mean()) > CLEAR)
    apart = len(signs) - sum(signs)
    if not signs:
        return "No actor has a tone and a stance with a sign that could be compared"
    return f"Tone {'misses' if apart else 'has'} the sign of the stance for {apart or len(signs)} of {_actors(signs)}"


def _actors(signs: list[bool]) -> str:
    return number(len(signs), "actor")
