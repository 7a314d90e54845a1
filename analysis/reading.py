"""Reading: from the bytes of a file to one normalised text, or to the error that says why there is none."""

from __future__ import annotations

import codecs
import re
import unicodedata
from pathlib import Path

import charset_normalizer

LARGEST = 5_000_000
"""Bytes; a file above this is not one article."""
MAGIC = {
    b"%PDF": "a PDF document",
    b"PK\x03\x04": "a ZIP archive or office document (DOCX, XLSX, ODT)",
    b"{\\rtf": "an RTF document",
    b"\xd0\xcf\x11\xe0": "an old office document (DOC, XLS)",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a compressed file",
    b"SQLite format 3": "a database",
}
BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
"""Byte order marks; that of UTF-32 begins like that of UTF-16 and stands before it."""
HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b", re.I | re.S)
TYPICAL = frozenset("“”‘’–—…•£€©®°½ \u00a0éèêëáàâäãåçíìîïñóòôöõøúùûüßæÉÖÜÄÅØÇ")
"""Characters beyond ASCII that English articles use: the encoding that yields most of them is right."""

CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\v\f\r")

SAVE_AS_TEXT = "save the article as plain text (.txt) first"
REMOVED = re.compile(r"[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
"""Soft hyphens, zero-width characters, byte order marks and direction marks."""
WRAP_WIDTHS = range(50, 101)
LIST_ITEM = re.compile(r"\s|[-–—*•·>]|\d+[.)]|[A-Z][A-Z .'’-]+:\s")


class ArticleError(ValueError):
    """A file or text that cannot be analysed: what is wrong with it, and what to do about it."""

    def __init__(self, path: str | Path, problem: str, remedy: str) -> None:
        super().__init__(f"{path}: {problem}; {remedy}.")
        self.path, self.problem, self.remedy = str(path), problem, remedy


def normalise(text: str) -> str:
    """One kind of line end and space, nothing invisible, characters composed (NFC, which keeps typography).

    As long as the text itself unless that has carriage returns, invisible characters or combining marks, so
    that offsets made elsewhere stay valid.
    """
    text = re.sub(r"\r\n?|[\v\f\u2028\u2029]", "\n", text)
    text = re.sub(r"[^\S\n]|[\x00-\x09\x0e-\x1f\x7f-\x9f]", " ", REMOVED.sub("", text))
    return unicodedata.normalize("NFC", re.sub(r"[\ud800-\udfff]", "\ufffd", text))


def unwrap(text: str) -> str:
    """Join the lines of paragraphs that were broken at a fixed width, each break becoming one space.

    A break is one of width if the next word would not have fitted on the line. Nothing is joined unless that
    holds for nearly all breaks inside paragraphs: not in poems, lists or one paragraph a line.
    """
    lines = text.split("\n")
    width = max(len(line.rstrip()) for line in lines)
    if width not in WRAP_WIDTHS or "" not in map(str.strip, lines):
        return text
    inner = [n for n in range(len(lines) - 1) if lines[n].strip() and lines[n + 1].strip()]
    broken = {n for n in inner if _is_full(lines[n], lines[n + 1], width)}
    if len(broken) < max(2, 0.8 * len(inner)):
        return text
    return "".join(line + (" " if n in broken else "\n") for n, line in enumerate(lines))[:-1]


def _is_full(line: str, following: str, width: int) -> bool:
    fits = len(line.rstrip()) + 1 + len(following.split(maxsplit=1)[0]) <= width - 1
    return not fits and not LIST_ITEM.match(following)


def read_bytes(path: Path) -> bytes:
    """The content of the file, or the error that says why it cannot be an article."""
    try:
        size = path.stat().st_size if path.is_file() else 0
        if size > LARGEST:
            problem = f"it has {size / 1e6:.1f} MB and one article has less than {LARGEST / 1e6:.0f} MB"
            raise ArticleError(path, problem, "split it into one file for each article")
        return path.read_bytes()
    except (FileNotFoundError, ValueError) as error:
        if isinstance(error, ArticleError):
            raise
        raise ArticleError(path, "there is no such file", "check its name and folder") from error
    except IsADirectoryError as error:
        raise ArticleError(path, "it is a folder", "name the article files in it") from error
    except OSError as error:
        problem = f"it cannot be read ({error.strerror or error})"
        raise ArticleError(path, problem, "check that you may open it") from error


def decode(data: bytes, path: Path) -> str:
    """The text in the bytes: by byte order mark, as UTF-8, or in the encoding that is most probable."""
    kind = next((kind for magic, kind in MAGIC.items() if data.lstrip().startswith(magic)), None)
    encoding = next((name for bom, name in BOMS.items() if data.startswith(bom)), None)
    if kind is None and encoding is None and _is_binary(data):
        kind = "a binary file"
    if kind:
        raise ArticleError(path, f"it is {kind} and not plain text", SAVE_AS_TEXT)
    text = _decoded(data, encoding or "utf-8")
    if text is None and encoding is None:
        text = _guessed(data)
    if text is None:
        raise ArticleError(path, "its encoding cannot be recognised", "save it as plain text in UTF-8")
    if HTML.match(text[:5000]):
        raise ArticleError(path, "it is a web page (HTML) and not plain text", SAVE_AS_TEXT)
    return text


def _is_binary(data: bytes) -> bool:
    """A zero byte, or more control characters than line ends and tabs gone astray explain."""
    return b"\x00" in data or sum(byte in CONTROLS for byte in data) > len(data) / 20


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _guessed(data: bytes) -> str | None:
    """The text in an old encoding; in Western text that in which the marks beyond ASCII are usual ones."""
    best = charset_normalizer.from_bytes(data).best()
    western = sum(byte > 127 for byte in data) < len(data) / 10
    names = ["cp1252", "mac_roman"] if western else []
    texts = [
        text for name in [*names, *([best.encoding] if best else [])] if (text := _decoded(data, name)) is not None
    ]
    return max(texts, key=lambda text: sum(character in TYPICAL for character in text), default=None)
