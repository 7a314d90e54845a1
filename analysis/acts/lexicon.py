"""The lexicon of acts: words that name an act (``acts.csv``), and something good or bad (``valence.csv``)."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from analysis import codebook

ACT_COLUMNS = ("lemma", "pos", "act_class", "prepositions", "source", "note")
VALENCE_COLUMNS = ("lemma", "kind", "valence", "source", "note")


@cache
def predicates() -> dict[tuple[str, str], tuple[frozenset[str], frozenset[str]]]:
    """(lemma, "verb" or "noun") -> its classes, and the prepositions that its object comes with."""
    table: dict[tuple[str, str], tuple[frozenset[str], frozenset[str]]] = {}
    for row in codebook.read_csv("acts.csv", ACT_COLUMNS):
        classes, prepositions = table.get((row["lemma"], row["pos"]), (frozenset(), frozenset()))
        named = frozenset(codebook.alternatives(row["prepositions"]))
        table[row["lemma"], row["pos"]] = (classes | {row["act_class"]}, prepositions | named)
    return table


@cache
def valences(kind: str) -> dict[str, int]:
    """Lemma -> -1 or +1, of "thing" (terrorism, peace) or "label" (aggressor, hero)."""
    rows = codebook.read_csv("valence.csv", VALENCE_COLUMNS)
    return {row["lemma"]: int(row["valence"]) for row in rows if row["kind"] == kind}


def lemma_of(token: Token) -> str:
    """The lemma; where the parser takes "raped" for a form of "rap", the predicate of which it is the regular past."""
    word = token.lower_
    return word[:-1] if word.endswith("ed") and (word[:-1], "verb") in predicates() else token.lemma_.lower()
