"""Exports in other interfaces, containers and odd tables: one document in the file, one article in the table."""

import gzip

import pytest

from analysis import load_all
from analysis.reading import interfaces as labels
from analysis.reading.dates import iso
from analysis.reading.errors import ArticleError
from tests import exports, interfaces
from tests.exports import HARBOUR, STORIES, TALKS

PAGE = exports.web_page(HARBOUR)
GERMAN_NAMES = ("Titel", "Volltext", "Quelle", "Datum", "Autor")
FRENCH_NAMES = ("titre", "texte", "source", "date", "auteur")
TWO = {
    "ProQuest, German": ("a.txt", interfaces.proquest("de")),
    "ProQuest, French": ("a.txt", interfaces.proquest("fr")),
    "ProQuest, Spanish, lone CR": ("a.txt", interfaces.proquest("es").replace("\n", "\r")),
    "Factiva, French": ("a.txt", interfaces.factiva_lines("fr", "mots", "Par", "Document")),
    "Factiva, German": ("a.txt", interfaces.factiva_lines("de", "Wörter", "Von", "Dokument")),
    "Factiva, Dutch": ("a.txt", interfaces.factiva_lines("nl", "woorden", "Door", "Document")),
    "Factiva with codes": ("a.txt", interfaces.factiva_coded_txt()),
    "Factiva, XML": ("a.xml", interfaces.factiva_xml()),
    "Nexis Uni, German": ("a.txt", interfaces.nexis_uni_lines("Ende des Dokuments", "Länge", "Haupttext")),
    "Nexis Uni, French, CR LF": (
        "a.txt",
        interfaces.nexis_uni_lines("Fin du document", "Longueur", "Corps").replace("\n", "\r\n"),
    ),
    "Nexis, numbered, lone CR": ("a.txt", interfaces.nexis_plain(numbered=True).replace("\n", "\r")),
    "Nexis without numbers": ("a.txt", interfaces.nexis_plain(numbered=False)),
    "Nexis, a field in a field": ("a.txt", interfaces.nexis_plain(numbered=True, inline=True)),
    "Europresse": ("a.html", interfaces.europresse()),
    "a mailbox": ("a.mbox", interfaces.mbox()),
    "RSS": ("a.xml", interfaces.rss()),
    "Atom": ("a.xml", interfaces.atom()),
    "a book": ("a.epub", interfaces.epub()),
    "NewsAPI": ("a.json", interfaces.news_api()),
    "hits in hits": ("a.json", interfaces.wrapped_hits()),
    "a table that says sep=;": ("a.csv", interfaces.table(GERMAN_NAMES, ";", sep=True)),
    "a table in UTF-16 with tabs": ("a.csv", interfaces.table(FRENCH_NAMES, "\t").encode("utf-16")),
    "a table in Windows-1252": ("a.csv", interfaces.table(GERMAN_NAMES, ";").encode("cp1252")),
    "XLS that is a page": ("a.xls", interfaces.excel_page()),
}
ONE = {
    "a mail": ("a.eml", interfaces.eml()),
    "a mail that is a page": ("a.eml", interfaces.eml(html=True)),
    "a page saved as one file": ("a.mht", interfaces.mht(PAGE)),
    "an OpenDocument text": ("a.odt", interfaces.odt()),
    "a web archive": ("a.warc", interfaces.warc(PAGE)),
    "a packed web archive": ("a.warc.gz", gzip.compress(interfaces.warc(PAGE))),
    "a teaser": ("a.html", interfaces.teaser()),
}
NO_AUTHOR = {"hits in hits", "XLS that is a page"}


@pytest.fixture
def read(tmp_path):
    def _read(name, content):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return load_all(path)

    return _read


def _words(text):
    return " ".join(text.split())


def _holds(article, story):
    text = _words(article.text)
    assert all(_words(paragraph) in text for paragraph in story.paragraphs)
    other = TALKS if story is HARBOUR else HARBOUR
    assert other.title not in text and other.paragraphs[0] not in text


@pytest.mark.parametrize("kind", TWO)
def test_two_documents_are_two_articles(read, kind):
    found = read(*TWO[kind])
    assert [one.title for one in found.articles] == [one.title for one in STORIES], found.sentence
    for article, story in zip(found.articles, STORIES, strict=True):
        _holds(article, story)
        assert article.doubt is None and article.sign
        assert kind in NO_AUTHOR or article.author == story.author
    assert found.table["status"].tolist() == ["kept", "kept"]


@pytest.mark.parametrize(
    "kind", ["ProQuest, German", "ProQuest, French", "Factiva, French", "Factiva, German", "NewsAPI"]
)
def test_outlet_and_date_stand_in_the_interface_whatever_its_language(read, kind):
    found = read(*TWO[kind])
    assert [one.outlet for one in found.articles] == list(interfaces.OUTLETS)
    assert [one.date for one in found.articles] == list(interfaces.ISO)


@pytest.mark.parametrize("kind", ["a table that says sep=;", "a table in UTF-16 with tabs", "a table in Windows-1252"])
def test_columns_in_other_languages(read, kind):
    found = read(*TWO[kind])
    assert [one.outlet for one in found.articles] == list(interfaces.OUTLETS)
    assert [one.date for one in found.articles] == list(interfaces.ISO)


