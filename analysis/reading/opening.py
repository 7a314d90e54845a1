"""Opening: from a file, folder, archive or address to the drafts of the articles in it, whatever their format."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from analysis.reading import archives, decoding, interfaces
from analysis.reading.draft import Draft
from analysis.reading.errors import ArticleError, Where
from analysis.reading.formats import books, containers, factiva, mail, nexis, page, proquest, tables, web_archive, word
from analysis.reading.formats.pdf import read_pdf
from analysis.reading.formats.registry import Item, Options, articles_of, format_of

LARGEST = 5_000_000
"""Bytes; a text, page or document above this is not one article."""
LARGEST_EXPORT = 200_000_000
"""Bytes of a file that may hold many articles: a table, an export of a database, a document."""
LARGEST_FILE = archives.LARGEST_UNPACKED
SAVE_AS_DOCX = "open it in the program that made it, and save it as DOCX or plain text"
REFUSED = {
    "doc": ("it is an old office document (DOC, XLS)", SAVE_AS_DOCX),
    "ods": ("it is an OpenDocument table (ODS)", "open it in the program that made it, and save it as XLSX or CSV"),
    "odp": ("it is an OpenDocument presentation (ODP)", SAVE_AS_DOCX),
    "pptx": ("it is a presentation (PPTX)", "save the article in it as DOCX or plain text"),
    "encrypted": ("it is an office document locked by a password", "save it without the password"),
}


SIGNS = {
    **{"pdf": "the first bytes of a PDF", "docx": "the parts of a Word document", "rtf": "the first bytes of RTF"},
    **{
        "odt": "the parts of an OpenDocument text",
        "epub": "the parts of an EPUB book",
        "warc": "the first line of a WARC",
    },
    **{"xlsx": "the parts of an Excel file", "parquet": "the first bytes of Parquet", "": "the header of a mail"},
}
"""By what each kind of file is told."""


def open_source(source: str | Path, options: Options) -> Iterator[tuple[Where, Item]]:
    """The drafts in a file, folder or address, or what is wrong with it, each with its place."""
    try:
        if page.is_address(str(source)):
            where = Where(str(source))
            yield from ((where, item) for item in page.read_page(page.fetch(str(source)), where, address=str(source)))
        else:
            for path in _files(Path(source)):
                yield from open_file(path, options)
    except ArticleError as error:
        yield Where(str(source)), error


def _files(path: Path) -> list[Path]:
    """The file, or the files of a folder and the folders in it, without those that belong to saved web pages."""
    if not path.is_dir():
        return [path]
    files = sorted(file for file in path.rglob("*") if file.is_file())
    inner = {file.relative_to(path) for file in files}
    kept = [file for file in inner if not archives.is_junk(file.as_posix()) and not _belongs_to_page(file, inner)]
    if not kept:
        raise ArticleError(path, "it is a folder without files", "give a folder with articles", reason="empty")
    return [path / file for file in sorted(kept)]


def _belongs_to_page(file: Path, files: set[Path]) -> bool:
    """Whether a file lies in the folder "Talks_files" that a browser made beside the page "Talks.html"."""
    folders = [folder for folder in file.parents if folder.name.endswith("_files")]
    stems = [folder.with_name(folder.name.removesuffix("_files")) for folder in folders]
    return any(stem.with_name(f"{stem.name}{end}") in files for stem in stems for end in (".html", ".htm"))


def open_file(path: Path, options: Options) -> Iterator[tuple[Where, Item]]:
    """The drafts in a file."""
    where = Where(str(path))
    try:
        yield from read(_bytes(path), where, options)
    except ArticleError as error:
        yield where, error


def _bytes(path: Path) -> bytes:
    """The content of the file, or the error that says why there is none."""
    try:
        if path.is_dir():
            raise ArticleError(path, "it is a folder", "name the article files in it")
        if path.is_file() and path.stat().st_size > LARGEST_FILE:
            problem = f"it has {path.stat().st_size / 1e6:,.0f} MB"
            raise ArticleError(path, problem, f"split it into files of less than {LARGEST_FILE / 1e6:,.0f} MB")
        return path.read_bytes()
    except ArticleError:
        raise
    except (FileNotFoundError, ValueError) as error:
        raise ArticleError(path, "there is no such file", "check its name and folder") from error
    except OSError as error:
        problem = f"it cannot be read ({error.strerror or error})"
        raise ArticleError(path, problem, "check that you may open it") from error


def read(data: bytes, where: Where, options: Options, *, depth: int = 0) -> Iterator[tuple[Where, Item]]:
    """The drafts in the bytes of a file, or of a file in an archive, and what is wrong with single ones."""
    kind, empty = containers.container(data), True
    try:
        unpacked = kind in ("zip", "gzip")
        found = _unpacked(data, where, options, kind, depth) if unpacked else _placed(data, kind, where, options)
        for place, item in found:
            empty = False
            yield place, item
        if empty:
            raise where.error("it holds no article", "give a file with one article at least", reason="empty")
    except ArticleError as error:
        yield Where(where.path, error.part), error
    except Exception as error:  # one odd file must not end the reading of ten thousand
        problem = f"it cannot be read (an unexpected {type(error).__name__})"
        yield where, where.error(problem, "save it in another format and report it to the makers of this program")


def _placed(data: bytes, kind: str | None, where: Where, options: Options) -> Iterator[tuple[Where, Item]]:
    for item in _items(data, kind, where, options):
        yield (Where(where.path, item.part) if item.part else where), item


def _unpacked(data: bytes, where: Where, options: Options, kind: str, depth: int) -> Iterator[tuple[Where, Item]]:
    if depth >= archives.DEEPEST:
        raise where.error("it is an archive in an archive in an archive", "unpack it yourself and give the folder")
    if kind == "gzip":
        yield from read(archives.gunzip(data, where, largest=LARGEST_EXPORT), where, options, depth=depth + 1)
        return
    for place, content in archives.members(data, where):
        if isinstance(content, ArticleError):
            yield place, content
        else:
            yield from read(content, place, options, depth=depth + 1)


def _items(data: bytes, kind: str | None, where: Where, options: Options) -> Iterator[Item]:
    """The drafts in a file of a known kind."""
    if len(data) > LARGEST_EXPORT:
        raise where.error(
            f"it has {len(data) / 1e6:,.0f} MB", f"split it into less than {LARGEST_EXPORT / 1e6:,.0f} MB"
        )
    if kind in REFUSED:
        raise where.error(*REFUSED[kind])
    sign = SIGNS.get(kind or "")
    for item in _of_kind(data, kind, where, options):
        yield replace(item, sign=item.sign or sign) if isinstance(item, Draft) else item


def _of_kind(data: bytes, kind: str | None, where: Where, options: Options) -> Iterator[Item]:
    match kind:
        case "pdf":
            yield from read_pdf(data, where)
        case "odt":
            yield from _document(books.read_odt(data, where), where, "ODT")
        case "epub":
            yield from books.read_epub(data, where)
        case "warc":
            yield from web_archive.read_warc(data, where)
        case "docx":
            yield from _document(word.read_docx(data, where), where, "DOCX")
        case "rtf":
            yield from _document(word.read_rtf(data, where), where, "RTF")
        case "xlsx":
            yield from articles_of(tables.read_xlsx(data, where), where, options)
        case "parquet":
            yield from articles_of(tables.read_parquet(data, where), where, options)
        case _ if mail.is_mail(data):
            yield from mail.read_mail(data, where)
        case _:
            yield from _text(data, where, options)


def _document(paragraphs: list[word.Paragraph], where: Where, kind: str) -> Iterator[Item]:
    """A document as an export of a database, or as one article."""
    text = "\n".join(one.text for one in paragraphs)
    english = interfaces.in_english(text)
    if english != text and english.count("\n") == text.count("\n") == len(paragraphs) - 1:
        changed = zip(paragraphs, english.split("\n"), strict=True)
        text, paragraphs = english, [replace(one, text=line) for one, line in changed]
    if nexis.is_nexis_document(paragraphs):
        yield from nexis.read_nexis(paragraphs, where, kind=kind)
    elif nexis.OLD_START.search(text):
        yield from (
            replace(one, origin=None) if isinstance(one, Draft) else one for one in nexis.read_nexis_txt(text, where)
        )
    elif proquest.is_proquest(text):
        yield from (
            replace(one, origin=None) if isinstance(one, Draft) else one for one in proquest.read_proquest(text, where)
        )
    elif factiva.is_factiva(text):
        yield from factiva.read_factiva(text, where, kind=kind)
    else:
        yield from word.read_document(paragraphs, where, kind=f"Word ({kind})" if kind == "DOCX" else kind)


def _text(data: bytes, where: Where, options: Options) -> Iterator[Item]:
    """A text in whatever encoding: a page, a table, an export, or plain text."""
    what = containers.foreign(data) or ("a binary file" if decoding.is_binary(data) else None)
    if what:
        raise where.error(
            f"it is {what} and not an article", "save the article as plain text (.txt), DOCX, HTML or PDF"
        )
    decoded = decoding.decode(data)
    if decoded is None:
        raise where.error("its encoding cannot be recognised", "save it as plain text in UTF-8")
    text, encoding = decoded
    text = re.sub(r"\r(?!\n)", "\n", text)
    found, english = format_of(text, where.part or where.path, options)
    if not found.several and len(data) > LARGEST:
        problem = f"it has {len(data) / 1e6:.1f} MB and one article has less than {LARGEST / 1e6:.0f} MB"
        raise where.error(problem, "split it into one file for each article")
    words = decoding.strays(data) if encoding == decoding.MIXED else []
    for item in found.read(english, where, options):
        if isinstance(item, Draft):
            origin = item.origin if english == text else None
            item = replace(item, encoding=encoding, origin=origin, sign=found.sign, doubt=_stray(item, words))  # noqa: PLW2901
        yield item


def _stray(draft: Draft, words: list[str]) -> str | None:
    """Which words of an article hold a byte that was not UTF-8, and where."""
    cells = [*draft.fields, ("text", draft.text)]
    found = [(word, next((name for name, value in cells if word in value), None)) for word in dict.fromkeys(words)]
    told = [f'"{word}" in {name}' for word, name in found if name]
    return f"a byte was no UTF-8 and was read as Windows-1252: {', '.join(told)}" if told else None
