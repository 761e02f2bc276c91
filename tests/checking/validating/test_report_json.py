"""The outcome as JSON."""

import json

from support.validation_outcomes import TITLE, outcome, result

from dcat_hk.checking.validating.report_json import as_json


def test_each_result_has_its_origin_and_a_message():
    """A result has the file, plan and lines of its focus node, its messages by language, and one in the language."""
    messages = (("en", "Add it."), ("zh-Hant", "請加上。"))
    report = json.loads(as_json(outcome(result(messages=messages), result("urn:none"), language="zh-Hant")))
    first, second = report["results"]
    assert (first["file"], first["plan"], first["locator"]) == ("data.ttl", "plan.txt", "lines 3-5")
    assert (first["message"], first["messages"]) == ("請加上。", dict(messages))
    assert "file" not in second
    assert report["things"][0] == {"thing": "urn:a", "count": 1, "from": "plan.txt, lines 3-5"}


def test_a_report_conforms_without_violations():
    """Warnings do not keep data from conforming; whether they fail is for the options to say."""
    report = json.loads(as_json(outcome(result(severity="Warning"), fail_on="warning")))
    assert (report["conforms"], report["failed"]) == (True, True)
    assert report["counts"] == {"Violation": 0, "Warning": 1, "Info": 0}
    grave = json.loads(as_json(outcome(result(severity="urn:grave"))))
    assert (grave["conforms"], grave["failed"]) == (False, True)


def test_a_summary_has_causes_only():
    """A summary leaves out things and results; a cause has the link of its shape."""
    report = json.loads(as_json(outcome(result(), result("urn:b"), links={"urn:shapes#s": "https://a.example/"}), True))
    assert not {"things", "results"} & set(report)
    (cause,) = report["causes"]
    assert (cause["count"], cause["path"], cause["see"]) == (2, TITLE, "https://a.example/")
