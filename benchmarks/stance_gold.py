"""Stance of whole articles against hand coding: ``python -m benchmarks.stance_gold DATA_DIR``.

Ten dev articles of PolNeAR; ``gold/stances.csv`` holds, as characters of their texts, the coded statements (source and
content as PolNeAR has them), a target in each, and the stance. One coder, an author of this project, coded them by
CODEBOOK.md before looking at what the program gives. The program is measured as a second coder: on the pairs of
statement and target that both have, and once more where the coded statement and target are given to it.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from tqdm import tqdm

from analysis import analyse
from analysis.findings import taken
from analysis.findings.alpha import alpha
from analysis.language.document import Parsed
from analysis.language.parsing import parse_all
from analysis.positions.asking import SIDE, Question, passage_of, places_of
from analysis.positions.stance_model import chances, settings, sided
from analysis.reading.article import read_text
from analysis.schema.analysis import Analysis
from analysis.schema.spans import overlap
from benchmarks.corpora import read_rows
from benchmarks.measures import interval, macro_f1

GOLD = Path(__file__).parent / "gold" / "stances.csv"
JACCARD = 0.5
LABELS = (-1, 0, 1)


def read_gold() -> list[dict[str, object]]:
    """The coded pairs; an unnamed source has no place."""
    with GOLD.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [{k: v if k == "article_id" else int(v) if v else None for k, v in row.items()} for row in rows]


def same_content(coded: dict, start: int, end: int) -> bool:
    """Whether two contents, from their first character to their last, share at least half."""
    shared = min(coded["content_end"], end) - max(coded["content_start"], start)
    return shared >= JACCARD * (max(coded["content_end"], end) - min(coded["content_start"], start))


def found_stance(coded: dict, tables: Analysis) -> dict | None:
    """The row of the program for a coded pair: the same content, and a target with a mention in the coded place."""
    statements = tables.statements[tables.statements.repeats.isna()]
    numbers = [s.statement_id for s in statements.itertuples() if same_content(coded, s.content_start, s.content_end)]
    place = (coded["target_start"], coded["target_end"])
    named = [m.actor_id for m in tables.mentions.itertuples() if overlap((m.start, m.end), place)]
    said = taken(tables.stances)
    rows = said[said.statement_id.isin(numbers) & said.target_id.isin(named)]
    return rows.iloc[0].to_dict() if len(rows) else None


def given(coded: list[dict], articles: dict[str, Parsed]) -> np.ndarray:
    """The model's stance where source, content and target are those of the coder, who marked one mention of each."""
    return np.array([_given(row, articles[row["article_id"]]) for row in coded])


def _given(coded: dict, parsed: Parsed) -> int:
    windows = parsed.reading.windows
    target = places_of(windows, [(coded["target_start"], coded["target_end"])])
    source = () if coded["source_start"] is None else ((coded["source_start"], coded["source_end"]),)
    content = (coded["content_start"], coded["content_end"])
    passage = passage_of(windows, parsed.sentences, [content, *source], target)
    if passage is None or not target:
        return 0
    said = windows[passage.window].pieces(content)
    rows = chances(parsed.reading, [Question(SIDE, passage, target, places_of(windows, source), (said,))])
    return int(sided(rows, settings().side_cut)[0])


def agreement(coded: np.ndarray, found: np.ndarray, articles: np.ndarray) -> dict[str, object]:
    """Ordinal alpha with its interval over articles, macro-F1, and the share that is equal."""

    def ordinal(rows: np.ndarray) -> float:
        return alpha(np.array([coded[rows], found[rows]], dtype=float), level="ordinal")

    low, high = interval(ordinal, len(coded), groups=articles)
    return {
        "pairs": len(coded),
        "alpha": ordinal(np.arange(len(coded))),
        "alpha_interval": [low, high],
        "macro_f1": macro_f1(coded + 1, found + 1, 3),
        "equal": float(100 * (coded == found).mean()),
    }


def end_to_end(gold: list[dict], parsed: dict[str, Parsed], method: str) -> tuple[dict[str, object], list[dict]]:
    """The program's own statements and targets: agreement on the pairs that it has too, and how many it has not."""
    tables = {name: analyse(one, method=method, evidence=False) for name, one in tqdm(parsed.items())}
    rows = [(coded, found_stance(coded, tables[coded["article_id"]])) for coded in gold]
    both = [(coded, row) for coded, row in rows if row is not None]
    coded = np.array([one["stance"] for one, _ in both])
    found = np.array([int(row["stance"]) for _, row in both])
    result = agreement(coded, found, np.array([one["article_id"] for one, _ in both]))
    spoken = len(taken(pd.concat([one.stances for one in tables.values()])))
    result |= {"coded_pairs": len(gold), "right": int((coded == found).sum()), "pairs_too_many": spoken - len(both)}
    return result, list(_told(both, parsed))


def _told(both: list[tuple[dict, dict]], parsed: dict[str, Parsed]) -> Iterator[dict]:
    """Each pair as a row to read: the words of the content and the target, both stances, method and evidence."""
    for coded, row in both:
        text = parsed[coded["article_id"]].article.text
        yield {
            "source": row["source"],
            "target": row["target"],
            "content": text[coded["content_start"] : coded["content_end"]],
            "coded": coded["stance"],
            "found": int(row["stance"]),
            "method": row["method"],
            "by_model": row["method"] == settings().version,
            "probability": row["probability"],
            "evidence": row["evidence_text"],
        }


def main() -> None:
    """Print the agreement of rules alone, of the whole, and of the model on the coded pairs."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.stance_gold", description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="the folder with polnear_dev.jsonl.gz")
    parser.add_argument("--rows", type=Path, help="write the pairs with both stances to this file, to read errors")
    parser.add_argument("--json", action="store_true", help="print the figures as one JSON object")
    options = parser.parse_args()
    gold = read_gold()
    wanted = {row["article_id"] for row in gold}
    rows = [row for row in read_rows(options.data, "polnear", "dev") if row["id"] in wanted]
    articles = [read_text(row["text"], article_id=row["id"]) for row in rows]
    parsed = {one.article.article_id: one for one in parse_all(articles)}
    coded = np.array([row["stance"] for row in gold])
    groups = np.array([row["article_id"] for row in gold])
    result = {"model, statement and target given": agreement(coded, given(gold, parsed), groups)}
    for method, name in (("rules", "rules alone, end to end"), ("model", "rules and model, end to end")):
        result[name], told = end_to_end(gold, parsed, method)
    if options.rows:
        pd.DataFrame(told).to_csv(options.rows, index=False)
    if options.json:
        print(json.dumps(result))
        return
    for name, one in result.items():
        low, high = one["alpha_interval"]
        print(f"{name}: alpha {one['alpha']:.2f} ({low:.2f} to {high:.2f})", end="  ")
        print(f"macro-F1 {one['macro_f1']:.1f}  equal {one['equal']:.1f} % pairs {one['pairs']} of {len(gold)}", end="")
        print(f"  right {one['right']}, too many {one['pairs_too_many']}" if "right" in one else "")


if __name__ == "__main__":
    main()
