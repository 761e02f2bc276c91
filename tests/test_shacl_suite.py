"""The W3C test suite of SHACL Core, run from where it lies: what passes, what fails, what is refused."""

import csv
import io
from collections import Counter

import pytest
from conftest import ROOT

from dcat_hk.checking.shacl import Unsupported, compile_shapes
from dcat_hk.checking.shacl.literals import parts_of
from dcat_hk.checking.shacl.paths import members, read_path
from dcat_hk.checking.shacl.shapes import graph_of
from dcat_hk.checking.shacl.triples import read_triples
from dcat_hk.core.results import name_of, shacl_name, with_canonical_tag

MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
SHT = "http://www.w3.org/ns/shacl-test#"
SH = "http://www.w3.org/ns/shacl#"
#: What a result states.
STATED = ("focusNode", "resultPath", "value", "sourceConstraintComponent", "resultSeverity", "sourceShape")
#: The table that the documentation shows.
TABLE = ROOT / "tests" / "golden" / "shacl-suite.csv"


class Suite:
    """Files of the suite, each read once, so that a blank node has one name wherever it appears."""

    def __init__(self, folder):
        self.folder = folder
        self.files = {}

    def triples(self, iri):
        """Return the triples of a file."""
        if iri not in self.files:
            path = self.folder / iri[1:-1].split("/core/", 1)[1]
            self.files[iri] = list(read_triples([path]))
        return self.files[iri]

    def cases(self, iri=None):
        """Yield name and node of every case, with the graph that describes it."""
        iri = iri or f"<{(self.folder / 'manifest.ttl').resolve().as_uri()}>"
        graph = graph_of(self.triples(iri))
        for node, said in graph.items():
            for entries in said.get(f"<{MF}entries>", []):
                for case in members(graph, entries):
                    yield case[1:-1].split("/core/")[1].removesuffix(".ttl"), case, graph
            for included in said.get(f"<{MF}include>", []):
                yield from self.cases(included)
            assert node


def expected_of(graph, case):
    """Return what a case expects: whether data conform, and each result as a tuple."""
    (report,) = graph[case][f"<{MF}result>"]
    if report == f"<{SHT}Failure>":
        return None
    found = Counter()
    for node in graph[report].get(f"<{SH}result>", []):
        said = graph[node]
        value = {name: said.get(f"<{SH}{name}>", [""])[0] for name in STATED}
        path = read_path(graph, value["resultPath"]).shown if value["resultPath"] else ""
        messages = tuple(sorted(parts_of(m)[1::-1] for m in said.get(f"<{SH}resultMessage>", [])))
        found[(name_of(value["focusNode"]), path, with_canonical_tag(value["value"]),
               shacl_name(value["sourceConstraintComponent"]), shacl_name(value["resultSeverity"]),
               name_of(value["sourceShape"]), messages)] += 1  # fmt: skip
    return found


def judged(suite, graph, case):
    """Return how a case ends, and why: passed, failed or refused."""
    (action,) = graph[case][f"<{MF}action>"]
    data, shapes = (graph[action][f"<{SHT}{name}Graph>"][0] for name in ("data", "shapes"))
    expected = expected_of(graph, case)
    try:
        results = compile_shapes(suite.triples(shapes)).validate(suite.triples(data))
    except Unsupported as error:
        why = "; ".join(sorted({construct for construct, _shape in error.constructs}))
        return ("passed", "the failure that is expected") if expected is None else ("refused", why)
    if expected is None:
        return "failed", "a failure is expected"
    states_messages = any(key[-1] for key in expected)
    found = Counter(
        (r.focus_node, r.path, r.value, r.component, r.severity, r.source_shape, r.messages if states_messages else ())
        for r in results
    )
    if found == expected:
        return "passed", ""
    return "failed", f"missing {dict(expected - found)}, not expected {dict(found - expected)}"


@pytest.fixture(scope="module")
def endings(shared):
    """Return how each case ends."""
    suite = Suite(shared / "reference/shacl-test-suite/core")
    return {name: judged(suite, graph, case) for name, case, graph in suite.cases()}


def test_every_case_is_found(endings, shared):
    """Every file of the suite that is a test is run."""
    folder = shared / "reference/shacl-test-suite/core"
    files = [
        path
        for path in folder.rglob("*.ttl")
        if f"<{SHT}Validate>" in path.read_text() or "sht:Validate" in path.read_text()
    ]
    assert len(endings) == len(files) == 98


def test_no_case_fails(endings):
    """Every case inside the subset gives what it expects."""
    assert {name: why for name, (ending, why) in endings.items() if ending == "failed"} == {}


def test_the_table_is_current(endings, golden):
    """The list of passed, failed and refused cases is what the documentation shows."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["case", "ending", "why"])
    writer.writerows([name, *ending] for name, ending in sorted(endings.items()))
    golden(TABLE.name, file.getvalue())
