"""Golden cases of what is told of whom, by the rules and by the model."""

import csv

import pytest

from analysis import analyse
from tests.helpers import CASES_FOLDER, parsed_text

CASES = list(csv.DictReader((CASES_FOLDER / "told.csv").open(encoding="utf-8")))


def told(text, method):
    stances = analyse(parsed_text(text), method=method, evidence=False).stances
    return stances[stances["how"] == "told"]


@pytest.mark.parametrize("method", ["rules", "model"])
@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_a_deed_is_told_of_its_doer_unless_it_did_not_happen(case, method):
    rows = told(case["text"], method)
    found = rows[(rows.source == case["source"]) & (rows.target == case["target"])]
    wanted = [[int(case["stance"]), case["teller"]]] if case["stance"] else []
    assert found[["stance", "teller"]].values.tolist() == wanted


def test_what_a_speaker_says_of_others_is_his_own_and_not_told():
    rows = told("Polish President Jan Nowak said he hated Norway.", "model")
    assert rows[(rows.source == "Jan Nowak")].empty


def test_what_is_told_has_its_passage_and_words_and_no_zero():
    rows = told("Norway attacked Denmark. Anna Holm was born in Sweden in 1960.", "model")
    assert rows.passage_id.tolist() == [1] and (rows.stance != 0).all() and rows.evidence_text.notna().all()
