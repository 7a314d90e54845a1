"""Every layer of the tool against the coded corpus: ``python -m benchmarks.corpus``.

The coded articles of Wikinews (`corpus/`), the dev part unless another is named. With ``--polnear DATA_DIR`` the coded
articles of PolNeAR too; the tagger of statements learned from their attributions. The codings are readings by a
language model, not by people: what is printed is agreement with the coded corpus. Intervals: 95 %, bootstrap over
articles.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tqdm import tqdm

from analysis import analyse
from analysis.language.parsing import parse_all
from analysis.reading.article import read_text
from benchmarks import corpus_layers as layers
from benchmarks.coded import read_corpus
from benchmarks.corpus_layers import Counts, Measure, count, f1, macro_f1, precision, recall, share

RESAMPLES, SEED = 1000, 20260101


@dataclass(frozen=True)
class Figure:
    """A line of the table: the layer, what is measured of it and how, and which counts it rests on."""

    layer: str
    measure: str
    of: Measure
    units: str
    last: str | None = None

    def n(self, counts: Counts) -> int:
        """How many coded units there are; those alone whose key ends in `last`, if it is given."""
        asked = (key for key in counts if key[0] == self.units and key[1] != "found" and self.last in (None, key[-1]))
        return sum(counts[key] for key in asked)


FIGURES = (
    Figure("statements", "F1", f1("statements"), "statements"),
    Figure("statements", "precision", precision("statements"), "statements"),
    Figure("statements", "recall", recall("statements"), "statements"),
    Figure("speakers, of statements found", "% right", share("speakers"), "speakers"),
    Figure("mentions", "recall", recall("mentions"), "mentions"),
    Figure("links: pairs of mentions of one actor", "F1", f1("links"), "links"),
    Figure("links", "precision", precision("links"), "links"),
    Figure("camps, of statements found", "% right", share("camps"), "camps"),
    Figure("stances, of statements found", "macro-F1", layers.stance_f1, "stances"),
    Figure("stances that both have", "alpha, ordinal", layers.stance_alpha, "stances", "row"),
    Figure("sides taken, of statements found", "% right", share("sides"), "sides"),
    Figure("sides taken, of all statements", "% right", share("sides in all statements"), "sides in all statements"),
    Figure("positions of whole articles", "F1", f1("positions"), "positions"),
    Figure("positions", "precision", precision("positions"), "positions"),
    Figure("positions", "recall", recall("positions"), "positions"),
    Figure("roles of actors", "macro-F1", macro_f1("roles", layers.ROLES), "roles"),
    Figure("functions of passages", "macro-F1", macro_f1("functions", layers.FUNCTIONS), "functions"),
    Figure("generic frames of passages", "macro-F1", macro_f1("frames", layers.FRAMES), "frames"),
    Figure("generic frames of articles (learned)", "F1", f1("frames of articles"), "frames of articles"),
    Figure("class of the cue", "% equal", layers.cue_equal, "cue class"),
    Figure("class of the cue", "alpha, nominal", layers.cue_alpha, "cue class"),
    Figure("type of quotation", "% equal", share("quotation type"), "quotation type"),
    Figure("addressee", "F1", f1("addressee"), "addressee"),
    Figure("occasion", "F1", f1("occasion"), "occasion"),
)


def measured(rows: Sequence[dict], method: str) -> list[Counts]:
    """The counts of each article."""
    articles = (read_text(row["text"], article_id=row["id"]) for row in rows)
    parsed = tqdm(parse_all(articles), total=len(rows), desc="articles", disable=None)
    return [count(row, analyse(one, method=method, evidence=False)) for row, one in zip(rows, parsed, strict=True)]


def interval(articles: Sequence[Counts], measure: Measure) -> tuple[float, float]:
    """The 95 % percentile bootstrap interval of a figure, articles drawn with replacement."""
    keys = sorted({key for one in articles for key in one})
    table = np.array([[one[key] for key in keys] for one in articles])
    drawn = np.random.default_rng(SEED).integers(0, len(articles), (RESAMPLES, len(articles)))
    values = [measure(Counter(dict(zip(keys, map(int, table[chosen].sum(axis=0)), strict=True)))) for chosen in drawn]
    known = [value for value in values if not np.isnan(value)]
    low, high = np.quantile(known, [0.025, 0.975]) if known else (float("nan"),) * 2
    return float(low), float(high)


def figures(articles: Sequence[Counts]) -> list[dict[str, object]]:
    """Every figure with its interval and the number of coded units."""
    total: Counts = Counter()
    for one in articles:
        total.update(one)
    return [
        {"layer": one.layer, "measure": one.measure, "value": one.of(total), "interval": interval(articles, one.of)}
        | {"n": one.n(total)}
        for one in FIGURES
    ]


def table(rows: Sequence[dict[str, object]]) -> str:
    """The figures as a table of Markdown; alpha with two digits, percent with one."""
    lines = ["| layer | measure | agreement with the coded corpus | coded |", "| --- | --- | --- | --- |"]
    for one in rows:
        low, high = one["interval"]
        value, low, high = (f"{x:.2f}" if "alpha" in one["measure"] else f"{x:.1f}" for x in (one["value"], low, high))
        lines.append(f"| {one['layer']} | {one['measure']} | {value} ({low} to {high}) | {one['n']} |")
    return "\n".join(lines)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.corpus", description=__doc__.splitlines()[0])
    parser.add_argument("--split", default="dev", choices=("train", "dev"), help="which part (default: dev)")
    parser.add_argument("--method", default="model", choices=("model", "rules"), help="how the tool reads")
    parser.add_argument("--polnear", type=Path, help="the folder with polnear_train.jsonl.gz: its coded articles too")
    parser.add_argument("--json", action="store_true", help="print the figures as one JSON object")
    options = parser.parse_args()
    sources = ("wikinews", "polnear") if options.polnear else ("wikinews",)
    rows = read_corpus(sources, split=options.split, folder=options.polnear)
    found = figures(measured(rows, options.method))
    if options.json:
        print(json.dumps(found))
        return
    print(f"{len(rows)} articles, {options.split}, by the {options.method}\n")
    print(table(found))


if __name__ == "__main__":
    main()
