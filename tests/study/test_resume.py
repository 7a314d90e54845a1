"""A corpus on a cluster: killed and resumed, with articles that take too long, the same tables in the end."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time

import pandas as pd
import pytest

from analysis import schema
from analysis.study.corpus import read_corpus

SENTENCES = (
    "The minister of transport of Iran, Ada Quill, said on Monday that Syria is blocking the harbour of town {}. "
)
LONG = 4_000


def row(n, times=3):
    text = " ".join(SENTENCES.format(f"{n}-{k}") for k in range(times))
    return {
        "id": f"talks-{n:02}",
        "outlet": "Post" if n % 2 else "Herald",
        "date": f"2020-0{n % 5 + 1}-01",
        "text": text,
    }


@pytest.fixture(scope="module")
def stories(tmp_path_factory):
    file = tmp_path_factory.mktemp("input") / "stories.jsonl"
    rows = [row(n) for n in range(20)]
    file.write_text("".join(json.dumps(one) + "\n" for one in rows), encoding="utf-8")
    return file


def command(stories, out, *more):
    options = ["--method", "rules", "--figures", "png", "--no-notebooks", "--out", str(out), *more]
    return [sys.executable, "-m", "analysis", "corpus", str(stories), *options]


def run(stories, out, *more):
    return subprocess.run(command(stories, out, *more), capture_output=True, text=True, timeout=300, check=False)


@pytest.fixture(scope="module")
def undisturbed(stories, tmp_path_factory):
    out = tmp_path_factory.mktemp("undisturbed")
    done = run(stories, out, "--workers", "0")
    assert done.returncode == 0 and done.stdout.startswith("20 articles (20 analysed now"), done.stderr
    return out / "corpus"


def same(one, other):
    first, second = read_corpus(one), read_corpus(other)
    for name, table in first.tables.items():
        pd.testing.assert_frame_equal(table, second.tables[name], check_exact=True)
        schema.check(name, table)
    assert first.texts == second.texts


def test_the_tables_of_a_corpus(undisturbed):
    found = read_corpus(undisturbed)
    assert found.articles["article_id"].tolist() == [f"talks-{n:02}" for n in range(20)]
    assert len(found.statements) == 60 and found.problems.empty
    assert pd.read_csv(undisturbed / "tables" / "statements.csv")["article_id"].nunique() == 20
    manifest = json.loads((undisturbed / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["rows"]["statements"] == 60
    page = (undisturbed / "index.html").read_text(encoding="utf-8")
    assert "20 articles found: 20 kept" in page and "figures/network.png" in page
    assert read_corpus(undisturbed, tables=["actors"]).statements.empty


def killed(stories, out):
    """Kill a run as soon as it has kept something; how many articles it kept."""
    running = subprocess.Popen(
        command(stories, out, "--workers", "0"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    until = time.monotonic() + 120
    while not list(out.glob("store/*/entry.json")) and time.monotonic() < until:
        time.sleep(0.01)
    running.send_signal(signal.SIGKILL)
    running.wait()
    return sum(len(json.loads(file.read_text())["articles"]) for file in out.glob("store/*/entry.json"))


def test_killed_at_any_moment_it_goes_on_where_it_was(stories, undisturbed, tmp_path):
    for _ in range(5):  # on a busy machine the run may be over before it is killed
        kept = killed(stories, tmp_path)
        if kept < 20:
            break
        shutil.rmtree(tmp_path / "store")
        shutil.rmtree(tmp_path / "corpus", ignore_errors=True)
    assert 0 < kept < 20 and not (tmp_path / "corpus").exists(), "it was killed in the middle"
    done = run(stories, tmp_path, "--workers", "0")
    assert f"({20 - kept} analysed now" in done.stdout, done.stderr
    same(undisturbed, tmp_path / "corpus")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["corpus", "store"]


def test_a_killed_worker_and_an_endless_article_stop_nobody(stories, undisturbed, tmp_path):
    file = tmp_path / "more.jsonl"
    file.write_text(json.dumps(row(99, LONG)) + "\n" + stories.read_text(encoding="utf-8"), encoding="utf-8")
    running = subprocess.Popen(
        command(file, tmp_path / "out", "--workers", "1", "--seconds", "4"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    until = time.monotonic() + 120
    while not list(tmp_path.glob("out/store/*/entry.json")) and time.monotonic() < until:
        time.sleep(0.05)
    kill_a_worker(running.pid)
    said, complaints = running.communicate(timeout=400)
    assert running.returncode == 0, complaints
    assert "; 1 problems)" in said
    found, expected = read_corpus(tmp_path / "out" / "corpus"), read_corpus(undisturbed)
    (problem,) = found.problems.to_dict("records")
    assert problem["article_id"] == "talks-99" and problem["problem"].startswith("it took more than 4 seconds")
    assert problem["source_file"] == str(file)
    pd.testing.assert_frame_equal(found.statements, expected.statements, check_exact=True)
    pd.testing.assert_frame_equal(found.stances, expected.stances, check_exact=True)


def kill_a_worker(parent):
    import psutil

    workers = [
        one for one in psutil.Process(parent).children(recursive=True) if "spawn_main" in " ".join(one.cmdline())
    ]
    os.kill(workers[0].pid, signal.SIGKILL)
