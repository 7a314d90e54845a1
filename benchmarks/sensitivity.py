"""What stances hang on: ``python -m benchmarks.sensitivity DATA_DIR``.

The first article and the four of world news dev2: how many pairs of speaker and target keep the sign that is shown if
the model's cut moves by a tenth, if the model decides alone, or the rules.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pandas as pd

from analysis import analyse, load
from analysis.findings import sensitivity
from analysis.language.parsing import parse
from analysis.positions.stance_model import settings
from analysis.reading.article import Article, read_text
from benchmarks.coded import SEEDS
from benchmarks.corpora import read_rows


def table_of(article: Article) -> pd.DataFrame:
    """The pairs of an article by each way of deciding."""
    parsed = parse(article)
    both, rules = (analyse(parsed, method=method, evidence=False).stances for method in ("model", "rules"))
    return sensitivity(both, settings().side_cut, rules)


def kept(table: pd.DataFrame) -> dict[str, str]:
    """For each way, of how many pairs it has the sign is that which is shown."""
    found = {}
    for way in table.columns[5:-1]:
        known = table[table[way].notna()].astype({way: float, "shown": float})
        found[way] = f"{int((np.sign(known[way]) == np.sign(known['shown'])).sum())} of {len(known)}"
    return found


def main() -> None:
    """Print a table of Markdown."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sensitivity", description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="the folder with world_news_dev2.jsonl.gz")
    options = parser.parse_args()
    rows = read_rows(options.data, "world_news", "dev2")
    articles = [load(next(SEEDS.glob("*.txt"))), *(read_text(row["text"], article_id=row["id"]) for row in rows)]
    tables = {one.article_id: table_of(one) for one in articles}
    ways = list(kept(next(iter(tables.values()))))
    print(f"| article | pairs | {' | '.join(ways)} |\n|{' --- |' * (2 + len(ways))}")
    for name, table in tables.items():
        print(f"| {name} | {len(table)} | {' | '.join(kept(table).values())} |")


if __name__ == "__main__":
    main()
