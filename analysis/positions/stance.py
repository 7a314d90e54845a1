"""Stance: the position that the speaker of a statement takes toward each actor that the statement concerns.

-1 against, 0 neither, +1 for. It is directed and it is not tone: "Iran is ready to help Afghanistan fight
terrorism" is full of dark words and favourable to Afghanistan (Bestvater and Monroe 2023). Named rules
(:mod:`analysis.positions.stance_rules`) and a model (:mod:`analysis.positions.stance_model`) decide; which of them is
believed where a rule speaks was learned (``codebook/stance_rules.csv``), and `method` names the one that gave the row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from analysis.acts.story import Story
from analysis.codebook import word_list
from analysis.codebook.measured import agreement, believed
from analysis.positions.questions import Answer, Question, about_target, answer_stance, stance_evidence
from analysis.positions.stance_cases import concerned
from analysis.positions.stance_rules import NO_RULE, Case, Target, Verdict, evidence_of, judge
from analysis.positions.writer import writer_stances
from analysis.schema import spans
from analysis.schema.records import Actor, Sentiment, Stance


@dataclass(frozen=True)
class _Judgement:
    """What decided about a statement and a target: method and verdict, and what the model was asked and says."""

    method: str
    verdict: Verdict
    question: Question | None = None
    answer: Answer | None = None

    @property
    def by_model(self) -> bool:
        return self.answer is not None and self.method == self.answer.model


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
    pairs = [(case, target) for case, targets in cases for target in targets]
    judged = [_judged(*pair, *answered) for pair, answered in zip(pairs, _asked(pairs, learned), strict=True)]
    judgements = iter(_with_evidence(judged) if evidence else judged)
    found: list[Stance] = []
    for case, targets in cases:
        found += [_stance(case, target.actor, next(judgements)) for target in targets]
        for accuser, verdict in list(_rejects_accusation(case, found)):
            found.append(_stance(case, story.people.by_id[accuser], _Judgement("rejects_accusation", verdict)))
    return found + writer_stances(story, sentiments)


def _asked(pairs: Sequence[tuple[Case, Target]], learned: bool) -> list[tuple[Question | None, Answer | None]]:
    """What the model is asked and says of each statement and target: of several sentences the surest for or against."""
    if not learned:
        return [(None, None)] * len(pairs)
    groups = [about_target(case, target) for case, target in pairs]
    answers = iter(answer_stance([question for group in groups for question in group]))
    answered = [[(question, next(answers)) for question in group] for group in groups]
    return [max(group, key=lambda one: (one[1].label != 0, one[1].probability)) for group in answered]


def _judged(case: Case, target: Target, question: Question | None, answer: Answer | None) -> _Judgement:
    """The rule where it is believed more than the model, else the model."""
    rule, verdict = judge(case, target)
    if answer is None or (rule != NO_RULE and believed(rule)):
        return _Judgement(rule, verdict, question, answer)
    return _Judgement(answer.model, (answer.label, evidence_of(*target.tokens)), question, answer)


def _with_evidence(judged: Sequence[_Judgement]) -> list[_Judgement]:
    """The judgements, those of the model with the words that moved it; where none did, the target stands for them."""
    own = [one for one in judged if one.by_model]
    moved = iter(stance_evidence([one.question for one in own], [one.answer for one in own]))
    answers = [next(moved) if one.by_model else None for one in judged]
    return [
        replace(one, verdict=(one.verdict[0], list(answer.evidence))) if answer is not None and answer.evidence else one
        for one, answer in zip(judged, answers, strict=True)
    ]


def _rejects_accusation(case: Case, before: Sequence[Stance]) -> Iterator[tuple[str, Verdict]]:
    """ "The US has dismissed *the allegations*": against everybody who spoke against the speaker's side before.

    In the singular ("the claim") only against the last one.
    """
    noun = next((t for t in case.words if t.lemma_.lower() in word_list("accusations")), None)
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
