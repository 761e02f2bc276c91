"""What reports show of differences, whatever they look like."""

from dataclasses import replace

from support.compared_builds import BASE, TWO_PLANS, compare_turtle

from dcat_hk.checking.comparing.model import Comparison, FactChange, SideOfComparison
from dcat_hk.checking.comparing.report_rows import ReportRows

SIDE = SideOfComparison("output", BASE)
TITLE = "http://purl.org/dc/terms/title"


def rows_of(comparison, most=None, most_facts=None):
    """Return the rows of a comparison in English."""
    return ReportRows(comparison, "en", most, most_facts)


def test_what_is_gone_comes_first(tmp_path):
    """Gone IRIs stand before new ones and before plans, with a count of each kind."""
    lists = rows_of(compare_turtle(tmp_path, TWO_PLANS, TWO_PLANS.replace("parks", "lakes"))).lists()
    assert [one.heading.split(":")[0] for one in lists] == ["IRIs that are gone", "New IRIs", "Plans that differ"]
    assert lists[0].notes[0] == "catalogue 1, dataset 1, plan 1, record 1, source 1"


def test_long_lists_are_cut_with_a_count():
    """Of five IRIs two are shown, of three facts of a property one, and the rest is counted."""
    gone = [f"{BASE}dataset/{number}" for number in range(5)]
    changed = [FactChange(f"{BASE}a", TITLE, f'"{number}"@x-{number}', "", "plan") for number in range(3)]
    rows = rows_of(Comparison(SIDE, SIDE, {}, gone, [], changed), 2, 1)
    (cut,) = rows.lists()
    assert (len(cut.rows), cut.left_out) == (2, 3)
    ((thing,),) = (one.things for one in rows.changes())
    assert [(fact.property, fact.left_out) for fact in thing.facts] == [("Title", 2)]


def test_plans_and_program_are_told_apart():
    """Facts stand under the cause that they have; a cause without facts has no heading."""
    changes = [FactChange(f"{BASE}a", TITLE, '"1"', '"2"', "plan"), FactChange(f"{BASE}b", TITLE, '"1"', "", "program")]
    by_plan, by_program = rows_of(Comparison(SIDE, SIDE, {}, [], [], changes)).changes()
    assert by_plan.things[0].thing.iri.text == "a"
    assert by_program.things[0].facts[0].after.is_absent
    assert len(rows_of(Comparison(SIDE, SIDE, {}, [], [], changes[:1])).changes()) == 1


def test_a_term_that_nothing_uses_any_more_is_one_line():
    """A term of others whose description goes as a whole is not listed fact by fact."""
    changes = [FactChange("http://other.example/t", TITLE, f'"{number}"', "", "plan") for number in range(6)]
    ((thing,),) = (one.things for one in rows_of(Comparison(SIDE, SIDE, {}, [], [], changes)).changes())
    assert thing.facts == []
    assert thing.thing.remark.startswith("no longer described")


def test_only_web_addresses_become_links():
    """An IRI that a browser would run is shown without a link."""
    changes = [FactChange(f"{BASE}a", TITLE, "<javascript:alert(1)>", "<https://x.example/>", "plan")]
    ((thing,),) = (one.things for one in rows_of(Comparison(SIDE, SIDE, {}, [], [], changes)).changes())
    assert (thing.facts[0].before.address, thing.facts[0].after.address) == ("", "https://x.example/")


def test_program_and_settings_are_named_where_they_differ():
    """The introduction tells another program, and the names of settings and of files of links that are not the same."""
    old = replace(SIDE, program="dcat-hk 1", settings={"homepage": "a", "derived": "tagged"})
    settings = {"homepage": "b", "derived": "tagged"}
    new = replace(SIDE, name="new", program="dcat-hk 2", settings=settings, links={"identities.tsv": {"sha256": "1"}})
    lines = rows_of(Comparison(old, new, {}, [], [], [])).introduction()
    assert lines == [
        "output → new",
        "Program: dcat-hk 1 → dcat-hk 2",
        "Settings that differ: homepage",
        "Files of links that differ: identities.tsv",
    ]
    assert rows_of(Comparison(old, old, {}, [], [], [])).introduction() == ["output → output"]
