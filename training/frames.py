"""Learn the heads of frames, roles and functions: ``python -m training.frames DATA_DIR``.

Reads narrative_frames_dev and the coded corpus with the encoder of the package (``training.reader_export`` makes it),
fits what :mod:`benchmarks.frame_fits` describes, and writes ``frames-heads.npz``, ``roles-heads.npz`` and
``functions-heads.npz`` with their sums. How often frames of held-out folds were coded too, by probability, goes into
``codebook/bands.csv``.
"""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

import numpy as np

from analysis.framing import frame_model, function_model, role_model
from analysis.language.models import FOLDER
from benchmarks.coded import read_corpus
from benchmarks.frame_fits import fit_frames, function_heads, role_heads, settle
from benchmarks.frames import cross_validated
from benchmarks.framing_corpus import cast_in_coded, cast_in_narrative, functions_in_coded, narrative
from benchmarks.roles import CODED
from training.bands import bands, write_bands
from training.float_arithmetic import write_sums


def main() -> None:
    """Fit all heads on all of dev and write them."""
    parser = argparse.ArgumentParser(prog="python -m training.frames", description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="the folder with narrative_frames_dev.jsonl.gz and polnear_train")
    folder = parser.parse_args().data
    articles = narrative(folder, "dev")
    chances, labels = cross_validated(articles)
    coded = np.array([one.frames for one in articles])
    shown = zip(coded[labels].tolist(), chances[labels].tolist(), strict=True)
    write_bands(bands("frame", "any", shown, "Narrative Frames Corpus dev, learned on other folds"))
    write(frame_model.HEADS, frame_model.NAME, frame_model.Heads(**fit_frames(articles), **settle(articles)))
    people = cast_in_narrative(folder, "dev")
    rows = read_corpus(CODED, split="train", folder=folder)
    train = cast_in_coded(rows)
    write(role_model.HEADS, role_model.NAME, role_heads(people, train))
    write(function_model.HEADS, function_model.NAME, function_heads(functions_in_coded(rows)))


def write(file: str, name: str, model: frame_model.Heads | role_model.Heads | function_model.Heads) -> None:
    """The weights of some heads, and their sums."""
    small = {key: one.astype(np.float32) if one.dtype.kind == "f" else one for key, one in asdict(model).items()}
    np.savez_compressed(FOLDER / file, **small)
    write_sums(name, [FOLDER / file])


if __name__ == "__main__":
    main()
