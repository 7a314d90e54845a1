"""Sniffing: what a file is, told by its content; its ending decides only where the content leaves it open."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import PurePath

from analysis.reading.draft import KNOWN, key

HEAD = 200_000
"""Characters at the begin of a text that show what it is."""
TEXT_COLUMNS = (
    *("text", "body", "content", "fulltext", "full text", "article text", "maintext", "main text", "body text"),
    *("article body", "story", "article", "text body", "news text", "document", "plain text"),
)
"""Names of the column with the text of the article, the surest first; see :func:`analysis.reading.draft.key`."""
ADDRESS_COLUMNS = ("url", "link", "address", "article url", "document url", "story url")
USUAL = frozenset({*TEXT_COLUMNS, *ADDRESS_COLUMNS, *(name for names in KNOWN.values() for name in names)})
NOT_ARTICLES = {
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"II*\x00": "a picture",
    b"MM\x00*": "a picture",
    b"SQLite format 3": "a database",
    b"7z\xbc\xaf\x27\x1c": "a 7-Zip archive",
    b"Rar!": "a RAR archive",
    b"BZh": "a compressed file (BZIP2)",
    b"\xfd7zXZ": "a compressed file (XZ)",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
    b"ID3": "a sound recording",
    b"OggS": "a sound recording",
}
"""First bytes -> what it is, of files that cannot be read."""
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "content.xml": "odt", "ppt/presentation.xml": "pptx"}
"""A file inside an office document -> what the document is."""

HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|article|main|div|meta|title)\b",
    re.I | re.S,
)
NEXIS_TXT = re.compile(r"^[ \t]*\d+ of \d+ DOCUMENTS?[ \t\r]*$", re.M)
PROQUEST = re.compile(r"^_{60,}[ \t\r]*$", re.M)
PROQUEST_FIELD = re.compile(
    r"^(?:Full text|Publication title|ProQuest document ID|Document URL|Publication info):", re.M | re.I
)
NEXIS_END = re.compile(r"^[ \t]*End of Document[ \t\r]*$", re.M)
NEXIS_FIELD = re.compile(r"^[ \t]*(?:Length|Load-Date|Section|Byline):", re.M)
FACTIVA_END = re.compile(r"^[ \t]*Document [A-Za-z]\w{14,}[ \t\r]*$", re.M)
FACTIVA_CODES = re.compile(r"^[ \t]*(?:HD|SN|LP|TD|PD|WC)(?:[ \t|]|[ \t\r]*$)", re.M)
MARKDOWN = re.compile(r"\ufeff?(?:---\n(?:[\w -]+:.*\n)+---\s*\n|\s*#{1,2} \S)")


def container(data: bytes) -> str | None:
    """What a file is by its first bytes, None if it looks like text."""
    start = data[:1024].lstrip()
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if start.startswith(b"{\\rtf"):
        return "rtf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data)
    if data.startswith(b"PAR1"):
        return "parquet"
    if data.startswith(b"\x1f\x8b"):
        return "gzip"
    if data.startswith(OLD_OFFICE):
        return "encrypted" if ENCRYPTED in data else "doc"
    return None


def foreign(data: bytes) -> str | None:
    """What a file is that no reader is made for, in words."""
    return next((what for magic, what in NOT_ARTICLES.items() if data.startswith(magic)), None)


def _zipped(data: bytes) -> str:
    """What a ZIP file is by the names in it; a cut-off one shows only the names of its first files."""
    try:
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError):
        names = {name for name in PARTS if name.encode() in data}
        names |= {"word/document.xml"} if b"word/" in data else set()
    return next((kind for name, kind in PARTS.items() if name in names), "zip")


def written(text: str, name: str, *, text_column: str | None = None) -> str:
    """What a text is: one of html, json, nexis txt, nexis, proquest, factiva, table, markdown and plain."""
    head = text[:HEAD]
    if HTML.match(head):
        return "html"
    if head.lstrip("\ufeff \t\r\n")[:1] in ("{", "[") and _is_json(head):
        return "json"
    if NEXIS_TXT.search(head) and re.search(r"^(?:LENGTH|LOAD-DATE|BYLINE|LANGUAGE):", text, re.M):
        return "nexis txt"
    if PROQUEST.search(head) and PROQUEST_FIELD.search(text):
        return "proquest"
    if is_nexis(text):
        return "nexis"
    if is_factiva(text):
        return "factiva"
    if delimiter(head, name, text_column=text_column):
        return "table"
    return "markdown" if MARKDOWN.match(head) else "plain"


def is_nexis(text: str) -> bool:
    """Whether a text is an export of Nexis Uni: its last line, and the heading "Body" or the lines of its header."""
    return bool(NEXIS_END.search(text) and NEXIS_FIELD.search(text))


def is_factiva(text: str) -> bool:
    """Whether a text is an export of Factiva: the line "Document ABCD0000..." and the codes or the word count."""
    coded = len(set(FACTIVA_CODES.findall(text[:HEAD]))) > 2
    counted = re.search(r"^[ \t]*[\d,.]+ words[ \t\r]*$", text[:HEAD], re.M) is not None
    return bool(FACTIVA_END.search(text)) and (coded or counted)


def _is_json(head: str) -> bool:
    return re.match(r'[\ufeff\s]*(?:\[\s*)?\{\s*(?:"(?:[^"\\]|\\.)*"\s*:|\})', head) is not None


def delimiter(head: str, name: str = "", *, text_column: str | None = None) -> str | None:
    """What parts the columns of a table; None if the text is no table.

    A table has a first line of short names, of which one is that of a text, an address or a known field, and
    lines of as many cells below it: "Talks in Oslo, Norway" is no such line.
    """
    ending = PurePath(name).suffix.lower() in (".csv", ".tsv", ".tab")
    first = next((line for line in head.lstrip("\ufeff").splitlines() if line.strip()), "")
    for mark in ("\t", ",", ";", "|"):
        try:
            names = next(csv.reader([first], delimiter=mark), [])
        except csv.Error:
            continue
        if _is_header(names, ending=ending, text_column=text_column) and (ending or _is_filled(head, mark, names)):
            return mark
    one = key(first) in TEXT_COLUMNS or (text_column is not None and first.strip() == text_column)
    return "," if ending and one else None


def _is_header(names: list[str], *, ending: bool, text_column: str | None) -> bool:
    short = len(names) > 1 and all(0 < len(name.strip()) <= 60 for name in names[1:])
    recognised = sum(key(name) in USUAL or name.strip() == text_column for name in names)
    return short and len(set(names)) == len(names) and (recognised >= (1 if ending else 2) or ending)


def _is_filled(head: str, mark: str, names: list[str]) -> bool:
    """Whether the first rows have as many cells as there are names; the last row of the head may be cut.

    A header alone is a table if all its names are usual ones.
    """
    try:
        rows = [row for row, _ in zip(csv.reader(io.StringIO(head), delimiter=mark), range(6), strict=False)]
    except csv.Error:
        return False
    if len(rows) == 1:
        return all(key(name) in USUAL for name in names)
    return len(rows) > 1 and all(len(row) == len(names) for row in rows[1 : max(2, len(rows) - 1)])
