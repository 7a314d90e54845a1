"""Folders that are whole or not there: a run writes beside its target and takes its place at the end."""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import platform
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

DISTRIBUTION = "newsvoices"
"""The name under which the package is installed; it is imported as ``analysis``."""
MADE_BY = (DISTRIBUTION, "analysis")
"""Names that manifests of this and of earlier versions give."""
MANIFEST = "manifest.json"
TRIES = 5
_NUMBERS = itertools.count()


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
    work, old = beside(target), beside(target)
    work.mkdir(parents=True)
    clear_abandoned(target.parent)
    try:
        yield work
        _put_in_place(work, target, old)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        if old.exists() and not target.exists():
            old.rename(target)
        with suppress(OSError):
            for parent in missing:
                parent.rmdir()
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)


def _put_in_place(work: Path, target: Path, old: Path) -> None:
    """Move what was there away and the new folder to its place; another run may do the same at the same time."""
    for attempt in range(TRIES):
        if old.exists():
            shutil.rmtree(target, ignore_errors=True)
        with suppress(FileNotFoundError):
            target.rename(old)
        try:
            work.rename(target)
            return
        except OSError:
            if attempt == TRIES - 1:
                raise


def beside(target: Path) -> Path:
    """A name beside a file or folder to prepare it under, of this process alone."""
    return target.with_name(f".{target.name}.{_machine()}.{os.getpid()}.{next(_NUMBERS)}")


def clear_abandoned(folder: Path) -> None:
    """Remove what runs of this machine that are no more left half-written in a folder."""
    for path in folder.glob(f".*.{_machine()}.*.*"):
        owner = path.name.split(".")[-2]
        if owner.isdigit() and not psutil.pid_exists(int(owner)):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


def _machine() -> str:
    """The name of this machine as part of a file name."""
    return re.sub(r"\W+", "-", platform.node()) or "here"


def sums(folder: Path) -> dict[str, str]:
    """File in a folder -> SHA-256, without the manifest."""
    files = sorted(file for file in folder.rglob("*") if file.is_file() and file != folder / MANIFEST)
    return {file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def is_ours(folder: Path) -> bool:
    """Whether a folder holds the manifest of an earlier run."""
    if folder.is_symlink():
        return False
    try:
        return json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["package"]["name"] in MADE_BY
    except (OSError, ValueError, KeyError, TypeError):
        return False
