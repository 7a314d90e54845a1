"""The learned tagger: what it sees of a paragraph, what becomes of its probabilities, and what it finds."""

import csv
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from analysis import ArticleError
from analysis.language import models
from analysis.schema import spans
from analysis.statements import features, learned
from analysis.statements.attribution import paragraphs
from analysis.statements.cues import load_cues
from analysis.statements.learned import Thresholds, attribution_of, statements_of
from analysis.statements.rules import find_attributions
from analysis.statements.tagger import Onnx, Tagged, tag
from tests.helpers import CASES_FOLDER, parsed_text

CASES = list(csv.DictReader((CASES_FOLDER / "tagged.csv").open(encoding="utf-8")))


def stretches_of(text):
    parsed = parsed_text(text)
    return [s for paragraph in paragraphs(parsed, load_cues()) for s in features.stretches(paragraph)]


def tagged(stretch, cue, source, content):
    """What a tagger would say that is sure of these words."""
    words = [token.text for token in stretch.tokens]

    def marked(phrases):
        chances = np.zeros(len(words))
        for phrase in phrases:
            parts = phrase.split()
            start = next(k for k in range(len(words)) if words[k : k + len(parts)] == parts)
            chances[start : start + len(parts)] = 0.9
        return chances

    parts = cue.split()
    start = next(k for k in range(len(words)) if words[k : k + len(parts)] == parts)
    return Tagged(start, start + len(parts), 0.9, marked(source), marked(content))


def read(one, stretch):
    text = stretch.doc.text
    found = attribution_of(one, stretch, Thresholds())
    if found is None:
        return None
    return text[slice(*found.source)] if found.source else "", spans.words(text, found.content)


# --- what it sees ---


def test_a_long_paragraph_is_cut_between_sentences_and_nothing_is_lost():
    sentence = "The council of the town said on Monday that the old wall by the river would fail again soon. "
    parts = stretches_of(sentence * 30)
    assert len(parts) > 2
    assert all(len(part.tokens) <= features.LONGEST for part in parts)
    assert all(part.tokens[0].is_sent_start for part in parts)
    assert sum(len(part.tokens) for part in parts) == len(stretches_of(sentence)[0].tokens) * 30


def test_a_sentence_without_an_end_is_cut_all_the_same():
    parts = stretches_of("wall " * 1000)
    assert sum(len(part.tokens) for part in parts) == 1000
    assert max(len(part.tokens) for part in parts) == features.LONGEST


def test_each_token_knows_its_first_word_piece():
    stretch = stretches_of("Qassemi's spokeswoman said the re-armament of “Gdansk” began.")[0]
    tokenizer = models.load_tokenizer()
    ids, first = features.pieces_of(*features.words_of(stretch), tokenizer)
    for token, place in zip(stretch.tokens, first, strict=True):
        piece = tokenizer.id_to_token(ids[place]).lower()
        assert token.lower_.startswith(piece[:1]) or piece == "[unk]"


def test_pieces_never_exceed_what_the_encoder_reads():
    stretch = stretches_of("The engineer said that the numbers of the walls were " + "1982734650918 " * 140)[0]
    ids, first = features.pieces_of(*features.words_of(stretch), models.load_tokenizer())
    assert len(ids) <= features.PIECES
    assert first.max() < len(ids)


def test_the_way_through_the_parse_tells_subject_from_object():
    stretch = stretches_of("Orlov told the mayor that the wall had failed.")[0]
    words = [token.text for token in stretch.tokens]
    ways = features.of_pairs(stretch, 1, 2, np.zeros(len(words), dtype=int))[:, 0]
    assert len({ways[0], ways[1], ways[words.index("mayor")], ways[words.index("failed")]}) == 4
    assert ways[words.index("wall")] == ways[words.index("failed")]


# --- what becomes of its probabilities ---


def test_parts_become_spans_without_ragged_edges():
    stretch = stretches_of("The mayor of Gdansk said that the wall, built in 1970, would fail.")[0]
    one = tagged(stretch, "said", ["The mayor of Gdansk"], ["that the wall", "built in 1970", "would fail ."])
    assert read(one, stretch) == ("The mayor of Gdansk", "the wall, built in 1970, would fail")


def test_the_cue_and_its_source_cut_a_content_in_two():
    stretch = stretches_of("The wall, Orlov said, will fail.")[0]
    one = tagged(stretch, "said", ["Orlov"], ["The wall", "will fail"])
    assert read(one, stretch) == ("Orlov", "The wall … will fail")


def test_a_quotation_is_never_cut():
    stretch = stretches_of('"The wall is old and will fail," Orlov said.')[0]
    one = tagged(stretch, "said", ["Orlov"], ["The wall is old"])
    assert read(one, stretch) == ("Orlov", '"The wall is old and will fail,"')


def test_a_quotation_that_reaches_over_two_stretches_is_given_once():
    sentence = "The wall is old and nobody has looked at it for many years. "
    text = f"Orlov said: “{sentence * 30}” Lund said it would hold."
    found = find_attributions(parsed_text(text), method="model")
    by_lund = [spans.words(text, one.content) for one in found if text[slice(*one.source)] == "Lund"]
    assert by_lund == ["it would hold"]


def test_a_word_is_never_source_and_content_at_once():
    stretch = stretches_of("Orlov of the river board said the wall would fail.")[0]
    one = tagged(stretch, "said", ["Orlov of the river board"], ["Orlov of the river board", "the wall would fail"])
    assert read(one, stretch) == ("Orlov of the river board", "the wall would fail")


