"""Stance: the position that the speaker of a statement takes toward each actor that the statement concerns.

-1 against, 0 neither, +1 for. It is directed and it is not tone: "Iran is ready to help Afghanistan fight
terrorism" is full of dark words and favourable to Afghanistan (Bestvater and Monroe 2023). Named rules
(:mod:`analysis.positions.stance_rules`) and a model (:mod:`analysis.positions.stance_model`) decide; which of them is
believed where a rule speaks was learned (``codebook/stance_rules.csv``), and `method` names the one that gave the row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.acts.story import Story
from analysis.codebook.measured import agreement, believed
from analysis.positions.questions import Answer, about_target, answer_stance
from analysis.positions.stance_cases import concerned
from analysis.positions.stance_rules import NO_RULE, Case, Target, Verdict, evidence_of, judge
from analysis.positions.writer import writer_stances
from analysis.schema import spans
from analysis.schema.records import Actor, Sentiment, Stance


@dataclass(frozen=True)
class _Judgement:
    """What decided about a statement and a target: the method and its verdict, and what the model says."""

    method: str
    verdict: Verdict
    answer: Answer | None = None


def stances_of(
    story: Story, sentiments: Sequence[Sentiment] = (), *, learned: bool, evidence: bool = True
) -> list[Stance]:
    """The stances of an article: one record per statement and actor it concerns.

    Targets are the actors mentioned in the content, those that the act of reporting is done to ("urged *the US*"),
    and for the rejection of an accusation those who made it. The speaker is no target of his own statement, his
    state may be. Statements without a resolved speaker and repetitions of a headline have none. A target about
    which nothing decided has stance 0 and its mention as evidence.

    The writer is a source like any other where `sentiments` were scored by the model: one record per passage and actor
    that the writer's own words mention. `probability` is the model's for the stance, missing where it was not asked
    (not `learned`). Without `evidence` the words that moved the model are not looked for, which takes most of its time;
    the mention of the target stands for them.
    """
    cases = list(concerned(story))
    answers = iter(_model_answers(cases, evidence) if learned else [None] * sum(len(t) for _, t in cases))
    found: list[Stance] = []
    for case, targets in cases:
        for target in targets:
            found.append(_stance(case, target.actor, _judged(case, target, next(answers))))
        for accuser, verdict in list(_rejects_accusation(case, found)):
            found.append(_stance(case, story.people.by_id[accuser], _Judgement("rejects_accusation", verdict)))
    return found + writer_stances(story, sentiments)


def _model_answers(cases: Sequence[tuple[Case, list[Target]]], evidence: bool) -> list[Answer]:
    """The model's answer for every statement and target: of several sentences the surest one for or against."""
    groups = [about_target(case, target) for case, targets in cases for target in targets]
    found = iter(answer_stance([question for group in groups for question in group], evidence=evidence))
    return [max((next(found) for _ in group), key=lambda one: (one.label != 0, one.probability)) for group in groups]


def _judged(case: Case, target: Target, answer: Answer | None) -> _Judgement:
    """The rule where it is believed more than the model, else the model."""
    rule, verdict = judge(case, target)
    if answer is None or (rule != NO_RULE and believed(rule)):
        return _Judgement(rule, verdict, answer)
    words = list(answer.evidence) or evidence_of(*target.tokens)
    return _Judgement(answer.model, (answer.label, words), answer)


def _rejects_accusation(case: Case, before: Sequence[Stance]) -> Iterator[tuple[str, Verdict]]:
    """ "The US has dismissed *the allegations*": against everybody who spoke against the speaker's side before.

    In the singular ("the claim") only against the last one.
    """
    noun = next((t for t in case.words if t.lemma_.lower() in _ACCUSATIONS), None)
    if case.statement.cue_class != "denying" or noun is None or case.cue is None:
        return
    number, speaker = case.statement.statement_id, case.speaker
    done = {one.target_id for one in before if one.statement_id == number}
    accusers = [
        one.source_id
        for one in before
        if one.stance == -1
        and one.statement_id < number
        and one.source_id not in {*done, speaker.actor_id}
        and (one.target_id == speaker.actor_id or one.target_camp == (speaker.camp or ""))
    ]
    chosen = accusers if noun.tag_ == "NNS" else accusers[-1:]
    for accuser in dict.fromkeys(chosen):
        yield accuser, (-1, evidence_of(case.cue, noun))


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


def _stance(case: Case, target: Actor, judged: _Judgement) -> Stance:
    (stance, evidence), answer = judged.verdict, judged.answer
    return Stance(
        article_id=case.statement.article_id,
        statement_id=case.statement.statement_id,
        passage_id=case.statement.passage_id,
        source_id=case.speaker.actor_id,
        source=case.speaker.name,
        source_camp=case.speaker.camp,
        target_id=target.actor_id,
        target=target.name,
        target_camp=target.camp,
        stance=stance,
        probability=None if answer is None else round(answer.of(stance), 4),
        evidence=tuple(evidence),
        evidence_text=spans.words(case.story.parsed.text, evidence),
        method=judged.method,
        confidence=agreement(judged.method),
    )
