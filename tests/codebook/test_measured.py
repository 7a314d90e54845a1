"""Whom to believe: a rule or the model."""

import pytest

from analysis.codebook import measured


@pytest.fixture
def counts(monkeypatch):
    kept = {"strong": (9, 5, 12), "weak": (4, 9, 12), "rare": (0, 3, 3)}
    monkeypatch.setattr(measured, "_counts", lambda: kept)


@pytest.mark.parametrize(("rule", "expected"), [("strong", True), ("weak", False), ("rare", True), ("unmet", True)])
def test_a_rule_is_believed_if_it_agreed_as_often_as_the_model_or_was_hardly_met(counts, rule, expected):
    assert measured.believed(rule) is expected


def test_a_share_of_few_pairs_is_no_confidence(counts):
    assert measured.agreement("strong") == 0.75
    assert measured.agreement("rare") is None and measured.agreement("unmet") is None


def test_the_counts_of_the_package_can_be_read():
    for agreed, model, found in measured._counts().values():
        assert 0 <= agreed <= found and 0 <= model <= found
