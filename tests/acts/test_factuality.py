"""Golden cases: is an act told as a fact, and whose judgement is it? One sentence each, nested up to two deep."""

import csv

import pytest

from analysis.acts.factuality import factuality, holder_of
from tests.helpers import CASES_FOLDER, parsed_text


def cases(name):
    for case in csv.DictReader((CASES_FOLDER / name).open(encoding="utf-8")):
        marks = [pytest.mark.xfail(reason=case["known_miss"], strict=True)] if case["known_miss"] else []
        yield pytest.param(case, id=f"{case['word']}: {case['text']}", marks=marks)


def word_of(case):
    doc = parsed_text(case["text"]).doc
    return next(token for token in doc if token.text == case["word"])


@pytest.mark.parametrize("case", list(cases("factuality.csv")))
def test_tells_whether_an_act_is_told_as_a_fact(case):
    assert factuality(word_of(case)) == case["factuality"]


@pytest.mark.parametrize("case", list(cases("holders.csv")))
def test_tells_who_passes_the_innermost_judgement(case):
    holder = holder_of(word_of(case))
    assert ("" if holder is None else holder.text) == case["holder"]
