"""How much English titles and a Chinese one say of one another."""

import numpy

from dcat_hk.linking.explaining import ChineseTitle, EnglishSide
from dcat_hk.linking.glossary import TitlePart
from dcat_hk.linking.titles import Titles
from dcat_hk.linking.weights import load_linking

STOP = TitlePart(0, 2, (("pier",),))


def explain(english, *, parts=(STOP,), telling=(0, 1), beside=(), kind=""):
    """Return what a title of two characters and an English one say of one another."""
    side = EnglishSide([Titles(english=english)], load_linking(), lambda _stem, _count, _titles: 1.0)
    return side.explain(ChineseTitle(parts, numpy.ones(2), telling, (), kind, beside))


def test_what_neither_says_of_the_other_is_counted():
    """Characters of the Chinese title, and words of the English one."""
    assert [table.item() for table in explain("Piers")] == [1.0, 1.0, 0.0, 0.0, 0.0]
    assert [table.item() for table in explain("Ferry piers")[2:]] == [0.0, 0.0, 1.0]
    assert [table.item() for table in explain("Ferry")[2:]] == [2.0, 2.0, 1.0]


def test_what_stands_beside_explains_what_is_left():
    """The body or the category of the row has the word."""
    assert explain("Ferry piers", beside=(TitlePart(0, 1, (("ferri",),)),)).unexplained.item() == 0


def test_what_counts_is_nothing_that_lists():
    """Neither word tells anything else."""
    assert explain("List of piers", kind="counts").unexplained.item() == 1
    assert explain("Number of piers", kind="counts").unexplained.item() == 0
