"""Names must not decide: ``python -m benchmarks.names DATA_DIR``.

Articles of PolNeAR dev and of world news are analysed twice, the second time with every person renamed who bears a
given and a family name: the family name becomes another of the same length, everywhere, so that all places stay.
Compared are statements (one that shares four fifths of its characters is the same), stances by statement and target,
sentiments by mention. Who is meant may follow the name; what is said of him may not.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from spacy.language import Language
from tqdm import tqdm

from analysis import analyse
from analysis.language.parsing import load_model
from analysis.reading.article import read_text
from analysis.schema import spans
from analysis.schema.analysis import Analysis
from benchmarks.corpora import read_rows
from benchmarks.matching import METHODS
from benchmarks.measures import SEED
from training.renaming import persons_of, renamed

ARTICLES, SAME = 12, 0.8
CORPORA = (("polnear", "dev"), ("world_news", "dev"))
Labels = Mapping[object, object]


def labels(tables: Analysis, statements: Mapping[str, str]) -> dict[str, Labels]:
    """The labels of an article by their places; `statements` gives contents the name under which they are compared."""
    first: dict[str, int] = {}
    for one in tables.mentions.itertuples():
        first.setdefault(one.actor_id, one.start)
    named = {
        one.statement_id: statements.get(one.content_spans, one.content_spans) for one in tables.statements.itertuples()
    }
    start = {one.mention_id: one.start for one in tables.mentions.itertuples()}
    return {
        "statements": dict.fromkeys(named.values(), True),
        "stances": {
            (named[one.statement_id], first.get(one.target_id)): int(one.stance)
            for one in tables.stances.itertuples()
            if one.statement_id in named
        },
        "sentiments": {
            start[one.mention_id]: int(one.sentiment)
            for one in tables.sentiments.dropna(subset="sentiment").itertuples()
        },
    }


def matched(before: Analysis, after: Analysis) -> dict[str, str]:
    """Contents of the second analysis -> the content of the first that is nearly the same."""
    kept = {one: _letters(one) for one in before.statements.content_spans}
    found = {}
    for one in after.statements.content_spans:
        letters = _letters(one)
        shares = {old: len(own & letters) / len(own | letters) for old, own in kept.items()}
        best = max(shares, key=shares.get, default=None)
        if best is not None and shares[best] >= SAME:
            found[one] = best
    return found


def _letters(content: str) -> set[int]:
    return {place for start, end in spans.read(content) for place in range(start, end)}


def compare(text: str, nlp: Language, method: str, rng: random.Random) -> Counter[tuple[str, str]]:
    """How many labels of each kind either analysis has, and how many both have alike."""
    article = read_text(text, article_id="a")
    before = analyse(article, nlp=nlp, method=method, evidence=False)
    names = [one.name.split() for one in before.actors.itertuples() if one.kind == "person"]
    family = persons_of(nlp(article.text)) & {name[-1] for name in names if len(name) > 1}
    new = renamed(article.text, {one for one in family if not re.search(rf"\b{one.lower()}\b", article.text)}, rng)
    after = analyse(read_text(new, article_id="a"), nlp=nlp, method=method, evidence=False)
    counts: Counter[tuple[str, str]] = Counter()
    if len(after.texts["a"]) == len(before.texts["a"]):
        first, second = labels(before, {}), labels(after, matched(before, after))
        for kind, one in first.items():
            other = second[kind]
            counts[kind, "all"] = len(one.keys() | other.keys())
            counts[kind, "same"] = sum(key in other and other[key] == label for key, label in one.items())
    return counts


def main() -> None:
    """Print the shares that stay, by method."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.names", description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="the folder with polnear_dev.jsonl.gz and world_news_dev.jsonl.gz")
    options = parser.parse_args()
    texts = [row["text"] for name, split in CORPORA for row in read_rows(options.data, name, split)[:ARTICLES]]
    nlp = load_model()
    for method in METHODS:
        rng, total = random.Random(SEED), Counter()
        for text in tqdm(texts, desc=method, disable=None):
            total.update(compare(text, nlp, method, rng))
        shares = (
            f"{kind} {100 * total[kind, 'same'] / total[kind, 'all']:.1f} % of {total[kind, 'all']}"
            for kind in _kinds(total)
        )
        print(f"by the {method}, {len(texts)} articles:", "; ".join(shares))


def _kinds(total: Counter[tuple[str, str]]) -> list[str]:
    return list(dict.fromkeys(kind for kind, _ in total if total[kind, "all"]))


if __name__ == "__main__":
    main()
