"""A pattern that is compiled late behaves as one that is compiled at once."""

import copy
import pickle
import re

import pytest

from dcat_hk.core.wording import patterns
from dcat_hk.core.wording.patterns import LatePattern, compile_later
from dcat_hk.core.wording.plans import load_plan_wording, read_plan_wording
from dcat_hk.core.wording.records import read_toml

TEXT = "(?P<year>\\d{4})年|(?i:abc)"


@pytest.fixture
def compiled(monkeypatch):
    """Return the patterns that are compiled while a test runs."""
    texts = []
    real = re.compile
    monkeypatch.setattr(patterns.re, "compile", lambda text: texts.append(text) or real(text))
    return texts


def test_a_pattern_is_compiled_once_and_only_if_it_is_used(compiled):
    """Its text is known without that."""
    pattern = compile_later(TEXT)
    assert (pattern.pattern, compiled) == (TEXT, [])
    for _time in range(3):
        assert pattern.search("in 2024年")["year"] == "2024"
        assert pattern.fullmatch("ABC")
    assert compiled == [TEXT]


@pytest.mark.parametrize("name", patterns._MEMBERS)
def test_it_has_what_patterns_have(name):
    """Whatever is asked for first."""
    late, real = compile_later(TEXT), re.compile(TEXT)
    first = getattr(late, name)
    if not callable(first):
        assert first == getattr(real, name)
        return
    words = ("x", "2024年 abc") if name in {"sub", "subn"} else ("2024年 abc",)
    mine, theirs = first(*words), getattr(real, name)(*words)
    if name == "finditer":
        mine, theirs = [one.span() for one in mine], [one.span() for one in theirs]
    assert mine == theirs or mine.span() == theirs.span()


def test_no_member_is_forgotten():
    """A pattern of another version of Python has no more than what is passed on, and what nobody asks for."""
    assert {name for name in dir(re.compile("")) if not name.startswith("_")} == {
        *patterns._MEMBERS,
        "pattern",
        "scanner",
    }


def test_it_can_be_copied_and_sent_before_and_after_it_is_used():
    """A copy is the same pattern."""
    pattern = LatePattern(TEXT)
    for _time in range(2):
        for one in (copy.deepcopy(pattern), pickle.loads(pickle.dumps(pattern))):  # noqa: S301 - our own
            assert one.pattern == TEXT
            assert one.search("2024年")
        pattern.search("")
    with pytest.raises(AttributeError):
        _ = pattern.nothing


def test_every_pattern_for_plans_compiles():
    """What is compiled late is checked here: the file read with every pattern compiled at once says the same."""
    late, early = load_plan_wording(), read_plan_wording(read_toml("dcat_hk.core.wording", "plans.toml"))
    assert isinstance(late.cells.page, LatePattern)
    assert isinstance(early.cells.page, re.Pattern)
    assert late.cells.page.pattern == early.cells.page.pattern
    assert [one.pattern for one in late.dates.patterns] == [one.pattern for one in early.dates.patterns]
