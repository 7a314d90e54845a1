"""Do the shown words move the score? ``python -m benchmarks.evidence DATA_DIR``.

For every dev sentence that the model calls negative, positive, for or against, the evidence is deleted all at once:
how often does the label become less likely, and by how much, against as many other words taken at random?
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np

from analysis.positions import evidence, stance_model
from analysis.positions.marking import Marked
from benchmarks import dse, newsmtsc
from benchmarks.corpora import read_rows
from benchmarks.measures import SEED


def check(passages: Sequence[Marked], judge: evidence.Judge, quick: evidence.Judge) -> dict[str, object]:
    """Shares of passages whose label becomes less likely without the evidence, and without other words.

    `quick` finds the evidence, as the package does; `judge`, the whole model, tells what its deletion does.
    """
    chances = judge(passages)
    labels = chances.argmax(1)
    told = [n for n, label in enumerate(labels) if label != 1]
    words = evidence.weigh([passages[n] for n in told], [int(labels[n]) for n in told], quick)
    shown = [(n, spans) for n, spans in zip(told, words, strict=True) if spans]
    rng = np.random.default_rng(SEED)
    deleted = [evidence.without(passages[n], spans) for n, spans in shown]
    others = [evidence.without(passages[n], _others(passages[n], spans, rng)) for n, spans in shown]
    rows, columns = [n for n, _ in shown], labels[[n for n, _ in shown]]
    before = chances[rows, columns]
    drops = {
        name: before - judge(part)[np.arange(len(part)), columns]
        for name, part in (("evidence", deleted), ("other words", others))
    }
    return {
        "cases": len(told),
        "without_evidence": len(told) - len(shown),
        **{f"lower without {name}": float(100 * (drop > 0).sum() / len(told)) for name, drop in drops.items()},
        **{f"mean drop without {name}": float(drop.mean()) for name, drop in drops.items()},
    }


def _others(passage: Marked, spans: Sequence, rng: np.random.Generator) -> list:
    rest = [span for span in evidence.words_of(passage) if span not in spans]
    chosen = rng.permutation(len(rest))[: len(spans)]
    return [rest[n] for n in chosen]


def main() -> None:
    """Print both tasks."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.evidence", description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="the folder with newsmtsc_dev.jsonl.gz and dse_valid.jsonl.gz")
    parser.add_argument("--json", action="store_true", help="print the figures as one JSON object")
    options = parser.parse_args()
    mentions = newsmtsc.passages(read_rows(options.data, "newsmtsc", "dev"))
    pairs = [dse.pair(row) for row in read_rows(options.data, "dse", "valid")]
    result = {
        "sentiment": check(mentions, stance_model.sentiments, partial(stance_model.sentiments, quick=True)),
        "stance": check(pairs, stance_model.stances, partial(stance_model.stances, quick=True)),
    }
    if options.json:
        print(json.dumps(result))
        return
    for task, one in result.items():
        print(f"{task}:", "  ".join(f"{name} {value:.4g}" for name, value in one.items()))


if __name__ == "__main__":
    main()
