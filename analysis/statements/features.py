"""What the tagger of statements sees of a stretch of tokens: word pieces, parse, quotation marks, lexicon."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from spacy.tokens import Doc, Token

from analysis.language.stand_ins import encode
from analysis.schema import CUE_CLASSES
from analysis.statements.attribution import Paragraph
from analysis.statements.cues import Cues

if TYPE_CHECKING:
    from tokenizers import Tokenizer

LONGEST, PIECES = 160, 384
"""Tokens and word pieces that are read at once; a longer paragraph is cut, between two sentences where it can be."""

TAGS = (
    "$ '' , -LRB- -RRB- . : ADD AFX CC CD DT EX FW HYPH IN JJ JJR JJS LS MD NFP NN NNP NNPS NNS PDT POS PRP PRP$ "
    "RB RBR RBS RP SYM TO UH VB VBD VBG VBN VBP VBZ WDT WP WP$ WRB XX _SP ``"
).split()
DEPS = (
    "ROOT acl acomp advcl advmod agent amod appos attr aux auxpass case cc ccomp compound conj csubj csubjpass "
    "dative dep det dobj expl intj mark meta neg nmod npadvmod nsubj nsubjpass nummod oprd parataxis pcomp pobj "
    "poss preconj predet prep prt punct quantmod relcl xcomp"
).split()
ENTITIES = (
    "PERSON NORP ORG GPE LOC FAC DATE TIME MONEY PERCENT CARDINAL ORDINAL QUANTITY EVENT LAW LANGUAGE PRODUCT "
    "WORK_OF_ART"
).split()
_TAG, _DEP, _ENTITY, _CLASS = (
    {name: number for number, name in enumerate(names, start=1)} for names in (TAGS, DEPS, ENTITIES, CUE_CLASSES)
)

SIZES = (len(TAGS) + 1, len(DEPS) + 1, len(ENTITIES) + 1, 5, 3, 2 * len(CUE_CLASSES) + 1)
"""How many values each of the numbers of :func:`of_tokens` can take."""

_UP = 4
_STEPS = (1, 2, 3, 4, 6, 9, 13, 19, 28)
PAIR_SIZES = (_UP * (len(DEPS) + 2) + 1, 2 * len(_STEPS) + 3, 4)
"""How many values each of the numbers of :func:`of_pairs` can take."""


@dataclass(frozen=True)
class Stretch:
    """The tokens of a paragraph, or of a part of it, that are read at once; white space is left out."""

    tokens: tuple[Token, ...]
    paragraph: Paragraph

    @property
    def doc(self) -> Doc:
        return self.paragraph.doc


def stretches(paragraph: Paragraph) -> Iterator[Stretch]:
    """The paragraph in stretches of at most ``LONGEST`` tokens, cut between sentences where possible."""
    part: list[Token] = []
    for sentence in _sentences(paragraph.tokens):
        if part and len(part) + len(sentence) > LONGEST:
            yield Stretch(tuple(part), paragraph)
            part = []
        part += sentence
        while len(part) > LONGEST:
            yield Stretch(tuple(part[:LONGEST]), paragraph)
            part = part[LONGEST:]
    if part:
        yield Stretch(tuple(part), paragraph)


def _sentences(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    sentence: list[Token] = []
    for token in tokens:
        if token.is_sent_start and sentence:
            yield sentence
            sentence = []
        sentence.append(token)
    if sentence:
        yield sentence


def of_tokens(stretch: Stretch) -> np.ndarray:
    """Numbers that describe each token, one row a token: tag, dependency, entity, shape, quotation, cue class."""
    quoted = _quoted(stretch)
    cues = stretch.paragraph.cues
    rows = [
        (
            _TAG.get(token.tag_, 0),
            _DEP.get(token.dep_, 0),
            _ENTITY.get(token.ent_type_, 0),
            _shape(token.text),
            mark,
            _cue_class(token, cues),
        )
        for token, mark in zip(stretch.tokens, quoted, strict=True)
    ]
    return np.array(rows, dtype=np.int64)


def _shape(word: str) -> int:
    if not any(map(str.isalnum, word)):
        return 4
    if word.isupper():
        return 2
    return 1 if word[0].isupper() else 3 if word[0].isdigit() else 0


def _cue_class(token: Token, cues: Cues) -> int:
    """The class that the lexicon gives a verb or a noun, nouns behind the verbs; 0 for any other word."""
    verb = token.tag_.startswith("VB") or token.lower_ == "according"
    if not verb and not token.tag_.startswith("NN"):
        return 0
    cue = (cues.verbs if verb else cues.nouns).get(token.lemma_.lower())
    return 0 if cue is None else _CLASS[cue.cue_class] + (0 if verb else len(CUE_CLASSES))


def _quoted(stretch: Stretch) -> list[int]:
    """For each token 1 in double quotation marks, 2 in single ones, 0 outside."""
    quotes = stretch.paragraph.quotes
    starts = [quote.start for quote in quotes]
    found = []
    for token in stretch.tokens:
        k = bisect_right(starts, token.idx) - 1
        inside = k >= 0 and token.idx < quotes[k].end
        found.append((1 if quotes[k].double else 2) if inside else 0)
    return found


def of_pairs(stretch: Stretch, start: int, end: int, quoted: np.ndarray) -> np.ndarray:
    """Numbers that describe each token as seen from the cue ``tokens[start:end]``.

    One row a token: the way through the parse from the cue to the token (how far up, then down which branch), the
    distance in words, and whether both stand in one sentence and alike inside or outside quotation marks.
    """
    tokens = stretch.tokens
    head = head_of(tokens[start:end])
    chain = _chain(head)
    sentence = head.sent.start
    rows = np.zeros((len(tokens), len(PAIR_SIZES)), dtype=np.int64)
    last = head.sent.end
    for k, token in enumerate(tokens):
        same = sentence <= token.i < last
        rows[k] = (
            _way(token, chain) if same else 0,
            _distance(k, start, end),
            2 * same + (quoted[k] == quoted[start]),
        )
    return rows


def head_of(tokens: Sequence[Token]) -> Token:
    """The token of a span whose head lies outside it; the last such one, so that a verb stands for its chain."""
    inside = {token.i for token in tokens}
    return [token for token in tokens if token.head.i not in inside or token.head == token][-1]


def _chain(head: Token) -> dict[int, int]:
    """The token and those above it -> how many steps up."""
    chain = {head.i: 0}
    while head.head != head:
        head = head.head
        chain[head.i] = len(chain)
    return chain


def _way(token: Token, chain: dict[int, int]) -> int:
    """How far up from the cue and down which branch a token stands, as one number; 0 if there is no way."""
    branch = 1 + len(DEPS)
    while token.i not in chain:
        if token.head == token:
            return 0
        branch = _DEP.get(token.dep_, 0)
        token = token.head
    return 1 + min(chain[token.i], _UP - 1) * (len(DEPS) + 2) + branch


def _distance(k: int, start: int, end: int) -> int:
    """The distance of a token from the cue in steps that grow: 0 inside, odd before, even behind."""
    if start <= k < end:
        return 0
    far = start - k if k < start else k - end + 1
    step = sum(far > bound for bound in _STEPS)
    return 1 + 2 * step + (k >= end)


def words_of(stretch: Stretch) -> tuple[str, np.ndarray]:
    """The text of the stretch, and where in it each token begins."""
    origin, last = stretch.tokens[0].idx, stretch.tokens[-1]
    text = stretch.paragraph.text[origin : last.idx + len(last)]
    return text, np.array([token.idx - origin for token in stretch.tokens])


def pieces_of(
    text: str, places: np.ndarray, tokenizer: Tokenizer, names: Mapping[str, str] | None = None
) -> tuple[list[int], np.ndarray]:
    """The word pieces of a stretch, and for each token, by where it begins, the place of its first piece among them.

    `names` are the stand-ins of the names of persons (:mod:`analysis.language.stand_ins`).
    """
    ((numbers, offsets),) = encode([text], names or {}, tokenizer)
    begins = [start for start, _ in offsets]
    first = np.searchsorted(begins, places, side="left") + 1
    first_mark, last_mark = (tokenizer.token_to_id(mark) for mark in ("[CLS]", "[SEP]"))
    ids = [first_mark, *numbers[: PIECES - 2], last_mark]
    return ids, np.minimum(first, len(ids) - 1)
