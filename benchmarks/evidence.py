"""Do the shown words move the score? ``python -m benchmarks.evidence DATA_DIR``.

For every dev sentence that the model calls negative, positive, for or against, the evidence is deleted all at once and
the rest is read again: how often does the label become less likely, and by how much, against as many other words taken
at random? The package checks its evidence in the same way.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from analysis.positions import stance_model
from analysis.positions.evidence import Three, content_words, evidence
from analysis.positions.stance_model import Marked
from analysis.schema.spans import Span, merge, overlap
from benchmarks import dse, newsmtsc
from benchmarks.corpora import read_rows, with_stand_ins
from benchmarks.measures import SEED


def words_of(passage: Marked) -> list[Span]:
    """The words that may be evidence: not those of source and target."""
    taken = [span for span in (passage.source, passage.target) if span]
    return [span for span in content_words(passage.text) if not any(overlap(span, one) for one in taken)]


def without(passage: Marked, spans: Sequence[Span]) -> Marked:
    """The passage with the words deleted, each with the space before it; its marks moved along."""
    gone = [(start - (passage.text[start - 1 : start] == " "), end) for start, end in merge(spans)]
    edges = [0, *(edge for span in gone for edge in span), len(passage.text)]
    kept = "".join(passage.text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True))

    def moved(span: Span) -> Span:
        before = sum(end - start for start, end in gone if end <= span[0])
        return span[0] - before, span[1] - before

    return replace(passage, text=kept, target=moved(passage.target), source=passage.source and moved(passage.source))


def check(passages: Sequence[Marked], three: Three) -> dict[str, object]:
    """Shares of passages whose label becomes less likely without the evidence, and without other words."""
    chances = three(stance_model.chances(*stance_model.alone(passages)))
    told = [n for n, label in enumerate(chances.argmax(1)) if label != 1]
    some, labels, before = [passages[n] for n in told], chances.argmax(1)[told], chances.max(1)[told]
    reading, questions = stance_model.alone(some)
    words = evidence(reading, questions, list(map(words_of, some)), chances[told], labels, three)
    rng = np.random.default_rng(SEED)
    others = [_others(one, spans, rng) for one, spans in zip(some, words, strict=True)]
    result: dict[str, object] = {"cases": len(told), "without_evidence": sum(not spans for spans in words)}
    for name, left_out in (("evidence", words), ("other words", others)):
        rest = [without(one, spans) for one, spans in zip(some, left_out, strict=True)]
        drop = before - three(stance_model.chances(*stance_model.alone(rest)))[np.arange(len(rest)), labels]
        result[f"lower without {name}"] = float(100 * (drop > 0).mean())
        result[f"mean drop without {name}"] = float(drop.mean())
    return result


def _others(passage: Marked, spans: Sequence[Span], rng: np.random.Generator) -> list[Span]:
    rest = [span for span in words_of(passage) if span not in spans]
    return [rest[n] for n in rng.permutation(len(rest))[: len(spans)]]


def main() -> None:
    """Print both tasks."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.evidence", description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="the folder with newsmtsc_dev.jsonl.gz and dse_valid.jsonl.gz")
    parser.add_argument("--json", action="store_true", help="print the figures as one JSON object")
    options = parser.parse_args()
    mentions = with_stand_ins(newsmtsc.passages(read_rows(options.data, "newsmtsc", "dev")))
    pairs = with_stand_ins([dse.pair(row) for row in read_rows(options.data, "dse", "valid")])
    result = {"sentiment": check(mentions, lambda rows: rows), "stance": check(pairs, stance_model.toward)}
    if options.json:
        print(json.dumps(result))
        return
    for task, one in result.items():
        print(f"{task}:", "  ".join(f"{name} {value:.4g}" for name, value in one.items()))


if __name__ == "__main__":
    main()
