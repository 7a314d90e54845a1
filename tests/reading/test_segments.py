"""Segments: the kind of each line, datelines, repeated headlines, and spans that are exact and complete."""

from __future__ import annotations

import csv
import random

import pytest

from analysis import codebook, schema
from analysis.reading import segments
from analysis.reading.datelines import dateline_end, iso_date
from analysis.reading.segments import segment
from tests.helpers import CASES_FOLDER, SEED_FILE

CASES = CASES_FOLDER
LEAD = "The foreign minister said on Tuesday that the talks in the capital would go on until all had agreed."
BODY = "Nobody had expected the meeting, which was held behind closed doors, to last for more than two days."
HEADLINE = "Ministers agree on new border talks"


def cases(name: str) -> list[dict[str, str]]:
    with (CASES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def kinds(text: str) -> list[tuple[str, str]]:
    return [(found.kind, text[found.start : found.end]) for found in segment(text)]


def kind_of(line: str, text: str) -> str:
    return next(kind for kind, words in kinds(text) if words == line)


def assert_exact(text: str) -> None:
    """In order, without overlap, numbered, never empty, and covering all but white space."""
    before = 0
    for number, found in enumerate(segment(text), 1):
        assert found.segment_id == number
        assert found.kind in schema.SEGMENT_KINDS
        assert before <= found.start < found.end <= len(text)
        assert not text[before : found.start].strip()
        assert text[found.start : found.end] == text[found.start : found.end].strip()
        assert (found.kind == "repeated headline") == (found.repeats is not None)
        before = found.end
    assert not text[before:].strip()


@pytest.mark.parametrize("case", cases("segments.csv"), ids=lambda case: case["line"][:40])
def test_kind_of_a_line(case):
    line = case["line"]
    text = {
        "top": f"{line}\n{HEADLINE}\n{LEAD}\n{BODY}",
        "under": f"{HEADLINE}\n{line}\n{LEAD}\n{BODY}",
        "end": f"{HEADLINE}\n{LEAD}\n{BODY}\n{line}",
    }[case["place"]]
    assert kind_of(line, text) == case["kind"]
    assert kind_of(HEADLINE, text) == "headline"


@pytest.mark.parametrize("case", cases("datelines.csv"), ids=lambda case: case["dateline"] or case["text"][:30])
def test_dateline(case):
    line = f"{case['dateline']} {case['text']}".strip()
    assert line[: dateline_end(line)] == case["dateline"]


@pytest.mark.parametrize(
    "headline",
    [
        HEADLINE,
        "US bases fuel insecurity: Rouhani",
        "Will the talks ever end?",
        "“We will not yield”: minister",
        "'We will not yield'",
        "Ministers Agree On Border Talks, But Rebels Are Not Convinced.",
        "Ministers agree to unite their parties.",
        "MINISTERS AGREE ON BORDER TALKS",
        "EXCLUSIVE – Six Rebel Leaders Ask Ministers For Talks",
        "Video: Ministers agree on border talks",
    ],
)
def test_first_line_that_is_a_headline(headline):
    assert kinds(f"{headline}\n\n{LEAD}\n\n{BODY}")[0] == ("headline", headline)


@pytest.mark.parametrize(
    "first",
    [
        LEAD,
        "“We are ready,” the minister said.",
        "The minister resigned on Monday.",
        "SHAPIRO: Welcome\nMINISTER: Thank you.\nSHAPIRO: What was agreed?",
        "Here is what the ministers have agreed on:",
    ],
)
def test_first_line_that_is_no_headline(first):
    assert kinds(f"{first}\n{BODY}\n{BODY}")[0][0] == "body"


def test_an_article_may_begin_with_its_dateline():
    text = f"TEHRAN - {LEAD}\n{BODY}"
    assert kinds(text) == [("dateline", "TEHRAN -"), ("body", LEAD), ("body", BODY)]


def test_a_dateline_stands_once_and_near_the_top():
    text = f"{HEADLINE}\nTEHRAN - {LEAD}\nKABUL - {BODY}"
    assert [kind for kind, _ in kinds(text)] == ["headline", "dateline", "body", "body"]


@pytest.mark.parametrize("speaker", ["Q", "MINISTER"])
def test_a_speaker_in_a_transcript_is_no_dateline(speaker):
    turns = "\n".join(f"{speaker}: {line}" for line in (LEAD, BODY, LEAD))
    assert {kind for kind, _ in kinds(f"{HEADLINE}\n{turns}")} == {"headline", "body"}


def test_a_headline_of_two_lines():
    text = f"Ministers stake their names on border talks;\nA view from the capital.\n{LEAD}"
    assert [kind for kind, _ in kinds(text)] == ["headline", "headline", "body"]


@pytest.mark.parametrize(
    "again",
    [
        HEADLINE,
        HEADLINE.upper() + ".",
        f"{HEADLINE} - The Daily Example",
        "Ministers agree on a new border talks",
    ],
)
def test_headline_said_again(again):
    text = f"World\n{HEADLINE}\nBy Jane Doe\n{again}\n{LEAD}\n{BODY}"
    repeated = next(found for found in segment(text) if found.kind == "repeated headline")
    assert text[repeated.start : repeated.end] == again
    assert repeated.repeats == 2


def test_other_words_are_no_repetition():
    text = f"{HEADLINE}\nMinisters quarrel over old border posts\n{LEAD}"
    assert [kind for kind, _ in kinds(text)] == ["headline", "headline", "body"]


def test_seed_article():
    text = SEED_FILE.read_text(encoding="utf-8")
    found = segment(text)
    assert [one.kind for one in found[:4]] == ["headline", "repeated headline", "dateline", "body"]
    assert {one.kind for one in found[3:]} == {"body"}
    assert found[1].repeats == 1
    assert text[found[2].start : found[2].end] == "TEHRAN -"
    assert text[found[3].start :].startswith("Iranian President")
    assert_exact(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n \n",
        "“”",
        "x",
        "-\n-\n-",
        "TEHRAN - ",
        "TEHRAN -\n\n" + LEAD,
        "“" * 500,
        "word " * 20_000,
        "x" * 100_000,
        "11:11:" * 49,
        "By " + "Aa " * 90,
        "A-" * 140 + "x",
        "A " * 100_000,
        "\n".join(["No full stop here"] * 3000),
    ],
    ids=lambda text: repr(text[:12]),
)
def test_odd_texts(text):
    assert_exact(text)


