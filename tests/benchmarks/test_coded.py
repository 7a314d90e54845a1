"""The coded corpus: every row keeps what its card promises, and what breaks a promise is named."""

import copy
import csv

import pytest

from benchmarks.coded import CORPUS, OWN_TEXTS, SOURCES, problems, read_corpus, rows_of, split_of


@pytest.mark.parametrize("source", SOURCES)
def test_every_row_keeps_what_the_card_promises(source):
    rows = list(rows_of(source))
    assert [fault for row in rows for fault in problems(row)] == []
    assert len({row["id"] for row in rows}) == len(rows) > 0


def test_every_text_that_is_ours_is_the_one_that_was_coded():
    rows = read_corpus(OWN_TEXTS)
    assert [fault for row in rows for fault in problems(row)] == []
    assert all(row["text"] for row in rows)


def test_the_texts_of_polnear_are_asked_for():
    with pytest.raises(SystemExit, match="name the folder"):
        read_corpus(["polnear"])


def test_the_split_is_fixed_by_the_id():
    parts = [split_of(row["id"]) for row in rows_of("wikinews")]
    assert (parts.count("train"), parts.count("dev")) == (100, 25)
    assert split_of("wikinews-034cfe0d") == "train"


def test_every_ruling_is_of_a_coded_article_and_says_why():
    known = {row["id"] for source in SOURCES for row in rows_of(source)}
    with (CORPUS / "rulings.csv").open(encoding="utf-8", newline="") as file:
        rulings = list(csv.DictReader(file))
    assert {one["article_id"] for one in rulings} <= known
    assert all(one["ruling"] or one["layer"] == "speaker" for one in rulings)
    codebook = (CORPUS.parent / "CODEBOOK.md").read_text(encoding="utf-8")
    reasons = {one["reason"] for one in rulings} - {"deed", "sense", "kind"}
    assert [reason for reason in sorted(reasons) if f"`{reason}`" not in codebook] == []


def _broken(change):
    row = copy.deepcopy(next(rows_of("wikinews")))
    change(row)
    return " ".join(problems(row))


def _stranger(row):
    row["positions"].append(dict(row["positions"][0], source="a99"))


def _own_target(row):
    said = next(one for one in row["statements"] if one["speakers"])
    said["stances"].append({"target": said["speakers"][0], "stance": 1, "evidence": [], "readings": 1})


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda row: row.update(split="dev"), "its id belongs to train"),
        (lambda row: row.update(text=row["text"].replace("Johnson", "Jonson", 1)), "not the one that was coded"),
        (lambda row: row["mentions"][0].update(end=row["characters"] + 5), "no place in the text"),
        (lambda row: row["mentions"][0].update(start=0, end=row["text"].index("\n") + 3), "crosses a paragraph"),
        (lambda row: row["mentions"][0].update(end=row["mentions"][0]["end"] + 1), "ends with a space"),
        (_stranger, "a99 is no actor"),
        (_own_target, "target of his own statement"),
        (lambda row: row["positions"].append(row["positions"][0]), "two positions"),
        (lambda row: row["statements"][0].update(cue_class="loud"), "cue_class"),
        (lambda row: row.pop("roles"), "'roles' is a required property"),
    ],
)
def test_a_broken_promise_is_named(change, fault):
    assert fault in _broken(change)


def test_articles_of_which_sides_alone_are_coded_hold_no_text_and_are_for_training():
    rows, known = list(rows_of("sides")), {row["id"] for source in SOURCES for row in rows_of(source)}
    assert len({row["id"] for row in rows}) == len(rows) and not {row["id"] for row in rows} & known
    for row in rows:
        assert row["text"] is None and row["split"] == "train"
        places = [one for part in ("mentions", "passages") for one in row[part]]
        assert all(0 <= one["start"] < one["end"] <= row["characters"] for one in places)
        assert {one["stance"] for statement in row["statements"] for one in statement["stances"]} <= {-1, 0, 1}
        told = [span for one in row["positions"] for span in one["evidence"]]
        assert {tuple(span) for span in told} <= {(one["start"], one["end"]) for one in row["passages"]}
