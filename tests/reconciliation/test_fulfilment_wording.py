"""What fulfilment is told in."""

from typing import get_args

from dcat_hk.reconciliation.fulfilment_wording import load_fulfilment_wording
from dcat_hk.reconciliation.states import STATES, State


def test_every_state_has_a_word_in_three_languages():
    """States are the same in the table and in the type, and each has a word."""
    wording = load_fulfilment_wording()
    assert get_args(State) == STATES
    assert all(set(texts) == {"en", "zh-Hant", "zh-Hans"} for texts in wording.states.values())
