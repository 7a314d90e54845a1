"""Loading of the shipped encoders: an ONNX session and its tokeniser, once per process."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import onnxruntime
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

FOLDER = Path(__file__).parent / "models"
UNKNOWN = "[UNK]"


class EncoderError(RuntimeError):
    """The weights of an encoder are missing, or are not those that this project was measured with."""


def has_model(name: str) -> bool:
    """Whether the weights of that name are there; they are never fetched."""
    return (FOLDER / f"{name}.onnx").is_file()


@cache
def load_session(name: str, *, threads: int = 2) -> onnxruntime.InferenceSession:
    """The encoder of that name on the processor, with a fixed number of threads so that every run gives the same.

    Its file is compared with the SHA-256 sum kept beside it. Raises :class:`EncoderError` if it is missing or differs.
    """
    path, kept = FOLDER / f"{name}.onnx", FOLDER / f"{name}.sha256"
    if not path.is_file() or not kept.is_file():
        raise EncoderError(f"The weights {path.name} are not in {FOLDER}: restore them from the project's files.")
    for line in kept.read_text(encoding="utf-8").splitlines():
        expected, file = line.split(maxsplit=1)
        if hashlib.sha256((FOLDER / file).read_bytes()).hexdigest() != expected:
            raise EncoderError(f"{file} is not the file this project was measured with: restore it.")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    options.use_deterministic_compute = True
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


@cache
def load_tokenizer(file: str = "vocab.txt") -> Tokenizer:
    """The uncased WordPiece tokeniser over a vocabulary of ``analysis/models``, without special tokens of its own."""
    return word_pieces(FOLDER / file)


def word_pieces(vocabulary: Path) -> Tokenizer:
    """A tokeniser over a vocabulary file, one piece a line."""
    pieces = vocabulary.read_text(encoding="utf-8").split("\n")
    known = {piece: number for number, piece in enumerate(pieces) if piece}
    tokenizer = Tokenizer(WordPiece(known, unk_token=UNKNOWN, max_input_chars_per_word=100))
    tokenizer.normalizer = BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    return tokenizer
