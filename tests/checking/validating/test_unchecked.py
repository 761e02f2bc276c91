"""Values that took too long to check: a violation in every report."""

import json

import pytest
from click.testing import CliRunner

from dcat_hk.checking.shacl import matching
from dcat_hk.checking.validating import FORMATS, ValidationOptions, validate_files
from dcat_hk.commands.cli import main

SHAPES = r"""@prefix sh: <http://www.w3.org/ns/shacl#> .
<urn:s> sh:targetSubjectsOf <urn:p> ; sh:property [ sh:path <urn:p> ; sh:pattern "^(?:(a|aa)+)+\\1x$" ] ."""


@pytest.fixture
def slow(make_file, monkeypatch):
    """Return shapes with a pattern that takes too long, and data with one such text and one that is soon done."""
    monkeypatch.setattr(matching, "_SECONDS", 0.05)
    matching.make_search.cache_clear()
    yield make_file("s.ttl", SHAPES), make_file("d.ttl", f'<urn:a> <urn:p> "{"a" * 40}!", "aaax" .')
    matching.make_search.cache_clear()


def test_what_was_not_checked_does_not_conform(slow):
    """The run ends with 4 and says which pattern of which shape left how many values unchecked, in each language."""
    shapes, data = slow
    for language, told in (
        ("en", "1 values were not checked"),
        ("zh-HK", "1 個值未能檢查"),
        ("zh-CN", "1 个值未能检查"),
    ):
        done = CliRunner().invoke(main, ["validate", "--lang", language, "--shapes", str(shapes), str(data)])
        assert (done.exit_code, told in done.stdout, r"^(?:(a|aa)+)+\1x$" in done.stdout) == (4, True, True)
        assert "urn:s › urn:p" in done.stdout


def test_no_format_calls_it_valid(slow):
    """Every report has the violation."""
    shapes, data = slow
    outcome = validate_files([data], ValidationOptions(shapes=(shapes,)))
    assert outcome.failed
    assert json.loads(FORMATS["json"](outcome))["conforms"] is False
    assert "sh:conforms false" in FORMATS["ttl"](outcome)
    assert all("urn:s" in write(outcome) for write in FORMATS.values())
