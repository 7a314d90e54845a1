"""Doubts: what speaks against a kept article being one article, to be looked at by a person."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import median

RIGHTS = re.compile(r"^(?:copyright\b|©|\(c\) ?\d{4}).*$", re.I | re.M)
NUMBERED = re.compile(
    r"^[ \t]*+(?:document )?\d{1,5} (?:of|von|sur|de|van) \d{1,5}(?: documents?)?[ \t]*+$", re.I | re.M
)
BYLINE = re.compile(r"^(?:By|BY) [^\W\d_][\w.'’-]+(?: [\w.'’&-]+){1,5}$", re.M)
FEWEST_FOR_MEDIAN, TIMES_MEDIAN = 5, 10
"""From so many articles on, one that is longer than the median so many times is in doubt."""


def of_article(text: str) -> Iterator[str]:
    """What makes it likely that several documents became this one article."""
    bylines = {line.casefold() for line in BYLINE.findall(text)}
    if len(bylines) > 1:
        yield f"it has {len(bylines)} bylines"
    rights, numbered = len(RIGHTS.findall(text)), len(NUMBERED.findall(text))
    if rights > 1:
        yield f"it has {rights} lines of copyright"
    if numbered > 1:
        yield f"it numbers {numbered} documents in its text"


def of_lengths(words: Sequence[int]) -> list[str | None]:
    """Of each article whether it is far longer than most of the run."""
    usual = median(words) if len(words) >= FEWEST_FOR_MEDIAN else 0
    return [
        f"it is {one / usual:.0f} times as long as most" if usual and one > TIMES_MEDIAN * usual else None
        for one in words
    ]
