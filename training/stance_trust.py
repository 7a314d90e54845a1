"""Which rules of stance to believe: ``python -m training.stance_trust DATA_DIR``.

Runs the rules over the sentences of DSE's valid split, which the model has not been trained on. Where a rule decides
about the two coded entities, its verdict and the model's are compared with the coders', and the counts become
``analysis/codebook/stance_rules.csv``.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from tqdm import tqdm

from analysis import codebook
from analysis.codebook.measured import COLUMNS
from analysis.language.document import Parsed
from analysis.language.parsing import parse_all
from analysis.positions import stance_model
from analysis.positions.stance_rules import NO_RULE
from analysis.reading.article import read_text
from analysis.schema.spans import Span, overlap
from analysis.stages import extract_statements, find_actors, score_stance
from analysis.statements.rules import find_attributions
from benchmarks.corpora import read_rows
from benchmarks.dse import SIGNS, pair


def verdicts(parsed: Parsed, source: Span, target: Span) -> Iterator[tuple[str, int]]:
    """The rules that decide what the source is toward the target in a sentence, with their verdicts."""
    found = find_attributions(parsed)
    actors, mentions = find_actors(parsed, found)
    statements = extract_statements(parsed, actors, mentions, found)
    stances = score_stance(parsed, statements, actors, mentions, method="rules")
    sources, targets = (_actors_at(mentions, place) for place in (source, target))
    for row in stances.itertuples():
        if row.method != NO_RULE and row.source_id in sources and row.target_id in targets:
            yield row.method, int(row.stance)


def _actors_at(mentions: pd.DataFrame, place: Span) -> set[str]:
    known = mentions[mentions.actor_id.notna()]
    return {row.actor_id for row in known.itertuples() if overlap((row.start, row.end), place)}


def count(folder: Path, split: str) -> dict[str, Counter]:
    """Rule -> pairs it decided, pairs on which it agreed with the coders, and on which the model did."""
    rows = read_rows(folder, "dse", split)
    passages = [pair(row) for row in rows]
    chances = stance_model.pairs(passages)
    model = stance_model.decided(chances, stance_model.settings().lean)
    back = np.array(stance_model.SWAPPED)
    counts: dict[str, Counter] = defaultdict(Counter)
    parts = parse_all(read_text(one.text, article_id=str(n)) for n, one in enumerate(passages))
    for row, one, label, parsed in tqdm(zip(rows, passages, model, parts, strict=True), total=len(rows)):
        if parsed.article.text != one.text:
            continue
        for coded, said, (source, target) in (
            (SIGNS[row["label"]] - 1, SIGNS[label] - 1, (one.source, one.target)),
            (SIGNS[back[row["label"]]] - 1, SIGNS[back[label]] - 1, (one.target, one.source)),
        ):
            for rule, sign in verdicts(parsed, source, target):
                counts[rule] += Counter(found=1, agreed=int(sign == coded), model_agreed=int(said == coded))
    return counts


def main() -> None:
    """Count and rewrite the file."""
    parser = argparse.ArgumentParser(prog="python -m training.stance_trust", description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="the folder with dse_valid.jsonl.gz")
    options = parser.parse_args()
    counts = count(options.data, "valid")
    with (codebook.folder() / "stance_rules.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow((*COLUMNS, "source", "note"))
        for rule, one in sorted(counts.items()):
            writer.writerow((rule, one["agreed"], one["model_agreed"], one["found"], "DSE valid", ""))


if __name__ == "__main__":
    main()
