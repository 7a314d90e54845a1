"""Train a teacher and let it label: ``python -m training.stance_teacher DATA_DIR TEACHER_DIR VOCABULARY WORK_DIR``.

TEACHER_DIR holds all-mpnet-base-v2 (``vocab.txt``, ``model.safetensors``; Apache 2.0; Song et al. 2020, Reimers and
Gurevych 2019), a network of 110 million weights, too large to ship. It learns the labels of the train splits and then
gives its answer for each of their passages and for passages without labels; ``training.stance_model`` teaches the
small model to answer alike (distillation: Hinton, Vinyals and Dean 2015). WORK_DIR takes ``teacher.pt`` and
``taught.npy``.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F
from transformers import MPNetModel

from analysis.language.models import word_pieces
from analysis.positions.marking import PAD, TOWARD
from training.stance_data import SENTIMENT, SWAPPED, TASKS, Example, Passage, chosen, held_out, labelled, prepare
from training.stance_fit import epoch, fit, groups, predict
from training.stance_transfer import unlabelled

WIDTH, LAYERS = 768, 12
RATE, HEAD_RATE, DECAY = 4e-5, 3e-4, 0.9
PIECES, NEUTRAL, EPOCHS = 2_000, 0.25, 3
AVERAGED = (0.4, 0.985)
MENTIONS, PAIRS = 12_000, 12_000
RENAMED = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[UNK]": "[UNK]", "[MASK]": "<mask>"}
TEACHER, TAUGHT = "teacher.pt", "taught.npy"


class Teacher(nn.Module):
    """MPNet with the marks added to its word pieces, and heads like those of the small model."""

    def __init__(self, folder: Path, vocabulary: Path) -> None:
        super().__init__()
        self.encoder = MPNetModel.from_pretrained(folder, add_pooling_layer=False, attn_implementation="eager")
        self.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
        self.marks = nn.Embedding(TOWARD + 1, WIDTH, padding_idx=PAD)
        nn.init.normal_(self.marks.weight, std=0.02)
        self.sentiment = nn.Sequential(nn.Linear(2 * WIDTH, WIDTH), nn.Tanh(), nn.Dropout(0.1), nn.Linear(WIDTH, 3))
        self.stance = nn.Sequential(nn.Linear(3 * WIDTH, WIDTH), nn.Tanh(), nn.Dropout(0.1), nn.Linear(WIDTH, 5))
        self.register_buffer("own", _numbers(vocabulary, folder / "vocab.txt"), persistent=False)

    def forward(self, ids: Tensor, types: Tensor, places: Tensor) -> tuple[Tensor, Tensor]:
        words = F.embedding(self.own[ids], self.encoder.embeddings.word_embeddings.weight)
        x = self.encoder(inputs_embeds=words + self.marks(ids * (ids <= TOWARD)), attention_mask=(ids != PAD).long())
        x, rows = x.last_hidden_state, torch.arange(len(ids))
        whole, source, target = x[:, 0], x[rows, places[:, 0]], x[rows, places[:, 1]]
        return self.sentiment(torch.cat([whole, target], -1)), self.stance(torch.cat([whole, source, target], -1))


def _numbers(vocabulary: Path, own: Path) -> Tensor:
    """For each piece of BERT's vocabulary its number in the teacher's."""
    numbers = {piece: n for n, piece in enumerate(own.read_text(encoding="utf-8").split("\n"))}
    pieces = vocabulary.read_text(encoding="utf-8").split("\n")
    return torch.tensor([numbers[RENAMED.get(piece, piece)] for piece in pieces if piece])


def rate(name: str) -> float:
    """A lower layer learns more slowly, what is new faster."""
    if name.startswith(("marks", *TASKS)):
        return HEAD_RATE
    depth = -1
    if "layer." in name:
        depth = int(name.split("layer.", 1)[1].split(".", 1)[0])
    elif "relative" in name:
        depth = LAYERS - 1
    return RATE * DECAY ** (LAYERS - 1 - depth)


def transfer_set(folder: Path, *, part: int | None = None) -> list[Passage]:
    """All passages that the teacher answers, in the order of ``taught.npy``: first the labelled ones."""
    scale = 1 if part is None else part / 10_000
    return labelled(folder, part=part) + unlabelled(
        folder, mentions=int(MENTIONS * scale), pairs=int(PAIRS * scale), seed=1
    )


def teach(model: Teacher, examples: list[Example], turned: int) -> np.ndarray:
    """The logits of every example, five columns; the first `turned` pairs are averaged with their other direction."""
    found = np.full((len(examples), 5), np.nan, dtype=np.float32)
    for n, logits in enumerate(predict(model, examples)):
        found[n, : len(logits)] = logits
    pairs = [n for n, one in enumerate(examples) if one.task != SENTIMENT][: 2 * turned]
    ahead, back = found[pairs[:turned]], found[pairs[turned:]]
    mean = (ahead + back[:, SWAPPED]) / 2
    found[pairs[:turned]], found[pairs[turned:]] = mean, mean[:, SWAPPED]
    return found


def main() -> None:
    """Train the teacher unless its weights are there, then let it answer."""
    parser = argparse.ArgumentParser(prog="python -m training.stance_teacher", description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="the folder with the train and dev splits of NewsMTSC, DSE and PolNeAR")
    parser.add_argument("teacher", type=Path, help="the folder with all-mpnet-base-v2")
    parser.add_argument("vocabulary", type=Path, help="the vocab.txt of BERT (that of all-MiniLM-L6-v2)")
    parser.add_argument("work", type=Path, help="the folder that takes weights and answers")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--part", type=int, help="only so many rows of each corpus, to try the script")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(options.seed)
    rng, tokenizer = random.Random(options.seed), word_pieces(options.vocabulary)
    model, kept = Teacher(options.teacher, options.vocabulary), options.work / TEACHER
    if kept.is_file():
        model.load_state_dict(torch.load(kept, weights_only=True))
    else:
        examples = prepare(tokenizer, labelled(options.data, part=options.part))
        plan = [epoch(chosen(examples, NEUTRAL, rng), PIECES, rng) for _ in range(EPOCHS)]
        checks = held_out(tokenizer, options.data, options.part)
        model = fit(model, groups(model, rate), plan, averaged=AVERAGED, checks=checks, kept=kept)
    passages = transfer_set(options.data, part=options.part)
    pairs = sum(1 for _, task, label in passages if task != SENTIMENT and label >= 0)
    np.save(options.work / TAUGHT, teach(model, prepare(tokenizer, passages), pairs // 2))


if __name__ == "__main__":
    main()
