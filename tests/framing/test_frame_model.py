"""The model of frames: sums that add up, evidence in the text, and rows in schemes of their own."""

import numpy as np
import pytest

from analysis import analyse, load, parse
from analysis.framing import frame_model
from analysis.framing.frame_model import FRAMES, coded, framed, heads, word_counts
from analysis.framing.frame_reading import Passage, passages_of
from analysis.language.encoder import read, windows
from analysis.schema import spans
from benchmarks.framing_corpus import places_of
from tests.helpers import SEED_FILE, parsed_text

TEXTS = [
    "Farmers accuse the ministry of lying about the drought.",
    "Prices and wages fell, and the company cut four hundred jobs.",
    "The governments agreed on a plan to share the water of the river.",
]


def read_alone(text: str) -> Passage:
    """A text that is one passage."""
    return passages_of(read(windows(text, [(0, len(text))])), [(0, len(text))])[0]


@pytest.fixture(scope="module")
def readings():
    return [read_alone(text) for text in TEXTS]


def test_what_the_passages_add_makes_up_the_value_of_the_article(readings):
    model, found = heads(), framed(TEXTS, readings, heads())
    mean = np.mean([one.whole for one in readings], axis=0)
    weights = frame_model.weigh_words(word_counts("\n".join(TEXTS)), model.vocabulary, model.rarity)
    value = model.frames @ mean + model.words @ weights + model.constants
    assert found.passages.sum(axis=0) + model.constants + model.frames @ model.centre == pytest.approx(value, abs=1e-4)
    assert found.chances == pytest.approx(1 / (1 + np.exp(-(model.slopes * value + model.shifts))), abs=1e-4)
    assert found.labels.tolist() == (value > model.cuts).tolist()


def test_the_passage_about_money_speaks_for_the_economic_frame(readings):
    found = framed(TEXTS, readings, heads())
    economic = FRAMES.index("economic")
    assert found.passages[:, economic].argmax() == 1 and 1 in found.telling(economic)
    words = {TEXTS[1][start:end] for start, end in found.evidence(1, economic)}
    assert words & {"Prices", "wages", "company", "jobs"}


def test_a_passage_reads_the_same_alone_and_among_others(readings):
    text = "\n".join([TEXTS[0], *(f"{' '.join(TEXTS)} Part {n}." * 4 for n in range(40))])
    places = [(0, len(TEXTS[0])), (len(TEXTS[0]) + 1, len(text))]
    among = passages_of(read(windows(text, places)), places)[0]
    assert among.vectors == pytest.approx(readings[0].vectors, abs=1e-4)
    assert np.linalg.norm(among.whole) == pytest.approx(1, abs=1e-5)


def test_sentences_of_one_window_share_its_pieces():
    text = f"{TEXTS[0]} {TEXTS[1]}"
    places = [(0, len(TEXTS[0])), (len(TEXTS[0]) + 1, len(text))]
    first, second = passages_of(read(windows(text, places)), places)
    assert [TEXTS[1][slice(*place)] for place in second.offsets][:3] == ["Prices", "and", "wages"]
    assert len(first.vectors) == len(first.offsets) and first.offsets[0] == (0, 7)


def test_rows_of_the_model_have_a_scheme_evidence_and_probability_of_their_own():
    analysis = analyse(SEED_FILE)
    found, (text,) = analysis.frames, analysis.texts.values()
    learned = found[found.scheme == "generic_model"]
    assert len(learned) and (learned.method == frame_model.VERSION).all() and learned.probability.between(0.2, 1).all()
    for row in learned.itertuples():
        assert spans.words(text, spans.read(row.evidence)) == row.evidence_text
    assert not analyse(SEED_FILE, method="rules").frames.scheme.str.endswith("model").any()


def test_an_own_codebook_stands_alone(tmp_path):
    own = tmp_path / "own.yml"
    own.write_text("water:\n  frames:\n    dry:\n      definition: No rain.\n      cues: [drought]\n")
    assert set(analyse(parsed_text(" ".join(TEXTS)), frames=own).frames.scheme) == {"water"}


def test_the_passages_that_are_coded_are_among_those_given():
    parsed = parse(load(SEED_FILE))
    texts = [parsed.text[start:end] for start, end in parsed.sentences]
    found = coded(texts, passages_of(parsed.reading, parsed.sentences))
    assert {one.scheme for one in found} == {"generic"}
    for one in found:
        assert 0 <= one.passage < len(texts)
        assert all(0 <= start < end <= len(texts[one.passage]) for start, end in one.evidence)


@pytest.mark.parametrize(
    ("entity", "word"),
    [
        ("the ministry", "the ministry"),
        ("a ministry", "ministry"),
        ("four angry farmers", "Farmers"),
        ("the moon", None),
    ],
)
def test_finds_a_coded_entity_in_the_text(entity, word):
    assert [TEXTS[0][slice(*place)] for place in places_of(TEXTS[0], entity)] == ([word] if word else [])
