"""Pages that are exports or tables: their lines as text, for the readers of exports, and the rows of their tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from lxml import html as parser

from analysis.reading.draft import HEAD
from analysis.reading.errors import Where, guarded

BLOCKS = frozenset(
    "address article aside blockquote body center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header "
    "li main nav ol p pre section table tbody td th tr ul".split()
)
SKIPPED = frozenset({"script", "style", "head", "template", "noscript", "svg"})
ROW_END = "\n"


def tree_of(html: str, where: Where, kind: str) -> etree._Element:
    """The page as a tree of elements; one sentence if it is none."""
    with guarded(where, kind):
        return parser.fromstring(html.encode("utf-8"), parser=parser.HTMLParser(encoding="utf-8"))


def lines_of(element: etree._Element) -> str:
    """The words of an element: blocks parted by an empty line, the cells of a row by a space, breaks kept."""
    text = "".join(_pieces(element))
    blocks = (re.sub(r"[ \t\xa0]*\n[ \t\xa0]*", "\n", block) for block in re.split(r"\n[ \t\xa0\n]*\n", text))
    return "\n\n".join(ready for block in blocks if (ready := re.sub(r"[ \t\xa0]+", " ", block).strip()))


def text_of(element: etree._Element) -> str:
    """The words of an element on one line."""
    return " ".join("".join(element.itertext()).split())


def _pieces(element: etree._Element) -> Iterator[str]:
    tag = element.tag if isinstance(element.tag, str) else None
    if tag is None or tag in SKIPPED:
        return
    cell = tag in ("td", "th")
    block = tag in BLOCKS and not cell and not (tag == "p" and _in_row(element))
    if block:
        yield "\n\n"
    elif tag == "br":
        yield "\n"
    elif tag == "hr":
        yield f"\n\n{'_' * 60}\n\n"
    yield _folded(element.text)
    for child in element:
        yield from _pieces(child)
        yield _folded(child.tail)
    if block:
        yield "\n\n"
    elif cell:
        yield " "


def _in_row(element: etree._Element) -> bool:
    """Whether a paragraph is all that a cell of a table holds, so that its row stays one line."""
    above = element.getparent()
    return above is not None and above.tag in ("td", "th") and len(above) == 1


def _folded(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "").replace("\xa0", " ")


def is_table_page(html: str, name: str) -> bool:
    """Whether a page is what a program saved as a table (XLS): its file is called so, and it has rows."""
    called = re.search(r"\.xlsx?$", name, re.I) or "urn:schemas-microsoft-com:office:excel" in html[:HEAD]
    return bool(called) and re.search(r"<tr\b", html, re.I) is not None


def rows_of(html: str, where: Where) -> list[tuple[int, list[str]]]:
    """The rows of the largest table of a page, numbered from 1; empty ones are left out."""
    tree = tree_of(html, where, "a table")
    tables = sorted(tree.iter("table"), key=lambda table: sum(1 for _ in table.iter("tr")))
    rows = tables[-1].iter("tr") if tables else ()
    lines = ([lines_of(cell) for cell in row if cell.tag in ("td", "th")] for row in rows)
    return [(number, cells) for number, cells in enumerate(lines, 1) if any(cell.strip() for cell in cells)]
