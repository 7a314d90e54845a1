"""Web archives (WARC): every page in them that was fetched whole is read as a saved page (warcio)."""

from __future__ import annotations

import io
from collections.abc import Iterator

from analysis.reading import decoding
from analysis.reading.draft import Draft
from analysis.reading.errors import ArticleError, Where, guarded
from analysis.reading.formats import page

LARGEST_PAGE = 5_000_000


def is_warc(data: bytes) -> bool:
    """Whether the bytes are a web archive, unpacked."""
    return data.startswith(b"WARC/1.")


def read_warc(data: bytes, where: Where) -> Iterator[Draft | ArticleError]:
    """The articles on the pages; what is no page (pictures, scripts, redirections) is no article and not counted."""
    with guarded(where, "a web archive"):
        pages = list(_pages(data))
    for number, (address, content) in enumerate(pages, 1):
        place = where.inside(f"article {number}")
        decoded = decoding.decode(content)
        if decoded is None or len(content) > LARGEST_PAGE:
            yield place.error(f"the page {address} cannot be decoded", "save it in a browser and give the file")
            continue
        try:
            yield from page.read_page(decoded[0], place, address=address)
        except ArticleError as error:
            yield error


def _pages(data: bytes) -> Iterator[tuple[str, bytes]]:
    from warcio.archiveiterator import ArchiveIterator

    for record in ArchiveIterator(io.BytesIO(data)):
        headers = record.http_headers
        kind = (headers.get_header("Content-Type") or "") if headers else ""
        if record.rec_type == "response" and "html" in kind and headers.get_statuscode() == "200":
            yield record.rec_headers.get_header("WARC-Target-URI") or "", record.content_stream().read()
