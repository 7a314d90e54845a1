"""Asking: windows hold the whole text, questions find their passage, and every piece knows its mark and distance."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.language.encoder import LONGEST, windows
from analysis.language.models import EncoderError, load_session, load_tokenizer
from analysis.positions.asking import (
    FAR,
    NOWHERE,
    SAID,
    SIDE,
    SOURCE,
    TARGET,
    Place,
    Question,
    arrays,
    mentions,
    passage_of,
    places_of,
)

TEXT = "Norway offered to help Denmark.\nThe minister was glad. Oslo agreed, he said."


def place(words, text=TEXT):
    return text.index(words), text.index(words) + len(words)


def sentences(text):
    ends = [n + 1 for n, letter in enumerate(text) if letter in ".\n"]
    found = [(a, b) for a, b in zip([0, *ends], [*ends, len(text)], strict=True) if text[a:b].strip()]
    return [(a + len(text[a:b]) - len(text[a:b].lstrip()), b) for a, b in found]


@pytest.fixture
def read():
    return windows(TEXT, sentences(TEXT))


def words(window, span):
    tokenizer = load_tokenizer()
    return [tokenizer.id_to_token(number) for number in window.ids[slice(*span)]]


def test_a_paragraph_is_a_window_between_two_marks(read):
    assert len(read) == 2
    assert words(read[0], (0, None)) == ["[CLS]", "norway", "offered", "to", "help", "denmark", ".", "[SEP]"]
    assert [TEXT[slice(*one.span)] for one in read] == TEXT.split("\n")


@given(st.lists(st.sampled_from(["wall", "Norway", "re-armament", "“Gdansk”", "é", "\n", "."]), max_size=400))
def test_every_piece_of_every_sentence_is_read_once(parts):
    text = " ".join(parts)
    found = windows(text, sentences(text))
    read_ = "".join(text[a:b] for one in found for a, b in one.offsets[1:-1])
    assert read_ == "".join(text.split())
    assert all(len(one.ids) == len(one.offsets) <= LONGEST + 2 for one in found)


def test_places_are_pieces_and_what_was_not_read_has_none(read):
    (found,) = places_of(read, [place("Denmark")])
    assert words(read[found.window], (found.start, found.end)) == ["denmark"]
    assert places_of(read[:1], [place("Oslo")]) == ()


def test_the_passage_is_the_sentence_that_names_the_target(read):
    asked = [place("Norway offered"), place("Oslo agreed")]
    oslo = passage_of(read, sentences(TEXT), asked, places_of(read, [place("Oslo")]))
    assert words(read[oslo.window], (oslo.start, oslo.end)) == ["oslo", "agreed", ",", "he", "said", "."]
    fullest = passage_of(read, sentences(TEXT), asked)
    assert fullest.window == 0, "without a target that is named, the window with most of the words"
    assert passage_of(read[:1], sentences(TEXT), [place("Oslo")]) is None


def test_of_a_long_passage_the_part_around_the_words_is_asked_about():
    text = "They said " + "and so it goes on " * 40 + "Denmark lied " + "again " * 20
    parts = windows(text, [(0, len(text))])
    found = passage_of(parts, [(0, len(text))], [place("Denmark lied", text)])
    assert found.end - found.start <= 150
    assert "denmark" in words(parts[found.window], (found.start, found.end))


def test_pieces_know_marks_and_distances(read):
    window = read[0]
    question = Question(SIDE, Place(0, 1, 7), (Place(0, 5, 6),), (Place(0, 1, 2),), said=((2, 6),))
    short = Question(SIDE, Place(1, 1, 3), (Place(0, 5, 6),))
    given_ = arrays([question, short], [0, len(window.ids)])
    assert given_["seen"][0, :, 0].tolist() == [SOURCE, SAID, SAID, SAID, SAID | TARGET, 0]
    assert given_["seen"][0, :, 1].tolist() == [FAR - 4, FAR - 3, FAR - 2, FAR - 1, FAR, FAR + 1]
    assert given_["rows"][0].tolist() == [1, 2, 3, 4, 5, 6]
    assert given_["rows"][1, :2].tolist() == [len(window.ids) + 1, len(window.ids) + 2]
    assert given_["there"][1].tolist() == [1, 1, 0, 0, 0, 0]
    assert set(given_["seen"][1, :, 1]) == {NOWHERE}, "the target stands in another window"


def test_mentions_are_numbered_among_all_pieces():
    found = mentions([(Place(0, 1, 2), Place(1, 3, 5)), ()], [0, 10])
    assert found.tolist() == [[0, 1, 2], [0, 13, 15]]
    assert mentions([()], [0]).shape == (0, 3)


def test_turned_round_the_target_is_the_source():
    question = Question(SIDE, Place(0, 1, 7), (Place(0, 5, 6),), (Place(0, 1, 2),))
    assert question.swapped().source == question.target and question.swapped().swapped() == question


def test_missing_weights_are_named():
    with pytest.raises(EncoderError, match="nowhere"):
        load_session("nowhere")
