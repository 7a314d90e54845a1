"""Golden cases of the rules of stance and of rules and model together, and what the table must hold."""

import csv

import pytest

from analysis import analyse, schema
from analysis.schema import spans
from tests.helpers import CASES_FOLDER, parsed_text

CASES = list(csv.DictReader((CASES_FOLDER / "stances.csv").open(encoding="utf-8")))

LEARNED = list(csv.DictReader((CASES_FOLDER / "stances_model.csv").open(encoding="utf-8")))


def _mark(case):
    reason = case["known_miss"]
    marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
    return pytest.param(case, id=f"{case.get('rule') or case['kind']}: {case['text'][:60]}", marks=marks)


@pytest.mark.parametrize("case", [_mark(case) for case in CASES])
def test_scores_the_stance(case):
    stances = analyse(parsed_text(case["text"]), method="rules").stances
    rows = stances[(stances.source == case["source"]) & (stances.target == case["target"])]
    found = rows[["stance", "method"]].values.tolist()
    if case["rule"] == "no_rule" and not found:
        return  # the target belongs to a nested statement and has no row here
    assert found == ([[int(case["stance"]), case["rule"]]] if case["stance"] else [])


def test_the_speaker_is_no_target_of_his_own_statement():
    stances = analyse(parsed_text("Polish President Jan Nowak said Jan Nowak had helped Norway.")).stances
    assert (stances.source_id != stances.target_id).all()


@pytest.mark.parametrize("method", ["rules", "model"])
def test_evidence_is_in_the_text_and_probability_is_not_invented(method):
    analysis = analyse(parsed_text("Polish President Jan Nowak said Norway had attacked the harbour."), method=method)
    text = analysis.texts["test"]
    for row in analysis.stances.itertuples():
        assert spans.words(text, spans.read(row.evidence)) == row.evidence_text != ""
    assert analysis.stances.probability.isna().all() == (method == "rules")


@pytest.mark.parametrize("case", [_mark(case) for case in LEARNED])
def test_the_whole_reads_the_stance(case):
    stances = analyse(parsed_text(case["text"]), method="model").stances
    rows = stances[(stances.source == case["source"]) & (stances.target == case["target"])]
    assert rows["stance"].tolist() == ([int(case["stance"])] if case["stance"] else [])


def test_rules_alone_give_no_sentiment():
    analysis = analyse(parsed_text("The Danish minister lied to Norway. Jan Nowak praised Norway."), method="rules")
    assert analysis.sentiments.sentiment.isna().all() and len(analysis.sentiments)


def test_the_writer_is_no_source():
    text = "The shameless thief Jan Nowak robbed the poor.\n\nNorway praised Denmark."
    assert "writer" not in set(analyse(parsed_text(text), method="model").stances.source_id)


def test_a_source_in_another_sentence_is_asked_about_as_well():
    text = '"We are glad. Norway is a wonderful friend and ally," Polish President Jan Nowak said.'
    stances = analyse(parsed_text(text), method="model").stances
    rows = stances[(stances.source == "Jan Nowak") & (stances.target == "Norway")]
    assert rows.stance.tolist() == [1]


def test_two_runs_give_the_same():
    one, other = (analyse(parsed_text("Norway accused Denmark of theft."), method="model") for _ in range(2))
    assert one.stances.equals(other.stances) and one.sentiments.equals(other.sentiments)


def test_an_unknown_method_is_named():
    with pytest.raises(ValueError, match="guess"):
        analyse(parsed_text("It rained in the town."), method="guess")


def test_an_article_without_statements_has_an_empty_table_with_all_columns():
    stances = analyse(parsed_text("It rained in the town.")).stances
    assert len(stances) == 0 and list(stances.columns) == list(schema.TABLES["stances"])
