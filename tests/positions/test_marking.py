"""Marking: source and target stand between marks at whatever distance, and survive deletion and long passages."""

import pytest

from analysis.language.models import EncoderError, load_session, load_tokenizer
from analysis.positions.marking import LONGEST, SOURCE, SOURCE_END, TARGET, TARGET_END, TOWARD, Marked, batch, encode
from analysis.positions.stance_model import VOCABULARY

TEXT = "Norway offered to help Denmark."


def place(text, words):
    return text.index(words), text.index(words) + len(words)


def marked(text=TEXT, source="Norway", target="Denmark"):
    return Marked(text, place(text, target), place(text, source) if source else None)


def shown(passage):
    """What the encoder reads, in words."""
    tokenizer = load_tokenizer(VOCABULARY)
    names = {SOURCE: "<S>", SOURCE_END: "</S>", TARGET: "<T>", TARGET_END: "</T>", TOWARD: "<to>"}
    return " ".join(names.get(one) or tokenizer.id_to_token(one) for one in encode(tokenizer, passage).ids)


def test_marks_stand_around_source_and_target_and_both_are_named_again():
    assert shown(marked()) == (
        "[CLS] <S> norway </S> offered to help <T> denmark </T> . [SEP] norway <to> denmark [SEP]"
    )


def test_the_question_turned_round_changes_the_marks_only():
    assert shown(marked().swapped()) == (
        "[CLS] <T> norway </T> offered to help <S> denmark </S> . [SEP] denmark <to> norway [SEP]"
    )


def test_without_a_source_the_target_is_named_alone():
    assert shown(marked(source=None)) == "[CLS] norway offered to help <T> denmark </T> . [SEP] denmark [SEP]"


def test_places_point_at_the_marks():
    encoded = encode(load_tokenizer(VOCABULARY), marked())
    assert (encoded.ids[encoded.source], encoded.ids[encoded.target]) == (SOURCE, TARGET)


@pytest.mark.parametrize("gap", [300, 3000])
def test_of_a_long_passage_the_part_around_the_target_is_read_with_the_source(gap):
    text = "Norway said " + "and " * gap + "Denmark lied " + "again " * gap
    encoded = encode(load_tokenizer(VOCABULARY), marked(text))
    assert len(encoded.ids) < LONGEST + 40
    assert {SOURCE, SOURCE_END, TARGET, TARGET_END} <= set(encoded.ids)
    assert "<S> norway </S>" in shown(marked(text)) and "<T> denmark </T> lied" in shown(marked(text))


def test_a_batch_is_padded_with_zeros():
    tokenizer = load_tokenizer(VOCABULARY)
    inputs = batch([encode(tokenizer, marked()), encode(tokenizer, marked(source=None))])
    assert inputs["ids"].shape == inputs["types"].shape and inputs["ids"][1, -1] == 0
    assert inputs["places"].tolist()[1][0] == 0


def test_missing_weights_are_named():
    with pytest.raises(EncoderError, match=r"nowhere\.onnx"):
        load_session("nowhere")
