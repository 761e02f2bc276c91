"""Pieces of rules become whole rules."""

from dcat_hk.reading.documents.pdf.rules import RuledLine, joined


def test_pieces_of_one_rule_are_joined():
    """Dashes with small gaps are one rule; a wide gap, another height and another end part rules."""
    pieces = [RuledLine(10, start, start + 3) for start in range(0, 60, 6)]
    assert joined(pieces) == [RuledLine(10, 0, 57)]
    assert joined([RuledLine(10, 0, 20), RuledLine(10, 50, 70)]) == [RuledLine(10, 0, 20), RuledLine(10, 50, 70)]
    assert joined([RuledLine(10, 0, 20), RuledLine(30, 0, 20)]) == [RuledLine(10, 0, 20), RuledLine(30, 0, 20)]
    assert joined([RuledLine(10, 0, 50), RuledLine(10, 5, 20)]) == [RuledLine(10, 0, 50)]
    assert joined([RuledLine(10, 0, 3)]) == []
