"""A build on a cluster of real processes: the bytes of one process, whatever becomes of a worker."""

import hashlib
import os
import shutil
import signal

import pytest
from support.dask_clusters import dask_cluster, fail, see_nothing
from support.mappings import TABS
from support.paths import SEEDS
from support.plan_texts import PlanText, as_tabs

import dcat_hk
from dcat_hk.build import build
from dcat_hk.build.distributing import SentInput, _read_there
from dcat_hk.build.readings import ReadingOptions, load_reading
from dcat_hk.core import cluster as clusters
from dcat_hk.core.caching import Cache
from dcat_hk.core.limits import Limits
from dcat_hk.core.settings import Settings
from dcat_hk.reading.documents import Input


def digests(folder):
    """Return the digest of every file in a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def plans(tmp_path_factory):
    """Return a folder with plans of several bodies, years that share datasets, a copy, and what is no plan."""
    folder = tmp_path_factory.mktemp("plans") / "plans"
    folder.mkdir()
    for path in SEEDS.glob("*.txt"):
        shutil.copy(path, folder)
    for year in (2020, 2021, 2022):
        text = as_tabs(PlanText("香港天文台", year, TABS.rows, f"{year - 1}年12月"))
        (folder / f"p{year}.txt").write_text(text, encoding="utf-8")
    shutil.copy(folder / "p2021.txt", folder / "copy.txt")
    (folder / "letter.txt").write_text("Dear Sir", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def alone(plans, tmp_path_factory):
    """Return the build of one process, and its folder."""
    folder = tmp_path_factory.mktemp("alone") / "out"
    return build([plans], folder, Settings(), jobs=1), folder


@pytest.fixture
def lost(monkeypatch):
    """Return why workers did not answer, task by task."""
    reasons = []
    real = clusters.Cluster.map

    def noting(self, *given):
        for answer in real(self, *given):
            if answer.lost:
                reasons.append(answer.lost)
            yield answer

    monkeypatch.setattr(clusters.Cluster, "map", noting)
    return reasons


@pytest.mark.parametrize("is_shared", [True, False])
def test_the_bytes_are_those_of_one_process(plans, alone, lost, tmp_path, monkeypatch, is_shared):
    """Whether workers see the folder or get the bytes: files and outcomes are the same, and workers did it all."""
    if not is_shared:
        monkeypatch.setattr("dcat_hk.build.distributing._digest_there", see_nothing)
    with dask_cluster(tmp_path) as cluster:
        done = build([plans], tmp_path / "out", Settings(), dask=cluster.address, cache=Cache(tmp_path / "cache"))
        assert digests(tmp_path / "out") == digests(alone[1])
        assert (done.outcomes, done.top, done.published) == (alone[0].outcomes, alone[0].top, True)
        assert lost == []
        monkeypatch.setattr("dcat_hk.build.distributing._read_there", None)
        build([plans], tmp_path / "again", Settings(), dask=cluster.address, cache=Cache(tmp_path / "cache"))
        assert digests(tmp_path / "again") == digests(alone[1])


@pytest.mark.parametrize("stage", ["reading", "mapping, writing, validating"])
def test_a_worker_that_is_killed_costs_time_only(plans, alone, tmp_path, stage):
    """One of two workers is killed while inputs are read, or while plans are written."""
    with dask_cluster(tmp_path) as cluster:
        killed = []

        def kill(now, done, _total, _detail="", /):
            if now == stage and done == 1 and not killed:
                killed.append(cluster.workers[0])
                os.kill(cluster.workers[0].pid, signal.SIGKILL)

        build([plans], tmp_path / "out", Settings(), dask=cluster.address, progress=kill)
        assert killed[0].wait(10) == -signal.SIGKILL
        assert cluster.workers[1].poll() is None
    assert digests(tmp_path / "out") == digests(alone[1])


@pytest.mark.parametrize("stage", ["reading", "mapping, writing, validating"])
def test_a_build_goes_on_without_its_last_worker(plans, alone, tmp_path, monkeypatch, stage):
    """The only worker is killed while inputs are read, or while plans are written: the rest is done here."""
    monkeypatch.setattr(clusters, "_PATIENCE", 1)
    with dask_cluster(tmp_path, workers=1) as cluster:

        def kill(now, done, _total, _detail="", /):
            if now == stage and done == 1 and cluster.workers[0].poll() is None:
                os.kill(cluster.workers[0].pid, signal.SIGKILL)
                cluster.workers[0].wait(10)

        build([plans], tmp_path / "out", Settings(), dask=cluster.address, progress=kill)
    assert digests(tmp_path / "out") == digests(alone[1])


def test_rows_that_people_went_through_are_read_as_without_a_cluster(plans, tmp_path):
    """A file with the rows of several plans beside plans, and one that cannot be used."""
    rows = dcat_hk.read_many([plans / "p2020.txt", plans / "p2021.txt"], cache=False)
    folder = tmp_path / "rows"
    folder.mkdir()
    text = "".join(plan.to_csv() for plan in rows[:1])
    (folder / "rows.csv").write_text(text, encoding="utf-8")
    (folder / "bad.csv").write_text(text.replace("2020", "soon"), encoding="utf-8")
    shutil.copy(plans / "p2022.txt", folder)
    done = build([folder], tmp_path / "alone", Settings(), jobs=1)
    with dask_cluster(tmp_path, workers=1) as cluster:
        there = build([folder], tmp_path / "out", Settings(), dask=cluster.address)
    assert [one.refused for one in there.outcomes] == [one.refused for one in done.outcomes]
    assert sum(one.rows for one in there.outcomes) > 0
    assert digests(tmp_path / "out") == digests(tmp_path / "alone")


def test_when_all_workers_are_gone_the_rest_is_done_here(plans, alone, tmp_path, lost, monkeypatch):
    """What no worker could do is done by this machine."""
    monkeypatch.setattr("dcat_hk.build.distributing._write_there", fail)
    monkeypatch.setattr("dcat_hk.build.distributing._read_there", fail)
    with dask_cluster(tmp_path, workers=1) as cluster:
        build([plans], tmp_path / "out", Settings(), dask=cluster.address)
    assert len(lost) > 10
    assert digests(tmp_path / "out") == digests(alone[1])


def test_a_worker_reads_only_the_bytes_that_are_meant(tmp_path):
    """A file that is gone, that changed meanwhile, or that takes too much is left to the machine that asks."""
    path = tmp_path / "plan.txt"
    text = as_tabs(TABS).encode()
    path.write_bytes(text)
    source, digest = Input(path, "plan.txt"), hashlib.sha256(text).hexdigest()
    options = ReadingOptions()
    sent = SentInput(source, digest, None)
    assert load_reading(_read_there(options, sent), "plan.txt").require().entries
    assert _read_there(options, sent) == _read_there(
        options, SentInput(Input(tmp_path / "gone", "plan.txt"), digest, text)
    )
    assert _read_there(options, SentInput(source, "0" * 64, None)) is None
    assert _read_there(ReadingOptions(Limits(seconds=1e-9)), sent) is None
    path.unlink()
    assert _read_there(options, sent) is None
