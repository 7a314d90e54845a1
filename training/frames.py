"""Learn the heads of frames and roles: ``python -m training.frames DATA_DIR``.

Reads narrative_frames_dev with the encoder of the package (``training.reader_export`` makes it), fits on all of it what
:mod:`benchmarks.frame_fits` describes, and writes ``models/frames-heads.npz`` and the sums.
"""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

import numpy as np

from analysis.framing.frame_model import HEADS, NAME, Heads
from analysis.language.models import FOLDER
from benchmarks.frame_fits import fit_frames, fit_roles, settle
from benchmarks.framing_corpus import narrative
from training.float_arithmetic import write_sums


def main() -> None:
    """Fit all heads on all of dev and write them."""
    parser = argparse.ArgumentParser(prog="python -m training.frames", description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="the folder with narrative_frames_dev.jsonl.gz")
    folder = parser.parse_args().data
    articles = narrative(folder, "dev")
    roles = fit_roles(articles)
    model = Heads(
        **fit_frames(articles),
        **settle(articles),
        roles=roles.coef_,
        role_constants=roles.intercept_,
    )
    small = {name: one.astype(np.float32) if one.dtype.kind == "f" else one for name, one in asdict(model).items()}
    np.savez_compressed(FOLDER / HEADS, **small)
    write_sums(NAME, [FOLDER / HEADS])


if __name__ == "__main__":
    main()
