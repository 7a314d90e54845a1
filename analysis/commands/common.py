"""What commands share: the settings out of the options, the store, what a run is in the manifest, and failing."""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from analysis.actors.camps import read_sides
from analysis.commands.progress import Progress
from analysis.language.parsing import DEFAULT_MODEL, load_model, model_folder, model_version
from analysis.reading.collection import load_all
from analysis.reading.errors import named
from analysis.schema.analysis import Analysis
from analysis.study.corpus import DATASETS, Machines, read_corpus, tables_over
from analysis.study.corrections import write_corrections
from analysis.study.editing import gather
from analysis.study.settings import Settings
from analysis.study.store import Store

if TYPE_CHECKING:
    from analysis.report.page import Run

FAILED = 2
"""Exit code where nothing came of a run."""


def settings_of(options: argparse.Namespace) -> Settings:
    """The settings of the analysis; raises the errors of files and models that are not as they have to be."""
    sides = read_sides(options.camps, by=options.camps_by, people=options.people)
    model = options.model or DEFAULT_MODEL
    model_folder(model)
    chosen = {"method": options.method, "evidence": not options.no_evidence, "frames": options.frames}
    return Settings(model=model, sides=sides, corrections=gather(options.out, options.corrections), **chosen)


def reading_of(options: argparse.Namespace) -> dict[str, object]:
    """How files are read, as :func:`analysis.reading.collection.load_all` takes it."""
    return {name: getattr(options, name) for name in ("text_column", "pages", "drop_duplicates")}


def store_of(options: argparse.Namespace) -> Store:
    """The store that was asked for, or the one beside the output."""
    return Store(options.store or options.out / "store")


def run_of(options: argparse.Namespace, settings: Settings, wanted: Sequence[Path], folder: Path) -> Run:
    """How this run is made, for the manifest and the notebooks; the decisions about rows as a file in the folder."""
    from analysis.report.page import Run

    given = (("CAMPS", options.camps), ("PEOPLE", options.people), ("FRAMES", options.frames))
    own = {name: file for name, file in given if file}
    if settings.corrections.rows:
        own["CORRECTIONS"] = folder / "corrections.csv"
        write_corrections(settings.corrections.as_rows(), own["CORRECTIONS"])
    parameters = {name.lower(): {"file": file.name, "sha256": _sha256(file)} for name, file in own.items()}
    chosen = {"method": settings.method, "camps_by": settings.sides.by, "evidence": settings.evidence}
    parameters |= chosen | {"model": settings.model, "notebooks": bool(wanted), "figures": list(options.figures)}
    told = {name.upper(): value for name, value in chosen.items()} | {"MODEL": options.model}
    told["STORE"] = f"../../{options.store or 'store'}" if not options.store else str(options.store.resolve())
    made_by = model_version(load_model(settings.model))
    also = {"paper": options.paper, "pdf": options.pdf}
    return Run(made_by, parameters, own, told, tuple(wanted), options.figures, **also)


def analysis_of(options: argparse.Namespace) -> Analysis:
    """The tables of a corpus folder, or of articles that are analysed now."""
    if len(options.articles) == 1 and (Path(options.articles[0]) / DATASETS).is_dir():
        return read_corpus(options.articles[0])
    with Progress("article") as progress:
        settings, store = settings_of(options), store_of(options)
        taken = load_all(options.articles, **reading_of(options))
        found = tables_over(taken, settings, store, machines=Machines(), track=progress.add)
        tell_problems(found.problems, progress)
        return found


def tell_problems(problems: pd.DataFrame, progress: Progress) -> None:
    """A sentence for each problem."""
    for row in problems.itertuples():
        progress.say(f"{named(row.source_file, row.part)}: {row.problem}; {row.remedy}.")


def fail(sentence: str) -> int:
    """Say why nothing came of it; the exit code."""
    print(sentence, file=sys.stderr)
    return FAILED


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
