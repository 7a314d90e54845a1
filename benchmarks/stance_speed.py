"""Size, speed and memory of the model of stance: ``python -m benchmarks.stance_speed DATA_DIR``.

With ``--float FILE.onnx``, the model before its weights became eight-bit (``training.stance_export`` leaves it in its
work folder), the macro-F1 of both on the dev rows are compared too.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnxruntime

from analysis.language import models
from analysis.language.models import FOLDER, load_session
from analysis.positions import stance_model
from analysis.positions.marking import Marked
from benchmarks import dse, newsmtsc
from benchmarks.corpora import read_rows
from benchmarks.measures import macro_f1

ROUNDS = 3


def rate(judge: Callable[..., np.ndarray], passages: list[Marked], threads: int) -> float:
    """Passages a second on so many threads, the median of three rounds after a first one."""
    models.THREADS = threads
    load_session.cache_clear()
    judge(passages[:50])
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        judge(passages)
        times.append(time.perf_counter() - began)
    return len(passages) / float(np.median(times))


def scores(session: onnxruntime.InferenceSession, folder: Path) -> dict[str, float]:
    """Macro-F1 on both dev splits with the settings of the package."""
    mentions, pairs = read_rows(folder, "newsmtsc", "dev"), read_rows(folder, "dse", "valid")
    sentiment = stance_model.answers(session, newsmtsc.passages(mentions), "sentiment").argmax(1)
    chances = stance_model.chances_of(stance_model.answers(session, [dse.pair(row) for row in pairs], "stance"))
    stance = stance_model.decided(chances, stance_model.settings().lean)
    return {
        "newsmtsc": macro_f1(newsmtsc.labels(mentions), sentiment, 3),
        "dse": macro_f1(np.array([row["label"] for row in pairs]), stance, 5),
    }


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.stance_speed", description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="the folder with newsmtsc_dev.jsonl.gz and dse_valid.jsonl.gz")
    parser.add_argument("--float", type=Path, help="the model with float weights")
    parser.add_argument("--json", action="store_true", help="print the figures as one JSON object")
    options = parser.parse_args()
    mentions = newsmtsc.passages(read_rows(options.data, "newsmtsc", "dev"))
    pairs = [dse.pair(row) for row in read_rows(options.data, "dse", "valid")][: len(mentions)]
    result: dict[str, object] = {"megabytes": (FOLDER / f"{stance_model.NAME}.onnx").stat().st_size / 1e6}
    for threads in (1, 2):
        result[f"mentions a second, {threads} threads"] = rate(stance_model.sentiments, mentions, threads)
        result[f"pairs a second, {threads} threads"] = rate(stance_model.stances, pairs, threads)
    result["peak memory, megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    if options.float:
        result["int8"] = scores(load_session(stance_model.NAME), options.data)
        result["float"] = scores(onnxruntime.InferenceSession(str(options.float)), options.data)
    print(json.dumps(result) if options.json else "\n".join(f"{name}: {value}" for name, value in result.items()))


if __name__ == "__main__":
    main()
