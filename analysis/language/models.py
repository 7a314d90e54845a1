"""Loading of the shipped encoders: an ONNX session and its tokeniser, once per process."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from analysis.schema.values import AUTO, METHODS, MODEL

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

FOLDER = Path(__file__).parents[1] / "models"
SHIPPED = ("statements_reader", "statements_linker", "encoder", "asker")
VOCABULARY, WORDS, UNKNOWN = "pieces.txt", "words.npz", "[UNK]"
THREADS = int(os.environ.get("OMP_NUM_THREADS") or 2)
"""Threads of an encoder; a worker of a cluster has one (Dask says so in this variable), as there are many workers."""
DECIMALS = 4
"""Digits of a probability that every processor, batch and number of threads agrees on, with two to spare."""


class EncoderError(RuntimeError):
    """The weights of an encoder are missing, or are not those that this project was measured with."""


def has_model(name: str) -> bool:
    """Whether the weights of that name are there; they are never fetched."""
    return (FOLDER / f"{name}.onnx").is_file()


def uses_models(method: str) -> bool:
    """Whether the learned models are asked under a method; raises :class:`ValueError` for a method that is none."""
    if method not in METHODS:
        raise ValueError(f"There is no method '{method}': choose one of {', '.join(METHODS)}.")
    return method == MODEL or (method == AUTO and all(map(has_model, SHIPPED)))


@cache
def load_session(name: str) -> InferenceSession:
    """The encoder of that name on the processor.

    Its files are compared with the SHA-256 sums kept beside it. Raises :class:`EncoderError` if one is missing or
    differs.
    """
    import onnxruntime

    check_sums(name)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = THREADS, 1
    options.use_deterministic_compute = True
    # onnxruntime joins eight-bit weights and their product, and would round the activations to eight bits as well
    options.add_session_config_entry("session.qdq_matmulnbits_accuracy_level", "1")
    return onnxruntime.InferenceSession(str(FOLDER / f"{name}.onnx"), options, providers=["CPUExecutionProvider"])


def check_sums(name: str) -> None:
    """Raise :class:`EncoderError` if the files of that name are missing or are not those that were measured."""
    kept = FOLDER / f"{name}.sha256"
    if not kept.is_file():
        raise EncoderError(f"The weights of {name} are not in the package: install it again.")
    wrong = changed_file(kept, FOLDER)
    if wrong is not None:
        raise EncoderError(f"{wrong} is not the file this project was measured with: install the package again.")


def changed_file(kept: Path, folder: Path) -> str | None:
    """The first file in a folder that is missing or has not the SHA-256 sum that is kept for it; None if all have."""
    for line in kept.read_text(encoding="utf-8").splitlines():
        expected, file = line.split(maxsplit=1)
        path = folder / file
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != expected:
            return file
    return None


def sums() -> dict[str, str]:
    """File name -> SHA-256 of all that the shipped encoders consist of."""
    lines = [line for kept in sorted(FOLDER.glob("*.sha256")) for line in kept.read_text(encoding="utf-8").splitlines()]
    return {file: total for total, file in (line.split(maxsplit=1) for line in lines) if (FOLDER / file).is_file()}


def softmax(scores: np.ndarray) -> np.ndarray:
    """Scores as probabilities, over the last axis."""
    raised = np.exp(scores - scores.max(-1, keepdims=True))
    return raised / raised.sum(-1, keepdims=True)


def settled(values: np.ndarray, decimals: int = DECIMALS) -> np.ndarray:
    """What a model says, rounded to what is the same everywhere; labels, cuts and orders are decided on this.

    Equal ones then are exactly equal, and the first in the order of labels or of the text is taken.
    """
    return np.round(np.asarray(values, dtype=np.float64), decimals)


PIECES = 1_024
"""Word pieces that are read at once."""


def of_like_length(lengths: Sequence[int]) -> Iterator[list[int]]:
    """The numbers of the rows that are read together, the longest first: at most ``PIECES`` with their padding."""
    order = sorted(range(len(lengths)), key=lambda n: lengths[n])
    while order:
        size = max(1, PIECES // lengths[order[-1]])
        yield order[-size:]
        order = order[:-size]


def padded(rows: Sequence[Sequence[int]]) -> np.ndarray:
    """Rows of numbers made equally long with zeros."""
    found = np.zeros((len(rows), max(map(len, rows))), dtype=np.int64)
    for row, one in zip(found, rows, strict=True):
        row[: len(one)] = one
    return found


@cache
def load_tokenizer() -> Tokenizer:
    """The uncased WordPiece tokeniser of all models, without special tokens of its own."""
    return word_pieces(FOLDER / VOCABULARY)


def word_pieces(vocabulary: Path) -> Tokenizer:
    """A tokeniser over a vocabulary file, one piece a line."""
    from tokenizers import Tokenizer
    from tokenizers.models import WordPiece
    from tokenizers.normalizers import BertNormalizer
    from tokenizers.pre_tokenizers import BertPreTokenizer

    pieces = vocabulary.read_text(encoding="utf-8").split("\n")
    known = {piece: number for number, piece in enumerate(pieces) if piece}
    tokenizer = Tokenizer(WordPiece(known, unk_token=UNKNOWN, max_input_chars_per_word=100))
    tokenizer.normalizer = BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    return tokenizer


@cache
def load_words() -> np.ndarray:
    """The vectors of all word pieces, one row each; they are kept in eight bits with a scale for each row."""
    with np.load(FOLDER / WORDS, allow_pickle=False) as kept:
        return kept["rows"].astype(np.float32) * kept["scales"]
