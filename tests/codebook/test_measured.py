"""Whom to believe: a rule or the model."""

import pytest

from analysis.codebook import measured


@pytest.fixture
def counts(monkeypatch):
    kept = {"strong": (30, 25, 40), "weak": (14, 29, 40), "few": (9, 5, 12), "rare": (3, 0, 3)}
    monkeypatch.setattr(measured, "_counts", lambda: kept)


@pytest.mark.parametrize(
    ("rule", "expected"), [("strong", True), ("weak", False), ("few", False), ("rare", False), ("unmet", False)]
)
def test_a_rule_is_believed_if_it_agreed_as_often_as_the_model_in_thirty_pairs(counts, rule, expected):
    assert measured.believed(rule) is expected


def test_a_share_of_few_pairs_is_no_confidence(counts):
    assert measured.agreement("strong") == measured.agreement("few") == 0.75
    assert measured.agreement("rare") is None and measured.agreement("unmet") is None


def test_the_counts_of_the_package_can_be_read():
    for agreed, model, found in measured._counts().values():
        assert 0 <= agreed <= found and 0 <= model <= found
