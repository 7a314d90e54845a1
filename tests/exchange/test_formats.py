"""Exchange: what is written comes back, in every format, and what a person changed there becomes a decision."""

import json
import sqlite3
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pandas as pd
import pytest
from lxml import etree

from analysis import analyse, exchange, read_text
from analysis.codebook import CodebookError
from analysis.exchange import brat, dna, inception, refi, standoff
from analysis.exchange.annotations import Annotation, features_of
from analysis.exchange.formats import WRITERS
from analysis.study.corrections import read_corrections, write_corrections

TEXT = """Norway rejects the claims 🎉

A crowd 😀 gathered. Norwegian Foreign Minister Ine Soreide said on Monday that Denmark had stolen the fish 😀.

Danish Prime Minister Mette Frederiksen dismissed the claims. "We will help Norway.

We are friends," she told reporters in Oslo."""


@pytest.fixture(scope="module")
def article():
    return replace(read_text(TEXT, article_id="fish"), outlet="Post & Sons", date="2020-03-01")


@pytest.fixture(scope="module")
def analysis(article):
    return analyse(article, method="rules")


@pytest.fixture(scope="module")
def folder(analysis, tmp_path_factory):
    place = tmp_path_factory.mktemp("exchange")
    exchange.write(analysis, place)
    return place


@pytest.fixture(scope="module")
def before(analysis):
    return exchange.annotated(analysis)


def plain(annotations, *, parts=True):
    return sorted(
        (one.table, one.row, one.start, one.end, one.features, one.parts if parts else ()) for one in annotations
    )


@pytest.mark.parametrize("name", WRITERS)
def test_what_is_written_comes_back(folder, before, name):
    back = exchange.read(folder / name, name)
    assert {one.table for one in back.annotations} >= {"statements", "mentions", "stances", "sentiments"}
    has_parts = name != "refi-qda"
    assert plain(back.annotations, parts=has_parts) == plain(before.annotations, parts=has_parts)
    assert back.texts == ({} if name == "offsets" else {"fish": TEXT})
    assert exchange.decisions(before, back) == []


def test_places_are_those_of_the_words_with_signs_of_two_units(folder, before):
    (row,) = [one for one in before.annotations if TEXT[one.start : one.end] == "Denmark had stolen the fish 😀"][:1]
    task = json.loads((folder / "label-studio" / "tasks.json").read_text(encoding="utf-8"))[0]
    for region in task["predictions"][0]["result"]:
        if region["type"] == "labels":
            value = region["value"]
            assert task["data"]["text"][value["start"] : value["end"]] == value["text"]
    events = dna.read_events(folder / "dna" / "discourse-network.dna")
    text = TEXT.encode("utf-16-le")
    at = {
        text[2 * start : 2 * stop].decode("utf-16-le")
        for start, stop in zip(events["start"], events["stop"], strict=True)
    }
    assert TEXT[row.start : row.end] in at


def test_a_stretch_over_lines_is_in_pieces_for_brat(folder):
    lines = (folder / "brat" / "fish.ann").read_text(encoding="utf-8").splitlines()
    pieces = [line for line in lines if line.startswith("T") and ";" in line.split("\t")[1]]
    for line in pieces:
        _, head, words = line.split("\t")
        places = [tuple(map(int, place.split())) for place in head.partition(" ")[2].split(";")]
        assert " ".join(TEXT[start:end] for start, end in places) == words
    assert pieces or all("\n" not in TEXT[a.start : a.end] for a in brat.read(folder / "brat").annotations)
    assert brat._entity("one\n\ntwo", 4, "Statement", 0, 8) == "T4\tStatement 0 3;5 8\tone two"


def test_the_cas_is_read_strictly_by_its_own_types(folder):
    from cassis import load_cas_from_json

    with (folder / "inception" / "fish.json").open("rb") as file:
        cas = load_cas_from_json(file)
    (sentence, *_) = cas.select(f"{inception.SEGMENTS}Sentence")
    assert sentence.get_covered_text() == "Norway rejects the claims 🎉"
    words = {one.get_covered_text() for one in cas.select(inception.TYPES["statements"])}
    assert "Denmark had stolen the fish 😀" in words
    assert {one.get_covered_text() for one in cas.select(inception.PART_TYPES["cue"])} >= {"said"}


