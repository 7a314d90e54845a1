"""Learn how the mentions of an actor add up to an article: ``python -m training.author_sentiment DATA_DIR``.

Writes ``models/author_sentiment.csv``: the weights by which the mean probabilities of an actor's mentions become the
author's sentiment, from the 578 articles of PerSenT dev (Bastan et al. 2020). Run it again when the model of sentiment
changes; ``benchmarks.persent`` measures it by cross-validation.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

import numpy as np

from analysis.findings.aggregate import AUTHOR_COLUMNS
from analysis.language.models import FOLDER
from benchmarks.corpora import read_rows
from benchmarks.persent import NAMES, means, readout, scores
from training.float_arithmetic import write_sums

PATH = FOLDER / "author_sentiment.csv"


def main() -> None:
    """Fit and write the weights."""
    parser = argparse.ArgumentParser(prog="python -m training.author_sentiment", description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="the folder with persent_dev.jsonl.gz")
    rows = read_rows(parser.parse_args().data, "persent", "dev")
    coded = np.array([NAMES.index(row["label"]) for row in rows])
    model = readout().fit(means(scores(rows))[:, [0, 2]], coded)
    with PATH.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(AUTHOR_COLUMNS)
        for label, constant, weights in zip((-1, 0, 1), model.intercept_, model.coef_, strict=True):
            cells = [f"{value:.4f}" for value in (constant, *weights)]
            table.writerow([label, *cells, "PerSenT dev", f"{int((coded == label + 1).sum())} articles"])
    write_sums(PATH.stem, [PATH])


if __name__ == "__main__":
    main()
