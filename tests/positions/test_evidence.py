"""Evidence: the words without which a judgement is less sure, found by deleting them."""

import numpy as np

from analysis.positions.evidence import weigh, without, words_of
from analysis.positions.marking import Marked

TEXT = "The mayor accused Norway of theft and lies."
PASSAGE = Marked(TEXT, (18, 24), (4, 9))


def judge(passages):
    """Sure of "against" by the number of dark words."""
    dark = np.array([sum(word in one.text for word in ("accused", "theft")) for one in passages])
    against = 0.1 + 0.4 * dark
    return np.stack([against, 1 - against, np.zeros(len(passages))], axis=1)


def test_finds_the_words_that_move_the_score_and_no_others():
    (found,) = weigh([PASSAGE], [0], judge)
    assert [TEXT[start:end] for start, end in found] == ["accused", "theft"]


def test_a_label_that_no_deletion_makes_less_likely_has_no_evidence():
    assert weigh([PASSAGE], [2], judge) == [[]]
    assert weigh([], [], judge) == []


def test_source_target_and_empty_words_are_no_evidence():
    assert [TEXT[start:end] for start, end in words_of(PASSAGE)] == ["accused", "theft", "lies"]


def test_deletion_moves_the_marks_along():
    shorter = without(PASSAGE, [(10, 17), (28, 33)])
    assert shorter.text == "The mayor Norway of and lies."
    assert shorter.text[slice(*shorter.target)] == "Norway" and shorter.text[slice(*shorter.source)] == "mayor"
