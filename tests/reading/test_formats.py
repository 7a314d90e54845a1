"""Every format that researchers bring: what is read from each, by content and not by ending."""

import gzip
import io
import json

import openpyxl
import pandas as pd
import pytest

from analysis import ArticleError, load, load_all
from tests import exports
from tests.exports import HARBOUR, STORIES, TALKS


@pytest.fixture
def write(tmp_path):
    def _write(content: bytes | str, name: str = "file.bin"):
        path = tmp_path / name
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return path

    return _write


def paragraphs(article):
    return tuple(line for line in article.text.split("\n") if line.strip())


def kinds(article):
    return [(one.kind, article.text_of(one)) for one in article.segments]


ONE = {
    "plain text": exports.text_of(HARBOUR),
    "web page (HTML)": exports.web_page(HARBOUR),
    "Word (DOCX)": exports.word_document(HARBOUR),
    "RTF": exports.rtf([HARBOUR.title, "", *HARBOUR.paragraphs]),
    "PDF": exports.pdf(),
    "Markdown": f"# {HARBOUR.title}\n\n" + "\n\n".join(HARBOUR.paragraphs),
}


@pytest.mark.parametrize("kind", ONE)
def test_one_article_of_any_format(write, kind):
    article = load(write(ONE[kind]))
    assert article.format == kind
    assert paragraphs(article) == (HARBOUR.title, *HARBOUR.paragraphs)
    assert article.title == HARBOUR.title
    assert kinds(article)[:2] == [("headline", HARBOUR.title), ("dateline", "PORT VALE -")]


@pytest.mark.parametrize(("kind", "ending"), [("RTF", "docx"), ("web page (HTML)", "docx"), ("PDF", "txt")])
def test_the_content_tells_the_format_and_not_the_ending(write, kind, ending):
    assert load(write(ONE[kind], f"harbour.{ending}")).format == kind


def test_a_web_page_gives_its_metadata_and_no_menu_script_or_comment(write):
    article = load(write(ONE["web page (HTML)"]))
    assert (article.outlet, article.author, article.date) == ("The Example Times", "Ada Writer", "2018-02-04")
    assert dict(article.fields)["url"] == "https://news.example.org/2018/02/harbour"
    for stray in ("script", "inserted", "tracker", "Home", "phone", "Reader 1", "Related", "Rain", "rights"):
        assert stray not in article.text


def test_a_web_page_in_an_old_encoding(write):
    page = exports.web_page(HARBOUR).replace('charset="utf-8"', 'charset="windows-1252"').encode("cp1252")
    assert paragraphs(load(write(page))) == (HARBOUR.title, *HARBOUR.paragraphs)


def test_a_page_without_an_article(write):
    with pytest.raises(ArticleError, match="no article was found on this web page"):
        load(write("<html><head><title>x</title></head><body><script>var a = 1;</script></body></html>"))


def test_markdown_loses_its_marks_and_keeps_its_offsets(write):
    source = (
        "---\ntitle: Norland closes the harbour\nauthor: Ada Writer\ndate: 2018-02-04\n---\n\n"
        "# Norland **closes** the harbour\n\n"
        "> “We will help,” [Quill](https://example.org/q) said on *Monday* in Port Vale.\n\n"
        "- The snake_case_name and 2 * 3 * 4 stay as they are, the ministry said.\n"
    )
    article = load(write(source))
    assert article.text.strip().split("\n\n") == [
        "Norland closes the harbour",
        "“We will help,” Quill said on Monday in Port Vale.",
        "The snake_case_name and 2 * 3 * 4 stay as they are, the ministry said.",
    ]
    assert (article.author, article.date) == ("Ada Writer", "2018-02-04")
    start = article.text.index("Quill said")
    first, last = article.original_span(start, start + len("Quill"))
    assert source[first:last] == "Quill"


def test_a_pdf_in_columns_with_hyphens_headers_and_page_numbers(write):
    long = exports.Story(HARBOUR.title, HARBOUR.paragraphs * 6)
    article = load(write(exports.pdf([long], columns=2)))
    assert article.title == HARBOUR.title
    assert "page" not in article.text and "Example Times" not in article.text
    assert paragraphs(article) == (long.title, *long.paragraphs)


def test_hyphens_at_the_end_of_a_line():
    from analysis.reading.formats.pdf import _joined

    assert _joined("the govern-", "ment said", set()) == "the government said"
    assert _joined("a well-", "known plan", set()) == "a well-known plan"
    assert _joined("the US-", "Iran talks", set()) == "the US-Iran talks"
    assert _joined("the cease-", "fire", {"cease-fire"}) == "the cease-fire"
    assert _joined("it ended --", "at last", set()) == "it ended -- at last"


