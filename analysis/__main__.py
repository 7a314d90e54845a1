"""The command line: report, corpus, code, export, import, store, notebooks; what each does is in ``commands/``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path

from analysis import __version__

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
  correct/       workbooks in which you change rows; the next run takes the changes over
  input/         the article they were run on
  manifest.json  versions, model, hashes and parameters: what is needed to run it again

Several articles get a further folder "corpus" with the tables over all of them and, where outlets or dates are known,
figures of the frames by outlet and by month. What was found is kept in the folder "store": the same article under the
same settings is analysed once."""
CORPUS = """\
Analyse many articles, one or a hundred thousand, and write one folder over all of them:

  corpus/index.html   all articles, the account of the intake, the figures
  corpus/datasets/    every table as a Parquet dataset, for pandas, DuckDB, R arrow
  corpus/tables/      the same as CSV and XLSX, up to 2,000 articles
  corpus/notebooks/   the notebook that compares outlets, executed
  store/              what was found, article by article; a run that was stopped goes on from there

An INPUT is what "report" takes. A run that is stopped at any moment goes on where it was if it is started again in the
same way. An article that takes too long, or breaks a process, is a row of the table "problems"."""
CORPUS_EXAMPLES = """\
examples:
  python -m analysis corpus nexis-exports/ --out study --no-evidence
  python -m analysis corpus stories.parquet --text-column story --out study --workers 8
  python -m analysis corpus stories.csv --out study --scheduler tcp://10.0.0.5:8786

A cluster: start "dask scheduler" on one machine and "dask worker tcp://ADDRESS:8786 --nthreads 1" on the others, each
with this package installed; or one made by dask-jobqueue (see README.md)."""
EXPORT = """\
Write an analysis for the programs of the field, each format into a folder below OUT/exchange:

  brat, inception, label-studio   annotations to be looked at and changed there (see "import")
  refi-qda      a project for NVivo, MAXQDA, ATLAS.ti and QualCoder (.qdpx)
  dna           a database for Discourse Network Analyzer 3 and rDNA, and its events as a table
  network       GEXF (Gephi), GraphML, and the events
  offsets       numbers of characters without the texts, for texts under licence; always written

A SOURCE is what "report" takes, or the folder that "corpus" wrote."""
IMPORT = """\
Read back what was changed in another program, and write it as decisions into a file of corrections. Without
--corrections it is OUT/corrections.csv, which every further run into the same OUT applies.

FILE is the export of Label Studio (JSON), a folder of brat or of INCEpTION (UIMA CAS JSON), or a project (.qdpx)."""
CODE = """\
Draw units of one question from articles, or from the folder that "corpus" wrote, and write sheets for coders: one
workbook for each, which hides what the tool says, and the key that holds it. Notebook 06 reads the filled ones back.

With --coder a language model is one more coder: any server that speaks the protocol of OpenAI's chat completions, here
or elsewhere. Nothing is sent without it; with it, the sentences of the sample are. A key is read from the environment
(OPENAI_API_KEY). Its answers are kept in the store; who answered, and how, stands beside its sheet.

examples:
  python -m analysis code study/corpus --question stance --sheets coding --coders ann,ben --number 200
  python -m analysis code study/corpus --question stance --sheets coding \\
      --coder http://localhost:11434/v1 --coder-model qwen3"""
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
    from analysis.commands.common import fail
    from analysis.export import OutputError
    from analysis.language.models import EncoderError
    from analysis.language.parsing import ModelError
    from analysis.report.pdf import PdfError
    from analysis.study.chat import CoderError
    from analysis.study.work import WorkerError

    try:
        return options.run(options)
    except (CodebookError, CoderError, EncoderError, ModelError, OutputError, PdfError, WorkerError) as error:
        return fail(str(error))
    except OSError as error:
        return fail(f"{error.filename or options.out}: {error.strerror or error}; check folder, rights and space.")
    except KeyboardInterrupt:
        return fail("Stopped; nothing half-written was left.")


