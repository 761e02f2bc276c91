"""Judgements on records of the portal, as what is decided before rows are linked."""

from support.linked_rows import make_plan, make_row

from dcat_hk.core.vocabularies import DEFAULT_BASE
from dcat_hk.linking.deciding import decide_links
from dcat_hk.reconciliation.judgements import Judgement, Judgements

PAGE = "https://data.gov.hk/{}-data/dataset/hk-hsd-{}"


def test_each_answer_is_understood():
    """On datasets and on rows, with pages of any language."""
    plan = make_plan(make_row("碼頭"))
    item = plan.items[0]
    judgements = Judgements(
        (
            Judgement(f"{DEFAULT_BASE}dataset/a", "same", PAGE.format("en", "1"), "me"),
            Judgement(f"{DEFAULT_BASE}dataset/b", "part-of", PAGE.format("tc", "2"), "me"),
            Judgement(f"{DEFAULT_BASE}dataset/c", "not-same", PAGE.format("sc", "3"), "me"),
            Judgement(f"{DEFAULT_BASE}dataset/d", "cannot-tell", "", "me"),
            Judgement(item.record, "same", PAGE.format("en", "4"), "me"),
            Judgement(item.record, "same", f"{DEFAULT_BASE}record/x", "me"),
        )
    )
    decided = decide_links(judgements, [plan], DEFAULT_BASE)
    assert decided.linked == {"a": {"hk-hsd-1": "exact"}, "b": {"hk-hsd-2": "broad"}, item.kept: {"hk-hsd-4": "exact"}}
    assert decided.denied == {("c", "hk-hsd-3")}
    assert decided.undecided == {"d"}


def test_judgements_that_contradict_one_another_decide_nothing():
    """Neither counts."""
    page = PAGE.format("en", "1")
    both = (
        Judgement(f"{DEFAULT_BASE}dataset/a", "same", page, "one", line=1),
        Judgement(f"{DEFAULT_BASE}dataset/a", "not-same", page, "other", line=2),
    )
    decided = decide_links(Judgements(both), [], DEFAULT_BASE)
    assert (decided.linked, decided.denied) == ({}, frozenset())
