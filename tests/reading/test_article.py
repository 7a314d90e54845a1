"""Articles: which files are read and how, which are refused and with what sentence, and offsets that stay."""

from __future__ import annotations

import hashlib
import random
import textwrap
from pathlib import Path

import pytest

from analysis import schema
from analysis.reading.article import ArticleError, articles_table, load, read_text, segments_table
from analysis.reading.normalising import normalise, unwrap
from analysis.reading.opening import LARGEST
from tests.helpers import SEED_FILE

SEED = SEED_FILE
HEADLINE = "Ministers agree on new border talks"
LEAD = "“We’re ready – at last,” the foreign minister said on Tuesday in a café near the old border post."
BODY = "Nobody had expected the meeting, which was held behind closed doors, to last for more than two days."
TEXT = f"{HEADLINE}\n\nBy Jane Doe\nPublished 4 Feb 2018\n\nTEHRAN - {LEAD}\n\n{BODY}\n"


@pytest.fixture
def write(tmp_path: Path):
    def _write(content: bytes | str, name: str = "article.txt") -> Path:
        file = tmp_path / name
        file.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return file

    return _write


def refused(path: Path | str) -> ArticleError:
    with pytest.raises(ArticleError) as caught:
        load(path)
    error = caught.value
    shown = str(path).replace("\x00", " ")
    assert str(error) == f"{shown}: {error.problem}; {error.remedy}."
    assert "\n" not in str(error)
    assert error.path == str(path)
    return error


def test_metadata_and_tables(write):
    path = write(TEXT, "Border talks (2).txt")
    article = load(path, outlet="The Daily Example")
    assert article.article_id == "Border-talks-2"
    assert article.source_file == str(path)
    assert article.title == HEADLINE
    assert (article.author, article.date, article.dateline) == ("Jane Doe", "2018-02-04", "TEHRAN -")
    assert article.language == "en"
    assert article.sha256 == hashlib.sha256(TEXT.encode("utf-8")).hexdigest()
    row = articles_table(article).iloc[0]
    assert row["outlet"] == "The Daily Example"
    assert row["characters"] == len(TEXT)
    segments = segments_table(article)
    assert list(segments["kind"]) == ["headline", "byline", "byline", "dateline", "body", "body"]
    assert list(segments["text"]) == [article.text_of(one) for one in article.segments]
    for table, name in ((articles_table(article), "articles"), (segments, "segments")):
        schema.check(name, table)


def test_words_are_word_tokens():
    article = read_text("The minister's well-known plan, he said, isn't new: 3,000 men.", article_id="a")
    assert articles_table(article)["words"][0] == 11


def test_given_metadata_goes_before_the_byline(write):
    article = load(write(TEXT), article_id="x-1", author="John Roe", date="2020-01-31")
    assert (article.article_id, article.author, article.date) == ("x-1", "John Roe", "2020-01-31")


def test_seed_is_read_character_for_character():
    article = load(SEED)
    assert article.text == SEED.read_text(encoding="utf-8")
    assert article.title == "US Military Bases in Afghanistan fueling insecurity in entire region: Rouhani"
    assert article.dateline == "TEHRAN -"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman"]
)
def test_typographic_marks_survive_every_encoding(write, encoding):
    marks = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
    article = load(write(marks.get(encoding, b"") + TEXT.encode(encoding)))
    assert article.text == TEXT


def test_latin_1_and_windows_line_ends(write):
    text = TEXT.translate(str.maketrans("“”’–", '""\'-'))
    assert load(write(text.replace("\n", "\r\n").encode("latin-1"))).text == text


@pytest.mark.parametrize(
    ("content", "problem", "remedy"),
    [
        (b"", "no words", "text of an article"),
        (b" \n\t\r\n", "no words", "text of an article"),
        ("“…” 12 – 13\n", "no words", "text of an article"),
        (b"\xef\xbb\xbf", "no words", "text of an article"),
        (b"text\x00\x01\x02 text", "binary", "plain text"),
        (b"wo\x01\x02\x03rds", "binary", "plain text"),
        (b"%PDF-1.7 words", "PDF", "save it again"),
        (b"PK\x03\x04 words", "ZIP", "save it again"),
        (b"PK\x03\x04 word/ words", "ZIP", "save it again"),
        (b"{\\rtf1 }", "no words", "text of an article"),
        (b"\x89PNG\r\n words", "picture", "plain text"),
        (b"\xff\xfew\x00o\x00r\x00d", "encoding", "UTF-8"),
        ("\n<!DOCTYPE html><html><body><script>alert('words')</script></body></html>", "web page", "plain text"),
    ],
)
def test_what_is_no_article_is_refused(write, content, problem, remedy):
    error = refused(write(content))
    assert problem in error.problem
    assert remedy in error.remedy