def _later(module: str, name: str) -> Callable[[argparse.Namespace], int]:
    """A command that is loaded when it is run."""

    def run(options: argparse.Namespace) -> int:
        return getattr(import_module(f"analysis.commands.{module}"), name)(options)

    return run


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m analysis", description=DESCRIPTION)
    parser.add_argument("--version", action="version", version=f"newsvoices {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    raw = {"formatter_class": argparse.RawDescriptionHelpFormatter}
    _add_report(commands, raw)
    _add_corpus(commands, raw)
    _add_code(commands, raw)
    _add_exchange(commands, raw)
    _add_store(commands)
    copied = commands.add_parser(
        "notebooks",
        help="copy the notebooks into a folder of yours",
        description="Copy the notebooks into a folder, without outputs, to be opened in JupyterLab.",
    )
    copied.add_argument("out", type=Path, metavar="DIR", help="the folder; it is made if it is not there")
    copied.add_argument("--article", type=Path, metavar="FILE", help="the article they read (default: DIR/article.txt)")
    copied.set_defaults(run=_later("notebooks", "notebooks"))
    return parser


def _add_report(commands: argparse._SubParsersAction, raw: Mapping[str, object]) -> None:
    report = commands.add_parser(
        "report", help="analyse articles and write a report on each", description=REPORT, epilog=EXAMPLES, **raw
    )
    report.add_argument("articles", nargs="+", metavar="ARTICLE", help="a file, folder, archive or address")
    _add_settings(report)
    _add_figures(report)
    report.add_argument(
        "--pdf", action="store_true", help="print the page as PDF too (needs Chrome, Chromium or Edge on this machine)"
    )
    report.set_defaults(run=_later("report", "report"))


def _add_corpus(commands: argparse._SubParsersAction, raw: Mapping[str, object]) -> None:
    corpus = commands.add_parser(
        "corpus", help="the tables over many articles", description=CORPUS, epilog=CORPUS_EXAMPLES, **raw
    )
    corpus.add_argument("articles", nargs="+", metavar="INPUT", help="a file, folder, archive or address")
    _add_settings(corpus)
    _add_figures(corpus)
    corpus.add_argument(
        "--workers", type=int, metavar="N", help="processes of this machine (default: one for each core)"
    )
    corpus.add_argument("--scheduler", metavar="ADDRESS", help="do the work on the Dask cluster at this address")
    corpus.add_argument(
        "--seconds",
        type=int,
        default=300,
        help="what one article may take before it is given up (default: %(default)s)",
    )
    corpus.set_defaults(run=_later("corpus", "corpus"), pdf=False)


def _add_code(commands: argparse._SubParsersAction, raw: Mapping[str, object]) -> None:
    code = commands.add_parser("code", help="sheets for coders, or for a language model", description=CODE, **raw)
    code.add_argument("articles", nargs="+", metavar="SOURCE", help="a corpus folder, or articles to be analysed")
    code.add_argument("--question", required=True, metavar="NAME", help="stance, statement, speaker, cue_class, ...")
    code.add_argument("--sheets", type=Path, required=True, metavar="DIR", help="the folder of the sheets")
    code.add_argument("--coders", type=_names, default=(), metavar="ann,ben", help="who codes")
    code.add_argument("--number", type=int, default=200, help="units in each sheet (default: %(default)s)")
    code.add_argument("--seed", type=int, default=1, help="another number draws others (default: %(default)s)")
    code.add_argument("--scheme", default="generic", help="the scheme of the frames (default: %(default)s)")
    code.add_argument("--coder", metavar="URL", help="the address of a language model; none is asked without it")
    code.add_argument("--coder-model", metavar="NAME", help="the name of the model there")
    _add_settings(code)
    code.set_defaults(run=_later("code", "code"))


def _add_exchange(commands: argparse._SubParsersAction, raw: Mapping[str, object]) -> None:
    export = commands.add_parser("export", help="write an analysis for other programs", description=EXPORT, **raw)
    export.add_argument("articles", nargs="+", metavar="SOURCE", help="a corpus folder, or articles to be analysed")
    export.add_argument(
        "--to",
        type=_names,
        metavar="brat,dna,...",
        help="the formats (default: all of them)",
    )
    export.add_argument(
        "--tables",
        type=_names,
        metavar="statements,...",
        help="the layers of annotations (default: statements, mentions, stances, sentiments, frames, roles, functions)",
    )
    _add_settings(export)
    export.set_defaults(run=_later("exchange", "export"))
    back = commands.add_parser(
        "import", help="take back what was changed in another program", description=IMPORT, **raw
    )
    back.add_argument("file", type=Path, metavar="FILE", help="what the other program exported")
    back.add_argument(
        "--from", dest="format", required=True, metavar="FORMAT", help="brat, inception, label-studio, refi-qda"
    )
    back.add_argument("--out", type=Path, default=Path("output"), metavar="DIR", help="the --out of the export")
    back.add_argument(
        "--corrections", type=Path, metavar="FILE.csv", help="the file of corrections that gets the decisions"
    )
    back.add_argument("--who", default="", metavar="NAME", help="who decided")
    back.set_defaults(run=_later("exchange", "take_back"))


def _add_store(commands: argparse._SubParsersAction) -> None:
    store = commands.add_parser("store", help="what is kept of earlier runs: status, clear")
    parts = store.add_subparsers(metavar="status|clear", required=True)
    status = parts.add_parser("status", help="what a store holds, by settings")
    clear = parts.add_parser("clear", help="remove what a store holds")
    for part, name in ((status, "status"), (clear, "clear")):
        where = {"type": Path, "nargs": "?", "default": Path("output/store"), "metavar": "DIR"}
        part.add_argument("store", help="the store (default: %(default)s)", **where)
        part.set_defaults(run=_later("store", name), out=None)
    clear.add_argument("--failed", action="store_true", help="only what holds failures, so that they are tried again")


def _add_settings(command: argparse.ArgumentParser) -> None:
    """The options of reading and of the analysis, and where it is written."""
    command.add_argument(
        "--out", type=Path, default=Path("output"), metavar="DIR", help="where to write (default: %(default)s)"
    )
    command.add_argument(
        "--store", type=Path, metavar="DIR", help="where to keep what was found (default: the folder store in --out)"
    )
    command.add_argument(
        "--camps", type=Path, metavar="FILE.csv", help="columns name,camp: the camps you give to actors"
    )
    command.add_argument(
        "--camps-by",
        choices=("auto", "state", "party", "body"),
        default="auto",
        help="what camps are made of; auto decides for each article (default: %(default)s)",
    )
    command.add_argument("--people", type=Path, metavar="FILE.csv", help="office-holders that the shipped list lacks")
    command.add_argument(
        "--corrections", type=Path, metavar="FILE", help="CSV or XLSX: your decisions about single rows (README.md)"
    )
    command.add_argument("--frames", type=Path, metavar="FILE.yml", help="your own codebook of frames")
    command.add_argument("--model", metavar="NAME", help="an installed spaCy model instead of the pinned one")
    command.add_argument(
        "--method", choices=("model", "rules"), default="model", help="learned models, or named rules alone (faster)"
    )
    command.add_argument(
        "--no-evidence", action="store_true", help="do not look for the words that moved the models (much faster)"
    )
    command.add_argument("--text-column", metavar="NAME", help="the column of a table that holds the texts")
    command.add_argument("--pages", type=Path, metavar="DIR", help="saved pages that a table of addresses belongs to")
    command.add_argument("--drop-duplicates", action="store_true", help="set near-duplicates aside (they are marked)")


def _add_figures(command: argparse.ArgumentParser) -> None:
    """The options of what is drawn and executed."""
    command.add_argument(
        "--figures",
        type=_formats,
        default=FIGURES,
        metavar="png,svg,pdf",
        help="file formats of the figures; fewer are faster (default: all three)",
    )
    command.add_argument(
        "--paper", action="store_true", help="figures for one and two columns of a journal, tables as LaTeX and DOCX"
    )
    command.add_argument("--no-notebooks", action="store_true", help="do not execute the notebooks (faster)")


def _names(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def _formats(text: str) -> tuple[str, ...]:
    named = _names(text.lower())
    if not set(named) <= set(FIGURES):
        raise argparse.ArgumentTypeError(f"'{text}' is not made of {', '.join(FIGURES)}")
    return named


if __name__ == "__main__":
    sys.exit(main())
