"""To whom, when and where: one-sentence cases."""

import csv

import pytest

from analysis.statements.circumstances import addressee, occasions
from tests.helpers import CASES_FOLDER, attributions_of


def cases():
    with (CASES_FOLDER / "circumstances.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["text"][:40])
def test_to_whom_and_when(case):
    parsed, found = attributions_of(case["text"])
    heard = {token.text for one in found if (token := addressee(one)) is not None}
    told = {parsed.text[slice(*span)] for one in found for span in occasions(one)}
    assert heard == set(filter(None, [case["addressee"]]))
    assert told == set(filter(None, [case["occasion"]]))
