"""Decisions of people and earlier runs win over every comparison."""

from support.compared_plans import compare, fates, make_plan, outcome_of, planned, released

from dcat_hk.reconciliation.decisions import ItemDecisions, WrittenLink

OLD = make_plan(2021, planned("帆船學校名單", "2021-06"), planned("潮汐", "2021-03", number=2))
NEW = make_plan(2022, planned("潮汐", "2022-03"), released("海員一覽", "2021-08"))
SCHOOLS, TIDES, SEAMEN = OLD.items[0].record, OLD.items[1].record, NEW.items[1].record


def test_a_judgement_links_what_nothing_else_would():
    """A row that a person says is the same is linked, and its fate is judged like any other."""
    (pair,) = compare(OLD, NEW, decisions=ItemDecisions(judged={SCHOOLS: (SEAMEN,)}))
    outcome = outcome_of(pair, "帆船學校名單")
    assert (outcome.fate, outcome.months, outcome.link_class) == ("released-late", 2, "judged")
    assert "renamed" in outcome.differs
    assert fates(pair) == {"帆船學校名單": "released-late", "潮汐": "slipped"}


def test_rows_that_a_person_says_are_two_are_never_linked():
    """A no of a person holds even where the titles are equal."""
    (pair,) = compare(OLD, NEW, decisions=ItemDecisions(denied=frozenset({(TIDES, NEW.items[0].record)})))
    assert fates(pair)["潮汐"] == "no-longer-listed"
    assert fates(pair)["+潮汐"] == "new"


def test_only_a_person_says_that_a_dataset_was_dropped():
    """Dropped and replaced are fates that come from a judgement; cannot tell leaves it open."""
    (pair,) = compare(OLD, NEW, decisions=ItemDecisions(ended={SCHOOLS: "dropped"}, undecided=frozenset({TIDES})))
    assert fates(pair) == {"帆船學校名單": "dropped", "潮汐": "open", "+潮汐": "new", "+海員一覽": "new"}
    assert outcome_of(pair, "帆船學校名單").link_class == "judged"


def test_a_written_link_holds():
    """What an earlier run wrote holds with its class and confidence."""
    written = {SCHOOLS: WrittenLink((SEAMEN,), "renamed", 0.99)}
    (pair,) = compare(OLD, NEW, decisions=ItemDecisions(written=written), renames=False)
    outcome = outcome_of(pair, "帆船學校名單")
    assert (outcome.fate, outcome.link_class, outcome.confidence) == ("released-late", "renamed", 0.99)
