"""The lexicon of reporting words: which word attributes with which complement, and how it presents the words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analysis import codebook
from analysis.schema import CUE_CLASSES

COLUMNS = ("lemma", "pos", "cue_class", "patterns", "source", "note")
PATTERNS = ("quote", "clause", "infinitive", "object", "as", "about")


@dataclass(frozen=True)
class Cue:
    """One reporting word, its class, and the complements with which it attributes."""

    lemma: str
    cue_class: str
    patterns: frozenset[str]


@dataclass(frozen=True)
class Cues:
    """Reporting verbs and nouns by lemma."""

    verbs: dict[str, Cue]
    nouns: dict[str, Cue]

    def allows(self, lemma: str, pattern: str) -> bool:
        """Whether the verb attributes with this complement."""
        cue = self.verbs.get(lemma)
        return cue is not None and pattern in cue.patterns

    def class_of(self, lemma: str) -> str:
        """How the word presents a statement; a word that the lexicon does not have counts as neutral."""
        cue = self.verbs.get(lemma) or self.nouns.get(lemma)
        return cue.cue_class if cue else "neutral"


@cache
def load_cues(path: Path | None = None) -> Cues:
    """The lexicon, from the project's ``cues.csv`` or an own file with the same columns.

    Raises :class:`analysis.codebook.CodebookError` if a class or a pattern is unknown or a lemma stands twice.
    """
    verbs: dict[str, Cue] = {}
    nouns: dict[str, Cue] = {}
    rows = codebook.read_csv("cues.csv", COLUMNS, path=path)
    for line, row in enumerate(rows, codebook.FIRST_ROW):
        words = nouns if row["pos"] == "noun" else verbs
        cue = Cue(row["lemma"], row["cue_class"], frozenset(codebook.alternatives(row["patterns"])))
        problem = _problem(cue, words)
        if problem:
            raise codebook.CodebookError(path or "cues.csv", line, f"{cue.lemma}: {problem}")
        words[cue.lemma] = cue
    return Cues(verbs, nouns)


def _problem(cue: Cue, words: dict[str, Cue]) -> str | None:
    if cue.lemma in words:
        return "stands twice"
    if cue.cue_class not in CUE_CLASSES:
        return f"'{cue.cue_class}' is none of the classes {', '.join(CUE_CLASSES)}"
    unknown = cue.patterns - set(PATTERNS)
    return f"no such pattern: {', '.join(sorted(unknown))}" if unknown else None
