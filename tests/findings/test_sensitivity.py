"""What the stances would be if cuts moved or one way decided alone."""

import pandas as pd
import pytest

from analysis import schema
from analysis.findings.aggregate import chances
from analysis.findings.sensitivity import at_cut, sensitivity


def stances(*rows, how="said"):
    """Rows of stance, probability, score and target."""
    names = {"article_id": "x", "source_id": "a", "source": "Ada Lind", "method": "test", "how": how}
    names |= {"teller_id": "writer", "teller": "writer"}
    made = [
        {**names, "statement_id": n, "stance": s, "probability": p, "score": d, "target_id": t, "target": t}
        for n, (s, p, d, t) in enumerate(rows, 1)
    ]
    return schema.tabulate("stances", made)


def test_all_three_probabilities_follow_from_label_score_and_probability():
    for against, neither, good in ((0.2, 0.5, 0.3), (0.6, 0.3, 0.1), (0.1, 0.2, 0.7)):
        for stance, chance in ((-1, against), (0, neither), (1, good)):
            row = stances((stance, chance, good - against, "n"))
            assert chances(row.stance, row.probability, row.score)[0] == pytest.approx([against, neither, good])


def test_a_lower_cut_takes_more_sides_and_a_higher_one_fewer():
    table = stances((1, 0.36, 0.3, "n"), (0, 0.7, 0.2, "n"), (0, None, None, "n"))
    assert at_cut(table, 0.32).tolist()[:2] == [1, 0]
    assert at_cut(table, 0.22).tolist()[:2] == [1, 1]
    assert at_cut(table, 0.42).tolist()[:2] == [0, 0]
    assert at_cut(table, 0.32).isna().tolist() == [False, False, True]


def test_pairs_that_hang_on_the_cut_or_on_rules_are_not_stable():
    table = stances((1, 0.36, 0.3, "Norway"), (1, 0.9, 0.85, "Denmark"), (-1, 0.1, 0.6, "Sweden"))
    found = sensitivity(table, 0.32, rules=stances((1, None, None, "Denmark"))).set_index("target")
    assert found.loc["Norway", ["cut - 0.1", "shown", "cut + 0.1"]].tolist() == [1, 1, 0]
    assert found["stable"].to_dict() == {"Norway": False, "Denmark": True, "Sweden": False}
    assert found.loc["Sweden", "model alone"] == 1 and pd.isna(found.loc["Norway", "rules alone"])
