"""How predicted statements are compared with coded ones, and what a table makes of it."""

from analysis.statements.attribution import Attribution
from analysis.statements.wording import confidence_of
from benchmarks.matching import Found, count, figures, is_speech, match, source_right, total

TEXT = 'Orlov said the wall "will fail" soon. Lund of Gdansk hopes it holds.'


def span(words, start=0):
    place = TEXT.index(words, start)
    return place, place + len(words)


def coded(source, cue, *content):
    parts = {"source": [source] if source else [], "cue": [cue], "content": content}
    return {name: [list(span(one)) for one in pieces] for name, pieces in parts.items()}


def found(source, cue, *content):
    return Found(tuple(map(span, content)), span(source) if source else None, span(cue), "tagger")


def test_contents_are_paired_one_to_one_the_best_first():
    gold = [coded("Orlov", "said", 'the wall "will fail" soon')]
    mine = [found("Orlov", "said", 'wall "will fail" soon'), found("Orlov", "said", 'the wall "will fail" soon')]
    assert [(one.coded, one.predicted, one.exact) for one in match(gold, mine, TEXT)] == [(0, 1, True)]
    assert match(gold, [found("Orlov", "said", "the wall")], TEXT) == []


def test_a_source_is_right_if_it_touches_the_head_or_the_last_word():
    lund = [list(span("Lund of Gdansk"))]
    assert source_right(lund, span("Lund"), TEXT)
    assert source_right(lund, span("Gdansk"), TEXT)
    assert not source_right(lund, span("of"), TEXT)
    assert not source_right(lund, None, TEXT)
    assert source_right([], None, TEXT)


def test_speech_is_told_by_the_words_of_the_cue():
    assert is_speech([span("said")], TEXT)
    assert not is_speech([span("hopes")], TEXT)


def test_counts_by_kind_give_precision_and_recall():
    gold = [coded("Orlov", "said", 'the wall "will fail" soon'), coded("Lund of Gdansk", "hopes", "it holds")]
    mine = [found("Orlov", "said", 'the wall "will fail" soon'), found("Orlov", "hopes", "Gdansk")]
    counts, hits = count(gold, mine, TEXT)
    summed = {kind: figures(one) for kind, one in total([counts]).items()}
    assert hits == {0}
    assert (summed["all"]["precision"], summed["all"]["recall"], summed["all"]["content F1"]) == (50, 50, 50)
    assert (summed["mixed"]["recall"], summed["indirect"]["recall"]) == (100, 0)
    assert (summed["speech"]["precision"], summed["other"]["precision"]) == (100, 0)


def test_confidence_rises_with_the_band_of_the_probability():
    bands = [confidence_of(Attribution("tagger", ((0, 1),), probability=p)) for p in (0.7, 0.8, 0.9, 0.95)]
    assert bands == sorted(bands) and len(set(bands)) == 4
    assert confidence_of(Attribution("tagger", ((0, 1),), probability=0.949)) == bands[2]
    assert confidence_of(Attribution("no such rule", ((0, 1),))) is None
