"""Validation on a cluster of real processes: the results of one process, whatever becomes of a worker."""

import os
import re
import signal
from concurrent.futures import ThreadPoolExecutor

import pytest
from support.dask_clusters import dask_cluster, need_dask
from support.paths import ROOT
from support.shacl_graphs import BASE, turtle

from dcat_hk.checking.shacl import compile_shapes
from dcat_hk.checking.shacl import triples as reading
from dcat_hk.checking.shacl.distributing import index_piece, judge_piece, validate_on_cluster
from dcat_hk.checking.sources import Intake
from dcat_hk.core import cluster as clusters
from dcat_hk.core.cluster import ClusterAnswer
from dcat_hk.core.errors import NotRdf, UsageError

CATALOGUE = ROOT / "output" / "catalogue.ttl"
#: Who have a name more than once, wherever they stand, are told; and so is a node that stands nowhere.
SHAPES = turtle(
    f"""
    <{BASE}s> a sh:NodeShape ; sh:targetSubjectsOf <{BASE}name> ; sh:property [ sh:path <{BASE}name> ; sh:maxCount 1 ] .
    <{BASE}t> a sh:NodeShape ; sh:targetNode <{BASE}nobody>, <{BASE}n7> ;
        sh:property [ sh:path <{BASE}name> ; sh:minCount 1 ] .
    <{BASE}u> a sh:NodeShape ; sh:targetObjectsOf <{BASE}knows> ; sh:property [ sh:path rdf:type ; sh:minCount 1 ] .
    """
)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """Return a scheduler with two workers."""
    with dask_cluster(tmp_path_factory.mktemp("dask")) as processes:
        yield processes


@pytest.fixture(scope="module")
def broken(tmp_path_factory):
    """Return a broken catalogue in two files, one of which may be cut."""
    folder = tmp_path_factory.mktemp("broken")
    text = CATALOGUE.read_text(encoding="utf-8")
    (folder / "a.ttl").write_text(re.sub(r"\n  dct:identifier[^;]*;", "", text, count=20), encoding="utf-8")
    (folder / "b.ttl").write_text('<urn:a> <urn:b> """x""", [ <urn:c> "y" ] .', encoding="utf-8")
    return [folder / "a.ttl", folder / "b.ttl"]


@pytest.fixture
def lost(monkeypatch):
    """Return why workers did not answer, task by task."""
    reasons = []
    real = clusters.Cluster.map

    def noting(self, *given):
        for answer in real(self, *given):
            if answer.lost or answer.value is None:
                reasons.append(answer.lost or "nothing")
            yield answer

    monkeypatch.setattr(clusters.Cluster, "map", noting)
    return reasons


def told(compiled, files, address=""):
    """Return the results of validating, with what is known afterwards."""
    results = validate_on_cluster(compiled, files, address) if address else compiled.validate(files)
    return results, compiled.focus_nodes, compiled.unchecked


def test_results_are_those_of_one_process(cluster, ours, broken, lost):
    """Files that are cut and files that are not: every piece is judged by a worker."""
    expected = told(compile_shapes(ours), broken)
    assert len(expected[0]) > 20
    assert told(compile_shapes(ours), broken, cluster.address) == expected
    assert lost == []


def test_what_stands_in_several_pieces_is_put_together(cluster, tmp_path, lost):
    """A subject in two files, one that stands nowhere, values that are subjects elsewhere, blank nodes of two files."""
    files = [tmp_path / f"{number}.nt" for number in range(3)]
    for number, file in enumerate(files):
        lines = [f'<{BASE}n{one}> <{BASE}name> "{one} {number if one % 5 == 0 else 0}" .' for one in range(20)]
        lines += [f"<{BASE}n{number}> <{BASE}knows> <{BASE}n9> ."]
        lines += [f"<{BASE}n{number}> <{BASE}knows> _:x .", f'_:x <{BASE}name> "{number}" .']
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    expected = told(compile_shapes(SHAPES), files)
    assert len({result.focus_node for result in expected[0]}) >= 8
    assert told(compile_shapes(SHAPES), files, cluster.address) == expected
    assert lost == []


def test_what_no_worker_can_do_is_done_here(ours, broken, cluster, monkeypatch):
    """Whatever goes wrong there, the results are the same."""
    real = clusters.Cluster.map

    def forgetting(self, *given):
        for number, answer in enumerate(real(self, *given)):
            yield ClusterAnswer(None, "KilledWorker") if number % 2 else answer

    monkeypatch.setattr(clusters.Cluster, "map", forgetting)
    assert told(compile_shapes(ours), broken, cluster.address) == told(compile_shapes(ours), broken)


def test_a_killed_worker_costs_nothing_but_time(tmp_path, ours, broken):
    """One of two is killed while they work."""
    with dask_cluster(tmp_path) as processes, ThreadPoolExecutor(1) as pool:
        compiled = compile_shapes(ours)
        future = pool.submit(validate_on_cluster, compiled, broken, processes.address)
        os.kill(processes.workers[0].pid, signal.SIGKILL)
        assert future.result() == compile_shapes(ours).validate(broken)


def test_what_is_wrong_in_a_file_is_told_as_here(cluster, tmp_path, ours):
    """With its name and line, also where it is cut."""
    text = CATALOGUE.read_text(encoding="utf-8")
    wrong = tmp_path / "wrong.ttl"
    wrong.write_text(f"{text}\n<urn:a> <urn:b> .\n{text}", encoding="utf-8")
    errors = []
    for dask in ("", cluster.address):
        with pytest.raises(NotRdf) as caught:
            told(compile_shapes(ours), [wrong], dask)
        errors.append(str(caught.value))
    assert errors[0] == errors[1]


def test_a_file_that_may_not_be_cut_is_sent_whole(cluster, tmp_path, ours, lost):
    """A text over several lines far behind the beginning: the guess that it may be cut was wrong."""
    text = CATALOGUE.read_text(encoding="utf-8")
    path = tmp_path / "long.ttl"
    path.write_text(f'{text}\n<urn:a> <urn:b> """one\ntwo""" .\n', encoding="utf-8")
    assert told(compile_shapes(ours), [path], cluster.address) == told(compile_shapes(ours), [path])
    assert "nothing" in lost


def test_what_workers_do_can_be_done_without_their_files(tmp_path):
    """A piece with its bytes gives what the piece of the file gives, though the file is gone."""
    path = tmp_path / "a.nt"
    path.write_text("".join(f'<{BASE}n{one % 7}> <{BASE}name> "{one}" .\n' for one in range(9000)), encoding="utf-8")
    compiled = compile_shapes(SHAPES)
    with Intake() as intake:
        pieces = reading.divide(intake.files([path]))
        assert len(pieces) > 1
        here = [index_piece(compiled, piece) for piece in pieces]
        sent = [piece.with_bytes() for piece in pieces]
        blocks = [list(reading.blocks(piece)) for piece in pieces]
        path.unlink()
        assert [index_piece(compiled, piece) for piece in sent] == here
        assert [list(reading.blocks(piece)) for piece in sent] == blocks
        compiled.use_index(compiled.empty_index())
        judged = judge_piece(compiled, frozenset(), sent[0])
    assert judged.focus_nodes >= 7
    assert judged.scattered == []


def test_a_cluster_that_is_not_there_is_told(monkeypatch, ours, broken):
    """It is wrong usage, and nothing is validated in secret."""
    need_dask()
    monkeypatch.setattr(clusters, "_PATIENCE", 1)
    with pytest.raises(UsageError, match="No scheduler"):
        validate_on_cluster(compile_shapes(ours), broken, "tcp://127.0.0.1:1")
