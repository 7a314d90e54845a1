"""Linking: which mentions mean the same actor. Named rules, the surest first; what no rule links stays alone.

Full names come first, wherever they stand; then everything else in the order of the text, so that a description or
pronoun finds what the reader has in mind at that place.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from analysis.actors.authors import find_writer
from analysis.actors.clusters import Cluster, Register, genders_agree
from analysis.actors.described_bodies import document_authors
from analysis.actors.described_persons import apposition
from analysis.actors.descriptions import link_description
from analysis.actors.pronouns import Scene, link_pronoun
from analysis.actors.salience import Setting
from analysis.knowledge.names import given_names_agree
from analysis.mentions.candidates import Candidate


def link(candidates: Sequence[Candidate], setting: Setting) -> list[Cluster]:
    """Clusters of the candidates; those that no rule links to a known actor make actors of their own."""
    register = Register()
    named = [one for one in candidates if one.name]
    for one in sorted(named, key=_surest_first):
        _link_name(one, register)
    for one in candidates:  # an office beside a name is a fact that holds from the first line on
        cluster = apposition(one, register) if one.form == "title" else None
        if cluster is not None:
            cluster.add(one, "apposition")
    linked = {one.start for cluster in register.clusters for one, _ in cluster.mentions}
    owner = {one.head.i: cluster for cluster in register.clusters for one, _ in cluster.mentions}
    scene = Scene(register, owner, setting, find_writer(setting, register))
    for one in _authors_first(candidates):
        if one.start not in linked:
            cluster = _link_in_order(one, scene)
            if cluster is not None:
                owner[one.head.i] = cluster
    return register.clusters


def _authors_first(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates in the order of the text, but the author of a document before it: "the decree signed by *X*"."""
    by_head = {one.head.i: one for one in candidates}
    ordered: dict[int, Candidate] = {}
    for one in candidates:
        for author in document_authors(one):
            if author.i in by_head:
                ordered.setdefault(by_head[author.i].start, by_head[author.i])
        ordered.setdefault(one.start, one)
    return list(ordered.values())


def _surest_first(one: Candidate) -> tuple[bool, int, bool, int]:
    """Full names before single ones, the longest first; "Mr. Obama" before "Obama"."""
    return one.kind != "person" or len(one.words) < 2, -len(one.words), one.gender is None, one.start


def _link_in_order(one: Candidate, scene: Scene) -> Cluster | None:
    if one.form == "pronoun":
        rule, cluster = link_pronoun(one, scene)
        if cluster is not None:
            cluster.add(one, rule)
        return cluster
    if one.name:
        return _link_shared_name(one, scene)
    return link_description(one, scene.register, scene.setting)


# --- names ------------------------------------------------------------------------------------------------------


def _link_name(one: Candidate, register: Register) -> None:
    """Link a name, or make it an actor; a name that several bear waits for its turn in the text."""
    if one.kind != "person":
        same, rule = _same_body(one, register), "same_name"
    elif len(one.words) > 1:
        same, rule = _same_full_name(one, register), "full_name"
    else:
        bearers = _bearers(one, register)
        if len(bearers) > 1:
            return
        same = bearers[0] if bearers else _misspelt(one, register)
        rule = "surname" if same is not None else "full_name"
    same = register.open(one, one.name) if same is None else same
    same.add(one, rule)


def _same_full_name(one: Candidate, register: Register) -> Cluster | None:
    bearers = (c for c in register.bearers(one.words[-1]) if c.words[-1] == one.words[-1])
    return next((c for c in bearers if _full_names_agree(one.words, c.words)), None)


def _full_names_agree(one: Sequence[str], other: Sequence[str]) -> bool:
    """ "Hillary Rodham Clinton" and "Hillary Clinton"; "J. Smith" and "John Smith"; "Suu Kyi"; not "Bill Clinton"."""
    if len(other) < 2:
        return False
    return given_names_agree(one[0], other[0]) or tuple(other[-len(one) :]) == tuple(one)


def _bearers(one: Candidate, register: Register) -> list[Cluster]:
    """The persons whose last or first name a single name is; after a title it is the last."""
    fitting = [c for c in register.bearers(one.words[0]) if genders_agree(one.gender, c.gender)]
    fitting = [c for c in fitting if not _comes_too_late(one, c)]
    holders = [c for c in fitting if c.classes & one.office_classes]
    fitting = holders or [c for c in fitting if not (one.office_classes and c.classes)] or fitting
    last = [c for c in fitting if c.words[-1] == one.words[0]]
    titled = bool(one.office_classes - {"honorific"})
    return last or [c for c in fitting if c.words[0] == one.words[0] and not titled]


def _misspelt(one: Candidate, register: Register) -> Cluster | None:
    """The one person whose surname differs by a letter: "Bornsten", "Bornstein"."""
    name = one.words[0]
    if len(name) < 6:
        return None
    alike = [c for c in register.persons if len(c.words) > 1 and c.words[-1][0] == name[0]]
    alike = [c for c in alike if SequenceMatcher(None, name, c.words[-1]).ratio() > 0.9]
    return alike[0] if len(alike) == 1 else None


def _comes_too_late(one: Candidate, cluster: Cluster) -> bool:
    """Whether a name with a title stands before a namesake without: "President Obama and ... Michelle Obama"."""
    titled = bool(one.office_classes - {"honorific"}) and len(cluster.words) > 1
    return titled and not cluster.classes & one.office_classes and cluster.mentions[0][0].start > one.start


def _link_shared_name(one: Candidate, scene: Scene) -> Cluster:
    """ "Trump", where the article names two: the one introduced first, for the other keeps his given name.

    A new actor where pronouns have told by now that it is neither: "Mrs. Khan", whose husband and son are "he".
    """
    bearers = _bearers(one, scene.register)
    known = [c for c in bearers if _introduced(c) < one.start]
    cluster = min(known or bearers, key=_introduced, default=None)
    if cluster is None:
        cluster = scene.register.open(one, one.name)
        cluster.add(one, "full_name")
    else:
        cluster.add(one, "surname")
    return cluster


def _introduced(cluster: Cluster) -> int:
    """Where the full name first stands."""
    return min((one.start for one, _ in cluster.mentions if len(one.words) > 1), default=cluster.mentions[0][0].start)


def _same_body(one: Candidate, register: Register) -> Cluster | None:
    equal = register.called(one.kind, one.name)
    if equal is None and one.kind == "organisation":
        equal = next((c for c in register.clusters if c.kind == "organisation" and is_acronym(one.name, c.name)), None)
        if equal is None and len(one.words) == 1:  # the model took a surname for a body
            bearers = [c for c in register.bearers(one.words[0]) if len(c.words) > 1]
            bearers = [c for c in bearers if one.words[0] in (c.words[0], c.words[-1])]
            surnamed = [c for c in bearers if c.words[-1] == one.words[0]] or bearers
            equal = min(surnamed, key=_introduced, default=None)
    return equal


def is_acronym(one: str, other: str) -> bool:
    """Whether one is made of the initials of the other: "D.N.C.", "Democratic National Committee"."""
    short, long = sorted((one.replace(".", ""), other), key=len)
    if not (short.isupper() and 2 < len(short) < len(long)):
        return False
    return short == "".join(word[0] for word in long.split() if word[0].isupper())
