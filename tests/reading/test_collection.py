"""Many articles: an account of each, languages, near-duplicates, and articles saved on their own."""

import json

import pytest

from analysis import ArticleError, load, load_all, schema
from analysis.__main__ import main
from analysis.reading.collection import save
from analysis.reading.dates import iso
from analysis.reading.duplicates import near_duplicates
from analysis.report import page
from tests import exports
from tests.exports import GERMAN, HARBOUR, STORIES, TALKS

WIRE = exports.Story(
    "Harbour of Port Vale shut, minister says", (*HARBOUR.paragraphs, "Reuters contributed to this report.")
)


@pytest.fixture
def folder(tmp_path):
    files = {
        "a.txt": exports.text_of(HARBOUR),
        "b.html": exports.web_page(TALKS),
        "b_files/menu.js": "var a = 1;",
        "c.txt": exports.text_of(GERMAN),
        "d.txt": "Only a title",
        "e.txt": "\n",
        "f.zip": exports.zipped({"wire.txt": exports.text_of(WIRE), "noise.bin": bytes(range(256))}),
        ".DS_Store": "junk",
    }
    for name, content in files.items():
        path = tmp_path / "news" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return tmp_path / "news"


def test_the_account_of_a_folder(folder):
    read = load_all(folder)
    assert read.sentence == (
        "6 files, 7 articles found: 3 kept (1 marked as near-duplicate of others), 4 set aside "
        "(1 empty, 1 too short, 1 not English: de, 1 unreadable)."
    )
    assert [one.article_id for one in read.articles] == ["a", "b", "wire"]
    assert read.table.reason.dropna().tolist() == ["not English", "too short", "empty", "unreadable"]
    assert read.table.language.dropna().tolist() == ["en", "en", "de", "en"]
    (copy,) = read.table[read.table.duplicate_of.notna()].to_dict("records")
    assert (copy["article_id"], copy["part"], copy["duplicate_of"]) == ("wire", "wire.txt", "a")
    assert 0.7 < copy["similarity"] < 1
    schema.check("intake", read.table)
    assert len(read.problems) == 4 and read.problems.remedy.notna().all()


def test_near_duplicates_are_set_aside_only_when_asked(folder):
    read = load_all(folder, drop_duplicates=True)
    assert [one.article_id for one in read.articles] == ["a", "b"]
    assert "1 duplicate" in read.sentence
    row = read.table[read.table.reason == "duplicate"].iloc[0]
    assert "of its wording with a" in row["detail"] and row["duplicate_of"] == "a"
    assert len(load_all(folder, threshold=0.99, drop_duplicates=True).articles) == 3


def test_near_duplicates():
    words = [f"word{n}" for n in range(200)]
    texts = [" ".join(words), " ".join(reversed(words)), " ".join([*words[:190], "other"]), " ".join(words), "", ""]
    assert near_duplicates(texts) == {2: (0, pytest.approx(186 / 197, abs=0.01)), 3: (0, 1.0), 5: (4, 1.0)}


def test_ids_are_unique_whatever_their_case(tmp_path):
    for name in ("One.txt", "a/one.txt", "b/one.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(exports.text_of(HARBOUR))
    assert [one.article_id for one in load_all(tmp_path).articles] == ["One", "one-2", "one-3"]


def test_picking_an_article(folder):
    read = load_all(folder)
    assert read.pick(2).article_id == "b"
    with pytest.raises(ArticleError, match="there is no such article; of these choose one: 6 files"):
        read.pick(9)
    with pytest.raises(ArticleError, match=r"e\.txt: it holds no words"):
        load_all(folder / "e.txt").pick()


@pytest.mark.parametrize("content", [exports.nexis_docx(), exports.factiva_html(), exports.proquest_txt()])
def test_an_article_saved_on_its_own_is_the_same_article(tmp_path, content):
    path = tmp_path / "export"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    for article in load_all(path).articles:
        again = load(save(article, tmp_path))
        assert (again.text, again.segments, again.article_id) == (article.text, article.segments, article.article_id)
        assert (again.title, again.author, again.date) == (article.title, article.author, article.date)


def test_the_report_on_an_export(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(page, "CHARTS", {"words": page.CHARTS["words"]})
    path = tmp_path / "export.docx"
    path.write_bytes(exports.nexis_docx())
    assert main(["report", str(path), "--no-notebooks", "--out", str(tmp_path / "out")]) == 0
    printed = capsys.readouterr()
    assert "1 file, 2 articles found: 2 kept, 0 set aside." in printed.err
    assert printed.out.startswith("The reports on 2 articles")
    made = {folder.name for folder in (tmp_path / "out").iterdir()}
    assert made == {"export-001", "export-002", "corpus", "store"}
    manifest = json.loads((tmp_path / "out" / "corpus" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["rows"]["intake"] == len(STORIES)


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("February 4, 2018 Sunday", "2018-02-04"),
        ("Sunday 4th February 2018", "2018-02-04"),
        ("2018-02-04T10:00:00Z", "2018-02-04"),
        ("20180204", "2018-02-04"),
        ("25/12/2018", "2018-12-25"),
        ("12/25/2018 10:00", "2018-12-25"),
        ("04/02/2018", None),
        ("February 2018", None),
        ("yesterday", None),
        ("the 4th of February in 2018", "2018-02-04"),
        ("31 February 2018", None),
    ],
)
def test_dates(written, date):
    assert iso(written) == date
