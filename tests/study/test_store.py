"""The store: an article is analysed once, and under other settings only what depends on them again."""

import json
import os
import shutil
import time
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from analysis import analyse, load, pipeline, schema, stages
from analysis.codebook import folder as codebook_folder
from analysis.export import OutputError, beside, replacing
from analysis.language import parsing
from analysis.study import work
from analysis.study.settings import Settings, key_of
from analysis.study.store import Store
from tests.helpers import SEED_FILE

TEXT = """Norland closes the harbour

The minister of transport of Iran, Ada Quill, said on Monday that Syria is blocking the harbour of the town.

Syria has dismissed the allegations, which were repeated in the evening by the press."""


@pytest.fixture
def article(tmp_path):
    (tmp_path / "talks.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path / "talks.txt"


@pytest.fixture
def calls(monkeypatch):
    """How often the article was parsed, analysed as a whole, and coded for frames."""
    counts = dict.fromkeys(("parse", "whole", "frames"), 0)

    def counting(place, name, key):
        inner = getattr(place, name)

        def call(*args, **kwargs):
            counts[key] += 1
            return inner(*args, **kwargs)

        monkeypatch.setattr(place, name, call)

    counting(parsing, "_tokenise", "parse")
    counting(pipeline, "analyse", "whole")
    counting(stages, "code_frames", "frames")
    return counts


def same(one, other):
    for name, table in one.tables.items():
        pd.testing.assert_frame_equal(table, other.tables[name], check_exact=True)
    assert one.texts == other.texts


def test_what_comes_out_of_the_store_is_what_was_found(tmp_path):
    plain = analyse(SEED_FILE)
    same(plain, analyse(SEED_FILE, store=tmp_path / "store"))
    again = analyse(SEED_FILE, store=tmp_path / "store")
    same(plain, again)
    for name, table in again.tables.items():
        schema.check(name, table)


def test_the_same_article_is_not_analysed_twice_wherever_its_file_lies(article, calls, tmp_path):
    store = tmp_path / "store"
    analyse(article, store=store, method="rules")
    (tmp_path / "moved").mkdir()
    shutil.move(article, tmp_path / "moved" / article.name)
    found = analyse(tmp_path / "moved" / article.name, store=store, method="rules")
    assert calls == {"parse": 1, "whole": 1, "frames": 0}
    assert found.articles["source_file"].tolist() == [str(tmp_path / "moved" / article.name)]


def test_other_settings_redo_only_what_depends_on_them(article, calls, tmp_path):
    options = {"store": tmp_path / "store", "method": "rules"}
    own = tmp_path / "own.yml"
    own.write_text((codebook_folder() / "frames.yml").read_text(encoding="utf-8") + "\n", encoding="utf-8")
    analyse(article, **options)
    analyse(article, **options, frames=own)
    assert calls == {"parse": 1, "whole": 1, "frames": 1}, "another codebook of frames codes frames alone"
    found = analyse(article, **options, camps={"Ada Quill": "Upper Coast"})
    assert calls == {"parse": 1, "whole": 2, "frames": 1}, "other camps need no new parse"
    same(found, analyse(article, method="rules", camps={"Ada Quill": "Upper Coast"}))
    same(analyse(article, **options, frames=own), analyse(article, method="rules", frames=own))
    article.write_text(TEXT.replace("Monday", "Tuesday"), encoding="utf-8")
    assert (
        "Tuesday"
        in analyse(article, **options).statements["content"].str.cat() + analyse(article, **options).texts["talks"]
    )


def test_names_of_settings_follow_what_they_rest_on(tmp_path, monkeypatch):
    own = tmp_path / "own.yml"
    own.write_text("a: 1")
    first = Settings(method="rules")
    assert replace(first).whole == first.whole and Settings(method="rules", evidence=False).core == first.core
    assert Settings(method="rules", frames=own).core == first.core != Settings().core
    with_own = Settings(method="rules", frames=own).whole
    own.write_text("a: 2")
    assert len({first.whole, with_own, Settings(method="rules", frames=own).whole}) == 3
    monkeypatch.setattr("analysis.study.settings.version", lambda _: "0")
    assert Settings(method="rules").parse != first.parse


def test_the_key_of_an_article_is_its_text_and_what_is_told_of_it(article):
    one = load(article)
    assert key_of(one) == key_of(replace(one, source_file="elsewhere", duplicate_of="x", doubt="long"))
    assert key_of(one) != key_of(replace(one, outlet="Post")) != key_of(replace(one, text=one.text + "."))


def test_status_and_clear(article, tmp_path, capsys):
    from analysis.__main__ import main

    store = tmp_path / "store"
    assert main(["store", "status", str(store)]) == 0 and "nothing is kept" in capsys.readouterr().out
    analyse(article, store=store, method="rules")
    (row,) = Store(store).status().to_dict("records")
    assert (row["articles"], row["entries"], row["method"], row["failed"]) == (1, 1, "rules", 0)
    assert main(["store", "status", str(store)]) == 0 and "rules" in capsys.readouterr().out
    assert main(["store", "clear", str(store), "--failed"]) == 0 and "0 entries removed" in capsys.readouterr().out
    assert main(["store", "clear", str(store)]) == 0 and not store.exists()


def test_a_folder_of_something_else_is_left_alone(tmp_path, article):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(OutputError, match="is not a store"):
        analyse(article, store=tmp_path)


def test_any_program_reads_the_tables(article, tmp_path):
    analyse(article, store=tmp_path / "store", method="rules")
    files = list((tmp_path / "store").glob("*/statements.parquet"))
    assert len(pd.read_parquet(files)) == 2
    (entry,) = (tmp_path / "store").glob("*/entry.json")
    assert json.loads(entry.read_text())["settings"]["method"] == "rules"


def test_two_that_keep_the_same_do_no_harm(article, tmp_path):
    one = load(article)
    settings, store = Settings(method="rules"), Store(tmp_path / "store")
    task = work.Task((one,))
    files = work.packed(work.tables_of(task, settings))
    first, second = (work.keep(store, task, settings, files) for _ in range(2))
    assert first.folder == second.folder and len(store.entries()) == 1
    assert not list((tmp_path / "store").glob(".*"))


def test_what_a_killed_run_left_is_removed_by_the_next(article, tmp_path):
    store = tmp_path / "store"
    analyse(article, store=store, method="rules")
    mine = beside(store / "entry")
    mine.mkdir()
    dead = mine.with_name(mine.name.replace(f".{os.getpid()}.", ".999999999."))
    dead.mkdir()
    analyse(article, store=store)
    assert not dead.exists() and mine.exists(), "what a living run prepares stays"


def test_a_report_folder_is_replaced_by_two_at_once(tmp_path):
    target = tmp_path / "report"
    for _ in range(2):
        with replacing(target) as one, replacing(target) as other:
            for folder, name in ((one, "one"), (other, "other")):
                (folder / "manifest.json").write_text(json.dumps({"package": {"name": "newsvoices"}}))
                (folder / name).touch()
    assert sorted(file.name for file in target.iterdir()) == ["manifest.json", "one"]
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_a_store_takes_nothing_that_it_cannot_name(article, tmp_path):
    with pytest.raises(TypeError, match="name of a model"):
        analyse(article, store=tmp_path / "store", nlp=parsing.load_model())


def test_the_second_report_is_not_made_again(article, tmp_path, monkeypatch):
    from analysis.__main__ import main
    from analysis.report import page

    monkeypatch.setattr(page, "CHARTS", {"words": page.CHARTS["words"]})
    asked = ["report", str(article), "--no-notebooks", "--method", "rules", "--out", str(tmp_path / "out")]
    assert main(asked) == 0
    made = tmp_path / "out" / "talks" / "report.html"
    before = made.stat().st_mtime_ns
    time.sleep(0.02)
    assert main(asked) == 0 and made.stat().st_mtime_ns == before
    made.write_text("changed by somebody", encoding="utf-8")
    assert main(asked) == 0 and "changed" not in made.read_text(encoding="utf-8")
    Path(tmp_path / "out" / "talks" / "tables" / "actors.csv").unlink()
    assert main(asked) == 0 and (tmp_path / "out" / "talks" / "tables" / "actors.csv").exists()


def test_a_worker_of_another_version_ends_the_run(article):
    from analysis.study.engine import work as work_of

    settings = Settings(method="rules")
    task = work.Task((load(article),))
    assert set(work_of(task, settings, 60)) >= {"statements", "texts", "parses"}
    vars(settings)["whole"] = "what another version of the package would say"
    with pytest.raises(work.WorkerError, match="another version"):
        work_of(task, settings, 60)


def test_a_full_disk_leaves_nothing_half_written(article, tmp_path, monkeypatch, capsys):
    from analysis.__main__ import main

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    assert main(["report", str(article), "--method", "rules", "--no-notebooks", "--out", str(tmp_path / "out")]) == 2
    assert "No space left on device; check folder, rights and space" in capsys.readouterr().err
    monkeypatch.undo()
    assert Store(tmp_path / "out" / "store").entries() == [] and not list((tmp_path / "out" / "store").glob(".*"))
