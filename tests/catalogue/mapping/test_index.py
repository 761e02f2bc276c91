"""What several plans share."""

from support.mappings import PLAN, TABS, datasets, make_mappings, map_texts, one
from support.plan_texts import PlanText, Row, as_tabs

from dcat_hk.catalogue.mapping.index import chronological
from dcat_hk.core.plan import Plan
from dcat_hk.core.terms import expand


def test_a_dataset_is_described_by_the_newest_plan_that_states_it():
    """Of two plans the newer describes a dataset; each has its record; the newer record names the older."""
    older = PlanText("香港天文台", 2022, {("A", "ii"): [Row("氣象", "雨量", "03/2022", "每日", "計劃")]}, "2021年12月")
    newer = PlanText(
        "香港天文台", 2023, {("D", "ii"): [Row("氣象", "雨量", "05/2022", "每小時", "已發放 (CSV)")]}, "2022年12月"
    )
    first, second = map_texts(as_tabs(newer), as_tabs(older))
    assert datasets(first) == {}
    iri, properties = datasets(second)["雨量"]
    assert properties[expand("adms:status")] == (f"{PLAN}released",)
    assert len(properties[expand("dct:isReferencedBy")]) == 2
    old, new = one(first, "/A-ii-1"), one(second, "/D-ii-1")
    assert old[expand("foaf:primaryTopic")] == new[expand("foaf:primaryTopic")] == (iri,)
    assert new[expand("dct:source")][0].endswith("record/hk-hko/2022-2024/A-ii-1")
    assert (old[expand("adms:status")], new[expand("adms:status")]) == (
        (expand("changetype:created"),),
        (expand("changetype:updated"),),
    )


def three_plans():
    """Return the mappings of three plans that state one dataset, the middle one with another part of it as well."""
    texts = [
        as_tabs(PlanText("香港天文台", year, {("D", "ii"): [Row("氣象", "雨量", "02/2020", "每日", "(CSV)")]}))
        for year in (2021, 2022, 2023)
    ]
    return make_mappings(*texts)


def test_the_newest_plan_describes_and_all_plans_are_listed():
    """Only the last of three plans describes their dataset; the plans are listed from the oldest on."""
    mappings = three_plans()
    index, (identifier,) = mappings[0].context.index, mappings[0].datasets
    assert [index.describes(number, identifier) for number in range(3)] == [False, False, True]
    assert [iri.rpartition("/")[2] for iri in index.plans_of(identifier)] == ["2021-2023", "2022-2024", "2023-2025"]


def test_a_record_points_at_the_plan_just_before():
    """The predecessor of a record is in the plan before, not in the oldest; the oldest has none."""
    mappings = three_plans()
    index, (identifier,) = mappings[0].context.index, mappings[0].datasets
    assert index.record_before(0, identifier, 0) is None
    assert index.record_before(2, identifier, 0) == (1, mappings[1].records[0])
    assert index.record_before(2, identifier, 1) is None


def test_a_dataset_of_one_plan_keeps_no_records():
    """The index holds records only of datasets that several plans state."""
    (mapping,) = make_mappings(as_tabs(TABS))
    assert not mapping.context.index.records
    assert not mapping.context.index.shared
    assert all(len(mapping.context.index.plans_of(identifier)) == 1 for identifier in mapping.datasets)


def test_plans_are_ordered_by_date_then_years_then_body():
    """A printed date comes before the first month of the period."""
    dated = Plan("a", "", "", "", (2026, 2028), "Hant", "2023-05", ())
    undated = Plan("b", "", "", "", (2024, 2026), "Hant", None, ())
    assert undated.issued == "2024-01"
    assert sorted([(undated, "a"), (dated, "b"), (dated, "a")], key=lambda one: chronological(*one)) == [
        (dated, "a"),
        (dated, "b"),
        (undated, "a"),
    ]
