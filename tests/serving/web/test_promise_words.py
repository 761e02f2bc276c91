"""Sentences about promises accuse nobody of what no plan says."""

import pytest

from dcat_hk.core.languages import LANGUAGES
from dcat_hk.reconciliation.states import STATES
from dcat_hk.serving.web.promise_words import describe_share, describe_state, name_basis, name_state

ROW = {
    "start": "2024-08",
    "target": "2024-08",
    "first_start": "2024-03",
    "first_target": "2024-03",
    "months": 3,
    "delivered": "2024-11",
    "told": "2024-01",
    "confirmed": 0,
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", STATES)
def test_every_state_has_a_name_and_a_sentence(state, language):
    """In every language, without a gap."""
    sentence = describe_state({**ROW, "state": state}, language)
    assert name_state(state, language)
    assert sentence.endswith(("。", "."))
    assert "{" not in sentence


def test_overdue_says_whether_a_later_plan_confirms_it():
    """A plan that is older than the promised month cannot."""
    open_one = describe_state({**ROW, "state": "overdue"}, "en")
    assert "no document says whether it has come since" in open_one
    sure = describe_state({**ROW, "state": "overdue", "confirmed": 1, "told": "2025-01"}, "en")
    assert sure == "Promised for August 2024, 3 months ago. The plan of January 2025 still lists it as planned."


def test_a_quarter_is_told_whole():
    """A promise for three months is not one for the last of them."""
    said = describe_state({**ROW, "state": "overdue", "confirmed": 1, "start": "2024-06"}, "en")
    assert said.startswith("Promised for June 2024 to August 2024, ")


def test_what_was_released_without_a_promised_month():
    """Is told with the month of release."""
    assert "released in November 2024" in describe_state({**ROW, "state": "undated"}, "en")
    assert "released" not in describe_state({**ROW, "state": "undated", "delivered": None}, "en")


def test_small_numbers_have_no_share():
    """Of fewer than five nothing is said; of none not even that."""
    assert describe_share({"share": None, "due": 3, "unknown": 0, "kept": 1}, "en") == "fewer than 5"
    assert describe_share({"share": None, "due": 3, "unknown": 3, "kept": 0}, "en") == ""
    assert describe_share({"share": 1.0, "due": 5, "unknown": 0, "kept": 5}, "zh-Hant") == "5項中的5項（100%）"


@pytest.mark.parametrize(
    ("kept", "due", "said"),
    [(0, 9, 0), (1, 999, 1), (6, 14, 43), (7, 18, 39), (1, 8, 13), (998, 999, 99), (9, 9, 100)],
)
def test_shares_are_rounded_to_the_nearest(kept, due, said):
    """But some are not none, and not all are not all."""
    assert describe_share({"share": 0.5, "due": due, "unknown": 0, "kept": kept}, "en").endswith(f"({said} %)")


def test_bases_have_words():
    """In every language."""
    assert all(name_basis("plan", tag) for tag in LANGUAGES)
