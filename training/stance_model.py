"""Train the encoder of stance and sentiment: ``python -m training.stance_model DATA_DIR ENCODER_DIR WORK_DIR``.

ENCODER_DIR holds all-MiniLM-L6-v2 (``vocab.txt``, ``model.safetensors``), DATA_DIR the corpora NewsMTSC and DSE. Each
seed gives one encoder, trained on both tasks at once, its weights an average over the last part of the training; the
shipped model takes the mean of their answers. ``python -m training.stance_export`` makes the shipped file of them.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from sklearn.metrics import f1_score
from torch import Tensor
from torch.nn import functional as F

from analysis.encoder import FOLDER, word_pieces
from analysis.marking import batch
from benchmarks.corpora import read_rows
from training.stance_data import (
    SENTIMENT,
    STANCE,
    Example,
    epoch,
    pair_passages,
    prepare,
    sentiment_passages,
    training_set,
    write_vocabulary,
)
from training.stance_network import LAYERS, Encoder, pretrained, word_table

RATE, HEAD_RATE, DECAY, WEIGHT_DECAY, WARM_UP = 1.2e-4, 5e-4, 0.85, 0.01, 0.06
PIECES, NEUTRAL, SMOOTHING = 2_000, 0.25, 0.05
AVERAGED, MOMENTUM = 0.35, 0.98
"""From this share of the steps on, the weights are averaged; how slowly the average moves."""
WEIGHTS = {SENTIMENT: (1.0, 1.0, 1.0), STANCE: (1.0, 1.2, 1.2, 1.0, 1.0)}
VOCABULARY = FOLDER / "stance-vocab.txt"


def groups(encoder: Encoder) -> list[dict]:
    """Weights and their rates: a lower layer moves less, the new heads more; norms and biases do not decay."""
    found = []
    for name, weight in encoder.named_parameters():
        depth = int(name.split(".")[1]) if name.startswith("layers") else -1
        new = name.startswith(("sentiment", "stance", "marks"))
        rate = HEAD_RATE if new else RATE * DECAY ** (LAYERS - 1 - depth)
        decay = WEIGHT_DECAY if weight.ndim > 1 and not name.startswith(("norm", "marks")) else 0.0
        found.append({"params": [weight], "lr": rate, "weight_decay": decay})
    return found


def loss_of(encoder: Encoder, words: Tensor, examples: Sequence[Example]) -> Tensor:
    """Cross-entropy of a batch, each example judged by the head of its task."""
    both = answers(encoder, words, examples)
    total = torch.zeros(())
    for task, logits in zip((SENTIMENT, STANCE), both, strict=True):
        rows = [n for n, one in enumerate(examples) if one.task == task]
        if rows:
            wanted = torch.tensor([examples[n].label for n in rows])
            weights = torch.tensor(WEIGHTS[task])
            total = total + F.cross_entropy(
                logits[rows].float(), wanted, weights, reduction="sum", label_smoothing=SMOOTHING
            )
    return total / len(examples)


def answers(encoder: Encoder, words: Tensor, examples: Sequence[Example]) -> tuple[Tensor, Tensor]:
    """The logits of both heads for a batch."""
    inputs = {name: torch.from_numpy(array) for name, array in batch([one.passage for one in examples]).items()}
    with torch.autocast("cpu", dtype=torch.bfloat16):
        return encoder(F.embedding(inputs["ids"], words), **inputs)


@torch.no_grad()
def predict(encoder: Encoder, words: Tensor, examples: Sequence[Example], task: str) -> np.ndarray:
    """The logits of a task for many examples, in their order."""
    encoder.eval()
    order = sorted(range(len(examples)), key=lambda n: examples[n].length)
    found: dict[int, np.ndarray] = {}
    for at in range(0, len(order), 64):
        part = order[at : at + 64]
        logits = answers(encoder, words, [examples[n] for n in part])[task == STANCE].float().numpy()
        found |= dict(zip(part, logits, strict=True))
    return np.array([found[n] for n in range(len(examples))])


def macro(logits: np.ndarray, examples: Sequence[Example]) -> float:
    """Macro-F1 in percent of the most probable labels."""
    return 100 * f1_score([one.label for one in examples], logits.argmax(1), average="macro")


def train(
    folder: Path, start: Path, kept: Path, *, seed: int, epochs: int, part: int | None, checks: dict[str, list[Example]]
) -> None:
    """One encoder: all epochs with a linear rate, its weights averaged over the last steps and kept in a file."""
    tokenizer, rng = word_pieces(VOCABULARY), random.Random(seed)
    words, encoder = word_table(start, VOCABULARY), pretrained(start, seed=seed)
    fixed, neutral = training_set(tokenizer, folder, part=part)
    plan = [epoch(fixed, neutral, NEUTRAL, PIECES, rng) for _ in range(epochs)]
    steps, done, began = sum(map(len, plan)), 0, time.time()
    optimiser = torch.optim.AdamW(groups(encoder), betas=(0.9, 0.98), eps=1e-6)
    rates = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step / steps))
    average = torch.optim.swa_utils.AveragedModel(
        encoder, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(MOMENTUM)
    )
    for number, batches in enumerate(plan, 1):
        encoder.train()
        total = 0.0
        for examples in batches:
            loss = loss_of(encoder, words, examples)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
            optimiser.step()
            rates.step()
            optimiser.zero_grad()
            total, done = total + loss.item(), done + 1
            if done > AVERAGED * steps:
                average.update_parameters(encoder)
            if done % 100 == 0:
                print(f"seed {seed} step {done} of {steps}, {time.time() - began:.0f} s", flush=True)
        for name, one in (("last", encoder), ("average", average.module)):
            scores = [f"{task} {macro(predict(one, words, some, task), some):.1f}" for task, some in checks.items()]
            print(f"epoch {number} loss {total / len(batches):.3f} {name}: {', '.join(scores)}", flush=True)
        torch.save({"encoder": average.module.state_dict(), "words": words}, kept)


def _rate(done: float) -> float:
    """The share of the full rate: up over the first steps, then down to nothing."""
    return done / WARM_UP if done < WARM_UP else max(0.02, (1 - done) / (1 - WARM_UP))


def held_out(folder: Path, part: int | None = None) -> dict[str, list[Example]]:
    """The dev rows of both corpora, on which epochs are compared."""
    tokenizer = word_pieces(VOCABULARY)
    mentions, pairs = read_rows(folder, "newsmtsc", "dev")[:part], read_rows(folder, "dse", "valid")[:part]
    return {
        SENTIMENT: prepare(tokenizer, sentiment_passages(mentions), SENTIMENT),
        STANCE: prepare(tokenizer, pair_passages(pairs), STANCE),
    }


def main() -> None:
    """Train one encoder for each seed and keep its weights in the work folder."""
    parser = argparse.ArgumentParser(prog="python -m training.stance_model", description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="the folder with newsmtsc_train.jsonl.gz and dse_train.jsonl.gz")
    parser.add_argument("encoder", type=Path, help="the folder with the weights of all-MiniLM-L6-v2")
    parser.add_argument("work", type=Path, help="the folder that takes the weights")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--part", type=int, help="only so many rows of each corpus, to try the script")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    if not VOCABULARY.is_file():
        write_vocabulary(options.encoder / "vocab.txt", options.data, VOCABULARY)
    checks = held_out(options.data, options.part)
    for seed in options.seeds:
        train(
            options.data,
            options.encoder,
            options.work / f"seed-{seed}.pt",
            seed=seed,
            epochs=options.epochs,
            part=options.part,
            checks=checks,
        )


if __name__ == "__main__":
    main()
