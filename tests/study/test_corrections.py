"""Corrections: what a person decides holds on every rerun, and everything downstream follows."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis import analyse, read_text, schema
from analysis.codebook import CodebookError
from analysis.study.corrections import COLUMNS, read_corrections, write_corrections
from analysis.study.editing import read_sheet, write_sheet

TEXT = """Norway rejects the claims

Norwegian Foreign Minister Ine Soreide said on Monday that Denmark had stolen the fish.

Danish Prime Minister Mette Frederiksen dismissed the claims. "We will help Norway," she told reporters in Oslo."""


@pytest.fixture(scope="module")
def article():
    return read_text(TEXT, article_id="fish")


@pytest.fixture
def decide(tmp_path):
    """A file with decisions, each given by its table, place in the text, and what is to be."""

    def write(*rows, text=TEXT):
        table = []
        for row in rows:
            given = dict(row)
            at = given.pop("at", None)
            if at is not None:
                start = text.index(at)
                given |= {"place": f"{start}-{start + len(at)}", "words": at}
            table.append({"article_id": "fish", "who": "coder 1", "why": "read it"} | given)
        write_corrections(table, tmp_path / "corrections.csv")
        return tmp_path / "corrections.csv"

    return write


def run(article, file=None, method="rules", **options):
    found = analyse(article, method=method, corrections=file, **options)
    for name, table in found.tables.items():
        schema.check(name, table)
    return found


def test_a_speaker_is_corrected_and_the_stances_follow(article, decide):
    plain = run(article)
    assert "Ine Soreide" in set(plain.stances["source"])
    file = decide(
        {"table": "statements", "at": "Denmark had stolen the fish", "field": "speaker", "value": "Mette Frederiksen"}
    )
    found = run(article, file)
    (row,) = found.statements[found.statements["content"].str.contains("stolen")].to_dict("records")
    assert (row["speaker"], row["camp"], row["method"]) == ("Mette Frederiksen", "Denmark", "person")
    assert row["speaker_method"] == "person" and pd.isna(row["confidence"])
    said = found.stances[found.stances["statement_id"] == row["statement_id"]]
    assert set(said["source"]) == {"Mette Frederiksen"} and found.problems.empty


def test_actors_are_renamed_moved_and_joined(article, decide):
    file = decide(
        {"table": "actors", "about": "Ine Soreide", "field": "camp", "value": "Nordic Council"},
        {"table": "actors", "about": "Mette Frederiksen", "field": "same as", "value": "Denmark", "article_id": ""},
    )
    found = run(article, file)
    actors = found.actors.set_index("name")
    assert actors.loc["Ine Soreide", "camp"] == "Nordic Council" and actors.loc["Ine Soreide", "method"] == "person"
    assert "Mette Frederiksen" not in actors.index
    assert set(found.statements["camp"].dropna()) == {"Nordic Council", "Denmark", "Norway"}
    assert "Denmark" in set(found.statements["speaker"])
    plain = run(article).actors.set_index("name")["mentions"]
    assert actors.loc["Denmark", "mentions"] == plain["Denmark"] + plain["Mette Frederiksen"]


def test_an_actor_is_split_by_the_names_that_are_not_his(article, decide):
    plain = run(article)
    file = decide(
        {"table": "actors", "about": "Norway", "field": "same as", "value": "Denmark"},
        {
            "table": "actors",
            "about": "Denmark",
            "field": "split",
            "value": "Kingdom of Norway: Norway | the Norwegians",
        },
    )
    found = run(article, file)
    (norway,) = found.actors[found.actors["name"] == "Kingdom of Norway"].to_dict("records")
    assert norway["mentions"] == (plain.mentions["text"] == "Norway").sum() and norway["method"] == "person"
    denmark = found.actors.set_index("name").loc["Denmark"]
    assert "Norway" not in denmark["names"].split(" | ")
    assert found.problems.empty and "Kingdom of Norway" in set(found.stances["target"])


def test_devices_are_corrected_and_taken_out(decide):
    text = "The terrorists attacked. The regime of Iran said on Monday that the militants of Norway are thugs."
    article = read_text(text, article_id="fish")
    plain = run(article)
    loaded = plain.devices[plain.devices["device"] == "loaded_term"]
    assert {"terrorists", "regime"} <= set(loaded["text"])
    file = decide(
        {"table": "devices", "at": "terrorists", "about": "loaded_term", "field": "(delete)"},
        {"table": "devices", "at": "regime", "about": "loaded_term", "field": "loading", "value": "neutral"},
        {"table": "devices", "at": "regime", "about": "loaded_term", "field": "actor", "value": "Iran"},
        text=text,
    )
    found = run(article, file)
    devices = found.devices.set_index("text")
    assert found.problems.empty and "terrorists" not in devices.index
    assert devices.loc["regime", ["loading", "actor", "method"]].tolist() == ["neutral", "Iran", "person"]


def test_a_mention_is_given_to_somebody_else_and_one_is_added(article, decide):
    file = decide(
        {"table": "mentions", "at": "she", "field": "actor", "value": "Ine Soreide"},
        {"table": "mentions", "at": "fish", "field": "(add)", "value": "Herring"},
    )
    found = run(article, file)
    she = found.mentions[found.mentions["text"] == "she"]
    assert she["method"].tolist() == ["person"]
    assert found.actors.set_index("name").loc["Herring", "method"] == "person"
    quoted = found.statements[found.statements["quote_type"] == "direct"]
    assert quoted["speaker"].tolist() == ["Ine Soreide"], "statements follow the mentions"


def test_statements_are_deleted_and_added(article, decide):
    file = decide(
        {"table": "statements", "at": "the claims.", "field": "(delete)"},
        {
            "table": "statements",
            "at": "Norway rejects the claims",
            "field": "(add)",
            "about": "Norway",
            "value": "denying",
        },
    )
    plain, found = run(article), run(article, file)
    added = found.statements[found.statements["method"] == "person"]
    assert added[["content", "speaker", "cue_class", "quote_type"]].values.tolist() == [
        ["Norway rejects the claims", "Norway", "denying", "indirect"]
    ]
    assert len(found.statements) == len(plain.statements) and found.statements["content_start"].is_monotonic_increasing
    assert "dismissed" not in set(found.statements["cue"].dropna())


def test_judgements_are_corrected_added_and_deleted(article, decide):
    plain = run(article)
    stance = plain.stances.iloc[0]
    place = plain.statements.set_index("statement_id").loc[stance["statement_id"]]
    passage = plain.passages.set_index("passage_id").loc[place["passage_id"]]
    about = f"{stance['source']} > {stance['target']}"
    file = decide(
        {"table": "stances", "at": passage["text"], "about": about, "field": "stance", "value": "0"},
        {
            "table": "stances",
            "at": '"We will help Norway,"',
            "about": "Mette Frederiksen > Norway",
            "field": "(add)",
            "value": "1",
        },
        {
            "table": "roles",
            "at": "Denmark had stolen the fish",
            "about": "Denmark",
            "field": "(add)",
            "value": "villain",
        },
        {"table": "frames", "at": "Norway rejects the claims", "about": "generic: conflict", "field": "(add)"},
        {
            "table": "functions",
            "at": "Denmark had stolen the fish",
            "about": "problem",
            "field": "(add)",
            "value": "Denmark",
        },
    )
    found = run(article, file)
    assert found.problems.empty
    for table, name, value in (
        ("stances", "stance", 1),
        ("roles", "role", "villain"),
        ("frames", "frame", "conflict"),
        ("functions", "function", "problem"),
    ):
        rows = getattr(found, table)
        assert value in rows.loc[rows["method"] == "person", name].tolist(), table
    changed = found.stances[
        (found.stances["source"] == stance["source"]) & (found.stances["target"] == stance["target"])
    ]
    assert 0 in changed.loc[changed["method"] == "person", "stance"].tolist()


def test_it_holds_when_the_text_has_moved_and_says_what_matches_nothing(article, decide):
    file = decide(
        {"table": "statements", "at": "Denmark had stolen the fish", "field": "speaker", "value": "Mette Frederiksen"},
        {"table": "statements", "place": "0-9", "words": "no such words", "field": "(delete)"},
    )
    moved = read_text(TEXT.replace("on Monday", "on a cold Monday in March"), article_id="fish")
    found = run(moved, file)
    assert "Mette Frederiksen" in set(found.statements.loc[found.statements["method"] == "person", "speaker"])
    (problem,) = found.problems.to_dict("records")
    assert problem["stage"] == "corrections" and "line 3 matches no row of statements" in problem["problem"]
    assert run(replace(article, article_id="other"), file).problems.empty, "other articles are not concerned"


def test_the_store_keeps_corrected_and_others_apart(article, decide, tmp_path):
    file = decide({"table": "actors", "about": "Ine Soreide", "field": "camp", "value": "Nordic Council"})
    options = {"store": tmp_path / "store"}
    first = run(article, None, **options)
    corrected = [run(article, file, **options) for _ in range(2)]
    pd.testing.assert_frame_equal(corrected[0].actors, corrected[1].actors)
    assert "Nordic Council" in set(corrected[0].actors["camp"]) and "Nordic Council" not in set(first.actors["camp"])
    pd.testing.assert_frame_equal(run(article, None, **options).actors, first.actors)


def test_an_xlsx_file_says_the_same(article, decide):
    file = decide({"table": "actors", "about": "Ine Soreide", "field": "camp", "value": "Nordic Council"})
    pd.read_csv(file, dtype=str).to_excel(file.with_suffix(".xlsx"), index=False)
    assert read_corrections(file.with_suffix(".xlsx")).rows == read_corrections(file).rows


def test_a_later_decision_about_the_same_replaces_the_earlier(decide):
    row = {"table": "actors", "about": "Ine Soreide", "field": "camp"}
    decide(row | {"value": "A"})
    (one,) = read_corrections(decide(row | {"value": "B"})).rows
    assert one.value == "B"


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ({"table": "article", "field": "camp"}, "'article' is none of actors"),
        ({"table": "actors", "field": "age"}, "not 'age'"),
        ({"table": "statements", "field": "cue_class", "value": "loud", "place": "1-2"}, "'loud' is none of"),
        ({"table": "stances", "field": "stance", "value": "2", "place": "1-2"}, "is none of -1, 0, 1"),
        ({"table": "statements", "field": "speaker", "place": "here"}, "not of the form 120-180"),
        ({"table": "statements", "field": "speaker", "place": "1-2", "article_id": ""}, "the article is not named"),
    ],
)
def test_a_bad_line_is_named(decide, row, problem):
    with pytest.raises(CodebookError, match="line 2: .*" + problem.replace("(", r"\(")):
        read_corrections(decide(row))


def test_files_that_are_none(tmp_path):
    assert read_corrections(None).rows == ()
    with pytest.raises(CodebookError, match="no such file"):
        read_corrections(tmp_path / "none.csv")
    (tmp_path / "bad.csv").write_text("a,b\n1,2\n")
    with pytest.raises(CodebookError, match="columns table, article_id"):
        read_corrections(tmp_path / "bad.csv")
    assert COLUMNS[0] == "table"


# --- the workbook --------------------------------------------------------------------------------------------------


def change(file, sheet, changes):
    """Change cells of a workbook as a person does: (row of the table, column, value)."""
    import openpyxl

    book = openpyxl.load_workbook(file)
    names = [cell.value for cell in book[sheet][1]]
    for row, column, value in changes:
        book[sheet].cell(row + 2, names.index(column) + 1).value = value
    book["read me"]["B5"] = "AB"
    book.save(file)


def test_an_unchanged_workbook_decides_nothing(article, tmp_path):
    found = run(article)
    assert read_sheet(write_sheet(found, tmp_path / "sheet.xlsx")) == []


def test_what_is_changed_in_the_workbook_comes_out_of_the_next_run(article, tmp_path):
    found, file = run(article), tmp_path / "sheet.xlsx"
    write_sheet(found, file)
    said = found.statements.reset_index(drop=True)
    stolen = int(said.index[said["content"].str.contains("stolen")][0])
    last = int(said.index[said["quote_type"] == "direct"][0])
    change(file, "statements", [(stolen, "speaker", "Denmark"), (stolen, "why", "misread"), (last, "delete", "x")])
    actors = found.actors.reset_index(drop=True)
    change(file, "actors", [(int(actors.index[actors["name"] == "Ine Soreide"][0]), "camp", "Nordic Council")])
    decided = read_sheet(file)
    assert {row["who"] for row in decided} == {"AB"} and len(decided) == 3
    write_corrections(decided, tmp_path / "corrections.csv")
    again = run(article, tmp_path / "corrections.csv")
    assert again.problems.empty and len(again.statements) == len(said) - 1
    row = again.statements[again.statements["content"].str.contains("stolen")].iloc[0]
    assert (row["speaker"], row["method"]) == ("Denmark", "person")
    assert again.actors.set_index("name").loc["Ine Soreide", "camp"] == "Nordic Council"


def test_every_table_of_the_first_article_goes_through_the_workbook(tmp_path):
    from tests.helpers import SEED_FILE

    found = analyse(SEED_FILE, evidence=False)
    file = write_sheet(found, tmp_path / "sheet.xlsx")
    assert read_sheet(file) == []
    frames = len(found.frames)
    change(file, "frames", [(n, "delete", "x") for n in range(frames)])
    change(file, "stances", [(0, "stance", -int(found.stances["stance"].iloc[0]) or 1)])
    change(file, "sentiments", [(0, "sentiment", 1 - abs(int(found.sentiments["sentiment"].iloc[0] or 0)))])
    write_corrections(read_sheet(file), tmp_path / "corrections.csv")
    again = analyse(SEED_FILE, evidence=False, corrections=tmp_path / "corrections.csv")
    assert again.problems.empty and again.frames.empty
    assert (again.stances["method"] == "person").sum() == 1
    assert (again.sentiments["sentiment_method"] == "person").sum() == 1


def test_a_file_that_is_no_such_workbook(tmp_path):
    with pytest.raises(CodebookError, match="no such file"):
        read_sheet(tmp_path / "none.xlsx")
    pd.DataFrame({"a": [1]}).to_excel(tmp_path / "other.xlsx")
    with pytest.raises(CodebookError, match="is no workbook"):
        read_sheet(tmp_path / "other.xlsx")


def test_what_is_changed_in_a_report_comes_out_of_the_next(article, tmp_path, monkeypatch, capsys):
    """The workbooks of a report are taken over before it is written anew."""
    from analysis.__main__ import main
    from analysis.report import page

    monkeypatch.setattr(page, "CHARTS", {"words": page.CHARTS["words"]})
    (tmp_path / "fish.txt").write_text(TEXT, encoding="utf-8")
    asked = [
        "report",
        str(tmp_path / "fish.txt"),
        "--method",
        "rules",
        "--no-notebooks",
        "--out",
        str(tmp_path / "out"),
    ]
    assert main(asked) == 0
    sheet = tmp_path / "out" / "fish" / "correct" / "actors.xlsx"
    found = run(article)
    write_sheet(found, sheet, tables=("actors",))
    change(sheet, "actors", [(0, "camp", "Nordic Council")])
    assert main(asked) == 0
    actors = pd.read_csv(tmp_path / "out" / "fish" / "tables" / "actors.csv")
    assert "Nordic Council" in set(actors["camp"]) and "person" in set(actors["method"])
    assert read_corrections(tmp_path / "out" / "corrections.csv").rows[0].who == "AB"
    given = tmp_path / "own.csv"
    write_corrections([{"table": "actors", "about": "Denmark", "field": "camp", "value": "Other"}], given)
    assert main([*asked, "--corrections", str(given)]) == 0
    assert {"Nordic Council", "Other"} <= set(pd.read_csv(tmp_path / "out" / "fish" / "tables" / "actors.csv")["camp"])


def test_a_corpus_takes_corrections_and_names_their_file(article, decide, tmp_path):
    from analysis import analyse_corpus

    file = decide(
        {"table": "actors", "about": "Ine Soreide", "field": "camp", "value": "Nordic Council"},
        {"table": "statements", "place": "0-9", "words": "no such words", "field": "(delete)"},
    )
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "fish.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "news" / "other.txt").write_text(TEXT.replace("fish", "cod"), encoding="utf-8")
    found = analyse_corpus(tmp_path / "news", method="rules", corrections=file, store=tmp_path / "store")
    camps = found.actors[found.actors["name"] == "Ine Soreide"].set_index("article_id")["camp"].to_dict()
    assert camps == {"fish": "Nordic Council", "other": "Norway"}
    assert found.problems[["article_id", "source_file"]].values.tolist() == [["fish", "corrections.csv"]]
