"""The outcome as text for a terminal."""

import re

from support.validation_outcomes import outcome, result

from dcat_hk.checking.validating.report_text import as_summary, as_text, as_text_by_thing, total


def test_a_cause_lists_its_first_focus_nodes():
    """Twenty focus nodes are listed for a cause, and the number of the others."""
    lines = as_text(outcome(*(result(f"urn:{n:02}") for n in range(23)))).splitlines()
    assert lines[0] == "Violation × 23: dct:title is missing. Add it."
    assert lines[1] == "    urn:00"
    assert (len(lines), lines[-1]) == (22, "    … and 3 more")
    assert "more" not in as_text(outcome(*(result(f"urn:{n:02}") for n in range(20))))


def test_lines_have_value_and_place():
    """A line has the focus node, the value and the place in the plan; the same line comes once."""
    twice = [result(value='"x"') for _number in range(2)]
    assert as_text(outcome(*twice)).splitlines()[1:] == ['    urn:a  "x"  plan.txt, lines 3-5']


def test_text_by_thing_has_every_message():
    """A thing has the number of its results, its place, and each message with severity and value."""
    results = [result(value='"x"', messages=(("en", "Wrong."),)), result(severity="Info", messages=(("en", "Odd."),))]
    assert as_text_by_thing(outcome(*results)).splitlines() == [
        "2 ×  urn:a  plan.txt, lines 3-5",
        '    Violation: Wrong.  "x"',
        "    Info: Odd.",
    ]


def test_data_cannot_command_a_terminal():
    """Control characters of focus nodes and values are replaced in every text."""
    report = outcome(result("urn:\x1b[31m", value='"\x9b\u202e"'))
    for text in (as_text(report), as_text_by_thing(report)):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text)


def test_the_sum_counts_what_fails_as_violations():
    """A severity of the shapes' own is counted as a violation; a summary has one line for each cause."""
    report = outcome(result(), result(severity="urn:grave"), result(severity="Info"))
    assert total(report) == "Violations: 2. Other results: 1."
    assert len(as_summary(report).splitlines()) == 3
    assert (as_text(outcome()), as_summary(outcome())) == ("", "")
