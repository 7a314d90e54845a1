"""Who is for or against whom in whole articles: ``python -m benchmarks.positions DATA_DIR``.

Three corpora, to measure on alone: SEESAW (Zhang, Beauchamp and Wang 2022, coded by people; CC BY-NC-SA), and two sets
of world news that a language model's readings coded by CODEBOOK.md. A *pair* is an ordered pair of actors of an article
with the sign of the sum of its stances, said and told; a *side* is a stance for or against a target in one statement.
Actors are matched by name. Intervals: 95 %, bootstrap over articles.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from tqdm import tqdm

from analysis import analyse
from analysis.findings import taken
from analysis.language.parsing import parse_all
from analysis.reading.article import read_text
from analysis.schema import spans
from analysis.schema.analysis import Analysis
from benchmarks.corpora import read_rows
from benchmarks.matching import Found, match
from benchmarks.measures import interval

Signs = Mapping[tuple[str, str], int]
OTHER_NAMES = {"democratic party": "democrats", "republican party": "republicans", "united states": "us"}
TITLES = frozenset("the of and a mr ms mrs president sen rep senator minister foreign prime spokesman".split())


def words_of(name: str) -> frozenset[str]:
    """The words of a name that tell who it is."""
    return frozenset(re.findall(r"\w+", name.lower())) - TITLES


def is_called(coded: str, names: Iterable[str]) -> bool:
    """Whether a coded name (alternatives between bars) is one of an actor's names, in whole or in part.

    A last name stands for the person, a first name does not.
    """
    wanted = [one.strip().lower() for one in coded.split("|")]
    for one in (*wanted, *(OTHER_NAMES[one] for one in wanted if one in OTHER_NAMES)):
        for name in map(str.lower, names):
            a, b = words_of(one), words_of(name)
            first = len(b) == 1 < len(a) and one.split()[-1] != name.split()[-1]
            if one == name or (a and b and (a <= b or b <= a) and not first):
                return True
    return False


def names_of(tables: Analysis) -> dict[str, list[str]]:
    """Actor -> all that the text calls him."""
    return {one.actor_id: [one.name, *re.split(r" \| |; ", one.names)] for one in tables.actors.itertuples()}


def signs_of(rows: Iterable[tuple[str, str, int]]) -> Signs:
    """The sign of the sum for each ordered pair; pairs that sum to 0 are left out."""
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for source, target, stance in rows:
        sums[source, target] += stance
    return {pair: (total > 0) - (total < 0) for pair, total in sums.items() if total}


def of_pairs(
    coded: Signs, tables: Analysis, entities: Sequence[str], *, doubtful: Iterable[Sequence] = (), others: bool = True
) -> Counter:
    """What the program has of the coded pairs of one article.

    Pairs of `doubtful` do not count as too many, and those with an actor whom nobody coded only with `others`.
    """
    names = names_of(tables)
    who = {actor: next((one for one in entities if is_called(one, own)), f"? {actor}") for actor, own in names.items()}
    rows = [
        (who[one.source_id], who[one.target_id], int(one.stance))
        for one in tables.stances.itertuples()
        if one.source_id in who and one.target_id in who
    ]
    found = {pair: sign for pair, sign in signs_of(rows).items() if pair[0] != pair[1]}
    unsure = {(source, target) for source, target, _ in doubtful}
    unsure |= {pair for pair in found if not others and not {*pair} <= {*entities}}
    both = [pair for pair in coded if pair in found]
    return Counter(
        coded=len(coded),
        found=len(found.keys() - unsure),
        both=len(both),
        right=sum(found[pair] == coded[pair] for pair in both),
    )


def of_sides(statements: Sequence[dict], tables: Analysis, text: str) -> Counter:
    """How many of the sides that are taken in the coded statements of one article the program has too."""
    rows = tables.statements[tables.statements["repeats"].isna()].reset_index(drop=True)
    mine = [Found(tuple(spans.read(one)), None, None, "") for one in rows["content_spans"]]
    said, counts = taken(tables.stances), Counter()
    for one in match(statements, mine, text):
        own = said[said["statement_id"] == rows.loc[one.predicted, "statement_id"]]
        if statements[one.coded]["optional"]:
            continue
        for target, stance in statements[one.coded]["stances"].items():
            hit = [int(row.stance) for row in own.itertuples() if is_called(target, [row.target])]
            counts["sides"] += stance != 0
            counts["sides right"] += stance != 0 and hit[:1] == [stance]
    return counts


def f1(counts: Counter) -> float:
    """F1 of pairs in percent."""
    total = counts["coded"] + counts["found"]
    return 200 * counts["right"] / total if total else float("nan")


def share(part: str, whole: str) -> Callable[[Counter], float]:
    """A share of counts in percent."""
    return lambda counts: 100 * counts[part] / counts[whole] if counts[whole] else float("nan")


PAIRS = {
    "pairs, F1": f1,
    "precision": share("right", "found"),
    "recall": share("right", "coded"),
    "sign right where both have one": share("right", "both"),
}
SIDES = {"sides right, of statements found": share("sides right", "sides")}


def measured(rows: Sequence[dict], count: Callable[[dict, Analysis], Counter]) -> list[Counter]:
    """The counts of each article."""
    articles = (read_text(text_of(row), article_id=row["id"]) for row in rows)
    parsed = tqdm(parse_all(articles), total=len(rows), disable=None)
    return [count(row, analyse(one, evidence=False)) for row, one in zip(rows, parsed, strict=True)]


def text_of(row: dict) -> str:
    """The text of a row; SEESAW has it in sentences."""
    return row["text"] if "text" in row else "\n\n".join((row["title"], *row["sentences"]))


def of_seesaw(row: dict, tables: Analysis) -> Counter:
    """The pairs of an article of SEESAW, topics left out."""
    entities = [one["name"] for one in row["entities"] if one["type"] != "Topic"]
    known = [one for one in row["stances"] if one["source"] in entities and one["target"] in entities]
    coded = signs_of((one["source"], one["target"], one["stance"]) for one in known if one["source"] != one["target"])
    return of_pairs(coded, tables, entities, others=False)


def of_world(row: dict, tables: Analysis) -> Counter:
    """The sides of an article of world news, and its pairs where they are coded."""
    counts = of_sides(row["statements"], tables, next(iter(tables.texts.values())))
    if "positions" in row:
        coded = {(source, target): sign for source, target, sign in row["positions"]}
        entities = list(dict.fromkeys(one for pair in coded for one in pair))
        counts += of_pairs(coded, tables, entities, doubtful=row["positions_doubtful"])
    return counts


CORPORA = {
    "SEESAW dev (people)": ("seesaw", "dev", of_seesaw, PAIRS),
    "world news dev (readings)": ("world_news", "dev", of_world, SIDES),
    "world news dev2 (readings)": ("world_news", "dev2", of_world, SIDES | PAIRS),
}


def main() -> None:
    """Print a line for each figure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.positions", description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="the folder with seesaw_dev.jsonl.gz and world_news_dev*.jsonl.gz")
    parser.add_argument("--json", action="store_true", help="print the figures as one JSON object")
    options = parser.parse_args()
    result: dict[str, dict[str, tuple[float, float, float]]] = {}
    for name, (corpus, split, count, figures) in CORPORA.items():
        counts = measured(read_rows(options.data, corpus, split), count)
        result[name] = {}
        for figure, measure in figures.items():

            def drawn(rows: np.ndarray, measure=measure, counts=counts) -> float:
                return measure(sum((counts[n] for n in rows), Counter()))

            result[name][figure] = drawn(np.arange(len(counts))), *interval(drawn, len(counts))
    if options.json:
        print(json.dumps(result))
        return
    for name, figures in result.items():
        for figure, (value, low, high) in figures.items():
            print(f"{name}: {figure} {value:.1f} ({low:.1f} to {high:.1f})")


if __name__ == "__main__":
    main()
