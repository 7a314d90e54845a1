"""Do the intervals of corrected shares hold what they promise? ``python -m benchmarks.coverage``.

Corpora are invented in which the tool misses some of what is there and finds some of what is not; some units are drawn
by what the tool says and coded without error. Counted is how often the 95 % interval holds the share in the population
that articles are drawn from, for the tool alone and corrected (:func:`analysis.findings.agreement.corrected_share`).
"""

from __future__ import annotations

import argparse

import numpy as np
import pandas as pd
from tqdm import trange

from analysis.findings.agreement import corrected_share

SHAPES = {
    "the tool misses four of ten": {"miss": 0.4, "false": 0.02},
    "it misses and invents": {"miss": 0.4, "false": 0.1},
    "it is nearly right": {"miss": 0.05, "false": 0.01},
    "few articles": {"miss": 0.4, "false": 0.1, "articles": 20},
    "few coded": {"miss": 0.4, "false": 0.1, "drawn": 50},
}
BETA = (2, 5)
LABELS = ("no", "yes")


def study(
    draw: np.random.Generator, *, miss: float, false: float, articles: int = 60, each: int = 20, drawn: int = 150
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """All units with what the tool says, and the coded ones."""
    truth = draw.random(articles * each) < draw.beta(*BETA, articles).repeat(each)
    tool = np.where(truth, draw.random(len(truth)) > miss, draw.random(len(truth)) < false)
    table = pd.DataFrame({"unit": np.arange(len(truth)), "article_id": np.arange(articles).repeat(each)})
    table["tool"], table["truth"] = np.where(tool, "yes", "no"), np.where(truth, "yes", "no")
    table["probability"] = np.nan
    coded = []
    for label in LABELS:
        own = np.flatnonzero(table["tool"] == label)
        size = min(drawn // 2, len(own))
        chosen = draw.choice(own, size, replace=False)
        table.loc[chosen, "probability"] = size / len(own)
        coded.append(table.loc[chosen, ["unit", "truth"]].rename(columns={"truth": "label"}))
    return table, pd.concat(coded)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=1000)
    runs, truth = parser.parse_args().runs, BETA[0] / sum(BETA)
    rows = []
    for name, shape in SHAPES.items():
        draw, found = np.random.default_rng(5), []
        for _ in trange(runs, desc=name, leave=False):
            found.append(corrected_share(*study(draw, **shape), "yes"))
        table = pd.DataFrame(found)
        holds = {
            "tool": (table["tool_low"] <= truth) & (truth <= table["tool_high"]),
            "corrected": (table["low"] <= truth) & (truth <= table["high"]),
        }
        row = {"case": name, "tool holds": f"{100 * holds['tool'].mean():.1f} %"}
        row |= {"corrected holds": f"{100 * holds['corrected'].mean():.1f} %"}
        rows.append(row | {"tool, mean": table["tool"].mean(), "corrected, mean": table["corrected"].mean()})
    print(f"share in the population {truth:.3f}, {runs} runs, nominal 95 %")
    print(pd.DataFrame(rows).round(3).to_string(index=False))


if __name__ == "__main__":
    main()
