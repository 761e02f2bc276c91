"""A plan as things: catalogue, document, period, files."""

from support.mappings import BASE, TABS, make_mappings, month
from support.plan_texts import PlanText, as_tabs

from dcat_hk.catalogue.mapping.plans import map_catalogue, map_document, map_plan
from dcat_hk.core.terms import Literal, expand
from dcat_hk.reconciliation.histories import PlanHistory


def test_the_catalogue_lists_every_dataset_and_record():
    """The catalogue of a plan has all its datasets, sorted, and its records in the order of the rows."""
    (mapping,) = make_mappings(as_tabs(TABS))
    catalogue = map_catalogue(mapping).properties
    assert list(catalogue[expand("dcat:dataset")]) == [f"{BASE}dataset/{name}" for name in sorted(mapping.datasets)]
    assert [iri.rpartition("/")[2] for iri in catalogue[expand("dcat:record")]] == [
        "A-ii-1",
        "D-i-1",
        "D-ii-1",
        "D-ii-2",
    ]
    assert catalogue[expand("prov:wasDerivedFrom")] == (mapping.plan_iri,)


def test_the_description_counts_datasets_by_stage():
    """Three released datasets and a planned one are counted as such."""
    (mapping,) = make_mappings(as_tabs(TABS))
    described = {text.language: text.value for text in map_catalogue(mapping).properties[expand("dct:description")]}
    assert "3" in described["en"]
    assert "1" in described["en"].replace("2024", "").replace("2026", "")
    names = mapping.names
    assert (names["first"], names["last"]) == ("2024", "2026")


def test_a_plan_has_its_title_date_period_and_file():
    """The document is issued in the printed month, covers its years and comes from a file with a digest."""
    (mapping,) = make_mappings(as_tabs(TABS))
    things = {thing.iri: thing.properties for thing in map_document(mapping)}
    plan, period = things[f"{BASE}plan/hk-hko/2024-2026"], things[f"{BASE}plan/hk-hko/2024-2026#period"]
    assert plan[expand("dct:issued")] == [month("2023-12")]
    assert "2024-2026" in plan[expand("dct:title")][0].value
    assert period[expand("dcat:endDate")] == [Literal("2026", "", expand("xsd:gYear"))]
    (source,) = [properties for iri, properties in things.items() if "/source/" in iri]
    assert source[expand("dct:identifier")] == [Literal(f"sha256:{mapping.plan.sha256}")]
    assert source[expand("dct:title")] == [Literal("0.txt")]


def test_a_plan_without_a_date_is_issued_in_its_first_month():
    """The first month of the period stands in for a date that is not printed."""
    (mapping,) = make_mappings(as_tabs(PlanText("香港天文台", 2024, TABS.rows)))
    assert map_catalogue(mapping).properties[expand("dct:issued")] == (month("2024-01"),)


def test_no_thing_of_a_plan_comes_twice():
    """Each thing is described once, so that its statements stand together in every file."""
    (mapping,) = make_mappings(as_tabs(TABS))
    iris = [thing.iri for thing in map_plan(mapping)]
    assert len(iris) == len(set(iris))
    assert iris[0] == mapping.catalogue_iri


def test_the_operator_publishes_the_catalogue_and_the_body_its_plan():
    """Who made the catalogue is not whose plan it is; the licence is that of descriptions."""
    (mapping,) = make_mappings(as_tabs(TABS))
    catalogue = map_catalogue(mapping).properties
    plan = next(map_document(mapping)).properties
    assert catalogue[expand("dct:publisher")] == (f"{BASE}organisation/operator",)
    assert plan[expand("dct:publisher")] == (f"{BASE}organisation/hk-hko",)
    assert catalogue[expand("dct:license")] == ("https://creativecommons.org/publicdomain/zero/1.0/",)
    assert {*catalogue[expand("dct:publisher")], *catalogue[expand("dct:license")]} <= mapping.pointed_at


def test_a_catalogue_goes_on_with_that_of_the_plan_before_of_the_same_body():
    """The plans of a body are versions; a plan of a body that it replaced is only what it revises."""
    older = [f"{BASE}plan/hk-hko/2023-2025", f"{BASE}plan/hk-ro/2022-2024"]
    (mapping,) = make_mappings(as_tabs(TABS))
    assert expand("dcat:previousVersion") not in map_catalogue(mapping).properties
    mapping.history = PlanHistory(before=older)
    catalogue, plan = map_catalogue(mapping).properties, next(map_document(mapping)).properties
    assert [one[expand("dcat:version")][0] for one in (catalogue, plan)] == [Literal("2024-2026")] * 2
    assert catalogue[expand("dcat:previousVersion")] == (f"{BASE}catalogue/hk-hko/2023-2025",)
    assert plan[expand("prov:wasRevisionOf")] == older


def test_themes_are_of_the_declared_taxonomy():
    """What the catalogue declares is what its datasets use, and no theme is of another list."""
    (mapping,) = make_mappings(as_tabs(TABS))
    things = {thing.iri: thing.properties for thing in map_plan(mapping)}
    used = {theme.rpartition("/")[0] for one in things.values() for theme in one.get(expand("dcat:theme"), ())}
    assert used == set(things[mapping.catalogue_iri][expand("dcat:themeTaxonomy")])
