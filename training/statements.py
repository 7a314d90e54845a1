"""Train the tagger of statements on PolNeAR: ``python -m training.statements DATA_DIR START OUT_DIR``.

START is the folder of all-MiniLM-L6-v2, or a file of a tagger's weights to go on from; OUT_DIR takes a checkpoint an
epoch; :mod:`training.export` makes the shipped models of one. Persons are read as stand-ins, others in each epoch.
Seeded. Five epochs take 45 minutes on two quiet cores.
"""

from __future__ import annotations

import argparse
import copy
import math
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn import functional

from analysis.language.models import FOLDER, VOCABULARY, word_pieces
from training.encoder_network import LAYERS, pretrained, word_table
from training.statement_data import Example, read_examples
from training.statement_network import Batch, Tagger

BUDGET, LETTERS, FALSE_SHARE = 3000, 4.5, 0.5
"""Word pieces in a batch, letters in a piece, and the share of false cues that is drawn."""
RATE, HEAD_RATE, LAYER_DECAY, WARM_UP, EMA = 1.5e-4, 6e-4, 0.9, 0.06, 0.998
FURTHER = 0.3
"""The share of the rates when a trained tagger is taken further."""


def batches(examples: Sequence[Example], tokenizer: Tokenizer, dice: random.Random) -> Iterator[Batch]:
    """The examples in a new order, like lengths together, padded."""
    order = sorted(range(len(examples)), key=lambda k: len(examples[k].text) + dice.random() * 60)
    groups: list[list[int]] = [[]]
    for k in order:
        if groups[-1] and len(examples[k].text) * (len(groups[-1]) + 1) > BUDGET * LETTERS:
            groups.append([])
        groups[-1].append(k)
    dice.shuffle(groups)
    for group in groups:
        if any(examples[k].cues for k in group):
            yield collate([examples[k] for k in group], tokenizer, dice)


def collate(group: Sequence[Example], tokenizer: Tokenizer, dice: random.Random) -> Batch:
    """One batch; of the words that only look like cues a share is drawn."""
    pieces = [one.pieces(tokenizer, dice) for one in group]
    wide, longest = max(len(ids) for ids, _ in pieces), max(len(one.marks) for one in group)
    cues = [(row, cue) for row, one in enumerate(group) for cue in one.cues if cue.true or dice.random() < FALSE_SHARE]
    cues = cues or [(row, cue) for row, one in enumerate(group) for cue in one.cues][:1]

    def stacked(arrays: list[np.ndarray], length: int, filler: int = 0) -> torch.Tensor:
        out = np.full((len(arrays), length, *arrays[0].shape[1:]), filler, dtype=np.int64)
        for row, array in enumerate(arrays):
            out[row, : len(array)] = array
        return torch.from_numpy(out)

    inside = np.zeros((len(cues), longest), dtype=np.int64)
    for row, (_, cue) in enumerate(cues):
        inside[row, cue.start : cue.end] = 1
    return Batch(
        ids=stacked([np.array(ids) for ids, _ in pieces], wide),
        mask=stacked([np.ones(len(ids)) for ids, _ in pieces], wide),
        first=stacked([first for _, first in pieces], longest),
        tokens=stacked([one.tokens for one in group], longest),
        marks=stacked([one.marks for one in group], longest, -100),
        owner=torch.tensor([row for row, _ in cues]),
        inside=torch.from_numpy(inside),
        pairs=stacked([cue.pairs for _, cue in cues], longest),
        real=stacked([np.ones(len(cue.parts)) for _, cue in cues], longest),
        parts=stacked([cue.parts for _, cue in cues], longest, -100),
        true=torch.tensor([float(cue.true) for _, cue in cues]),
    )


def loss_of(model: Tagger, batch: Batch) -> torch.Tensor:
    """Cross-entropy of cue marks, of the parts of true cues, and of being a cue."""
    marks, parts, true = model(batch)
    loss = 3 * functional.cross_entropy(marks.float().flatten(0, 1), batch.marks.flatten(), ignore_index=-100)
    loss = loss + 0.5 * functional.binary_cross_entropy_with_logits(true.float(), batch.true)
    right = batch.true > 0
    if right.any():
        found, wanted = parts.float()[right].flatten(0, 1), batch.parts[right].flatten()
        loss = loss + functional.cross_entropy(found, wanted, ignore_index=-100)
    return loss


def optimiser(model: Tagger, share: float) -> torch.optim.Optimizer:
    """AdamW; the lower a layer of the encoder, the slower it learns; `share` of the usual rates."""
    groups = []
    for name, parameter in model.named_parameters():
        rate = HEAD_RATE
        if "encoder." in name:
            depth = int(name.split("layers.")[1].split(".")[0]) if "layers." in name else -1
            rate = RATE * LAYER_DECAY ** (LAYERS - depth)
        decay = 0.0 if parameter.ndim < 2 else 0.01
        groups.append({"params": [parameter], "lr": share * rate, "weight_decay": decay})
    return torch.optim.AdamW(groups, betas=(0.9, 0.98))


def begin(start: Path) -> Tagger:
    """A tagger over a fresh encoder (START is a folder), or a trained one."""
    if start.is_dir():
        model = Tagger(word_table(start, FOLDER / VOCABULARY))
        model.reader.encoder = pretrained(start)
        return model
    kept = torch.load(start, weights_only=True)
    model = Tagger(kept["words"])
    model.load_state_dict(kept)
    return model


def train(examples: Sequence[Example], start: Path, out: Path, epochs: int, seed: int) -> None:
    """Train, averaging the weights, and write the averaged model after every epoch."""
    torch.manual_seed(seed)
    dice, tokenizer = random.Random(seed), word_pieces(FOLDER / VOCABULARY)
    model = begin(start)
    averaged = copy.deepcopy(model).eval()
    rule = optimiser(model, 1.0 if start.is_dir() else FURTHER)
    steps = epochs * len(list(batches(examples, tokenizer, random.Random(0))))
    shape = torch.optim.lr_scheduler.LambdaLR(
        rule, lambda k: min(k / (WARM_UP * steps), 0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(k / steps, 1))))
    )
    begun, step = time.time(), 0
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for batch in batches(examples, tokenizer, dice):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = loss_of(model, batch)
            rule.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            rule.step()
            shape.step()
            step += 1
            total, count = total + loss.item(), count + 1
            keep = min(EMA, (1 + step) / (10 + step))
            with torch.no_grad():
                for mine, theirs in zip(averaged.parameters(), model.parameters(), strict=True):
                    mine.lerp_(theirs, 1 - keep)
            if step % 50 == 0:
                spent = (time.time() - begun) / 60
                print(f"epoch {epoch + 1} step {step}/{steps} loss {total / count:.4f} {spent:.1f} min", flush=True)
        torch.save(averaged.state_dict(), out / f"epoch{epoch + 1}.pt")


def main() -> None:
    """Read, train, save."""
    parser = argparse.ArgumentParser(prog="python -m training.statements", description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="the folder with polnear_train.jsonl.gz")
    parser.add_argument("start", type=Path, help="the folder of all-MiniLM-L6-v2, or a checkpoint to go on from")
    parser.add_argument("out", type=Path, help="the folder for checkpoints")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    examples = read_examples(options.data, "train")
    print(f"{len(examples)} stretches, {sum(cue.true for one in examples for cue in one.cues)} cues", flush=True)
    train(examples, options.start, options.out, options.epochs, options.seed)


if __name__ == "__main__":
    main()
