"""Cues of frames: how a codebook writes them, and where they stand in a parsed text.

A cue is one or several words that follow one another. A word matches its lemma or the form as it stands::

    ceasefire              also "ceasefires"
    human right            also "human rights"
    fair/adj               only as an adjective; /noun, /verb, /adj, /adv, /name (a proper noun)
    discriminat*           any word that begins so
    rule * out             * alone: any one word
    actor > threaten/verb  only if somebody is its subject: a person, a state, a body, a group, a personal pronoun
    help/verb > actor      only if somebody is its object
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from spacy.tokens import Token

from analysis.acts.factuality import is_negated
from analysis.language import syntax

PARTS_OF_SPEECH = {"noun": ("NOUN",), "verb": ("VERB", "AUX"), "adj": ("ADJ",), "adv": ("ADV",), "name": ("PROPN",)}
ANY = "*"
SOMEBODY = "actor"
_OBJECTS = ("dobj", "dative", *syntax.PASSIVE_SUBJECTS)


class CueError(ValueError):
    """A cue that is not written as it has to be; the message says what is wrong with it."""


@dataclass(frozen=True)
class Word:
    """One word of a cue: a lemma or form, or the begin of one, and the part of speech if the cue asks for one."""

    text: str
    prefix: bool = False
    pos: str | None = None

    def fits(self, token: Token) -> bool:
        """Whether the token is this word."""
        forms = (token.lemma_.lower(), token.lower_)
        found = any(form.startswith(self.text) for form in forms) if self.prefix else self.text in forms
        return (found or self.text == ANY) and (self.pos is None or _is(token, self.pos))


@dataclass(frozen=True)
class Cue:
    """The words of a cue, and whether somebody has to be its subject or its object."""

    words: tuple[Word, ...]
    subject: bool = False
    object: bool = False

    def fits(self, tokens: list[Token]) -> bool:
        """Whether these tokens, as many as the cue has words, are the cue."""
        if not all(word.fits(token) for word, token in zip(self.words, tokens, strict=True)):
            return False
        top = next((token for token in tokens if token.head not in tokens), tokens[0])
        agent = syntax.subject(top) if self.subject and top.pos_ in ("VERB", "AUX") else None
        return (not self.subject or (agent is not None and syntax.is_somebody(agent))) and (
            not self.object or any(syntax.is_somebody(inner) for inner in syntax.children(top, *_OBJECTS))
        )


def read_cue(text: str) -> Cue:
    """A cue as the codebook writes it; raises :class:`CueError` if it is not written so."""
    parts = [part.strip() for part in text.lower().split(">")]
    subject, object_ = parts[0] == SOMEBODY, len(parts) > 1 and parts[-1] == SOMEBODY
    inner = parts[subject : len(parts) - object_]
    if len(inner) != 1 or not inner[0]:
        raise CueError(f"cue '{text}': write 'actor > word', 'word > actor' or the word alone")
    words = tuple(_word(piece, text) for part in inner[0].split() for piece in _pieces(part))
    if words[0].text == ANY:
        raise CueError(f"cue '{text}': it cannot begin with any word")
    return Cue(words, subject, object_)


def _pieces(part: str) -> list[str]:
    """The parse cuts words at their hyphens: "well-being" are three."""
    return re.findall(r"-|[^-]+", part)


def _word(piece: str, text: str) -> Word:
    form, _, pos = piece.partition("/")
    if pos and pos not in PARTS_OF_SPEECH:
        raise CueError(f"cue '{text}': '{pos}' is none of {', '.join(PARTS_OF_SPEECH)}")
    prefix = len(form) > 1 and form.endswith("*")
    return Word(form[:-1] if prefix else form, prefix, pos or None)


@dataclass(frozen=True)
class Match:
    """A cue in the text: its tokens, the key under which it was listed, and whether they are negated."""

    tokens: tuple[Token, ...]
    key: object
    negated: bool

    @property
    def span(self) -> tuple[int, int]:
        """Its characters."""
        return self.tokens[0].idx, self.tokens[-1].idx + len(self.tokens[-1])


class Cues:
    """Cues listed by their first word, so that a text is looked through once however many there are."""

    def __init__(self, listed: Iterable[tuple[Cue, object]]) -> None:
        self._whole: dict[str, list[tuple[Cue, object]]] = {}
        self._begins: dict[str, list[tuple[Cue, object]]] = {}
        for cue, key in listed:
            by_first = self._begins if cue.words[0].prefix else self._whole
            by_first.setdefault(cue.words[0].text, []).append((cue, key))

    def matches(self, words: Iterable[Token]) -> Iterator[Match]:
        """Every cue among the words, also inside others, in the order of the text."""
        tokens = [token for token in words if not token.is_space]
        for place, token in enumerate(tokens):
            for cue, key in self._beginning(token):
                here = tokens[place : place + len(cue.words)]
                if len(here) == len(cue.words) and cue.fits(here):
                    yield Match(tuple(here), key, any(is_negated(one) for one in here if one.head not in here))

    def _beginning(self, token: Token) -> Iterator[tuple[Cue, object]]:
        forms = {token.lemma_.lower(), token.lower_}
        for form in sorted(forms):
            yield from self._whole.get(form, ())
        for begin in sorted({begin for form in forms for begin in accumulate(form)}):
            yield from self._begins.get(begin, ())


def _is(token: Token, pos: str) -> bool:
    """Whether a token has the part of speech; in a headline nouns with capitals are tagged as names."""
    capital = pos == "noun" and token.pos_ == "PROPN" and not token.ent_type_
    return token.pos_ in PARTS_OF_SPEECH[pos] or capital
