"""Statements against human coding: ``python -m benchmarks.polnear DATA_DIR --split dev``.

PolNeAR 1.0 (Newell, Margolin and Ruths 2018, LREC): attributions in political news. Predicted and coded contents
are matched one to one, best first, at a character Jaccard of at least 0.5 over letters and digits; a
discontinuous content is the union of its pieces. "End to end" asks for the right source as well: the predicted
span must touch the head of the coded source or its last word.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from analysis.article import read_text
from analysis.attribution import Attribution
from analysis.cues import load_cues
from analysis.parsing import parse_all
from analysis.rules import find_attributions
from analysis.spans import Span
from benchmarks.corpora import read_rows

JACCARD, DIRECT = 0.5, 0.9
_AFTER_HEAD = [
    "of",
    "for",
    "in",
    "at",
    "who",
    "which",
    "whom",
    "from",
    "with",
    "on",
    "to",
    "that",
    "whose",
    "during",
    "after",
    "before",
    "and",
    "by",
]


@dataclass(frozen=True)
class Match:
    """A coded attribution and the prediction that found it; positions in their lists."""

    coded: int
    predicted: int
    right_source: bool
    exact: bool


def letters(spans: Iterable[Sequence[int]], text: str) -> frozenset[int]:
    """The places of the letters and digits under the spans."""
    return frozenset(i for start, end in spans for i in range(start, end) if text[i].isalnum())


def match(coded: list[dict], predicted: Sequence[Attribution], text: str) -> list[Match]:
    """Pair coded and predicted contents one to one, those that agree best first."""
    gold = [letters(one["content"], text) for one in coded]
    mine = [letters(one.content, text) for one in predicted]
    pairs = sorted(
        (-len(g & m) / len(g | m), i, j) for i, g in enumerate(gold) for j, m in enumerate(mine) if g and g & m
    )
    taken: tuple[set[int], set[int]] = (set(), set())
    found = []
    for jaccard, i, j in pairs:
        if -jaccard >= JACCARD and i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            right = source_right(coded[i]["source"], predicted[j].source, text)
            found.append(Match(i, j, right, gold[i] == mine[j]))
    return found


def source_right(coded: list[list[int]], predicted: Span | None, text: str) -> bool:
    """Whether the predicted source touches the head or the last word of the coded one."""
    if not coded or predicted is None:
        return not coded and predicted is None
    pattern = r"\w+(?:[.’'-]\w+)*|[^\w\s]"
    tokens = [(s + m.start(), s + m.end()) for s, e in coded for m in re.finditer(pattern, text[s:e])]
    words = [span for span in tokens if text[span[0]].isalnum()]
    if not words:
        return False
    head = words[0]
    for start, end in tokens[tokens.index(words[0]) + 1 :]:
        if text[start:end].lower() in _AFTER_HEAD or text[start:end] in ",(—–-":
            break
        head = (start, end) if text[start].isalnum() else head
    return any(max(start, predicted[0]) < min(end, predicted[1]) for start, end in (head, words[-1]))


def quote_type(spans: Iterable[Sequence[int]], text: str) -> str:
    """Direct, mixed or indirect, by the share of a content's letters inside double marks of one character."""
    places = letters(spans, text)
    start, end = text.rfind("\n", 0, min(places, default=0)) + 1, text.find("\n", max(places, default=0))
    quoted = _quoted(text[start : end if end >= 0 else len(text)], start)
    share = len(quoted & places) / max(len(places), 1)
    return "direct" if share >= DIRECT else "mixed" if share else "indirect"


def _quoted(part: str, offset: int) -> set[int]:
    """The places between double quotation marks, paragraph by paragraph; an unclosed mark holds to its end."""
    found: set[int] = set()
    for paragraph in re.finditer(r"[^\n]+", part):
        for quote in re.finditer(r"[“„«](.*?)(?:[”»\"]|$)|\"(.*?)(?:[\"”]|$)", paragraph.group()):
            found.update(range(offset + paragraph.start() + quote.start(), offset + paragraph.start() + quote.end()))
    return found


