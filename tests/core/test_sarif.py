"""Findings as SARIF."""

from dcat_hk.core.errors import Finding
from dcat_hk.core.place import Place
from dcat_hk.core.sarif import SarifLog, SarifResult, sarif_of_findings, uri_of


def test_rules_are_listed_once_and_results_point_at_them():
    """Each result has the index of its own rule in the list of rules."""
    findings = [Finding(code, "a.txt", Place(1, 2)) for code in ("missing-number", "missing-date", "missing-number")]
    (run,) = sarif_of_findings(findings, "en")["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == ["missing-date", "missing-number"]
    assert [rules[one["ruleIndex"]] for one in run["results"]] == [one["ruleId"] for one in run["results"]]
    assert [one["ruleId"] for one in run["results"]] == [finding.code for finding in findings]


def test_a_place_in_lines_is_a_region():
    """Lines become a region, counted from 1 with both ends included."""
    (location,) = _locations(Place(16, 18))
    assert location["physicalLocation"]["region"] == {"startLine": 16, "endLine": 18}
    assert "logicalLocations" not in location


def test_a_place_in_words_is_no_region():
    """A row of a table has no lines that an editor could open; its words are a logical location."""
    (location,) = _locations(Place(8, 8, "sheet A, row 7", "sheet A, row 7"))
    assert "region" not in location["physicalLocation"]
    assert location["logicalLocations"] == [{"fullyQualifiedName": "sheet A, row 7"}]


def test_a_finding_about_a_whole_document_has_only_its_file():
    """Without a place neither a region nor a logical location is invented."""
    assert _locations(None) == [{"physicalLocation": {"artifactLocation": {"uri": "a.txt"}}}]


def test_files_are_uri_references():
    """Names of files outside ASCII are percent-encoded; an address stays one."""
    assert uri_of("計劃.txt") == "%E8%A8%88%E5%8A%83.txt"
    assert uri_of("plans.zip/a?b.txt") == "plans.zip/a%3Fb.txt"
    assert uri_of("https://a.example/plan.txt") == "https://a.example/plan.txt"


def test_a_colon_in_a_file_name_begins_no_scheme():
    """The name “Plan: 2024.txt” must not be read as an address of the scheme “plan” (RFC 3986, section 4.2)."""
    assert uri_of("Plan: 2024.txt") == "Plan%3A%202024.txt"


def _locations(place):
    """Return the locations of a result at a place."""
    log = SarifLog({}, [SarifResult("r", "error", "Wrong.", "a.txt", place)])
    (result,) = log.as_json()["runs"][0]["results"]
    return result["locations"]
