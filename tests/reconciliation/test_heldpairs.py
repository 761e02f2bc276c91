"""Outcomes that were kept are those that comparing gives."""

from support.compared_plans import compare, make_plan, planned, released

from dcat_hk.reconciliation.decisions import ItemDecisions

OLD = make_plan(
    2021, planned("帆船學校名單", None), planned("潮汐", "2021-03", number=2), released("燈塔"), body="hk-a"
)
ONE = make_plan(2022, released("潮汐", "2021-05"), planned("帆船學校一覽", "2022-03"), body="hk-b")
TWO = make_plan(2022, released("燈塔"), body="hk-c")
LINES = {"hk-a": ("hk-b", "hk-c")}


class Store(dict):
    """Keeps bytes in memory."""

    def put(self, key, data):
        """Keep bytes."""
        self[key] = data


def test_what_was_compared_once_is_read():
    """Pairs with links, candidates and new rows come back as they were, of bodies that split, too."""
    store = Store()
    first = compare(OLD, ONE, TWO, successors=LINES, kept=store)
    assert len(store) == 1
    assert compare(OLD, ONE, TWO, successors=LINES, kept=store) == first
    assert compare(OLD, ONE, TWO, successors=LINES) == first
    assert any(outcome.candidates for pair in first for outcome in pair.outcomes)


def test_a_decision_and_another_file_are_compared_anew():
    """The key changes with what people say of the rows, with the files, and with whether renames are linked."""
    store = Store()
    compare(OLD, ONE, TWO, successors=LINES, kept=store)
    compare(
        OLD, ONE, TWO, successors=LINES, kept=store, decisions=ItemDecisions(ended={OLD.items[0].record: "dropped"})
    )
    compare(OLD, ONE, TWO, successors=LINES, kept=store, renames=False)
    compare(OLD, ONE, successors=LINES, kept=store)
    assert len(store) == 4
    compare(OLD, ONE, TWO, successors=LINES, kept=store, decisions=ItemDecisions(ended={"record/strange": "dropped"}))
    assert len(store) == 4
