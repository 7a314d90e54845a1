"""The time of the statements and of the whole way, as ratios to a parse: ``python -m benchmarks.speed DATA_DIR``.

All are timed in one run over the same texts, several times in turn, and the medians are compared, because seconds
differ from machine to machine. The bare parse is ``nlp.pipe`` with the same model; every way includes a parse, the
stages of framing alone do not.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median

from spacy.language import Language

from analysis.framing.frame_encoder import read
from analysis.framing.frame_model import coded
from analysis.language.parsing import load_model, parse_all
from analysis.pipeline import analyse
from analysis.reading.article import Article, load, read_text
from analysis.stages import cast_roles, code_frames, find_devices, find_functions
from analysis.statements.rules import find_attributions
from benchmarks.corpora import read_rows
from benchmarks.matching import METHODS

SEED = Path(__file__).parent.parent / "seeds" / "000_b48bac653413fbe2.txt"


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def ways(nlp: Language) -> dict[str, Callable[[Sequence[Article]], object]]:
    """What is timed, by its name; the bare parse comes first."""

    def found(articles: Sequence[Article], method: str) -> list:
        return [find_attributions(parsed, method=method) for parsed in parse_all(articles, nlp)]

    def whole(articles: Sequence[Article], method: str) -> list:
        return [analyse(parsed, method=method) for parsed in parse_all(articles, nlp)]

    timed = {"bare nlp.pipe": lambda articles: list(nlp.pipe([one.text for one in articles], batch_size=16))}
    for method in METHODS:
        timed[f"statements by the {method}"] = partial(found, method=method)
        timed[f"the whole way by the {method}"] = partial(whole, method=method)
    timed["the whole way by the model without evidence"] = lambda articles: [
        analyse(parsed, evidence=False) for parsed in parse_all(articles, nlp)
    ]
    return timed


def framing(articles: Sequence[Article], nlp: Language) -> dict[str, Callable[[Sequence[Article]], object]]:
    """The stages of framing alone, on what the stages before them found; their times come on top of those."""
    done = [(parsed, analyse(parsed, method="rules")) for parsed in parse_all(articles, nlp)]

    def by_rules(_: Sequence[Article]) -> None:
        for parsed, found in done:
            tables = (parsed, found.passages, found.statements)
            code_frames(*tables, found.mentions)
            cast_roles(*tables, found.actors, found.mentions)
            find_functions(*tables, found.actors, found.mentions)
            find_devices(*tables, found.actors, found.mentions)

    def by_model(_: Sequence[Article]) -> None:
        for _, found in done:
            texts = found.passages["text"].tolist()
            coded(texts, read(texts))

    return {"framing by codebook and rules, alone": by_rules, "frames by the model, alone": by_model}


SLOW = "the whole way by the model"


def compare(articles: Sequence[Article], rounds: int, *, slow: bool) -> dict[str, float]:
    """Median seconds of each way, timed in turn; `slow` takes in the whole way by the model, seconds an article."""
    nlp = load_model()
    timed = {name: work for name, work in ways(nlp).items() if slow or not name.startswith(SLOW)}
    timed |= framing(articles, nlp)
    for work in timed.values():  # the first call of each fills caches
        work(articles)
    times = {name: [] for name in timed}
    for _ in range(rounds):
        for name, work in timed.items():
            times[name].append(seconds(partial(work, articles)))
    return {name: median(values) for name, values in times.items()}


def main() -> None:
    """Print the times and their ratios, for the seed article and for the PolNeAR dev articles."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__.splitlines()[0])
    parser.add_argument(
        "data", type=Path, nargs="?", help="the folder with polnear_dev.jsonl.gz; without it only the seed"
    )
    parser.add_argument("--rounds", type=int, default=5, help="how often each is timed (default: 5)")
    parser.add_argument("--whole-by-model", type=int, default=5, help="articles of the corpus timed so (default: 5)")
    options = parser.parse_args()
    sets = {"seed article": [load(SEED)]}
    few = options.whole_by_model
    if options.data:
        rows = read_rows(options.data, "polnear", "dev")
        articles = [read_text(row["text"], article_id=row["id"]) for row in rows]
        sets |= {f"{few} PolNeAR dev articles": articles[:few], f"{len(rows)} PolNeAR dev articles": articles}
    for name, articles in sets.items():
        times = compare(articles, options.rounds, slow=len(articles) <= few)
        bare = times["bare nlp.pipe"]
        print(name, *(f"  {way}: {time:.2f} s, ratio {time / bare:.2f}" for way, time in times.items()), sep="\n")


if __name__ == "__main__":
    main()
