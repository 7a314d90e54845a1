"""Golden cases of frames and roles, own codebooks, and what the tables must hold."""

import csv

import pytest

from analysis import analyse, code_frames, schema
from analysis.codebook import CodebookError
from analysis.findings.functions import functions_sentence
from analysis.framing.frames import load_frames, rank_frames
from analysis.schema import spans
from tests.helpers import CASES_FOLDER, parsed_text

FOLDER = CASES_FOLDER


def _cases(name):
    for case in csv.DictReader((FOLDER / name).open(encoding="utf-8")):
        reason = case["known_miss"]
        marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
        yield pytest.param(case, id=case["text"][:60], marks=marks)


@pytest.mark.parametrize("case", list(_cases("roles.csv")))
def test_casts_the_actor(case):
    roles = analyse(parsed_text(case["text"]), method="rules").roles
    found = roles[roles.actor == case["actor"]][["role", "method"]].values.tolist()
    assert found == ([[case["role"], case["rule"]]] if case["role"] else [])


@pytest.mark.parametrize("case", list(_cases("functions.csv")))
def test_finds_the_function(case):
    functions = analyse(parsed_text(case["text"]), method="rules").functions
    rows = functions[functions.function == case["function"]][["actor", "voice", "method"]].fillna("").values.tolist()
    if not case["rule"]:
        assert rows == []
        return
    found = [[actor, voice if case["voice"] else "", rule] for actor, voice, rule in rows]
    assert [case["actor"], case["voice"], case["rule"]] in found


@pytest.mark.parametrize("case", list(_cases("frames.csv")))
def test_codes_the_frame(case):
    analysis = analyse(parsed_text(case["text"]), method="rules")
    first = analysis.frames[analysis.frames.passage_id == 1]
    found = {f"{row.scheme}/{row.frame}": row.evidence_text for row in first.itertuples()}
    if case["frame"]:
        assert found.get(case["frame"]) == case["evidence"]
    else:
        assert found == {}


def test_the_voice_is_whose_words_the_cue_stands_in_or_who_speaks_by_it():
    text = "Polish officials accused Norway of a murder. Norway attacked the harbour."
    frames = analyse(parsed_text(text), method="rules").frames
    voices = {(row.passage_id, row.frame, row.voice) for row in frames.itertuples()}
    assert {(1, "conflict", "Polish officials"), (1, "crime_and_punishment", "Polish officials")} <= voices
    assert (2, "conflict", "writer") in voices and (1, "conflict", "writer") not in voices


def test_a_title_does_not_make_a_frame():
    frames = analyse(parsed_text("Polish defence minister Jan Nowak walked along the river."), method="rules").frames
    assert frames.empty


def test_a_researcher_adds_a_scheme_by_a_file(tmp_path):
    own = tmp_path / "own.yml"
    own.write_text("water:\n  frames:\n    flood:\n      definition: High water.\n      cues: [flood, high tide]\n")
    frames = analyse(parsed_text("The high tide came. The floods rose."), frames=own).frames
    assert frames[["scheme", "frame", "evidence_text"]].values.tolist() == [
        ["water", "flood", "high tide"],
        ["water", "flood", "floods"],
    ]


OWN = """water:
  negated: keep
  frames:
    flood:
      definition: High water.
      cues: [flood/noun, "actor > drown", rescue/verb > actor, submerg*]
      hints: [dam, valley]
      not: [flood of letter]
"""


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("There was no flood.", "flood"),
        ("The hall flooded with light.", None),
        ("A flood of letters came.", None),
        ("Two reporters drowned.", "drowned"),
        ("The noise drowned the music.", None),
        ("They rescued the minister.", "rescued"),
        ("They rescued the match.", None),
        ("The road was submerged.", "submerged"),
        ("The dam was old.", None),
        ("The dam in the valley was old.", "dam … valley"),
    ],
)
def test_an_own_scheme_may_ask_for_context(tmp_path, text, evidence):
    own = tmp_path / "own.yml"
    own.write_text(OWN)
    frames = analyse(parsed_text(text), frames=own, method="rules").frames
    assert frames.evidence_text.tolist() == ([evidence] if evidence else [])


@pytest.mark.parametrize("cue", ["flood/nuon", "> flood", "* flood", "norway > flood", "'actor > '"])
def test_a_cue_that_is_not_written_as_it_has_to_be_is_refused(tmp_path, cue):
    own = tmp_path / "own.yml"
    own.write_text(f'water:\n  frames:\n    flood:\n      definition: High water.\n      cues: ["{cue}"]\n')
    with pytest.raises(CodebookError, match="frame 'flood', cue"):
        load_frames(own)


def test_frames_are_ranked_by_their_cues():
    words = parsed_text("The court heard the two judges, and the tax was low.").doc[:]
    assert rank_frames(words, "policy")[:2] == [("legality", 2.0), ("economic", 1.0)]
    assert rank_frames(parsed_text("It rained.").doc[:3], "policy") == []


@pytest.mark.parametrize("content", ["- a list", "water: {}", "water:\n  frames:\n    flood:\n      cues: [flood]\n"])
def test_a_scheme_that_lacks_something_is_refused(tmp_path, content):
    own = tmp_path / "own.yml"
    own.write_text(content)
    with pytest.raises(CodebookError, match=r"own\.yml"):
        load_frames(own)


def test_every_frame_of_the_codebook_has_what_a_coder_needs():
    frames = load_frames()
    assert {frame.scheme for frame in frames} == {"generic", "policy"}
    assert all(frame.definition.endswith(".") and (len(frame.cues) > 5 or frame.remainder) for frame in frames)
    assert len([frame for frame in frames if frame.scheme == "policy"]) == 15


def test_evidence_is_in_the_text():
    analysis = analyse(parsed_text("Norway attacked Denmark. The court ruled against the ceasefire."))
    text = analysis.texts["test"]
    for table in (analysis.frames, analysis.roles):
        assert len(table)
        for row in table.itertuples():
            assert spans.words(text, spans.read(row.evidence)) == row.evidence_text != ""


def test_no_passages_no_frames():
    analysis = analyse(parsed_text("It rained."))
    empty = code_frames(parsed_text("It rained."), analysis.statements, analysis.actors, analysis.mentions)
    assert list(empty.columns) == list(schema.TABLES["frames"])


def test_the_functions_in_a_sentence_name_actor_words_and_voice():
    text = "Polish President Jan Nowak said Norwegian troops are fuelling insecurity in Denmark. Denmark must act."
    told = functions_sentence(analyse(parsed_text(text), method="rules").functions)
    assert told["cause"] == "Norwegian troops (fuelling … insecurity), says Jan Nowak"
    assert told["problem"] == "Denmark (fuelling … insecurity), says Jan Nowak"
    assert told["remedy"] == "Denmark (must), says the writer"
    assert functions_sentence(schema.empty("functions")) == {}
