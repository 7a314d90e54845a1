"""One article or many: ids, problems, tables that join."""

import pandas as pd
import pytest

from analysis import analyse, analyse_corpus, pipeline, schema
from analysis.reading.article import ArticleError

TEXT = "Norwegian Foreign Minister Ine Soreide said the talks had failed. Norway accused Denmark of theft."


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "one.txt").write_text(TEXT)
    (tmp_path / "a" / "one.txt").write_text(TEXT)
    (tmp_path / "empty.txt").write_text("")
    return tmp_path


def test_a_bad_file_becomes_a_problem_and_the_rest_goes_on(folder):
    found = analyse_corpus([folder / "one.txt", folder / "empty.txt", folder / "missing.txt", folder / "a" / "one.txt"])
    assert found.articles.article_id.tolist() == ["one", "one-2"]
    assert found.intake.status.tolist() == ["kept", "set aside", "set aside", "kept"]
    assert found.intake.duplicate_of.dropna().tolist() == ["one"]
    assert [path.rsplit("/", 1)[-1] for path in found.problems.source_file] == ["empty.txt", "missing.txt"]


def test_a_single_bad_file_is_an_error(folder):
    with pytest.raises(ArticleError, match="empty"):
        analyse(folder / "empty.txt")


def test_an_odd_article_does_not_end_the_run(folder, monkeypatch):
    def fails(*_, **__):
        raise KeyError("odd")

    monkeypatch.setattr(pipeline, "stances_of", fails)
    found = analyse_corpus([folder / "one.txt"])
    assert found.problems[["article_id", "stage"]].values.tolist() == [["one", "analyse"]]


def test_the_tables_of_a_corpus_keep_the_schema_and_come_apart_again(folder):
    found = analyse_corpus([folder / "one.txt", folder / "a" / "one.txt"])
    for name, table in found.tables.items():
        schema.check(name, table)
    alone = analyse(folder / "one.txt")
    pd.testing.assert_frame_equal(found.of("one").statements, alone.statements)


def test_no_articles_no_rows_but_all_columns():
    found = analyse_corpus([])
    for name, table in found.tables.items():
        assert table.empty and list(table.columns) == list(schema.TABLES[name])


def test_without_evidence_the_judgements_stay_and_the_mention_stands_for_the_words(folder):
    whole, quick = analyse(folder / "one.txt"), analyse(folder / "one.txt", evidence=False)
    judged = ["source_id", "target_id", "stance", "probability", "method"]
    pd.testing.assert_frame_equal(whole.stances[judged], quick.stances[judged])
    pd.testing.assert_series_equal(whole.sentiments.sentiment, quick.sentiments.sentiment)
    assert whole.sentiments.sentiment_evidence.str.len().gt(0).any()
    assert quick.sentiments.sentiment_evidence.str.len().eq(0).all()


def test_an_option_that_there_is_not_is_an_error_and_no_problem_of_each_article(folder):
    with pytest.raises(TypeError, match="metod"):
        analyse_corpus([folder / "one.txt"], metod="rules")
