"""Factiva: exports as HTML, RTF or text, with the codes of its fields (HD, BY, LP, TD) or without them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.reading import interfaces
from analysis.reading.dates import iso
from analysis.reading.draft import HEAD, Draft, known, lead
from analysis.reading.errors import ArticleError, Where, guarded
from analysis.reading.formats.word import PAGE

FACTIVA_END = re.compile(r"^[ \t]*(?:AN[ \t\xa0|]+)?Document [A-Za-z]\w{14,}[ \t|\r]*$", re.M)
FACTIVA_CODES = re.compile(r"^[ \t]*(?:HD|SN|LP|TD|PD|WC)(?:[ \t|]|[ \t\r]*$)", re.M)

CODES = {
    **{
        "HD": "Headline",
        "BY": "Byline",
        "WC": "Word count",
        "PD": "Publication date",
        "ET": "Time",
        "SN": "Source name",
    },
    **{"SC": "Source code", "ED": "Edition", "PG": "Page", "LA": "Language", "CY": "Copyright", "LP": "LP", "TD": "TD"},
    **{"CT": "Contact", "RF": "Reference", "CO": "Companies", "IN": "Industries", "NS": "Subjects", "RE": "Regions"},
    **{"IPC": "Information provider codes", "IPD": "Information provider descriptors", "PUB": "Publisher"},
    **{"AN": "Accession number", "CR": "Credit", "VOL": "Volume", "CLM": "Column", "SE": "Section", "ART": "Art"},
}
"""Code of a field -> its name; LP and TD are the lead and the rest of the text."""
CODE = re.compile(rf"\s*({'|'.join(CODES)})(?:[ \t\xa0]*\|[ \t]*|[ \t\xa0]+|[ \t\xa0]*$)(.*)", re.S)
LAST = re.compile(r"\s*(?:AN[\s|]+)?Document ([A-Za-z]\w{14,})[\s|]*")
WORDS = re.compile(r"\s*[\d,.]+ words\s*")
COPYRIGHT = re.compile(r"\s*(?:\(?c\)?\s*(?:Copyright|\d{4})|Copyright\b|©|All rights reserved)", re.I)
TIME, SOURCE_CODE = (
    re.compile(r"\s*\d{1,2}:\d\d(?::\d\d)?(?: ?[AP]M)?(?: [A-Z]{2,4})?\s*", re.I),
    re.compile(r"[A-Z0-9]{3,8}"),
)
ARTICLE = re.compile(r"\barticle [a-z]{2}Article\b")
NO_TEXT = "this entry of the export has no text"
EXPORT_AGAIN = 'export it again as "Full Article/Report plus Indexing"'
FOOTER = re.compile(r"\s*(?:Search Summary|Page \d+ of \d+|© \d{4} Factiva)", re.I)


def read_factiva(text: str, where: Where, *, kind: str) -> Iterator[Draft | ArticleError]:
    """The articles of an export as text: each ends in "Document ABCD0000..." and mostly in a page break."""
    lines: list[str] = []
    number = 0
    for line in text.replace(PAGE, "\n").replace("\f", "\n").splitlines():
        last = LAST.fullmatch(line.strip().strip("|"))
        if last is None:
            lines.append(line.strip())
            continue
        number += 1
        yield _article(lines, last[1], where.inside(f"article {number}"), kind=kind)
        lines = []
    if sum(bool(CODE.fullmatch(line)) for line in lines) > 3 and not any(FOOTER.match(line) for line in lines):
        yield _article(lines, "", where.inside(f"article {number + 1}"), kind=kind)


def _article(lines: list[str], accession: str, where: Where, *, kind: str) -> Draft | ArticleError:
    lines = [line for line in lines if line.strip("| ")]
    coded = {found[1] for line in lines if (found := CODE.fullmatch(line))}
    fields, body = _coded(lines) if len(coded) > 3 else _bare(lines)
    if accession:
        fields.append(("Accession number", accession))
    return _draft(fields, body, where, kind=kind)


def _draft(fields: list[tuple[str, str]], body: list[str], where: Where, *, kind: str) -> Draft | ArticleError:
    fields = [(name, value) for name, value in fields if value]
    found = known(fields)
    if not body:
        return where.error(NO_TEXT, EXPORT_AGAIN, reason="empty")
    text = lead(found.get("title"), "\n\n".join(body))
    return Draft(text, f"Factiva ({kind})", part=where.part, fields=tuple(fields), **found)


def _coded(lines: list[str]) -> tuple[list[tuple[str, str]], list[str]]:
    """Fields and text of an article whose lines begin with codes; a line without one goes on with the last."""
    values: dict[str, list[str]] = {}
    code = ""
    for line in lines:
        found = CODE.fullmatch(line)
        code, rest = (found[1], found[2]) if found else (code, line)
        if code and rest.strip("| "):
            values.setdefault(code, []).append(rest.strip("| "))
    body = values.pop("LP", []) + values.pop("TD", [])
    return [(CODES[code], " ".join(parts)) for code, parts in values.items()], body


def _bare(lines: list[str]) -> tuple[list[tuple[str, str]], list[str]]:
    """Fields and text of an article without codes: headline, author, "355 words", date, source, code, copyright."""
    count = next((n for n, line in enumerate(lines) if WORDS.fullmatch(line)), None)
    if count is None:
        return [], lines
    above = lines[:count]
    byline = next((n for n, line in enumerate(above) if n and interfaces.is_byline(line)), None)
    author = above[byline:] if byline else []
    fields = [("Headline", " ".join(above[: byline or len(above)])), ("Byline", " ".join(author))]
    fields.append(("Word count", lines[count]))
    rights = [n for n, line in enumerate(lines[: count + 16]) if n > count and COPYRIGHT.match(line)]
    start = rights[-1] + 1 if rights else count + 1
    middle = [line for line in lines[count + 1 : start] if not COPYRIGHT.match(line)]
    dated = next((line for line in middle if iso(line)), "")
    rest = [line for line in middle if line != dated and not TIME.fullmatch(line)]
    code = next((line for line in rest[1:] if SOURCE_CODE.fullmatch(line)), "")
    fields += [("Publication date", dated), ("Source name", rest[0] if rest else ""), ("Source code", code)]
    return fields, lines[start:]


# --- HTML ----------------------------------------------------------------------------------------------------------


def is_factiva_page(html: str) -> bool:
    """Whether a page is an export of Factiva: its articles stand in elements of the class "article enArticle"."""
    return re.search(r"""class=["'][^"']*\barticle [a-z]{2}Article\b""", html) is not None


def read_factiva_page(html: str, where: Where) -> Iterator[Draft | ArticleError]:
    """The articles of an export as HTML."""
    from lxml import html as parser

    with guarded(where, "an export of Factiva"):
        tree = parser.fromstring(html.encode("utf-8"), parser=parser.HTMLParser(encoding="utf-8"))
        articles = [one for one in tree.iter("div") if ARTICLE.search(one.get("class") or "")]
        found = [_element(one) for one in articles]
    for number, (fields, body) in enumerate(found, 1):
        yield _draft(fields, body, where.inside(f"article {number}"), kind="HTML")


def _element(article) -> tuple[list[tuple[str, str]], list[str]]:
    """Fields and text of one article: rows with codes, or lines in an agreed order above the paragraphs."""
    own = list(_own(article))
    body = [_text(one) for one in own if one.tag == "p" and "articleParagraph" in (one.get("class") or "")]
    rows = [[cell for cell in row if cell.tag == "td"] for row in own if row.tag == "tr"]
    coded = [(_text(cells[0]), cells[1]) for cells in rows if len(cells) > 1]
    fields = [(CODES[code], _text(cell)) for code, cell in coded if code in CODES and code not in ("LP", "TD")]
    if fields:
        return fields, [line for line in body if line]
    lines = [_text(one) for one in article if one.tag in ("div", "span", "h1", "h2") and _text(one)]
    below = [_text(one) for one in own if one.tag == "p" and one not in body]
    labelled = interfaces.in_english("\n".join([*lines, *below]), fewest=2).split("\n")
    last = next((found[1] for line in labelled if (found := LAST.fullmatch(line))), "")
    above, _ = _bare(labelled[: len(lines)])
    return [*above, ("Accession number", last)], [line for line in body if line and not _is_last(line)]


def _own(element) -> Iterator:
    """The elements of an article without those of an article that a damaged file puts inside it."""
    for child in element:
        if isinstance(child.tag, str) and not ARTICLE.search(child.get("class") or ""):
            yield child
            yield from _own(child)


def _is_last(line: str) -> bool:
    return LAST.fullmatch(interfaces.in_english(line, fewest=1)) is not None


def _text(element) -> str:
    """The words of an element on one line."""
    return " ".join("".join(element.itertext()).split())


def is_factiva(text: str) -> bool:
    """Whether a text is an export of Factiva: the line "Document ABCD0000..." and the codes or the word count."""
    coded = len(set(FACTIVA_CODES.findall(text[:HEAD]))) > 2
    counted = re.search(r"^[ \t]*[\d,.]+ words[ \t\r]*$", text[:HEAD], re.M) is not None
    return bool(FACTIVA_END.search(text)) and (coded or counted)
