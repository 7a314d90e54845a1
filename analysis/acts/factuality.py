"""Factuality and voice: whether an act is told as a fact, and whose judgement it is, decided once for all who ask.

An act is *asserted*, *denied* ("did not accuse", "accused nobody", "denied that it had attacked"), *possible* ("might
attack"), *supposed* ("if it attacks") or *asked* ("whether it had attacked"), after FactBank (Sauri and Pustejovsky
2009), whose classes of certainty are joined here. A judgement belongs to the innermost voice that passes it: in "Holm
said Lund had accused Norway" it is Lund's.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from analysis.acts.lexicon import lemma_of, predicates
from analysis.codebook import word_list
from analysis.language import syntax

ASSERTED, DENIED, POSSIBLE, SUPPOSED, ASKED = "asserted", "denied", "possible", "supposed", "asked"
NOT_TOLD = frozenset({DENIED, SUPPOSED, ASKED})
"""What is no act: nobody says that it was done or will be."""

_NEGATIONS = ("no", "not", "n't", "n’t", "never", "without", "neither", "nor", "hardly")
_NOBODY = ("nobody", "none", "nothing", "neither")
_SUPPOSED = ("if", "unless", "for", "lest")
_MODALS = ("may", "might", "could", "would", "can", "should")
_CLAUSES = ("ccomp", "xcomp", "pcomp", "acl", "conj", "advcl", "csubj")


def factuality(word: Token) -> str:
    """What the text says of the act that a verb or noun names."""
    if is_negated(word) or any(_is_nobody(one) for one in syntax.children(word, "dobj", "nsubj", "pobj", "nsubjpass")):
        return DENIED
    for below, above in _upwards(word):
        marks = [one.lower_ for one in syntax.children(below, "mark")]
        if "whether" in marks or ("if" in marks and above is not None and _is(above, "asking")):
            return ASKED
        if any(mark in _SUPPOSED for mark in marks):
            return SUPPOSED
        if above is not None and below.dep_ in (*_CLAUSES, "dobj") and _is(above, "denying"):
            return DENIED
    return POSSIBLE if any(one.lower_ in _MODALS for one in syntax.children(word, "aux")) else ASSERTED


def _upwards(word: Token) -> Iterator[tuple[Token, Token | None]]:
    """A word and what it hangs on, clause by clause; a noun ends the way, as what it names is taken for granted."""
    for _ in range(8):
        above = word.head if word.dep_ != "ROOT" else None
        yield word, above
        joined = word.dep_ in _CLAUSES or (word.dep_ == "prep" and above is not None and above.pos_ == "VERB")
        if above is None or not joined:
            return
        word = above


def _is(word: Token, list_: str) -> bool:
    return word.lemma_.lower() in word_list(list_)


def _is_nobody(word: Token) -> bool:
    return word.lower_ in _NOBODY or (word.lower_ == "one" and any(one.lower_ == "no" for one in word.children))


def is_negated(token: Token) -> bool:
    """Whether the text says that it is not so: "did not attack", "refused to help", "no attack", "is not an attack"."""
    if any(child.dep_ == "neg" or child.lower_ in _NEGATIONS for child in token.children):
        return True
    above = token.head
    if token.dep_ == "xcomp" and above.lemma_.lower() in word_list("refusing"):
        return True
    if above.lower_ == "without":
        return True
    joined = token.dep_ in ("xcomp", "pcomp", "conj") and above.pos_ in ("VERB", "AUX", "ADP")
    called = token.dep_ in ("attr", "acomp") and above.lemma_ == "be"
    return (joined or called) and syntax.has_not(above)


def holder_of(word: Token) -> Token | None:
    """Who passes the innermost judgement on what a word names: "*Lund* had accused Norway", "*Lowe's* claim that ..".

    None where none is passed above the word. The subject of an act is not judged by its own act.
    """
    found = judgement_on(word)
    return None if found is None else found[0]


def judgement_on(word: Token) -> tuple[Token, Token, int] | None:
    """The same with the word that judges, and whether it is for (1) or against (-1) what is judged; 0 if negated."""
    below = word
    for above in word.ancestors:
        if below.dep_ not in syntax.SUBJECTS or below.dep_ == "nsubjpass":
            holder = _holder(above)
            if holder is not None and word not in syntax.noun_phrase(holder):
                return holder, above, _sign(above)
        below = above
    return None


def _sign(judging: Token) -> int:
    """A claim about somebody is taken to be against him; "not happy" is against, "not angry" is neither."""
    classes, _ = predicates().get((lemma_of(judging), "verb"), (frozenset(), frozenset()))
    against = "judge_against" in classes or _is(judging, "attitudes_against") or judging.pos_ == "NOUN"
    if not (is_negated(judging) or (judging.pos_ == "ADJ" and syntax.has_not(judging.head))):
        return -1 if against else 1
    return 0 if against else -1


def _holder(above: Token) -> Token | None:
    """The subject of a predicate that judges, the owner of a claim; None for any other word."""
    if above.pos_ in ("VERB", "AUX") and _judges(above):
        return syntax.subject(above)
    if above.pos_ in ("ADJ", "VERB") and _is(above, "attitudes"):
        verb = above.head if above.dep_ in ("acomp", "conj", "oprd") else above
        return syntax.subject(verb)
    if above.pos_ == "NOUN" and _is(above, "claims"):
        owner = syntax.child(above, "poss")
        of = next((one for one in syntax.children(above, "prep") if one.lower_ in ("of", "by")), None)
        return owner if owner is not None else syntax.child(of, "pobj") if of is not None else None
    return None


def _judges(verb: Token) -> bool:
    """Whether a verb judges and does nothing else: "praised", not "attacked", which may be meant of troops."""
    classes, _ = predicates().get((lemma_of(verb), "verb"), (frozenset(), frozenset()))
    return bool(classes & {"judge_for", "judge_against"}) and not classes & {"harm", "combat", "aid"}
