"""The glossary of public administration."""

from dcat_hk.core.text import fold
from dcat_hk.core.wording.characters import IDEOGRAPH
from dcat_hk.core.wording.glossary import read_glossary


def test_every_line_has_two_words():
    """No pair stands twice; a few are two words of one language that are looked up for one another."""
    pairs = read_glossary()
    assert len(set(pairs)) == len(pairs) > 1500
    assert all(fold(one) and fold(other) for one, other in pairs)
    across = [pair for pair in pairs if not IDEOGRAPH.search(pair[0]) and IDEOGRAPH.search(pair[1])]
    assert len(across) > 0.95 * len(pairs)
