"""Which complements a reporting verb attributes with: ``python -m training.cue_patterns DATA_DIR``.

Counts, for every verb of PolNeAR's training articles and every complement that the parse gives it, how often the
human coders took it for the content of an attribution, and rewrites the columns `patterns` and `note` of
``analysis/codebook/cues.csv``. The classes of the cues are hand work and stay. A verb of the lexicon keeps a
pattern with source "own" unless the corpus speaks against it.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from spacy.tokens import Token
from tqdm import tqdm

from analysis import codebook
from analysis.language.parsing import parse_all
from analysis.reading.article import read_text
from analysis.statements.attribution import Paragraph, cue_clause, cue_verbs, paragraphs, pieces
from analysis.statements.cues import COLUMNS, Cues
from analysis.statements.quoted import has_quote
from analysis.statements.reported import complements
from benchmarks.corpora import read_rows
from benchmarks.matching import JACCARD, letters

KEEP_UNTIL, WORTH = 8, 0.3
"""A pattern is dropped if at least so many cases speak against it; it is worth having from this share on."""

Counts = dict[str, dict[str, Counter]]


class _Everything(Cues):
    """A lexicon that lets every verb attribute in every way, so that all are counted."""

    def allows(self, lemma: str, pattern: str) -> bool:
        return True


def count(folder: Path) -> Counts:
    """Verb -> pattern -> how often seen and how often coded as an attribution."""
    rows = read_rows(folder, "polnear", "train")
    articles = [read_text(row["text"], article_id=row["id"]) for row in rows]
    counts: Counts = defaultdict(lambda: defaultdict(Counter))
    for row, parsed in zip(rows, tqdm(parse_all(articles), total=len(rows)), strict=True):
        text = parsed.article.text
        coded = [(one["cue"], letters(one["content"], text)) for one in row["attributions"] if one["content"]]
        for paragraph in paragraphs(parsed, _Everything({}, {})):
            for verb in cue_verbs(paragraph, "clause"):
                near = [content for cues, content in coded if any(s <= verb.idx < e for s, e in cues)]
                for pattern, right in _seen(verb, paragraph, near, text):
                    counts[verb.lemma_.lower()][pattern] += Counter(seen=1, coded=int(right))
    return counts


def _seen(verb: Token, paragraph: Paragraph, coded: list[frozenset[int]], text: str) -> Iterator[tuple[str, bool]]:
    """The patterns that the verb shows at one place, and whether coders took them for an attribution."""
    done: set[str] = set()
    for pattern, tokens in complements(verb):
        content = letters(pieces(tokens, verb, paragraph), text)
        if content and pattern not in done:
            done.add(pattern)
            yield pattern, any(len(content & one) / len(content | one) >= JACCARD for one in coded)
    if "clause" not in done and has_quote(cue_clause(verb), paragraph):
        yield "quote", bool(coded)


def rewrite(path: Path, counts: Counts) -> None:
    """Put the patterns that the counts support into the lexicon, with the counts as a note."""
    rows = codebook.read_csv(path.name, COLUMNS, path=path)
    for row in rows:
        if row["pos"] != "verb" or row["lemma"] not in counts:
            continue
        known, seen = set(codebook.alternatives(row["patterns"])), counts[row["lemma"]]
        kept = {p for p in known if seen[p]["seen"] < KEEP_UNTIL or _share(seen[p]) >= WORTH}
        kept |= {p for p, c in seen.items() if c["seen"] >= 3 and (c["coded"] + WORTH) / (c["seen"] + 1) >= WORTH}
        told = "; ".join(f"{p} {seen[p]['coded']}/{seen[p]['seen']}" for p in sorted(kept) if seen[p]["seen"])
        extra = row["note"].split("coded/seen")[0].rstrip("; ")
        note = "; ".join(part for part in (extra, f"coded/seen: {told}" if told else "") if part)
        row |= {"patterns": "|".join(sorted(kept or known)), "note": note}
        row["source"] = "PolNeAR 1.0 train" if told else row["source"]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _share(one: Counter) -> float:
    return one["coded"] / max(one["seen"], 1)


def missing(path: Path, counts: Counts) -> list[str]:
    """Verbs that the corpus uses as cues and the lexicon does not have, for a coder to class."""
    known = {row["lemma"] for row in codebook.read_csv(path.name, COLUMNS, path=path)}
    strong = {
        lemma: max(_share(c) for c in patterns.values() if c["seen"] >= 5)
        for lemma, patterns in counts.items()
        if lemma not in known and any(c["seen"] >= 5 for c in patterns.values())
    }
    return sorted((lemma for lemma, share in strong.items() if share >= 0.4), key=strong.get, reverse=True)


def main() -> None:
    """Rewrite the lexicon and name the verbs that it lacks."""
    parser = argparse.ArgumentParser(prog="python -m training.cue_patterns", description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="the folder with polnear_train.jsonl.gz")
    options = parser.parse_args()
    path = codebook.folder() / "cues.csv"
    counts = count(options.data)
    rewrite(path, counts)
    print("Not in the lexicon:", ", ".join(missing(path, counts)) or "none")


if __name__ == "__main__":
    main()