def test_a_word_document_with_tracked_changes_a_table_and_a_text_after_it(write):
    import docx
    from docx.oxml import OxmlElement

    document = docx.Document()
    paragraph = document.add_paragraph("The minister said that the harbour ")
    for tag, inner, words in (("w:ins", "w:t", "would close"), ("w:del", "w:delText", "would open")):
        change, run, text = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(inner)
        text.text = words
        run.append(text)
        change.append(run)
        paragraph._p.append(change)
    document.add_table(1, 1).cell(0, 0).text = "The cell of the table belongs to the article."
    document.add_paragraph("The last paragraph stands below it.")
    assert paragraphs(load(write(exports._saved(document)))) == (
        "The minister said that the harbour would close",
        "The cell of the table belongs to the article.",
        "The last paragraph stands below it.",
    )


# --- exports of databases ------------------------------------------------------------------------------------------

EXPORTS = {
    "Nexis (DOCX)": exports.nexis_docx(),
    "Nexis (RTF)": exports.nexis_rtf(),
    "Nexis (plain text)": exports.nexis_txt(),
    "Factiva (RTF)": exports.factiva_rtf(),
    "Factiva (HTML)": exports.factiva_html(),
    "ProQuest": exports.proquest_txt(),
}
WITHOUT_MARKS = {
    "Nexis (DOCX)": exports.nexis_docx(bookmarks=False),
    "Factiva (RTF)": exports.factiva_rtf(coded=False),
    "Factiva (HTML)": exports.factiva_html(coded=False),
}


@pytest.mark.parametrize(("kind", "content"), [*EXPORTS.items(), *WITHOUT_MARKS.items()])
def test_an_export_of_many_articles(write, kind, content):
    read = load_all(write(content, "export.docx"))
    assert read.sentence == "1 file, 2 articles found: 2 kept, 0 set aside."
    for article, story in zip(read.articles, STORIES, strict=True):
        assert article.format == kind
        assert paragraphs(article) == (story.title, *story.paragraphs)
        assert (article.title, article.outlet, article.author) == (story.title, story.outlet, story.author)
        assert article.date == ("2018-02-04" if story is HARBOUR else "2019-03-12")
        assert kinds(article)[0] == ("headline", story.title)


def test_a_single_load_of_many_articles_says_how_to_read_them(write):
    with pytest.raises(ArticleError, match="it holds 2 articles; read it with load_all"):
        load(write(exports.nexis_docx()))


@pytest.mark.parametrize(("kind", "content"), [(kind, EXPORTS[kind]) for kind in ("Nexis (plain text)", "ProQuest")])
def test_offsets_into_an_export_that_is_text(write, kind, content):
    content = content.replace("\n", "\r\n")
    articles = load_all(write(content)).articles
    assert [one.format for one in articles] == [kind, kind]
    for article in articles:
        for one in article.segments:
            start, end = article.original_span(one.start, one.end)
            assert content[start:end].split() == article.text_of(one).split()


def test_what_an_export_says_of_an_article_is_kept(write):
    article = load_all(write(EXPORTS["Nexis (DOCX)"])).articles[0]
    assert {("Section", "NEWS; Pg. 3"), ("Length", "52 words"), ("Load-Date", "February 5, 2018")} <= set(
        article.fields
    )
    article = load_all(write(EXPORTS["Factiva (HTML)"])).articles[0]
    assert dict(article.fields)["Source code"] == "EXTIM"
    assert [one.article_id for one in load_all(write(EXPORTS["Factiva (RTF)"])).articles] == [
        one.code for one in STORIES
    ]
    assert [one.article_id for one in load_all(write(EXPORTS["ProQuest"])).articles] == ["198765431", "198765432"]


def test_an_entry_without_text_is_named_and_the_rest_goes_on(write):
    content = exports.proquest_txt().replace("\n\n".join(TALKS.paragraphs), "")
    read = load_all(write(content))
    assert len(read.articles) == 1 and read.sentence.endswith("1 set aside (1 empty).")
    assert read.problems[["part", "problem"]].values.tolist() == [
        ["document 2", "this entry of the export has no full text"]
    ]


# --- tables --------------------------------------------------------------------------------------------------------

