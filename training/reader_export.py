"""Make the shipped reader: ``python -m training.reader_export DATA_DIR WORK_DIR [WORK_DIR ...]``.

Writes the encoder and the asker of ``reader.pt`` (of several, the mean of their weights) with weights in eight bits and
the table of word pieces, and fits on dev rows what turns answers into probabilities: a temperature for each kind of
question and the weights of for and against, as training shows more positions than the news has; then the cuts.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
import torch
from scipy.optimize import minimize
from scipy.special import log_softmax
from sklearn.metrics import f1_score
from torch import Tensor, nn

from analysis.language import encoder as reading
from analysis.language.models import FOLDER, VOCABULARY, WORDS
from analysis.positions import stance_model
from analysis.positions.asking import PAIR, SEEN, SENTIMENT, SIDE, TOLD, Question
from analysis.positions.stance import SALIENT
from analysis.positions.stance_model import Marked, Settings, decided, write_settings
from benchmarks.corpora import with_stand_ins
from benchmarks.measures import calibration_error
from training import reader_data as data
from training.encoder_network import mean
from training.float_arithmetic import quantise, write_sums
from training.reader_data import Text
from training.reader_network import ANSWERS, Reader

VERSION, FLAT = "reader-1.2", 0.002
MEANT = -1
"""Questions about sides toward actors whom a statement does not name; all main actors of the article are asked."""
LEANS = np.round(np.arange(0, 1.01, 0.05), 2)
CUTS = np.round(np.arange(0.2, 0.81, 0.02), 2)


class Narrowing(nn.Module):
    """The encoder with the projection that the small reader reads, so that it is made once for each piece."""

    def __init__(self, model: Reader) -> None:
        super().__init__()
        self.encoder, self.down = model.encoder, model.down

    def forward(self, words: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        vectors = self.encoder(words, mask)
        return vectors, self.down(vectors)


def export(model: Reader, folder: Path) -> None:
    """Write both networks as float models."""
    piece = {0: "rows", 1: "pieces"}
    inputs = {"words": torch.randn(2, 9, reading.WIDTH), "mask": torch.ones(2, 9, dtype=torch.long)}
    names = ("vectors", "narrow")
    _write(Narrowing(model), inputs, dict.fromkeys((*inputs, *names), piece), names, folder / f"{reading.NAME}.onnx")
    inputs = {
        "pieces": torch.randn(2, 9, reading.NARROW),
        "there": torch.ones(2, 9, dtype=torch.long),
        "seen": torch.zeros(2, 9, len(SEEN), dtype=torch.long),
        "kinds": torch.tensor([0, 1]),
        "means": torch.randn(2, 3, reading.WIDTH),
    }
    axes = {name: piece if name in ("pieces", "there", "seen") else {0: "rows"} for name in (*inputs, *ANSWERS)}
    _write(model.asker, inputs, axes, tuple(ANSWERS), folder / f"{stance_model.NAME}.onnx")


def _write(net: nn.Module, inputs: dict[str, Tensor], axes: dict, outputs: tuple[str, ...], path: Path) -> None:
    torch.onnx.export(
        net,
        tuple(inputs.values()),
        str(path),
        input_names=list(inputs),
        output_names=list(outputs),
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )


def write_words(table: np.ndarray) -> None:
    """The table of word pieces in eight bits, a scale for each row."""
    scales = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-8) / 127
    np.savez_compressed(FOLDER / WORDS, rows=np.round(table / scales).astype(np.int8), scales=scales.astype(np.float32))


def logits_of(texts: list[Marked]) -> np.ndarray:
    """What the shipped model answers to sentences."""
    return stance_model.answers(*stance_model.alone(texts))


def answers_of(texts: Iterable[Text]) -> tuple[np.ndarray, np.ndarray]:
    """What the shipped model answers to the questions about some texts, and what is coded."""
    found, labels = [], []
    for text in texts:
        parts = reading.windows(text.text, text.sentences, names=text.names)
        asked = [(data.question_of(parts, text.sentences, one), one.label) for one in text.wanted]
        kept: list[tuple[Question, int]] = [(question, label) for question, label in asked if question is not None]
        if kept:
            found.append(stance_model.answers(reading.read(parts), [question for question, _ in kept]))
            labels += [label for _, label in kept]
    return np.concatenate(found), np.array(labels)


def fit(rows: dict[int, tuple[np.ndarray, np.ndarray]]) -> Settings:
    """Temperatures and weights by maximum likelihood on the dev rows; then how far to lean to rare labels, and cuts."""
    warmth, pair = temperature(rows[SENTIMENT]), _likeliest(rows[PAIR], _five)
    logits, labels = rows[PAIR]
    chances = np.exp(log_softmax(logits / pair[0] + _five(pair[1], pair[2]), axis=1))
    scores = [f1_score(labels, decided(chances, lean), average="macro") for lean in LEANS]
    lean = float(LEANS[int(np.argmax(scores))])
    side, told = _likeliest(rows[SIDE], _three), _likeliest(rows[TOLD], _three)
    cuts = _cut(rows[SIDE], side, [0, 1, 2]), _cut(rows[MEANT], side, [0, 2]), _cut(rows[TOLD], told, [0, 2])
    return Settings(VERSION, warmth, *pair, lean, *side, *cuts[:2], *told, cuts[2])


def _likeliest(rows: tuple[np.ndarray, np.ndarray], sides: Callable[[float, float], np.ndarray]) -> list[float]:
    """The temperature and the weights of for and against that make the labels likeliest."""
    start = [1.0, 0.0, 0.0]
    return list(map(float, minimize(lambda x: _loss(rows, x[0], sides(x[1], x[2])), start, method="Nelder-Mead").x))


def _cut(rows: tuple[np.ndarray, np.ndarray], kept: Sequence[float], labels: Sequence[int]) -> float:
    """The cut with the best F1 of some labels, each counted alike, smoothed over its neighbours."""
    chances = np.exp(log_softmax(rows[0] / kept[0] + _three(kept[1], kept[2]), axis=1))
    found = [stance_model.sided(chances, cut) + 1 for cut in CUTS]
    scores = [f1_score(rows[1], one, labels=labels, average="macro") for one in found]
    return float(CUTS[int(np.argmax(np.convolve(np.pad(scores, 2, mode="edge"), np.ones(5) / 5, "valid")))])


def temperature(rows: tuple[np.ndarray, np.ndarray]) -> float:
    """The temperature with the least calibration error among those whose loss is as good as the best."""
    tried = np.round(np.arange(0.8, 2.01, 0.05), 2)
    losses = np.array([_loss(rows, one, np.zeros(3)) for one in tried])
    errors = []
    for one in tried[losses <= losses.min() + FLAT]:
        chances = np.exp(log_softmax(rows[0] / one, axis=1))
        errors.append((calibration_error(rows[1], chances.argmax(1), chances), float(one)))
    return min(errors)[1]


def _five(good: float, bad: float) -> np.ndarray:
    return np.array([0.0, good, good, bad, bad])


def _three(good: float, bad: float) -> np.ndarray:
    return np.array([bad, 0.0, good])


def _loss(rows: tuple[np.ndarray, np.ndarray], warmth: float, bias: np.ndarray) -> float:
    logits, labels = rows
    chances = log_softmax(logits / max(warmth, 0.05) + bias, axis=1)
    return -float(chances[np.arange(len(labels)), labels].mean())


def main() -> None:
    """Export, quantise, write the sums and fit."""
    parser = argparse.ArgumentParser(prog="python -m training.reader_export", description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="the folder with the dev splits of NewsMTSC and DSE, and PolNeAR")
    parser.add_argument("work", type=Path, nargs="+", help="the folders with reader.pt")
    parser.add_argument("--asker", action="store_true", help="the encoder is as it was: write the small reader alone")
    options = parser.parse_args()
    kept, work = mean([torch.load(one / "reader.pt", weights_only=True) for one in options.work]), options.work[0]
    model = Reader(kept["words"])
    model.load_state_dict(kept)
    export(model.eval(), work)
    for name in (stance_model.NAME,) if options.asker else (reading.NAME, stance_model.NAME):
        quantise(work / f"{name}.onnx", FOLDER / f"{name}.onnx", operators=["MatMul"])
    if not options.asker:
        write_words(kept["words"].numpy())
        write_sums(reading.NAME, [FOLDER / f"{reading.NAME}.onnx", FOLDER / VOCABULARY, FOLDER / WORDS])
    write_sums(stance_model.NAME, [FOLDER / f"{stance_model.NAME}.onnx"])
    mentions, pairs = data.mentions_of(options.data, "dev"), data.pairs_of(options.data, "valid")
    articles = data.articles(options.data, "dev")
    coded, more = (data.named([data.coded_text(row, others=n) for row in articles]) for n in (0, SALIENT))
    rows = {kind: answers_of(data.of_kind(one, kind) for one in coded) for kind in (SIDE, TOLD)}
    rows[MEANT] = answers_of(map(data.of_meant, more))
    for kind, texts in ((SENTIMENT, mentions), (PAIR, pairs)):
        marked = [Marked(one.text, one.wanted[0].target[0], next(iter(one.wanted[0].source), None)) for one in texts]
        rows[kind] = logits_of(with_stand_ins(marked)), np.array([one.wanted[0].label for one in texts])
    write_settings(fit(rows))
    stance_model.settings.cache_clear()
    print(json.dumps(json.loads((FOLDER / f"{stance_model.NAME}.json").read_text(encoding="utf-8")), indent=1))


if __name__ == "__main__":
    main()
