"""Datasets and distributions of a plan."""

from support.mappings import BASE, PLAN, TABS, datasets, make_mappings, map_texts, month, one
from support.plan_texts import PlanText, Row, as_tabs

from dcat_hk.catalogue.mapping.datasets import map_datasets
from dcat_hk.core.terms import Literal, expand


def test_a_planned_dataset_has_a_target_and_nothing_released():
    """A planned row gives dct:available, no dct:issued, no distribution, and the stage planned."""
    (things,) = map_texts(as_tabs(TABS))
    _iri, properties = datasets(things)["潮汐預報"]
    assert properties[expand("dct:available")] == (month("2024-03"),)
    assert properties[expand("adms:status")] == (f"{PLAN}planned",)
    assert expand("dct:issued") not in properties
    assert expand("dcat:distribution") not in properties
    record = one(things, "/A-ii-1")
    assert record[f"{PLAN}targetDate"] == (month("2024-03"),)
    assert f"{PLAN}releaseDate" not in record


def test_an_empty_remark_gets_a_composed_description_in_three_languages():
    """A row without remark is described by category, publisher and frequency, with real labels."""
    (things,) = map_texts(as_tabs(TABS))
    described = datasets(things)["潮汐預報"][1][expand("dct:description")]
    assert [literal.language for literal in described] == ["zh-Hant", "zh-Hans", "en"]
    assert "香港天文台" in described[0].value
    assert "Hong Kong Observatory" in described[2].value
    assert "daily" in described[2].value


def test_a_released_dataset_has_a_distribution_for_each_format():
    """Formats of a released row are distributions with format, media type, terms and page, and nothing unstated."""
    (things,) = map_texts(as_tabs(TABS))
    iri, properties = datasets(things)["自動氣象站"]
    assert properties[expand("dcat:distribution")] == (f"{iri}/distribution/json", f"{iri}/distribution/csv")
    assert properties[expand("dct:issued")] == (month("2020-01"),)
    assert properties[expand("dct:type")] == (expand("type:GEOSPATIAL"),)
    csv = things[f"{iri}/distribution/csv"]
    assert csv[expand("dct:format")] == (expand("filetype:CSV"),)
    assert csv[expand("dcat:mediaType")] == ("https://www.iana.org/assignments/media-types/text/csv",)
    assert csv[expand("dcat:accessURL")] == ("https://data.gov.hk/tc-datasets/provider/hk-hko",)
    assert csv[expand("dct:title")][0] == Literal("自動氣象站 (CSV)", "zh-Hant")
    assert not [name for name in csv if name == expand("adms:status") or name.endswith("/availability")]


def test_a_period_in_the_title_is_a_thing_of_the_dataset():
    """The years that a title states come after the dataset; a year beyond the plan is not of its data."""
    rows = [
        Row("氣象", title, "02/2020", "每年", "(CSV)")
        for title in ("2016至2019年雨量統計", "2010年至今風速", "2031年雨量統計")
    ]
    (things,) = map_texts(as_tabs(PlanText("香港天文台", 2024, {("D", "ii"): rows})))
    found = datasets(things)
    iri, properties = found["2016至2019年雨量統計"]
    assert properties[expand("dct:temporal")] == (f"{iri}#period",)
    year = expand("xsd:gYear")
    assert things[f"{iri}#period"] == {
        expand("rdf:type"): (expand("dct:PeriodOfTime"),),
        expand("dcat:startDate"): (Literal("2016", "", year),),
        expand("dcat:endDate"): (Literal("2019", "", year),),
    }
    going_on = things[f"{found['2010年至今風速'][0]}#period"]
    assert going_on[expand("dcat:startDate")] == (Literal("2010", "", year),)
    assert expand("dcat:endDate") not in going_on
    assert expand("dct:temporal") not in found["2031年雨量統計"][1]


