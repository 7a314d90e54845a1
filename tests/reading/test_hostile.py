"""Hostile and broken input: one clear sentence each, nothing hangs, nothing runs, the rest of a corpus goes on."""

import csv
import io
import re
import time
import zipfile

import openpyxl
import pytest

from analysis import ArticleError, export, load, load_all, schema
from analysis.__main__ import main
from analysis.export.tables import FORMULA_STARTS
from analysis.reading import archives
from analysis.report import page
from tests import exports
from tests.exports import HARBOUR


@pytest.fixture
def write(tmp_path):
    def _write(content: bytes | str, name: str = "file.bin"):
        path = tmp_path / name
        path.write_bytes(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content)
        return path

    return _write


def bomb(name: str = "a.txt") -> bytes:
    return exports.zipped({name: b"0" * 30_000_000})


def forged_size() -> bytes:
    """An archive whose file is larger than its directory says."""
    content = exports.zipped({"a.txt": b"word " * 1000})
    return content.replace((5000).to_bytes(4, "little"), (50).to_bytes(4, "little"))


def docx_with_entities() -> bytes:
    """A Word document whose XML defines an entity that grows by a thousand million."""
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    xml = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY l0 "lol">{lol}]>'
    source, target = zipfile.ZipFile(io.BytesIO(exports.word_document(HARBOUR))), io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            content = source.read(name).decode("latin-1")
            if name == "word/document.xml":
                content = xml + content.partition("?>")[2].replace("closes", "&l9;")
            archive.writestr(name, content.encode("latin-1"))
    return target.getvalue()


HOSTILE = {
    "a locked PDF": (exports.pdf(password="secret"), "locked by a password", "without the password"),
    "a PDF of pictures": (exports.picture_pdf(), "pictures of pages and no text", "text recognition"),
    "a cut-off PDF": (exports.pdf()[:900], "PDF", "save it again"),
    "a cut-off DOCX": (exports.word_document(HARBOUR)[:9000], "damaged or cut off", "save it again"),
    "an empty DOCX": (exports.zipped({"word/document.xml": ""}), "damaged or cut off", "save it again"),
    "a locked DOCX": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le"),
        "locked by a password",
        "without the password",
    ),
    "an old DOC": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "old office document", "DOCX"),
    "an ODS": (
        exports.zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}),
        "OpenDocument table",
        "XLSX",
    ),
    "a bomb as ZIP": (bomb(), "30 MB when unpacked", "unpack it yourself"),
    "a bomb as DOCX": (bomb("word/document.xml"), "30 MB when unpacked", "unpack it yourself"),
    "a bomb as XLSX": (bomb("xl/workbook.xml"), "30 MB when unpacked", "unpack it yourself"),
    "a file larger than it says": (forged_size(), "damaged or cut off", "save it again"),
    "a path out of the archive": (
        exports.zipped({"../../etc/evil.txt": exports.text_of(HARBOUR)}),
        "points outside the archive",
        "pack the archive again",
    ),
    "a file with 50 MB": (b"word " * 10_000_000, "50.0 MB", "split it"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(900), "a picture", "plain text"),
    "null bytes": (b"word\x00" * 500, "a binary file", "plain text"),
    "an empty table": ("id,title,text\n", "it holds no article", "give a file with one article at least"),
    "a cut-off Parquet": (b"PAR1" + bytes(300), "damaged or cut off", "save it again"),
    "a cut-off GZIP": (b"\x1f\x8b\x08\x00" + bytes(20), "cannot be unpacked", "again"),
    "deep JSON": ('{"text": ' + "[" * 100_000, "no JSON object", "export the table again"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_one_sentence_that_names_file_and_remedy(write, name):
    content, problem, remedy = HOSTILE[name]
    path, before = write(content), time.process_time()
    with pytest.raises(ArticleError) as caught:
        load(path)
    assert str(path) in str(caught.value) and "\n" not in str(caught.value)
    assert problem in caught.value.problem
    assert remedy in caught.value.remedy
    assert time.process_time() - before < 20


def test_entities_of_a_document_are_not_unfolded(write):
    path = write(docx_with_entities())
    try:
        assert len(load(path).text) < 10_000
    except ArticleError as error:
        assert "damaged" in error.problem


def test_an_archive_in_an_archive_in_an_archive(write):
    inner = exports.zipped({"a.txt": exports.text_of(HARBOUR)})
    assert load(write(exports.zipped({"b.zip": inner}))).part == "b.zip, a.txt"
    with pytest.raises(ArticleError, match="archive in an archive in an archive"):
        load(write(exports.zipped({"c.zip": exports.zipped({"b.zip": inner})})))


def test_the_files_of_an_archive_together_have_a_limit(write, monkeypatch):
    monkeypatch.setattr(archives, "LARGEST_UNPACKED", 1000)
    files = {f"{n}.txt": exports.text_of(HARBOUR) for n in range(3)}
    with pytest.raises(ArticleError, match="would grow to"):
        load(write(exports.zipped(files)))


def test_odd_but_sound_texts_are_read(write):
    text = exports.text_of(HARBOUR)
    marked = text.replace("Quill", "\u202eQuill\u202c").replace("harbour", "har\u00adbour").replace("\n", "\r\n")
    assert load(write("\ufeff" + marked)).text == text
    one_line = " ".join([*HARBOUR.paragraphs] * 400)
    assert len(one_line) > 100_000
    before = time.process_time()
    assert load(write(one_line)).text == one_line
    assert load(write("word," * 25_000 + "\n")).format == "plain text"
    assert load(write("<p>" * 30_000 + "The minister said no.", "a.html")).words >= 4
    assert time.process_time() - before < 30
    assert load(write(text + "\x00" + text * 5)).text.startswith(text)


LONG = {
    "empty lines": "\n" * 400_000 + "The minister said no.\n",
    "spaces": " " * 400_000 + "The minister said no.",
    "brackets": "# Talks\n\n" + "[" * 100_000 + "![" * 50_000 + "](" * 50_000,
    "stars": "# Talks\n\n" + "*" * 100_000 + "- " * 100_000 + "x",
    "underscores": "_" * 200_000 + "\nFull text: a\n",
    "digits": "1 of 1 DOCUMENTS\n" + "1" * 200_000 + "\n\nLENGTH: 5 words\n\nThe minister said no.",
    "quotes": 'title,text\n"' + "a," * 100_000,
    "tags": "<html>" + "<div>" * 50_000 + "The minister said no.",
    "comments": "<!--" * 50_000 + "<html>The minister said no.",
    "capitals": "A. " * 100_000,
}


@pytest.mark.parametrize("name", LONG)
def test_nothing_hangs(write, name):
    before = time.process_time()
    for item in load_all(write(LONG[name])).table.itertuples():
        assert item.status
    assert time.process_time() - before < 20


def test_a_folder_with_everything_goes_on(write, tmp_path):
    for number, (content, *_) in enumerate(HOSTILE.values()):
        if len(content) < 1_000_000:
            write(content, f"{number}.bin")
    write(exports.text_of(HARBOUR), "good.txt")
    read = load_all(tmp_path)
    assert [one.article_id for one in read.articles] == ["good"]
    assert len(read.table) == len(read.problems) + 1
    schema.check("intake", read.table)
    schema.check("problems", read.problems)


def test_an_address_that_cannot_be_reached_says_so():
    with pytest.raises(ArticleError, match=r"could not be fetched; check the address and your connection, or save"):
        load("http://localhost:9/article.html")


# --- nothing runs --------------------------------------------------------------------------------------------------

ATTACK = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>\n\n"
    'The minister "</style><svg onload=alert(3)>" of Norland, <b onclick=alert(4)>Ada Quill</b>, said on Monday that '
    "Sudonia is blocking the harbour {{ 7 * 7 }} {% raw %}.\n\n"
    "“<iframe src=javascript:alert(5)></iframe> We will help,” Quill told them. Sudonia has dismissed the claims.\n"
)


