"""A corpus on one machine: ``python -m benchmarks.scale DATA_DIR FOLDER``.

The articles of PolNeAR train and dev (924), analysed by the command ``corpus`` without evidence: articles a second and
memory with one worker and with two, beside a bare ``nlp.pipe``; killed three times at random moments and finished; by
an external scheduler with two worker processes on loopback; and as many as a number of minutes allows, by the rules,
under new ids. What each way gives is compared table by table with the first. FOLDER is for what is written: 4 GB.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pandas as pd
import psutil

from analysis import analyse, codebook
from analysis.actors.cast import cast_of
from analysis.actors.speakers import statements_of
from analysis.acts.story import story_of
from analysis.framing.devices import devices_of
from analysis.framing.frames import frames_of
from analysis.framing.functions import functions_of
from analysis.framing.roles import roles_of
from analysis.language.document import read_together
from analysis.language.parsing import load_model, parse_all
from analysis.positions.sentiment import sentiments_of, tones_of
from analysis.positions.stance import stances_of
from analysis.reading.article import Article, read_text
from analysis.statements.rules import find_attributions
from analysis.study.corpus import read_corpus
from benchmarks.corpora import read_rows

PARTS = ("report", "cost", "one", "two", "killed", "scheduler", "many")
WORDS, MILLION, CORES = 500, 1_000_000, (8, 64, 512)
KILLS, SEED = 3, 7
SEED_FILE = Path(__file__).parents[1] / "seeds" / "000_b48bac653413fbe2.txt"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--minutes", type=float, default=120, help="of the part with many articles")
    parser.add_argument("--many", type=int, default=100_000)
    parser.add_argument("--first", type=int, help="only so many of the 924 articles")
    options = parser.parse_args()
    rows = [row for part in ("train", "dev") for row in read_rows(options.data, "polnear", part)]
    rows = rows[: options.first]
    options.folder.mkdir(parents=True, exist_ok=True)
    file = written(rows, options.folder / "polnear.jsonl", len(rows))
    for part in options.parts:
        if part == "report":
            report(options.folder)
        elif part == "cost":
            print(costs([read_text(row["text"], article_id=str(n)) for n, row in enumerate(rows[::11])]))
        elif part == "many":
            many(rows, options)
        else:
            {"one": one, "two": two, "killed": killed, "scheduler": scheduler}[part](file, options.folder)


def written(rows: Sequence[dict], file: Path, number: int) -> Path:
    """So many articles in a file, those of the corpus again and again under new ids."""
    with file.open("w", encoding="utf-8") as target:
        for n in range(number):
            row = rows[n % len(rows)]
            about = {"id": f"{row['id']}-{n}", "title": row["title"], "outlet": row["publisher"], "date": row["date"]}
            target.write(json.dumps(about | {"text": row["text"]}) + "\n")
    return file


def report(folder: Path) -> None:
    """The report on the first article, twice; and what the store saves of its analysis."""
    for name in ("the report", "the same again"):
        say(name, run([sys.executable, "-m", "analysis", "report", str(SEED_FILE), "--out", str(folder / "report")]))
    own = folder / "frames.yml"
    own.write_text((codebook.folder() / "frames.yml").read_text(encoding="utf-8") + "\n", encoding="utf-8")
    changes = {
        "nothing kept": {},
        "the same settings": {},
        "other frames": {"frames": own},
        "other camps": {"camps": {"Iran": "x"}},
    }
    analyse(SEED_FILE)  # loads the models
    for name, change in changes.items():
        start = time.perf_counter()
        analyse(SEED_FILE, store=folder / "kept", **change)
        print(f"analysis with a store, {name}: {time.perf_counter() - start:.2f} s", flush=True)


def one(file: Path, folder: Path) -> None:
    say("one worker", run(command(file, folder / "one", "--workers", "1")))


def two(file: Path, folder: Path) -> None:
    say("two workers", run(command(file, folder / "two", "--workers", "2")), same(folder / "one", folder / "two"))


def killed(file: Path, folder: Path) -> None:
    """Killed at random moments of its first minutes, and finished."""
    draw, out = random.Random(SEED), folder / "killed"
    moments = [draw.uniform(15, 120) for _ in range(KILLS)]
    for moment in moments:
        run(command(file, out, "--workers", "2"), kill_after=moment)
    told = ", ".join(f"{moment:.0f}" for moment in moments)
    say(f"killed after {told} seconds", run(command(file, out, "--workers", "2")), same(folder / "one", out))


def scheduler(file: Path, folder: Path) -> None:
    """A scheduler and two workers started by hand."""
    dask, address = [sys.executable, "-m", "dask"], "tcp://127.0.0.1:8797"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with ExitStack() as running:
        started = [[*dask, "scheduler", "--host", "127.0.0.1", "--port", "8797", "--no-dashboard"]]
        started += [[*dask, "worker", address, "--nthreads", "1", "--no-dashboard"]] * 2
        for one_of in started:
            process = running.enter_context(subprocess.Popen(one_of, **quiet))
            running.callback(process.terminate)
        out = folder / "scheduler"
        say("external scheduler", run(command(file, out, "--scheduler", address)), same(folder / "one", out))


def many(rows: Sequence[dict], options: argparse.Namespace) -> None:
    """As many articles as the minutes allow, by the rules; the memory every tenth of the way."""
    file = written(rows, options.folder / "many.jsonl", options.many)
    asked = command(file, options.folder / "many", "--workers", "2", "--method", "rules")
    done = run(asked, kill_after=60 * options.minutes)
    entries = (json.loads(one.read_text()) for one in (options.folder / "many" / "store").glob("*/entry.json"))
    kept = sum(len(one["articles"]) for one in entries)
    done["said"] = done["said"] or f"stopped after {options.minutes:.0f} minutes with {kept:,} articles"
    say(f"{options.many:,} articles by the rules", done)
    curve = done["memory"][:: max(1, len(done["memory"]) // 10)]
    print("memory of command and workers, MB: " + ", ".join(f"{n / 1e6:,.0f}" for n in curve), flush=True)


def command(file: Path, out: Path, *more: str) -> list[str]:
    options = ["--no-evidence", "--no-notebooks", "--figures", "png", "--out", str(out), *more]
    return [sys.executable, "-m", "analysis", "corpus", str(file), *options]


def run(asked: Sequence[str], kill_after: float | None = None) -> dict:
    """Run a command, watch the memory of all its processes, and kill it after some seconds."""
    start, memory = time.monotonic(), []
    with subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        while process.poll() is None:
            memory.append(memory_of(process.pid))
            time.sleep(1)
            if kill_after is not None and time.monotonic() - start > kill_after:
                process.send_signal(signal.SIGKILL)
        said = process.stdout.read().strip()
    return {"seconds": time.monotonic() - start, "memory": memory, "said": said}


def memory_of(pid: int) -> int:
    try:
        parent = psutil.Process(pid)
        return sum(one.memory_info().rss for one in (parent, *parent.children(recursive=True)))
    except psutil.NoSuchProcess:
        return 0


def same(one_of: Path, other: Path) -> str:
    """Whether two runs gave the same tables, row for row."""
    first, second = (read_corpus(out / "corpus") for out in (one_of, other))
    differ = [name for name, table in first.tables.items() if not table.equals(second.tables[name])]
    return f"tables differ: {', '.join(differ)}" if differ else "all tables the same"


def say(what: str, done: dict, more: str = "") -> None:
    peak = max(done["memory"]) / 1e6
    print(f"{what}: {done['seconds']:.0f} s, at most {peak:,.0f} MB; {done['said']} {more}", flush=True)


def costs(articles: Sequence[Article]) -> str:
    """Microseconds a word of each stage on one core, and what a million articles cost."""
    nlp = load_model()
    analyse(articles[0], nlp=nlp, evidence=False)  # fills caches
    words = sum(one.words for one in articles)
    spent: dict[str, float] = {}

    def timed(name: str, work: Callable[[], object]) -> object:
        start = time.perf_counter()
        found = work()
        spent[name] = 1e6 * (time.perf_counter() - start) / words
        return found

    timed("bare nlp.pipe", lambda: list(nlp.pipe([one.text for one in articles], batch_size=16)))
    parsed = timed("parse", lambda: list(parse_all(articles, nlp)))
    by_rules = timed("statements by the rules", lambda: [find_attributions(one, method="rules") for one in parsed])
    learned = timed("statements by the model", lambda: [find_attributions(one) for one in parsed])
    timed("reading by the encoder", lambda: [read_together(parsed[n : n + 16]) for n in range(0, len(parsed), 16)])
    del by_rules
    people = timed("actors", lambda: [cast_of(one, found) for one, found in zip(parsed, learned, strict=True)])
    pairs = list(zip(parsed, learned, people, strict=True))
    stories = timed(
        "speakers, acts", lambda: [story_of(who, statements_of(one, said, who)) for one, said, who in pairs]
    )
    for name, work in {
        "tone": tones_of,
        "sentiment": partial(sentiments_of, learned=True, evidence=False),
        "stance": partial(stances_of, learned=True, evidence=False),
        "frames": partial(frames_of, learned=True),
        "roles": lambda story: roles_of(story, (), learned=True),
        "functions": partial(functions_of, learned=True),
        "devices": devices_of,
    }.items():
        timed(name, lambda work=work: [work(story) for story in stories])
    whole = sum(cost for name, cost in spent.items() if name not in ("bare nlp.pipe", "statements by the rules"))
    table = pd.DataFrame({"stage": spent.keys(), "microseconds a word": [round(cost, 1) for cost in spent.values()]})
    hours = {cores: MILLION * WORDS * whole / 1e6 / 3600 / cores for cores in CORES}
    told = ", ".join(f"{time_of:,.1f} h on {cores} cores" for cores, time_of in hours.items())
    return (
        f"{table.to_string(index=False)}\nby the models without evidence {whole:.0f}, "
        f"{whole / spent['bare nlp.pipe']:.1f} times a bare parse; a million articles of {WORDS} words: {told}"
    )


if __name__ == "__main__":
    main()
