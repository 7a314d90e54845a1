"""Actors known by a noun: the same words, the same noun with fewer words, the noun of a headline."""

from __future__ import annotations

from analysis.actors.clusters import Cluster, Register
from analysis.actors.salience import LEAD, Setting
from analysis.codebook import word_list
from analysis.language import syntax
from analysis.mentions.candidates import Candidate


def same_noun(one: Candidate, register: Register, setting: Setting) -> Cluster | None:
    """ "the source" after "another source", "his aides" after "aides to the mayor", "the poll" after "a new poll"."""
    if not one.definite or _is_other(one):
        return None
    alike = [c for c in register.clusters if _same_noun(one, c) and c.last_before(one.start) >= 0]
    if one.kind == "person":
        alike = [c for c in alike if not c.named and _turns_since(c, one, setting) <= 3]
        alike = [c for c in alike if not c.mentions[0][0].definite]
    return max(alike, key=lambda c: c.last_before(one.start), default=None)


def _turns_since(cluster: Cluster, one: Candidate, setting: Setting) -> int:
    return setting.turn(one.head) - setting.turns[max(cluster.last_before(one.start), 0)]


def headline_noun(one: Candidate, register: Register, setting: Setting) -> Cluster | None:
    """ "*Judge* rejects request" above "A New York judge has rejected": a headline leaves out what tells more."""
    if setting.turn(one.head) > LEAD:
        return None
    around = _words_around(one)
    for cluster in register.clusters:
        first = cluster.mentions[0][0] if cluster.mentions else one
        alike = first.form not in ("name", "pronoun") and not first.name and _meaning(first) == _meaning(one)
        if alike and setting.turn(first.head) == 1 and first.start < one.start and modifiers(first) <= around:
            return cluster
    return None


def same_words(one: Candidate, register: Register, setting: Setting) -> Cluster | None:
    """The same words again, or the same noun of the same state: "the Afghan people", "the people of Afghanistan"."""
    if one.kind == "person" and not one.definite:
        return None  # "a source" is somebody new each time
    same = _called(phrase_name(one), one, register)
    if same is not None or not one.state or one.kind != "group":
        return same
    return next(
        (c for c in register.clusters if any(m.state == one.state and m.lemma == one.lemma for m, _ in c.mentions)),
        None,
    )


def _called(name: str, one: Candidate, register: Register) -> Cluster | None:
    kinds = ("person",) if one.kind == "person" else (one.kind, "group", "organisation")
    return next((c for kind in kinds if (c := register.called(kind, name)) is not None), None)


def _same_noun(one: Candidate, cluster: Cluster) -> bool:
    """Whether an unnamed actor has this noun, with all the words that tell it from others of its kind."""
    alike = [m for m, _ in cluster.mentions if m.form != "pronoun" and not m.name and _meaning(m) == _meaning(one)]
    alike = [mention for mention in alike if mention.head.tag_ == one.head.tag_]
    return bool(alike) and any(modifiers(one) <= _words_around(mention) for mention in alike)


def _words_around(one: Candidate) -> set[str]:
    """The words of a phrase and of what hangs on it, with the initials of its names: "PPIC", "DNC"."""
    tokens = list(one.head.subtree)
    runs = syntax.runs(token for token in tokens if token.text[0].isupper() or token.lower_ in ("of", "and"))
    initials = {"".join(t.text[0] for t in run if t.text[0].isupper()).lower() for run in runs}
    return {t.lower_ for t in tokens} | initials


_SYNONYMS = {"survey": "poll", "analysis": "study", "research": "study", "advertisement": "ad", "spot": "ad"}


def _meaning(one: Candidate) -> str:
    return _SYNONYMS.get(one.lemma, one.lemma)


def modifiers(one: Candidate) -> set[str]:
    """The words that tell a thing from others of its kind: "the *previous* poll", "*federal* officials"."""
    words = one.head.doc[_left(one) : one.head.i]
    return {t.lower_ for t in words if not (t.dep_ in ("det", "case") or t.tag_ in ("PRP$", "POS") or t.is_punct)}


def _left(one: Candidate) -> int:
    """Where the phrase begins, also if its first words are a mention of their own: "*Trump's* | campaign"."""
    return min(one.start, one.head.left_edge.i)


def _is_other(one: Candidate) -> bool:
    return any(token.lower_ in word_list("another_one") for token in one.head.doc[one.start : one.end])


def phrase_name(one: Candidate) -> str:
    """How an actor without a proper name is called: its words without article, marks and time."""
    words = [t for t in one.head.doc[_left(one) : one.end] if not (t.dep_ == "det" or t.is_space or t.tag_ == "PRP$")]
    text = "".join(token.text_with_ws for token in words).strip(" ,'\"“”’")
    return text[:1].upper() + text[1:] if text else one.head.text
