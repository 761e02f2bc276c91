"""The numbers that linking works with."""

from dcat_hk.linking.weights import MODELS, load_linking


def test_every_model_has_numbers_and_a_confidence():
    """What is said of a link of any class is below certainty, but for what a person says."""
    linking = load_linking()
    assert set(linking.models) == set(MODELS)
    assert set(linking.confidence) == {*MODELS, "equal", "like", "judged"}
    assert all(0.9 < share < 1 for name, share in linking.confidence.items() if name != "judged")


def test_a_written_link_needs_more_than_even_odds():
    """Whatever the model."""
    linking = load_linking()
    assert all(one.least > 0.5 and one.none > 0 for one in linking.models.values())
