"""Drawing: figures as files, as a page shows them, and as a journal wants them with the tables beside them."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from matplotlib.axes import Axes

from analysis import charts, export

LARGEST_SVG = 400_000
"""Bytes of a drawing above which the page takes the picture if that is smaller: the page stays below 5 MB."""
PRINTED = 600
"""Dots an inch of figures for a journal, which ask for so many where letters are in a picture."""
MOST = 40
"""Rows of a table for a paper; a longer one is for the CSV file of its figure."""
ALONG = ("positions", "along", "order", "tone")
"""Charts that place single rows along an article: no table for a paper."""
Plots = Mapping[str, Callable[[], Axes]]


@dataclass(frozen=True)
class Picture:
    """A figure as the page shows it: its file as a data address, and what stands on it in words."""

    source: str
    alt: str


def drawn(plots: Plots, folder: Path, formats: Sequence[str]) -> dict[str, Picture]:
    """Charts saved in a folder, and as a page shows them, by the names of their files."""
    pictures = {}
    for name, axes in _each(plots):
        files = charts.save_figure(axes.figure, folder, name, formats=formats)
        shown = _picture(files, f"Chart: {charts.caption_of(axes.figure)}")
        pictures |= {name: shown} if shown else {}
    return pictures


def write_paper(plots: Plots, folder: Path) -> None:
    """What a paper needs: the figures for one and two columns of a journal, and their numbers as LaTeX and DOCX.

    A chart that needs two columns is drawn for these alone.
    """
    tables, captions = {}, {}
    for width in charts.COLUMNS:
        with charts.for_journal(width):
            for name, axes in _each(plots):
                if charts.column_of(axes.figure).name == width:
                    charts.save_figure(axes.figure, folder / f"figures-{width}", name, dpi=PRINTED)
                table = charts.plotted(axes.figure)
                if table is not None and name not in ALONG and 0 < len(table) <= MOST:
                    tables[name], captions[name] = _named(table), charts.caption_of(axes.figure).title
    export.write_tables(tables, folder / "tables", formats=("tex", "docx"), captions=captions)


def _named(table: pd.DataFrame) -> pd.DataFrame:
    """A table with words for the names of its columns, and none that says nothing."""
    told = [name for name in table.columns if table[name].notna().any() and name != "article_id"]
    texts = table[told].select_dtypes(["object", "string"]).map(lambda cell: str(cell).replace("_", " "), "ignore")
    return table[told].assign(**texts).rename(columns=lambda name: str(name).replace("_", " "))


def _each(plots: Plots) -> Iterator[tuple[str, Axes]]:
    """The charts drawn one after the other, each closed before the next."""
    from matplotlib import pyplot

    for name, plot in plots.items():
        axes = plot()
        yield name, axes
        pyplot.close(axes.figure)


def _picture(files: Sequence[Path], alt: str) -> Picture | None:
    """The drawing, or the picture if the drawing is heavy or there is none."""
    found = {file.suffix: file for file in files if file.suffix in (".svg", ".png")}
    if not found:
        return None
    sizes = {ending: file.stat().st_size for ending, file in found.items()}
    heavy = sizes.get(".svg", LARGEST_SVG + 1) > max(LARGEST_SVG, sizes.get(".png", 0))
    ending = ".png" if ".png" in found and heavy else ".svg" if ".svg" in found else ".png"
    kind = {".svg": "svg+xml", ".png": "png"}[ending]
    return Picture(f"data:image/{kind};base64,{base64.b64encode(found[ending].read_bytes()).decode('ascii')}", alt)
