"""The outcome as JUnit XML."""

from xml.etree import ElementTree

from support.validation_outcomes import outcome, result

from dcat_hk.checking.validating.report_junit import as_junit


def suite(report):
    """Return the test suite of an outcome."""
    return ElementTree.fromstring(as_junit(report))  # noqa: S314 - ours


def test_a_cause_fails_if_its_severity_does():
    """A violation is a failure with one line for each focus node; a warning is output of a case that passes."""
    cases = suite(outcome(result(), result("urn:b"), result("urn:c", "Warning")))
    assert (cases.get("tests"), cases.get("failures")) == ("2", "1")
    failed, passed = cases
    assert failed.find("failure").text.splitlines() == ["urn:a  plan.txt, lines 3-5", "urn:b"]
    assert failed.get("name") == "Violation dct:title urn:shapes#s"
    assert passed.find("failure") is None
    assert "dct:title is missing" in passed.find("system-out").text


def test_without_results_one_case_passes():
    """A tool that counts cases sees that something was tested."""
    cases = suite(outcome())
    assert [case.get("name") for case in cases] == ["conforms"]
    assert cases.get("failures") == "0"


def test_characters_that_xml_has_not_are_replaced():
    """Mark-up, quotation marks and control characters of data are text in the report."""
    cases = suite(outcome(result('urn:"<x>&\x01', value='"\ufffe]]>"', messages=(("en", 'Say "<b>"\x00'),))))
    failure = cases.find("testcase/failure")
    assert failure.get("message") == 'Say "<b>"\ufffd'
    assert failure.text == 'urn:"<x>&\ufffd  "\ufffd]]>"'
