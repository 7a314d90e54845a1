"""Loaded terms: what somebody or something is called where the same thing has other names.

"terrorists", "militants" and "freedom fighters" may be the same people. ``codebook/loaded_terms.csv`` lists such names
in sets, from style guides of newsrooms and from work on labelling, and says of each whether it takes legitimacy from
what the set is about, lends it some, or stands between. A researcher can give an own file of the same columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analysis import codebook
from analysis.language.terms import KINDS_OF_WORD, Lexicon, Term
from analysis.schema import LOADINGS


@dataclass(frozen=True)
class LoadedTerm(Term):
    """One row of the lexicon."""

    term_set: str
    loading: str


@cache
def load_terms(path: Path | None = None) -> Lexicon[LoadedTerm]:
    """The lexicon of the package, or an own file.

    Raises :class:`analysis.codebook.CodebookError` for a loading or a kind of word that there is not, and for a set
    of a single loading, which offers no choice.
    """
    rows = codebook.read_entries(LoadedTerm, "loaded_terms.csv", path=path)
    loadings: dict[str, set[str]] = {}
    for line, row in enumerate(rows, codebook.FIRST_ROW):
        loadings.setdefault(row.term_set, set()).add(row.loading)
        problem = _problem(row)
        if problem:
            raise codebook.CodebookError(path or "loaded_terms.csv", line, problem)
    alone = [name for name, kinds in loadings.items() if len(kinds) < 2]
    if alone:
        raise codebook.CodebookError(path or "loaded_terms.csv", None, f"no alternative in the set '{alone[0]}'")
    return Lexicon(rows)


def _problem(row: LoadedTerm) -> str | None:
    if not row.term:
        return "the term is empty"
    if row.loading not in LOADINGS:
        return f"'{row.loading}' is none of {', '.join(LOADINGS)}"
    unknown = set(row.pos) - {*KINDS_OF_WORD.values(), "any"}
    return f"no such kind of word: {', '.join(sorted(unknown))}" if unknown else None