def test_no_page_runs_what_came_from_the_article(write, tmp_path, monkeypatch):
    monkeypatch.setattr(page, "CHARTS", {"words": page.CHARTS["words"]})
    path = write(ATTACK, "=cmd()<b>.txt")
    assert main(["report", str(path), "--no-notebooks", "--out", str(tmp_path / "out")]) == 0
    (made,) = (tmp_path / "out").rglob("report.html")
    html = made.read_text(encoding="utf-8")
    for live in ("<script", "<img src=x", "<svg onload", "<b onclick", "<iframe", "<b>.txt", "49 "):
        assert live not in html, live
    assert "&lt;script&gt;" in html and "{{ 7 * 7 }}" in re.sub("<[^>]*>", "", html)


def test_no_cell_of_an_export_is_a_live_formula(write, tmp_path):
    formula = "=cmd|' /C calc'!A0"
    rows = io.StringIO()
    body = "The minister said on Monday that the harbour of the town would stay closed for a week."
    fields = {"id": "1", "title": formula, "author": "+1+1", "source": "@SUM(1)", "＝note": "＝1+1", "text": body}
    writer = csv.DictWriter(rows, fields)
    writer.writeheader()
    writer.writerow(fields)
    article = load(write(rows.getvalue(), "t.csv"))
    assert article.title == formula
    from analysis.reading.article import articles_table, metadata_table

    tables = {"articles": articles_table(article), "metadata": metadata_table(article)}
    export.write_tables(tables, tmp_path / "tables")
    for name in tables:
        with (tmp_path / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert not any(cell.startswith(FORMULA_STARTS) for cell in cells)
        assert f"'{formula}" in cells, "it can still be read"
    book = openpyxl.load_workbook(tmp_path / "tables" / "tables.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert formula in [cell.value for cell in cells]
