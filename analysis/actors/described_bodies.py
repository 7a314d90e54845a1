"""Bodies and states that are described, not named: "the country", "the terrorists", "the commission", "the bank"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from analysis.actors.clusters import Cluster, Register
from analysis.actors.nouns import modifiers
from analysis.actors.salience import Setting, most_salient
from analysis.codebook import word_list
from analysis.language import syntax
from analysis.language.known import knowledge_of
from analysis.mentions.bodies import group_noun
from analysis.mentions.candidates import Candidate


def author_of(one: Candidate, register: Register, setting: Setting) -> Cluster | None:
    """ "Trump's *statement*", "a *report* by UpGuard", "the *decree* signed by the Pope": whose document it is."""
    heads = {author.i for author in document_authors(one)}
    if not heads:
        return None
    return next((c for c in register.clusters if any(mention.head.i in heads for mention, _ in c.mentions)), None)


def document_authors(one: Candidate) -> list[Token]:
    """Who speaks in a document, as the words around it tell; nobody for other things and for papers of a court."""
    if one.kind not in ("organisation", "group") or one.form in ("name", "pronoun"):
        return []
    noun, legal = group_noun(one.head), one.lemma in word_list("court_papers")
    if legal or ((noun is None or noun.singular != "document") and one.lemma not in word_list("documents")):
        return []
    return list(_authors(one.head)) or list(_issuers(one))


def _authors(noun: Token) -> Iterator[Token]:
    yield from syntax.children(noun, "poss")
    for below in syntax.children(noun, "prep", "acl"):
        by = [below, *syntax.children(below, "agent", "prep")] if below.dep_ == "acl" else [below]
        yield from (author for word in by if word.lower_ in _BY for author in syntax.children(word, "pobj"))
    if noun.i > 0 and (before := noun.nbor(-1)).dep_ in ("compound", "nmod") and before.ent_type_ == "ORG":
        yield before


def _issuers(one: Candidate) -> Iterator[Token]:
    """Who said something in such a document before: "The navy said *in a statement* ... *The statement* said"."""
    doc = one.head.doc
    issued = one.definite and one.lemma in word_list("issued")
    before = range(one.start - 1, max(-1, one.start - _SINCE), -1) if issued else ()
    for token in (doc[i] for i in before if doc[i].lemma_.lower() == one.lemma):
        if token.dep_ == "pobj" and token.head.lower_ == "in":
            subject = syntax.subject(token.head.head)
            yield from [subject] if subject is not None else []
            return


_SINCE = 200
"""How many words back a document was issued that is spoken of as known."""

_BY = ("by", "from")


def state_before(one: Candidate, register: Register, setting: Setting) -> Cluster | None:
    """ "the country": the state last mentioned before it."""
    if one.kind != "state":
        return None
    return _last(one, (c for c in register.clusters if c.kind == "state"))


def armed_group_before(one: Candidate, register: Register, setting: Setting) -> Cluster | None:
    """ "the terrorists", "the militant group": the armed group last mentioned before it."""
    nouns = [group_noun(one.head)]
    if one.head.tag_ != "NNS":  # "the militant group" is one of them, "the militant groups" are many
        nouns += [group_noun(token) for token in one.head.lefts]
    armed = any(noun is not None and noun.type == "armed" for noun in nouns)
    if not (one.definite and armed and not one.state):
        return None
    return _last(one, (c for c in register.clusters if _is_of(c, ("armed group",))))


def body_before(one: Candidate, register: Register, setting: Setting) -> Cluster | None:
    """ "the commission", "the bank": the body last mentioned whose name has that noun, or that is of that kind."""
    if not one.definite or one.kind == "state" or one.head.tag_ == "NNS" or modifiers(one):
        return None
    bodies = [c for c in register.clusters if c.kind == "organisation"]
    called = _last(one, (c for c in bodies if one.lemma in c.name.casefold().split()))
    kinds = _KINDS.get(one.lemma)
    if called is not None or kinds is None:
        return called
    known = knowledge_of(one.head)
    fits = (c for c in bodies if c.named and (_is_of(c, kinds) or known.organisation_of(c.name) is None))
    cluster, _ = most_salient(one, fits, setting, window=6)
    return cluster


def body_behind(one: Candidate, register: Register, setting: Setting) -> Cluster | None:
    """ "*Oil firm* denies spill" above "North Sea Oil denied": the one body that the lead names."""
    if setting.turn(one.head) > 1 or one.lemma not in _KINDS or one.kind != "organisation":
        return None
    bodies = [c for c in register.clusters if c.kind == "organisation" and c.named]
    here = [c for c in bodies if setting.turn(c.mentions[0][0].head) == 2]  # the lead
    return here[0] if len(here) == 1 else None


_KINDS = {
    "agency": ("government body",),
    "department": ("government body",),
    "bureau": ("government body",),
    "bank": ("company",),
    "company": ("company",),
    "firm": ("company",),
    "airline": ("company",),
    "carrier": ("company",),
    "retailer": ("company",),
    "chain": ("company",),
    "manufacturer": ("company",),
    "producer": ("company",),
    "corporation": ("company",),
    "group": ("advocacy", "international organisation"),
    "organisation": ("advocacy", "international organisation"),
    "organization": ("advocacy", "international organisation"),
    "union": ("advocacy",),
    "newspaper": ("media",),
    "paper": ("media",),
    "magazine": ("media",),
    "network": ("media",),
    "outlet": ("media",),
    "party": ("party",),
}


def _is_of(cluster: Cluster, kinds: Iterable[str]) -> bool:
    known = knowledge_of(cluster.mentions[0][0].head)
    listed = known.organisation_of(cluster.name) if cluster.kind == "organisation" else None
    return listed is not None and listed.type in kinds


def _last(one: Candidate, clusters: Iterable[Cluster]) -> Cluster | None:
    before = [c for c in clusters if c.last_before(one.start) >= 0]
    return max(before, key=lambda c: c.last_before(one.start), default=None)
