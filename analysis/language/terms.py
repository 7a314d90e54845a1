"""Words of a lexicon in a sentence: entries of one or several lemmas, with what may not stand beside them.

An entry is a row of a data file. `term` holds its forms, the first of which names it; a form is a sequence of lemmas
("tax relief"). `not_after` and `not_before` hold the words that take the sense away: "counter-*terrorism*", "*regime*
change"; `near` those of which one must stand in the same sentence. A form that the file writes with a capital may be
one in the text; any other capitalised form in running text is a name, and a name is no choice of words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from spacy.tokens import Span as Words
from spacy.tokens import Token

KINDS_OF_WORD = {
    "NOUN": "noun",
    "PROPN": "noun",
    "VERB": "verb",
    "AUX": "verb",
    "ADJ": "adjective",
    "ADV": "adverb",
    "SCONJ": "adverb",
}
"""spaCy's coarse tags -> the kinds of word that a lexicon names; a modal has a kind of its own."""

_NAMES = ("PERSON", "ORG", "WORK_OF_ART", "EVENT", "LAW", "FAC", "PRODUCT")
_MARKS = ("-", "–", "'", '"', "“", "”", "‘", "’")
"""Passed over between a term and its neighbours: "counter-terrorism", the "terror" threat."""


@dataclass(frozen=True)
class Term:
    """The columns that every lexicon of words has; a lexicon adds its own."""

    term: tuple[str, ...]
    pos: tuple[str, ...]
    not_after: tuple[str, ...]
    not_before: tuple[str, ...]
    near: tuple[str, ...]
    source: str
    note: str


Row = TypeVar("Row", bound=Term)


@dataclass(frozen=True)
class Found(Generic[Row]):
    """A place where an entry stands: its tokens in order."""

    entry: Row
    tokens: tuple[Token, ...]

    @property
    def start(self) -> int:
        return self.tokens[0].idx

    @property
    def end(self) -> int:
        return self.tokens[-1].idx + len(self.tokens[-1])


class Lexicon(Generic[Row]):
    """The entries of a file, ready to be looked for."""

    def __init__(self, entries: Iterable[Row]) -> None:
        self._forms: dict[str, list[tuple[tuple[str, ...], bool, Row]]] = {}
        for entry in entries:
            for form in entry.term:
                words = _split(form.lower())
                self._forms.setdefault(words[0], []).append((words, form != form.lower(), entry))
        for forms in self._forms.values():
            forms.sort(key=lambda one: -len(one[0]))

    def find(self, sentence: Words, *, headline: bool = False) -> Iterator[Found[Row]]:
        """The entries in a sentence, in order, the longest first where they overlap.

        In a `headline` capitals say nothing, so that only recognised names are left out.
        """
        tokens = [token for token in sentence if not token.is_space]
        readings, k = [readings_of(token) for token in tokens], 0
        while k < len(tokens):
            found = self._at(tokens, readings, k, headline)
            if found is not None:
                yield found
            k += len(found.tokens) if found is not None else 1

    def _at(self, tokens: list[Token], readings: list[set[str]], k: int, headline: bool) -> Found[Row] | None:
        candidates = [one for word in sorted(readings[k]) for one in self._forms.get(word, ())]
        for words, proper, entry in sorted(candidates, key=lambda one: -len(one[0])):
            end = k + len(words)
            if end > len(tokens) or any(w not in r for w, r in zip(words, readings[k:end], strict=True)):
                continue
            if not proper and _is_name(tokens[k:end], headline):
                continue
            if kind_fits(tokens[end - 1], entry.pos) and _in_its_sense(entry, readings, k, end):
                return Found(entry, tuple(tokens[k:end]))
        return None


def readings_of(token: Token) -> set[str]:
    """The forms by which a token is looked up: its lemma, itself, and as a name in the plural its singular."""
    word = token.lower_.replace("’", "'")
    plural = {word[:-1]} if token.pos_ == "PROPN" and word.endswith("s") else set()
    return {token.lemma_.lower(), word} | plural


def kind_fits(token: Token, kinds: Sequence[str]) -> bool:
    """Whether the word is of one of the kinds; "any" takes every word."""
    kind = "modal" if token.tag_ == "MD" else KINDS_OF_WORD.get(token.pos_, "other")
    return "any" in kinds or kind in kinds


def _split(form: str) -> tuple[str, ...]:
    """A form as the parser cuts it: "far-right" -> far, -, right."""
    return tuple(form.replace("-", " - ").split())


def _is_name(tokens: list[Token], headline: bool) -> bool:
    """Whether a capital makes the word a name: "the *Terrorist* Screening Center"."""
    last = tokens[-1]
    if not last.text[:1].isupper() or last.is_upper:
        return False
    opens = tokens[0].i == tokens[0].sent.start or not tokens[0].nbor(-1).text[-1:].isalnum()
    return last.ent_type_ in _NAMES if headline or (opens and len(tokens) == 1) else True


def _in_its_sense(entry: Term, readings: list[set[str]], start: int, end: int) -> bool:
    before = [one for one in readings[:start] if one.isdisjoint(_MARKS)]
    after = [one for one in readings[end:] if one.isdisjoint(_MARKS)]
    if any(_matches(words, before[-len(words) :]) for words in map(_split, entry.not_after)):
        return False
    if any(_matches(words, after[: len(words)]) for words in map(_split, entry.not_before)):
        return False
    return not entry.near or any(_stands(_split(words), [*readings[:start], *readings[end:]]) for words in entry.near)


def _matches(words: tuple[str, ...], readings: list[set[str]]) -> bool:
    return len(words) == len(readings) and all(w in r for w, r in zip(words, readings, strict=True))


def _stands(words: tuple[str, ...], readings: list[set[str]]) -> bool:
    return any(_matches(words, readings[k : k + len(words)]) for k in range(len(readings) - len(words) + 1))
