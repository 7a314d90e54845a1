"""The engine: whose process died is tried apart, so that nobody is blamed for what its neighbour did."""

import pytest
from distributed.scheduler import KilledWorker

from analysis.reading.article import read_text
from analysis.study import engine
from analysis.study.settings import Settings
from analysis.study.store import from_parquet
from analysis.study.work import Task, WorkerError

PLACES = ["tcp://one", "tcp://two"]


class Cluster:
    """Two processes; a task breaks the one that does it if it holds the poisonous article, and all that wait there."""

    def __init__(self, poisonous, error=None):
        self.poisonous, self.error, self.waiting, self.most = poisonous, error, {}, 0

    def scheduler_info(self, n_workers):
        return {"workers": dict.fromkeys(PLACES)}

    def submit(self, work, task, settings, seconds, *, pure, workers, allow_other_workers):
        (place,) = workers
        self.waiting.setdefault(place, []).append(task)
        self.most = max(self.most, len(self.waiting[place]))
        return Future(self, task, place)


class Future:
    def __init__(self, cluster, task, place):
        self.cluster, self.task, self.place = cluster, task, place

    def exception(self):
        names = {article.article_id for one in self.cluster.waiting[self.place] for article in one.articles}
        if self.cluster.poisonous in names:
            return self.cluster.error or KilledWorker("work", self.place, 0)
        return None

    def result(self):
        return {"done": self.task.articles[0].article_id.encode()}

    def release(self):
        self.cluster.waiting[self.place].remove(self.task)


@pytest.fixture
def suspects():
    return [Task((read_text("One sentence.", article_id=f"a{n}"),)) for n in range(7)]


def test_one_suspect_at_a_time_in_each_process_and_only_the_culprit_is_given_up(suspects):
    cluster = Cluster("a3")
    done = {task.articles[0].article_id: files for task, files in engine._apart(cluster, list(suspects), Settings(), 9)}
    assert cluster.most == 1
    assert {name for name, files in done.items() if "done" in files} == {f"a{n}" for n in (0, 1, 2, 4, 5, 6)}
    problems = from_parquet("problems", done["a3"]["problems"])
    assert problems["problem"].tolist() == ["it took more than 9 seconds or broke the process that read it"]


def test_an_error_of_the_run_is_raised(suspects):
    cluster = Cluster("a0", WorkerError("another version"))
    with pytest.raises(WorkerError, match="another version"):
        list(engine._apart(cluster, suspects, Settings(), 9))
