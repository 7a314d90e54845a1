"""The commands ``export`` and ``import``: an analysis for other programs, and what was changed there."""

from __future__ import annotations

import argparse

from analysis import exchange
from analysis.commands.common import analysis_of, fail
from analysis.exchange import standoff
from analysis.study.corrections import ADD, DELETE, write_corrections
from analysis.study.editing import KEPT

FOLDER, OFFSETS = "exchange", "offsets"


def export(options: argparse.Namespace) -> int:
    """Write an analysis for other programs; the exit code."""
    formats = tuple(dict.fromkeys((*(options.to or exchange.FORMATS), OFFSETS)))
    tables = options.tables or tuple(exchange.LAYERS)
    for given, known in ((formats, exchange.FORMATS), (tables, exchange.LAYERS)):
        unknown = [name for name in given if name not in known]
        if unknown:
            return fail(f"'{unknown[0]}' is none of {', '.join(known)}.")
    found = analysis_of(options)
    if found.articles.empty:
        return fail("None of the articles could be read.")
    files = exchange.write(found, options.out / FOLDER, formats, tables=tables)
    print(f"{len(found.articles):,} articles, {len(files):,} files in {options.out / FOLDER}: {', '.join(formats)}.")
    return 0


def take_back(options: argparse.Namespace) -> int:
    """Write what was changed in another program as decisions; the exit code."""
    after = exchange.read(options.file, options.format)
    before = standoff.read(options.out / FOLDER / OFFSETS, after.texts)
    rows = exchange.decisions(before, after, who=options.who, why=f"changed in {options.format}")
    file = options.corrections or options.out / KEPT
    write_corrections(rows, file)
    added, gone = (sum(row["field"] == kind for row in rows) for kind in (ADD, DELETE))
    print(f"{len(rows)} decisions in {file}: {added} added, {gone} taken out, {len(rows) - added - gone} changed.")
    return 0
