"""Web pages: the article on a saved page, without menus, advertisements, comments and scripts (trafilatura)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from analysis.reading.draft import HEAD, Draft, lead
from analysis.reading.errors import ArticleError, Where, guarded

HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|article|main|div|meta|title)\b",
    re.I | re.S,
)

BLOCKS = frozenset({"head", "p", "item", "quote", "code", "cell", "row", "list", "table", "div", "fw", "ab"})
"""Elements of trafilatura's tree that stand on lines of their own."""
SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->|url: (https?://\S+)", re.I)
"""The comments in which browsers (and SingleFile) note where a saved page is from."""
NO_ARTICLE = "no article was found on this web page"
CALL = re.compile(
    r"(?i)\b(?:subscri(?:be|ption|ber)s?\b|(?:become|already) an? (?:member|supporter)|members? only|free trial|"
    r"(?:see all|choose an?|pick) (?:your )?plans?|start (?:your )?trial|(?:sign|log) ?in to\b|"
    r"create an? (?:free )?account|"
    r"register (?:now|for free|to (?:read|continue))|to (?:go on|continue|keep) reading|unlock (?:this|the|unlimited)|"
    r"pay nothing|has been (?:locked|reserved) for)"
)
"""What a page says in place of an article, or below the begin of one, to those who have not paid."""
LONGEST_CALL, LEAST_ARTICLE = 45, 40
"""Words: a paragraph of more is no call; a page with calls and less than this beside them holds no article."""
LIVE = re.compile(r'"@type"\s*:\s*"LiveBlogPosting"')
SAVE_THE_PAGE = "open it in a browser, and save the article itself, or its text as plain text (.txt)"
SECONDS = 30


def read_page(html: str, where: Where, *, address: str | None = None) -> Iterator[Draft]:
    """The article on the page; title, outlet, author and date are those that the page itself states."""
    import trafilatura

    with guarded(where, "a web page"):
        found = trafilatura.bare_extraction(
            html,
            url=address,
            with_metadata=True,
            favor_recall=True,
            include_comments=False,
            include_tables=False,
            deduplicate=False,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
        blocks = list(_blocks(found.body)) if found is not None and found.body is not None else []
        blocks = blocks or _plainly(html)
    if not blocks:
        raise where.error(NO_ARTICLE, SAVE_THE_PAGE, reason="empty")
    title = _title(_live_title(html) or (found.title if found else None), blocks[0])
    blocks = _without_calls(blocks, title, where)
    fields = {name: getattr(found, name, None) for name in ("url", "hostname", "description", "categories", "tags")}
    yield Draft(
        lead(title, "\n\n".join(blocks)),
        "web page (HTML)",
        part=where.part,
        title=title,
        outlet=_cell(found, "sitename"),
        author=_cell(found, "author"),
        date=_cell(found, "date"),
        fields=tuple((name, _joined(value)) for name, value in fields.items() if value),
    )


def _live_title(html: str) -> str | None:
    """The title of a live blog, which is not that of its last post; None for all other pages."""
    live = LIVE.search(html)
    if live is None:
        return None
    found = re.match(r'[^{}]*?"headline"\s*:\s*("(?:[^"\\]|\\.)*")', html[live.end() :])
    try:
        return json.loads(found[1], strict=False) if found else None
    except ValueError:
        return None


def _without_calls(blocks: list[str], title: str | None, where: Where) -> list[str]:
    """The article without the calls to subscribe below it; one sentence if there is nothing else on the page."""
    calls = [_is_call(block) for block in blocks]
    if not any(calls):
        return blocks
    rest = [block for block, call in zip(blocks, calls, strict=True) if not call and block != title]
    if _is_call(title or "") or sum(len(block.split()) for block in rest) < LEAST_ARTICLE:
        problem = f'it shows the wall of a subscription and no article ("{blocks[0][:80]}")'
        raise where.error(problem, "open it with a subscription, and save the article itself", reason="no text")
    while calls[-1]:
        blocks, calls = blocks[:-1], calls[:-1]
    return blocks


def _is_call(block: str) -> bool:
    return len(block.split()) <= LONGEST_CALL and CALL.search(block) is not None and not re.search(r"[“\"]", block)


def _cell(found: object, name: str) -> str | None:
    return getattr(found, name, None) or None


def _joined(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def _title(title: str | None, first: str) -> str | None:
    """The title without the outlet behind it, where the page shows it so: "Talks fail - The Example Times"."""
    if title and len(first) > 10 and title.casefold().startswith(first.casefold()):
        return first
    return title or None


def _blocks(element) -> Iterator[str]:
    """The lines of the page: each paragraph, heading and item of a list is one; so is what a line break parts."""
    line: list[str] = []
    for kind, text in _pieces(element):
        if kind == "text":
            line.append(text)
        elif ready := " ".join("".join(line).split()):
            yield ready
            line = []
    if ready := " ".join("".join(line).split()):
        yield ready


def _pieces(element) -> Iterator[tuple[str, str]]:
    """The words and the breaks of an element in their order."""
    own = element.tag in BLOCKS or element.tag in ("lb", "body")
    if own:
        yield "break", ""
    yield "text", element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            yield from _pieces(child)
        yield "text", child.tail or ""
    if own:
        yield "break", ""


def _plainly(html: str) -> list[str]:
    """The paragraphs of a page that is too small or too bare to look like an article."""
    import trafilatura

    _, text, _ = trafilatura.baseline(html)
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def address_of(html: str) -> str | None:
    """The address that a saved page states: its canonical link, else where the browser saved it from."""
    head = html[:300_000]
    for tag in re.findall(r"<(?:link|meta)\b[^>]{0,2000}>", head, re.I):
        if re.search(r"""(?:rel|property)=["']?(?:canonical|og:url)\b""", tag, re.I):
            found = re.search(r"""(?:href|content)=["']?([^"'\s>]+)""", tag, re.I)
            if found and found[1].startswith("http"):
                return found[1]
    saved = SAVED_FROM.search(head)
    return (saved[1] or saved[2]) if saved else None


def is_address(source: str) -> bool:
    """Whether a source is an address on the web and no file."""
    return source.lower().startswith(("http://", "https://"))


def fetch(address: str) -> str:
    """The page at an address; raises :class:`ArticleError`, offline too."""
    import trafilatura

    where = Where(address)
    if not urlsplit(address).hostname:
        raise where.error("it is no complete address", "give it as https://...")
    try:
        with guarded(where, "a web page"):
            answer = trafilatura.fetch_response(address, decode=True, with_headers=False)
    except ArticleError:
        answer = None
    if answer is None or not answer.html or answer.status != 200:
        problem = f"the server answered {answer.status}" if answer is not None else "the page could not be fetched"
        remedy = "check the address and your connection, or save the page in a browser and give the file"
        raise where.error(problem, remedy)
    return answer.html


def is_page(text: str) -> bool:
    """Whether a text is a web page."""
    return HTML.match(text[:HEAD]) is not None
