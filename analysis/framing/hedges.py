"""Hedges and boosters: words that limit or raise how far a writer or speaker stands by what is said.

The lexicon is ``codebook/hedges.csv`` (after Hyland 1998 and 2005, and press usage such as "reportedly").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from spacy.tokens import Span as Words
from spacy.tokens import Token

from analysis import codebook
from analysis.language import syntax
from analysis.language.terms import Found, Lexicon, Term

KINDS = ("hedge", "booster")


@dataclass(frozen=True)
class Hedge(Term):
    """One row of the lexicon."""

    kind: str
    term_class: str


@cache
def load_hedges(path: Path | None = None) -> Lexicon[Hedge]:
    """The lexicon of the package, or an own file; raises :class:`analysis.codebook.CodebookError`."""
    rows = codebook.read_entries(Hedge, "hedges.csv", path=path)
    for line, row in enumerate(rows, codebook.FIRST_ROW):
        if row.kind not in KINDS:
            raise codebook.CodebookError(path or "hedges.csv", line, f"'{row.kind}' is none of {', '.join(KINDS)}")
    return Lexicon(rows)


def hedges_in(sentence: Words, lexicon: Lexicon[Hedge], *, headline: bool = False) -> Iterator[Found[Hedge]]:
    """The hedges and boosters of a sentence, those left out whose syntax gives them another sense."""
    for found in lexicon.find(sentence, headline=headline):
        guard = _GUARDS.get(found.entry.term[0])
        if guard is None or guard(found.tokens[-1]):
            yield found


def _before_a_noun(token: Token) -> bool:
    """ "the *alleged* plot", not "they alleged a plot"."""
    return token.dep_ == "amod" and token.head.i > token.i


def _opens_what_seems(token: Token) -> bool:
    """ "It *appears* that", "they *appear* to know", not "they appeared on stage"."""
    what = syntax.child(token, "xcomp", "ccomp", "oprd", "acomp")
    return what is not None and (what.i > token.i or what.dep_ == "ccomp")


def _with_what_is_claimed(token: Token) -> bool:
    """ "He *claims* that it rained", not "the flood claimed four lives"."""
    what = syntax.child(token, "ccomp", "xcomp")
    return what is not None and what.i > token.i


def _of_degree(token: Token) -> bool:
    """ "*rather* cold", not "rather than"."""
    return token.dep_ == "advmod" and token.head.pos_ in ("ADJ", "ADV") and token.head.i == token.i + 1


def _of_a_statement(token: Token) -> bool:
    """ "It *may* fail", not "May he rest in peace" or "Could you come?", which wish and ask."""
    who = syntax.child(token.head, *syntax.SUBJECTS, *syntax.PASSIVE_SUBJECTS)
    return token.dep_ == "aux" and (who is None or who.i < token.i)


def _no_ability(token: Token) -> bool:
    """ "It *could* fail", not "could not come" and "all we could", which tell of what somebody is able to do."""
    return _of_a_statement(token) and not syntax.has_not(token.head)


_GUARDS: Mapping[str, Callable[[Token], bool]] = {
    "alleged": _before_a_noun,
    "suspected": _before_a_noun,
    "accused": _before_a_noun,
    "rumored": _before_a_noun,
    "apparent": _before_a_noun,
    "purported": lambda token: token.pos_ == "ADV" or _before_a_noun(token),
    "seem": _opens_what_seems,
    "claim": _with_what_is_claimed,
    "somewhat": _of_degree,
    "may": _of_a_statement,
    "might": _of_a_statement,
    "could": _no_ability,
}
"""Name of the entry -> whether it has its sense at a token; all others always have."""
