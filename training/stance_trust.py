"""Which rules of stance to believe: ``python -m training.stance_trust DATA_DIR``.

Runs the rules over the sentences of DSE's valid split, which the model has not been trained on. Where a rule decides
about the two coded entities, its verdict and the model's are compared with the coders', and the counts become
``analysis/codebook/stance_rules.csv``. How often the model's own rows agree with coders, by its probability, becomes
``bands.csv``: what is told from the same sentences, what is said from the hand-coded articles of PolNeAR dev.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
from tqdm import tqdm

from analysis import codebook
from analysis.codebook.measured import COLUMNS
from analysis.language.document import Parsed
from analysis.language.parsing import parse_all
from analysis.positions import stance_model
from analysis.positions.asking import TOLD
from analysis.positions.stance_rules import NO_RULE
from analysis.reading.article import read_text
from analysis.schema.spans import Span, overlap
from analysis.stages import extract_statements, find_actors, score_stance
from analysis.statements.rules import find_attributions
from benchmarks.corpora import read_rows, with_stand_ins
from benchmarks.dse import SIGNS, pair
from benchmarks.stance_gold import end_to_end, read_gold
from training.bands import Row, bands, write_bands


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
    passages = with_stand_ins([pair(row) for row in rows])
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


def told(folder: Path, split: str) -> Iterator[tuple[int, int, float]]:
    """What is coded, what the model says and its probability, for both directions of every pair of DSE."""
    rows = read_rows(folder, "dse", split)
    reading, pairs = stance_model.alone(with_stand_ins([pair(row) for row in rows]))
    back = np.array(stance_model.SWAPPED)
    for turned, labels in ((False, [row["label"] for row in rows]), (True, [back[row["label"]] for row in rows])):
        asked = [replace(one.swapped() if turned else one, kind=TOLD) for one in pairs]
        chances = stance_model.chances(reading, asked)
        signs = stance_model.sided(chances, stance_model.settings().told_cut)
        for label, sign, row in zip(labels, signs, chances, strict=True):
            yield SIGNS[label] - 1, int(sign), float(row[sign + 1])


def said(folder: Path) -> Iterator[tuple[int, int, float]]:
    """The same for the statements of the hand-coded articles, where the model decided."""
    gold = read_gold()
    texts = {row["id"]: row["text"] for row in read_rows(folder, "polnear", "dev")}
    named = dict.fromkeys(row["article_id"] for row in gold)
    parsed = {one.article_id: one for one in parse_all(read_text(texts[name], article_id=name) for name in named)}
    _, found = end_to_end(gold, parsed, "model")
    yield from ((one["coded"], one["found"], one["probability"]) for one in found if one["by_model"])


def of_sides(how: str, rows: Iterable[tuple[int, int, float]], source: str) -> Iterator[Row]:
    """The counts of agreement by probability, sides and neither apart."""
    known = list(rows)
    for label in ("side", "neither"):
        own = [(coded == sign, chance) for coded, sign, chance in known if (sign != 0) == (label == "side")]
        yield from bands(how, label, own, source)


def main() -> None:
    """Count and rewrite the files."""
    parser = argparse.ArgumentParser(prog="python -m training.stance_trust", description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="the folder with dse_valid.jsonl.gz and polnear_dev.jsonl.gz")
    options = parser.parse_args()
    rows = [
        *of_sides("said", said(options.data), "ten articles of PolNeAR dev, one coder"),
        *of_sides("told", told(options.data, "valid"), "DSE valid"),
    ]
    write_bands(rows)
    counts = count(options.data, "valid")
    with (codebook.folder() / "stance_rules.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow((*COLUMNS, "source", "note"))
        for rule, one in sorted(counts.items()):
            writer.writerow((rule, one["agreed"], one["model_agreed"], one["found"], "DSE valid", ""))


if __name__ == "__main__":
    main()
