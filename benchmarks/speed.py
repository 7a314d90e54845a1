"""The time of the whole way as a ratio to a bare parse: ``python -m benchmarks.speed DATA_DIR``.

Both are timed in one run over the same texts, several times in turn, and the medians are compared, because
seconds differ from machine to machine. The bare parse is ``nlp.pipe`` with the same model.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from analysis.article import Article, load, read_text
from analysis.corpus import analyse
from analysis.parsing import load_model, parse_all
from benchmarks.corpora import read_rows

SEED = Path(__file__).parent.parent / "seeds" / "000_b48bac653413fbe2.txt"


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def ratio(articles: Sequence[Article], rounds: int) -> tuple[float, float]:
    """Median seconds of the whole way and of the bare parse."""
    nlp = load_model()
    texts = [article.text for article in articles]

    def bare() -> list:
        return list(nlp.pipe(texts, batch_size=16))

    def whole() -> list:
        return [analyse(parsed) for parsed in parse_all(articles, nlp)]

    bare(), whole()  # the first call of each fills caches
    times = [(seconds(whole), seconds(bare)) for _ in range(rounds)]
    return median(t[0] for t in times), median(t[1] for t in times)


def main() -> None:
    """Print both times and their ratio, for the seed article and for the PolNeAR dev articles."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__.splitlines()[0])
    parser.add_argument(
        "data", type=Path, nargs="?", help="the folder with polnear_dev.jsonl.gz; without it only the seed"
    )
    parser.add_argument("--rounds", type=int, default=5, help="how often each is timed (default: 5)")
    options = parser.parse_args()
    sets = {"seed article": [load(SEED)]}
    if options.data:
        rows = read_rows(options.data, "polnear", "dev")
        sets[f"{len(rows)} PolNeAR dev articles"] = [read_text(row["text"], article_id=row["id"]) for row in rows]
    for name, articles in sets.items():
        whole, bare = ratio(articles, options.rounds)
        print(f"{name}: whole way {whole:.2f} s, bare nlp.pipe {bare:.2f} s, ratio {whole / bare:.2f}")


if __name__ == "__main__":
    main()
