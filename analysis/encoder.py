"""The learned models: their files, checked and loaded once, and word pieces aligned to tokens."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer


class WeightsError(RuntimeError):
    """A file of a learned model is missing or is not the one that was measured."""


def folder() -> Path:
    """The folder of the model files that come with the package."""
    return Path(str(resources.files("analysis"))) / "models"


@cache
def load_session(name: str, *, threads: int = 2) -> InferenceSession:
    """The model ``analysis/models/NAME``, ready to run, once per process.

    Raises :class:`WeightsError` if the file is missing or its SHA-256 sum is not the one kept beside it.
    """
    import onnxruntime

    path = folder() / name
    _check_sum(path)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


@cache
def load_tokenizer() -> Tokenizer:
    """The word pieces of the encoder (all-MiniLM-L6-v2, lower case)."""
    from tokenizers import Tokenizer

    path = folder() / "wordpieces.json"
    _check_sum(path)
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def _check_sum(path: Path) -> None:
    kept = path.with_name(path.name + ".sha256")
    if not path.is_file() or not kept.is_file():
        raise WeightsError(f"The model file {path.name} is missing: install the package again.")
    if hashlib.sha256(path.read_bytes()).hexdigest() != kept.read_text(encoding="utf-8").split()[0]:
        raise WeightsError(f"The model file {path.name} is not the one that was measured: install the package again.")
