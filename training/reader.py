"""Train the reader of positions: ``python -m training.reader DATA_DIR START OUT_DIR``.

DATA_DIR holds NewsMTSC, DSE and PolNeAR (whose texts the coded corpus needs), START what to begin with: the folder of
all-MiniLM-L6-v2, or a file with the weights of an encoder and its word table, or of a reader. OUT_DIR takes
``reader.pt``; where it holds ``taught.jsonl.gz``, the answers of an earlier model to sentences with and without labels
are learned too. Seeded, with a line of the log every hundred steps and figures on dev after every epoch; begun again it
goes on after the last epoch that was finished.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from sklearn.metrics import f1_score
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F

from analysis.language.models import FOLDER, VOCABULARY, word_pieces
from analysis.positions.asking import PAIR, SENTIMENT, SIDE, TOLD
from analysis.positions.stance_model import SWAPPED
from benchmarks.corpora import stand_ins
from training import invented
from training import reader_data as data
from training.encoder_network import LAYERS, pretrained, word_table
from training.reader_data import Task, Text, Wanted
from training.reader_network import Reader

RATE, HEAD_RATE, DECAY = 1.2e-4, 5e-4, 0.9
WARM_UP, LEAST, AVERAGED, SLOWLY = 0.06, 0.02, 0.4, 0.99
"""Of the steps: those in which the rate rises, its last share; from where on weights are averaged, and how slowly."""
PIECES, NEUTRAL, UNLABELLED, TWICE = 2_500, 0.4, 0.4, 2
"""Pieces in a batch; in an epoch the shares of neutral pairs and of texts without labels, and the turns of articles."""
OTHERS, SOFT = 1, 0.5
"""Uncoded targets of a statement that are asked about; the share of a teacher."""
INVENTED = 2_500
"""Invented sentences in an epoch."""
WEIGHTS = {SENTIMENT: (1.0, 1.0, 1.0), PAIR: (1.0, 1.2, 1.2, 1.0, 1.0), SIDE: (1.3, 0.8, 1.6), TOLD: (1.3, 0.8, 1.6)}
NEITHER = {PAIR: 0, TOLD: 1}
"""The labels of pairs of which only a share is shown in an epoch."""
SHARES = {SENTIMENT: 1.0, PAIR: 1.0, SIDE: 2.5, TOLD: 0.8}


def answers_to(model: Reader, tasks: Sequence[Task]) -> Sequence[Tensor]:
    """The logits of a batch by the kind of question, a row for each question of the tasks."""
    ids, arrays = data.joint(tasks)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        return model(torch.from_numpy(ids), {name: torch.from_numpy(one) for name, one in arrays.items()})


def loss_of(model: Reader, tasks: Sequence[Task]) -> Tensor:
    """The mean loss of a batch, each question judged by the head of its kind: against its label, a teacher, or both."""
    answers = answers_to(model, tasks)
    wanted = [one for task in tasks for one in task.wanted]
    total = torch.zeros(())
    for kind, logits in enumerate(answers):
        rows = [n for n, one in enumerate(wanted) if one.kind == kind]
        if rows:
            total = total + SHARES[kind] * _loss(logits[rows].float(), [wanted[n] for n in rows]).sum()
    return total / len(wanted)


def _loss(logits: Tensor, wanted: Sequence[Wanted]) -> Tensor:
    """The loss of each question of one kind."""
    sure, label = logits.log_softmax(1), torch.tensor([max(one.label, 0) for one in wanted])
    doubt = torch.tensor([one.doubt for one in wanted])
    hard = (1 - doubt) * F.nll_loss(sure, label, reduction="none") - doubt * sure.mean(1)
    hard = hard * torch.tensor(WEIGHTS[wanted[0].kind])[label]
    nothing = np.zeros(logits.shape[1], dtype=np.float32)
    soft = torch.tensor(np.stack([nothing if one.soft is None else one.soft for one in wanted])).softmax(1)
    share = [1.0 if one.label == data.UNKNOWN else SOFT * (one.soft is not None) for one in wanted]
    weight, share = torch.tensor([one.weight for one in wanted]), torch.tensor(share)
    return weight * ((1 - share) * hard - share * (soft * sure).sum(1))


@torch.no_grad()
def predict(model: Reader, tasks: Sequence[Task], kind: int, *, pieces: int = 6_000) -> np.ndarray:
    """The logits of all questions, in the order of the tasks."""
    model.eval()
    found: dict[int, np.ndarray] = {}
    order = [n for n in sorted(range(len(tasks)), key=lambda n: tasks[n].longest) if tasks[n].questions]
    while order:
        part = [order.pop()]
        while order and sum(tasks[n].size for n in part) + tasks[order[-1]].size <= pieces:
            part.append(order.pop())
        rows = answers_to(model, [tasks[n] for n in part])[kind].float().numpy()
        ends = np.cumsum([len(tasks[n].questions) for n in part])
        found |= dict(zip(part, np.split(rows, ends[:-1]), strict=True))
    return np.concatenate([found[n] for n in sorted(found)])


def both_ways(model: Reader, texts: Sequence[Text], tokenizer: Tokenizer) -> np.ndarray:
    """The logits of pairs, asked in both directions."""
    ahead, back = ([data.prepared(f(one), tokenizer) for one in texts] for f in (lambda one: one, data.turned))
    return (predict(model, ahead, PAIR) + predict(model, back, PAIR)[:, SWAPPED]) / 2


def figures(model: Reader, folder: Path, tokenizer: Tokenizer) -> Iterator[str]:
    """Macro-F1 on dev of the most probable answers to each kind of question, and how many sides taken are right."""
    mentions = [data.prepared(one, tokenizer) for one in data.named(data.mentions_of(folder, "dev"))]
    yield f"sentiment {_macro(mentions, predict(model, mentions, SENTIMENT)):.1f}"
    pairs = data.named(data.pairs_of(folder, "valid"))
    coded = [one.wanted[0].label for one in pairs]
    found = both_ways(model, pairs, tokenizer).argmax(1)
    yield f"pairs {100 * f1_score(coded, found, average='macro'):.1f}"
    articles = data.named(list(map(data.coded_text, data.articles(folder, "dev"))))
    for name, kind in (("sides", SIDE), ("told", TOLD)):
        tasks = [data.prepared(data.of_kind(one, kind), tokenizer) for one in articles]
        found = predict(model, tasks, kind)
        label = np.array([one.label for task in tasks for one in task.wanted])
        taken = label != 1
        right = 100 * (found.argmax(1) == label)[taken].mean()
        yield f"{name} {_macro(tasks, found):.1f}, {right:.1f} % of {taken.sum()} taken"


def _macro(tasks: Sequence[Task], logits: np.ndarray) -> float:
    return 100 * f1_score([one.label for task in tasks for one in task.wanted], logits.argmax(1), average="macro")


class Source:
    """What is learned from; :meth:`epoch` draws the batches of one epoch."""

    def __init__(self, folder: Path, work: Path, tokenizer: Tokenizer) -> None:
        own = [*data.mentions_of(folder, "train"), *(pairs := data.pairs_of(folder, "train"))]
        answered = work / "taught.jsonl.gz"
        texts = [*data.taught(answered)] if answered.is_file() else [*own, *map(data.turned, pairs)]
        known = [one for one in texts if one.wanted[0].label != data.UNKNOWN]
        self.sentences = data.named(data.joined(map(data.with_told, known)))
        self.unlabelled = data.named(data.joined(one for one in texts if one.wanted[0].label == data.UNKNOWN))
        self.articles = data.articles(folder, "train")
        self.names = stand_ins([row["text"] for row in self.articles])
        self.tokenizer = tokenizer

    def epoch(self, rng: random.Random) -> list[list[Task]]:
        """The batches of an epoch: not all neutral pairs, of which there are so many, and articles more than once."""
        return data.batches([one for one in self._drawn(rng) if one.questions], PIECES, rng)

    def _drawn(self, rng: random.Random) -> Iterator[Task]:
        for one in self.sentences:
            yield data.prepared(self._thinned(one, rng), self.tokenizer, rng)
        for one in self.unlabelled:
            if rng.random() < UNLABELLED:
                yield data.prepared(one, self.tokenizer, rng)
        for row, names in TWICE * list(zip(self.articles, self.names, strict=True)):
            one = replace(data.coded_text(row, others=OTHERS, rng=rng), names=names)
            yield data.prepared(self._thinned(one, rng), self.tokenizer, rng)
        for one in TWICE * [*invented.passages()]:
            yield data.prepared(one, self.tokenizer)
        for _ in range(INVENTED):
            yield data.prepared(invented.sentence(rng), self.tokenizer)

    @staticmethod
    def _thinned(one: Text, rng: random.Random) -> Text:
        """The text with a share of the pairs that are neither for nor against each other."""
        kept = (w for w in one.wanted if w.label != NEITHER.get(w.kind) or rng.random() < NEUTRAL)
        return replace(one, wanted=tuple(kept))


def groups(model: nn.Module, share: float) -> list[dict]:
    """The weights that are trained, with their rates: the lower a layer, the slower; norms and biases do not decay."""
    return [
        {
            "params": [one],
            "lr": share * _rate_of(name),
            "weight_decay": 0.01 if one.ndim > 1 and "norm" not in name else 0.0,
        }
        for name, one in model.named_parameters()
        if one.requires_grad
    ]


def _rate_of(name: str) -> float:
    if not name.startswith("encoder."):
        return HEAD_RATE
    depth = int(name.split(".")[2]) if "layers." in name else -1
    return RATE * DECAY ** (LAYERS - 1 - depth)


def rate(done: float) -> float:
    """The share of the full rate: up over the first steps, then down to nearly nothing."""
    return done / WARM_UP if done < WARM_UP else max(LEAST, (1 - done) / (1 - WARM_UP))


def train(
    model: Reader,
    source: Source,
    out: Path,
    *,
    epochs: int,
    seed: int,
    share: float,
    check: Callable[[Reader], Iterable[str]],
) -> None:
    """Train and keep the averaged weights after every epoch, with what it takes to go on."""
    kept = out / "going.pt"
    average = torch.optim.swa_utils.AveragedModel(
        model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(SLOWLY)
    )
    steps = epochs * len(source.epoch(random.Random(seed)))
    optimiser = torch.optim.AdamW(groups(model, share), betas=(0.9, 0.98), eps=1e-6)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: rate(min(step / steps, 1.0)))
    parts = {"model": model, "average": average, "optimiser": optimiser, "schedule": schedule}
    first, done = 0, 0
    if kept.is_file():
        state = torch.load(kept, weights_only=True)
        first, done = state["epoch"], state["step"]
        for name, one in parts.items():
            one.load_state_dict(state[name])
    for number in range(first, epochs):
        torch.manual_seed(seed + number)
        total, began = 0.0, time.time()
        model.train()
        model.encoder.train(model.down.weight.requires_grad)
        for count, tasks in enumerate(source.epoch(random.Random(seed + number)), 1):
            loss = loss_of(model, tasks)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            optimiser.zero_grad()
            total, done = total + loss.item(), done + 1
            if done > AVERAGED * steps:
                average.update_parameters(model)
            if done % 100 == 0:
                print(f"step {done} of {steps}, loss {total / count:.3f}, {time.time() - began:.0f} s", flush=True)
        best = average.module if done > AVERAGED * steps else model
        print(f"epoch {number + 1}: {'; '.join(check(best))}", flush=True)
        torch.save(best.state_dict(), out / "reader.pt")
        state = {name: one.state_dict() for name, one in parts.items()}
        torch.save(state | {"epoch": number + 1, "step": done}, kept)


def begin(start: Path) -> Reader:
    """A reader whose encoder has the weights to start with."""
    if start.is_dir():
        model = Reader(word_table(start, FOLDER / VOCABULARY))
        model.encoder = pretrained(start)
        return model
    kept = torch.load(start, weights_only=True)
    model = Reader(kept["words"])
    if "encoder" in kept:
        model.encoder.load_state_dict(kept["encoder"])
    else:
        model.load_state_dict(_with_new(kept, model.state_dict()))
    return model


def _with_new(kept: dict[str, Tensor], whole: dict[str, Tensor]) -> dict[str, Tensor]:
    """Kept weights, with rows and heads for kinds of questions that were not asked yet."""
    kinds = "asker.kinds.weight"
    kept[kinds] = torch.cat([kept[kinds], whole[kinds][len(kept[kinds]) :]])
    return whole | kept


def main() -> None:
    """Train and keep the weights."""
    parser = argparse.ArgumentParser(prog="python -m training.reader", description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="the folder with NewsMTSC, DSE and PolNeAR")
    parser.add_argument("start", type=Path, help="the folder of all-MiniLM-L6-v2, or weights of an encoder")
    parser.add_argument("out", type=Path, help="the folder that takes the weights")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--share", type=float, default=1.0, help="of the usual rates, to take a trained reader further")
    parser.add_argument("--asker", action="store_true", help="train the small reader alone, the encoder as it is")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    if not (FOLDER / VOCABULARY).is_file():
        data.write_vocabulary(options.start / "vocab.txt", options.data, FOLDER / VOCABULARY)
    torch.manual_seed(options.seed)
    tokenizer = word_pieces(FOLDER / VOCABULARY)
    model, source = begin(options.start), Source(options.data, options.out, tokenizer)
    for part in (model.encoder, model.down):
        part.requires_grad_(not options.asker)
    train(
        model,
        source,
        options.out,
        epochs=options.epochs,
        seed=options.seed,
        share=options.share,
        check=lambda one: figures(one, options.data, tokenizer),
    )


if __name__ == "__main__":
    main()