ROWS = [
    {
        "Story ID": "s-1",
        "Headline": one.title,
        "Source": one.outlet,
        "Date": date,
        "Tone": "3",
        "Body": "\n".join(one.paragraphs),
    }
    for one, date in ((HARBOUR, "2018-02-04"), (TALKS, "2019-03-12"))
]
ROWS[1]["Story ID"] = "s-2"


def csv(separator=",", encoding="utf-8"):
    return pd.DataFrame(ROWS).to_csv(index=False, sep=separator).encode(encoding)


def xlsx():
    book, buffer = openpyxl.Workbook(), io.BytesIO()
    book.active.append(list(ROWS[0]))
    for row in ROWS:
        book.active.append(list(row.values()))
    book.save(buffer)
    return buffer.getvalue()


def parquet():
    buffer = io.BytesIO()
    pd.DataFrame(ROWS).to_parquet(buffer)
    return buffer.getvalue()


TABLES = {
    "CSV": csv(),
    "CSV with semicolons, Windows": csv(";", "cp1252"),
    "TSV": csv("\t"),
    "XLSX": xlsx(),
    "JSON lines": "\n".join(map(json.dumps, ROWS)).encode(),
    "JSON": json.dumps(ROWS, indent=1).encode(),
    "JSON lines, packed": gzip.compress("\n".join(map(json.dumps, ROWS)).encode()),
    "Parquet": parquet(),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_with_a_column_of_texts(write, name):
    read = load_all(write(TABLES[name]))
    assert [one.article_id for one in read.articles] == ["s-1", "s-2"]
    for article, story in zip(read.articles, STORIES, strict=True):
        assert paragraphs(article) == (story.title, *story.paragraphs)
        assert (article.title, article.outlet, article.dateline or "") in (
            (HARBOUR.title, HARBOUR.outlet, "PORT VALE -"),
            (TALKS.title, TALKS.outlet, ""),
        )
        assert dict(article.fields)["Tone"] == "3", "columns that nobody knows are kept"
    assert [one.date for one in read.articles] == ["2018-02-04", "2019-03-12"]


def test_the_column_with_the_texts_can_be_named(write):
    path = write("nr,wording\n1,The minister said on Monday that the harbour of the town would stay closed.\n", "a.csv")
    with pytest.raises(ArticleError, match=r"no column looks like the text.*'nr', 'wording'; name the column"):
        load(path)
    assert load(path, text_column="wording").text.startswith("The minister said")
    with pytest.raises(ArticleError, match="it has no column 'words'"):
        load(path, text_column="words")


def test_rows_that_are_no_articles_are_named(write):
    whole = '1,One,"The minister said on Monday that the harbour, and the mill, would close."'
    content = f"id,title,text\n{whole}\n2,Two,\n3,a,b,c,d\n"
    read = load_all(write(content, "t.csv"))
    assert read.table.status.tolist() == ["kept", "set aside", "set aside"]
    assert read.problems.part.tolist() == ["row 3", "row 4"]
    lines = json.dumps({"text": HARBOUR.paragraphs[0]}) + "\n{broken\n"
    assert load_all(write(lines, "t.jsonl")).problems.problem.tolist() == ["this line is no JSON object"]


def test_addresses_without_texts_say_so_and_are_paired_with_saved_pages(write, tmp_path):
    table = write(exports.MEDIA_CLOUD, "stories.csv")
    with pytest.raises(ArticleError, match="addresses of articles and no text; save the pages"):
        load(table)
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "any name.html").write_text(exports.web_page(HARBOUR), encoding="utf-8")
    (tmp_path / "pages" / "b2e.html").write_text(
        exports.web_page(TALKS, address="https://elsewhere.example.org/"), encoding="utf-8"
    )
    read = load_all(table, pages=tmp_path / "pages")
    assert [(one.article_id, one.title) for one in read.articles] == [("a1f", HARBOUR.title), ("b2e", TALKS.title)]
    assert [one.date for one in read.articles] == ["2018-02-04", "2019-03-12"]
    assert read.sentence == "1 file, 3 articles found: 2 kept, 1 set aside (1 no text)."
    assert "saved from https://news.example.org/rain" in read.problems.problem[0]


@pytest.mark.parametrize(
    "text",
    [
        "Talks in Oslo, Norway\nThe minister said, on Monday, that nothing had changed.\n",
        "Source, title and date\nThe three words above are no table, said the mayor of the town.\n",
        "[The harbour] is closed, the minister said on Monday.\n",
        "{Correction} The minister said on Monday that the harbour is closed.\n",
    ],
)
def test_an_article_is_not_taken_for_a_table(write, text):
    assert load(write(text, "a.txt")).format == "plain text"
