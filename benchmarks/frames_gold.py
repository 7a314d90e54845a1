"""Frames, roles and functions against hand coding: ``python -m benchmarks.frames_gold DATA_DIR``.

The first article and four dev articles of PolNeAR; ``gold/frames.csv``, ``gold/functions.csv`` and ``gold/roles.csv``
hold, as characters of their texts, what one coder, an author of this project, coded by CODEBOOK.md before looking at
what the program gives. The program is measured as a second coder, end to end (:mod:`benchmarks.framing_agreement`).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from tqdm import tqdm

from analysis import analyse, load
from analysis.framing.frames import load_frames
from analysis.language.document import Parsed
from analysis.language.parsing import parse_all
from analysis.reading.article import read_text
from analysis.schema import ROLES
from benchmarks import framing_agreement as agreement
from benchmarks.corpora import read_rows
from benchmarks.measures import interval

GOLD = Path(__file__).parent / "gold"
SEED = Path(__file__).parents[1] / "seeds" / "000_b48bac653413fbe2.txt"
FUNCTIONS = ("problem", "cause", "judgement", "remedy")
TABLES = ("passages", "actors", "mentions", "frames", "roles", "functions")
Tables = dict[str, pd.DataFrame]


def read_gold() -> Tables:
    """The coded passages ("units"), frames, roles and functions, each row with the number of its passage in `unit`."""
    gold = {name: pd.read_csv(GOLD / f"{name}.csv").convert_dtypes() for name in ("frames", "roles", "functions")}
    units = gold["frames"][["article_id", "start", "end"]].drop_duplicates(ignore_index=True)
    number = {key: n for n, key in enumerate(zip(units.article_id, units.start, strict=True))}
    for name, table in gold.items():
        gold[name] = table.assign(unit=[number[key] for key in zip(table.article_id, table.start, strict=True)])
    return gold | {"units": units}


def read_articles(folder: Path, gold: Tables) -> list[Parsed]:
    """The coded articles, read and parsed."""
    wanted = set(gold["units"].article_id)
    rows = [row for row in read_rows(folder, "polnear", "dev") if row["id"] in wanted]
    return list(parse_all([load(SEED), *(read_text(row["text"], article_id=row["id"]) for row in rows)]))


def run(articles: list[Parsed], method: str | None) -> Tables:
    """The tables of the program that are compared, of all articles together."""
    given = {} if method is None else {"method": method}
    found = [analyse(one, **given).tables for one in tqdm(articles)]
    return {name: pd.concat([one[name] for one in found], ignore_index=True) for name in TABLES if name in found[0]}


def comparable(gold: Tables, found: Tables) -> tuple[Tables, Tables]:
    """Both sides with numbers of passages; the coded actors as actors of the program."""
    numbers = agreement.unit_numbers(gold["units"], found["passages"])
    placed = {
        name: agreement.in_units(found[name], numbers) for name in ("frames", "roles", "functions") if name in found
    }
    coded = {name: agreement.with_actors(gold[name], found["mentions"]) for name in ("roles", "functions")}
    return gold | coded, found | placed


def unseen(gold: Tables) -> np.ndarray:
    """The passages of all articles but the first, with which rules and cues were written."""
    return np.flatnonzero(gold["units"].article_id != SEED.stem)


def of_frames(gold: Tables, found: Tables) -> dict[str, object]:
    """The figures of each scheme, those of coding every passage with every frame beside them."""
    result = {}
    for scheme in dict.fromkeys(frame.scheme for frame in load_frames()):
        labels = [frame.name for frame in load_frames() if frame.scheme == scheme]
        sides = [table[table.scheme == scheme].dropna(subset="frame") for table in (gold["frames"], found["frames"])]
        counts = agreement.presence(*sides, "frame", labels, len(gold["units"]))
        always = agreement.Counts(counts.labels, counts.coded, np.ones_like(counts.coded), counts.coded)
        used = counts.coded.any(axis=0) | counts.found.any(axis=0)
        result[scheme] = agreement.figures(counts, alphas=True, unseen=unseen(gold))
        result[scheme]["always_macro_f1"] = float(always.f1(np.arange(len(counts.coded)))[used].mean())
    return result


def of_roles(gold: Tables, found: Tables) -> dict[str, object]:
    """The figures of roles in passages, the share of the same voices, and alpha of the main roles of all actors."""
    coded, roles = gold["roles"], found["roles"]
    counts = agreement.role_counts(coded, roles, ROLES, len(gold["units"]))
    result = agreement.figures(counts, alphas=False, unseen=unseen(gold))
    pairs = agreement.pairs_of_roles(coded, roles)
    result["same_voice"] = sum(roles.voice_id.iloc[n] in coded.voice_ids.iloc[k] for k, n in pairs)
    result["pairs"] = len(pairs)
    main = agreement.main_roles(coded, roles, found["actors"])
    one, other = main["coded"].to_numpy(dtype=str), main["found"].to_numpy(dtype=str)
    result["actors"] = len(main)
    result["actors_cast_by_both"] = int(((one != "none") & (other != "none")).sum())
    result["actors_cast_alike"] = int(((one != "none") & (one == other)).sum())
    result["actor_alpha"] = agreement.nominal(one, other)
    result["actor_alpha_interval"] = interval(lambda rows: agreement.nominal(one[rows], other[rows]), len(main))
    return result


def of_functions(gold: Tables, found: Tables) -> dict[str, object]:
    """The figures of functions in passages, and of those that both have how often actor and voice are the same."""
    counts = agreement.presence(gold["functions"], found["functions"], "function", FUNCTIONS, len(gold["units"]))
    same = agreement.same_actors(gold["functions"], found["functions"])
    named = same[same.named]
    return agreement.figures(counts, alphas=True, unseen=unseen(gold)) | {
        "pairs": len(same),
        "same_actor": int(same.actor.sum()),
        "pairs_with_a_coded_actor": len(named),
        "same_coded_actor": int(named.actor.sum()),
        "same_voice": int(same.voice.sum()),
    }


def measured(gold: Tables, found: Tables) -> dict[str, object]:
    """All figures, and which methods made the rows that were compared."""
    gold, found = comparable(gold, found)
    result = {"frames": of_frames(gold, found), "roles": of_roles(gold, found)}
    if "functions" in found:
        result["functions"] = of_functions(gold, found)
    methods = {name: found[name].method.value_counts().to_dict() for name in result}
    return result | {"methods": methods}


def disagreements(gold: Tables, found: Tables, texts: dict[str, str]) -> Iterator[dict[str, object]]:
    """Each passage and what only one side has in it, with the words, to be read."""
    gold, found = comparable(gold, found)
    names = {"frames": ["scheme", "frame"], "roles": ["role"], "functions": ["function"]}
    for name in (one for one in names if one in found):
        for unit, row in enumerate(gold["units"].itertuples(index=False)):
            text = texts[row.article_id]
            coded = gold[name][gold[name]["unit"] == unit].dropna(subset=names[name][-1])
            mine = [_told(one, names[name], text) for one in coded.itertuples(index=False)]
            rows = found[name][found[name]["unit"] == unit]
            theirs = [_told(one, names[name], text) for one in rows.itertuples(index=False)]
            if mine or theirs:
                yield {
                    "table": name,
                    "article_id": row.article_id,
                    "passage": text[row.start : row.end],
                    "coded": "; ".join(sorted(mine)),
                    "found": "; ".join(sorted(theirs)),
                    "evidence": "; ".join(rows.evidence_text.fillna("")),
                }


def _told(row, names: list[str], text: str) -> str:
    """A row in words: its label and, where it has them, the actor and the voice."""
    label = ":".join(getattr(row, name) for name in names)
    if hasattr(row, "actor_start"):
        actor = "-" if pd.isna(row.actor_start) else text[row.actor_start : row.actor_end]
        voice = "writer" if pd.isna(row.voice_start) else text[row.voice_start : row.voice_end]
        return f"{label} {actor} ({voice})"
    if hasattr(row, "actor"):
        return f"{label} {'-' if pd.isna(row.actor) else row.actor} ({row.voice}, {row.method})"
    return label


def show(result: dict[str, object]) -> None:
    """Print the figures as lines."""
    for scheme, one in result["frames"].items():
        _show_labels(f"frames, {scheme}", one)
        print(f"  always every frame: macro-F1 {one['always_macro_f1']:.1f}")
    roles = result["roles"]
    _show_labels("roles, passage and actor", roles)
    print(f"  same voice {roles['same_voice']} of {roles['pairs']}")
    low, high = roles["actor_alpha_interval"]
    print(
        f"  main role of {roles['actors']} actors: alpha {roles['actor_alpha']:.2f} ({low:.2f} to {high:.2f})", end=""
    )
    print(f"  cast by both {roles['actors_cast_by_both']}, alike {roles['actors_cast_alike']}")
    if "functions" in result:
        one = result["functions"]
        _show_labels("functions", one)
        print(f"  same actor {one['same_actor']} of {one['pairs']}", end="")
        print(f" (where the coder names one {one['same_coded_actor']} of {one['pairs_with_a_coded_actor']})", end="")
        print(f"  same voice {one['same_voice']} of {one['pairs']}")
    print("methods:", *(f"{name} {counts}" for name, counts in result["methods"].items()))


def _show_labels(title: str, one: dict[str, object]) -> None:
    micro, macro = one["micro_f1_interval"], one["macro_f1_interval"]
    print(f"{title}: micro-F1 {one['micro_f1']:.1f} ({micro[0]:.1f} to {micro[1]:.1f})", end="  ")
    print(f"macro-F1 {one['macro_f1']:.1f} ({macro[0]:.1f} to {macro[1]:.1f})  n = {one['passages']} passages", end="")
    print(f"  mean alpha {one['mean_alpha']:.2f}" if "mean_alpha" in one else "")
    rest = one["unseen"]
    low, high = rest["micro_f1_interval"]
    print(f"  without the first article: micro-F1 {rest['micro_f1']:.1f} ({low:.1f} to {high:.1f})", end="  ")
    print(f"macro-F1 {rest['macro_f1']:.1f}  n = {rest['passages']} passages")
    for label, row in one["labels"].items():
        low, high = row["f1_interval"]
        print(f"  {label}: coded {row['coded']} found {row['found']} both {row['both']}", end="")
        print(f"  F1 {row['f1']:.1f} ({low:.1f} to {high:.1f})", end="")
        if "alpha" in row:
            low, high = row["alpha_interval"]
            print(f"  alpha {row['alpha']:.2f} ({low:.2f} to {high:.2f})", end="")
        print()


def main() -> None:
    """Print the agreement of the program with the coder."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.frames_gold", description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="the folder with polnear_dev.jsonl.gz")
    parser.add_argument("--method", help="the method of analyse (default: its own default)")
    parser.add_argument("--rows", type=Path, help="write the passages with both codings to this file, to read errors")
    parser.add_argument("--json", action="store_true", help="print the figures as one JSON object")
    options = parser.parse_args()
    gold = read_gold()
    articles = read_articles(options.data, gold)
    found = run(articles, options.method)
    result = measured(gold, found)
    if options.rows:
        texts = {one.article.article_id: one.article.text for one in articles}
        pd.DataFrame(disagreements(gold, found, texts)).to_csv(options.rows, index=False)
    print(json.dumps(result)) if options.json else show(result)


if __name__ == "__main__":
    main()
