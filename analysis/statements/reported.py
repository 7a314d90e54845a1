"""Rules for words in reported speech: "X said that A", "A, according to X", "X accused Y of A"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from analysis.language import syntax
from analysis.statements.attribution import (
    Attribution,
    CueClause,
    Paragraph,
    credit,
    cue_clause,
    cue_verbs,
    is_that,
    pieces,
)


def according_to(paragraph: Paragraph) -> Iterator[Attribution]:
    """ "According to the poll, A" and "A, according to the poll": the rest of the sentence is credited."""
    for token in paragraph.tokens[:-1]:
        to = paragraph.doc[token.i + 1]
        if token.lower_ != "according" or to.lower_ != "to":
            continue
        who = syntax.child(to, "pobj") or syntax.child(token, "pobj")
        if who is None:
            continue
        phrase = paragraph.doc[token.i : who.right_edge.i + 1]
        content = [t for t in _clause_around(token, paragraph) if not phrase.start <= t.i < phrase.end]
        if any(t.is_alpha for t in content):
            found = credit("according_to", token, pieces(_largest(content, token), token, paragraph), who)
            yield replace(found, cue=(token.idx, to.idx + len(to)))


def _clause_around(token: Token, paragraph: Paragraph) -> list[Token]:
    """The clause that a phrase modifies, as far as its sentence reaches."""
    return [t for t in token.sent if paragraph.start <= t.i < paragraph.end]


def _largest(content: list[Token], cue: Token) -> list[Token]:
    """The part before the cue if it is a clause, otherwise the part behind it."""
    before = [t for t in content if t.i < cue.i]
    return before if sum(t.is_alpha for t in before) > 2 else [t for t in content if t.i > cue.i]


def parenthetical(paragraph: Paragraph) -> Iterator[Attribution]:
    """ "A, X said" and "A, X said, B": the cue clause stands behind or inside what it reports."""
    for verb in cue_verbs(paragraph, "clause", "quote"):
        if syntax.subject(verb) is None or _reported_behind(verb):
            continue
        clause = cue_clause(verb)
        before = _before(clause, paragraph)
        if before:
            yield credit("parenthetical", verb, pieces(before + _behind(clause), verb, paragraph))


def _reported_behind(verb: Token) -> bool:
    return any(inner.i > verb.i for inner in syntax.children(verb, "ccomp") if not _inverted(inner, verb))


def _inverted(complement: Token, verb: Token) -> bool:
    return complement.left_edge.i < verb.i


_SET_OFF = (",", "”", '"', "''", "?", "!", "-", "–", "—")


def _before(clause: CueClause, paragraph: Paragraph) -> list[Token]:
    """What the sentence says before the cue clause, if it is a clause and a comma or a mark sets it off."""
    verb, sentence = clause.verb, clause.verb.sent
    before = [t for t in paragraph.doc[max(sentence.start, paragraph.start) : clause.start] if not t.is_space]
    if not before or before[-1].text not in _SET_OFF:
        return []
    if _between_commas(clause) and paragraph.cues.allows(verb.lemma_.lower(), "quote"):
        return before
    if sum(t.is_alpha for t in before) < 2:
        return []
    reported = any(inner.i < clause.start for inner in syntax.children(verb, "ccomp"))
    loose = verb.dep_ == "parataxis" or (verb.dep_ in ("ROOT", "ccomp") and _ends(clause))
    return before if reported or (loose and _is_clause(before)) else []


def _between_commas(clause: CueClause) -> bool:
    """Whether a short "X said" stands between two commas and what follows them goes on with the report."""
    doc, end = clause.verb.doc, clause.verb.sent.end
    if clause.end - clause.start > 12 or clause.end + 1 >= end or doc[clause.end].text != ",":
        return False
    first = doc[clause.end + 1]
    back = first.tag_ in ("VBG", "WP", "WDT", "WP$") or first.dep_ == "cc" or first.lower_ in ("who", "according")
    return doc[clause.start - 1].text == "," and not back


def _ends(clause: CueClause) -> bool:
    """Whether nothing but punctuation follows the cue clause in its sentence."""
    return not any(t.is_alpha for t in clause.verb.doc[clause.end : clause.verb.sent.end])


def _is_clause(tokens: list[Token]) -> bool:
    """Whether the tokens hold a finite verb with its subject."""
    inside = {t.i for t in tokens}
    return any(
        t.dep_ in (*syntax.SUBJECTS, *syntax.PASSIVE_SUBJECTS)
        and t.head.i in inside
        and not any(mark.dep_ in ("mark", "advmod") and mark.i < t.i for mark in t.head.children)
        for t in tokens
    )


def _behind(clause: CueClause) -> list[Token]:
    """What follows a cue clause between commas and belongs to the same report: "A, X said, B"."""
    doc, end = clause.verb.doc, clause.verb.sent.end
    if clause.end >= end or doc[clause.end].text != ",":
        return []
    if _between_commas(clause):
        return list(doc[clause.end : end])
    reported = {t.i for c in syntax.children(clause.verb, "ccomp") for t in c.subtree}
    if clause.verb.dep_ in ("parataxis", "ccomp"):
        reported |= {t.i for t in clause.verb.sent} - {t.i for t in clause.verb.subtree}
    return [t for t in doc[clause.end : end] if t.i in reported]


def complement(paragraph: Paragraph) -> Iterator[Attribution]:
    """A reporting verb with what it reports behind it: a clause, an infinitive, an object, "about ..."."""
    for verb in cue_verbs(paragraph, "clause", "infinitive", "object", "as", "about"):
        for pattern, tokens in [*complements(verb), *_that_clause(verb)]:
            content = pieces(_until_second_cue(tokens, verb, paragraph), verb, paragraph)
            if paragraph.cues.allows(verb.lemma_.lower(), pattern) and content:
                yield credit(f"verb_{pattern}", verb, content, _speaker(verb, paragraph))
                break


def complements(verb: Token) -> Iterator[tuple[str, list[Token]]]:
    """What a verb may report, surest first, with the name of the pattern."""
    right = [inner for inner in verb.children if inner.i > verb.i]
    for inner in right:
        if inner.dep_ == "ccomp":
            yield ("infinitive" if _is_infinitive(inner) else "clause"), _until_next_cue(inner)
    for inner in right:
        if inner.dep_ == "xcomp" and (_is_infinitive(inner) or inner.tag_ == "VBG"):
            yield "infinitive", _until_next_cue(inner)
    objects = [inner for inner in right if inner.dep_ in ("dobj", "oprd", "attr", "dative")]
    if objects:
        tokens = _from(objects[0], verb)
        yield ("as" if _has_predicate(objects[0], verb) else "object"), tokens
    for inner in right:
        about = inner.dep_ == "prep" and inner.lower_ in _ABOUT
        if about and not syntax.is_time(inner) and not syntax.is_addressee(inner):
            yield "about", _from(inner, verb)[1:]


def _speaker(verb: Token, paragraph: Paragraph) -> Token | None:
    """Who says it where the parser hangs a second cue on what the first one reports.

    "X said A and *warned* B", "X said A, *adding* B": the second has the speaker of the first.
    """
    above = verb.head
    first = above.head if above.dep_ == "ccomp" else None
    if first is None:
        return syntax.subject(verb)
    participle = verb.tag_ == "VBG" and verb.dep_ == "advcl" and verb.nbor(-1).text == ","
    participle = participle and paragraph.cues.allows(first.lemma_.lower(), "clause")
    return syntax.subject(first) if participle or _is_second_cue(verb, first, paragraph) else syntax.subject(verb)


def _is_second_cue(verb: Token, first: Token, paragraph: Paragraph) -> bool:
    joined = verb.dep_ == "conj" and verb.head.dep_ == "ccomp" and verb.head.head == first
    alone = syntax.child(verb, *syntax.SUBJECTS, *syntax.PASSIVE_SUBJECTS, "aux") is None and verb.tag_ == first.tag_
    reports = any(True for _ in syntax.children(verb, "ccomp", "xcomp"))
    cues = paragraph.cues
    return joined and alone and reports and all(cues.allows(v.lemma_.lower(), "clause") for v in (verb, first))


def _until_second_cue(tokens: list[Token], verb: Token, paragraph: Paragraph) -> list[Token]:
    """What is reported, up to a second cue of the same speaker."""
    for one in tokens:
        if _is_second_cue(one, verb, paragraph):
            return [token for token in tokens if token.i < one.left_edge.i]
    return tokens


def _that_clause(verb: Token) -> Iterator[tuple[str, list[Token]]]:
    """A that-clause that the parser hangs on a word between: "told a meeting of leaders *that* A"."""
    for token in verb.doc[verb.i + 1 : min(verb.i + 12, verb.sent.end)]:
        above = next((a for a in token.head.ancestors if a.tag_.startswith("VB")), None)
        if is_that(token) and token.head.i > token.i and above == verb:
            yield "clause", [inner for inner in _until_next_cue(token.head) if inner.i >= token.i]
            return


def _until_next_cue(reported: Token) -> list[Token]:
    """The reported clause, without a participle or a semicolon that takes the sentence back to the speaker.

    "X said A, | citing B": the parser often hangs the participle on A.
    """
    tokens = syntax.subtree(reported)
    for one in tokens:
        previous = one.nbor(-1) if one.i else one
        back = one.tag_ == "VBG" and one.dep_ == "advcl" and previous.text == "," and one.i > reported.i
        if back or (one.text == ";" and one.i > reported.i):
            return [token for token in tokens if token.i < one.i]
    return tokens


_ABOUT = ("about", "of", "on", "for", "against", "to", "over", "toward", "towards", "at", "with", "into", "upon")


def _is_infinitive(verb: Token) -> bool:
    return any(aux.lower_ == "to" for aux in syntax.children(verb, "aux"))


def _has_predicate(first: Token, verb: Token) -> bool:
    """Whether the object is said to be or do something: "call X a liar", "describe X as", "accuse X of"."""
    return any(
        inner.dep_ in ("oprd", "xcomp", "ccomp") or (inner.dep_ == "prep" and inner.lower_ in ("as", "of"))
        for inner in verb.children
        if inner.i > first.i
    )


_COMPLEMENTS = ("dobj", "oprd", "attr", "dative", "prep", "xcomp", "ccomp", "pcomp", "acomp")


def _from(first: Token, verb: Token) -> list[Token]:
    """From the first complement to the last, times left out: "accuse | Iran of supporting the groups"."""
    last = max(
        inner.right_edge.i
        for inner in verb.children
        if inner.i >= first.i and inner.dep_ in _COMPLEMENTS and not (inner.dep_ == "prep" and syntax.is_time(inner))
    )
    return list(verb.doc[first.left_edge.i : last + 1])


def noun_cue(paragraph: Paragraph) -> Iterator[Attribution]:
    """ "the claim that A", "X's accusation that A": a reporting noun with its clause."""
    for noun in paragraph.tokens:
        if noun.pos_ != "NOUN" or noun.lemma_.lower() not in paragraph.cues.nouns:
            continue
        clause = next((c for c in syntax.children(noun, "acl", "ccomp", "relcl") if _has_that(c)), None)
        if clause is not None:
            who = syntax.child(noun, "poss") or _by_or_from(noun)
            found = credit("noun_clause", noun, pieces(syntax.subtree(clause), noun, paragraph), who)
            yield replace(found, cue=(noun.idx, noun.idx + len(noun)))


def _has_that(clause: Token) -> bool:
    return any(is_that(mark) for mark in clause.children)


def _by_or_from(noun: Token) -> Token | None:
    for preposition in syntax.children(noun, "prep", "agent"):
        if preposition.lower_ in ("by", "from"):
            return syntax.child(preposition, "pobj")
    return None
