"""Stance: the position that the speaker of a statement takes toward each actor that the statement concerns.

-1 against, 0 neither, +1 for. It is directed and it is not tone: "Iran is ready to help Afghanistan fight
terrorism" is full of dark words and favourable to Afghanistan (Bestvater and Monroe 2023). It is the speaker's own:
what he tells of others is theirs (:mod:`analysis.positions.told`). Named rules (:mod:`analysis.positions.stance_rules`)
and a model (:mod:`analysis.positions.stance_model`) decide; which of them is believed where a rule speaks was learned
(``codebook/stance_rules.csv``), and `method` names the one that gave the row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from analysis.acts.story import Story
from analysis.codebook import word_list
from analysis.codebook.measured import agreement, believed, stance_agreement
from analysis.positions.questions import Answer, Question, about_side, answer, places_of_actors, with_evidence
from analysis.positions.stance_cases import concerned
from analysis.positions.stance_model import settings
from analysis.positions.stance_rules import NO_RULE, ONLY_A_PLACE, Case, Target, Verdict, evidence_of, judge
from analysis.positions.told import told_of
from analysis.schema import spans
from analysis.schema.records import Actor, Stance
from analysis.schema.values import SAID

SALIENT = 8
"""So many of the actors with the most mentions may be meant without being named."""


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


def stances_of(story: Story, *, learned: bool, evidence: bool = True) -> list[Stance]:
    """The stances of an article: what speakers take in statements, one record per statement and actor it concerns,
    then what is told of whom, one record per passage and pair.

    Targets of a statement are the actors mentioned in its content, those that the act of reporting is done to ("urged
    *the US*"), for the rejection of an accusation those who made it, and others of the article whom the model is sure
    to be meant. The speaker is no target of his own statement, his state may be; a place where something happens is
    none. Statements without a resolved speaker and repetitions of a headline have none. A target about which nothing
    decided has stance 0 and its mention as evidence; what is told has a record only where it is for or against.

    `probability` is the model's for the stance, missing where it was not asked (not `learned`). Without `evidence` the
    words that moved the model are not looked for, which takes most of its time; the mention of the target stands for
    them, or the word that joins the two.
    """
    said = _said(story, learned, evidence)
    return said + told_of(story, said, learned=learned, evidence=evidence)


def _said(story: Story, learned: bool, evidence: bool) -> list[Stance]:
    cases = list(concerned(story))
    if learned:
        cases = [(case, [*targets, *_further(case, targets)]) for case, targets in cases]
    pairs = [(case, target) for case, targets in cases for target in targets]
    judged = [_judged(*pair, *answered) for pair, answered in zip(pairs, _asked(story, pairs, learned), strict=True)]
    kept = [n for n, one in enumerate(judged) if _is_row(pairs[n][1], one)]
    shown = [judged[n] for n in kept]
    judgements = dict(zip(kept, _with_evidence(story, shown) if evidence else shown, strict=True))
    numbers, found = count(), []
    for case, targets in cases:
        own = [(target, judgements.get(next(numbers))) for target in targets]
        found += [_stance(case, target.actor, one) for target, one in own if one is not None]
        for accuser, verdict in list(_rejects_accusation(case, found)):
            found.append(_stance(case, story.people.by_id[accuser], _Judgement("rejects_accusation", verdict)))
    return found


def _further(case: Case, targets: Sequence[Target]) -> list[Target]:
    """The other actors that the article is most about: the statement may mean one without naming him ("the move")."""
    people = case.story.people
    named = {people.places[token.i] for token in case.words if token.i in people.places}
    known = {one.actor.actor_id for one in targets} | {case.speaker.actor_id} | named
    most = sorted(people.spans, key=lambda one: -len(people.spans[one]))[:SALIENT]
    return [Target(people.by_id[one], ()) for one in most if one not in known]


def _is_row(target: Target, judged: _Judgement) -> bool:
    """Whether a target has a row: one that is not named only where the model is sure, no place where it happens."""
    if target.tokens:
        return judged.method != ONLY_A_PLACE
    answer = judged.answer
    return answer is not None and answer.label != 0 and answer.probability >= settings().meant_cut


def _asked(
    story: Story, pairs: Sequence[tuple[Case, Target]], learned: bool
) -> list[tuple[Question | None, Answer | None]]:
    """What the model is asked and says of each statement and target."""
    if not learned:
        return [(None, None)] * len(pairs)
    places = places_of_actors(story)
    questions = [about_side(case, target.actor.actor_id, places) for case, target in pairs]
    return list(zip(questions, answer(story.parsed, questions), strict=True))


def _judged(case: Case, target: Target, question: Question | None, answer: Answer | None) -> _Judgement:
    """The rule where it is believed more than the model, or says that an act is denied or did not happen."""
    rule, verdict = judge(case, target) if target.tokens else (NO_RULE, (0, []))
    unsaid = rule != NO_RULE and verdict[0] == 0
    if answer is None or unsaid or believed(rule):
        return _Judgement(rule, verdict, question, answer)
    words = evidence_of(*target.tokens) or list(case.statement.content_spans)
    return _Judgement(answer.model, (answer.label, words), question, answer)


def _with_evidence(story: Story, judged: Sequence[_Judgement]) -> list[_Judgement]:
    """The judgements, those of the model with the words that moved it; where none did, the target stands for them."""
    own = [one for one in judged if one.by_model]
    moved = iter(with_evidence(story.parsed, [one.question for one in own], [one.answer for one in own]))
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
    teller = case.story.voices.around(case.statement)
    return Stance(
        article_id=case.statement.article_id,
        statement_id=case.statement.statement_id,
        passage_id=case.statement.passage_id,
        how=SAID,
        teller_id=teller.voice_id,
        teller=teller.voice,
        source_id=case.speaker.actor_id,
        source=case.speaker.name,
        source_camp=case.speaker.camp,
        target_id=target.actor_id,
        target=target.name,
        target_camp=target.camp,
        stance=stance,
        score=None if answer is None else round(answer.score, 4),
        probability=None if answer is None else round(answer.of(stance), 4),
        evidence=tuple(evidence),
        evidence_text=spans.words(case.story.parsed.text, evidence),
        method=judged.method,
        confidence=stance_agreement(SAID, stance, answer.probability) if judged.by_model else agreement(judged.method),
    )
