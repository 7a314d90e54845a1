"""The command ``notebooks``."""

from __future__ import annotations

import argparse

from analysis.commands.common import fail
from analysis.report.notebooks import copy_notebooks


def notebooks(options: argparse.Namespace) -> int:
    """Copy the notebooks into a folder to be worked in; the exit code."""
    if options.article and not options.article.is_file():
        return fail(f"{options.article}: there is no such file; name the article that the notebooks are to read.")
    made = copy_notebooks(options.out, options.article)
    then = "" if options.article else " Put your article there as article.txt, or name it in the cell ARTICLE."
    print(f"{len(made)} notebooks are in {options.out}.{then} Open them with: jupyter lab {options.out}")
    return 0
