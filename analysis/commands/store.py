"""The commands ``store status`` and ``store clear``."""

from __future__ import annotations

import argparse

from analysis.study.store import Store


def status(options: argparse.Namespace) -> int:
    """Say what a store holds; the exit code."""
    table = Store(options.store).status()
    if table.empty:
        print(f"{options.store}: nothing is kept there.")
    else:
        print(table.drop(columns=["core", "whole"]).to_string(index=False))
    return 0


def clear(options: argparse.Namespace) -> int:
    """Remove what a store holds, or what failed; the exit code."""
    store = Store(options.store)
    gone = store.clear([entry for entry in store.entries() if entry.problems] if options.failed else None)
    print(f"{options.store}: {gone} {'entry' if gone == 1 else 'entries'} removed.")
    return 0
