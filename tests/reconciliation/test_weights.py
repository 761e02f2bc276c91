"""The numbers that comparing works with."""

from dcat_hk.reconciliation.weights import load_weighting


def test_confidence_is_never_certainty():
    """What a program links is never said to be certain."""
    confidence = load_weighting().confidence
    assert 0 < confidence.renamed <= confidence.same < 1


def test_a_score_that_is_written_is_above_one_that_is_asked():
    """A candidate needs less than a link."""
    classes = load_weighting().classes
    assert classes.candidate < classes.renamed
