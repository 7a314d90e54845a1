"""Make the shipped model: ``python -m training.stance_export DATA_DIR WORK_DIR``.

Joins the encoders that ``training.stance_model`` left in WORK_DIR into one ONNX file with int8 weights, the mean of
their answers as its answer, and fits on the dev rows what turns answers into probabilities: a temperature for each
task and, as the training shows more pairs that are not neutral than the news does, the weight of for and against.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization.matmul_nbits_quantizer import DefaultWeightOnlyQuantConfig, MatMulNBitsQuantizer
from scipy.optimize import minimize
from scipy.special import log_softmax
from sklearn.metrics import f1_score
from torch import Tensor, nn

from analysis.language.models import FOLDER, load_session, word_pieces
from analysis.positions.marking import batch, encode
from analysis.positions.stance_model import NAME, Settings, answers, decided, write_settings
from benchmarks.corpora import read_rows
from benchmarks.measures import calibration_error
from training.float_arithmetic import write_sums
from training.stance_data import pair_passages, sentiment_passages
from training.stance_model import VOCABULARY
from training.stance_network import Encoder, Student

VERSION, BLOCK, FLAT = "2.0", 128, 0.002
OUTPUTS = ["sentiment", "stance", "sentiment_quick", "stance_quick"]


class Joined(nn.Module):
    """Encoders over one table of word pieces in eight bits, a scale for each row; their mean logits, then the first's.

    The answers of the first alone cost less where many versions are compared (:mod:`analysis.positions.evidence`).
    """

    def __init__(self, encoders: list[Encoder], words: Tensor) -> None:
        super().__init__()
        scale = words.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("scale", scale)
        self.register_buffer("words", (words / scale).round().to(torch.int8))
        self.encoders = nn.ModuleList(encoders)

    def forward(self, ids: Tensor, types: Tensor, places: Tensor) -> tuple[Tensor, ...]:
        words = nn.functional.embedding(ids, self.words).float() * nn.functional.embedding(ids, self.scale)
        both = [encoder(words, ids, types, places) for encoder in self.encoders]
        sentiment, stance = (torch.stack(one).mean(0) for one in zip(*both, strict=True))
        return sentiment, stance, *both[0]


def export(files: list[Path], path: Path) -> None:
    """Write the float model of the kept encoders as ONNX."""
    kept = [torch.load(file, weights_only=True) for file in files]
    students = [Student(Encoder(), one["words"]) for one in kept]
    for student, one in zip(students, kept, strict=True):
        student.load_state_dict(one)
    joined = Joined([student.encoder for student in students], kept[0]["words"]).eval()
    tokenizer = word_pieces(VOCABULARY)
    passages = [one for one, _ in sentiment_passages([_example("Norway helped Denmark."), _example("Oslo agreed.")])]
    inputs = {name: torch.from_numpy(array) for name, array in batch([encode(tokenizer, p) for p in passages]).items()}
    free = {name: {0: "rows", 1: "length"} for name in ("ids", "types")} | {"places": {0: "rows"}}
    torch.onnx.export(
        joined,
        tuple(inputs.values()),
        str(path),
        input_names=list(inputs),
        output_names=OUTPUTS,
        dynamic_axes=free | {name: {0: "rows"} for name in OUTPUTS},
        opset_version=17,
        dynamo=False,
    )


def _example(sentence: str) -> dict:
    return {"sentence": sentence, "start": 0, "end": 4, "label": "neutral"}


def quantise(path: Path, smaller: Path) -> None:
    """Weights in eight bits, a scale for every 128 of a column; activations stay float, so no processor overflows.

    Where activations are made eight-bit too, macro-F1 on NewsMTSC dev falls by 1.6 with the seven bits that processors
    without VNNI ask for (``benchmarks/README.md``).
    """
    config = DefaultWeightOnlyQuantConfig(block_size=BLOCK, is_symmetric=True, bits=8, accuracy_level=0)
    quantizer = MatMulNBitsQuantizer(onnx.load(path), algo_config=config)
    quantizer.process()
    quantizer.model.save_model_to_file(str(smaller), use_external_data_format=False)


def fit(sentiment: tuple[np.ndarray, np.ndarray], stance: tuple[np.ndarray, np.ndarray]) -> Settings:
    """Temperatures and weights by maximum likelihood on the dev rows; then how far to lean to rarer labels."""
    warmth = temperature(sentiment)
    found = minimize(lambda x: _loss(stance, x[0], _sides(x[1], x[2])), [1.0, 0.0, 0.0], method="Nelder-Mead").x
    settings = Settings(f"{NAME}-{VERSION}", float(warmth), float(found[0]), float(found[1]), float(found[2]), 0.0)
    logits, labels = stance
    chances = np.exp(log_softmax(logits / found[0] + _sides(found[1], found[2]), axis=1))
    leans = [round(0.05 * step, 2) for step in range(21)]
    scores = [f1_score(labels, decided(chances, lean), average="macro") for lean in leans]
    return Settings(**{**settings.__dict__, "lean": leans[int(np.argmax(scores))]})


def temperature(rows: tuple[np.ndarray, np.ndarray]) -> float:
    """The temperature with the least calibration error among those whose loss is as good as the best."""
    tried = np.round(np.arange(0.8, 2.01, 0.05), 2)
    losses = np.array([_loss(rows, one, np.zeros(3)) for one in tried])
    errors = []
    for one in tried[losses <= losses.min() + FLAT]:
        chances = np.exp(log_softmax(rows[0] / one, axis=1))
        errors.append((calibration_error(rows[1], chances.argmax(1), chances), float(one)))
    return min(errors)[1]


def _sides(good: float, bad: float) -> np.ndarray:
    return np.array([0.0, good, good, bad, bad])


def _loss(rows: tuple[np.ndarray, np.ndarray], warmth: float, bias: np.ndarray) -> float:
    logits, labels = rows
    chances = log_softmax(logits / max(warmth, 0.05) + bias, axis=1)
    return -float(chances[np.arange(len(labels)), labels].mean())


def main() -> None:
    """Export, quantise, fit, and write the sums."""
    parser = argparse.ArgumentParser(prog="python -m training.stance_export", description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="the folder with newsmtsc_dev.jsonl.gz and dse_valid.jsonl.gz")
    parser.add_argument("work", type=Path, help="the folder with the weights of each seed")
    options = parser.parse_args()
    whole, smaller = options.work / f"{NAME}-float.onnx", FOLDER / f"{NAME}.onnx"
    export(sorted(options.work.glob("seed-*.pt")), whole)
    quantise(whole, smaller)
    write_sums(NAME, [smaller, VOCABULARY])
    session = load_session(NAME)
    mentions = list(sentiment_passages(read_rows(options.data, "newsmtsc", "dev")))
    pairs = list(pair_passages(read_rows(options.data, "dse", "valid")))
    sentiment = answers(session, [one for one, _ in mentions], "sentiment"), np.array([n for _, n in mentions])
    stance = answers(session, [one for one, _ in pairs], "stance"), np.array([n for _, n in pairs])
    write_settings(fit(sentiment, stance))
    print(json.dumps(json.loads((FOLDER / f"{NAME}.json").read_text(encoding="utf-8")), indent=1))


if __name__ == "__main__":
    main()
