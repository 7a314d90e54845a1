"""Actors and mentions: everybody who speaks or is spoken about, with one name, an office and a camp."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from analysis import schema
from analysis.actors import linking
from analysis.actors.affiliation import Chain, Ground, Link, contends, is_official_group, span_of
from analysis.actors.camps import Sides, Weighed, camps_of
from analysis.actors.chains import chains_of, merge_listed
from analysis.actors.clusters import Cluster
from analysis.actors.home import Home
from analysis.actors.nouns import phrase_name
from analysis.actors.people import People, people_of
from analysis.actors.salience import setting_of
from analysis.codebook.measured import camp_agreement
from analysis.knowledge import names as naming
from analysis.knowledge.holders import Holders
from analysis.language.document import Parsed
from analysis.language.known import knowledge_of
from analysis.mentions.bodies import find_places
from analysis.mentions.candidates import Candidate
from analysis.mentions.finding import FIRST_PERSON, find_candidates, find_sources
from analysis.schema import spans
from analysis.schema.records import Actor, Mention
from analysis.statements.attribution import Attribution


def cast_of(parsed: Parsed, attributions: Sequence[Attribution], sides: Sides | None = None) -> People:
    """The actors of an article and their mentions.

    Whoever is credited with words is an actor; `sides` are the researcher's decisions about camps. A mention that no
    rule could link has no `actor_id`.
    """
    sides = sides or Sides()
    candidates = find_candidates(parsed)
    candidates += find_sources(attributions, candidates)
    candidates += find_places(parsed, candidates)
    candidates.sort(key=lambda one: one.start)
    clusters = linking.link(candidates, setting_of(parsed, attributions))
    ground = Ground(parsed.knowledge, Holders(tuple(sides.people)), Home(parsed), parsed.article.date)
    clusters = merge_listed(clusters, ground)
    ids = _ids(clusters)
    actors = [_with_own_camp(one, sides.own) for one in _actors(parsed, clusters, ids, attributions, ground, sides.by)]
    return people_of(parsed, actors, _mentions(parsed, clusters, ids, candidates))


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


# --- office -------------------------------------------------------------------------------------------------------


def _office(cluster: Cluster) -> str | None:
    """The longest office that a mention names, as the text writes it."""
    phrases = [o.phrase for c in cluster.facts for o in c.offices if o.office_class != "honorific"]
    return max(phrases, key=len, default=None)


def _is_official(cluster: Cluster) -> bool:
    if cluster.kind == "group":
        return is_official_group(cluster, knowledge_of(cluster.mentions[0][0].head))
    return any(office.official for candidate in cluster.facts for office in candidate.offices)


# --- records -----------------------------------------------------------------------------------------------------


def _actors(
    parsed: Parsed,
    clusters: Sequence[Cluster],
    ids: Mapping[int, str],
    attributions: Sequence[Attribution],
    ground: Ground,
    camps_by: str,
) -> list[Actor]:
    """One record a cluster, who says most first."""
    sources = Counter(a.source_head.i for a in attributions if a.source_head is not None)
    said = [_statements(cluster, sources) for cluster in clusters]
    chains = chains_of(clusters, ground)
    weighed = [
        Weighed(chain, len(cluster.mentions) + statements, contends(cluster, chain))
        for cluster, chain, statements in zip(clusters, chains, said, strict=True)
    ]
    camps = camps_of(weighed, camps_by)
    found = [
        _actor(parsed, cluster, ids[id(cluster)], chain, camps.of(weight), statements)
        for cluster, chain, weight, statements in zip(clusters, chains, weighed, said, strict=True)
    ]
    return sorted(found, key=lambda one: (-one.statements, -one.mentions, one.actor_id))


def _statements(cluster: Cluster, sources: Mapping[int, int]) -> int:
    places = [(one.start, one.end) for one, _ in cluster.mentions]
    return sum(sources[i] for start, end in places for i in range(start, end) if i in sources)


def _actor(parsed: Parsed, cluster: Cluster, actor_id: str, chain: Chain, camp: Link | None, statements: int) -> Actor:
    words = (camp.words,) if camp is not None else ()
    rule = camp.rule if camp is not None else "no_affiliation"
    return Actor(
        article_id=parsed.article_id,
        actor_id=actor_id,
        name=display_name(cluster),
        kind=cluster.kind,
        office=_office(cluster),
        body=chain.body.value if chain.body is not None else None,
        state=chain.state.value if chain.state is not None else None,
        party=chain.party.value if chain.party is not None else None,
        camp=camp.value if camp is not None else None,
        official=_is_official(cluster),
        names=tuple(dict.fromkeys(parsed.text[slice(*span_of(one))] for one, _ in cluster.mentions)),
        mentions=len(cluster.mentions),
        statements=statements,
        evidence=words,
        evidence_text=spans.words(parsed.text, words) or None,
        method=rule,
        confidence=camp_agreement(rule),
    )


def _with_own_camp(actor: Actor, camps: Mapping[str, str]) -> Actor:
    """The actor with the camp that the researcher gives it; the words that told another one are no evidence then."""
    own = camps.get(actor.name, camps.get(actor.actor_id))
    if own is None:
        return actor
    told = {"method": "set_by_researcher", "evidence": (), "evidence_text": None, "confidence": None}
    return replace(actor, camp=own or None, **told)


def _is_open(one: Candidate) -> bool:
    """Whether a candidate that no rule linked is shown as not resolved: somebody is meant there."""
    return one.kind in ("person", "group", "relative") and one.head.lower_ not in FIRST_PERSON


def _mentions(
    parsed: Parsed, clusters: Sequence[Cluster], ids: Mapping[int, str], candidates: Sequence[Candidate]
) -> list[Mention]:
    linked = {one.start: (ids[id(cluster)], rule) for cluster in clusters for one, rule in cluster.mentions}
    shown = [one for one in candidates if one.start in linked or _is_open(one)]
    found = []
    for number, one in enumerate(shown, start=1):
        start, end = span_of(one)
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