def test_a_year_belongs_to_the_source_and_a_weekday_does_not():
    stretch = stretches_of("The class of 2016 believes that the wall will hold.")[0]
    assert read(tagged(stretch, "believes", ["The class of 2016"], ["the wall will hold"]), stretch)[0] == (
        "The class of 2016"
    )
    stretch = stretches_of("The mayor on Tuesday said that the wall will hold.")[0]
    assert read(tagged(stretch, "said", ["The mayor on Tuesday"], ["the wall will hold"]), stretch)[0] == "The mayor"


def test_a_method_that_there_is_not_is_refused():
    with pytest.raises(ValueError, match="no method 'rule'"):
        find_attributions(parsed_text("It rained."), method="rule")


def test_an_unsure_cue_and_an_empty_content_are_no_statement():
    stretch = stretches_of("Orlov said the wall would fail.")[0]
    sure = tagged(stretch, "said", ["Orlov"], ["the wall would fail"])
    assert len(statements_of(stretch, [sure], Thresholds())) == 1
    assert statements_of(stretch, [sure], Thresholds(cue=0.95)) == []
    assert read(tagged(stretch, "said", ["Orlov"], []), stretch) is None


def test_words_that_two_cues_claim_go_to_the_one_for_which_they_are_likelier():
    stretch = stretches_of('"The wall is old," Orlov said. "It holds," Lund said.')[0]
    first = tagged(stretch, "Orlov said", ["Orlov"], ["The wall is old", "It holds"])
    second = tagged(stretch, "Lund said", ["Lund"], ["It holds"])
    weaker = replace(first, content=first.content * 0.8)
    found = statements_of(stretch, [weaker, second], Thresholds())
    assert [spans.words(stretch.doc.text, one.content) for one in found] == ['"The wall is old,"', '"It holds,"']


def test_a_nested_statement_keeps_its_words():
    stretch = stretches_of("Orlov said the mayor had accused Lund of fraud.")[0]
    outer = tagged(stretch, "said", ["Orlov"], ["the mayor had accused Lund of fraud"])
    inner = tagged(stretch, "accused", ["the mayor"], ["Lund of fraud"])
    found = statements_of(stretch, [outer, inner], Thresholds())
    assert [spans.words(stretch.doc.text, one.content) for one in found] == [
        "the mayor had accused Lund of fraud",
        "Lund of fraud",
    ]


# --- what it finds ---


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case,
            id=case["text"][:60],
            marks=[pytest.mark.xfail(reason=case["known_miss"], strict=True)] if case["known_miss"] else [],
        )
        for case in CASES
    ],
)
def test_finds_the_statement(case):
    parsed = parsed_text(case["text"])
    text = parsed.article.text
    rows = [
        {
            "source": text[slice(*one.source)] if one.source else "",
            "cue": text[slice(*one.cue)] if one.cue else "",
            "content": spans.words(text, one.content),
        }
        for one in find_attributions(parsed, method="model")
    ]
    if not case["content"]:
        assert rows == []
        return
    assert {name: case[name] for name in ("source", "cue", "content")} in rows


def test_the_same_text_gives_the_same_probabilities():
    parts = stretches_of("Orlov said the wall would fail. The mayor believes it will hold, according to aides.")
    first, second = (tag(parts[:1], Onnx(), models.load_tokenizer())[0] for _ in range(2))
    assert [(o.start, o.probability, o.content.tolist()) for o in first] == [
        (o.start, o.probability, o.content.tolist()) for o in second
    ]
    assert len(first) >= 2


def test_what_stands_beside_a_paragraph_does_not_change_it():
    sentence = "Orlov said the wall would fail."
    alone = find_attributions(parsed_text(sentence), method="model")
    beside = find_attributions(parsed_text(sentence + "\n\n" + "The mayor believes it will hold. " * 9), method="model")
    assert alone[0].probability == beside[0].probability


def test_no_paragraph_gives_no_statement():
    assert learned.attributions_of([]) == []


def test_a_changed_model_file_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(models, "FOLDER", tmp_path)
    (tmp_path / "other.onnx").write_bytes(b"changed")
    (tmp_path / "other.sha256").write_text("0" * 64 + "  other.onnx\n")
    with pytest.raises(models.EncoderError, match=r"other\.onnx is not the file this project was measured with"):
        models.load_session("other")
    with pytest.raises(models.EncoderError, match="The weights of missing are not in the package"):
        models.load_session("missing")


WORDS = "Orlov|said|the wall|would fail|that|US|according to|believes|he|2016|é|@orlov|ORLOV:".split("|")
MARKS = [",", ".", '"', "“", "”", "''", ":", "—", "(", "…", "😀", "\u200f", "a" * 400, "\n\n", "-", "’s", "#", "\t"]
PIECES = st.sampled_from([*WORDS, *MARKS])


@settings(max_examples=120, deadline=None)
@given(st.lists(PIECES, max_size=60).map(" ".join))
def test_any_text_gives_spans_inside_one_paragraph(text):
    try:
        parsed = parsed_text("The council met in the town on Monday and talked about it.\n\n" + text)
    except ArticleError:  # taken for another language
        reject()
    for one in find_attributions(parsed, method="model"):
        starts = [span[0] for span in (*one.content, one.source, one.cue) if span]
        segments = {s.segment_id for s in parsed.article.segments if any(s.start <= place < s.end for place in starts)}
        assert all(0 <= start < end <= len(parsed.article.text) for start, end in one.content)
        assert len(segments) == 1 or one.rule in ("loose_quote", "block_quote")
        if one.cue and one.rule == learned.METHOD:
            assert not any(spans.overlap(one.cue, piece) for piece in one.content)


def test_an_article_alone_is_no_cue():
    (stretch,) = stretches_of("The mayor said the wall would fall.")
    assert read(tagged(stretch, "said", ["The mayor"], ["the wall would fall"]), stretch) is not None
    assert read(tagged(stretch, "The", [], ["the wall would fall"]), stretch) is None