def test_missing_file_and_folder(tmp_path):
    assert "no such file" in refused(tmp_path / "absent.txt").problem
    assert "folder without files" in refused(tmp_path).problem
    assert "no such file" in refused("bad\x00name.txt").problem


def test_too_large(write):
    error = refused(write(b"word " * (LARGEST // 5 + 1)))
    assert "5 MB" in error.problem
    assert "split" in error.remedy


def test_another_language_is_refused(write):
    text = "Die Minister haben sich am Dienstag in der Hauptstadt auf neue Gespräche über die Grenze geeinigt. "
    error = refused(write(text * 2))
    assert "'de'" in error.problem


def test_a_short_text_passes_without_a_language():
    assert read_text("Rouhani: Daesh in Kabul", article_id="a").language is None


def test_text_in_memory_names_what_it_was_called():
    with pytest.raises(ArticleError, match=r"^row 7: it holds no words; "):
        read_text("  ", article_id="row 7")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\r\nb\rc\u2028d\fe", "a\nb\nc\nd\ne"),
        ("a\u00a0b\u2009c\td\x00e\x1ff", "a b c d e f"),
        ("\x93so\x94 \x85", "“so” …"),
        ("â€œCafÃ©â€\x9d Â£5", "“Café” £5"),
        ("Özil “é” — Ångström", "Özil “é” — Ångström"),
        ("a\u200bb\u00adc\ufeffd\u202ee\u2060f", "abcdef"),
        ("cafe\u0301", "caf\u00e9"),
        ("ﬁve ² “so” ‘it’ « » … ½", "ﬁve ² “so” ‘it’ « » … ½"),
        ("a\ud800b", "a\ufffdb"),
        ("  kept at both ends \n\n", "  kept at both ends \n\n"),
    ],
)
def test_normalise(text, expected):
    assert normalise(text) == expected
    assert normalise(expected) == expected


def test_normalising_keeps_the_length_of_a_text_without_removed_characters():
    dice = random.Random(3)
    signs = [*map(chr, (*range(0x20, 0x7F), *range(0xA0, 0xAC))), *"\n\t\f\u2003\u2028“”‘’–—…Ωжя中\U0001f600\ud800"]
    for _ in range(300):
        text = "".join(dice.choices(signs, k=60))
        assert len(unwrap(normalise(text))) == len(text)


def test_hard_wrapped_paragraphs_are_joined_without_moving_an_offset():
    paragraphs = [" ".join([LEAD, BODY, LEAD]), " ".join([BODY, BODY])]
    wrapped = "\n\n".join([HEADLINE, *(textwrap.fill(paragraph, 72) for paragraph in paragraphs)])
    assert unwrap(wrapped) == "\n\n".join([HEADLINE, *paragraphs])
    assert [one.kind for one in read_text(wrapped, article_id="a").segments] == ["headline", "body", "body"]


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        f"{HEADLINE}\n{LEAD}\n{BODY}\n\n{LEAD}\n{BODY}\n",
        "The border lies in silence and the river runs below,\nthe minister has gone away,\n"
        "and no one cares to go.\n\nThe talks went on in silence\ntill the lamps had all burnt low.\n",
        "HOST: Welcome to the programme, and to all who are listening at home.\n"
        "GUEST: Thank you, it is good to be here on such an eventful evening.\n\nHOST: What now?\n",
        "- the first point that ministers have agreed on in the capital\n"
        "- the second point that ministers have agreed on in the capital\n\n"
        "- the third point that ministers have agreed on in the capital\n",
    ],
)
def test_other_line_breaks_stay(text):
    assert unwrap(text) == text


def test_odd_texts_make_an_article_or_a_clear_error():
    dice = random.Random(11)
    for _ in range(200):
        text = "".join(chr(dice.choice((dice.randrange(0x300), dice.randrange(0x10000)))) for _ in range(80))
        try:
            article = read_text(text, article_id="odd")
        except ArticleError as error:
            assert error.remedy
            continue
        shown = "".join(map(article.text_of, article.segments))
        assert "".join(shown.split()) == "".join(article.text.split())


def test_random_bytes_make_an_article_or_a_clear_error(write):
    dice = random.Random(5)
    for _ in range(100):
        path = write(dice.randbytes(dice.randrange(1, 200)))
        try:
            assert load(path).segments
        except ArticleError as error:
            assert error.remedy


def test_a_line_of_100_000_characters():
    article = read_text(f"{HEADLINE}\n\n{' '.join([BODY] * 1000)}", article_id="long")
    assert [one.kind for one in article.segments] == ["headline", "body"]
