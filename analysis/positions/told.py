"""Told: for or against whom somebody is by his deeds, or by words that another reports.

"Kenya expelled two diplomats of Somalia" tells a position of Kenya toward Somalia, and so does "Holm said Lund had
accused Norway" of Lund toward Norway. It belongs to who acts or speaks; the writer, or a speaker, only tells it. Every
two actors of a sentence are asked about; acts that did not happen (:mod:`analysis.acts.factuality`) tell nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from spacy.tokens import Token

from analysis.acts.deeds import sign_of
from analysis.acts.factuality import ASKED, DENIED, NOT_TOLD, SUPPOSED, factuality, judgement_on
from analysis.acts.story import Story
from analysis.codebook.measured import agreement, stance_agreement
from analysis.language.document import Place, characters
from analysis.positions import asking
from analysis.positions.asking import Question, passage_of
from analysis.positions.questions import Answer, answer, places_of_actors, with_evidence
from analysis.schema import spans
from analysis.schema.records import Mention, Stance
from analysis.schema.spans import Span
from analysis.schema.values import TOLD
from analysis.statements.voices import Voice

DEED = "deed"
"""The method of a row that an act told."""
NOT_EXCLUDED = 0.1
"""A deed of which the model is not sure has a row if the model gives its sign at least this probability: of such
deeds 8 of 15 were right on dev, of the others 5 of 36 (DSE, coded corpus; judgements were not measured apart)."""
MOST = 8
"""The pairs among so many actors of a sentence are asked about, those with the most mentions in the article."""


@dataclass(frozen=True)
class Pair:
    """Two actors of a passage, where each is mentioned in it, and who tells the passage where it mentions the source.

    `link` is the word that joins them: the lowest one in the parse that both hang on.
    """

    passage: Place
    source_id: str
    target_id: str
    source: tuple[Mention, ...]
    target: tuple[Mention, ...]
    link: Token
    teller: Voice


def pairs_of(story: Story, said: Sequence[Stance]) -> list[Pair]:
    """The pairs of a story that may be told of each other.

    Left out are those of a speaker and a target in his own words, and those that a statement already takes a side
    about: they are `said`.
    """
    taken = {(one.source_id, one.target_id, one.passage_id) for one in said if one.stance}
    found = (pair for passage in story.parsed.passages for pair in _pairs_in(passage, story))
    return [one for one in found if (one.source_id, one.target_id, one.passage.passage_id) not in taken]


def _pairs_in(passage: Place, story: Story) -> Iterator[Pair]:
    here: dict[str, list[Mention]] = {}
    for one in story.people.linked_in((passage.start, passage.end)):
        here.setdefault(one.actor_id, []).append(one)
    most = sorted(here, key=lambda one: -len(story.people.spans[one]))[:MOST]
    for source, target in permutations(most, 2):
        free = [one for one in here[target] if story.voices.at(one.start).voice_id != source]
        acting = [one for one in here[source] if story.voices.at(one.start).voice_id != source or one.form != "pronoun"]
        if free and acting:
            link, by = _nearest(acting, free, story)
            yield Pair(passage, source, target, tuple(acting), tuple(free), link, story.voices.at(by.start))


def _nearest(sources: Sequence[Mention], targets: Sequence[Mention], story: Story) -> tuple[Token, Mention]:
    """The deepest word that a mention of the source and one of the target both hang on, and that mention."""
    best: tuple[int, Token, Mention] | None = None
    for one in sources:
        above = _above(story.parsed.words((one.start, one.end)).root)
        for other in targets:
            chain = _above(story.parsed.words((other.start, other.end)).root)
            common = next((word for word in above if word in chain), above[-1])
            depth = len(_above(common))
            if best is None or depth > best[0]:
                best = depth, common, one
    return best[1], best[2]


def _above(word: Token) -> list[Token]:
    return [word, *word.ancestors]


def is_told(pair: Pair, story: Story) -> bool:
    """Whether the act that joins a pair is told: not supposed, not asked about, and denied only as in "not happy"."""
    told = factuality(pair.link)
    return told not in NOT_TOLD or (told == DENIED and by_judgement(pair, story)[0] != 0)


def by_judgement(pair: Pair, story: Story) -> tuple[int, list[Span]]:
    """What a judgement of the source on the target amounts to, and the word that judges; 0 where there is none."""
    for one in pair.target:
        judged = judgement_on(story.parsed.words((one.start, one.end)).root)
        if judged is not None and _among(judged[:1], pair.source) and factuality(judged[1]) not in (SUPPOSED, ASKED):
            return judged[2], characters(judged[1])
    return 0, []


def by_deed(pair: Pair, story: Story) -> tuple[int, list[Span]]:
    """What the first act of the source toward the target, or its judgement, amounts to, and its words; 0 for none."""
    for act in story.acts_in(story.parsed.words((pair.passage.start, pair.passage.end))):
        if act.factuality not in NOT_TOLD and _among(act.agents, pair.source) and _among(act.patients, pair.target):
            sign = sign_of(act)
            if sign:
                return sign, act.evidence
    return by_judgement(pair, story)


def _among(tokens: Sequence[Token], mentions: Sequence[Mention]) -> bool:
    return any(one.start <= token.idx < one.end for token in tokens for one in mentions)


def about_pair(pair: Pair, story: Story, places: Mapping[str, tuple[asking.Place, ...]]) -> Question | None:
    """For or against the target of a pair its passage tells that the source is."""
    windows, sentence = story.parsed.reading.windows, (pair.passage.start, pair.passage.end)
    target = places.get(pair.target_id, ())
    passage = passage_of(windows, [sentence], [sentence], target)
    if passage is None or not target:
        return None
    said = (windows[passage.window].pieces(one) for one in story.voices.credited_in(sentence))
    return Question(asking.TOLD, passage, target, places.get(pair.source_id, ()), tuple(one for one in said if one[1]))


def told_of(story: Story, said: Sequence[Stance], *, learned: bool, evidence: bool) -> list[Stance]:
    """What is told of whom, one record for each passage and pair that is for or against; `said` is left out."""
    pairs = [one for one in pairs_of(story, said) if is_told(one, story)]
    if not learned:
        deeds = ((pair, *by_deed(pair, story)) for pair in pairs)
        return [_stance(story, pair, sign, words, None) for pair, sign, words in deeds if sign]
    places = places_of_actors(story)
    questions = [about_pair(one, story, places) for one in pairs]
    answers = answer(story.parsed, questions)
    answers = with_evidence(story.parsed, questions, answers) if evidence else answers
    found = []
    for pair, one in zip(pairs, answers, strict=True):
        sign, words = (one.label, list(one.evidence)) if one.label else by_deed(pair, story)
        if sign and one.of(sign) >= NOT_EXCLUDED:
            found.append(_stance(story, pair, sign, words or characters(pair.link), one))
    return found


def _stance(story: Story, pair: Pair, sign: int, words: Sequence[Span], answer: Answer | None) -> Stance:
    by_model = answer is not None and answer.label == sign
    source, target = (story.people.by_id[one] for one in (pair.source_id, pair.target_id))
    return Stance(
        article_id=story.parsed.article_id,
        statement_id=pair.teller.statement_id,
        passage_id=pair.passage.passage_id,
        how=TOLD,
        teller_id=pair.teller.voice_id,
        teller=pair.teller.voice,
        source_id=source.actor_id,
        source=source.name,
        source_camp=source.camp,
        target_id=target.actor_id,
        target=target.name,
        target_camp=target.camp,
        stance=sign,
        score=None if answer is None else round(answer.score, 4),
        probability=None if answer is None else round(answer.of(sign), 4),
        evidence=tuple(words),
        evidence_text=spans.words(story.parsed.text, words),
        method=answer.model if by_model else DEED,
        confidence=stance_agreement(TOLD, sign, answer.probability) if by_model else agreement(DEED),
    )
