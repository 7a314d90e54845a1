"""Krippendorff's alpha against the published example and another implementation's numbers."""

import numpy as np
import pytest

from analysis.findings.alpha import alpha

_ = np.nan
EXAMPLE = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
        [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
    ]
)
"""Four observers and twelve units, with gaps (Krippendorff 2011, section C)."""


@pytest.mark.parametrize(("level", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_the_published_example(level, published):
    assert alpha(EXAMPLE, level=level) == pytest.approx(published, abs=0.0005)


def test_two_coders_who_agree_always_never_or_as_by_chance():
    one = np.array([0, 1, 0, 1, 1, 0.0])
    assert alpha(np.array([one, one]), level="nominal") == 1
    assert alpha(np.array([one, 1 - one]), level="nominal") < -0.5
    assert np.isnan(alpha(np.array([one * 0, one * 0]), level="nominal"))


def test_a_level_that_there_is_not():
    with pytest.raises(ValueError, match="choose one of nominal, ordinal, interval"):
        alpha(EXAMPLE, level="ratio")
