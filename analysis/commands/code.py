"""The command ``code``: sheets for coders, and a language model as one more coder."""

from __future__ import annotations

import argparse
import re

from analysis.commands.common import analysis_of, fail, store_of
from analysis.commands.progress import Progress
from analysis.study import coding
from analysis.study.chat import ChatCoder
from analysis.study.coders import add_coder


def code(options: argparse.Namespace) -> int:
    """Draw a sample and write its sheets; the exit code."""
    if options.question not in coding.questions():
        return fail(f"'{options.question}' is none of {', '.join(coding.questions())}.")
    if bool(options.coder) != bool(options.coder_model):
        return fail("A language model needs both --coder URL and --coder-model NAME.")
    if not options.coders and not options.coder:
        return fail("Nobody codes: name --coders, or the address of a language model with --coder.")
    found = analysis_of(options)
    units = coding.units_of(found, options.question, scheme=options.scheme)
    if units.empty:
        return fail(f"There is nothing to code: no article has a unit of '{options.question}'.")
    key = options.sheets / f"key-{options.question}.csv"
    if not key.exists():
        sample = coding.draw(units, options.number, seed=options.seed)
        coding.write_sheets(sample, options.question, options.sheets, options.coders)
    sample = coding.drawn(units, coding.read_key(options.sheets, options.question))
    told = [f"{len(sample)} units of {options.question} in {options.sheets}"]
    told += [f"sheets for {', '.join(options.coders)}"] if options.coders else []
    if options.coder:
        coder = ChatCoder(options.coder, options.coder_model, options.seed, store_of(options).folder)
        name = re.sub(r"[^\w.]+", "_", options.coder_model)
        with Progress("unit") as progress:
            progress.expect(len(sample))
            file = add_coder(coder, sample, options.question, options.sheets, name, track=progress.add)
        answered = len(coding.read_codings([file]))
        told.append(f"{options.coder_model} answered {answered} of them ({file.name})")
    print(f"{'; '.join(told)}.")
    return 0
