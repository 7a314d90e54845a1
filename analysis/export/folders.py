"""Folders that are whole or not there: a run writes beside its target and takes its place at the end."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

DISTRIBUTION = "newsvoices"
"""The name under which the package is installed; it is imported as ``analysis``."""
MADE_BY = (DISTRIBUTION, "analysis")
"""Names that manifests of this and of earlier versions give."""
MANIFEST = "manifest.json"


class OutputError(RuntimeError):
    """The output folder cannot be written; the message is one sentence that says why."""


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """An empty folder beside `target` that takes its place when the block ends without an error.

    A folder of an earlier run is replaced as a whole; after an error nothing has changed. Raises
    :class:`OutputError` if `target` exists and no earlier run made it.
    """
    if (target.exists() or target.is_symlink()) and not is_ours(target):
        raise OutputError(f"{target} exists and was not made by an earlier run: name another folder with --out.")
    missing = [parent for parent in target.parents if not parent.exists()]
    work, old = (target.with_name(f".{target.name}.{state}") for state in ("new", "old"))
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    try:
        yield work
        shutil.rmtree(old, ignore_errors=True)
        if target.exists():
            target.rename(old)
        work.rename(target)
        shutil.rmtree(old, ignore_errors=True)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        if old.exists() and not target.exists():
            old.rename(target)
        with suppress(OSError):
            for parent in missing:
                parent.rmdir()
        raise


def is_ours(folder: Path) -> bool:
    """Whether a folder holds the manifest of an earlier run."""
    if folder.is_symlink():
        return False
    try:
        return json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["package"]["name"] in MADE_BY
    except (OSError, ValueError, KeyError, TypeError):
        return False
