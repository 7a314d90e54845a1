"""The training loop of the networks of stance: soft and hard labels, a linear rate, weights averaged at the end."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from sklearn.metrics import f1_score
from torch import Tensor, nn
from torch.nn import functional as F

from analysis.positions.marking import batch
from training.stance_data import SENTIMENT, STANCE, TASKS, UNKNOWN, Example

WARM_UP, LEAST = 0.06, 0.02
SMOOTHING, SOFT = 0.05, 0.7
"""Label smoothing, and the share of the loss that a teacher's answer has where there is a label too."""
WEIGHTS = {SENTIMENT: (1.0, 1.0, 1.0), STANCE: (1.0, 1.2, 1.2, 1.0, 1.0)}


def loss_of(model: nn.Module, examples: Sequence[Example]) -> Tensor:
    """Mean loss of a batch, each example judged by the head of its task: against its label, a teacher, or both."""
    total = torch.zeros(())
    for task, logits in zip(TASKS, answers(model, examples), strict=True):
        rows = [n for n, one in enumerate(examples) if one.task == task]
        if rows:
            total = total + _loss(logits[rows].float(), [examples[n] for n in rows], torch.tensor(WEIGHTS[task])).sum()
    return total / len(examples)


def _loss(logits: Tensor, examples: Sequence[Example], weights: Tensor) -> Tensor:
    """The loss of each example of one task."""
    wanted = torch.tensor([one.label for one in examples])
    hard = F.cross_entropy(logits, wanted, weights, reduction="none", label_smoothing=SMOOTHING, ignore_index=UNKNOWN)
    taught = [n for n, one in enumerate(examples) if one.soft is not None]
    if not taught:
        return hard
    soft = torch.tensor(np.array([examples[n].soft for n in taught]), dtype=torch.float32).softmax(1)
    far = F.cross_entropy(logits[taught], soft, reduction="none")
    share = torch.where(wanted[taught] == UNKNOWN, 1.0, SOFT)
    return hard.index_put((torch.tensor(taught),), (1 - share) * hard[taught] + share * far)


def answers(model: nn.Module, examples: Sequence[Example]) -> tuple[Tensor, Tensor]:
    """The logits of both heads for a batch."""
    inputs = {name: torch.from_numpy(array) for name, array in batch([one.passage for one in examples]).items()}
    with torch.autocast("cpu", dtype=torch.bfloat16):
        return model(**inputs)


@torch.no_grad()
def predict(model: nn.Module, examples: Sequence[Example], *, size: int = 64) -> list[np.ndarray]:
    """The logits of each example by the head of its task, in their order."""
    model.eval()
    order = sorted(range(len(examples)), key=lambda n: examples[n].length)
    found: dict[int, np.ndarray] = {}
    for at in range(0, len(order), size):
        part = order[at : at + size]
        both = answers(model, [examples[n] for n in part])
        found |= {n: both[TASKS.index(examples[n].task)][k].float().numpy() for k, n in enumerate(part)}
    return [found[n] for n in range(len(examples))]


def macro(logits: Sequence[np.ndarray], examples: Sequence[Example]) -> float:
    """Macro-F1 in percent of the most probable labels."""
    return 100 * f1_score([one.label for one in examples], np.argmax(logits, axis=1), average="macro")


def groups(model: nn.Module, rate: Callable[[str], float]) -> list[dict]:
    """Weights and their rates by name; norms, biases and marks do not decay."""
    return [
        {
            "params": [weight],
            "lr": rate(name),
            "weight_decay": 0.01 if weight.ndim > 1 and "norm" not in name.lower() and "marks" not in name else 0.0,
        }
        for name, weight in model.named_parameters()
        if weight.requires_grad
    ]


def fit(
    model: nn.Module,
    rates: list[dict],
    plan: Sequence[Sequence[Sequence[Example]]],
    *,
    averaged: tuple[float, float],
    checks: Mapping[str, Sequence[Example]],
    kept: Path,
) -> nn.Module:
    """Train by a plan of epochs of batches and return the averaged weights, kept in a file after each epoch.

    `averaged` is the share of the steps from which on the weights are averaged, and how slowly the average moves.
    """
    steps, done, began = sum(map(len, plan)), 0, time.time()
    optimiser = torch.optim.AdamW(rates, betas=(0.9, 0.98), eps=1e-6)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step / steps))
    average = torch.optim.swa_utils.AveragedModel(
        model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(averaged[1])
    )
    for number, batches in enumerate(plan, 1):
        model.train()
        total = 0.0
        for examples in batches:
            loss = loss_of(model, examples)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            optimiser.zero_grad()
            total, done = total + loss.item(), done + 1
            if done > averaged[0] * steps:
                average.update_parameters(model)
            if done % 100 == 0:
                print(f"step {done} of {steps}, {time.time() - began:.0f} s", flush=True)
        for name, one in (("last", model), ("average", average.module)):
            scores = [f"{task} {macro(predict(one, some), some):.1f}" for task, some in checks.items()]
            print(f"epoch {number} loss {total / len(batches):.3f} {name}: {', '.join(scores)}", flush=True)
        torch.save(average.module.state_dict(), kept)
    return average.module


def _rate(done: float) -> float:
    """The share of the full rate: up over the first steps, then down to nearly nothing."""
    return done / WARM_UP if done < WARM_UP else max(LEAST, (1 - done) / (1 - WARM_UP))


def epoch(examples: Iterable[Example], pieces: int, rng: random.Random) -> list[list[Example]]:
    """The batches of one epoch: examples of like length together, at most so many pieces in a batch."""
    chosen = sorted(examples, key=lambda one: one.length + rng.random() * 6)
    batches: list[list[Example]] = [[]]
    for one in chosen:
        if batches[-1] and (len(batches[-1]) + 1) * max(one.length, batches[-1][-1].length) > pieces:
            batches.append([])
        batches[-1].append(one)
    rng.shuffle(batches)
    return batches