def evaluate(folder: Path, split: str) -> tuple[dict[str, dict[str, float]], dict[str, Counter], list[dict]]:
    """Figures by kind of statement, hits by rule, and the predictions in the form of the yardstick."""
    rows = read_rows(folder, "polnear", split)
    articles = [read_text(row["text"], article_id=row["id"]) for row in rows]
    counts: dict[str, Counter] = defaultdict(Counter)
    rules: dict[str, Counter] = defaultdict(Counter)
    predictions: list[dict] = []
    cues = load_cues()
    for row, parsed in zip(rows, tqdm(parse_all(articles), total=len(rows)), strict=True):
        coded = [one for one in row["attributions"] if one["content"]]
        found = find_attributions(parsed, cues)
        _count(coded, found, row["text"], counts, rules)
        predictions += [_prediction(row["id"], one) for one in found]
    return {kind: _figures(count) for kind, count in counts.items()}, rules, predictions


def _count(coded, found, text, counts, rules) -> None:
    """Add one article to the counts: coded, predicted, matched, right source, exact."""
    matches = match(coded, found, text)
    hits = {one.predicted for one in matches}
    types = (
        [quote_type(one["content"], text) for one in coded],
        [quote_type(one.content, text) for one in found],
    )
    counts["all"] += Counter(coded=len(coded), predicted=len(found))
    for j, one in enumerate(found):
        rules[one.rule] += Counter(seen=1, coded=int(j in hits))
        counts[types[1][j]]["predicted"] += 1
    for i in range(len(coded)):
        counts[types[0][i]]["coded"] += 1
    for one in matches:
        right = Counter(matched=1, right=int(one.right_source), exact=int(one.exact))
        counts["all"] += right + Counter(hits=1, right_hits=int(one.right_source))
        counts[types[0][one.coded]] += right
        counts[types[1][one.predicted]] += Counter(hits=1, right_hits=int(one.right_source))


def _figures(count: Counter) -> dict[str, float]:
    """Precision over the predictions of a kind, recall over the coded of that kind, and their harmonic mean."""
    found, coded = max(count["predicted"], 1), max(count["coded"], 1)

    def f1(precision: float, recall: float) -> float:
        return 200 * precision * recall / (precision + recall) if precision + recall else 0.0

    return {
        "precision": 100 * count["hits"] / found,
        "recall": 100 * count["matched"] / coded,
        "content F1": f1(count["hits"] / found, count["matched"] / coded),
        "end to end F1": f1(count["right_hits"] / found, count["right"] / coded),
        "exact F1": f1(count["exact"] / found, count["exact"] / coded),
        "coded": count["coded"],
        "predicted": count["predicted"],
    }


def _prediction(article_id: str, one: Attribution) -> dict[str, object]:
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


def write_rules(path: Path, rules: dict[str, Counter], split: str) -> None:
    """How many statements of each rule the human coders coded too; the tables show it as confidence."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("rule", "agreed", "found", "source", "note"))
        for rule, count in sorted(rules.items()):
            writer.writerow((rule, count["coded"], count["seen"], f"PolNeAR 1.0 {split}", ""))


def main() -> None:
    """Print the table, by kind of quotation and by rule; write predictions where asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.polnear", description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="the folder with polnear_SPLIT.jsonl.gz")
    parser.add_argument("--split", default="dev", help="which file: train, dev, ... (default: dev)")
    parser.add_argument("--predictions", type=Path, help="write the predictions to this file, JSON lines")
    parser.add_argument("--rules", type=Path, help="write the agreement of each rule to this file (codebook/rules.csv)")
    parser.add_argument("--json", action="store_true", help="print the figures as one JSON object")
    options = parser.parse_args()
    figures, rules, predictions = evaluate(options.data, options.split)
    if options.predictions:
        lines = (json.dumps(one) for one in predictions)
        options.predictions.write_text("\n".join(lines) + "\n", encoding="utf-8")
    if options.rules:
        write_rules(options.rules, rules, options.split)
    if options.json:
        print(json.dumps({"figures": figures, "rules": rules}))
        return
    for kind in ("all", "direct", "mixed", "indirect"):
        print(f"{kind:10}", "  ".join(f"{name} {value:.1f}" for name, value in figures[kind].items()))
    for rule, count in sorted(rules.items(), key=lambda item: -item[1]["seen"]):
        print(f"{rule:18} {count['coded']:5} of {count['seen']:5} agree ({count['coded'] / count['seen']:.2f})")


if __name__ == "__main__":
    main()
