"""Names must not decide: the same words about other persons give the same positions."""

import pytest

from analysis import analyse
from tests.helpers import parsed_text

NAMES = [("Jan Nowak", "Eva Berg"), ("Donald Trump", "Hillary Clinton"), ("Hassan Amini", "Wei Zhang")]
NAMES += [(second, first) for first, second in NAMES]
TEXTS = {
    "Senator {0} accused Senator {1} of fraud.": -1,
    "Senator {0} said {1} was a liar and a disgrace to the country.": -1,
    "Senator {0} praised {1} for courage and honesty.": 1,
    'Senator {0} said: "{1} is a wonderful colleague, and I am proud to support the campaign."': 1,
}


@pytest.mark.parametrize("text", TEXTS)
def test_positions_stay_under_other_names(text):
    found = []
    for first, second in NAMES:
        stances = analyse(parsed_text(text.format(first, second)), method="model", evidence=False).stances
        rows = stances[(stances.source == first) & (stances.target == second)]
        found.append(int(rows.stance.sum() > 0) - int(rows.stance.sum() < 0))
    assert found == [TEXTS[text]] * len(NAMES)
