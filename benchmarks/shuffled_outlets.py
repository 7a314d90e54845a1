"""How often a difference is claimed where there is none: ``python -m benchmarks.shuffled_outlets CORPUS``.

CORPUS is a folder that the command ``corpus`` wrote. The outlets of its articles are shuffled, so that no difference
between them is real; the comparison of notebook 05 is made each time. Beside it, how often it would be claimed if each
item were tested by itself without a correction.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from tqdm import trange

from analysis import findings, read_corpus
from analysis.findings.aggregate import wilson
from analysis.findings.comparison import LEVEL

SEED = 11


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--runs", type=int, default=200)
    options = parser.parse_args()
    joined, _ = findings.united(read_corpus(options.corpus))
    chosen = findings.chosen(joined)
    values, outlets = findings.values_of_articles(chosen), findings.groups_of(chosen.articles)
    draw, claimed, alone, tested = np.random.default_rng(SEED), 0, 0, []
    for _ in trange(options.runs):
        tests = findings.differences(values, outlets.sample(frac=1, random_state=draw).set_axis(outlets.index))
        claimed += bool(tests["differs"].any())
        alone += bool((tests["p"] < LEVEL).any())
        tested.append(len(tests))
    low, high = wilson(claimed, options.runs)
    known = f"{len(outlets)} articles of {outlets.nunique()} outlets, {np.mean(tested):.0f} items compared"
    often = f"in {claimed} of {options.runs} runs ({100 * low:.1f} to {100 * high:.1f} %)"
    print(f"{known}: a difference claimed {often}; without the correction in {alone}")


if __name__ == "__main__":
    main()
