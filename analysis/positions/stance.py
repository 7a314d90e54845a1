"""Stance: the position that the speaker of a statement takes toward each actor that the statement concerns.

-1 against, 0 neither, +1 for. It is directed and it is not tone: "Iran is ready to help Afghanistan fight
terrorism" is full of dark words and favourable to Afghanistan (Bestvater and Monroe 2023). Named rules
(:mod:`analysis.positions.stance_rules`) and a model (:mod:`analysis.positions.stance_model`) decide; which of them is
believed where a rule speaks was learned (``codebook/stance_rules.csv``), and `method` names the one that gave the row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis import schema
from analysis.codebook.measured import agreement, believed
from analysis.language.parsing import Parsed
from analysis.positions.questions import Answer, about_target, answer_stance
from analysis.positions.stance_cases import concerned, known_actors
from analysis.positions.stance_model import AUTO, uses_model
from analysis.positions.stance_rules import NO_RULE, Actor, Statement, Target, Verdict, evidence_of, judge
from analysis.positions.writer import writer_stances
from analysis.schema import spans


@dataclass(frozen=True)
class _Judgement:
    """What decided about a statement and a target: the method and its verdict, and what the model says."""

    method: str
    verdict: Verdict
    answer: Answer | None = None


def score_stance(
    parsed: Parsed,
    statements: pd.DataFrame,
    actors: pd.DataFrame,
    mentions: pd.DataFrame,
    *,
    sentiments: pd.DataFrame | None = None,
    method: str = AUTO,
    evidence: bool = True,
) -> pd.DataFrame:
    """The stances of an article, as the table "stances": one row per statement and actor it concerns.

    Targets are the actors mentioned in the content, those that the act of reporting is done to ("urged *the US*"),
    and for the rejection of an accusation those who made it. The speaker is no target of his own statement, his
    state may be. Statements without a resolved speaker and repetitions of a headline have no rows. A target about
    which nothing decided has stance 0 and its mention as evidence.

    The writer is a source like any other where `sentiments` (of :func:`score_sentiment`) are given and were scored by
    the model: one row per passage and actor that the writer's own words mention.
    `probability` is the model's for the stance of the row, missing where the model was not asked (`method` "rules").
    Without `evidence` the words that moved the model are not looked for, which takes most of its time; its rows then
    show the mention of the target.
    """
    known = known_actors(actors)
    cases = list(concerned(parsed, statements, mentions, known))
    answers = iter(_model_answers(cases, evidence) if uses_model(method) else [None] * sum(len(t) for _, t in cases))
    rows: list[dict[str, object]] = []
    for statement, targets in cases:
        for target in targets:
            rows.append(_row(parsed, statement, target.actor, _judged(statement, target, next(answers))))
        for accuser, verdict in _rejects_accusation(statement, rows):
            rows.append(_row(parsed, statement, known[accuser], _Judgement("rejects_accusation", verdict)))
    if sentiments is not None:
        rows += writer_stances(parsed, sentiments, mentions, statements)
    return schema.tabulate("stances", rows)


def _model_answers(cases: Sequence[tuple[Statement, list[Target]]], evidence: bool) -> list[Answer]:
    """The model's answer for every statement and target: of several sentences the surest one for or against."""
    groups = [about_target(statement, target) for statement, targets in cases for target in targets]
    found = iter(answer_stance([question for group in groups for question in group], evidence=evidence))
    return [max((next(found) for _ in group), key=lambda one: (one.label != 0, one.probability)) for group in groups]


def _judged(statement: Statement, target: Target, answer: Answer | None) -> _Judgement:
    """The rule where it is believed more than the model, else the model."""
    rule, verdict = judge(statement, target)
    if answer is None or (rule != NO_RULE and believed(rule)):
        return _Judgement(rule, verdict, answer)
    words = list(answer.evidence) or evidence_of(*target.tokens)
    return _Judgement(answer.model, (answer.label, words), answer)


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


def _row(parsed: Parsed, statement: Statement, target: Actor, judged: _Judgement) -> dict[str, object]:
    (stance, evidence), answer = judged.verdict, judged.answer
    return {
        "article_id": parsed.article.article_id,
        "statement_id": statement.row.statement_id,
        "passage_id": statement.row.passage_id,
        "source_id": statement.speaker.actor_id,
        "source": statement.speaker.name,
        "source_camp": statement.speaker.camp,
        "target_id": target.actor_id,
        "target": target.name,
        "target_camp": target.camp,
        "stance": stance,
        "probability": None if answer is None else round(answer.of(stance), 4),
        "evidence": spans.write(evidence),
        "evidence_text": spans.words(parsed.article.text, evidence),
        "method": judged.method,
        "confidence": agreement(judged.method),
    }