def test_keywords_are_words_of_title_and_heading():
    """No keyword repeats the category."""
    (things,) = map_texts(as_tabs(TABS))
    _iri, properties = datasets(things)["潮汐預報"]
    assert [keyword.value for keyword in properties[expand("dcat:keyword")]] == ["潮汐預報", "潮汐预报"]


def test_unknown_words_are_minted_or_left_out_never_lost():
    """An unknown category is a concept of its own without theme; unknown frequency words stay on the record."""
    (things,) = map_texts(as_tabs(TABS))
    _iri, properties = datasets(things)["星座"]
    assert properties[expand("dct:subject")][0].startswith(f"{BASE}def/category/x-")
    assert expand("dcat:theme") not in properties
    assert expand("dct:accrualPeriodicity") not in properties
    assert one(things, "/D-ii-2")[f"{PLAN}statedFrequency"][0] == Literal("視情況", "zh-Hant")


def test_parts_of_a_row_are_one_dataset():
    """Continuation rows are records of their own; their formats are distributions with a part."""
    text = as_tabs(PlanText("香港天文台", 2024, {("D", "ii"): [Row("氣象", "雨量", "05/2021", "每月", "甲 (CSV)")]}))
    text = text.replace("\t05/2021\t每月", "\t05/2021\t每月\n\t\t\t乙 (CSV)\t03/2020\t每年")
    (things,) = map_texts(text)
    iri, properties = datasets(things)["雨量"]
    assert properties[expand("dct:issued")] == (month("2020-03"),)
    assert set(properties[expand("dcat:distribution")]) == {f"{iri}/distribution/csv", f"{iri}/distribution/1-csv"}
    assert things[f"{iri}/distribution/1-csv"][expand("dct:issued")] == (month("2020-03"),)
    assert one(things, "/D-ii-1.1")[f"{PLAN}part"][0].value == "1"


def test_a_dataset_planned_and_released_in_one_plan_is_released():
    """Rows in sections A and D about one dataset give one dataset, released, with both records."""
    row = Row("氣象", "雨量", "02/2020", "每日", "(CSV)")
    (things,) = map_texts(as_tabs(PlanText("香港天文台", 2020, {("A", "ii"): [row], ("D", "ii"): [row]})))
    _iri, properties = datasets(things)["雨量"]
    assert properties[expand("adms:status")] == (f"{PLAN}released",)
    assert len([iri for iri in things if "/record/" in iri]) == 2


def test_two_rows_on_one_format_are_one_distribution():
    """The same dataset stated twice does not double its distributions."""
    row = Row("氣象", "雨量", "02/2020", "每日", "(CSV)")
    (things,) = map_texts(as_tabs(PlanText("香港天文台", 2020, {("D", "ii"): [row, row]})))
    assert len([iri for iri in things if "/distribution/" in iri]) == 1


def test_only_named_datasets_are_mapped_if_names_are_given():
    """Asked for some identifiers, the mapping yields these with their distributions and no others."""
    (mapping,) = make_mappings(as_tabs(TABS))
    iri, _properties = datasets({thing.iri: thing.properties for thing in map_datasets(mapping)})["自動氣象站"]
    things = [thing.iri for thing in map_datasets(mapping, [iri.rpartition("/")[2]])]
    assert things == [iri, f"{iri}/distribution/json", f"{iri}/distribution/csv"]


def test_what_a_dataset_points_at_is_noted():
    """Concepts, bodies and pages that a dataset points at are collected, so that they can be described."""
    (mapping,) = make_mappings(as_tabs(TABS))
    things = list(map_datasets(mapping))
    used = {term for thing in things for terms in thing.properties.values() for term in terms if isinstance(term, str)}
    for name in ("dct:publisher", "dcat:theme", "dct:format", "dct:license", "dcat:landingPage"):
        pointed_at = {term for thing in things for term in thing.properties.get(expand(name), ())}
        assert pointed_at
        assert pointed_at <= mapping.pointed_at
    assert mapping.pointed_at <= used
