"""The report and the manifest of a build."""

import json

import pytest
from rdflib import Graph
from support.entries import make_entry

from dcat_hk.catalogue.publishing.report import InputOutcome, all_results, write_manifest, write_report
from dcat_hk.core.errors import Finding
from dcat_hk.core.languages import LANGUAGES
from dcat_hk.core.place import Place
from dcat_hk.core.plan import Plan
from dcat_hk.core.results import Result
from dcat_hk.core.settings import Settings

BASE = "https://example.org/dcat-hk/"
WARNING = Result("Warning", f"{BASE}d", "", "", "MinCountConstraintComponent", f"{BASE}s", (("en", "No title."),))


def violation(number):
    """Return a violation about a dataset."""
    text = (("en", "No title."),)
    return Result(
        "Violation",
        f"{BASE}dataset/{number}",
        "http://purl.org/dc/terms/title",
        "",
        "MinCountConstraintComponent",
        f"{BASE}s",
        text,
    )


def report(folder, *outcomes, top=(), validated=True):
    """Write a report and return its JSON and its graph."""
    digests = write_report(folder, outcomes, top, BASE, validated)
    assert sorted(digests) == ["report.json", "report.ttl"]
    graph = Graph().parse(folder / "report.ttl")
    return json.loads((folder / "report.json").read_text(encoding="utf-8")), graph


def test_the_report_says_what_was_read(catalogue):
    """The report counts rows by plan, says that the catalogue conforms, and lists findings with advice."""
    report = json.loads((catalogue / "report.json").read_text(encoding="utf-8"))
    assert report["conforms"] is True
    assert {plan["input"][:3]: (plan["rows"], plan["released"], plan["planned"]) for plan in report["plans"]} == {
        "000": (35, 17, 18),
        "001": (56, 47, 9),
        "002": (16, 12, 4),
        "003": (53, 44, 9),
        "004": (33, 33, 0),
    }
    findings = [finding for plan in report["plans"] for finding in plan["findings"]]
    assert all(set(finding["advice"]) == {"en", "zh-Hant", "zh-Hans"} for finding in findings)
    assert {result["severity"] for result in report["results"]} == {"Warning"}


def test_the_report_is_a_shacl_report(catalogue):
    """report.ttl is a validation report without blank nodes, with as many results as report.json counts."""
    from rdflib import RDF, SH, BNode, Graph

    graph = Graph().parse(catalogue / "report.ttl")
    report = json.loads((catalogue / "report.json").read_text(encoding="utf-8"))
    assert len(set(graph.subjects(RDF.type, SH.ValidationResult))) == sum(r["count"] for r in report["results"])
    assert len(set(graph.subjects(RDF.type, SH.ValidationReport))) == 1
    assert not any(isinstance(term, BNode) for triple in graph for term in triple)


@pytest.mark.parametrize(
    ("results", "validated", "conforms"),
    [([], True, True), ([WARNING], True, True), ([violation(1)], True, False), ([], False, None)],
)
def test_only_violations_do_not_conform(tmp_path, results, validated, conforms):
    """Warnings conform; a catalogue that was not validated is not said to conform, in neither file."""
    as_json, graph = report(tmp_path, InputOutcome("a.txt", results=results), validated=validated)
    assert as_json["conforms"] is conforms
    values = [o.toPython() for p, o in graph.predicate_objects() if str(p).endswith("shacl#conforms")]
    assert values == ([] if conforms is None else [conforms])


def test_results_of_one_cause_are_counted_together(tmp_path):
    """Two datasets that violate one shape in the same way are one cause with a count of two."""
    outcome = InputOutcome("a.txt", results=[violation(1), violation(2)])
    as_json, _graph = report(tmp_path, outcome, top=[violation(1), WARNING])
    assert [(cause["severity"], cause["count"]) for cause in as_json["results"]] == [("Violation", 2), ("Warning", 1)]
    assert all_results([outcome], [violation(1)]) == [violation(1), violation(2)]


def test_refused_inputs_are_listed_apart(tmp_path):
    """An input that was refused is no plan of the report; its message is kept."""
    as_json, _graph = report(tmp_path, InputOutcome("a.txt"), InputOutcome("b.txt", refused="b.txt: It is empty."))
    assert [plan["input"] for plan in as_json["plans"]] == ["a.txt"]
    assert as_json["refused"] == [{"input": "b.txt", "message": "b.txt: It is empty."}]


def test_an_outcome_counts_rows_by_stage():
    """Released and planned rows add up to all rows."""
    entries = (make_entry(), make_entry(date_role="target"), make_entry())
    outcome = InputOutcome("a.txt")
    outcome.count(Plan("a.txt", "0" * 64, "香港天文台", "", (2024, 2026), "Hant", None, entries))
    assert (outcome.rows, outcome.released, outcome.planned, outcome.years) == (3, 2, 1, (2024, 2026))


def test_a_finding_is_told_in_every_language():
    """JSON has message and advice in each language, and no place where there is none."""
    finding = Finding("unread-date", "a.txt", None, {"date": "TBC"}).to_dict()
    assert (finding["code"], finding["severity"], finding["place"]) == ("unread-date", "warning", None)
    assert set(finding["message"]) == set(finding["advice"]) == set(LANGUAGES)
    assert Finding("missing-date", "a.txt", Place(3, 3)).to_dict()["place"] == "lines 3-3"


def test_the_manifest_states_settings_inputs_and_outputs(tmp_path):
    """Files are listed by name with digest and size, a refused input without a plan, empty settings not at all."""
    outcomes = [InputOutcome("a.txt", "aa", 3, path="plans/hk-hko/2024-2026"), InputOutcome("b.txt", refused="x")]
    write_manifest(tmp_path, outcomes, Settings(base_iri=BASE), {"z": ("zz", 2), "c": ("cc", 1)}, {})
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["inputs"]["a.txt"] == {"sha256": "aa", "bytes": 3, "plan": "plans/hk-hko/2024-2026"}
    assert manifest["inputs"]["b.txt"]["plan"] is None
    assert list(manifest["outputs"].items()) == [
        ("c", {"sha256": "cc", "bytes": 1}),
        ("z", {"sha256": "zz", "bytes": 2}),
    ]
    assert manifest["settings"]["base_iri"] == BASE
    assert "contact" not in manifest["settings"]
