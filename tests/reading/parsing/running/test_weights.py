"""The weights of running text cannot be changed while documents are read."""

from dataclasses import FrozenInstanceError

import pytest

from dcat_hk.reading.parsing.running.weights import KNOWN, RUNNING


def test_weights_are_frozen():
    """Neither a weight nor one of a column can be set."""
    with pytest.raises(FrozenInstanceError):
        RUNNING.cut = 2.0
    with pytest.raises(TypeError):
        RUNNING.empty["date"] = 2.0


def test_two_wrong_cuts_cost_less_than_a_cell_that_is_understood():
    """A date that is understood is worth more than a sentence, but not more than three."""
    assert 2 * RUNNING.cut < KNOWN < 3 * RUNNING.cut
