"""Class of the cue, addressee, occasion and medium against the coded corpus: ``python -m benchmarks.circumstances``.

Statements of the tool are matched to coded ones by their contents; of those that match, does the tool say the same? The
corpus is a language model's readings by the codebook, not people's coding. An addressee, an occasion or a medium is the
same if it shares a word of four letters or more, or all of its words, with the coded one.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pandas as pd
from tqdm import tqdm

from analysis import analyse
from analysis.findings.alpha import alpha
from analysis.reading.article import read_text
from analysis.schema import spans
from analysis.schema.values import CUE_CLASSES
from benchmarks.coded import read_corpus
from benchmarks.matching import Found, match
from benchmarks.measures import interval, macro_f1

FIELDS = ("addressee", "occasion", "via")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--split", choices=("train", "dev"), help="a part of the corpus (default: all)")
    parser.add_argument("--method", choices=("model", "rules"), default="model")
    options = parser.parse_args()
    rows = read_corpus(["wikinews"], split=options.split)
    articles = [read_text(row["text"], article_id=row["id"]) for row in rows]
    found = [analyse(one, method=options.method, evidence=False).statements for one in tqdm(articles)]
    pairs = pd.DataFrame([pair for row, table in zip(rows, found, strict=True) for pair in paired(row, table)])
    articles = pairs["article_id"].to_numpy()
    print(f"{len(rows)} articles, {len(pairs)} statements that tool and corpus both have")
    coded, said = (pairs[name].map(CUE_CLASSES.index).to_numpy() for name in ("coded_class", "class"))
    for name, measure in (
        ("the same class", lambda c: float(np.mean(coded[c] == said[c]))),
        ("macro-F1", lambda c: macro_f1(coded[c], said[c], len(CUE_CLASSES))),
        ("alpha", lambda c: alpha(np.array([coded[c], said[c]], dtype=float), level="nominal")),
    ):
        low, high = interval(measure, len(pairs), articles)
        print(f"class of the cue, {name}: {measure(np.arange(len(pairs))):.2f} ({low:.2f} to {high:.2f})")
    wrong = Counter(zip(pairs["coded_class"], pairs["class"], strict=True))
    print(
        "most frequent differences (coded, tool):",
        [(pair, n) for pair, n in wrong.most_common(20) if pair[0] != pair[1]],
    )
    for field in FIELDS:
        tell(pairs, field)


def paired(row: dict, statements: pd.DataFrame) -> list[dict[str, object]]:
    """The statements of an article that the tool and the corpus both have."""
    own = statements[statements["repeats"].isna()].to_dict("records")
    predicted = [Found(tuple(spans.read(one["content_spans"])), None, None, one["method"]) for one in own]
    pairs = []
    for one in match(row["statements"], predicted, row["text"]):
        coded, mine = row["statements"][one.coded], own[one.predicted]
        told = {"article_id": row["id"], "coded_class": coded["cue_class"], "class": mine["cue_class"]}
        for field in FIELDS:
            told |= {f"coded_{field}": words_at(row["text"], coded[field]), field: mine[field]}
        pairs.append(told)
    return pairs


def words_at(text: str, places: Sequence[Sequence[int]]) -> str:
    return " ".join(text[start:end] for start, end in places)


def tell(pairs: pd.DataFrame, field: str) -> None:
    """Precision and recall of a field, by whether it is there and says the same."""
    coded, mine = pairs[f"coded_{field}"] != "", pairs[field].notna()
    same = np.array([shares(one, other) for one, other in zip(pairs[f"coded_{field}"], pairs[field], strict=True)])

    def f1(chosen: np.ndarray) -> float:
        total = coded.to_numpy()[chosen].sum() + mine.to_numpy()[chosen].sum()
        return 2 * same[chosen].sum() / total if total else np.nan

    low, high = interval(f1, len(pairs), pairs["article_id"].to_numpy())
    precision, recall = same.sum() / max(mine.sum(), 1), same.sum() / max(coded.sum(), 1)
    print(
        f"{field}: coded {coded.sum()}, found {mine.sum()}, the same {same.sum()}; precision {precision:.2f}, "
        f"recall {recall:.2f}, F1 {f1(np.arange(len(pairs))):.2f} ({low:.2f} to {high:.2f})"
    )


def shares(coded: str, found: object) -> bool:
    """Whether two places or names are about the same."""
    if not coded or pd.isna(found):
        return False
    one, other = (set(re.findall(r"\w+", str(text).lower())) for text in (coded, found))
    return other <= one or one <= other or any(len(word) > 3 for word in one & other)


if __name__ == "__main__":
    main()
