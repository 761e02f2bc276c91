"""Records: what a plan says on each row."""

from support.mappings import PLAN, TABS, datasets, make_mappings, map_texts, month, one
from support.plan_texts import PlanText, Row, as_tabs

from dcat_hk.catalogue.mapping.records import map_earlier_records, map_records
from dcat_hk.core.terms import Literal, expand

OLD = PlanText("香港天文台", 2022, {("A", "ii"): [Row("氣象", "雨量", "03/2022", "每日", "計劃")]}, "2021年12月")
NEW = PlanText("香港天文台", 2023, {("D", "ii"): [Row("氣象", "雨量", "05/2022", "每小時", "(CSV)")]}, "2022年12月")


def test_a_period_keeps_its_ends_and_invents_no_month():
    """A quarter is kept as two months on the record; the dataset gets no date from it."""
    rows = {("A", "ii"): [Row("氣象", "雨量", "2024年第二季", "每日", "計劃")]}
    (things,) = map_texts(as_tabs(PlanText("香港天文台", 2024, rows)))
    _iri, properties = datasets(things)["雨量"]
    record = one(things, "/A-ii-1")
    assert expand("dct:available") not in properties
    assert (record[f"{PLAN}targetStart"], record[f"{PLAN}targetEnd"]) == ((month("2024-04"),), (month("2024-06"),))
    assert record[f"{PLAN}statedDate"] == (
        Literal("2024年第二季", "zh-Hant"),
        Literal("2024年第二季", "zh-Hans-t-zh-hant"),
    )


def test_a_record_keeps_the_words_of_its_row():
    """Stage, place, number, words and format of a row stand on its record, the title behind the row's short name."""
    (things,) = map_texts(as_tabs(TABS))
    record = one(things, "/D-i-1")
    assert record[expand("dct:title")][0] == Literal("D.i.1 自動氣象站", "zh-Hant")
    assert record[f"{PLAN}stage"] == (f"{PLAN}released",)
    assert record[f"{PLAN}spatial"] == (Literal("true", "", expand("xsd:boolean")),)
    assert record[f"{PLAN}statedFrequency"][0] == Literal("每15分鐘", "zh-Hant")
    assert record[f"{PLAN}statedFormat"] == (expand("filetype:JSON"), expand("filetype:CSV"))
    assert record[f"{PLAN}locator"][0].value.startswith("lines ")


def test_a_date_in_digits_has_no_language():
    """Digits and slashes are the same in every language; words are not."""
    (things,) = map_texts(as_tabs(TABS).replace("03/2024", "2024年3月"))
    assert one(things, "/D-ii-1")[f"{PLAN}statedDate"] == (Literal("02/2020"),)
    assert one(things, "/A-ii-1")[f"{PLAN}statedDate"][0] == Literal("2024年3月", "zh-Hant")


def test_an_earlier_record_is_described_as_far_as_needed():
    """What a newer record points at has class, dataset and date, which DCAT-AP demands of a record."""
    older, newer = make_mappings(as_tabs(OLD), as_tabs(NEW))
    assert list(map_earlier_records(newer)) == []
    (record,) = map_records(newer)
    (earlier,) = map_earlier_records(newer)
    assert record.properties[expand("dct:source")] == (earlier.iri,)
    assert earlier.iri in {thing.iri for thing in map_records(older)}
    assert earlier.properties == {
        expand("rdf:type"): [expand("dcat:CatalogRecord")],
        expand("foaf:primaryTopic"): list(record.properties[expand("foaf:primaryTopic")]),
        expand("dct:modified"): [month("2021-12")],
    }
    assert list(map_earlier_records(older)) == []
