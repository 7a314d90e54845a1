"""Statements against human coding: ``python -m benchmarks.polnear DATA_DIR --split dev``.

PolNeAR 1.0 (Newell, Margolin and Ruths 2018, LREC): attributions in political news, found by the rules and by the
model. How they are matched stands in :mod:`benchmarks.matching`.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from analysis.language.parsing import parse_all
from analysis.reading.article import Article, read_text
from analysis.statements.attribution import Attribution
from analysis.statements.rules import find_attributions
from benchmarks.corpora import read_rows
from benchmarks.matching import KINDS, METHODS, Counts, Found, count, figures, interval, total

FIGURES = ("precision", "recall", "content F1", "end to end F1", "exact F1")


@dataclass(frozen=True)
class Result:
    """What one method found in a split: counts by article, hits by rule and band, predictions for the yardstick."""

    articles: list[Counts]
    rules: dict[tuple[str, float], Counter]
    predictions: list[dict[str, object]]


def evaluate(folder: Path, split: str, method: str) -> Result:
    """Run one method over a split and count what the coders coded too."""
    rows = read_rows(folder, "polnear", split)
    articles = [read_text(row["text"], article_id=row["id"]) for row in rows]
    result = Result([], defaultdict(Counter), [])
    for row, parsed in zip(rows, tqdm(parse_all(articles), total=len(rows), desc=method), strict=True):
        coded = [one for one in row["attributions"] if one["content"]]
        found = [found_of(one, parsed.article) for one in find_attributions(parsed, method=method)]
        counts, hits = count(coded, found, row["text"])
        result.articles.append(counts)
        for j, one in enumerate(found):
            result.rules[one.rule, _band(one)] += Counter(seen=1, coded=int(j in hits))
        result.predictions.extend(_prediction(row["id"], one) for one in found)
    return result


def found_of(one: Attribution, article: Article) -> Found:
    """An attribution with its offsets in the text of the corpus, by the conventions of the corpus.

    PolNeAR codes a "that" before a reported clause as part of the content; the codebook here does not.
    """
    (start, end), *rest = one.content
    that = re.search(r"\bthat\s+$", article.text[max(start - 9, 0) : start])
    start -= len(that[0]) if that else 0
    pieces = [article.original_span(*piece) for piece in ((start, end), *rest)]
    source, cue = (span and article.original_span(*span) for span in (one.source, one.cue))
    return Found(tuple(pieces), source, cue, one.rule, one.probability)


BANDS = (0.95, 0.9, 0.8, 0.0)
"""From which probability on statements of the tagger are counted together."""


def _band(one: Found) -> float:
    """The least probability of the band in which the tagger's statement falls; 0 for a rule."""
    return next(least for least in BANDS if (one.probability or 0.0) >= least)


def _prediction(article_id: str, one: Found) -> dict[str, object]:
    """A prediction as the yardstick reads it."""
    start, end = one.source or (None, None)
    cue_start, cue_end = one.cue or (None, None)
    return {
        "doc": article_id,
        "content_start": one.content[0][0],
        "content_end": one.content[-1][1],
        "content_spans": [list(piece) for piece in one.content],
        "source_start": start,
        "source_end": end,
        "cue_start": cue_start,
        "cue_end": cue_end,
        "rule": one.rule,
    }


def report(method: str, result: Result) -> str:
    """The figures of one method as a Markdown table, with 95 % intervals for the two that matter most."""
    lines = [f"| {method} | {' | '.join(FIGURES)} | coded |", "| --- " * (len(FIGURES) + 2) + "|"]
    summed = total(result.articles)
    for kind in KINDS:
        found = figures(summed[kind])
        cells = [f"{found[name]:.1f}" for name in FIGURES]
        for place, name in ((2, "content F1"), (3, "end to end F1")):
            low, high = interval(result.articles, kind, name)
            cells[place] += f" ({low:.1f} to {high:.1f})"
        lines.append(f"| {kind} | {' | '.join(cells)} | {found['coded']} |")
    rules = sorted(result.rules.items(), key=lambda item: -item[1]["seen"])
    lines += ["", "| rule | probability from | found | coded too | share |", "| --- " * 5 + "|"]
    for (rule, least), one in rules:
        lines.append(f"| `{rule}` | {least} | {one['seen']} | {one['coded']} | {one['coded'] / one['seen']:.2f} |")
    lines.append("")
    return "\n".join(lines)


def write_rules(path: Path, results: dict[str, Result], split: str) -> None:
    """How many statements of each rule the human coders coded too; the tables show it as confidence."""
    rules: dict[tuple[str, float], Counter] = {}
    for result in results.values():
        rules = dict(result.rules) | rules
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("rule", "least", "agreed", "found", "source", "note"))
        for (rule, least), one in sorted(rules.items()):
            writer.writerow((rule, least, one["coded"], one["seen"], f"PolNeAR 1.0 {split}", ""))


def main() -> None:
    """Print the table of each method; write predictions where asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.polnear", description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="the folder with polnear_SPLIT.jsonl.gz")
    parser.add_argument("--split", default="dev", help="which file: train, dev, ... (default: dev)")
    parser.add_argument("--method", choices=METHODS, help="only this method (default: both)")
    parser.add_argument("--predictions", type=Path, help="write the predictions of the last method, JSON lines")
    parser.add_argument("--rules", type=Path, help="write the agreement of each rule to this file (codebook/rules.csv)")
    parser.add_argument("--json", action="store_true", help="print the figures as one JSON object")
    options = parser.parse_args()
    if options.rules and options.method:
        parser.error("--rules needs both methods: leave out --method.")
    methods = [options.method] if options.method else list(METHODS)
    results = {method: evaluate(options.data, options.split, method) for method in methods}
    if options.predictions:
        lines = (json.dumps(one) for one in results[methods[-1]].predictions)
        options.predictions.write_text("\n".join(lines) + "\n", encoding="utf-8")
    if options.rules:
        write_rules(options.rules, results, options.split)
    if options.json:
        table = {m: {k: figures(c) for k, c in total(r.articles).items()} for m, r in results.items()}
        print(json.dumps({method: {"figures": table[method]} for method in methods}))
        return
    print("\n".join(report(method, result) for method, result in results.items()))


if __name__ == "__main__":
    main()
