"""Actors and mentions: everybody who speaks or is spoken about, with one name, an office and a camp."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from analysis import schema
from analysis.actors import linking
from analysis.actors.clusters import Cluster
from analysis.actors.nouns import phrase_name
from analysis.actors.people import People, people_of
from analysis.actors.salience import setting_of
from analysis.knowledge import names as naming
from analysis.language.document import Parsed
from analysis.language.known import knowledge_of
from analysis.mentions.candidates import Candidate
from analysis.mentions.finding import find_candidates, find_sources
from analysis.schema import spans
from analysis.schema.records import Actor, Mention
from analysis.statements.attribution import Attribution


def cast_of(parsed: Parsed, attributions: Sequence[Attribution], *, camps: Mapping[str, str] | None = None) -> People:
    """The actors of an article and their mentions.

    Whoever is credited with words is an actor. `camps` overrides the camp of an actor by its name or `actor_id`; an
    empty string takes the camp away. A mention that no rule could link has no `actor_id`.
    """
    candidates = find_candidates(parsed)
    candidates += find_sources(attributions, candidates)
    candidates.sort(key=lambda one: one.start)
    clusters = linking.link(candidates, setting_of(parsed, attributions))
    ids = _ids(clusters)
    return people_of(
        parsed, _actors(parsed, clusters, ids, attributions, camps or {}), _mentions(parsed, clusters, ids, candidates)
    )


def _ids(clusters: Sequence[Cluster]) -> dict[int, str]:
    """An id for each cluster, made of its name; the same name twice gets a number."""
    ids: dict[int, str] = {}
    seen: Counter[str] = Counter()
    for cluster in clusters:
        slug = slug_of(cluster.name if cluster.kind == "organisation" else display_name(cluster))
        seen[slug] += 1
        ids[id(cluster)] = slug if seen[slug] == 1 else f"{slug}-{seen[slug]}"
    return ids


def slug_of(name: str) -> str:
    """A name as an id: "Élysée Palace" -> "elysee-palace"."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    return slug if slug and slug != schema.WRITER else f"{slug or 'actor'}-1"


def display_name(cluster: Cluster) -> str:
    """The fullest proper name, the usual one of an organisation, for the unnamed the words of the first mention."""
    names = [candidate.name for candidate, _ in cluster.mentions if candidate.form == "name" and candidate.name]
    if cluster.kind == "group" and not names:
        return phrase_name(cluster.mentions[0][0])
    if cluster.kind == "organisation" and names:
        written = [naming.bare(c.head.doc[c.start : c.end].text) for c, _ in cluster.mentions if c.form == "name"]
        return Counter(written).most_common(1)[0][0]
    return max(names, key=lambda name: (len(name.split()), -names.index(name)), default=cluster.name)


# --- camp and office ---------------------------------------------------------------------------------------------


def _camp(cluster: Cluster) -> tuple[str | None, Candidate | None, str]:
    """The side an actor belongs to, the mention that tells it, and the rule."""
    if cluster.kind == "state":
        return cluster.name, cluster.mentions[0][0], "state_itself"
    organisation_of = knowledge_of(cluster.mentions[0][0].head).organisation_of
    listed = organisation_of(cluster.name) if cluster.kind == "organisation" else None
    if listed is not None:
        return listed.camp or None, cluster.mentions[0][0], "listed_organisation"
    for candidate in cluster.facts:
        party = organisation_of(candidate.organisation) if candidate.organisation else None
        if party is not None and party.type == "party":
            return party.camp or party.name, candidate, "party_in_title"
    for candidate in cluster.facts:
        if candidate.state:
            return candidate.state, candidate, "state_in_title"
    for candidate in cluster.facts:
        listed = organisation_of(candidate.organisation) if candidate.organisation else None
        if listed is not None and listed.camp:
            return listed.camp, candidate, "organisation_in_title"
    return None, None, "no_affiliation"


def _office(cluster: Cluster) -> str | None:
    """The longest office that a mention names, as the text writes it."""
    phrases = [o.phrase for c in cluster.facts for o in c.offices if o.office_class != "honorific"]
    return max(phrases, key=len, default=None)


def _is_official(cluster: Cluster) -> bool:
    if cluster.kind == "group":
        nouns = (knowledge_of(c.head).group_of(c.head.lemma_.lower()) for c, _ in cluster.mentions)
        return any(noun is not None and noun.official for noun in nouns)
    return any(office.official for candidate in cluster.facts for office in candidate.offices)


# --- records -----------------------------------------------------------------------------------------------------


def _actors(
    parsed: Parsed,
    clusters: Sequence[Cluster],
    ids: Mapping[int, str],
    attributions: Sequence[Attribution],
    camps: Mapping[str, str],
) -> list[Actor]:
    """One record a cluster, who says most first."""
    spoken = Counter(a.source_head.i for a in attributions if a.source_head is not None)
    found = [_with_own_camp(_actor(parsed, cluster, ids[id(cluster)], spoken), camps) for cluster in clusters]
    return sorted(found, key=lambda one: (-one.statements, -one.mentions, one.actor_id))


def _actor(parsed: Parsed, cluster: Cluster, actor_id: str, spoken: Mapping[int, int]) -> Actor:
    camp, told_by, rule = _camp(cluster)
    evidence = (_span(parsed, told_by),) if told_by is not None else ()
    places = [(one.start, one.end) for one, _ in cluster.mentions]
    listed = parsed.knowledge.organisation_of(cluster.name)
    affiliation = cluster.first("organisation") if listed is None else None
    return Actor(
        article_id=parsed.article_id,
        actor_id=actor_id,
        name=display_name(cluster),
        kind=cluster.kind,
        office=_office(cluster),
        affiliation=affiliation or cluster.first("state"),
        camp=camp,
        official=_is_official(cluster),
        names=tuple(dict.fromkeys(parsed.text[slice(*_span(parsed, one))] for one, _ in cluster.mentions)),
        mentions=len(cluster.mentions),
        statements=sum(spoken[i] for start, end in places for i in range(start, end) if i in spoken),
        evidence=evidence,
        evidence_text=spans.words(parsed.text, evidence) or None,
        method=rule,
    )


def _with_own_camp(actor: Actor, camps: Mapping[str, str]) -> Actor:
    """The actor with the camp that the researcher gives it; the words that told another one are no evidence then."""
    own = camps.get(actor.name, camps.get(actor.actor_id))
    if own is None:
        return actor
    return replace(actor, camp=own or None, method="set_by_researcher", evidence=(), evidence_text=None)


def _span(parsed: Parsed, one: Candidate) -> spans.Span:
    last = parsed.doc[one.end - 1]
    return parsed.doc[one.start].idx, last.idx + len(last)


def _mentions(
    parsed: Parsed, clusters: Sequence[Cluster], ids: Mapping[int, str], candidates: Sequence[Candidate]
) -> list[Mention]:
    linked = {one.start: (ids[id(cluster)], rule) for cluster in clusters for one, rule in cluster.mentions}
    shown = [one for one in candidates if one.start in linked or one.kind in ("person", "group", "relative")]
    found = []
    for number, one in enumerate(shown, start=1):
        start, end = _span(parsed, one)
        actor_id, rule = linked.get(one.start, (None, "unresolved"))
        found.append(
            Mention(
                article_id=parsed.article_id,
                mention_id=number,
                actor_id=actor_id,
                segment_id=parsed.segment_at(start).segment_id,
                start=start,
                end=end,
                text=parsed.text[start:end],
                form=one.form,
                method=rule,
            )
        )
    return found
