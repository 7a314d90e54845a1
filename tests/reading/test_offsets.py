"""Offsets: exact in the text that is analysed, and the way back to the text as the file has it."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.reading.article import ArticleError, read_text, segments_table, with_original_offsets
from analysis.reading.normalising import normalised
from analysis.reading.offsets import join, original, rewrite

SIGNS = st.sampled_from(
    [
        *"abcdefgh ABC.,:;!?'\"()-\n\r\t\f",
        *"“”‘’«»–—…éüñΩжя中\u0301\u0308\u00a0\u00ad\u200b\ufeff\u202e\x00\x85\x93",
        "\r\n",
        "â€œ",
        "Ã©",
    ]
)
TEXTS = st.lists(SIGNS, max_size=120).map("".join) | st.text(max_size=120)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("One.\r\n\r\nTwo “three”.\r\n", "Two “three”."),
        ("\ufeffSoft\u00adhyphen said Quill.", "Softhyphen"),
        ("In the cafe\u0301 she said", "café she"),
        ("He said â€œnoâ€\x9d to CafÃ© Nord", "“no” to Café"),
        ("a\u00a0b \u202eright\u202c said", "right said"),
    ],
)
def test_the_way_back(source, words):
    text, maps = normalised(source)
    start = text.index(words)
    first, last = original(maps, (start, start + len(words)))
    assert normalised(source[first:last])[0] == words


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_normalised_text_leads_back_to_where_it_came_from(source):
    text, maps = normalised(source)
    before = 0
    for place in range(len(text)):
        first, last = original(maps, (place, place + 1))
        assert 0 <= first <= last <= len(source) and first >= before - 1
        before = first
    broken_twice = any(sign in source for sign in "ÃÂâ")  # what was decoded wrongly twice is mended step by step
    assert normalised(text)[0] == text or broken_twice, "normalising again changes nothing"
    assert not re.search("[\r\f\u00ad\u200b\ufeff\u202e\x00]", text)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_any_text_makes_an_article_with_exact_offsets_or_a_clear_error(source):
    try:
        article = read_text(source, article_id="any")
    except ArticleError as error:
        assert error.remedy and "\n" not in error.problem
        return
    shown = "".join(article.text_of(one) for one in article.segments)
    assert "".join(shown.split()) == "".join(article.text.split()), "nothing is lost and nothing invented"
    for one in article.segments:
        assert article.text[one.start : one.end] == article.text_of(one).strip()
        first, last = article.original_span(one.start, one.end)
        again = "".join(normalised(source[first:last])[0].split())
        mojibake = "Ã" in source or "â" in source  # what is repaired depends on what stands beside it
        assert again == "".join(article.text_of(one).split()) or mojibake


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab \n", max_size=40), st.data())
def test_rewriting_and_joining_lead_back(text, data):
    rewritten, way = rewrite(text, re.compile("a+|\n"), lambda found: "x" if found[0] == "aa" else "")
    for place, sign in enumerate(rewritten):
        first, last = way.span(place, place + 1)
        assert text[first:last] == ("aa" if sign == "x" else sign)
    cut = data.draw(st.integers(0, len(text)))
    joined, way = join(text, [(0, cut), (cut, len(text))], gap="#")
    for place, sign in enumerate(joined):
        if sign != "#":
            assert text[slice(*way.span(place, place + 1))] == sign


def test_tables_carry_the_offsets_of_the_file():
    source = "Talks fail\r\n\r\nThe minister said\u00a0no to the plan.\r\n"
    article = read_text(source, article_id="a")
    for row in segments_table(article).itertuples():
        assert source[row.original_start : row.original_end].replace("\u00a0", " ") == row.text
    table = segments_table(article)[["start", "end"]].rename(columns={"start": "cue_start", "end": "cue_end"})
    found = with_original_offsets(table, article, span="cue_")
    assert found["cue_original_start"].tolist() == segments_table(article)["original_start"].tolist()
