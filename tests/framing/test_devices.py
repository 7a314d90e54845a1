"""Golden cases of every device, own lexicons, and what the table must hold."""

import csv

import pytest

from analysis import analyse
from analysis.codebook import CodebookError, read_csv
from analysis.framing.loaded import load_terms
from analysis.schema import spans
from tests.helpers import CASES_FOLDER, parsed_text

CASES = list(csv.DictReader((CASES_FOLDER / "devices.csv").open(encoding="utf-8")))
HEADER = "term_set,term,loading,pos,not_after,not_before,near,source,note\n"


def _mark(case):
    marks = [pytest.mark.xfail(reason=case["known_miss"], strict=True)] if case["known_miss"] else []
    return pytest.param(case, id=f"{case['device']}: {case['text'][:60]}", marks=marks)


@pytest.mark.parametrize("case", [_mark(case) for case in CASES])
def test_finds_the_device(case):
    devices = analyse(parsed_text(case["text"]), method="rules").devices
    found = devices[(devices.device == case["device"]) & (devices.passage_id == 1)]
    assert found["evidence_text"].str.replace(spans.GAP, " ").tolist() == ([case["words"]] if case["words"] else [])
    if case["term_class"]:
        assert found["term_class"].tolist() == [case["term_class"]]


def test_a_term_has_its_referent_its_loading_and_its_voice():
    text = "Norway shelled the town of Moss. Polish officials said Norway was a regime."
    row = analyse(parsed_text(text), method="rules").devices.iloc[0]
    assert (row["text"], row["loading"], row["voice"]) == ("regime", "delegitimising", "Polish officials")


def test_spans_and_evidence_are_in_the_text():
    text = 'The disgraced mayor may flee, and Norway fuels violence. The "reform" clearly helped the terrorists.'
    analysis = analyse(parsed_text(text), method="rules")
    assert set(analysis.devices.device) == {"loaded_term", "scare_quote", "hedge", "booster", "unattributed_claim"}
    for row in analysis.devices.itertuples():
        assert analysis.texts["test"][row.start : row.end] == row.text
        assert spans.words(analysis.texts["test"], spans.read(row.evidence)) == row.evidence_text != ""


def test_a_researcher_names_own_terms_by_a_file(tmp_path):
    own = tmp_path / "own.csv"
    own.write_text(HEADER + "boats,dinghy,neutral,noun,,,,own,\nboats,death trap,delegitimising,noun,,,,own,\n")
    devices = analyse(parsed_text("The death trap sank. The terrorists left."), method="rules", terms=own).devices
    assert devices[["text", "loading"]].values.tolist() == [["death trap", "delegitimising"]]


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ("boats,dinghy,grey,noun,,,,own,\n", "line 2.*grey"),
        ("boats,dinghy,neutral,thing,,,,own,\n", "line 2.*thing"),
        ("boats,dinghy,neutral,noun,,,,own,\n", "no alternative"),
        ("boats,,neutral,noun,,,,own,\n", "'term' is empty"),
    ],
)
def test_a_faulty_lexicon_is_refused(tmp_path, rows, problem):
    own = tmp_path / "own.csv"
    own.write_text(HEADER + rows)
    with pytest.raises(CodebookError, match=problem):
        load_terms(own)


def test_every_set_of_terms_offers_a_choice_and_names_its_source():
    rows = read_csv("loaded_terms.csv", ["term_set", "term", "loading"])
    assert len({row["term_set"] for row in rows}) >= 40 and all(row["source"] for row in rows)
