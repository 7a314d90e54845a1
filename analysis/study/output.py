"""The folder over a corpus: datasets, tables for spreadsheets, figures, the notebook that compares, and its page.

::

    corpus/
      index.html              all articles, what was found, the figures
      datasets/<table>/       part-000000.parquet, ...: the tables of the schema, and `texts`
      tables/                 the same as CSV and tables.xlsx, up to 2,000 articles
      figures/, notebooks/    the comparison of outlets and months, up to 20,000 articles
      manifest.json           versions, settings, counts
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

from analysis import export
from analysis.findings.by_article import TABLES
from analysis.report import notebooks
from analysis.report.corpus_page import CHARTS, compared_of, corpus_plots, render_corpus
from analysis.report.drawing import drawn, write_paper
from analysis.report.page import Run
from analysis.schema.analysis import Analysis
from analysis.study.corpus import DATASETS, read_corpus, read_dataset, write_datasets
from analysis.study.settings import Settings
from analysis.study.staging import Staged
from analysis.study.store import Store

SPREADSHEETS = 2_000
"""Articles up to which the tables are written for spreadsheets too, as these hold a million rows."""
COMPARED = 20_000
"""Articles up to which outlets and months are compared at once; of more, notebook 05 takes a part."""


def write_corpus(
    store: Store, staged: Staged, settings: Settings, target: Path, *, run: Run, links: Mapping[str, str]
) -> dict[str, int]:
    """Write the folder over all articles, whole or not; the rows of each table.

    `links` lead from the id of an article to its report, where there is one.
    """
    with export.replacing(target) as folder:
        rows = write_datasets(store, staged, settings, folder)
        if len(staged) <= SPREADSHEETS:
            tables = {name: export.without_folders(table) for name, table in read_corpus(folder).tables.items()}
            export.write_tables(tables, folder / "tables")
        comparable = len(staged) <= COMPARED
        done = _executed(folder, run) if comparable else None
        compared = compared_of(read_corpus(folder, tables=TABLES)) if comparable else None
        plots = {} if compared is None else corpus_plots(compared)
        pictures = drawn(plots, folder / "figures", run.formats)
        if run.paper:
            write_paper(plots, folder / "paper")
        problem = {} if done is None else {name: error for name, error in done.result().items() if error}
        files = sorted(f"{file.parent.name}/{file.name}" for file in folder.glob("*/*") if file.is_file())
        told = {"sentence": staged.sentence, "model": run.model, "links": links, "files": [*files, export.MANIFEST]}
        shown = {CHARTS[name][0]: picture for name, picture in pictures.items()}
        page = render_corpus(_counted(folder), compared, shown, **told)
        (folder / "index.html").write_text(page, encoding="utf-8", newline="\n")
        about = export.provenance(model=run.model, parameters=run.parameters)
        about |= {"articles": len(staged), "rows": rows, "notebooks that failed": problem}
        export.write_manifest(about, folder)
    return rows


def _counted(folder: Path) -> Analysis:
    """Articles and problems whole, and of other tables what is counted: nothing that grows with the texts."""
    found = read_corpus(folder, tables=("articles", "problems"))
    place = folder / DATASETS
    columns = {"statements": ["article_id"], "stances": ["article_id", "stance"], "actors": ["article_id", "kind"]}
    return replace(found, **{name: read_dataset(place, name, columns=own) for name, own in columns.items()})


def _executed(folder: Path, run: Run) -> Future[dict[str, str | None]] | None:
    """Begin to execute the notebooks on the corpus; its camps are in the tables already."""
    if run.kernel is None:
        return None
    own = {"CORPUS": "..", "OUTPUT": "..", "STORE": None, "CAMPS": None, "FIGURES": ""}
    return run.kernel.run(notebooks.corpus_notebooks(), folder / "notebooks", own)
