"""Verbs of deeds from CAMEO: ``python -m training.cameo CAMEO_FILE DATA_DIR`` adds them to ``codebook/acts.csv``.

CAMEO_FILE is the verb dictionary of PETRARCH (``CAMEO.2.0.txt.gz``, Open Event Data Alliance, MIT; Schrodt 2012).
Verbs whose events are cooperation (codes 05 to 08) are done for somebody, those whose events are disapproval to
violence (11 to 20) against him. Verbs that the lexicon has already stay as they are. Of the others those are left out
that have many senses (light verbs), and those with which coders of DSE train (DATA_DIR) agree in fewer than half of the
sentences in which they join the two.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from tqdm import tqdm

from analysis import codebook
from analysis.acts.lexicon import ACT_COLUMNS
from analysis.language import syntax
from analysis.language.parsing import load_model
from benchmarks.corpora import read_rows
from benchmarks.dse import pair

FAVOUR, AGAINST = range(5, 9), range(11, 21)
PREPOSITIONS, SOURCE = "against|at|for|on|to|with", "CAMEO 2.0 (MIT)"
LIGHT = frozenset(
    "be have do make take get give go come put set keep hold let see say tell know think find show call run turn move"
    " leave open close pass break bring send carry return play win lose face meet begin start end stop use try work"
    " drop fall hit push pull raise cut lead follow check charge clear draw drive fix pick press stand strike"
    " claim allege aver avow swear argue die match pit inhabit reside ring circle increase affect add connect relate"
    " impact influence reveal expose issue constitute establish found expand enlarge link attach combine merge control"
    " command direct head manage rule conduct handle administer govern buy purchase import trade exchange swap stock"
    " interfere intervene retire withdraw retreat detach cry compound better task fill table remit contain engage"
    " catch extract master overtake force bill tax moderate fire blow hang master table wail weep whine regret".split()
)
SHARE = 0.5


def verbs(path: Path) -> Iterator[tuple[str, int, str]]:
    """The single verbs of the dictionary with a sign and the code of their block."""
    code = ""
    with gzip.open(path, "rt", encoding="utf-8", errors="replace") as lines:
        for line in lines:
            header = re.match(r"---\s+\w+\s+\[(\d+)?[^\]]*\]", line)
            if line.startswith("---"):
                code = header.group(1) or "" if header else ""
            found = re.match(r"([A-Z]{3,})\s*(?:\{|#|$)", line)
            if found and code:
                sign = (int(code[:2]) in FAVOUR) - (int(code[:2]) in AGAINST)
                if sign and found.group(1).lower() not in LIGHT:
                    yield found.group(1).lower(), sign, code


def coded(folder: Path, signs: Mapping[str, int]) -> Mapping[str, Counter[bool]]:
    """Verb -> how often coders agreed with its sign where its subject is in p and its object in q, or the reverse."""
    found: dict[str, Counter[bool]] = {}
    rows = [row for row in read_rows(folder, "dse", "train") if any(word[:-1] in row["sentence"] for word in signs)]
    marked = [pair(row) for row in rows]
    docs = load_model().pipe((one.text for one in marked), batch_size=64)
    for row, one, doc in tqdm(zip(rows, marked, docs, strict=True), total=len(rows), disable=None):
        for token in doc:
            if token.lemma_.lower() in signs and token.tag_.startswith("VB"):
                doer, done = syntax.subject(token), syntax.child(token, "dobj", *syntax.PASSIVE_SUBJECTS)
                ends = [span is not None and span.idx for span in (doer, done)]
                for source, target, labels in ((one.source, one.target, (1, 3)), (one.target, one.source, (2, 4))):
                    if doer and done and source[0] <= ends[0] < source[1] and target[0] <= ends[1] < target[1]:
                        wanted = labels[0] if signs[token.lemma_.lower()] > 0 else labels[1]
                        found.setdefault(token.lemma_.lower(), Counter())[row["label"] == wanted] += 1
    return found


def main() -> None:
    """Add the verbs and say how many."""
    parser = argparse.ArgumentParser(prog="python -m training.cameo", description=__doc__.splitlines()[0])
    parser.add_argument("cameo", type=Path, help="CAMEO.2.0.txt.gz")
    parser.add_argument("data", type=Path, help="the folder with dse_train.jsonl.gz")
    options = parser.parse_args()
    path = codebook.folder() / "acts.csv"
    kept = [row for row in codebook.read_csv("acts.csv", ACT_COLUMNS) if row["source"] != SOURCE]
    known = {row["lemma"] for row in kept}
    found = {verb: (sign, code) for verb, sign, code in verbs(options.cameo) if verb not in known}
    counts = coded(options.data, {verb: sign for verb, (sign, _) in found.items()})
    for verb, (sign, code) in sorted(found.items()):
        count = counts.get(verb, Counter())
        if count[True] >= SHARE * count.total():
            note = f"code {code}; DSE train {count[True]} of {count.total()}"
            cells = (verb, "verb", "favour" if sign > 0 else "disfavour", PREPOSITIONS, SOURCE, note)
            kept.append(dict(zip(ACT_COLUMNS, cells, strict=True)))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ACT_COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(kept)
    print(f"{len(found)} verbs, {sum(row['source'] == SOURCE for row in kept)} kept")


if __name__ == "__main__":
    main()
