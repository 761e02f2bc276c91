"""A cluster gives results in order, and says in a sentence why it cannot be used."""

import operator
import os
import signal
import sys

import pytest
from support.dask_clusters import dask_cluster, name_process, need_dask, refuse, time_out, wait_and_multiply

from dcat_hk.core import cluster as clusters
from dcat_hk.core.cluster import open_cluster, open_cluster_again
from dcat_hk.core.errors import NotAPlan, UsageError


def test_results_come_in_the_order_of_the_tasks(tmp_path):
    """More tasks than are handed out at once; what fails on a worker is told; errors of ours are raised."""
    with dask_cluster(tmp_path) as processes:
        with open_cluster(processes.address) as cluster:
            assert cluster.threads == 2
            assert [answer.value for answer in cluster.map(operator.mul, 2, range(20))] == list(range(0, 40, 2))
            (answer,) = cluster.map(operator.truediv, 1, [0])
            assert answer == (None, "ZeroDivisionError: division by zero")
            assert cluster.everywhere(operator.add, 1, 2) == [3, 3]
            with pytest.raises(NotAPlan):
                list(cluster.map(refuse, 1, [1, 2, 3]))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(clusters, "digest_of_program", name_process)
            with (
                pytest.raises(UsageError, match="2 of 2 workers have another version"),
                open_cluster(processes.address),
            ):
                pass


def test_a_scheduler_without_workers_is_told(tmp_path):
    """Nobody would ever answer."""
    expected = pytest.raises(UsageError, match="no worker")
    with dask_cluster(tmp_path, workers=0) as processes, expected, open_cluster(processes.address):
        pass


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense://x", "tcp://"])
def test_an_address_where_nobody_answers_is_told(address, monkeypatch):
    """Within the time that is waited for."""
    need_dask()
    monkeypatch.setattr(clusters, "_PATIENCE", 1)
    with pytest.raises(UsageError, match="No scheduler of Dask answers") as caught, open_cluster(address):
        pass
    assert "沒有 Dask 排程程式" in caught.value.tell("zh-Hant")


def test_without_the_package_the_extra_is_named(monkeypatch):
    """It is installed only where somebody wants it."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r"dcat-hk\[dask\]"), open_cluster("tcp://127.0.0.1:1"):
        pass


def test_when_the_last_worker_is_gone_nobody_waits_for_ever(tmp_path, monkeypatch):
    """What was handed out and what was not are told alike, also in a second piece of work, and without a scheduler."""
    monkeypatch.setattr(clusters, "_PATIENCE", 1)
    with dask_cluster(tmp_path, workers=1) as processes:
        with open_cluster(processes.address) as cluster:
            answers = cluster.map(wait_and_multiply, 2, range(40))
            assert next(answers).value == 0
            os.kill(processes.workers[0].pid, signal.SIGKILL)
            rest = list(answers)
            assert len(rest) == 39
            # Some say that what they share is lost with the worker that had it.
            assert (rest[-1].value, bool(rest[-1].lost)) == (None, True)
            assert [one.value for one in cluster.map(operator.mul, 2, range(3))] == [None, None, None]
        with open_cluster_again(processes.address) as cluster:
            assert [one.value for one in cluster.map(operator.mul, 2, range(3))] == [None, None, None]
    with open_cluster_again(processes.address) as cluster:
        assert (cluster.threads, [one.lost for one in cluster.map(operator.mul, 2, [1])]) == (0, ["no worker is left"])


def test_a_task_that_waits_too_long_itself_is_told(tmp_path):
    """Its error is not taken for the waiting of the one who asks."""
    with dask_cluster(tmp_path, workers=1) as processes, open_cluster(processes.address) as cluster:
        (answer,) = cluster.map(time_out, 1, [1])
        assert answer == (None, "TimeoutError: of the task")
