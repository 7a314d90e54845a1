"""Plain text and Markdown: one article a file, every character of it kept or accounted for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.reading.draft import HEAD, Draft, known
from analysis.reading.errors import Where
from analysis.reading.offsets import OffsetMap, rewrite

MARKDOWN = re.compile(r"\ufeff?(?:---\n(?:[\w -]+:.*\n)+---\s*\n|\s*#{1,2} \S)")

FRONT = re.compile(r"\ufeff?---\n((?:[\w -]+:.*\n)+)---\s*\n")
MARKS = re.compile(
    r"^[ \t]*(?:\#{1,6}[ \t]+|>[ \t]?|[-*+][ \t]+(?=\S))"  # headings, quotations, items of a list
    r"|^[ \t]*(?:[-*_][ \t]*){3,}$"  # rules
    r"|!\[[^\]\n]{0,300}\]\([^)\s]{0,2000}\)"  # pictures
    r"|\[(?=[^\]\n]{1,300}\]\(\S)|(?<=[^\s\[])\]\((?:[^()\s]|\([^()\s]{0,300}\)){1,2000}(?:[ ]\"[^\"\n]*\")?\)"  # links
    r"|\*\*|__|(?<![\w*])\*(?=[\w“\"])|(?<=[\w.,!?”\"])\*(?![\w*])",  # stress
    re.M,
)
"""Marks of Markdown: of a link its words stay, of a picture nothing."""


CODE = re.compile(
    r"[ \t]*+(?:[{}\[\]();]++[ \t]*+$|.*[;{}][ \t]*$|<[/!?]?[A-Za-z][^>]*>|#include\b|import [\w.{]|"
    r"from [\w.]+ import |"
    r"(?:def|class|function|public|private|static|const|let|var|return|if|for|while)\b.*[:;{(=]|\\[a-z]+[\[{]|"
    r"[\w.$\[\]\"'-]+[ \t]*[:=][ \t]*[\[{\"'\d(])"
)
"""A line of source code, markup or settings."""
MOSTLY, FEWEST_LINES = 0.6, 5


def is_code(text: str) -> bool:
    """Whether most lines of a text are source code, markup or settings, and none of an article."""
    lines = [line for line in text[:HEAD].splitlines() if line.strip()]
    return len(lines) >= FEWEST_LINES and sum(bool(CODE.match(line)) for line in lines) > MOSTLY * len(lines)


def refuse_code(text: str, where: Where) -> Iterator[Draft]:
    """One sentence for what is no article."""
    problem = "it is source code or markup and not an article"
    raise where.error(problem, "save the article as plain text (.txt), DOCX, HTML or PDF")
    yield


def read_plain(text: str, where: Where) -> Iterator[Draft]:
    """The text as it is."""
    yield Draft(text, "plain text", part=where.part, origin=OffsetMap())


def read_markdown(text: str, where: Where) -> Iterator[Draft]:
    """The text without its marks; the first heading is the title, the front matter gives the metadata."""
    front = FRONT.match(text)
    lines = (line.partition(":") for line in front[1].splitlines()) if front else ()
    fields = tuple((name.strip(), value.strip().strip("\"'")) for name, _, value in lines)
    heading = re.search(r"^#[ \t]+(.+?)[ \t#]*$", text, re.M)
    start = front.end() if front else 0
    body, origin = rewrite(text, re.compile(rf"\A(?s:.{{{start}}})|{MARKS.pattern}", re.M), lambda _: "")
    found = known(fields)
    title = MARKS.sub("", heading[1]).strip() if heading else None
    yield Draft(
        body,
        "Markdown",
        part=where.part,
        origin=origin,
        fields=fields,
        **(found | ({"title": title} if title else {})),
    )


def is_markdown(text: str) -> bool:
    """Whether a text begins with front matter or a heading of Markdown."""
    return MARKDOWN.match(text[:HEAD]) is not None
