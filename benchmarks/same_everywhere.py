"""The same tables on every processor, in every batch, on any number of threads.

``python -m benchmarks.same_everywhere DATA_DIR`` analyses the first article and two of Wikinews natively, on one
thread, among twelve other articles, and under emulated processors without AVX (Nehalem) and without AVX-512
(Haswell), and counts the labels that differ from the native run and the largest difference of a number. It needs
``qemu-x86_64`` (package qemu-user) and some minutes.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from benchmarks.corpora import read_rows
from benchmarks.same_tables import SEED, Difference, differences, matters, read_tables, write_tables

COMPARED, COMPANY = (7, 13), 14
"""Rows of Wikinews that are compared (short ones, for emulation is slow), and how many are read at all."""
PROCESSORS = ("Nehalem", "Haswell")


def write(data: Path, folder: Path, *, threads: int, company: bool, evidence: bool) -> None:
    """Analyse the three articles, alone or among others, and write their tables."""
    from analysis import load, read_text
    from analysis.language import models

    models.THREADS = threads
    rows = read_rows(data, "wikinews", None)[:COMPANY]
    all_of_them = [load(SEED), *(read_text(row["text"], article_id=row["id"]) for row in rows)]
    articles = [all_of_them[0], *(all_of_them[n + 1] for n in COMPARED)]
    if company:
        write_tables(all_of_them, folder, only={one.article_id for one in articles}, evidence=evidence)
        return
    for article in articles:
        write_tables([article], folder, evidence=evidence)


def run(data: Path, folder: Path, *arguments: str, processor: str | None = None) -> dict[str, pd.DataFrame]:
    """The tables of one run in a process of its own, by name."""
    emulated = [shutil.which("qemu-x86_64") or "qemu-x86_64", "-cpu", processor] if processor else []
    command = [*emulated, sys.executable, "-m", "benchmarks.same_everywhere", str(data), "--write", str(folder)]
    free = {name: value for name, value in os.environ.items() if not name.startswith("OPENBLAS_")}  # may name another
    subprocess.run([*command, *arguments], check=True, env=free if processor else None)
    return read_tables(folder)


def compare(data: Path, only: Sequence[str], *, evidence: bool) -> dict[str, list[Difference]]:
    """What differs from the native run on two threads, run by run; emulated ones take one thread.

    Without `evidence` the words that moved the models are not looked for, which takes most of an emulated run.
    """
    plain = () if evidence else ("--no-evidence",)
    runs = {"thread": {"arguments": ("--threads", "1")}, "company": {"arguments": ("--company",)}}
    runs |= {name: {"processor": name, "arguments": ("--threads", "1")} for name in PROCESSORS}
    runs = {name: how for name, how in runs.items() if not only or name in only}
    found = {}
    with TemporaryDirectory() as folder:
        native = run(data, Path(folder) / "native", *plain)
        for number, (name, how) in enumerate(runs.items()):
            arguments = (*how["arguments"], *plain)
            other = run(data, Path(folder) / str(number), *arguments, processor=how.get("processor"))
            found[name] = list(differences(native, other))
            gaps = [one.gap for one in found[name] if one.gap is not None]
            labels = [one for one in found[name] if matters(one)]
            print(f"{name}: {len(labels)} labels differ, numbers by at most {max(gaps, default=0):.4f}", flush=True)
            print(*labels[:20], sep="\n", end="\n" if labels else "")
    return found


def main() -> None:
    """Print a line for each run; exit with 1 if a label differs."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.same_everywhere", description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="the folder with wikinews.jsonl.gz")
    parser.add_argument("--runs", nargs="+", default=(), metavar="RUN", help="of thread, company, Nehalem, Haswell")
    parser.add_argument(
        "--no-evidence", action="store_true", help="do not look for evidence: minutes in place of an hour"
    )
    parser.add_argument("--write", type=Path, metavar="FOLDER", help=argparse.SUPPRESS)
    parser.add_argument("--threads", type=int, default=2, help=argparse.SUPPRESS)
    parser.add_argument("--company", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    evidence = not options.no_evidence
    if options.write:
        threads, company = options.threads, options.company
        write(options.data, options.write, threads=threads, company=company, evidence=evidence)
    else:
        found = compare(options.data, options.runs, evidence=evidence)
        sys.exit(any(matters(one) for several in found.values() for one in several))


if __name__ == "__main__":
    main()
