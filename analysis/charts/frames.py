"""Chart of the frames: what the passages make the issue about, and in whose words."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from analysis.charts.journal import is_narrow
from analysis.charts.style import (
    EXPLORATORY,
    NO_CAMP,
    NO_CAMP_COLOUR,
    PALETTE,
    WRITER_COLOUR,
    beside,
    camp_colours,
    canvas,
    entitle,
    groups_of_rows,
    how_well,
    leaders,
    listed,
    nothing,
    number,
    rows,
    short,
    top,
    use_style,
    wrapped,
)
from analysis.schema import WRITER

VOICES_SHOWN = 5
"""Voices with a colour of their own, from the end of the palette, as they are no camps; the rest are one group."""
OTHERS = "other voices"
DOTTED = f"Dotted: {EXPLORATORY[0].lower()}{EXPLORATORY[1:]}"
ENOUGH = 3
"""A frame in fewer passages is not called frequent."""


@use_style()
def plot_frames(
    frames: pd.DataFrame,
    *,
    ax: Axes | None = None,
    colours: Mapping[str, str] | None = None,
    camps: Mapping[str, str] | None = None,
) -> Axes:
    """Passages in which each frame occurs, split by the camp of the voice; the writer is dark grey and hatched.

    What was not measured against people as such (frames by cue words) is dotted.

    `camps` gives the camp of each voice by its id (actor_id to camp of the table actors). Without it the split is
    by voice. A passage counts once for each camp (or voice) that uses the frame in it.
    """
    if frames.empty:
        return nothing(ax, "frames")
    if camps is None:
        groups = _by_voice(frames)
        colours = dict(zip(sorted({*groups} - {WRITER, OTHERS}), PALETTE[-VOICES_SHOWN:], strict=False))
    else:
        groups = camp_of_voice(frames, camps)
        colours = camp_colours(groups[~groups.isin([WRITER, NO_CAMP])]) if colours is None else colours
    counts = _passages(frames.assign(group=groups))
    labels, note = top(counts.sum(axis=1).sort_values(ascending=False, kind="stable").index)
    labels = sorted(labels, key=lambda label: label[0])
    ax = canvas(ax, rows=len(labels), row=0.34)
    order = sorted(counts.columns, key=lambda name: (name == WRITER, name in (OTHERS, NO_CAMP), name))
    measured = how_well("frames of articles") if frames["probability"].notna().all() else None
    looks = {name: look(name, colours, exploratory=measured is None) for name in order}
    _stack(ax, counts.loc[labels, order], looks)
    rows(ax, [wrapped(frame.replace("_", " "), 34) for _, frame in labels])
    groups_of_rows(ax, [f"scheme: {scheme}" for scheme, _ in labels])
    beside(ax, [Patch(**own, label=wrapped(name)) for name, own in looks.items()])
    axis = "passages, counted once for each voice group in them"
    return entitle(ax, _commonest(frames), axis=axis, notes=[note, measured or DOTTED], table=counts.reset_index())


def camp_of_voice(frames: pd.DataFrame, camps: Mapping[str, str]) -> pd.Series:
    """The writer, or the camp of the quoted voice."""
    known = {voice: camp for voice, camp in camps.items() if not pd.isna(camp)}
    return frames["voice_id"].map({**known, WRITER: WRITER}).fillna(NO_CAMP).astype(str)


def _by_voice(frames: pd.DataFrame) -> pd.Series:
    """The writer, or the name of the voice; rare voices are one group."""
    voices = frames["voice"].astype(str).where(frames["voice_id"] != WRITER, WRITER)
    often = voices[voices != WRITER].value_counts().index[:VOICES_SHOWN]
    return voices.where(voices.isin([*often, WRITER]), OTHERS)


def _passages(frames: pd.DataFrame) -> pd.DataFrame:
    """Passages by (scheme, frame) and group."""
    once = frames.drop_duplicates(["article_id", "passage_id", "scheme", "frame", "group"])
    return once.groupby(["scheme", "frame", "group"]).size().unstack(fill_value=0)


def look(name: str, colours: Mapping[str, str], *, exploratory: bool) -> dict[str, str]:
    """How a bar of a camp looks; that of the writer is dark and hatched, and what is `exploratory` dotted."""
    colour = WRITER_COLOUR if name == WRITER else colours.get(name, NO_CAMP_COLOUR)
    hatch = ("////" if name == WRITER else "") + (".." if exploratory else "")
    return {"facecolor": colour, "edgecolor": "white", "hatch": hatch}


def _stack(ax: Axes, counts: pd.DataFrame, looks: Mapping[str, Mapping[str, str]]) -> None:
    left = [0] * len(counts)
    for name, look in looks.items():
        lengths = counts[name].tolist()
        ax.barh(range(len(counts)), lengths, left=left, height=0.7, **look)
        left = [a + b for a, b in zip(left, lengths, strict=True)]
    for place, total in enumerate(left):
        ax.annotate(str(total), (total, place), (4, 0), textcoords="offset points", va="center", fontsize=8)
    ax.set_xlim(0, max(left) * (1.9 if is_narrow(ax) else 1.35))  # room for the names of the schemes
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.grid(axis="x")


def _commonest(frames: pd.DataFrame) -> str:
    """The frame in most passages of each scheme, in a sentence; none where all are rare."""
    once = frames.drop_duplicates(["article_id", "passage_id", "scheme", "frame"])
    parts = []
    for scheme, rows_of in once.groupby("scheme"):
        counts = rows_of["frame"].value_counts()
        if counts.max() < ENOUGH:
            parts.append(f"none in {ENOUGH} passages ({scheme})")
            continue
        first = [short(name.replace("_", " "), 40) for name in leaders(counts.to_dict())]
        each = " each" if len(first) > 1 else ""
        parts.append(f"{listed(first)} ({number(counts.max(), 'passage')}{each}; {scheme})")
    return f"Most frequent frame: {', '.join(parts)}"
