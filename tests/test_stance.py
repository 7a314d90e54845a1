"""Golden cases of the rules of stance, and what the table must hold."""

import csv
from pathlib import Path

import pytest

from analysis import analyse, schema, spans
from tests.helpers import parsed_text

CASES = list(csv.DictReader((Path(__file__).parent / "cases" / "stances.csv").open(encoding="utf-8")))


def _mark(case):
    reason = case["known_miss"]
    marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
    return pytest.param(case, id=f"{case['rule']}: {case['text'][:60]}", marks=marks)


@pytest.mark.parametrize("case", [_mark(case) for case in CASES])
def test_scores_the_stance(case):
    stances = analyse(parsed_text(case["text"]), method="rules").stances
    rows = stances[(stances.source == case["source"]) & (stances.target == case["target"])]
    found = rows[["stance", "method"]].values.tolist()
    if case["rule"] == "no_rule" and not found:
        return  # the target belongs to a nested statement and has no row here
    assert found == [[int(case["stance"]), case["rule"]]]


def test_the_speaker_is_no_target_of_his_own_statement():
    stances = analyse(parsed_text("Polish President Jan Nowak said Jan Nowak had helped Norway.")).stances
    assert (stances.source_id != stances.target_id).all()


def test_evidence_is_in_the_text_and_probability_is_not_invented():
    analysis = analyse(parsed_text("Polish President Jan Nowak said Norway had attacked the harbour."))
    text = analysis.texts["test"]
    for row in analysis.stances.itertuples():
        assert spans.words(text, spans.read(row.evidence)) == row.evidence_text != ""
    assert analysis.stances.probability.isna().all() and analysis.stances.confidence.isna().all()


def test_an_article_without_statements_has_an_empty_table_with_all_columns():
    stances = analyse(parsed_text("It rained in the town.")).stances
    assert len(stances) == 0 and list(stances.columns) == list(schema.TABLES["stances"])
