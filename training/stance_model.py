"""Train the encoder of stance and sentiment: ``python -m training.stance_model DATA_DIR ENCODER_DIR WORK_DIR``.

ENCODER_DIR holds all-MiniLM-L6-v2 (``vocab.txt``, ``model.safetensors``), DATA_DIR the corpora NewsMTSC and DSE. Each
seed gives one encoder, trained on both tasks at once, its weights an average over the last part of the training; the
shipped model takes the mean of their answers. Where WORK_DIR holds what a teacher answered
(``training.stance_teacher``), the encoder learns from its answers too. ``python -m training.stance_export`` makes the
shipped file of them.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import numpy as np

from analysis.language.models import FOLDER, word_pieces
from training.stance_data import (
    SENTIMENT,
    TASKS,
    UNKNOWN,
    Example,
    chosen,
    held_out,
    labelled,
    prepare,
    write_vocabulary,
)
from training.stance_fit import epoch, fit, groups
from training.stance_network import LAYERS, Student, pretrained, word_table
from training.stance_teacher import TAUGHT, transfer_set

RATE, HEAD_RATE, DECAY = 1.5e-4, 5e-4, 0.9
PIECES, NEUTRAL, UNLABELLED = 2_500, 0.4, 0.5
"""Pieces in a batch; the shares of neutral pairs and of passages without a label that an epoch takes."""
AVERAGED = (0.5, 0.985)
VOCABULARY = FOLDER / "stance-vocab.txt"


def rate(name: str) -> float:
    """A lower layer learns more slowly, the new heads and marks faster."""
    part = name.removeprefix("encoder.")
    if part.startswith((*TASKS, "marks")):
        return HEAD_RATE
    depth = int(part.split(".")[1]) if part.startswith("layers") else -1
    return RATE * DECAY ** (LAYERS - 1 - depth)


def examples_of(folder: Path, work: Path, part: int | None) -> list[Example]:
    """What is learned from: the labelled passages, and with a teacher's answers those without labels too."""
    tokenizer, taught = word_pieces(VOCABULARY), work / TAUGHT
    if not taught.is_file():
        return prepare(tokenizer, labelled(folder, part=part))
    passages, answers = transfer_set(folder, part=part), np.load(taught)
    if len(passages) != len(answers):
        raise SystemExit(f"{taught} has {len(answers)} rows for {len(passages)} passages: run the teacher again.")
    rows = [row[: 3 if task == SENTIMENT else 5] for row, (_, task, _) in zip(answers, passages, strict=True)]
    return prepare(tokenizer, passages, rows)


def drawn(examples: list[Example], rng: random.Random) -> list[Example]:
    """The examples of an epoch."""
    some = [one for one in examples if one.label != UNKNOWN or rng.random() < UNLABELLED]
    return chosen(some, NEUTRAL, rng)


def main() -> None:
    """Train one encoder for each seed and keep its weights in the work folder."""
    parser = argparse.ArgumentParser(prog="python -m training.stance_model", description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="the folder with newsmtsc_train.jsonl.gz and dse_train.jsonl.gz")
    parser.add_argument("encoder", type=Path, help="the folder with the weights of all-MiniLM-L6-v2")
    parser.add_argument("work", type=Path, help="the folder that takes the weights")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--part", type=int, help="only so many rows of each corpus, to try the script")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    if not VOCABULARY.is_file():
        write_vocabulary(options.encoder / "vocab.txt", options.data, VOCABULARY)
    checks = held_out(word_pieces(VOCABULARY), options.data, options.part)
    examples = examples_of(options.data, options.work, options.part)
    for seed in options.seeds:
        rng = random.Random(seed)
        model = Student(pretrained(options.encoder, seed=seed), word_table(options.encoder, VOCABULARY))
        plan = [epoch(drawn(examples, rng), PIECES, rng) for _ in range(options.epochs)]
        fit(model, groups(model, rate), plan, averaged=AVERAGED, checks=checks, kept=options.work / f"seed-{seed}.pt")


if __name__ == "__main__":
    main()