def test_the_project_follows_its_schema_and_is_the_same_bytes_twice(folder, before, tmp_path):
    schema = etree.XMLSchema(etree.parse(Path(__file__).parent / "refi-qda.xsd"))
    with ZipFile(folder / "refi-qda" / refi.FILE) as archive:
        project = etree.fromstring(archive.read(refi.PROJECT))
        schema.assertValid(project)
        named = {source.get("plainTextPath") for source in project.iter(f"{{{refi.NAMESPACE}}}TextSource")}
        assert {f"Sources/{name.removeprefix('internal://')}" for name in named} <= set(archive.namelist())
    guids = project.xpath("//@guid")
    assert len(guids) == len(set(guids)) and set(project.xpath("//@targetGUID")) <= set(guids)
    assert "Post & Sons" in project.xpath("//*[local-name()='TextValue']/text()")
    refi.write(before, tmp_path)
    refi.write(before, folder)
    assert (tmp_path / refi.FILE).read_bytes() == (folder / refi.FILE).read_bytes()


def test_the_database_of_dna_is_whole(folder, analysis):
    file = folder / "dna" / "discourse-network.dna"
    with sqlite3.connect(file) as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        variables = dict(database.execute("SELECT StatementTypeId, COUNT(*) FROM VARIABLES GROUP BY StatementTypeId"))
        told = "SELECT StatementId FROM DATASHORTTEXT UNION ALL SELECT StatementId FROM DATABOOLEAN"
        values = pd.Series([one for (one,) in database.execute(told)]).value_counts()
        kinds = dict(database.execute("SELECT ID, StatementTypeId FROM STATEMENTS"))
        assert values.to_dict() == {statement: variables[kind] for statement, kind in kinds.items()}
        ((title, text, source, date),) = database.execute("SELECT Title, Text, Source, Date FROM DOCUMENTS")
        assert (title, text, source) == ("Norway rejects the claims 🎉", TEXT, "Post & Sons")
        assert pd.Timestamp(date, unit="s") == pd.Timestamp("2020-03-01")
    events = dna.read_events(file)
    written = pd.read_csv(folder / "dna" / "discourse-network.csv")
    positions = events[events["statement_type"] == dna.POSITION]
    sided = analysis.stances[analysis.stances["stance"] != 0]
    assert len(positions) == len(sided) and len(events) == len(written)
    against = positions[(positions["person"] == "Ine Soreide") & (positions["concept"] == "Denmark")]
    assert against["organization"].tolist() == ["Norway"] and against["agreement"].tolist() == [0]
    assert written["time"].eq("2020-03-01 00:00:00").all()


def test_a_password_is_checked_as_the_strong_encryptor_does():
    import base64
    import hashlib

    raw = base64.b64decode(dna._encrypted("coder"))
    salt, digest = raw[:16], hashlib.sha256(raw[:16] + b"coder").digest()
    for _ in range(99_999):
        digest = hashlib.sha256(digest).digest()
    assert raw == salt + digest and len(raw) == 48


def test_offsets_hold_no_word_of_the_text(folder):
    written = "".join((folder / "offsets" / name).read_text(encoding="utf-8") for name in standoff.FILES)
    assert "stolen" not in written and "friends" not in written and "Ine Soreide" in written
    with pytest.raises(CodebookError, match="the text of fish is another one"):
        standoff.read(folder / "offsets", {"fish": f"{TEXT} "})


def changed(before, **features):
    """The annotations with a changed first statement of Soreide."""
    meant = {one for one in before.annotations if one.table == "statements" and one.told["speaker"] == "Ine Soreide"}
    found = [
        replace(one, features=features_of("statements", one.told | features)) if one in meant else one
        for one in before.annotations
    ]
    return replace(before, annotations=tuple(found))


