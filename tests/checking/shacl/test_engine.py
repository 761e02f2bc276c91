"""The engine: the same results from any syntax, in any order, by any number of processes."""

import gzip
import random
import re
import threading
import time
from collections import Counter
from pathlib import Path

import pyoxigraph
import pytest
from support.bounds import is_within
from support.paths import ROOT
from support.shacl_graphs import BASE, turtle

from dcat_hk.checking.shacl import compile_shapes, spool
from dcat_hk.checking.shacl import engine as running
from dcat_hk.checking.shacl import triples as reading
from dcat_hk.checking.shacl.triples import read_triples
from dcat_hk.checking.sources import Intake
from dcat_hk.checking.sources.syntaxes import syntax_of
from dcat_hk.core.errors import NotRdf, NotReadable
from dcat_hk.core.namespaces import RDF

CATALOGUE = ROOT / "output" / "catalogue.ttl"


@pytest.fixture(scope="module")
def broken(tmp_path_factory):
    """Return a broken catalogue as a file of Turtle, without blank nodes."""
    path = tmp_path_factory.mktemp("broken") / "catalogue.ttl"
    text = CATALOGUE.read_text(encoding="utf-8")
    path.write_text(re.sub(r"\n  dct:identifier[^;]*;", "", text, count=20), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def expected(ours, broken):
    """Return the results of the broken catalogue, in one process."""
    results = compile_shapes(ours).validate(broken, 1)
    assert len(results) > 255
    return results


@pytest.fixture
def cut(monkeypatch):
    """Make pieces small and memory smaller, so that a small file is shared out as a large one is."""
    monkeypatch.setattr(reading, "PIECE", 40_000)
    monkeypatch.setattr(running, "SMALL", 0)
    monkeypatch.setattr(spool.Spool.__init__, "__defaults__", (5_000,))


@pytest.mark.usefixtures("cut")
@pytest.mark.parametrize("limit", [5_000, 10**9], ids=["in files", "in memory"])
@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_processes_share_the_work(ours, broken, expected, jobs, limit, monkeypatch):
    """Any number of processes finds the same, whether they keep what they read or set it aside."""
    monkeypatch.setattr(spool.Spool.__init__, "__defaults__", (limit,))
    assert compile_shapes(ours).validate(broken, jobs) == expected


@pytest.mark.usefixtures("cut")
@pytest.mark.parametrize("limit", [50, 10**9], ids=["in files", "in memory"])
def test_processes_find_what_lies_with_others(tmp_path, limit, monkeypatch):
    """Subjects that two processes have read, classes that another knows, and nodes that nobody describes are right."""
    monkeypatch.setattr(spool.Spool.__init__, "__defaults__", (limit,))
    shapes = turtle(
        "ex:s sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:minCount 2 ; sh:class ex:D ] . "
        "ex:t sh:targetNode ex:nobody, ex:n5 ; sh:property [ sh:path ex:q ; sh:minCount 1 ] . "
        "ex:u sh:targetObjectsOf ex:p ; sh:property [ sh:path [ sh:inversePath ex:p ] ; sh:maxCount 1 ] ."
    )
    link = "<urn:x:n{}> <urn:x:{}> <urn:x:{}> .\n".format
    rows = [
        *(link(number, "p", f"m{number}") for number in range(3000)),
        *(f"<urn:x:n{number}> a <urn:x:C> .\n" for number in range(3000)),
        *(f"<urn:x:m{number}> a <urn:x:D> .\n" for number in range(0, 3000, 2)),
        *(link(number, "p", "m2") for number in range(0, 3000, 3)),
    ]
    path = tmp_path / "a.nt"
    path.write_text("".join(rows).replace(" a ", f" <{RDF.type}> "), encoding="utf-8")
    program = compile_shapes(shapes)
    found = [(program.validate(path, jobs), program.focus_nodes) for jobs in (1, 2, 3)]
    assert found[1:] == found[:1] * 2
    results = found[0][0]
    # Two thousand have one value only, half of the first values are no ex:D; ex:nobody and ex:n5 have no ex:q.
    assert Counter(result.component.removesuffix("ConstraintComponent") for result in results) == {
        "MinCount": 1999 + 1 + 2,
        "Class": 1500,
        "MaxCount": 1,
    }


@pytest.mark.usefixtures("cut")
@pytest.mark.parametrize("line", ['<urn:a> <urn:b> """x\n. """ .', "@prefix dct: <urn:y:> ."])
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_file_that_may_not_be_cut_is_read_as_a_whole(broken, tmp_path, ours, line, jobs):
    """What was guessed wrong makes no difference to the results."""
    head, *statements = broken.read_text(encoding="utf-8").split("\n\n")
    middle = len(statements) // 2
    path = tmp_path / "whole.ttl"
    path.write_text("\n\n".join([head, *statements[:middle], line, *statements[middle:]]), encoding="utf-8")
    assert len(reading.divide(Intake().files([path]))) == 1
    lines = tmp_path / "lines.nt"
    quads = pyoxigraph.parse(path=str(path), base_iri=path.as_uri())
    lines.write_text("".join(f"{quad.triple} .\n" for quad in quads), encoding="utf-8")
    program = compile_shapes(ours)
    assert program.validate(path, jobs) == program.validate(lines, 1)


def test_without_copies_of_the_process_one_does_the_work(ours, broken, expected, monkeypatch):
    """Where a process cannot be copied, the one there is finds the same."""
    monkeypatch.delattr("os.fork")
    assert compile_shapes(ours).validate(broken) == expected


@pytest.mark.usefixtures("cut")
def test_beside_other_threads_one_process_finds_the_same(ours, broken, expected, monkeypatch):
    """Where a thread is started after the number of processes was chosen, nothing is lost: one process does it all."""
    monkeypatch.setattr(running, "process_count", lambda jobs: jobs)
    end = threading.Event()
    thread = threading.Thread(target=end.wait)
    thread.start()
    try:
        assert compile_shapes(ours).validate(broken, 2) == expected
    finally:
        end.set()
        thread.join()


@pytest.mark.usefixtures("cut")
@pytest.mark.parametrize("suffix", ["nt", "nq", "trig", "rdf", "jsonld", "ttl.gz", "nt.gz"])
def test_every_syntax_gives_the_same(ours, broken, expected, tmp_path, suffix):
    """The same catalogue in another syntax, compressed or not, has the same results."""
    kind = syntax_of(Path(f"x.{suffix}"))
    data = pyoxigraph.serialize(
        (quad.triple for quad in pyoxigraph.parse(path=str(broken), base_iri=BASE)), format=kind
    )
    path = tmp_path / f"catalogue.{suffix}"
    path.write_bytes(gzip.compress(data) if suffix.endswith(".gz") else data)
    assert compile_shapes(ours).validate(path, 2) == expected


@pytest.mark.usefixtures("cut")
def test_the_order_of_triples_does_not_matter(ours, broken, expected, tmp_path):
    """Triples of a subject that lie apart come together again, those said twice count once."""
    lines = [f"{quad.triple} .\n" for quad in pyoxigraph.parse(path=str(broken), base_iri=BASE)]
    lines += lines[:500]
    random.Random(5).shuffle(lines)
    path = tmp_path / "shuffled.nt"
    path.write_text("".join(lines), encoding="utf-8")
    assert compile_shapes(ours).validate(path, 2) == expected


def test_triples_and_files_give_the_same(ours, broken, expected):
    """Triples as strings, as pyoxigraph has them and from a file have the same results."""
    program = compile_shapes(ours)
    assert program.validate(list(read_triples([broken]))) == expected
    assert program.validate(pyoxigraph.parse(path=str(broken), base_iri=BASE)) == expected


def test_a_text_at_hand_gives_the_same_for_all_subjects_and_for_some(ours, broken, expected):
    """What is judged alone still sees all that paths lead to, and nothing is told of other subjects."""
    program, text = compile_shapes(ours), broken.read_text(encoding="utf-8")
    assert program.validate_text(text) == program.validate_text(text.encode()) == expected
    wanted = {result.focus_node for result in expected[::7]}
    some = [result for result in expected if result.focus_node in wanted]
    assert program.validate_text(text, wanted) == some
    assert 0 < len(some) < len(expected)
    assert program.validate_text(text, set()) == []


def test_of_targets_outside_a_text_only_those_are_judged_that_are_wanted():
    """Nodes that shapes name, and objects, are judged though they are no subject of anything."""
    shapes = turtle(
        "ex:s a sh:NodeShape ; sh:targetNode ex:a, ex:b ; sh:targetObjectsOf ex:q ; sh:property [ sh:path ex:p ; "
        "sh:minCount 1 ] ."
    )
    text = "<urn:x:c> <urn:x:q> <urn:x:d>, <urn:x:e> ."
    named = [result.focus_node for result in compile_shapes(shapes).validate_text(text)]
    assert named == ["urn:x:a", "urn:x:b", "urn:x:d", "urn:x:e"]
    some = compile_shapes(shapes).validate_text(text, {"urn:x:b", "urn:x:e", "urn:x:f"})
    assert [result.focus_node for result in some] == ["urn:x:b", "urn:x:e"]


def test_several_files_are_one_graph_with_blank_nodes_apart(tmp_path):
    """Files are put together, and a blank node of one is not that of another."""
    for name in "ab":
        (tmp_path / f"{name}.nt").write_text(f'_:x <urn:p> "{name}" .\n', encoding="utf-8")
    program = compile_shapes(turtle("ex:s sh:targetSubjectsOf <urn:p> ; sh:path <urn:p> ; sh:maxCount 0 ."))
    assert len(program.validate([tmp_path / "a.nt", tmp_path / "b.nt"])) == 2


@pytest.mark.usefixtures("cut")
def test_a_broken_line_is_named(broken, tmp_path, ours):
    """A file that is no RDF is refused with the line, in whichever piece it is."""
    path = tmp_path / "bad.ttl"
    text = broken.read_text(encoding="utf-8")
    path.write_text(f"{text}\n<urn:a> <urn:b .\n", encoding="utf-8")
    with pytest.raises(NotRdf) as caught:
        compile_shapes(ours).validate(path, 2)
    assert caught.value.where == f"{path}:{text.count(chr(10)) + 2}"


def test_a_missing_file_is_not_readable(tmp_path, ours):
    """A file that is not there, or holds no RDF under a name that says nothing, is an error of the input."""
    with pytest.raises(NotReadable):
        compile_shapes(ours).validate(tmp_path / "none.ttl")
    (tmp_path / "none.xyz").write_text("no RDF", encoding="utf-8")
    with pytest.raises(NotRdf):
        compile_shapes(ours).validate(tmp_path / "none.xyz")


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_thing_that_is_described_in_many_pieces_takes_time_in_proportion(ours, tmp_path, jobs, monkeypatch):
    """A dataset whose twenty thousand distributions stand between its statements is read in seconds, and read whole."""
    monkeypatch.setattr(running, "SMALL", 0)
    path = tmp_path / "split.nt"
    dataset, distribution = "<urn:d>", "<http://www.w3.org/ns/dcat#distribution>"
    lines = [f"{dataset} <{RDF.type}> <http://www.w3.org/ns/dcat#Dataset> .\n"]
    for number in range(20_000):
        lines.append(f"{dataset} {distribution} <urn:{number}> .\n")
        lines.append(f"<urn:{number}> <{RDF.type}> <http://www.w3.org/ns/dcat#Distribution> .\n")
    path.write_text("".join(lines), encoding="utf-8")
    began = time.process_time()
    results = compile_shapes(ours).validate(path, jobs)
    assert is_within(time.process_time() - began, 25)
    without_url = {result.focus_node for result in results if result.path.endswith("#accessURL")}
    assert len(without_url) == 20_000
