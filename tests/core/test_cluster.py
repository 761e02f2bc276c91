"""A cluster gives results in order, and says in a sentence why it cannot be used."""

import operator
import sys

import pytest
from support.dask_clusters import dask_cluster, name_process, need_dask, refuse

from dcat_hk.core import cluster as clusters
from dcat_hk.core.cluster import open_cluster
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
