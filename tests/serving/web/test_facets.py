"""A fold is worth a click, and hides nothing that was chosen."""

import pytest

from dcat_hk.serving.web.facets import fold_values


def make(*marks):
    """Return values; a capital letter is chosen."""
    return [{"label": mark, "chosen": mark.isupper()} for mark in marks]


@pytest.mark.parametrize(
    ("marks", "shown", "folded"),
    [
        ("", "", ""),
        ("ab", "ab", ""),
        ("abc", "abc", ""),
        ("abcd", "ab", "cd"),
        ("abcD", "Da", "bc"),
        ("abCDe", "CDa", "be"),
        ("abCDef", "CDa", "bef"),
    ],
)
def test_values_are_shown_or_folded(marks, shown, folded):
    """Two at once: never a fold with one value, chosen ones first."""
    facet = fold_values("Body", make(*marks), 2)
    assert "".join(one["label"] for one in facet["values"]) == shown
    assert "".join(one["label"] for one in facet["more"]) == folded