def test_random_texts():
    dice = random.Random(7)
    pieces = [*"“”\"'()[]<>—-–|:;.,!?@#/\\©\u00e9\u0416\u4e2d\u0627\U0001f600 \n", HEADLINE, LEAD, "TEHRAN - "]
    pieces += ["By Jane Doe", "(CNN)", "Feb. 4", "10:30", "Reuters", "Read more", "\n\n", " ", "MORE:", "»"]
    for _ in range(400):
        assert_exact("".join(dice.choice(pieces) for _ in range(dice.randrange(40))))


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Published 4 Feb 2018, 10:30", "2018-02-04"),
        ("Sunday, February 4th, 2018", "2018-02-04"),
        ("Sept. 30, 2018", "2018-09-30"),
        ("2018-02-04T10:30:00Z", "2018-02-04"),
        ("04/02/2018", None),
        ("Feb. 4", None),
        ("February 31, 2018", None),
    ],
)
def test_date(text, date):
    assert iso_date(text) == date


def test_a_wrong_pattern_is_named_by_its_line(tmp_path, monkeypatch):
    rows = [{"pattern": "(", "kind": "byline", "place": "top"}]
    monkeypatch.setattr(codebook, "read_csv", lambda *args, **kwargs: rows)
    with pytest.raises(codebook.CodebookError, match=r"segments\.csv, line 2: not a regular expression"):
        segments.notes.__wrapped__()
