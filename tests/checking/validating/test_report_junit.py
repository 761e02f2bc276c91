"""The outcome as JUnit XML."""

from xml.etree import ElementTree

import lxml.etree
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
    assert failed.get("name") == "Violation dct:title urn:shapes#s MinCount 1"
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


#: What readers of JUnit reports agree upon, in RELAX NG.
SCHEMA = """
<element name="testsuite" xmlns="http://relaxng.org/ns/structure/1.0"
    datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
  <attribute name="name"/>
  <attribute name="tests"><data type="positiveInteger"/></attribute>
  <attribute name="failures"><data type="nonNegativeInteger"/></attribute>
  <attribute name="errors"><value>0</value></attribute>
  <attribute name="skipped"><value>0</value></attribute>
  <oneOrMore>
    <element name="testcase">
      <attribute name="name"><data type="string"><param name="minLength">1</param></data></attribute>
      <attribute name="classname"/>
      <optional><choice>
        <element name="failure"><attribute name="message"/><attribute name="type"/><text/></element>
        <element name="system-out"><text/></element>
      </choice></optional>
    </element>
  </oneOrMore>
</element>
"""


def test_a_report_is_valid():
    """Every report has the elements and attributes that readers know, and cases with different names."""
    schema = lxml.etree.RelaxNG(lxml.etree.fromstring(SCHEMA))
    components = [
        result(component=f"{name}ConstraintComponent", parameters=((name, value),))
        for name in ("Class", "In")
        for value in ("<urn:a>", "<urn:b>")
    ]
    for report in (outcome(), outcome(result()), outcome(result(severity="Info")), outcome(result(), *components)):
        schema.assertValid(lxml.etree.fromstring(as_junit(report).encode()))
        cases = suite(report)
        assert len({case.get("name") for case in cases}) == len(cases) == max(len(report.causes()), 1)


def test_messages_of_their_own_stand_in_the_lines():
    """Results of one query with different messages each have theirs."""
    one, other = (result(node, messages=(("en", f"Say {node}."),)) for node in ("urn:a", "urn:b"))
    assert suite(outcome(one, other)).find("testcase/failure").text.splitlines() == [
        "urn:a  plan.txt, lines 3-5  Say urn:a.",
        "urn:b  Say urn:b.",
    ]
