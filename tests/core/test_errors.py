"""Errors and findings: their texts, exit codes and languages."""

import pickle
import re

import pytest
from support.paths import ROOT

from dcat_hk.core import errors
from dcat_hk.core.errors import DcatHkError, Finding, InputError, NotAPlan, ReadingFault, contain_faults, rules
from dcat_hk.core.languages import LANGUAGES
from dcat_hk.core.place import Place


def test_an_error_without_place_or_advice_is_its_message():
    """The line has neither a colon in front nor a blank behind where parts are missing."""
    assert str(InputError("The file is empty.")) == "The file is empty."
    assert str(InputError("The file is empty.", "a.txt")) == "a.txt: The file is empty."


def test_an_error_keeps_its_parts_on_the_way_between_processes():
    """A worker's error arrives with its class, message, place and advice."""
    sent = pickle.dumps(NotAPlan("It is empty.", "a.txt", "Give another."))
    arrived = pickle.loads(sent)  # noqa: S301 - made in the line above
    assert (type(arrived), arrived.message, arrived.where, arrived.advice) == (
        NotAPlan,
        "It is empty.",
        "a.txt",
        "Give another.",
    )


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("UsageError", 2),
        ("NotReadable", 3),
        ("NotAPlan", 3),
        ("ReadingFault", 3),
        ("NotRdf", 3),
        ("NoAnswerError", 5),
        ("WorkerLost", 1),
    ],
)
def test_exit_codes_are_those_of_the_help(name, code):
    """Each error has the exit code that the help of the commands documents for its kind."""
    kind = getattr(errors, name)
    assert issubclass(kind, DcatHkError)
    assert kind.exit_code == code


def test_a_finding_names_its_document_and_place():
    """A finding without a place is about the whole document."""
    assert Finding("missing-date", "a.txt", Place(3, 4)).where == "a.txt: lines 3-4"
    assert Finding("missing-date", "a.txt").where == "a.txt"


def test_a_finding_has_its_values_in_every_language():
    """The printed word stands in the message of each language, and no field is left open."""
    finding = Finding("unread-date", "a.txt", None, {"date": "TBC"})
    messages = {finding.message(language) for language in LANGUAGES}
    assert len(messages) == 3
    assert all("TBC" in message and "{" not in message for message in messages)
    assert all(finding.advice(language) for language in LANGUAGES)


def test_an_advice_has_its_values_as_the_message_has():
    """What is advised names the case at hand, and no name in braces is left over."""
    finding = Finding("unread-heading", "plan.txt", None, {"text": "E. Others", "nearest": "D. Released", "count": "2"})
    for language in LANGUAGES:
        assert "D. Released" in finding.advice(language)
        assert "{" not in finding.advice(language)


def test_every_rule_is_called_by_its_code():
    """The table of rules is keyed by the codes of its rules."""
    assert all(rule.code == code for code, rule in rules().items())


def test_every_finding_is_declared_and_used():
    """Each code of the table is reported somewhere in the code, and each code in the code stands in the table."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "dcat_hk").rglob("*.py"))
    assert [name for name in rules() if f'"{name}"' not in code] == []
    assert set(re.findall(r'Finding\(\s*"([a-z-]+)"', code)) - set(rules()) == set()


@pytest.mark.parametrize("fault", [ValueError("claimed twice"), KeyError("x"), RecursionError(), AssertionError()])
def test_a_bug_becomes_the_error_of_the_input_at_hand(fault):
    """Whatever a bug raises, the error names the input and the bug, and has it as its cause."""
    with pytest.raises(ReadingFault, match=type(fault).__name__) as raised, contain_faults("a.txt"):
        raise fault
    assert (raised.value.where, raised.value.__cause__) == ("a.txt", fault)
    assert raised.value.advice


@pytest.mark.parametrize("error", [NotAPlan("It is empty."), MemoryError(), KeyboardInterrupt()])
def test_what_is_no_bug_goes_through(error):
    """An error of dcat-hk stays what it is, and lack of memory or an interruption is nothing that an input can have."""
    with pytest.raises(type(error)) as raised, contain_faults("a.txt"):
        raise error
    assert raised.value is error
