"""Differences as text for a terminal."""

import pytest
from support.compared_builds import BASE, TWO_PLANS, compare_turtle

from dcat_hk.checking.comparing.model import Comparison, FactChange, SideOfComparison
from dcat_hk.checking.comparing.report_text import as_text

SIDE = SideOfComparison("output", BASE)
TITLE = "http://purl.org/dc/terms/title"


def test_equal_builds_are_said_to_be_equal(tmp_path):
    """Where nothing differs, one sentence says so."""
    text = "".join(as_text(compare_turtle(tmp_path, TWO_PLANS, TWO_PLANS), "en"))
    assert text.endswith("The two builds say the same.\n")


def test_a_report_names_things_and_values(tmp_path):
    """What is gone comes first with name and reason, then facts before and after under their thing."""
    new = TWO_PLANS.replace("roads-c", "roads-d").replace('"b"@en', '"B"@en').replace("2222", "3333")
    text = "".join(as_text(compare_turtle(tmp_path, TWO_PLANS, new), "en"))
    lines = text.splitlines()
    assert lines[2] == "IRIs that are gone: 1"
    assert lines[5] == "  dataset/roads-c c: its plan changed"
    at = lines.index("  dataset/roads-b B")
    assert lines[at + 1] == "    Title: b [en] → B [en]"


@pytest.mark.parametrize(("complete", "shown"), [(False, 20), (True, 30)])
def test_lists_are_cut_unless_all_is_asked_for(complete, shown):
    """Of thirty IRIs twenty are shown, with a count of the rest and a word on how to see them."""
    gone = [f"{BASE}dataset/{number:02}" for number in range(30)]
    text = "".join(as_text(Comparison(SIDE, SIDE, {}, gone, [], []), "en", complete=complete))
    assert text.count("  dataset/") == shown
    assert ("… and 10 more" in text) is not complete
    assert ("--all" in text) is not complete


def test_values_cannot_command_a_terminal():
    """Line ends and control characters of a value stay on its line and do nothing."""
    changes = [FactChange(f"{BASE}a", TITLE, '"x\\ny\\u001B[31m"', '"z"', "plan")]
    lines = "".join(as_text(Comparison(SIDE, SIDE, {}, [], [], changes), "en")).splitlines()
    assert lines[-1] == "    Title: x y\ufffd[31m → z"


@pytest.mark.parametrize(("language", "words"), [("zh-Hant", "已消失：1 個 IRI"), ("zh-Hans", "已消失：1 个 IRI")])
def test_a_report_speaks_chinese(language, words):
    """Headings are in the language that was chosen."""
    assert words in "".join(as_text(Comparison(SIDE, SIDE, {}, [f"{BASE}a"], [], []), language))
