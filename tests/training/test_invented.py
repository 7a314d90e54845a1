"""Invented sentences and passages: what is told in them is asked about, and stands where it should."""

import random

from analysis.positions.asking import SIDE, TOLD
from training.invented import FRAMES, GONE, deeds, passages, sentence


def test_a_sentence_asks_about_every_two_of_its_actors_and_tells_one_deed_at_most():
    rng = random.Random(1)
    for _ in range(200):
        one = sentence(rng)
        named = {wanted.source for wanted in one.wanted}
        assert len(one.wanted) == len(named) * (len(named) - 1) and {w.kind for w in one.wanted} == {TOLD}
        assert sum(wanted.label != 1 for wanted in one.wanted) <= 1
        assert all(0 <= start < end <= len(one.text) for w in one.wanted for start, end in (*w.source, *w.target))
        assert "{" not in one.text


def test_what_did_not_happen_tells_nothing():
    denied = [frame for frame, fate, _ in FRAMES if fate == GONE]
    assert any("did not" in frame for frame in denied) and any("whether" in frame for frame in denied)
    rng = random.Random(2)
    made = [sentence(rng) for _ in range(400)]
    unreal = [
        one for one in made if any(words in one.text for words in (" has never ", " denied that ", "whether ", "If "))
    ]
    assert len(unreal) > 20 and all(wanted.label == 1 for one in unreal for wanted in one.wanted)
    assert {one.sign for some in deeds().values() for one in some} == {-1, 0, 1}


def test_passages_are_marked_as_they_say():
    kenya = next(one for one in passages() if one.text.startswith("Kenya closed its border"))
    told = {
        (kenya.text[slice(*one.source[0])], kenya.text[slice(*one.target[0])]): one.label - 1
        for one in kenya.wanted
        if one.kind == TOLD
    }
    assert told["Kenya", "Somalia"] == -1 and told["Somalia", "Kenya"] == 0
    assert not any(mark in one.text for one in passages() for mark in "[]«»|")
    assert any(one.kind == SIDE and one.label == 2 for text in passages() for one in text.wanted)
