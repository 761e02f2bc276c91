"""Changes and promises of a plan, as things."""

import pytest
from support.mappings import BASE, PLAN, make_mappings, month
from support.worked_plans import NEW_TEXT, OLD_TEXT

from dcat_hk.build.timeline import find_successors, plan_items
from dcat_hk.catalogue.mapping.changes import map_history
from dcat_hk.catalogue.mapping.plans import map_plan
from dcat_hk.catalogue.mapping.records import map_earlier_records, map_records
from dcat_hk.core.terms import Literal, expand
from dcat_hk.core.vocabularies import load
from dcat_hk.reconciliation.histories import PlanHistory, write_histories
from dcat_hk.reconciliation.reconcile import reconcile

BODY = "x-oz2dndsypc"
OLD, NEW = f"record/{BODY}/2021-2023/", f"{BASE}record/{BODY}/2022-2024/"


@pytest.fixture(scope="module")
def newer():
    """Return the mapping of the newer plan of the worked example, with its history."""
    mappings = make_mappings(OLD_TEXT, NEW_TEXT)
    plans = [plan_items(mapping.identified, mapping.context.iris) for mapping in mappings]
    histories = write_histories(plans, reconcile(plans, find_successors(load(BASE)), renames=False))
    for mapping, plan in zip(mappings, plans, strict=True):
        mapping.history = histories[plan.iri]
    return mappings[1]


def test_a_change_is_named_after_the_older_entry(newer):
    """It stands under the newer plan, with fate, months, differences and both entries."""
    things = {thing.iri: thing.properties for thing in map_history(newer)}
    change = things[f"{BASE}change/{BODY}/2022-2024/A-1"]
    assert change == {
        expand("rdf:type"): (f"{PLAN}Change", expand("prov:Entity")),
        f"{PLAN}before": (f"{BASE}{OLD}A-1",),
        f"{PLAN}after": (f"{NEW}D-ii-1", f"{NEW}A-i-1"),
        f"{PLAN}inPlan": (f"{BASE}plan/{BODY}/2022-2024",),
        f"{PLAN}fate": (f"{PLAN}released-late",),
        f"{PLAN}months": (Literal("2", "", expand("xsd:integer")),),
        f"{PLAN}differs": (f"{PLAN}spatial-version-added",),
    }
    open_one = things[f"{BASE}change/{BODY}/2022-2024/B-2"]
    assert open_one[f"{PLAN}candidate"] == (f"{NEW}A-ii-2",)
    assert f"{PLAN}after" not in open_one


def test_a_promise_has_its_months_and_its_delivery(newer):
    """It is called as its dataset; what is not known is left out."""
    things = [thing for thing in map_history(newer) if "/promise/" in thing.iri]
    assert len(things) == 5
    delivered, slipped = things[0], things[1]
    dataset = delivered.properties[expand("foaf:primaryTopic")][0]
    assert delivered.iri == dataset.replace("/dataset/", "/promise/")
    assert delivered.properties[f"{PLAN}delivered"] == (month("2021-08"),)
    assert delivered.properties[f"{PLAN}deliveredBy"] == (f"{NEW}D-ii-1",)
    assert delivered.properties[f"{PLAN}delay"] == (Literal("2", "", expand("xsd:integer")),)
    assert slipped.properties[f"{PLAN}lastTarget"] == (month("2022-03"),)
    assert f"{PLAN}basis" not in slipped.properties


def test_entries_go_on_with_older_ones(newer):
    """A record says which it goes on with, and the plan's own file describes that one as far as it must."""
    records = {thing.iri: thing.properties for thing in map_records(newer)}
    assert records[f"{NEW}D-ii-2"][expand("prov:wasRevisionOf")] == (f"{BASE}{OLD}D-1",)
    assert expand("prov:wasRevisionOf") not in records[f"{NEW}A-ii-2"]
    earlier = {thing.iri.rsplit("/", 1)[1] for thing in map_earlier_records(newer)}
    assert earlier == {"A-1", "A-2", "B-1", "D-1"}


def test_an_entry_that_no_change_names_waits_under_its_own_name():
    """Where nobody can say what came before a new entry, a change tells that it waits."""
    (mapping,) = make_mappings(NEW_TEXT)
    record = mapping.records[0]
    mapping.history = PlanHistory(waiting=[record])
    (thing,) = map_history(mapping)
    assert thing.iri == f"{BASE}change/{BODY}/2022-2024/new/A-i-1"
    assert thing.properties[f"{PLAN}after"] == (record,)
    assert thing.properties[f"{PLAN}fate"] == (f"{PLAN}open",)


def test_a_body_that_followed_another_names_it(newer):
    """Entries of two bodies that became one have changes of their own."""
    (change,) = (one for one in newer.history.changes if one.before.endswith("/D-1"))
    newer_of_other = PlanHistory(changes=[change._replace(before=change.before.replace(BODY, "hk-other"))])
    (mapping,) = make_mappings(NEW_TEXT)
    mapping.history = newer_of_other
    (thing,) = map_history(mapping)
    assert thing.iri == f"{BASE}change/{BODY}/2022-2024/hk-other/D-1"


def test_a_plan_follows_another(newer):
    """The plan names the one before it; years without a plan would be told."""
    plan = next(thing for thing in map_plan(newer) if thing.iri == newer.plan_iri)
    assert plan.properties[expand("prov:wasRevisionOf")] == [f"{BASE}plan/{BODY}/2021-2023"]
    assert f"{PLAN}skipped" not in plan.properties
