"""The figures of the data card of the coded corpus: ``python -m benchmarks.corpus_card [DATA_DIR]``.

How much is coded, how far its two readings agree, and, with the folder that holds ``polnear_train.jsonl.gz``, how far
they agree with the people who coded PolNeAR. The readings are a language model's by CODEBOOK.md; agreement of one with
the other says that the codebook is read alike, not that people would read it so.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from analysis.findings.alpha import alpha
from benchmarks.coded import CORPUS, SOURCES, rows_of
from benchmarks.corpora import read_rows
from benchmarks.matching import Found, match

Line = tuple[str, str]


def _rulings() -> list[dict[str, str]]:
    with (CORPUS / "rulings.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sizes(rows: Sequence[dict]) -> Iterator[Line]:
    """How many articles, and how many units of each layer."""
    statements = [one for row in rows for one in row["statements"]]
    stances = [one for statement in statements for one in statement["stances"]]
    positions = [one for row in rows for one in row["positions"]]
    passages = [one for row in rows for one in row["passages"]]
    roles = Counter(one["role"] for row in rows for one in row["roles"])
    yield "articles (train, dev)", f"{len(rows)} ({', '.join(str(n) for n in _parts(rows))})"
    yield "statements (optional)", f"{len(statements)} ({sum(one['optional'] for one in statements)})"
    yield "stances (against, neither, for)", _told([one["stance"] for one in stances], (-1, 0, 1))
    yield "positions of articles (against, for)", _told([one["position"] for one in positions], (-1, 1))
    yield "actors", str(sum(len(row["actors"]) for row in rows))
    yield "mentions", str(sum(len(row["mentions"]) for row in rows))
    yield "roles", ", ".join(f"{role} {n}" for role, n in sorted(roles.items()))
    yield "passages (with a frame, with a function)", _told_passages(passages)


def _parts(rows: Sequence[dict]) -> tuple[int, int]:
    return tuple(sum(row["split"] == part for row in rows) for part in ("train", "dev"))


def _told(values: Sequence[int], labels: Sequence[int]) -> str:
    return f"{len(values)} ({', '.join(str(values.count(one)) for one in labels)})"


def _told_passages(passages: Sequence[dict]) -> str:
    return (
        f"{len(passages)} ({sum(bool(p['frames']) for p in passages)}, {sum(bool(p['functions']) for p in passages)})"
    )


def agreement(rows: Sequence[dict]) -> Iterator[Line]:
    """How far the two readings agree: what both have against what one has, before the third reading settled it."""
    ids = {row["id"] for row in rows}
    rulings = [one for one in _rulings() if one["article_id"] in ids]
    open_ = Counter(one["layer"] for one in rulings)
    statements = [one for row in rows for one in row["statements"]]
    both = sum(one["readings"] == 2 for one in statements)
    actors = sum(one["readings"] == 2 for row in rows for one in row["actors"])
    yield "statements, F1", _f1(both, len(statements))
    yield "speakers, % of statements that both have", _percent(both - open_["speaker"], both)
    yield "camps, % of actors", _percent(actors - open_["camp"], actors)
    yield "class of the cue, % of statements that both have", _percent(both - open_["cue_class"], both)
    yield from _of_stances(statements, [one for one in rulings if one["layer"] == "stance"])
    positions = [one for row in rows for one in row["positions"]]
    roles = [one for row in rows for one in row["roles"]]
    for name, settled, layer in (("positions, F1", positions, "position"), ("roles, F1", roles, "role")):
        alike = sum(one["readings"] == 2 for one in settled)
        yield name, _f1(alike, alike + open_[layer])
    alike = sum(len(row["frames"]) for row in rows)
    yield "frames of articles, F1", _f1(alike, alike + sum(len(row["frames_one_reading"]) for row in rows))
    yield "frames of passages in articles against these, recall", _percent(*_passages_in_articles(rows))


def _of_stances(statements: Sequence[dict], rulings: Sequence[dict[str, str]]) -> Iterator[Line]:
    """Of stances each reading has a value; of those that differ both stand in the ruling."""
    pairs = [(one["stance"],) * 2 for s in statements for one in s["stances"] if one["readings"] == 2]
    pairs += [tuple(map(int, one["readings"].split("|"))) for one in rulings]
    taken = [pair for pair in pairs if any(pair)]
    yield "stances, % equal", _percent(sum(one == other for one, other in pairs), len(pairs))
    yield "sides (either is not 0), % equal", _percent(sum(one == other for one, other in taken), len(taken))
    yield "stances, alpha (ordinal)", f"{alpha(np.array(pairs, dtype=float).T, level='ordinal'):.2f}"


def _passages_in_articles(rows: Sequence[dict]) -> tuple[int, int]:
    seen = [{one for passage in row["passages"] for one in passage["frames"]} for row in rows]
    return sum(len(set(row["frames"]) & one) for row, one in zip(rows, seen, strict=True)), sum(
        len(row["frames"]) for row in rows
    )


def with_people(rows: Sequence[dict], folder: Path) -> Iterator[Line]:
    """The codings against the attributions that people coded in the same articles of PolNeAR."""
    people = {row["id"]: row for row in read_rows(folder, "polnear", "train")}
    hits, theirs, sure = 0, 0, Counter()
    for row in rows:
        other = people[row["id"]]
        given = [Found(tuple(map(tuple, one["content"])), None, None, "") for one in row["statements"]]
        pairs = match(other["attributions"], given, other["text"])
        found = {one.predicted for one in pairs}
        hits, theirs = hits + len(pairs), theirs + len(other["attributions"])
        sure.update(n in found for n, one in enumerate(row["statements"]) if not one["optional"])
    yield "attributions of PolNeAR that are coded here too, %", _percent(hits, theirs)
    yield "statements coded here (not optional) that are PolNeAR's, %", _percent(sure[True], sure.total())


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} ({whole})" if whole else "-"


def _f1(both: int, all_: int) -> str:
    return f"{200 * both / (both + all_):.0f} ({all_})"


def table(lines: dict[str, dict[str, str]]) -> str:
    """The lines as a table of Markdown, a column each source."""
    names = dict.fromkeys(name for column in lines.values() for name in column)
    head = ["| | " + " | ".join(lines) + " |", "| --- " * (len(lines) + 1) + "|"]
    return "\n".join([*head, *(f"| {n} | " + " | ".join(c.get(n, "") for c in lines.values()) + " |" for n in names)])


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.corpus_card", description=__doc__.splitlines()[0])
    parser.add_argument("data", nargs="?", type=Path, help="the folder with polnear_train.jsonl.gz")
    options = parser.parse_args()
    rows = {source: list(rows_of(source)) for source in SOURCES}
    print(table({source: dict(sizes(some)) for source, some in rows.items()}), end="\n\n")
    print(table({source: dict(agreement(rows[source])) for source in ("wikinews", "polnear")}))
    if options.data:
        print("\n" + table({"polnear": dict(with_people(rows["polnear"], options.data))}))


if __name__ == "__main__":
    main()
