"""Names of actors matched with coded ones, and the sign of a pair."""

import pytest

from benchmarks.positions import is_called, signs_of


@pytest.mark.parametrize(
    ("coded", "names", "same"),
    [
        ("Anna Holm", ["Holm"], True),
        ("Anna Holm", ["Anna"], False),
        ("Republican Party", ["Democrats"], False),
        ("Democratic Party", ["Democrats"], True),
        ("Norway|Oslo", ["Oslo"], True),
        ("Prime Minister Lund", ["the prime minister"], False),
        ("Anna Holm", ["Per Holm"], False),
    ],
)
def test_a_last_name_stands_for_the_person_and_a_first_name_does_not(coded, names, same):
    assert is_called(coded, names) == same


def test_a_pair_has_the_sign_of_its_sum_and_none_at_0():
    rows = [("a", "b", 1), ("a", "b", 1), ("a", "b", -1), ("b", "a", 1), ("b", "a", -1)]
    assert signs_of(rows) == {("a", "b"): 1}
