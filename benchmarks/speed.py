"""The time of the statements and of the whole way, as ratios to a parse: ``python -m benchmarks.speed DATA_DIR``.

All are timed in one run over the same texts, several times in turn, and the medians are compared, because seconds
differ from machine to machine. The bare parse is ``nlp.pipe`` with the same model; every way includes a parse, the
stages do not. With the megabytes of the weights, and the peak memory of a process that did all of it.
"""

from __future__ import annotations

import argparse
import resource
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
from analysis.framing.frames import frames_of
from analysis.framing.functions import functions_of
from analysis.framing.roles import roles_of
from analysis.language import encoder
from analysis.language.document import Parsed
from analysis.language.models import FOLDER
from analysis.language.parsing import load_model, parse_all
from analysis.positions import stance_model
from analysis.positions.asking import SIDE, Place, Question
from analysis.positions.sentiment import sentiments_of
from analysis.positions.stance import stances_of
from analysis.reading.article import Article, load, read_text
from analysis.statements.rules import find_attributions
from benchmarks.corpora import read_rows
from benchmarks.matching import METHODS

SEED = Path(__file__).parent.parent / "seeds" / "000_b48bac653413fbe2.txt"
WEIGHTS = (".onnx", ".npz", ".txt")
QUESTIONS = (1, 10, 100)
LENGTHS = (1_000, 2_000, 4_000, 8_000, 16_000)


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def ways(nlp: Language) -> dict[str, Callable[[Sequence[Article]], object]]:
    """What is timed, by its name; the bare parse comes first."""

    def found(articles: Sequence[Article], method: str) -> list:
        return [find_attributions(parsed, method=method) for parsed in parse_all(articles, nlp)]

    def whole(articles: Sequence[Article], method: str, *, evidence: bool = True) -> list:
        return [analyse(parsed, method=method, evidence=evidence) for parsed in parse_all(articles, nlp)]

    timed = {"bare nlp.pipe": lambda articles: list(nlp.pipe([one.text for one in articles], batch_size=16))}
    for method in METHODS:
        timed[f"statements by the {method}"] = partial(found, method=method)
        timed[f"the whole way by the {method}"] = partial(whole, method=method)
    timed["the whole way by the model without evidence"] = partial(whole, method="model", evidence=False)
    return timed


def stages(articles: Sequence[Article], nlp: Language) -> dict[str, Callable[[Sequence[Article]], object]]:
    """The stages of the models and of framing alone, on what the stages before them found by the model."""
    stories = [story(parsed) for parsed in parse_all(articles, nlp)]
    for one in stories:
        assert one.parsed.reading.windows or not one.parsed.passages  # read here, so that no stage pays for it

    def reading(_: Sequence[Article]) -> None:
        for one in stories:
            encoder.read(encoder.windows(one.parsed.text, one.parsed.sentences))

    def sentiments(_: Sequence[Article], *, evidence: bool) -> None:
        for one in stories:
            sentiments_of(one, learned=True, evidence=evidence)

    def stances(_: Sequence[Article], *, evidence: bool) -> None:
        for one in stories:
            stances_of(one, learned=True, evidence=evidence)

    def framing(_: Sequence[Article]) -> None:
        for one in stories:
            frames_of(one), roles_of(one), functions_of(one), devices_of(one)

    return {
        "reading by the encoder, alone": reading,
        "sentiments without evidence, alone": partial(sentiments, evidence=False),
        "sentiments, alone": partial(sentiments, evidence=True),
        "stances without evidence, alone": partial(stances, evidence=False),
        "stances, alone": partial(stances, evidence=True),
        "framing by codebook and rules, alone": framing,
        "frames by the model and the codebook, alone": lambda _: [frames_of(one, learned=True) for one in stories],
    }


def story(parsed: Parsed) -> Story:
    """An article up to its statements, by the model."""
    attributions = find_attributions(parsed, method="model")
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


def growth(articles: Sequence[Article], rounds: int, method: str) -> dict[int, float]:
    """Words of an article -> the ratio of the whole way to a bare parse."""
    nlp, found = load_model(), {}
    analyse(of_length(articles, LENGTHS[0]), nlp=nlp, method=method)  # fills caches
    for words in LENGTHS:
        long = of_length(articles, words)
        timed = {
            "bare": lambda one=long: nlp(one.text),
            "whole": lambda one=long: analyse(one, nlp=nlp, method=method),
        }
        times = {name: [seconds(work) for _ in range(rounds + 1)][1:] for name, work in timed.items()}
        found[words] = median(times["whole"]) / median(times["bare"])
    return found


def by_questions(articles: Sequence[Article], rounds: int) -> dict[str, float]:
    """Milliseconds of reading one passage, and of so many questions about it."""
    parsed = next(parse_all(articles[:1]))
    windows = parsed.reading.windows
    number = max(range(len(windows)), key=lambda n: len(windows[n].ids))
    length = len(windows[number].ids)
    passage = Place(number, 1, length - 1)
    timed: dict[str, Callable[[], object]] = {"reading": lambda: encoder.read([windows[number]])}
    for many in QUESTIONS:
        asked = [
            Question(SIDE, passage, (Place(number, 1 + n % (length - 2), 2 + n % (length - 2)),)) for n in range(many)
        ]
        timed[f"{many} questions"] = lambda asked=asked: stance_model.answers(parsed.reading, asked)
    times = {name: [seconds(work) for _ in range(rounds + 1)][1:] for name, work in timed.items()}
    return {name: 1e3 * median(values) for name, values in times.items()}


def compare(articles: Sequence[Article], rounds: int) -> dict[str, float]:
    """Median seconds of each way, timed in turn."""
    nlp = load_model()
    timed = ways(nlp) | stages(articles, nlp)
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
    parser.add_argument("--every", type=int, default=1, help="only every n-th article (default: all)")
    options = parser.parse_args()
    sets = {"seed article": [load(SEED)]}
    if options.data:
        rows = read_rows(options.data, "polnear", "dev")
        articles = [read_text(row["text"], article_id=row["id"]) for row in rows[:: options.every]]
        sets[f"{len(articles)} PolNeAR dev articles"] = articles
    for name, some in sets.items():
        times = compare(some, options.rounds)
        bare = times["bare nlp.pipe"]
        print(name, *(f"  {way}: {time:.2f} s, ratio {time / bare:.2f}" for way, time in times.items()), sep="\n")
    for method in METHODS if options.data else ():
        ratios = growth(articles, options.rounds, method)
        print(f"the whole way by the {method}, by length of the article", end=": ")
        print(", ".join(f"{words} words {ratio:.2f}" for words, ratio in ratios.items()))
    times = by_questions(some, options.rounds)
    print("one passage:", ", ".join(f"{name} {value:.1f} ms" for name, value in times.items()))
    print(f"weights: {sum(one.stat().st_size for one in FOLDER.iterdir() if one.suffix in WEIGHTS) / 1e6:.1f} MB")
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")


if __name__ == "__main__":
    main()
