"""Decoding: from bytes to text, by byte order mark, as UTF-8, or in the encoding that is most probable."""

from __future__ import annotations

import codecs

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
CONTROLS = bytes(frozenset(range(32)) - frozenset(b"\t\n\v\f\r\x00"))
GUESSED_FROM = 200_000
"""Bytes around the first one beyond ASCII that an unmarked old encoding is guessed from."""


def decode(data: bytes) -> tuple[str, str] | None:
    """The text in the bytes and the name of its encoding; None if it cannot be recognised."""
    encoding = next((name for bom, name in BOMS.items() if data.startswith(bom)), None)
    if encoding:
        text = _decoded(data, encoding)
        return None if text is None else (text, encoding)
    text = _decoded(data, "utf-8")
    return (text, "utf-8") if text is not None else _guessed(data)


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
