"""Renaming: other persons, the same letters everywhere else, and every offset where it was."""

import random

from analysis import parse, read_text
from training.renaming import names, persons_of, renamed

TEXT = "Mr Ada Quill met Peter Holm. Quill said the Holmes case was closed; Holm’s aides agreed with Norway."


def test_a_person_bears_one_new_name_throughout_and_nothing_else_moves():
    new = renamed(TEXT, {"Quill", "Holm"}, random.Random(1))
    assert len(new) == len(TEXT) and "Quill" not in new and "Holm’s" not in new
    assert "Holmes case" in new and "Norway" in new and "Mr Ada" in new
    assert new[7:12] == new[29:34] and new[7:12] in names()[5]
    assert [(a, b) for a, b in zip(TEXT, new, strict=True) if not a.isalpha() and a != b] == []


def test_two_persons_never_get_one_name_and_other_dice_give_other_names():
    drawn = [renamed("Quill Stone Brown", {"Quill", "Stone", "Brown"}, random.Random(n)).split() for n in range(20)]
    assert all(len(set(one)) == 3 for one in drawn)
    assert len({tuple(one) for one in drawn}) > 15


def test_without_persons_or_without_a_name_of_that_length_the_text_stays():
    assert renamed(TEXT, (), random.Random(1)) == TEXT
    odd = "Q" + "u" * 40
    assert renamed(odd, {odd}, random.Random(1)) == odd


def test_the_words_of_persons_are_names_and_no_titles():
    found = persons_of(parse(read_text(TEXT, article_id="a")).doc)
    assert {"Quill", "Holm"} <= found and not found & {"Mr", "Norway"}
