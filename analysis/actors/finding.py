"""Actors and mentions: everybody who speaks or is spoken about, with one name, an office and a camp."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd

from analysis import schema
from analysis.actors import linking
from analysis.actors.clusters import Cluster
from analysis.actors.nouns import phrase_name
from analysis.actors.salience import setting_of
from analysis.knowledge import gazetteer
from analysis.knowledge import names as naming
from analysis.language.parsing import Parsed
from analysis.language.quotes import find_quotes
from analysis.mentions.candidates import Candidate
from analysis.mentions.finding import find_candidates, find_sources
from analysis.schema import spans
from analysis.statements.attribution import READ, Attribution
from analysis.statements.rules import find_attributions


def find_actors(
    parsed: Parsed,
    attributions: Sequence[Attribution] | None = None,
    *,
    camps: Mapping[str, str] | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The actors of an article and their mentions, as the tables "actors" and "mentions".

    `attributions` are those of :func:`analysis.statements.rules.find_attributions`, found here if not given: whoever
    is credited with words is an actor. `camps` overrides the camp of an actor by its name or `actor_id`; an
    empty string takes the camp away. A mention that no rule could link has no `actor_id`.
    """
    attributions = find_attributions(parsed) if attributions is None else attributions
    candidates = find_candidates(parsed.doc, _stretches(parsed))
    candidates += find_sources(attributions, candidates)
    candidates.sort(key=lambda one: one.start)
    clusters = linking.link(candidates, setting_of(parsed.doc, attributions, _quotations(parsed)))
    ids = _ids(clusters)
    actors = _actors_table(parsed, clusters, ids, attributions, camps or {})
    return actors, _mentions_table(parsed, clusters, ids, candidates)


def _stretches(parsed: Parsed) -> list[tuple[int, int]]:
    """The token stretches of the segments that are read."""
    found = (
        parsed.doc.char_span(segment.start, segment.end, alignment_mode="expand")
        for segment in parsed.article.segments
        if segment.kind in READ
    )
    return [(span.start, span.end) for span in found if span is not None]


def _quotations(parsed: Parsed) -> list[spans.Span]:
    """The stretches in double quotation marks of the segments that are read."""
    read = (segment for segment in parsed.article.segments if segment.kind in READ)
    quotes = (quote for part in read for quote in find_quotes(parsed.article.text, part.start, part.end))
    return [quote.span for quote in quotes if quote.double]


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
    listed = gazetteer.organisation_of(cluster.name) if cluster.kind == "organisation" else None
    if listed is not None:
        return listed.camp or None, cluster.mentions[0][0], "listed_organisation"
    for candidate in cluster.facts:
        party = gazetteer.organisation_of(candidate.organisation) if candidate.organisation else None
        if party is not None and party.type == "party":
            return party.camp or party.name, candidate, "party_in_title"
    for candidate in cluster.facts:
        if candidate.state:
            return candidate.state, candidate, "state_in_title"
    for candidate in cluster.facts:
        listed = gazetteer.organisation_of(candidate.organisation) if candidate.organisation else None
        if listed is not None and listed.camp:
            return listed.camp, candidate, "organisation_in_title"
    return None, None, "no_affiliation"


def _office(cluster: Cluster) -> str | None:
    """The longest office that a mention names, as the text writes it."""
    phrases = [o.phrase for c in cluster.facts for o in c.offices if o.office_class != "honorific"]
    return max(phrases, key=len, default=None)


def _is_official(cluster: Cluster) -> bool:
    if cluster.kind == "group":
        nouns = (gazetteer.group_of(c.head.lemma_.lower()) for c, _ in cluster.mentions)
        return any(noun is not None and noun.official for noun in nouns)
    return any(office.official for candidate in cluster.facts for office in candidate.offices)


# --- tables ------------------------------------------------------------------------------------------------------


def _actors_table(
    parsed: Parsed,
    clusters: Sequence[Cluster],
    ids: Mapping[int, str],
    attributions: Sequence[Attribution],
    camps: Mapping[str, str],
) -> pd.DataFrame:
    spoken = Counter(a.source_head.i for a in attributions if a.source_head is not None)
    rows = []
    for cluster in clusters:
        row = _actor_row(parsed, cluster, ids[id(cluster)])
        row["statements"] = sum(
            spoken[i] for one, _ in cluster.mentions for i in range(one.start, one.end) if i in spoken
        )
        override = camps.get(row["name"], camps.get(row["actor_id"]))
        if override is not None:
            row |= {"camp": override or None, "method": "set_by_researcher"}
        rows.append(row)
    rows.sort(key=lambda row: (-row["statements"], -row["mentions"], row["actor_id"]))
    return schema.tabulate("actors", rows)


def _actor_row(parsed: Parsed, cluster: Cluster, actor_id: str) -> dict[str, object]:
    camp, told_by, rule = _camp(cluster)
    evidence = [_span(parsed, told_by)] if told_by is not None else []
    text = parsed.article.text
    listed = gazetteer.organisation_of(cluster.name)
    affiliation = cluster.first("organisation") if listed is None else None
    return {
        "article_id": parsed.article.article_id,
        "actor_id": actor_id,
        "name": display_name(cluster),
        "kind": cluster.kind,
        "office": _office(cluster),
        "affiliation": affiliation or cluster.first("state"),
        "camp": camp,
        "official": _is_official(cluster),
        "names": " | ".join(dict.fromkeys(text[slice(*_span(parsed, one))] for one, _ in cluster.mentions)),
        "mentions": len(cluster.mentions),
        "evidence": spans.write(evidence),
        "evidence_text": spans.words(text, evidence),
        "method": rule,
    }


def _span(parsed: Parsed, one: Candidate) -> spans.Span:
    last = parsed.doc[one.end - 1]
    return parsed.doc[one.start].idx, last.idx + len(last)


def _mentions_table(
    parsed: Parsed, clusters: Sequence[Cluster], ids: Mapping[int, str], candidates: Sequence[Candidate]
) -> pd.DataFrame:
    linked = {one.start: (ids[id(cluster)], rule) for cluster in clusters for one, rule in cluster.mentions}
    shown = [one for one in candidates if one.start in linked or one.kind in ("person", "group", "relative")]
    rows = []
    for number, one in enumerate(shown, start=1):
        start, end = _span(parsed, one)
        actor_id, rule = linked.get(one.start, (None, "unresolved"))
        rows.append(
            {
                "article_id": parsed.article.article_id,
                "mention_id": number,
                "actor_id": actor_id,
                "segment_id": next(s.segment_id for s in parsed.article.segments if s.start <= start < s.end),
                "start": start,
                "end": end,
                "text": parsed.article.text[start:end],
                "form": one.form,
                "method": rule,
            }
        )
    return schema.tabulate("mentions", rows)
