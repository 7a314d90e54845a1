"""Who writes in the first person: "Jane Doe is a professor at Yale." below a text full of "I" names its writer."""

from __future__ import annotations

from analysis.clusters import Cluster, Register
from analysis.salience import Setting

_LAST = 2
"""In how many of the last sentences the note on the writer is looked for."""


def find_writer(setting: Setting, register: Register) -> Cluster | None:
    """The person whom one of the last sentences introduces: a full name, first in it, followed by "is" or a comma."""
    sentences = list(setting.doc.sents)[-_LAST:]
    firsts = {next((t.i for t in sentence if t.is_alpha), -1) for sentence in sentences}
    for cluster in register.persons:
        for mention, _ in cluster.mentions:
            opens = mention.start in firsts and len(mention.words) > 1 and mention.end < len(setting.doc)
            if opens and setting.doc[mention.end].lower_ in ("is", ",", "was") and _is_note(mention.end, setting):
                return cluster
    return None


def _is_note(end: int, setting: Setting) -> bool:
    """Whether a description follows: "is *a* professor", ", *an* editor", "is playwright-in-residence"."""
    behind = setting.doc[end : end + 3]
    return setting.doc[end].lower_ in ("is", "was") or any(token.lower_ in ("a", "an", "the") for token in behind)
