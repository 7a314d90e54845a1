"""Write a trained tagger as the two models that are shipped: ``python -m training.export CHECKPOINT [CHECKPOINT ...]``.

Of several checkpoints the mean of the weights is taken. Reader and linker are exported to ONNX with weights in eight
bits and float arithmetic (:mod:`training.float_arithmetic`); the SHA-256 sums are written beside them.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import torch
from torch import nn

from analysis.language import models
from analysis.language.encoder import WIDTH as PIECE
from analysis.statements.features import PAIR_SIZES, SIZES
from training.encoder_network import mean
from training.float_arithmetic import quantise, write_sums
from training.statement_network import WIDTH, Tagger


def export(model: Tagger, folder: Path) -> None:
    """Both halves as float ONNX files in a folder."""
    rows, wide, longest = 2, 12, 9
    words, first = torch.randn(rows, wide, PIECE), torch.randint(1, wide - 1, (rows, longest))
    real, mask = torch.ones((rows, longest), dtype=torch.long), torch.ones((rows, wide), dtype=torch.long)
    tokens = torch.zeros((rows, longest, len(SIZES)), dtype=torch.long)
    pairs = torch.zeros((rows, longest, len(PAIR_SIZES)), dtype=torch.long)
    reader = {"words": words, "mask": mask, "first": first, "tokens": tokens, "real": real}
    linker = {"vectors": torch.randn(rows, longest, WIDTH), "inside": real, "pairs": pairs, "real": real}
    _write(model.reader, reader, ("vectors", "marks"), folder / "statements_reader.onnx")
    _write(model.linker, linker, ("parts", "true"), folder / "statements_linker.onnx")


def _write(half: nn.Module, inputs: dict[str, torch.Tensor], outputs: tuple[str, str], path: Path) -> None:
    axes = {name: {0: "rows", 1: "pieces" if name in ("words", "mask") else "tokens"} for name in (*inputs, *outputs)}
    axes["true"] = {0: "rows"}
    torch.onnx.export(
        half,
        tuple(inputs.values()),
        str(path),
        input_names=list(inputs),
        output_names=list(outputs),
        dynamic_axes={name: axis for name, axis in axes.items() if name in inputs or name in outputs},
        opset_version=17,
        dynamo=False,
    )


def main() -> None:
    """Export, quantise, and write the sums."""
    parser = argparse.ArgumentParser(prog="python -m training.export", description=__doc__.splitlines()[0])
    parser.add_argument("checkpoints", type=Path, nargs="+", help="checkpoints of training.statements")
    options = parser.parse_args()
    kept = mean([torch.load(one, weights_only=True) for one in options.checkpoints])
    model = Tagger(kept["words"])
    model.load_state_dict(kept)
    model.eval()
    with tempfile.TemporaryDirectory() as folder:
        export(model, Path(folder))
        for path in sorted(Path(folder).glob("*.onnx")):
            quantise(path, models.FOLDER / path.name)
            write_sums(path.stem, [models.FOLDER / path.name])


if __name__ == "__main__":
    main()
