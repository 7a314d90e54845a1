"""The report: one self-contained HTML page on one article, and the folder of files that it belongs to."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import cache, partial
from importlib import resources
from pathlib import Path

import jinja2
import pandas as pd
from markupsafe import Markup
from matplotlib.axes import Axes

from analysis import charts, export, schema
from analysis.findings.counts import of_method
from analysis.findings.nutshell import nutshell
from analysis.findings.officials import camps_made_of
from analysis.findings.structure import headline_against_body
from analysis.report import highlight, notebooks
from analysis.report.drawing import Picture, drawn, write_paper
from analysis.report.pdf import print_pdf
from analysis.report.structure_views import structure_views
from analysis.report.views import views
from analysis.schema.analysis import Analysis

CHARTS: Mapping[str, Callable[[Analysis, Mapping[str, str]], Axes]] = {
    "words": lambda a, colours: charts.plot_words_by_speaker(a.statements, colours=colours),
    "positions": lambda a, colours: charts.plot_positions(a.statements, a.segments, colours=colours),
    "stances": lambda a, colours: charts.plot_stance_matrix(a.stances, colours=colours),
    "told": lambda a, colours: charts.plot_stance_matrix(a.stances, how="told", colours=colours),
    "network": lambda a, colours: charts.plot_stance_network(a.stances, colours=colours),
    "sentiments": lambda a, colours: charts.plot_sentiment(a.sentiments, colours=colours),
    "measures": lambda a, colours: charts.plot_measures(a.stances, a.sentiments, colours=colours),
    "tone": lambda a, _: charts.plot_tone(a.passages),
    "frames": lambda a, colours: charts.plot_frames(of_method(a.frames), colours=colours, camps=_camps(a)),
    "along": lambda a, colours: charts.plot_frames_along(
        of_method(a.frames), a.passages, colours=colours, camps=_camps(a)
    ),
    "learned": lambda a, colours: charts.plot_frames(
        of_method(a.frames, learned=True), colours=colours, camps=_camps(a)
    ),
    "roles": lambda a, colours: charts.plot_roles(a.roles, colours=colours, camps=_camps(a)),
    "verbs": lambda a, colours: charts.plot_reporting_verbs(a.statements, colours=colours),
    "headline": lambda a, colours: charts.plot_headline_against_body(_headline(a), colours=colours),
    "order": lambda a, colours: charts.plot_space_and_order(a.statements, a.segments, a.stances, colours=colours),
    "speech": lambda a, colours: charts.plot_speech_by_camp(a.statements, colours=colours),
    "pairs": lambda a, colours: charts.plot_loaded_pairs(a.devices, camps=_camps(a), colours=colours),
}
"""Name of the file -> the chart, from the tables and the colours of the camps; the names stand in ``report.html``."""
OVERVIEW = ("words", "stances", "sentiments", "frames")
"""The figures that a reader sees first."""
METADATA = ("outlet", "author", "date", "dateline", "language", "words", "source_file")


@dataclass(frozen=True)
class Run:
    """How a run was made: name and version of the spaCy model, its parameters, the own files.

    `parameters` go into the manifest; `own` maps the name of a notebook's parameter (CAMPS, FRAMES) to a file,
    `options` that of another one (METHOD, EVIDENCE, MODEL) to its value; `notebooks` are executed in the `kernel`,
    `formats` are those of the figures; with `paper` these are drawn for a journal too,
    with `pdf` the page is printed.
    """

    model: str
    parameters: Mapping[str, object]
    own: Mapping[str, Path]
    options: Mapping[str, object]
    notebooks: Sequence[Path] = ()
    formats: Sequence[str] = tuple(charts.FORMATS)
    paper: bool = False
    pdf: bool = False
    kernel: notebooks.Kernel | None = None


def write_report(
    analysis: Analysis,
    article: Path,
    target: Path,
    *,
    run: Run,
    made_from: str = "",
    step: Callable[[str], None] = lambda _: None,
) -> Analysis:
    """Write figures, notebooks, tables, manifest and page on one article into the folder `target`, whole or not.

    `article` is the file that was read; `step` is called with the name of each step before it. The notebooks run
    beside the drawing of the figures. `made_from` is a hash of all that the report rests on, for
    :func:`analysis.export.is_made_from`. Returns the analysis with what failed on the way in its `problems`. Raises
    :class:`analysis.export.OutputError`.
    """
    with export.replacing(target) as folder:
        step("figures")
        executed = _executed(article, folder, run, step)
        pictures = drawn(plots_of(analysis), folder / "figures", run.formats)
        if run.paper:
            write_paper(plots_of(analysis), folder / "paper")
        failed = _failed(analysis, run, executed.result()) if executed else []
        problems = schema.tabulate("problems", [*analysis.problems.to_dict("records"), *failed])
        analysis = replace(analysis, problems=problems)
        step("tables and page")
        tables = {name: export.without_folders(table) for name, table in analysis.tables.items()}
        export.write_tables(tables, folder / "tables")
        content = render(analysis, pictures, model=run.model, files=[*_files(folder), export.MANIFEST])
        (folder / "report.html").write_text(content, encoding="utf-8", newline="\n")
        if run.pdf:
            print_pdf(folder / "report.html", folder / "report.pdf")
        manifest = export.manifest(analysis, model=run.model, parameters=run.parameters)
        export.write_manifest(manifest | {"made_from": made_from, "files": export.sums(folder)}, folder)
    return analysis


def plots_of(analysis: Analysis) -> dict[str, Callable[[], Axes]]:
    """Every chart of the article, ready to be drawn, by the name of its file."""
    colours = charts.camp_colours(analysis.actors["camp"])
    return {name: partial(plot, analysis, colours) for name, plot in CHARTS.items()}


def _camps(analysis: Analysis) -> dict[str, str]:
    return dict(zip(analysis.actors["actor_id"], analysis.actors["camp"], strict=True))


def _headline(analysis: Analysis) -> pd.DataFrame:
    return headline_against_body(analysis.statements, analysis.stances, of_method(analysis.frames), analysis.passages)


def _executed(
    article: Path, folder: Path, run: Run, step: Callable[[str], None]
) -> Future[dict[str, str | None]] | None:
    """Begin to execute the notebooks on a copy of the article."""
    if run.kernel is None:
        return None
    own = {"ARTICLE": article, **run.own}
    parameters = {name: _kept(file, folder / "input") for name, file in own.items()}
    # the report draws the figures itself
    parameters |= {"OUTPUT": "..", "FIGURES": "", **run.options}
    return run.kernel.run(run.notebooks, folder / "notebooks", parameters, step=step)


def _failed(analysis: Analysis, run: Run, done: Mapping[str, str | None]) -> list[dict[str, object]]:
    """What failed in the notebooks, as rows of problems."""
    failed = []
    for notebook in run.notebooks:
        unused = sorted(set(run.own) - notebooks.parameters_of(notebook))
        problem = done[notebook.name] or (f"it was run without your {' and '.join(unused)}" if unused else None)
        if problem:
            row = {"article_id": analysis.articles["article_id"].iloc[0], "source_file": notebook.name}
            row |= {"stage": "notebook", "problem": problem}
            failed.append(row | {"remedy": "open the notebook in this folder and run it cell by cell"})
    return failed


def _kept(file: Path, folder: Path) -> str:
    """Copy a file into the folder of the run; its address from the notebooks, good wherever the folder is moved."""
    folder.mkdir(exist_ok=True)
    shutil.copyfile(file, folder / file.name)
    return f"../{folder.name}/{file.name}"


def render(analysis: Analysis, pictures: Mapping[str, Picture], *, model: str, files: Sequence[str] = ()) -> str:
    """The page: all text from the article is escaped, nothing is loaded from elsewhere, no script runs.

    `pictures` may lack a figure; `files` are linked, relative to the page.
    """
    article = export.without_folders(analysis.articles).iloc[0].to_dict()
    text, colours = analysis.texts[article["article_id"]], charts.camp_colours(analysis.actors["camp"])
    camps = list(dict.fromkeys(analysis.statements["camp"].dropna()))
    return template("report.html").render(
        title=article["title"] if not pd.isna(article["title"]) else article["article_id"],
        metadata=[(name.replace("_", " "), article[name]) for name in METADATA if not pd.isna(article[name])]
        + _reading(analysis),
        nutshell=nutshell(analysis),
        article=Markup(
            highlight.highlight(text, analysis.segments, analysis.statements, analysis.stances, colours, style=False)
        ),
        legend=Markup(highlight.legend(camps, colours)),
        style=Markup(highlight.STYLE),
        views=views(analysis) | structure_views(analysis),
        pictures=pictures,
        overview=OVERVIEW,
        model=model,
        files=files,
    )


def _reading(analysis: Analysis) -> list[tuple[str, str]]:
    """By which sign the file was read, what speaks against its being one article, and what the camps are made of."""
    kept = analysis.intake[analysis.intake["status"] == "kept"]
    camps = [("camps are made", camps_made_of(analysis.actors))]
    if len(kept) != 1:
        return camps
    row = kept.iloc[0]
    told = [("told by", row["sign"]), ("look at it", row["doubt"])]
    return [(name, value) for name, value in told if not pd.isna(value)] + camps


@cache
def template(name: str) -> jinja2.Template:
    """A page with its gaps, out of the files of this room."""
    source = resources.files("analysis.report").joinpath(name).read_text(encoding="utf-8")
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(source)


def _files(folder: Path) -> list[str]:
    """The files of the folder that the page links to, as relative addresses."""
    found = [file.relative_to(folder).as_posix() for file in sorted(folder.rglob("*")) if file.is_file()]
    return [name for name in found if not name.startswith("input/")]
