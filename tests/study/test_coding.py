"""Coding sheets: what is asked, who sees what, and what comes back."""

import openpyxl
import pandas as pd
import pytest

from analysis import analyse
from analysis.codebook import CodebookError
from analysis.findings import agreement
from analysis.study import coding
from tests.helpers import SEED_FILE


@pytest.fixture(scope="module")
def found():
    return analyse(SEED_FILE, evidence=False)


@pytest.mark.parametrize("question", list(coding.questions()))
def test_units_of_every_question_are_marked_in_their_text(found, question):
    units = coding.units_of(found, question)
    assert len(units) > 3 and units["unit"].is_unique and units["tool"].notna().all()
    (text,) = found.texts.values()
    for row in units.itertuples():
        start, end = map(int, row.place.split("-"))
        assert text[start:end] == row.words and f"[[{' '.join(row.words.split())}]]" in row.context
    labels = coding.questions()[question].labels
    assert not labels or set(units["tool"]) <= set(labels)
    again = coding.units_of(found, question)
    pd.testing.assert_frame_equal(units, again)


def test_a_frame_is_asked_of_every_passage_with_its_definition(found):
    units = coding.units_of(found, "frame")
    assert len(units) == 6 * len(found.passages)
    row = units[units["about"] == "conflict"].iloc[0]
    assert row["explained"].startswith("Disagreement, accusation")


def test_the_sample_has_all_strata_and_knows_its_probabilities(found):
    units = coding.units_of(found, "frame")
    sample = coding.draw(units, 30, seed=3)
    assert abs(len(sample) - 30) <= 1
    sizes = units["tool"].value_counts()
    drawn = sample["tool"].value_counts()
    assert drawn["yes"] == min(15, sizes["yes"]), "rare answers are drawn as often as frequent ones"
    for label in ("yes", "no"):
        (chance,) = sample.loc[sample["tool"] == label, "probability"].unique()
        assert chance == pytest.approx(drawn[label] / sizes[label])
    pd.testing.assert_frame_equal(sample, coding.draw(units, 30, seed=3))
    assert not sample["unit"].equals(coding.draw(units, 30, seed=4)["unit"])
    assert len(coding.draw(units, 10_000)) == len(units)


def test_sheets_are_blind_have_lists_and_are_never_overwritten(found, tmp_path):
    sample = coding.draw(coding.units_of(found, "stance"), 12)
    files = coding.write_sheets(sample, "stance", tmp_path, ["AB", "CD"])
    assert [file.name for file in files] == ["stance-AB.xlsx", "stance-CD.xlsx"]
    book = openpyxl.load_workbook(files[0])
    cells = [[cell.value for cell in row] for row in book["coding"]]
    assert cells[0] == coding.SHEET_COLUMNS and len(cells) == len(sample) + 1
    assert all(row[3] is None or row[3] == "" for row in cells[1:]), "nothing of what the tool says"
    assert "tool" not in {cell for row in cells for cell in row}
    lists = {choice.formula1 for choice in book["coding"].data_validations.dataValidation}
    assert lists == {'"-1,0,1"'}
    assert "toward the target" in book["how to code"]["A1"].value
    with pytest.raises(FileExistsError, match="is there already"):
        coding.write_sheets(sample, "stance", tmp_path, ["AB"])
    assert coding.read_key(tmp_path, "stance")["probability"].between(0, 1).all()


def fill(file, labels):
    book = openpyxl.load_workbook(file)
    for row in book["coding"].iter_rows(min_row=2):
        if labels.get(row[0].value) is not None:
            row[3].value = labels[row[0].value]
    book.save(file)


def test_filled_sheets_come_back_and_are_compared(found, tmp_path):
    sample = coding.draw(coding.units_of(found, "stance"), 20)
    first, second = coding.write_sheets(sample, "stance", tmp_path, ["AB", "CD"])
    tool = dict(zip(sample["unit"], sample["tool"], strict=True))
    other = dict.fromkeys(list(tool)[:3], "0")
    fill(first, tool)
    fill(second, tool | other | {list(tool)[-1]: None})
    codings = coding.read_codings([first, second])
    assert set(codings["coder"]) == {"AB", "CD"} and len(codings) == 2 * len(tool) - 1
    labels = coding.questions()["stance"].labels
    (row,) = agreement.between_coders(codings, labels, level="ordinal").to_dict("records")
    assert row["n"] == len(tool) - 1 and 0.5 < row["alpha"] <= 1 and row["percent"] > 75
    settled, key = agreement.gold(codings), coding.read_key(tmp_path, "stance")
    scores = agreement.against_gold(key, settled, labels)
    assert scores["label"].tolist() == [*labels, "macro"] and scores["f1"].iloc[-1] == pytest.approx(1.0)
    changed = sum(tool[unit] != "0" for unit in other)
    assert agreement.tied(codings)["unit"].nunique() == changed and agreement.disagreements(key, settled).empty


def test_files_that_are_no_sheets(tmp_path):
    with pytest.raises(CodebookError, match="no such file"):
        coding.read_codings([tmp_path / "none.xlsx"])
    pd.DataFrame({"a": [1]}).to_excel(tmp_path / "other.xlsx")
    with pytest.raises(CodebookError, match="is no coding sheet"):
        coding.read_codings([tmp_path / "other.xlsx"])
    assert coding.read_codings([]).empty
