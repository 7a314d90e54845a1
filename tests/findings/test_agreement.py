"""Agreement and correction: known answers, and intervals that hold what they promise."""

import numpy as np
import pandas as pd
import pytest

from analysis.findings import agreement
from benchmarks import coverage

LABELS = ("no", "yes")


def codings(**coders):
    rows = [
        {"unit": f"u{n}", "coder": coder, "label": label}
        for coder, labels in coders.items()
        for n, label in enumerate(labels)
        if label is not None
    ]
    return pd.DataFrame(rows)


def test_two_coders_and_all_of_them():
    given = codings(a=["yes", "no", "yes", None], b=["yes", "no", "no", "yes"], c=["yes", "yes", "no", "yes"])
    table = agreement.between_coders(given, LABELS).set_index("coders")
    assert list(table.index) == ["a and b", "a and c", "b and c", "all"]
    assert table.loc["a and b", ["n", "percent"]].tolist() == [3, pytest.approx(200 / 3)]
    assert table.loc["all", "n"] == 4


def test_most_coders_settle_it_and_ties_are_left_to_be_talked_about():
    given = codings(a=["yes", "no", "yes"], b=["yes", "yes", "no"], c=["no", "yes", None])
    settled = agreement.gold(given)
    assert settled.set_index("unit")["label"].to_dict() == {"u0": "yes", "u1": "yes"}
    assert agreement.tied(given)["label"].tolist() == ["yes", "no"]


def test_scores_weigh_a_unit_as_many_as_it_stands_for():
    units = pd.DataFrame({"unit": ["u0", "u1", "u2", "u3"], "tool": ["yes", "yes", "no", "no"]})
    units["probability"] = [1.0, 1.0, 0.1, 0.1]
    settled = pd.DataFrame({"unit": ["u0", "u1", "u2", "u3"], "label": ["yes", "no", "no", "yes"], "coders": 2})
    scores = agreement.against_gold(units, settled, LABELS).set_index("label")
    assert scores.loc["yes", "precision"] == 0.5 and scores.loc["yes", "recall"] == pytest.approx(1 / 11)
    assert scores.loc["yes", "n"] == 2 and scores.loc["macro", "n"] == 4
    table = agreement.confusion(units, settled, LABELS)
    assert table.loc["yes", "no"] == 1 and table.to_numpy().sum() == 4
    assert agreement.disagreements(units, settled)["unit"].tolist() == ["u1", "u3"]


def study(seed, **shape):
    """A corpus in which the tool misses four of ten and one in ten of what it says is wrong; some units are coded."""
    table, settled = coverage.study(np.random.default_rng(seed), **{"miss": 0.4, "false": 0.1} | shape)
    return table.assign(outlet=np.where(table["article_id"] % 2 == 0, "Post", "Herald")), settled


def test_a_corrected_share_is_near_the_truth_where_the_tools_is_not():
    errors, raw = [], []
    for seed in range(40):
        table, settled = study(seed)
        own, truth = agreement.corrected_share(table, settled, "yes"), (table["truth"] == "yes").mean()
        errors.append(own["corrected"] - truth)
        raw.append(own["tool"] - truth)
    assert abs(np.mean(errors)) < 0.01 < abs(np.mean(raw))


def test_the_interval_of_a_corrected_share_holds_the_truth():
    """The share in the population that articles are drawn from: the mean of the beta distribution, 2/7."""
    held = 0
    for seed in range(100):
        own = agreement.corrected_share(*study(seed), "yes")
        held += own["low"] <= 2 / 7 <= own["high"]
    assert held >= 88  # 95 are promised; fewer than 88 would happen once in five hundred times


def test_a_corrected_coefficient():
    table, settled = study(1, articles=200, drawn=600)
    rows = agreement.corrected_regression(table, settled, "yes", ["outlet"]).set_index("coefficient")
    truth = (table["truth"] == "yes").groupby(table["outlet"]).mean()
    assert (
        rows.loc["outlet_Post", "corrected_low"]
        <= truth["Post"] - truth["Herald"]
        <= rows.loc["outlet_Post", "corrected_high"]
    )
    assert rows.loc["const", "corrected"] == pytest.approx(truth["Herald"], abs=0.06)
    assert rows.loc["const", "tool"] < rows.loc["const", "corrected"]
