"""What is wrong with single values, as results."""

import json

import pyoxigraph
import pytest
from support.web_documents import TURTLE, command

from dcat_hk.checking.sources.findings import SourceFinding, _rules, as_results

BAD = """@prefix dcat: <http://www.w3.org/ns/dcat#> .
<http://a.example/d> a dcat:Dataset ;
  dcat:landingPage <http://a.example/b c> .
"""


def test_findings_are_results_in_one_order_each_once():
    """The order of findings, and how often a file was looked at, make no difference."""
    one, two = SourceFinding("b.ttl", 2, "x y", "invalid-iri"), SourceFinding("a.ttl", 10, "", "empty-file")
    results = as_results([one, two, one])
    assert [(result.focus_node, result.severity, result.value) for result in results] == [
        ("a.ttl:10", "Warning", ""),
        ("b.ttl:2", "Violation", '"x y"'),
    ]


def test_long_values_are_shortened():
    """A value of any length makes a line of a report."""
    assert len(as_results([SourceFinding("a", 1, "x" * 10_000, "invalid-iri")])[0].value) < 300


@pytest.mark.parametrize("rule", sorted(_rules()))
def test_each_rule_has_its_message_in_three_languages(rule):
    """Messages end as sentences do, and say nothing of a single value."""
    messages = dict(SourceFinding("a", 1, "x", rule).messages)
    assert set(messages) == {"en", "zh-Hant", "zh-Hans"}
    assert messages["en"].endswith(".")
    assert messages["zh-Hant"].endswith("。")
    assert "{" not in "".join(messages.values())


@pytest.mark.parametrize("format_name", ["text", "json", "ttl", "sarif", "html", "junit"])
def test_every_format_tells_file_line_and_value(make_file, format_name):
    """A bad IRI is a violation in each report, beside what is found in the rest of the file."""
    done = command("validate", "--profile", "dcat-ap", "--format", format_name, make_file("bad.ttl", BAD))
    assert done.exit_code == 4
    parts = ["bad.ttl", {"sarif": '"startLine": 3'}.get(format_name, ":3")]
    for part in [*parts, "http://a.example/b c"][: 2 if format_name == "sarif" else 3]:
        assert part in done.stdout.replace("\\u0020", " ")
    assert "title" in done.stdout
    messages = command("validate", "--profile", "dcat-ap", "--lang", "zh-HK", make_file("bad.ttl", BAD)).stdout
    assert "並非 IRI" in messages or format_name != "text"


def test_a_score_tells_findings_beside_its_report(make_file):
    """The score of what could be read is printed, and on standard error what was changed to read it."""
    done = command("score", make_file("bad.ttl", BAD))
    assert done.exit_code == 0
    assert "bad.ttl:3: The value is no IRI." in done.stderr
    assert "http://a.example/b c" in done.stderr
    chinese = command("score", "--lang", "zh-HK", make_file("bad.ttl", BAD)).stderr
    assert chinese.startswith("違規: ")


def test_a_report_in_turtle_can_be_read(make_file):
    """The place of a finding is a literal: names of files are no IRIs."""
    path = make_file("b d.ttl", BAD)
    done = command("validate", "--profile", "dcat-ap", "--format", "ttl", path)
    quads = list(pyoxigraph.parse(done.stdout, format=pyoxigraph.RdfFormat.TURTLE))
    assert pyoxigraph.Literal(f"{path}:3") in [quad.object for quad in quads]


def test_an_outcome_of_two_files_tells_which(make_file):
    """In JSON and SARIF a finding names its own file, not the first."""
    good, bad = make_file("good.ttl", TURTLE), make_file("bad.ttl", BAD)
    report = json.loads(command("validate", "--profile", "dcat-ap", "--format", "json", good, bad).stdout)
    (finding,) = [result for result in report["results"] if "source:" in result["component"]]
    assert (finding["file"], finding["locator"]) == (str(bad), "lines 3-3")
