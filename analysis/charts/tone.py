"""Charts of the language: sentiment around each actor, and the tone of the article from passage to passage."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from analysis.charts.style import (
    WRITER_COLOUR,
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
    short,
    top,
    use_style,
)
from analysis.findings.aggregate import ENOUGH, interval
from analysis.schema import WRITER

SENTIMENT, POLARITY = "sentiment_score", "polarity"
"""The columns that can be drawn: the model's sentiment toward the actor, TextBlob's polarity around it."""
AXES = {SENTIMENT: "sentiment toward the actor, by the model", POLARITY: "polarity of the language around the actor"}
MENTIONS = 5
"""Actors with fewer mentions are not named in the title."""
VOICES = {"writer": ("o", -0.17, "writer’s voice"), "quoted": ("D", 0.17, "quoted voices")}
"""Marker, place within the row and name of each kind of voice."""


@use_style()
def plot_sentiment(
    sentiments: pd.DataFrame,
    *,
    ax: Axes | None = None,
    colours: Mapping[str, str] | None = None,
    measure: str | None = None,
) -> Axes:
    """How the language paints each actor, -1 to 1: a point a mention, the mean as a bar.

    `measure` is the column drawn, by default the model's `sentiment_score` and where the model was not asked TextBlob's
    `polarity`. Circles are the writer's own words, diamonds those of quoted voices. From five articles on the line is
    a 95 % percentile bootstrap interval of the mean (2,000 resamples of the articles, fixed seed). Mentions without a
    measured value are left out and counted in a note.
    """
    if measure is None:
        measure = SENTIMENT if sentiments[SENTIMENT].notna().any() else POLARITY
    measured = sentiments[sentiments[measure].notna()]
    if measured.empty:
        return nothing(ax, "sentiments")
    colours = camp_colours(sentiments["camp"]) if colours is None else colours
    actors, note = top(measured["actor"].value_counts().index)
    camps = camp_by_name(measured, "actor")
    ax = canvas(ax, rows=len(actors), row=0.58)
    kind = measured["voice_id"].eq(WRITER).map({True: "writer", False: "quoted"})
    for (name, voice), cell in measured.groupby(["actor", kind]):
        if name in actors:
            values = cell[measure].astype(float).to_numpy()
            _points(ax, values, actors.index(name), voice, colour_of(camps[name], colours))
            band = interval(values, cell["article_id"])
            if band is not None:
                y = actors.index(name) + VOICES[voice][1]
                ax.plot(band, [y, y], color="black", linewidth=1.4, zorder=3)
    _polarity_axis(ax, [named(name, camps[name]) for name in actors])
    beside(ax, camp_key([camps[name] for name in actors], colours), _voice_key(measured, kind))
    left = len(sentiments) - len(measured)
    notes = [note, f"{number(left, 'mention')} without a word that the measure knows left out" if left else None]
    notes, plotted = [*notes, how_well("sentiment")], measured[["actor", "camp", "voice", "passage_id", measure]]
    return entitle(ax, _painted(measured, measure), axis=AXES[measure], notes=notes, table=plotted)


def _points(ax: Axes, values: np.ndarray, place: int, voice: str, colour: str) -> None:
    """The mentions of one actor by one kind of voice, and their mean."""
    marker, shift, _ = VOICES[voice]
    y, mean = place + shift, values.mean()
    look = {"color": colour, "markersize": 5, "markeredgecolor": "#444444", "markeredgewidth": 0.4}
    ax.plot(values, y + _apart(values), marker, zorder=5, **look)
    if len(values) > 1:
        ax.plot([mean, mean], [y - 0.17, y + 0.17], color="black", linewidth=2.4, zorder=4)
    ax.text(1.03, y, f"n = {len(values)}", va="center", fontsize=7.5)


def _apart(values: np.ndarray) -> np.ndarray:
    """Small steps up and down that keep equal values from hiding each other."""
    seen: dict[float, int] = {}
    steps = []
    for value in values.round(2):
        seen[value] = seen.get(value, -1) + 1
        steps.append((seen[value] + 1) // 2 * (-1) ** seen[value] * 0.035)
    return np.clip(steps, -0.12, 0.12)


def _polarity_axis(ax: Axes, names: list[str]) -> None:
    rows(ax, names)
    ax.set_xlim(-1.05, 1.2)
    ax.set_xticks([-1, -0.5, 0, 0.5, 1], ["−1 negative", "−0.5", "0", "+0.5", "+1 positive"])
    ax.axvline(0, color="#767676", linewidth=0.8, zorder=0)
    for edge in range(1, len(names)):
        ax.axhline(edge - 0.5, color="#dddddd", linewidth=0.6, zorder=0)


def _voice_key(measured: pd.DataFrame, kind: pd.Series) -> list[Line2D]:
    """Legend entries of what is drawn: kinds of voice, mean and interval."""
    looks = [(marker, label) for voice, (marker, _, label) in VOICES.items() if voice in set(kind)]
    key = [Line2D([], [], marker=marker, color="#555555", linestyle="", label=label) for marker, label in looks]
    most = measured.groupby(["actor", kind]).size().max()
    if most > 1:
        bar = {"marker": "|", "linestyle": "", "markersize": 10, "markeredgewidth": 2.4}
        key.append(Line2D([], [], color="black", label="mean (n ≥ 2)", **bar))
    if measured["article_id"].nunique() >= ENOUGH:
        key.append(Line2D([], [], color="black", linewidth=1.4, label=f"95 % interval ({ENOUGH} articles or more)"))
    return key


def _painted(measured: pd.DataFrame, measure: str) -> str:
    """Which actors the language is darkest and brightest around, among those with mentions enough."""
    means = measured.groupby("actor")[measure].agg(["mean", "size"])
    means = means[means["size"] >= MENTIONS]["mean"].astype(float).round(3)
    if len(means) < 2 or means.max() == means.min():
        return f"Language around {number(measured['actor'].nunique(), 'actor')}, {number(len(measured), 'mention')}"
    low, high = (f"{means[end]:+.2f} ({short(end, 30)})" for end in (means.idxmin(), means.idxmax()))
    return f"Mean {AXES[measure].split()[0]} from {low} to {high}, all voices, n ≥ {MENTIONS}".replace(" -0", " −0")


@use_style()
def plot_tone(passages: pd.DataFrame, *, ax: Axes | None = None, colours: Mapping[str, str] | None = None) -> Axes:
    """TextBlob polarity of each passage along the article, -1 to 1.

    A cross is a passage without a word that the lexicon knows: not measured, which is not 0. `colours` is taken for
    the sake of one call for all charts; passages have no camp.
    """
    if passages.empty:
        return nothing(ax, "passages")
    ax = canvas(ax, rows=4)
    tone = passages.reset_index(drop=True)["polarity"].astype(float)
    known, unknown = tone.dropna(), tone.index[tone.isna()]
    looks = [("white", "////") if value < 0 else (WRITER_COLOUR, "") for value in known]
    fills, hatches = [fill for fill, _ in looks], [hatch for _, hatch in looks]
    ax.bar(known.index, known, color=fills, hatch=hatches, edgecolor=WRITER_COLOUR, width=0.7)
    ax.plot(known.index[known == 0], known[known == 0], "o", color=WRITER_COLOUR, markersize=4)
    ax.plot(unknown, [0] * len(unknown), "x", color="#767676", markersize=5)
    ax.axhline(0, color="#767676", linewidth=0.8)
    step = 1 + len(tone) // 30
    ax.set_xticks(range(0, len(tone), step), passages["passage_id"].astype(str).tolist()[::step])
    ax.set(ylim=(-1, 1), yticks=[-1, -0.5, 0, 0.5, 1], xlim=(-0.6, max(len(tone), 8) - 0.4))
    ax.set_ylabel("TextBlob polarity, a lexicon measure")
    notes = ["dot: polarity 0; cross: no word that the lexicon knows; hatched: negative"]
    axis, plotted = "passages in the order of the article", passages[["passage_id", "polarity"]]
    return entitle(ax, _tone(tone), axis=axis, notes=notes, table=plotted)


def _tone(tone: pd.Series) -> str:
    above, below, zero = int((tone > 0).sum()), int((tone < 0).sum()), int((tone == 0).sum())
    left = f", {tone.isna().sum()} not measured" if tone.isna().any() else ""
    return f"Of {number(len(tone), 'passage')} {above} positive, {below} negative, {zero} at 0{left}"
