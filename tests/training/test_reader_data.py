"""What the reader learns from: pairs turn round with their labels, and every coded side is asked about."""

import random

from analysis.language.models import load_tokenizer
from analysis.positions.asking import PAIR, SIDE
from analysis.positions.stance_model import Marked
from benchmarks.coded import read_corpus
from training import reader_data as data

PAIR_TEXT = data.sentence(Marked("Norway praised Denmark.", (15, 22), (0, 6)), 1)


def test_a_pair_turned_round_has_the_label_of_the_other_direction():
    (wanted,) = data.turned(PAIR_TEXT).wanted
    assert (wanted.kind, wanted.target, wanted.source, wanted.label) == (PAIR, ((0, 6),), ((15, 22),), 2)
    (again,) = data.turned(data.turned(PAIR_TEXT)).wanted
    assert again == PAIR_TEXT.wanted[0]


def test_every_coded_side_is_asked_about_and_uncoded_actors_are_drawn():
    row = next(
        row
        for row in read_corpus(("wikinews",), split="train")
        if sum(len(s["stances"]) for s in row["statements"]) > 3
    )
    plain, more = (data.of_kind(data.coded_text(row, others=n, rng=random.Random(1)), SIDE) for n in (0, 1))
    coded = [one["stance"] + 1 for statement in row["statements"] for one in statement["stances"]]
    assert [one.label for one in plain.wanted] == coded and {one.kind for one in plain.wanted} == {SIDE}
    drawn = [one for one in more.wanted if one.weight == 0.5]
    assert drawn and all(one.label == 1 for one in drawn)
    asked = data.prepared(plain, load_tokenizer())
    for question, wanted in zip(asked.questions, asked.wanted, strict=True):
        window = asked.windows[question.passage.window]
        assert all(window.pieces(span) != (0, 0) or span for span in wanted.said)
        assert question.target and question.passage.end > question.passage.start
