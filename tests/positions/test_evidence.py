"""Evidence: the words without which a judgement is less sure, found by leaving them out."""

import numpy as np

from analysis import parse, read_text
from analysis.positions.asking import SENTIMENT, Place, Question, places_of
from analysis.positions.evidence import content_words, evidence, weigh
from analysis.positions.questions import Answer, with_evidence
from analysis.positions.stance_model import Marked, chances, sentiments
from benchmarks.evidence import without

TEXT = "The mayor accused Norway of theft and lies."
WORDS = [(10, 17), (28, 33), (38, 42)]


def judge(left_out):
    """Sure of "against" by the number of dark words that are left."""
    dark = [sum(TEXT[a:b] in ("accused", "theft") for a, b in WORDS if (a, b) not in out) for _, out in left_out]
    against = 0.1 + 0.4 * np.array(dark)
    return np.stack([against, 1 - against, np.zeros(len(dark))], axis=1)


def test_finds_the_words_that_move_the_score_and_no_others():
    ((found, *_),) = weigh([WORDS], judge([(0, ())]), [0], judge)
    assert [TEXT[start:end] for start, end in found] == ["accused", "theft"]


def test_where_there_is_no_word_there_is_nothing_to_weigh():
    assert weigh([[]], judge([(0, ())]), [0], judge) == [[]]
    assert weigh([], np.zeros((0, 3)), [], judge) == []


def test_what_is_shown_was_checked_by_deleting_it():
    parsed = parse(read_text(TEXT, article_id="a"))
    windows = parsed.reading.windows
    question = Question(SENTIMENT, Place(0, 1, len(windows[0].ids) - 1), places_of(windows, [(4, 9)]))
    for label in range(3):
        told = chances(parsed.reading, [question])
        (found,) = evidence(parsed.reading, [question], [WORDS], told, [label])
        if found:
            rest = without(Marked(TEXT, (4, 9)), found)
            assert sentiments([rest])[0, label] < told[0, label]


def test_empty_words_are_no_evidence():
    assert [TEXT[start:end] for start, end in content_words(TEXT)][-3:] == ["Norway", "theft", "lies"]


def test_evidence_is_neither_source_nor_target_and_a_neutral_answer_has_none():
    parsed = parse(read_text(TEXT, article_id="a"))
    windows = parsed.reading.windows
    question = Question(SENTIMENT, Place(0, 1, len(windows[0].ids) - 1), places_of(windows, [(18, 24)]))
    told = chances(parsed.reading, [question])[0]
    negative, neutral = (Answer(label, tuple(told), (), "m") for label in (-1, 0))
    found = with_evidence(parsed, [question, question, None], [negative, neutral, negative])
    assert found[0].evidence and set(found[0].evidence) <= {(4, 9), *WORDS}
    assert found[1].evidence == found[2].evidence == ()


def test_deletion_moves_the_marks_along():
    shorter = without(Marked(TEXT, (18, 24), (4, 9)), [(10, 17), (28, 33)])
    assert shorter.text == "The mayor Norway of and lies."
    assert shorter.text[slice(*shorter.target)] == "Norway" and shorter.text[slice(*shorter.source)] == "mayor"
