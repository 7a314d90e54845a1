"""Charts of the statements: how many words each speaker gets and where in the article.

A repeated headline is never counted. Words of a statement inside another one are counted once, with the outer one.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from analysis.charts.style import (
    HATCHES,
    WRITER_COLOUR,
    beside,
    camp_by_name,
    camp_colours,
    camp_key,
    canvas,
    colour_of,
    entitle,
    leaders,
    listed,
    named,
    nothing,
    number,
    quote_key,
    rows,
    short,
    top,
    use_style,
)
from analysis.findings import counted
from analysis.findings.counts import words_once
from analysis.schema import WRITER, spans

NOBODY = "speaker not resolved"
PLACED = ["statement_id", "speaker", "camp", "placement", "repeats", "quote_type", "content_spans"]
"""What is plotted of a statement along the article."""


def with_speakers(statements: pd.DataFrame) -> pd.DataFrame:
    """The statements that count, speakers that could not be resolved named so."""
    kept = counted(statements)
    return kept.assign(speaker=kept["speaker"].fillna(NOBODY))


@use_style()
def plot_words_by_speaker(
    statements: pd.DataFrame, *, ax: Axes | None = None, colours: Mapping[str, str] | None = None
) -> Axes:
    """Words given to each speaker, by quote type (hatch) and camp (colour), with the number of statements."""
    said = with_speakers(statements)
    if said.empty:
        return nothing(ax, "statements")
    colours = camp_colours(statements["camp"]) if colours is None else colours
    words = _words(said)
    speakers, note = top(words.sum(axis=1).sort_values(ascending=False, kind="stable").index)
    ax, camps = canvas(ax, rows=len(speakers)), camp_by_name(said, "speaker")
    _stack(ax, words.loc[speakers], [colour_of(camps[name], colours) for name in speakers])
    _totals(ax, words.loc[speakers].sum(axis=1), said["speaker"].value_counts())
    rows(ax, [named(name, camps[name]) for name in speakers])
    beside(ax, camp_key([camps[name] for name in speakers], colours), quote_key(words.columns))
    return entitle(ax, _most(said), axis="words attributed to the speaker", notes=[note], table=_counted(words, said))


def _counted(words: pd.DataFrame, said: pd.DataFrame) -> pd.DataFrame:
    """What is plotted: words by quote type, all of them, and the number of statements of each speaker."""
    camps, numbers = camp_by_name(said, "speaker"), said["speaker"].value_counts()
    about = {"words": words.sum(axis=1), "statements": numbers.reindex(words.index), "camp": words.index.map(camps)}
    return (
        words.assign(**about).sort_values("words", ascending=False, kind="stable").rename_axis("speaker").reset_index()
    )


def _words(said: pd.DataFrame) -> pd.DataFrame:
    """Words by speaker and quote type; 0 for a speaker heard only inside the statement of another."""
    words = said.assign(words=words_once(said)).groupby(["speaker", "quote_type"], sort=False)["words"].sum()
    return words.unstack(fill_value=0).reindex(said["speaker"].unique())


def _stack(ax: Axes, words: pd.DataFrame, colours: list[str]) -> None:
    left = [0] * len(words)
    for kind, hatch in HATCHES.items():
        lengths = words[kind].astype(int).tolist() if kind in words else [0] * len(words)
        ax.barh(range(len(words)), lengths, left=left, color=colours, hatch=hatch, edgecolor="white", height=0.68)
        left = [a + b for a, b in zip(left, lengths, strict=True)]


def _totals(ax: Axes, words: pd.Series, statements: pd.Series) -> None:
    for place, (name, total) in enumerate(words.items()):
        label = f"{total} (n = {statements[name]})"
        ax.annotate(label, (total, place), (4, 0), textcoords="offset points", va="center", fontsize=8)
    ax.set_xlim(0, max(1, words.max()) * 1.16)
    ax.grid(axis="x")


def _most(said: pd.DataFrame) -> str:
    """Who makes the most statements, in a sentence; ties are all named, the unresolved are nobody."""
    resolved, whole = said[said["speaker"] != NOBODY], number(len(said), "statement")
    if resolved.empty:
        return f"No speaker resolved: {whole}"
    counts = resolved["speaker"].value_counts()
    first, among = leaders(counts.to_dict()), "" if len(resolved) == len(said) else " among the speakers resolved"
    names = listed([short(name, 36) for name in first])
    if len(counts) == 1 and not among:
        return f"Only {names} speaks: {whole}"
    if len(first) > 1:
        return f"{names} speak most{among}: {counts.max()} each of {whole}"
    return f"{names} speaks most{among}: {counts.max()} of {whole}"


@use_style()
def plot_positions(
    statements: pd.DataFrame,
    segments: pd.DataFrame,
    *,
    ax: Axes | None = None,
    colours: Mapping[str, str] | None = None,
) -> Axes:
    """Where in one article each speaker is heard: its characters from left to right, a row for each voice.

    The row "writer" holds what is attributed to nobody. Numbers are those of the statements; one in the headline has
    a black frame, a repeated one is pale. Raises ValueError if the tables hold more than one article.
    """
    if statements["article_id"].nunique() > 1 or segments["article_id"].nunique() > 1:
        raise ValueError("plot_positions draws one article: choose the rows of one article_id")
    if statements.empty:
        return nothing(ax, "statements")
    colours = camp_colours(statements["camp"]) if colours is None else colours
    said = statements.assign(speaker=statements["speaker"].fillna(NOBODY)).sort_values("content_start")
    speakers, note = top(said["speaker"].unique())
    ax, camps = canvas(ax, rows=len(speakers) + 1, row=0.46), camp_by_name(said, "speaker")
    _borders(ax, segments)
    for row in said[said["speaker"].isin(speakers)].to_dict("records"):
        _strip(ax, row, speakers.index(row["speaker"]), colour_of(row["camp"], colours))
    _numbers(ax, said, speakers)
    rest = _writer(said, segments)
    ax.broken_barh([(a, b - a) for a, b in rest], (len(speakers) - 0.3, 0.6), facecolor=WRITER_COLOUR, linewidth=0)
    rows(ax, [*(named(name, camps[name]) for name in speakers), WRITER])
    beside(ax, camp_key([camps[name] for name in speakers], colours), quote_key(said["quote_type"]), _marks(said))
    axis = "characters of the article; dotted: paragraphs"
    return entitle(ax, _share(rest, segments), axis=axis, notes=[note], table=said[PLACED])


def _borders(ax: Axes, segments: pd.DataFrame) -> None:
    for start in segments["start"]:
        ax.axvline(start, color="#bbbbbb", linewidth=0.6, linestyle=":", zorder=0)
    ax.set_xlim(int(segments["start"].min()), int(segments["end"].max()))


def _strip(ax: Axes, row: Mapping[str, object], place: int, colour: str) -> None:
    """One statement: its pieces in the row of its speaker."""
    pieces = spans.read(str(row["content_spans"]))
    pale = 0.35 if not pd.isna(row["repeats"]) else 1.0
    frame = {"edgecolor": "black", "linewidth": 1.6} if row["placement"] == "headline" else {"edgecolor": colour}
    hatch, bars = HATCHES[str(row["quote_type"])], [(start, end - start) for start, end in pieces]
    ax.broken_barh(bars, (place - 0.22, 0.52), facecolor=colour, hatch=hatch, hatchcolor="white", alpha=pale, **frame)


def _numbers(ax: Axes, said: pd.DataFrame, speakers: list[str]) -> None:
    """The number of each statement above it, unless it would stand on the one before."""
    left, right = ax.get_xlim()
    for place, name in enumerate(speakers):
        last = left - right
        for row in said[said["speaker"] == name].itertuples():
            start, end = spans.read(row.content_spans)[0]
            middle = (start + end) / 2
            if middle - last > (right - left) / 40:
                ax.annotate(str(row.statement_id), (middle, place - 0.26), ha="center", va="bottom", fontsize=7.5)
                last = middle


def _marks(said: pd.DataFrame) -> list[Patch]:
    """Legend entries of headline, repetition and writer, where they occur."""
    marks = [Patch(facecolor=WRITER_COLOUR, label="attributed to nobody")]
    if (said["placement"] == "headline").any():
        marks.append(Patch(facecolor="white", edgecolor="black", linewidth=1.6, label="headline"))
    if said["repeats"].notna().any():
        marks.append(Patch(facecolor="#bbbbbb", alpha=0.5, label="repetition, not counted"))
    return marks


def _read(segments: pd.DataFrame) -> list[spans.Span]:
    """The parts of the article that can hold statements and count once: headline and body."""
    told = segments[segments["kind"].isin(["headline", "body"])]
    return spans.merge(zip(told["start"].astype(int), told["end"].astype(int), strict=True))


def _writer(said: pd.DataFrame, segments: pd.DataFrame) -> list[spans.Span]:
    """The spans of headline and body that no statement covers."""
    covered = spans.merge(span for cell in said["content_spans"] for span in spans.read(cell))
    left = []
    for start, end in _read(segments):
        edges = [start, *(min(max(edge, start), end) for span in covered for edge in span), end]
        left += [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]
    return left


def _share(rest: list[spans.Span], segments: pd.DataFrame) -> str:
    whole = sum(end - start for start, end in _read(segments))
    return f"{1 - sum(end - start for start, end in rest) / max(whole, 1):.0%} of the text is attributed to a speaker"
