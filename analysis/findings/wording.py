"""How sides are given word: direct or indirect speech, marked reporting verbs, loaded terms, by camp and voice.

Plain functions from tables to small tidy tables. Repeated headlines are never counted; the statements of speakers
without a known camp are one group, whose camp is missing.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.findings.aggregate import wilson
from analysis.findings.counts import counted, words_once
from analysis.schema import LOADINGS, WRITER

QUOTE_ORDER = ("direct", "mixed", "indirect")
ENOUGH = 5
"""From this number of statements on the interval of a share is given."""
UNMARKED = ("neutral", "structuring")
"""Classes of cues that say no more than that somebody speaks."""


def speech_by_camp(statements: pd.DataFrame) -> pd.DataFrame:
    """Direct, mixed and indirect speech of each camp, the camp with most statements first; every type has a row.

    Columns: `camp`; `quote_type`; `n` statements of that type; `of` all statements of the camp; `share`; `words`, those
    inside another statement counted with the outer one; `statements`, their numbers, with the article where there are
    several.
    """
    rows = []
    for camp, own in _by_camp(statements):
        for kind in QUOTE_ORDER:
            part = own[own["quote_type"] == kind]
            row = {"camp": camp, "quote_type": kind, "n": len(part), "of": len(own), "share": len(part) / len(own)}
            rows.append(row | {"words": int(words_once(part).sum()), "statements": _numbers(part)})
    return pd.DataFrame(rows, columns=["camp", "quote_type", "n", "of", "share", "words", "statements"])


def evaluative_verbs_by_camp(statements: pd.DataFrame) -> pd.DataFrame:
    """The share of statements that come with a marked cue: of any class but neutral and structuring.

    Columns: `camp`; `n` statements; `marked`; `share`; `low` and `high`, the 95 % interval by Wilson (1927) where there
    are at least five; `classes` and `cues` of the marked ones with their counts; `statements`, the numbers of these.
    """
    rows = []
    for camp, own in _by_camp(statements):
        marked = own[~own["cue_class"].isin(UNMARKED)]
        low, high = wilson(len(marked), len(own)) if len(own) >= ENOUGH else (None, None)
        row = {"camp": camp, "n": len(own), "marked": len(marked), "share": len(marked) / len(own)}
        row |= {"low": low, "high": high, "classes": _counts(marked["cue_class"]), "cues": _counts(marked["cue_lemma"])}
        rows.append(row | {"statements": _numbers(marked)})
    columns = ["camp", "n", "marked", "share", "low", "high", "classes", "cues", "statements"]
    return pd.DataFrame(rows, columns=columns)


def loaded_pairs(devices: pd.DataFrame, camps: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Who calls what by which name: the terms of each set by voice, sets with most different terms first.

    `camps` gives the camp of each voice by its id (actor_id to camp of the table actors). Columns: `term_set`; `voice`;
    `camp` of the voice; `referent`, whom or what it is said of, missing where no mention tells; `loading`; `term`; `n`;
    `alternatives`, how many different terms of the set occur; `places`, the passages. Sets of which only one
    neutral term occurs are left out: they show no choice.
    """
    camps = camps or {}
    rows = devices[devices["device"] == "loaded_term"]
    rows = rows.assign(camp=[camps.get(voice) for voice in rows["voice_id"]], referent=rows["actor"])
    names = rows.groupby("term_class")["term"].nunique()
    loaded = {*rows.loc[rows["loading"] != LOADINGS[1], "term_class"], *names[names > 1].index}
    order = sorted(loaded, key=lambda name: (-names[name], name))
    found = []
    keys = ["voice_id", "voice", "referent", "loading", "term"]
    for name in order:
        own = rows[rows["term_class"] == name]
        for (voice_id, voice, referent, loading, term), group in own.groupby(keys, sort=False, dropna=False):
            row = {"term_set": name, "voice": voice, "camp": None if voice_id == WRITER else group["camp"].iloc[0]}
            row |= {"referent": referent, "loading": loading, "term": term, "n": len(group)}
            places = ", ".join(str(number) for number in sorted(set(group["passage_id"])))
            found.append(row | {"alternatives": int(names[name]), "places": places})
    columns = ["term_set", "voice", "camp", "referent", "loading", "term", "n", "alternatives", "places"]
    return pd.DataFrame(found, columns=columns)


def device_rates(devices: pd.DataFrame, passages: pd.DataFrame) -> pd.DataFrame:
    """How many devices of each kind, in the writer's voice and in quoted voices, and per 1,000 words of each voice.

    The words of a voice are estimated from the share of letters of each passage that is credited to somebody. Neutral
    alternatives of loaded terms are left out. Columns: `device`, `voice` (writer, quoted), `n`, `per_1000`.
    """
    loaded = devices[(devices["device"] != "loaded_term") | (devices["loading"] != LOADINGS[1])]
    told = passages[passages["attributed"].notna()]
    quoted = float((told["words"].astype(float) * told["attributed"].astype(float)).sum())
    words = {"writer": float(passages["words"].sum()) - quoted, "quoted": quoted}
    voice = loaded["voice_id"].eq(WRITER).map({True: "writer", False: "quoted"})
    rows = []
    for (device, whose), group in loaded.groupby(["device", voice.rename("whose")]):
        rate = 1000 * len(group) / words[whose] if words[whose] else None
        rows.append({"device": device, "voice": whose, "n": len(group), "per_1000": rate})
    return pd.DataFrame(rows, columns=["device", "voice", "n", "per_1000"])


def _by_camp(statements: pd.DataFrame) -> list[tuple[str | None, pd.DataFrame]]:
    """The statements that count by camp, the camp with most of them first, those without a camp last."""
    said = counted(statements)
    camps = said["camp"].value_counts(sort=False).sort_index().sort_values(ascending=False, kind="stable").index
    groups: list[tuple[str | None, pd.DataFrame]] = [(camp, said[said["camp"] == camp]) for camp in camps]
    rest = said[said["camp"].isna()]
    return groups + ([(None, rest)] if len(rest) else [])


def _counts(cells: pd.Series) -> str:
    return ", ".join(f"{name} {n}" for name, n in cells.dropna().value_counts(sort=True).items())


def _numbers(statements: pd.DataFrame) -> str:
    several = statements["article_id"].nunique() > 1
    rows = statements.itertuples(index=False)
    return ", ".join(f"{row.article_id}:{row.statement_id}" if several else str(row.statement_id) for row in rows)