def test_what_a_person_changed_is_a_decision_and_holds_on_the_next_run(article, before, tmp_path):
    after = changed(before, speaker="Mette Frederiksen", cue_class="accusing")
    stance = next(one for one in after.annotations if one.table == "stances" and one.told["target"] == "Norway")
    at = TEXT.index("she told")
    new = Annotation("roles", "fish", 0, at, at + 3, (("actor", "Norway"), ("role", "victim"), ("voice", "writer")))
    left = tuple(one for one in after.annotations if one != stance)
    rows = exchange.decisions(before, replace(after, annotations=(*left, new)), who="ann")
    told = {(row["table"], row["field"], row["value"]) for row in rows}
    assert told == {
        ("statements", "speaker", "Mette Frederiksen"),
        ("statements", "cue_class", "accusing"),
        ("stances", "(delete)", ""),
        ("roles", "(add)", "victim"),
    }
    write_corrections(rows, tmp_path / "corrections.csv")
    again = analyse(article, method="rules", corrections=read_corrections(tmp_path / "corrections.csv"))
    assert again.problems.empty
    stolen = again.statements[again.statements["content"].str.contains("stolen")].iloc[0]
    assert (stolen["speaker"], stolen["cue_class"], stolen["method"]) == ("Mette Frederiksen", "accusing", "person")
    assert "Norway" in set(again.roles[again.roles["method"] == "person"]["actor"])


def test_a_changed_frame_is_one_taken_out_and_one_added(before):
    frame = Annotation("frames", "fish", 1, 0, 5, (("scheme", "generic"), ("frame", "conflict"), ("voice", "writer")))
    other = replace(frame, features=(("scheme", "generic"), ("frame", "morality"), ("voice", "writer")))
    rows = exchange.decisions(replace(before, annotations=(frame,)), replace(before, annotations=(other,)))
    assert [(row["field"], row["about"]) for row in rows] == [
        ("(delete)", "generic: conflict"),
        ("(add)", "generic: morality"),
    ]


def test_a_statement_that_was_moved_gets_another_content(before):
    old = next(one for one in before.annotations if one.table == "statements")
    moved = replace(old, end=old.end - 2)
    after = replace(before, annotations=tuple(moved if one == old else one for one in before.annotations))
    ((row),) = exchange.decisions(before, after)
    assert (row["field"], row["value"], row["place"]) == (
        "content",
        f"{old.start}-{old.end - 2}",
        f"{old.start}-{old.end}",
    )


def test_rows_without_their_names_are_found_by_place(before):
    """Programs that number anew lose the names."""
    after = replace(before, annotations=tuple(replace(one, row=0) for one in before.annotations))
    assert exchange.decisions(before, after) == []
    after = changed(after, cue_class="accusing")
    assert {(row["field"], row["value"]) for row in exchange.decisions(before, after)} == {("cue_class", "accusing")}


def test_an_export_of_label_studio_holds_what_the_last_annotator_sent(folder, before, tmp_path):
    (task,) = json.loads((folder / "label-studio" / "tasks.json").read_text(encoding="utf-8"))
    (prediction,) = task.pop("predictions")
    result = [dict(one) for one in prediction["result"]]
    choice = next(one for one in result if one["from_name"] == "statements_cue_class")
    choice["value"] = choice["value"] | {"choices": ["accusing"]}
    drawn = {"start": 0, "end": 6, "text": TEXT[:6]}
    result += [
        {
            "id": "Xy1",
            "from_name": "layer",
            "to_name": "text",
            "type": "labels",
            "value": drawn | {"labels": ["roles"]},
        },
        {
            "id": "Xy1",
            "from_name": "roles_role",
            "to_name": "text",
            "type": "choices",
            "value": drawn | {"choices": ["hero"]},
        },
        {
            "id": "Xy1",
            "from_name": "roles_actor",
            "to_name": "text",
            "type": "textarea",
            "value": drawn | {"text": ["Norway"]},
        },
    ]
    sent = [
        {"result": [], "was_cancelled": False},
        {"result": result, "was_cancelled": False},
        {"result": [], "was_cancelled": True},
    ]
    file = tmp_path / "project-1.json"
    file.write_text(json.dumps([task | {"id": 7, "annotations": sent}]), encoding="utf-8")
    rows = exchange.decisions(before, exchange.read(file, "label-studio"))
    told = {(row["table"], row["field"], row["about"], row["value"]) for row in rows}
    assert told == {("statements", "cue_class", "", "accusing"), ("roles", "(add)", "Norway", "hero")}


@pytest.mark.parametrize("name", exchange.READERS)
def test_a_file_of_another_kind_is_one_sentence(name, tmp_path):
    file = tmp_path / "file.json"
    file.write_text("no such thing", encoding="utf-8")
    with pytest.raises(CodebookError) as error:
        exchange.read(file, name)
    assert str(tmp_path) in str(error.value) and "\n" not in str(error.value)
    with pytest.raises(CodebookError):
        exchange.read(tmp_path / "nowhere", name)
