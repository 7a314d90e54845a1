"""Who writes in the first person: "Jane Doe is a professor at Yale." below a text full of "I" names its writer."""

from __future__ import annotations

from analysis.actors.clusters import Cluster, Register
from analysis.actors.salience import Setting
from analysis.mentions.candidates import Candidate

_LAST = 4
"""In how many of the last sentences the note on the writer is looked for."""


def find_writer(setting: Setting, register: Register) -> Cluster | None:
    """The person whom one of the last sentences introduces, and who is named nowhere before it."""
    firsts = {sentence.start for sentence in list(setting.doc.sents)[-_LAST:]}
    firsts |= {i + 1 for i in firsts if i + 1 < len(setting.doc) and not setting.doc[i].is_alpha}
    for cluster in register.persons:
        first = next((mention for mention, _ in cluster.mentions if len(mention.words) > 1), cluster.mentions[0][0])
        if first.start in firsts and first.form == "name" and _is_introduced(first):
            return cluster
    return None


def _is_introduced(mention: Candidate) -> bool:
    """Whether the sentence says what somebody is: "Rick Scott *is* the governor of Florida"."""
    verb = mention.head.head
    return mention.head.dep_ == "nsubj" and verb.lemma_ == "be" and verb.i - mention.end < 8
