"""Make the encoder of framing: ``python -m training.frames_export ENCODER_DIR WORK_DIR``.

ENCODER_DIR holds all-MiniLM-L6-v2 (``vocab.txt``, ``model.safetensors``); nothing is trained. The vocabulary is that of
the model of stance, copied, so that a new one of that model does not change what was measured here.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import torch
from torch import Tensor, nn

from analysis.framing.frame_encoder import NAME, VOCABULARY
from analysis.framing.frame_model import HEADS
from analysis.language.models import FOLDER
from analysis.positions.marking import PAD
from training.float_arithmetic import quantise, write_sums
from training.stance_model import VOCABULARY as OTHER
from training.stance_network import Encoder, pretrained, word_table


class Reader(nn.Module):
    """The layers of the encoder over a table of word pieces in eight bits, a scale for each row."""

    def __init__(self, encoder: Encoder, words: Tensor) -> None:
        super().__init__()
        scale = words.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("scale", scale)
        self.register_buffer("words", (words / scale).round().to(torch.int8))
        self.places, self.kinds, self.norm = encoder.places, encoder.kinds, encoder.norm
        self.layers = encoder.layers

    def forward(self, ids: Tensor) -> Tensor:
        words = nn.functional.embedding(ids, self.words).float() * nn.functional.embedding(ids, self.scale)
        x = self.norm(words + self.places(torch.arange(ids.shape[1])) + self.kinds(torch.zeros_like(ids)))
        mask = (ids == PAD)[:, None, None, :] * -10_000.0
        for layer in self.layers:
            x = layer(x, mask)
        return x


def export(reader: Reader, path: Path) -> None:
    """Write the encoder with float layers as ONNX."""
    free = {0: "rows", 1: "length"}
    torch.onnx.export(
        reader,
        (torch.tensor([[7, 20, 8], [7, 8, 0]]),),
        str(path),
        input_names=["ids"],
        output_names=["vectors"],
        dynamic_axes={"ids": free, "vectors": free},
        opset_version=17,
        dynamo=False,
    )


def main() -> None:
    """Export, quantise and write the sums; ``training.frames`` learns the heads anew."""
    parser = argparse.ArgumentParser(prog="python -m training.frames_export", description=__doc__.splitlines()[0])
    parser.add_argument("encoder", type=Path, help="the folder of all-MiniLM-L6-v2")
    parser.add_argument("work", type=Path, help="a folder for the float model")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(OTHER, FOLDER / VOCABULARY)
    words = word_table(options.encoder, FOLDER / VOCABULARY)
    export(Reader(pretrained(options.encoder, seed=0), words).eval(), options.work / f"{NAME}-float.onnx")
    quantise(options.work / f"{NAME}-float.onnx", FOLDER / f"{NAME}.onnx", operators=["MatMul"])
    write_sums(NAME, [FOLDER / f"{NAME}.onnx", FOLDER / VOCABULARY, FOLDER / HEADS])


if __name__ == "__main__":
    main()
