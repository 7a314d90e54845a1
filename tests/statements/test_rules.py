"""Golden cases of the rules that find statements: one sentence, one expected statement."""

import csv

import pytest

from analysis.schema import spans
from analysis.statements.cues import load_cues
from analysis.statements.wording import wording
from tests.helpers import CASES_FOLDER, attributions_of

CASES = list(csv.DictReader((CASES_FOLDER / "statements.csv").open(encoding="utf-8")))


def _mark(case):
    reason = case["known_miss"]
    marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
    return pytest.param(case, id=f"{case['rule']}: {case['text'][:50]}", marks=marks)


@pytest.mark.parametrize("case", [_mark(case) for case in CASES])
def test_finds_the_statement(case):
    parsed, found = attributions_of(case["text"])
    text = parsed.article.text
    rows = [
        {
            "rule": one.rule,
            "source": text[slice(*one.source)] if one.source else "",
            "cue": text[slice(*one.cue)] if one.cue else "",
            "content": spans.words(text, one.content),
            "quote_type": wording(parsed, one, load_cues())["quote_type"],
        }
        for one in found
    ]
    if not case["content"]:
        assert rows == []
        return
    expected = {name: case[name] for name in ("rule", "source", "cue", "content", "quote_type")}
    assert expected in rows
