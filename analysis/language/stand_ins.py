"""Stand-ins: the models read no names of persons, but one of a fixed list in the place of each.

Who is disliked in the news that a model learned from is not to decide what it says of another article: "Holm lied" is
read as "Anderson lied", whoever Holm is. Offsets stay those of the article.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Token

from analysis.codebook import read_csv
from analysis.language.known import knowledge_of
from analysis.schema.spans import Span

if TYPE_CHECKING:
    from tokenizers import Tokenizer

FILE = "stand_ins.csv"
_KEY = "stand_ins"
Pieces = tuple[list[int], list[Span]]
"""The numbers of the word pieces of a text, and the characters of each."""


def stand_ins_of(doc: Doc) -> Mapping[str, str]:
    """Each word of the names of persons in a document -> the name that is read in its place.

    Which one is taken follows from where the name first stands, so that a name which is found or missed changes few
    others. The names of a text that has more of them than the list stay.
    """
    if _KEY not in doc.user_data:
        first = {token.text: token.i for token in reversed(doc)}
        names = sorted(names_in(doc), key=first.__getitem__)
        doc.user_data[_KEY] = chosen(names, [first[one] for one in names], first.keys() - set(names))
    return doc.user_data[_KEY]


def chosen(names: Sequence[str], numbers: Sequence[int], others: Collection[str]) -> dict[str, str]:
    """A stand-in for each name, by its number; none is a word of the text that is no name (`others`)."""
    pool = _pool()
    taken, found = {one for one in pool if one in others}, {}
    for word, number in zip(names, numbers, strict=True):
        turned = (pool[(number + n) % len(pool)] for n in range(len(pool)))
        new = next((one for one in turned if one not in taken), None)
        if new is not None:
            taken.add(new)
            found[word] = new
    return found


@cache
def _pool() -> tuple[str, ...]:
    return tuple(row["name"] for row in read_csv(FILE, ("name",)))


def names_in(doc: Doc) -> list[str]:
    """The words that are names of persons: given names with what follows them, and what is mostly read as a person.

    A word that more often names something else ("Washington") is none.
    """
    votes: Counter[str] = Counter()
    full: dict[str, None] = {}
    for token in doc:
        if not _may_be_name(token):
            continue
        if token.ent_type_ or votes[token.text]:
            votes[token.text] += 1 if token.ent_type_ == "PERSON" else -1
        if token.i and _is_given(token.nbor(-1)) and token.ent_type_ not in _PLACES:
            full |= dict.fromkeys((token.nbor(-1).text, token.text))
    return list(dict.fromkeys((*full, *(word for word, n in votes.items() if n > 0))))


def _may_be_name(token: Token) -> bool:
    return token.is_alpha and token.text[0].isupper() and not token.text.isupper()


def _is_given(token: Token) -> bool:
    return _may_be_name(token) and knowledge_of(token).gender_of(token.text) is not None


_PLACES = ("GPE", "LOC", "FAC")


def encode(texts: Sequence[str], names: Mapping[str, str], tokenizer: Tokenizer) -> list[Pieces]:
    """The word pieces of some texts, names read as stand-ins; the pieces of one have the characters of the name."""
    if not names:
        coded = tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [(one.ids, one.offsets) for one in coded]
    pattern = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, names), key=len, reverse=True))})\b")
    places = [[one.span() for one in pattern.finditer(text)] for text in texts]
    new = [pattern.sub(lambda found: names[found.group()], text) for text in texts]
    coded = tokenizer.encode_batch(new, add_special_tokens=False)
    return [
        (one.ids, _back(one.offsets, text, own, names)) for one, text, own in zip(coded, texts, places, strict=True)
    ]


def _back(offsets: Sequence[Span], text: str, places: Sequence[Span], names: Mapping[str, str]) -> list[Span]:
    """Offsets in the text with stand-ins as those of the text itself."""
    lengths = [len(names[text[start:end]]) for start, end in places]
    grown = list(accumulate((n - (end - start) for n, (start, end) in zip(lengths, places, strict=True)), initial=0))
    starts = [start + more for (start, _), more in zip(places, grown, strict=False)]
    found = []
    for start, end in offsets:
        k = bisect_right(starts, start)
        inside = k > 0 and start < starts[k - 1] + lengths[k - 1]
        found.append(places[k - 1] if inside else (start - grown[k], end - grown[k]))
    return found