@pytest.mark.parametrize("kind", ONE)
def test_one_document_is_one_article(read, kind):
    found = read(*ONE[kind])
    (article,) = found.articles
    assert article.title == HARBOUR.title
    _holds(article, HARBOUR)
    never = ("Unsubscribe", "Content-Type", "You get this email", "Subscribe now", "WARC", "PNG")
    assert not [word for word in never if word in article.text]


def test_a_mail_says_who_sent_it_and_when(read):
    (article,) = read(*ONE["a mail"]).articles
    assert (article.outlet, article.date, article.author) == ("The Example Times", "2018-02-04", HARBOUR.author)


def test_what_an_interface_says_never_becomes_text(read):
    for kind in ("ProQuest, German", "Factiva, French", "Nexis Uni, German", "Factiva with codes"):
        text = " ".join(one.text for one in read(*TWO[kind]).articles)
        labels_seen = ("Volltext", "Publikationstitel", "73 mots", "Ende des", "Länge", "gpol", "EXTIM", "Document EX")
        assert not [label for label in labels_seen if label in text]


def test_a_live_blog_is_one_article_with_its_own_title(read):
    (article,) = read("a.html", interfaces.live_blog()).articles
    assert article.title == "Harbour crisis: live updates"
    assert article.text.index("Ada Quill") < article.text.index("Tom Reed")


def test_a_wall_is_refused_as_such_with_what_there_was(read):
    found = read("a.html", interfaces.wall())
    assert not found.articles and "wall of a subscription" in found.problems["problem"][0]
    assert "reserved" in found.problems["problem"][0]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.py", "import os\n\ndef main():\n    x = [1]\n    return x\n\nif x:\n    y = {'a': 1}\n", "source code"),
        ("a.json", '{"settings": {"depth": 1}}', "no column"),
        ("a.svg", '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><path d="M0"/></svg>', "XML"),
        (
            "a.ods",
            exports.zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": ""}),
            "ODS",
        ),
    ],
)
def test_what_is_no_article_is_refused_with_a_sentence(read, name, content, said):
    found = read(name, content)
    assert not found.articles and said in found.problems["problem"][0]


def test_a_document_that_cannot_be_shown_is_called_that(read):
    text = interfaces.nexis_plain(numbered=True) + (
        "\n\n                              3 of 3 DOCUMENTS\n\n\nSorry, this document has an error in it and so the "
        "system is unable to show it here.\n"
    )
    found = read("a.txt", text)
    assert len(found.articles) == 2 and "cannot show it" in found.problems["problem"][0]


def test_a_stray_byte_is_named_with_its_column_and_the_rest_is_kept(read):
    good = "\ufefftitle;text;source\r\n" + f'"Café";"{HARBOUR.paragraphs[0]} {HARBOUR.paragraphs[1]}";"Zeitung"\r\n'
    found = read("a.csv", good.encode().replace(b"Zeitung", b"Z\xfcri"))
    (article,) = found.articles
    assert article.outlet == "Züri" and article.title == "Café"
    assert "Windows-1252" in article.doubt and '"Züri" in source' in article.doubt
    assert "Look at 1 article in doubt" in found.sentence


def test_two_articles_in_one_text_are_doubted(read):
    lines = [line for one in STORIES for line in (one.title, f"By {one.author}", *one.paragraphs, "© 2018 The Press")]
    (article,) = read("a.txt", "\n\n".join(lines)).articles
    assert "2 lines of copyright" in article.doubt and "2 bylines" in article.doubt


def test_an_article_far_longer_than_the_others_is_doubted(tmp_path):
    for n in range(6):
        body = "\n\n".join(HARBOUR.paragraphs * (30 if n == 5 else 1))
        (tmp_path / f"{n}.txt").write_text(f"Harbour {n}\n\n{body}", encoding="utf-8")
    found = load_all(tmp_path)
    assert [bool(one.doubt) for one in found.articles] == [False] * 5 + [True]
    assert "times as long as most" in found.articles[5].doubt


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("7. Juni 2022", "2022-06-07"),
        ("22 mai 2018", "2018-05-22"),
        ("jeudi 18 juillet 2024", "2024-07-18"),
        ("3 de marzo de 2021", "2021-03-03"),
        ("12 maart 2020", "2020-03-12"),
        ("2022年6月7日", "2022-06-07"),
        ("04.02.2018", "2018-02-04"),
        ("04/02/2018", None),
        ("Section 5 Page 12 2021", None),
    ],
)
def test_dates_of_other_languages(written, meant):
    assert iso(written) == meant


def test_an_article_keeps_its_words_whatever_they_are():
    text = "Der Autor: a film\n\nShe said: Von der Leyen will speak.\n\nThe document 1 of 2 was signed."
    assert labels.in_english(text) == text


def test_mail_without_a_text_is_one_sentence(read):
    found = read("a.eml", b"From: a@b.c\nSubject: x\nDate: Sun, 4 Feb 2018 06:30:12 +0000\nMIME-Version: 1.0\n\n\n")
    assert not found.articles and isinstance(found.problems["problem"][0], str)
    with pytest.raises(ArticleError):
        found.pick()
