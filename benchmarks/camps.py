"""Camps against the coded corpus, by what told them: ``python -m benchmarks.camps``.

An actor of the program is the coded actor with whom most of its mentions share their place. Its camp is right if it
holds the coded name or is held by it, or if both have none. The codings are readings by a language model: what is
printed is agreement with the coded corpus. ``--write`` puts the counts of the train part into
``codebook/camp_rules.csv``, from which the tables take the `confidence` of an actor's camp.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from tqdm import tqdm

from analysis import schema
from analysis.actors.camps import BY, Sides
from analysis.actors.cast import cast_of
from analysis.codebook import folder
from analysis.language.document import Parsed
from analysis.language.parsing import parse_all
from analysis.reading.article import read_text
from analysis.statements.rules import find_attributions
from benchmarks.coded import read_corpus
from benchmarks.corpus_layers import meant_by, same_name

FILE = folder() / "camp_rules.csv"
COLUMNS = ("rule", "agreed", "found", "source", "note")


def compared(rows: Iterable[dict], method: str, camps_by: str) -> Iterator[tuple[str, str, str, bool]]:
    """For each actor with a coded one: kind, rule, what the program says of the camp, whether it is right."""
    rows = list(rows)
    articles = (read_text(row["text"], article_id=row["id"], date=row.get("date")) for row in rows)
    for row, parsed in zip(
        rows, tqdm(parse_all(articles), total=len(rows), desc="articles", disable=None), strict=True
    ):
        yield from _of_article(row, parsed, method, camps_by)


def _of_article(row: dict, parsed: Parsed, method: str, camps_by: str) -> Iterator[tuple[str, str, str, bool]]:
    people = cast_of(parsed, find_attributions(parsed, method=method), Sides(by=camps_by))
    coded = {one["id"]: one["camp"] for one in row["actors"]}
    who = meant_by(row, schema.tabulate("mentions", people.mentions))
    for actor in people.actors:
        if actor.actor_id in who.actors and actor.kind != "place":
            camp = coded[who.actors[actor.actor_id]]
            right = same_name(camp, actor.camp) if camp else actor.camp is None
            yield actor.kind, actor.method, "some" if actor.camp else "none", right


def main() -> None:
    """Print how often each rule agreed, and write the counts if asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.camps", description=__doc__.splitlines()[0])
    parser.add_argument("--split", default="dev", choices=("train", "dev"), help="which part (default: dev)")
    parser.add_argument("--polnear", type=Path, help="the folder with polnear_train.jsonl.gz: its coded articles too")
    parser.add_argument("--method", default="model", choices=schema.METHODS[1:], help="how the tool reads")
    parser.add_argument("--by", default="auto", choices=BY, help="what camps are made of (default: auto)")
    parser.add_argument("--write", action="store_true", help="write the counts into the codebook (train)")
    options = parser.parse_args()
    sources = ("wikinews", "polnear") if options.polnear else ("wikinews",)
    rows = read_corpus(sources, split=options.split, folder=options.polnear)
    found, right = Counter[str](), Counter[str]()
    for kind, rule, camp, agreed in compared(rows, options.method, options.by):
        for name in (rule, f"({kind})", "(all)", *(["(all with a camp)"] if camp == "some" else [])):
            found[name] += 1
            right[name] += agreed
    print(f"{len(rows)} articles, {options.split}\n\n| what told the camp | actors | agreed |\n| --- | --- | --- |")
    for name, count in sorted(found.items(), key=lambda one: (one[0].startswith("("), -one[1])):
        print(f"| {name} | {count} | {100 * right[name] / count:.0f} % |")
    if options.write:
        _write({name: (right[name], count) for name, count in found.items() if not name.startswith("(")}, options.split)


def _write(counts: dict[str, tuple[int, int]], split: str) -> None:
    with FILE.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(COLUMNS)
        for rule, (agreed, found) in sorted(counts.items()):
            table.writerow([rule, agreed, found, f"coded corpus {split}", "agreement with a language model's readings"])


if __name__ == "__main__":
    main()
