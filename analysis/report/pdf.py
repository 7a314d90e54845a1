"""The report as PDF: printed by a browser of the Chromium family that is on the machine, which asks for no LaTeX."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "microsoft-edge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"%PROGRAMFILES%\Google\Chrome\Application\chrome.exe",
    r"%PROGRAMFILES(X86)%\Microsoft\Edge\Application\msedge.exe",
    r"%LOCALAPPDATA%\Google\Chrome\Application\chrome.exe",
)
QUIET = ("--headless", "--disable-gpu", "--no-first-run", "--disable-extensions", "--disable-background-networking")
SECONDS = 180


class PdfError(RuntimeError):
    """No PDF can be made; the message is one sentence that says what to do."""


def browser() -> str:
    """The program that prints. Raises :class:`PdfError` if there is none."""
    found = next(_found(), None)
    if found is None:
        raise PdfError("No Chrome, Chromium or Edge was found: install one, or print report.html from your browser.")
    return found


def _found() -> Iterator[str]:
    yield from filter(None, map(shutil.which, NAMES))
    yield from (place for place in map(os.path.expandvars, PLACES) if Path(place).is_file())


def print_pdf(page: Path, target: Path) -> None:
    """Print a page as PDF, everything that is folded open. Raises :class:`PdfError`."""
    with TemporaryDirectory() as profile:
        # a browser that runs as root, as in a container, has no sandbox
        root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        told = ["--no-pdf-header-footer", f"--user-data-dir={profile}", f"--print-to-pdf={target.resolve()}"]
        command = [browser(), *QUIET, *root, *told, page.resolve().as_uri()]
        try:
            done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise PdfError(f"{command[0]} did not print the report: print report.html from your browser.") from error
    if done.returncode or not target.is_file():
        raise PdfError(f"{command[0]} did not print the report: print report.html from your browser.")
