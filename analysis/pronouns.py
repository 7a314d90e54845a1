"""Whom a pronoun means: the speaker before, the subject of its clause, the last that fits."""

from __future__ import annotations

from collections.abc import Sequence

from analysis import syntax
from analysis.attribution import Attribution
from analysis.candidates import Candidate
from analysis.clusters import Cluster, genders_agree

_NEAR = 3
"""How many sentences back a pronoun is looked after."""


def link_pronouns(
    candidates: Sequence[Candidate], attributions: Sequence[Attribution], clusters: list[Cluster]
) -> None:
    owner = {one.head.i: cluster for cluster in clusters for one, _ in cluster.mentions}
    sentences = syntax.sentence_numbers(candidates[0].head.doc) if candidates else []
    speakers = sorted({a.source_head.i for a in attributions if a.source_head is not None})
    for one in candidates:
        if one.form != "pronoun":
            continue
        rule, cluster = _antecedent(one, clusters, owner, speakers, sentences)
        if cluster is not None:
            cluster.add(one, rule)
            owner[one.head.i] = cluster


def _antecedent(
    one: Candidate,
    clusters: list[Cluster],
    owner: dict[int, Cluster],
    speakers: list[int],
    sentences: list[int],
) -> tuple[str, Cluster | None]:
    possible = [c for c in clusters if _can_mean(one, c)]
    fits = [c for c in possible if c.last_before(one.start) >= 0]
    last_speaker = next((owner[i] for i in reversed(speakers) if i < one.start and i in owner), None)
    if one.head.i in speakers and last_speaker in fits and _near(one, last_speaker, sentences):
        return "previous_speaker", last_speaker
    subject = _clause_subject(one, owner)
    if subject in possible and (one.head.dep_ == "poss" or one.head.lower_.endswith(("self", "selves"))):
        return "subject_of_the_clause", subject
    if one.head.dep_ in ("dobj", "dative", "pobj"):  # "he praised *him*" is never about himself
        fits = [c for c in fits if c is not subject]
    near = [c for c in fits if _near(one, c, sentences)]
    if one.kind == "group":
        return "previous_subject", next((c for c in near if _is_previous_subject(one, c)), None)
    return "last_mentioned", max(near, key=lambda c: (_was_subject(c, one), c.last_before(one.start)), default=None)


def _can_mean(one: Candidate, cluster: Cluster) -> bool:
    if one.kind == "person":
        return cluster.kind == "person" and genders_agree(one.gender, cluster.first("gender"))
    return cluster.kind in (("group", "organisation") if one.kind == "group" else ("state", "organisation"))


def _clause_subject(one: Candidate, owner: dict[int, Cluster]) -> Cluster | None:
    """The subject of the verb above a possessive: "the US deployed *its* forces", "in *his* call X said"."""
    verb = next((token for token in one.head.ancestors if token.pos_ in ("VERB", "AUX")), None)
    who = syntax.subject(verb) if verb is not None else None
    if who is None or who == one.head:
        return None
    fronted = one.head.dep_ == "poss" and who.i > one.start and verb.i > one.start
    return owner.get(who.i) if who.i < one.start or fronted else None


def _near(one: Candidate, cluster: Cluster, sentences: list[int]) -> bool:
    """Whether the actor was mentioned at most a few sentences before."""
    return sentences[one.start] - sentences[cluster.last_before(one.start)] <= _NEAR


def _is_previous_subject(one: Candidate, cluster: Cluster) -> bool:
    """Whether a plural pronoun that is a subject follows the sentence whose subject the actor was."""
    before = one.head.doc[one.head.sent.start - 1].sent if one.head.sent.start else None
    if before is None or one.head.dep_ not in syntax.SUBJECTS:
        return False
    return any(m.head.head == before.root and m.head.dep_ in syntax.SUBJECTS for m, _ in cluster.mentions)


def _was_subject(cluster: Cluster, one: Candidate) -> bool:
    """Whether its last mention in the sentence before was the subject there."""
    last = cluster.last_before(one.start)
    mention = next((m for m, _ in cluster.mentions if m.start == last), None)
    return mention is not None and mention.head.dep_ in syntax.SUBJECTS + syntax.PASSIVE_SUBJECTS
