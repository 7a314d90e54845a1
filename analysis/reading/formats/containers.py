"""Containers: what a file is by its first bytes, before it is read as a text."""

from __future__ import annotations

import io
import zipfile
import zlib

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
PARTS = {
    **{"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"},
    **{"META-INF/container.xml": "epub", "content.xml": "opendocument"},
}
"""A file inside an office document -> what the document is."""


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
    if data.startswith(b"WARC/1."):
        return "warc"
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
    kind = next((kind for name, kind in PARTS.items() if name in names), "zip")
    return _opendocument(data) if kind == "opendocument" else kind


def _opendocument(data: bytes) -> str:
    """Text, table or presentation: the file says so in its part "mimetype"."""
    try:
        kind = zipfile.ZipFile(io.BytesIO(data)).read("mimetype")[:100]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError, KeyError, EOFError, zlib.error):
        kind = data[:200]
    return "ods" if b"opendocument.spreadsheet" in kind else "odp" if b"opendocument.presentation" in kind else "odt"
