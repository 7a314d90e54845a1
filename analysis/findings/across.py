"""Actors across articles: who is the same in all of them, what is doubtful about it, and a file that settles it.

States, bodies and parties are the same under the same id. Persons are the same under the same name of two words or
more; a surname alone ("Obama") is the one person of the corpus who bears it, or does in nearly all articles, if nothing
known of the two disagrees. Groups without a camp and persons named by an office alone ("supporters", "the president")
are others in every article.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import pandas as pd

from analysis.schema.analysis import Analysis

ACTORS = {
    "statements": [("speaker_id", "speaker", "camp"), ("addressee_id", "addressee", None)],
    "stances": [
        ("source_id", "source", "source_camp"),
        ("target_id", "target", "target_camp"),
        ("teller_id", "teller", None),
    ],
    "sentiments": [("actor_id", "actor", "camp"), ("voice_id", "voice", None)],
    "frames": [("voice_id", "voice", None)],
    "roles": [("actor_id", "actor", "camp"), ("voice_id", "voice", None)],
    "functions": [("actor_id", "actor", "camp"), ("voice_id", "voice", None)],
    "devices": [("actor_id", "actor", "camp"), ("voice_id", "voice", None)],
    "mentions": [("actor_id", None, None)],
}
"""Where tables name an actor: the columns of id, name and camp."""
KNOWN = ("state", "party")
MOSTLY = 0.75
"""A surname that several bear is the one whom this share of the articles with any of their full names has."""
DOUBTS = ("name", "taken for", "articles", "why")
SURNAME, SEVERAL, DISAGREE = (
    "a surname alone",
    "a surname of several persons, left apart",
    "the same name, but of another state or party",
)


def united(analysis: Analysis, aliases: Mapping[str, str] | None = None) -> tuple[Analysis, pd.DataFrame]:
    """The analysis with one id, name and camp for each actor in all articles, and the joins that are doubtful.

    `aliases` settles them: name of an actor -> the name he is to have; it wins over the rules. The camp is the most
    frequent one of the actor. Columns of the second table: `name`, `taken for`, `articles`, `why`.
    """
    actors = analysis.actors
    keys, doubts = _keys(actors, aliases or {})
    named = actors.assign(key=keys)
    names, camps = _most_frequent(named, "name"), _most_frequent(named, "camp")
    names |= {key: alias for key, alias in zip(keys, _aliases(actors, aliases or {}), strict=True) if alias}
    ids = dict(zip(zip(actors["article_id"], actors["actor_id"], strict=True), keys, strict=True))
    changed = {table: _renamed(getattr(analysis, table), places, ids, names, camps) for table, places in ACTORS.items()}
    own = named.assign(actor_id=_texts(keys), name=_texts([names[key] for key in keys]))
    own = own.assign(camp=_texts([camps.get(key) for key in keys])).drop(columns="key")
    return replace(analysis, actors=own, **changed), doubts


@dataclass(frozen=True)
class Bearer:
    """What the articles know of those who bear a full name: how many they are, what most say of state and party."""

    name: str
    articles: int
    told: Mapping[str, str]

    def agrees(self, row: Mapping[str, object]) -> bool:
        """Whether nothing that is known of an actor contradicts it."""
        return all(pd.isna(row[name]) or row[name] == told for name, told in self.told.items())


def _keys(actors: pd.DataFrame, aliases: Mapping[str, str]) -> tuple[list[str], pd.DataFrame]:
    """Of each actor the id that it has in all articles."""
    rows = actors.to_dict("records")
    full: dict[str, list[dict[str, object]]] = defaultdict(list)
    for row in rows:
        if _is_full(row):
            full[_bare(row["name"])].append(row)
    known = {name: _bearer(group) for name, group in full.items()}
    bearers: dict[str, list[str]] = defaultdict(list)
    for name in sorted(known):
        bearers[name.split()[-1]].append(name)
    found = [_key(row, known, bearers) for row in rows]
    ids = {_bare(row["name"]): key for row, (key, _) in zip(rows, found, strict=True)}
    keys, doubts = [], Counter()
    for row, alias, (key, why) in zip(rows, _aliases(actors, aliases), found, strict=True):
        keys.append(ids.get(_bare(alias), _bare(alias)) if alias else key)
        if why and not alias:
            doubts[row["name"], known[key].name if key in known else "himself", why] += 1
    told = [dict(zip(DOUBTS, (name, other, n, why), strict=True)) for (name, other, why), n in doubts.items()]
    table = pd.DataFrame(told, columns=DOUBTS).sort_values(["articles", "name"], ascending=[False, True])
    return keys, table.reset_index(drop=True)


def _bearer(rows: Sequence[Mapping[str, object]]) -> Bearer:
    told = {}
    for name in KNOWN:
        counts = Counter(row[name] for row in rows if not pd.isna(row[name]))
        told |= {name: counts.most_common(1)[0][0]} if counts else {}
    return Bearer(rows[0]["name"], len(rows), told)


def _key(
    row: Mapping[str, object], known: Mapping[str, Bearer], bearers: Mapping[str, Sequence[str]]
) -> tuple[str, str | None]:
    """The id of an actor across articles, and what is doubtful about it."""
    name, alone = _bare(row["name"]), f"{row['article_id']}: {row['actor_id']}"
    if row["kind"] in ("state", "organisation", "place"):
        return f"{row['kind']} {row['actor_id']}", None
    if row["kind"] == "group":
        return (alone, None) if pd.isna(row["camp"]) else (f"group {name} {row['camp']}", None)
    if _is_full(row):
        return name, None if known[name].agrees(row) else DISAGREE
    if not _is_name(row):
        return alone, None
    same = {other: known[other].articles for other in bearers.get(name, ()) if known[other].agrees(row)}
    if not same:
        return f"person {name}", None
    first = max(same, key=same.get)
    return (first, SURNAME) if same[first] >= MOSTLY * sum(same.values()) else (alone, SEVERAL)


def _is_name(row: Mapping[str, object]) -> bool:
    """Whether a person is named, and not only called by an office or a word: "Obama", no "Candidate"."""
    office = "" if pd.isna(row["office"]) else _bare(row["office"])
    return row["kind"] == "person" and row["name"] in str(row["names"]) and _bare(row["name"]) not in (office, "")


def _is_full(row: Mapping[str, object]) -> bool:
    return row["kind"] == "person" and len(row["name"].split()) > 1 and _is_name(row)


def _aliases(actors: pd.DataFrame, aliases: Mapping[str, str]) -> list[str | None]:
    known = {_bare(name): alias for name, alias in aliases.items()}
    return [known.get(_bare(name)) for name in actors["name"]]


@lru_cache(100_000)
def _bare(name: object) -> str:
    """A name in small letters, without diacritics."""
    parts = unicodedata.normalize("NFKD", str(name).replace("’", "'"))
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold()


def _most_frequent(named: pd.DataFrame, column: str) -> dict[str, str]:
    """For each key the cell that most articles give, of a person a full name before others; of several the longest."""
    counts = named.dropna(subset=column).groupby(["key", column]).size().rename("n").reset_index()
    counts["full"] = counts["key"] == counts[column].map(_bare)
    counts["length"] = counts[column].str.len()
    order = {"key": True, "full": False, "n": False, "length": False, column: True}
    ranked = counts.sort_values(list(order), ascending=list(order.values()))
    return ranked.drop_duplicates("key").set_index("key")[column].to_dict()


def _renamed(
    table: pd.DataFrame,
    places: Sequence[tuple[str, str | None, str | None]],
    ids: Mapping[tuple[str, str], str],
    names: Mapping[str, str],
    camps: Mapping[str, str],
) -> pd.DataFrame:
    """A table with the ids, names and camps that actors have across articles."""
    for own, name, camp in places:
        keys = [ids.get(pair) for pair in zip(table["article_id"], table[own], strict=True)]
        kept = [key is None for key in keys]
        new = {own: _texts([old if keep else key for key, keep, old in zip(keys, kept, table[own], strict=True)])}
        for column, told in ((name, names), (camp, camps)):
            if column is not None:
                cells = zip(keys, kept, table[column], strict=True)
                new[column] = _texts([old if keep else told.get(key) for key, keep, old in cells])
        table = table.assign(**new)
    return table


def _texts(cells: Sequence[object]) -> pd.api.extensions.ExtensionArray:
    return pd.array([None if pd.isna(cell) else cell for cell in cells], dtype="string")
