"""Stance: the position that the speaker of a statement takes toward each actor that the statement concerns.

-1 against, 0 neither, +1 for. It is directed and it is not tone: "Iran is ready to help Afghanistan fight
terrorism" is full of dark words and favourable to Afghanistan (Bestvater and Monroe 2023). Named rules decide
(:mod:`analysis.stance_rules`); the name of the first that does is the `method` of the row.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from spacy.tokens import Span as Words
from spacy.tokens import Token

from analysis import schema, spans
from analysis.acts import acts_in, bad_actors
from analysis.parsing import Parsed
from analysis.spans import Span
from analysis.stance_rules import Actor, Statement, Target, Verdict, evidence_of, judge


def score_stance(
    parsed: Parsed, statements: pd.DataFrame, actors: pd.DataFrame, mentions: pd.DataFrame
) -> pd.DataFrame:
    """The stances of an article, as the table "stances": one row per statement and actor it concerns.

    Targets are the actors mentioned in the content, those that the act of reporting is done to ("urged *the US*"),
    and for the rejection of an accusation those who made it. The speaker is no target of his own statement, his
    state may be. Statements without a resolved speaker and repetitions of a headline have no rows; the stance of
    the writer is not scored. `probability` and `confidence` are missing: rules give none, and their agreement with
    human coding has not been measured. A target about which no rule decides has stance 0 and method "no_rule".
    """
    known = _known_actors(actors)
    places = _places(parsed, mentions, known)
    nested = _nested(statements)
    rows: list[dict[str, object]] = []
    for row in statements[statements.repeats.isna() & statements.speaker_id.notna()].itertuples(index=False):
        statement = _statement(parsed, row, known, places)
        for target in _targets(statement, nested.get(row.statement_id, [])):
            rows.append(_row(parsed, statement, target.actor, *judge(statement, target)))
        for accuser, verdict in _rejects_accusation(statement, rows):
            rows.append(_row(parsed, statement, known[accuser], "rejects_accusation", verdict))
    return schema.tabulate("stances", rows)


def _known_actors(actors: pd.DataFrame) -> dict[str, Actor]:
    bad = bad_actors(actors)
    return {
        row.actor_id: Actor(row.actor_id, row.name, None if pd.isna(row.camp) else row.camp, row.actor_id in bad)
        for row in actors.itertuples(index=False)
    }


def _places(parsed: Parsed, mentions: pd.DataFrame, known: dict[str, Actor]) -> dict[int, Actor]:
    """Token -> the actor mentioned there."""
    places: dict[int, Actor] = {}
    for row in mentions[mentions.actor_id.notna()].itertuples(index=False):
        for token in parsed.doc.char_span(row.start, row.end, alignment_mode="expand"):
            places[token.i] = known[row.actor_id]
    return places


def _statement(parsed: Parsed, row, known: dict[str, Actor], places: dict[int, Actor]) -> Statement:
    pieces = [parsed.doc.char_span(*piece, alignment_mode="expand") for piece in spans.read(row.content_spans)]
    words = tuple(token for piece in pieces for token in piece)
    cue = None if pd.isna(row.cue_start) else parsed.doc.char_span(row.cue_start, row.cue_end, alignment_mode="expand")
    acts = tuple(act for piece in pieces for act in acts_in(piece))
    return Statement(row, words, _main(cue, row), known[row.speaker_id], acts, places)


def _main(cue: Words | None, row) -> Token | None:
    return next((t for t in cue if t.lemma_.lower() == row.cue_lemma), None) if cue is not None else None


def _nested(statements: pd.DataFrame) -> dict[int, list[Span]]:
    """Statement -> the contents of the statements nested in it."""
    found: dict[int, list[Span]] = {}
    for outer, cell in zip(statements.inside, statements.content_spans, strict=True):
        if not pd.isna(outer):
            found.setdefault(outer, []).extend(spans.read(cell))
    return found


def _targets(statement: Statement, inner: list[Span]) -> Iterator[Target]:
    """The actors in the content, without those in the `inner` statements, then the addressee of an act."""
    found: dict[str, list[Token]] = {}
    for token in statement.words:
        actor = statement.places.get(token.i)
        if actor is not None and not spans.within((token.idx, token.idx + len(token)), inner):
            found.setdefault(actor.actor_id, []).append(token)
    listener = statement.row.addressee_id
    if statement.row.cue_class in _ACTS_ON_SOMEBODY and not pd.isna(listener) and statement.cue is not None:
        around = [t for t in statement.cue.sent if (a := statement.places.get(t.i)) and a.actor_id == listener]
        found.setdefault(listener, around[:1])
    for actor_id, tokens in found.items():
        if actor_id != statement.speaker.actor_id and tokens:
            yield Target(statement.places[tokens[0].i], tuple(tokens))


_ACTS_ON_SOMEBODY = ("accusing", "denying", "directive", "commissive", "evaluative")


def _rejects_accusation(statement: Statement, rows: list[dict[str, object]]) -> Iterator[tuple[str, Verdict]]:
    """ "The US has dismissed *the allegations*": against everybody who spoke against the speaker's side before.

    In the singular ("the claim") only against the last one.
    """
    noun = next((t for t in statement.words if t.lemma_.lower() in _ACCUSATIONS), None)
    if statement.row.cue_class != "denying" or noun is None or statement.cue is None:
        return
    done = {row["target_id"] for row in rows if row["statement_id"] == statement.row.statement_id}
    accusers = [
        row["source_id"]
        for row in rows
        if row["stance"] == -1
        and row["statement_id"] < statement.row.statement_id
        and row["source_id"] not in {*done, statement.speaker.actor_id}
        and (row["target_id"] == statement.speaker.actor_id or row["target_camp"] == (statement.speaker.camp or ""))
    ]
    chosen = accusers if noun.tag_ == "NNS" else accusers[-1:]
    for accuser in dict.fromkeys(chosen):
        yield accuser, (-1, evidence_of(statement.cue, noun))


_ACCUSATIONS = (
    "allegation",
    "accusation",
    "charge",
    "claim",
    "criticism",
    "report",
    "suggestion",
    "remark",
    "statement",
)


def _row(parsed: Parsed, statement: Statement, target: Actor, rule: str, verdict: Verdict) -> dict[str, object]:
    stance, evidence = verdict
    return {
        "article_id": parsed.article.article_id,
        "statement_id": statement.row.statement_id,
        "source_id": statement.speaker.actor_id,
        "source": statement.speaker.name,
        "source_camp": statement.speaker.camp,
        "target_id": target.actor_id,
        "target": target.name,
        "target_camp": target.camp,
        "stance": stance,
        "evidence": spans.write(evidence),
        "evidence_text": spans.words(parsed.article.text, evidence),
        "method": rule,
    }
