"""Eight-bit weights, float arithmetic: ``python -m training.float_arithmetic MODEL.onnx [MODEL.onnx ...]``.

Dynamic quantisation keeps small weights but rounds the activations too, with one scale over all that is read at once:
a difference in the last bit between two processors moves a rounding step, and what stands beside a passage changes it.
Here the weights stay in eight bits in the file and are made float when it is loaded, and every product is a float one.
The command rewrites models in place and writes their sums again.
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
from collections.abc import Iterable
from pathlib import Path

import onnx
from onnxruntime.quantization import QuantType, quantize_dynamic

from analysis.language.models import FOLDER


def quantise(source: Path, target: Path, *, operators: list[str] | None = None) -> None:
    """A float model with its matrices in eight bits, a scale for each column, and products that stay float.

    `operators` names the kinds of nodes whose weights are made smaller; by default all that can be.
    """
    with tempfile.TemporaryDirectory() as folder:
        small = Path(folder) / source.name
        quantize_dynamic(source, small, operators, weight_type=QuantType.QInt8, per_channel=True)
        onnx.save(in_float(onnx.load(small)), target)


def in_float(model: onnx.ModelProto) -> onnx.ModelProto:
    """The same weights, every integer product of quantised activations replaced by a float product.

    ``x -> DynamicQuantizeLinear -> MatMulInteger -> Cast -> Mul`` becomes ``MatMul(x, DequantizeLinear(weights))``.
    """
    graph = model.graph
    made = {name: node for node in graph.node for name in node.output}
    used = {name: node for node in graph.node for name in node.input}
    rewritten, weights = {}, {}
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            matrix, zero = node.input[1], node.input[3]
            name = matrix.removesuffix("_quantized")
            weights[name] = onnx.helper.make_node(
                "DequantizeLinear", [matrix, f"{name}_scale", zero], [name], name=f"{name}_float", axis=1
            )
            scaled = used[used[node.output[0]].output[0]]
            activations = made[node.input[0]].input[0]
            rewritten[scaled.output[0]] = onnx.helper.make_node(
                "MatMul", [activations, name], list(scaled.output), name=f"{scaled.output[0]}_float"
            )
    nodes = [rewritten.get(node.output[0], node) for node in graph.node]
    kept = list(weights.values()) + _needed(nodes, [one.name for one in graph.output], set(weights))
    del graph.node[:]
    graph.node.extend(kept)
    return model


def _needed(nodes: list[onnx.NodeProto], outputs: Iterable[str], given: set[str]) -> list[onnx.NodeProto]:
    """The nodes that an output rests on, in their order."""
    wanted, kept = set(outputs), []
    for node in reversed(nodes):
        if wanted.intersection(node.output):
            wanted.update(set(node.input) - given)
            kept.append(node)
    return kept[::-1]


def write_sums(name: str, files: Iterable[Path]) -> None:
    """The SHA-256 sums of a model's files, beside them, as :mod:`analysis.language.models` checks them."""
    lines = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files]
    (FOLDER / f"{name}.sha256").write_text("".join(lines), encoding="utf-8")


def main() -> None:
    """Rewrite the named models of the package."""
    parser = argparse.ArgumentParser(prog="python -m training.float_arithmetic", description=__doc__.splitlines()[0])
    parser.add_argument("models", type=Path, nargs="+", help="dynamically quantised models of the package")
    for path in parser.parse_args().models:
        kept = FOLDER / f"{path.stem}.sha256"
        names = [line.split(maxsplit=1)[1] for line in kept.read_text(encoding="utf-8").splitlines()]
        onnx.save(in_float(onnx.load(path)), path)
        write_sums(path.stem, [FOLDER / name for name in names])


if __name__ == "__main__":
    main()
