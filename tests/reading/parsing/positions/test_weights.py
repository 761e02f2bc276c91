"""The weights of reading by positions cannot be changed while documents are read."""

from dataclasses import FrozenInstanceError

import pytest

from dcat_hk.reading.parsing.positions.weights import POSITIONS


def test_weights_are_frozen():
    """A weight cannot be set."""
    with pytest.raises(FrozenInstanceError):
        POSITIONS.wide = 2.0


def test_what_a_text_says_outweighs_a_small_deviation_but_not_a_wrong_column():
    """A category a few widths off is still of its column, and one as far off as can be is not."""
    assert POSITIONS.off_start * POSITIONS.most_off_start < POSITIONS.is_category < POSITIONS.most_outside
