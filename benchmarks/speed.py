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

from analysis import analyse
from analysis.actors.cast import cast_of
from analysis.actors.speakers import statements_of
from analysis.acts.story import Story, story_of
from analysis.framing.devices import devices_of
from analysis.framing.frame_encoder import read
from analysis.framing.frame_model import coded
from analysis.framing.frames import frames_of
from analysis.framing.functions import functions_of
from analysis.framing.roles import roles_of
from analysis.language.document import Parsed
from analysis.language.parsing import load_model, parse_all
from analysis.reading.article import Article, load, read_text
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
    stories = [story(parsed) for parsed in parse_all(articles, nlp)]

    def by_rules(_: Sequence[Article]) -> None:
        for one in stories:
            frames_of(one), roles_of(one), functions_of(one), devices_of(one)

    def by_model(_: Sequence[Article]) -> None:
        for one in stories:
            texts = [one.parsed.text[place.start : place.end] for place in one.parsed.passages]
            coded(texts, read(texts))

    return {"framing by codebook and rules, alone": by_rules, "frames by the model, alone": by_model}


def story(parsed: Parsed) -> Story:
    """An article up to its statements, by the rules."""
    attributions = find_attributions(parsed, method="rules")
    people = cast_of(parsed, attributions)
    return story_of(people, statements_of(parsed, attributions, people))


def of_length(articles: Sequence[Article], words: int) -> Article:
    """One article of about so many words, made of the bodies of several."""
    parts: list[str] = []
    for one in articles:
        parts += [one.text_of(segment) for segment in one.segments if segment.kind == "body"]
        if sum(len(part.split()) for part in parts) >= words:
            break
    kept, count = [], 0
    for part in parts:
        if count >= words:
            break
        kept.append(part)
        count += len(part.split())
    return read_text("\n\n".join(kept), article_id=f"{words} words")


def growth(articles: Sequence[Article], rounds: int) -> dict[int, float]:
    """Words of an article -> the ratio of the whole way by the rules to a bare parse."""
    nlp, found = load_model(), {}
    analyse(of_length(articles, LENGTHS[0]), nlp=nlp, method="rules")  # fills caches
    for words in LENGTHS:
        long = of_length(articles, words)
        timed = {
            "bare": lambda one=long: nlp(one.text),
            "whole": lambda one=long: analyse(one, nlp=nlp, method="rules"),
        }
        times = {name: [seconds(work) for _ in range(rounds + 1)][1:] for name, work in timed.items()}
        found[words] = median(times["whole"]) / median(times["bare"])
    return found


LENGTHS = (1_000, 2_000, 4_000, 8_000, 16_000)


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
    if options.data:
        ratios = growth(articles, options.rounds)
        print("the whole way by the rules, by length of the article", end=": ")
        print(", ".join(f"{words} words {ratio:.2f}" for words, ratio in ratios.items()))


if __name__ == "__main__":
    main()
