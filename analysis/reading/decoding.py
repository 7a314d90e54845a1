"""Decoding: from bytes to text, by byte order mark, as UTF-8, or in the encoding that is most probable."""

from __future__ import annotations

import codecs
import re

BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
"""Byte order marks; that of UTF-32 begins like that of UTF-16 and stands before it."""
TYPICAL = frozenset("“”‘’–—…•£€©®°½ \u00a0éèêëáàâäãåçíìîïñóòôöõøúùûüßæÉÖÜÄÅØÇ")
"""Characters beyond ASCII that English articles use: the encoding that yields most of them is right."""
MIXED = "utf-8 with bytes of Windows-1252"
CONTROLS = bytes(frozenset(range(32)) - frozenset(b"\t\n\v\f\r\x00"))
GUESSED_FROM = 200_000
"""Bytes around the first one beyond ASCII that an unmarked old encoding is guessed from."""


def decode(data: bytes) -> tuple[str, str] | None:
    """The text in the bytes and the name of its encoding; None if it cannot be recognised."""
    encoding = next((name for bom, name in BOMS.items() if data.startswith(bom)), None)
    text = _decoded(data, encoding or "utf-8")
    if text is not None:
        return text, encoding or "utf-8"
    if encoding in (None, "utf-8-sig") and (mended := _mended(data, sure=encoding is not None)):
        return mended, MIXED
    return None if encoding else _guessed(data)


def strays(data: bytes) -> list[str]:
    """The words in which single bytes stand that are not UTF-8, as they were read."""

    def mark(error: UnicodeDecodeError) -> tuple[str, int]:
        return "\ue001" + data[error.start : error.start + 1].decode("cp1252", "replace"), error.start + 1

    codecs.register_error("analysis-mark", mark)
    text = data.decode("utf-8", "analysis-mark")
    words = (word.replace("\ue001", "") for word in re.findall(r"[\w\ue001]+", text) if "\ue001" in word)
    return [word for word in words if word]


def _mended(data: bytes, *, sure: bool) -> str | None:
    """The text in UTF-8, single bytes of it that are not as Windows-1252 has them; None if they are many.

    Unless a mark says that it is UTF-8, at least as many characters beyond ASCII must be right as are wrong.
    """
    bad: list[bytes] = []

    def mend(error: UnicodeDecodeError) -> tuple[str, int]:
        bad.append(data[error.start : error.start + 1])
        return bad[-1].decode("cp1252", "replace"), error.start + 1

    codecs.register_error("analysis-mend", mend)
    text = data.decode("utf-8", "analysis-mend")
    right = sum(ord(character) > 127 for character in text) - len(bad)
    few = len(bad) <= max(3, len(data) // (50 if sure else 1000))
    return text.removeprefix("\ufeff") if few and (sure or right > 2 * len(bad)) else None


def is_binary(data: bytes) -> bool:
    """More zero bytes or control characters than line ends and tabs gone astray explain.

    A byte order mark of UTF-16 or UTF-32 explains zero bytes; so does a single stray one in a long text.
    """
    if any(data.startswith(bom) for bom in BOMS if bom != codecs.BOM_UTF8):
        return False
    controls = len(data) - len(data.translate(None, CONTROLS))
    return data.count(0) > len(data) / 1000 or controls > len(data) / 20


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _guessed(data: bytes) -> tuple[str, str] | None:
    """The text in an old encoding; in Western text that in which the marks beyond ASCII are usual ones."""
    import charset_normalizer

    first = next(place for place, byte in enumerate(data) if byte > 127)
    sample = data[max(0, first - GUESSED_FROM // 2) :][:GUESSED_FROM]
    best = charset_normalizer.from_bytes(sample).best()
    western = sum(byte > 127 for byte in sample) < len(sample) / 10
    names = ["cp1252", "mac_roman"] if western else []
    names += [best.encoding] if best else []
    texts = [(text, name) for name in names if (text := _decoded(data, name)) is not None]
    return max(texts, key=lambda found: sum(character in TYPICAL for character in found[0]), default=None)
