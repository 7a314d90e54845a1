"""The command line: ``python -m analysis report ARTICLE [ARTICLE ...]`` and ``python -m analysis notebooks DIR``."""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from analysis import __version__

if TYPE_CHECKING:
    from spacy.language import Language

    from analysis.reading.article import Article
    from analysis.reading.collection import Intake
    from analysis.report.page import Run
    from analysis.schema.analysis import Analysis

FAILED = 2
"""Exit code where nothing came of a run."""

FIGURES = ("png", "svg", "pdf")

DESCRIPTION = "Who says what, about whom, and how the news frames it."
REPORT = """\
Analyse articles in English and write a folder for each of them. An ARTICLE is a file (plain text, Markdown, HTML,
PDF, DOCX, ODT, RTF, EPUB; mail; a feed; an export of Nexis, Factiva, ProQuest or Europresse; a table as CSV, TSV,
XLSX, JSON or Parquet; the README lists them all), a ZIP or WARC archive or folder of these, or an address
(https://...).

  report.html    one page: the article with every statement marked, charts, tables, evidence
  figures/       every chart as PNG (300 dpi), SVG and PDF
  tables/        every table as CSV, and all of them in tables.xlsx
  notebooks/     the notebooks, executed on this article
  input/         the article they were run on
  manifest.json  versions, model, hashes and parameters: what is needed to run it again

Several articles get a further folder "corpus" with the tables over all of them and, where outlets or dates are known,
figures of the frames by outlet and by month."""
EXAMPLES = """\
examples:
  python -m analysis report article.txt
  python -m analysis report news/*.txt --out results --no-notebooks
  python -m analysis report article.txt --camps camps.csv
  python -m analysis report nexis-export.docx --no-notebooks
  python -m analysis report stories.csv --text-column story
  python -m analysis report mediacloud.csv --pages saved-pages

An article that cannot be read is named with what helps; the others are analysed. The exit code is 2 if none is."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code: 0, or 2 with one sentence on stderr where nothing came of it."""
    options = _parser().parse_args(arguments)
    from analysis.codebook import CodebookError
    from analysis.export import OutputError
    from analysis.language.models import EncoderError
    from analysis.language.parsing import ModelError

    try:
        return options.run(options)
    except (CodebookError, EncoderError, ModelError, OutputError) as error:
        return _fail(str(error))
    except OSError as error:
        return _fail(f"{error.filename or options.out}: {error.strerror or error}; check folder, rights and space.")
    except KeyboardInterrupt:
        return _fail("Stopped; nothing half-written was left.")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m analysis", description=DESCRIPTION)
    parser.add_argument("--version", action="version", version=f"newsvoices {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    report = commands.add_parser(
        "report",
        help="analyse articles and write a report on each",
        description=REPORT,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    report.add_argument("articles", nargs="+", metavar="ARTICLE", help="a file, folder, archive or address")
    report.add_argument(
        "--out", type=Path, default=Path("output"), metavar="DIR", help="where to write (default: %(default)s)"
    )
    report.add_argument(
        "--camps", type=Path, metavar="FILE.csv", help="columns name,camp: the camps you give to actors"
    )
    report.add_argument(
        "--camps-by",
        choices=("auto", "state", "party", "body"),
        default="auto",
        help="what camps are made of; auto decides for each article (default: %(default)s)",
    )
    report.add_argument("--people", type=Path, metavar="FILE.csv", help="office-holders that the shipped list lacks")
    report.add_argument("--frames", type=Path, metavar="FILE.yml", help="your own codebook of frames")
    report.add_argument("--model", metavar="NAME", help="an installed spaCy model instead of the pinned one")
    report.add_argument(
        "--method", choices=("model", "rules"), default="model", help="learned models, or named rules alone (faster)"
    )
    report.add_argument(
        "--no-evidence", action="store_true", help="do not look for the words that moved the models (much faster)"
    )
    report.add_argument("--text-column", metavar="NAME", help="the column of a table that holds the texts")
    report.add_argument("--pages", type=Path, metavar="DIR", help="saved pages that a table of addresses belongs to")
    report.add_argument("--drop-duplicates", action="store_true", help="set near-duplicates aside (they are marked)")
    report.add_argument(
        "--figures",
        type=_formats,
        default=FIGURES,
        metavar="png,svg,pdf",
        help="file formats of the figures; fewer are faster (default: all three)",
    )
    report.add_argument("--no-notebooks", action="store_true", help="do not execute the notebooks (faster)")
    report.set_defaults(run=_report)
    copied = commands.add_parser(
        "notebooks",
        help="copy the notebooks into a folder of yours",
        description="Copy the notebooks into a folder, without outputs, to be opened in JupyterLab.",
    )
    copied.add_argument("out", type=Path, metavar="DIR", help="the folder; it is made if it is not there")
    copied.add_argument("--article", type=Path, metavar="FILE", help="the article they read (default: DIR/article.txt)")
    copied.set_defaults(run=_notebooks)
    return parser


def _notebooks(options: argparse.Namespace) -> int:
    from analysis.report.notebooks import copy_notebooks

    if options.article and not options.article.is_file():
        return _fail(f"{options.article}: there is no such file; name the article that the notebooks are to read.")
    made = copy_notebooks(options.out, options.article)
    then = "" if options.article else " Put your article there as article.txt, or name it in the cell ARTICLE."
    print(f"{len(made)} notebooks are in {options.out}.{then} Open them with: jupyter lab {options.out}")
    return 0


def _report(options: argparse.Namespace) -> int:
    from analysis.actors.camps import read_sides
    from analysis.language.parsing import DEFAULT_MODEL, load_model
    from analysis.reading.collection import load_all
    from analysis.reading.errors import named
    from analysis.study.corpus import analyse_corpus

    with Progress() as progress:
        sides = read_sides(options.camps, by=options.camps_by, people=options.people)
        progress.now("loading the language model")
        nlp = load_model(options.model or DEFAULT_MODEL)
        progress.now("reading")
        read = {"text_column": options.text_column, "pages": options.pages, "drop_duplicates": options.drop_duplicates}
        taken = load_all(options.articles, **read)
        if len(taken.table) > 1:
            progress.say(taken.sentence)
        for row in taken.table.dropna(subset="doubt").itertuples():
            progress.say(f"{named(row.source_file, row.part)}: {row.doubt}; look whether it is one article.")
        run = _run(options, nlp, progress)
        progress.expect(len(taken.articles) * (3 + run.count))
        found = analyse_corpus(
            taken,
            nlp=nlp,
            camps=sides,
            frames=options.frames,
            method=options.method,
            evidence=not options.no_evidence,
            track=progress.over,
        )
        for row in found.problems.itertuples():
            progress.say(f"{named(row.source_file, row.part)}: {row.problem}; {row.remedy}.")
        for name in sorted(set(sides.own) - {*found.actors["name"], *found.actors["actor_id"]}):
            if len(found.articles):
                progress.say(f"{options.camps}: no actor is called '{name}', see the table of actors for the names.")
        written = _write_all(found, taken, options, run, progress) if len(found.articles) else []
    return _conclude(found, options, written=written)


class Progress:
    """One bar over all that a run does: what is being done, and how much of it is done. It is gone at the end."""

    def __enter__(self) -> Progress:
        from tqdm import tqdm

        self._bar = tqdm(total=1, unit="step", leave=False, bar_format="{l_bar}{bar}| {n_fmt}/{total_fmt} {postfix}")
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.close()

    def expect(self, steps: int) -> None:
        """How many steps there will be."""
        self._bar.total = max(steps, 1)

    def now(self, what: str) -> None:
        """What is done from here on."""
        self._bar.set_postfix_str(what)

    def step(self, what: str) -> None:
        """The next step begins."""
        self._bar.update()
        self.now(what)

    def over(self, articles: Iterable[Article]) -> Iterator[Article]:
        """The articles, one step each."""
        for article in articles:
            self.step(f"{article.article_id}: reading and scoring")
            yield article

    def say(self, sentence: str) -> None:
        """A sentence above the bar."""
        self._bar.write(sentence, file=sys.stderr)


def _run(options: argparse.Namespace, nlp: Language, progress: Progress) -> Run:
    """How this run is made, for the manifest."""
    from analysis.language.parsing import DEFAULT_MODEL, model_version
    from analysis.report import notebooks
    from analysis.report.page import Run

    wanted = not options.no_notebooks
    given = (("CAMPS", options.camps), ("PEOPLE", options.people), ("FRAMES", options.frames))
    own = {name: file for name, file in given if file}
    parameters = {name.lower(): {"file": file.name, "sha256": _sha256(file)} for name, file in own.items()}
    parameters |= {
        "method": options.method,
        "camps_by": options.camps_by,
        "evidence": not options.no_evidence,
        "model": options.model or DEFAULT_MODEL,
    }
    named = notebooks.notebooks() if wanted else []
    parameters |= {"notebooks": bool(named), "figures": list(options.figures)}
    chosen = {
        "METHOD": options.method,
        "CAMPS_BY": options.camps_by,
        "EVIDENCE": not options.no_evidence,
        "MODEL": options.model,
    }
    return Run(model_version(nlp), parameters, own, chosen, tuple(named), options.figures)


def _write_all(found: Analysis, taken: Intake, options: argparse.Namespace, run: Run, progress: Progress) -> list[Path]:
    """Write a folder for each article and one for all; the folders of the articles that were written."""
    from analysis.export import OutputError, replacing
    from analysis.report.page import write_corpus, write_report

    written: list[Path] = []
    articles = {article.article_id: article for article in taken.articles}
    with TemporaryDirectory() as folder:
        for article_id in found.articles["article_id"]:
            target = options.out / article_id
            try:
                file = _file_of(articles[article_id], Path(folder))
                own = found.of(article_id)
                done = write_report(own, file, target, run=run, step=partial(_named, progress, article_id))
            except OutputError as error:
                if len(taken.table) == 1:
                    raise
                progress.say(str(error))
                continue
            written.append(target)
            for problem in done.problems.itertuples():
                progress.say(f"{problem.source_file}: {problem.problem}; {problem.remedy}.")
    if len(taken.table) > 1:
        name = "corpus" if "corpus" not in set(found.articles["article_id"]) else "corpus-tables"
        with replacing(options.out / name) as folder:
            write_corpus(found, folder, run)
    return written


def _named(progress: Progress, article_id: str, step: str) -> None:
    progress.step(f"{article_id}: {step}")


def _file_of(article: Article, folder: Path) -> Path:
    """The file that holds this article and no other one: its own, or one made of it in the folder."""
    from analysis.reading.collection import save

    own = Path(article.source_file or "")
    return own if article.part is None and own.is_file() else save(article, folder)


def _conclude(found: Analysis, options: argparse.Namespace, *, written: list[Path]) -> int:
    """The last sentence: where the reports are and how many articles have none; the exit code."""
    asked = len(found.intake)
    missing = asked - len(written)
    if not written:
        return FAILED if asked == 1 else _fail(f"None of the {asked} articles could be analysed.")
    if asked == 1:
        print(f"The report is in {written[0]} (open report.html there).")
    elif missing:
        print(f"The reports on {len(written)} of {asked} articles are in {options.out}; {missing} could not be made.")
    else:
        print(
            f"The reports on {asked} articles are in {options.out}, the tables over all of them in its corpus folder."
        )
    return 0


def _formats(text: str) -> tuple[str, ...]:
    named = tuple(dict.fromkeys(part.strip().lower() for part in text.split(",")))
    if not set(named) <= set(FIGURES):
        raise argparse.ArgumentTypeError(f"'{text}' is not made of {', '.join(FIGURES)}")
    return named


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _complain(sentence: str) -> None:
    print(sentence, file=sys.stderr)


def _fail(sentence: str) -> int:
    _complain(sentence)
    return FAILED


if __name__ == "__main__":
    sys.exit(main())
