"""What the graph says of a plan, and what it never says."""

import pytest
from support.plan_texts import PlanText, Row, as_layout, as_tabs

from dcat_hk.build import build
from dcat_hk.catalogue.mapping.context import MappingContext, PlanMapping
from dcat_hk.catalogue.mapping.identities import Bodies, Links, identify
from dcat_hk.catalogue.mapping.index import PlanIndex, chronological
from dcat_hk.catalogue.mapping.iris import Iris
from dcat_hk.catalogue.mapping.plans import map_plan
from dcat_hk.core.namespaces import PlanTerms
from dcat_hk.core.settings import Settings
from dcat_hk.core.terms import Literal, expand
from dcat_hk.core.text import transform
from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.parsing import read_plan

BASE = "https://example.org/dcat-hk/"
PLAN = f"{BASE}def/plan#"
TABS = PlanText(
    "香港天文台",
    2024,
    {
        ("A", "ii"): [Row("氣象", "潮汐預報", "03/2024", "每日", "")],
        ("D", "i"): [Row("氣象", "自動氣象站", "01/2020", "每15分鐘", "位置及讀數 (JSON, CSV)")],
        ("D", "ii"): [
            Row("氣象", "雨量", "02/2020", "每小時", "各區雨量 (CSV)"),
            Row("占星", "星座", "02/2020", "視情況", "無格式"),
        ],
    },
    "2023年12月",
)


def map_texts(*texts, settings=None, links=None):
    """Return things by graph number and IRI of plans given as texts, oldest first, and their mappings."""
    vocabularies = load(BASE)
    plans = [read_plan(read_bytes(text.encode(), f"{i}.txt"), vocabularies).require() for i, text in enumerate(texts)]
    links = links or Links({}, {})
    identified = [identify(plan, Bodies(vocabularies), links) for plan in plans]
    identified.sort(key=lambda one: chronological(one.plan, one.publisher.code))
    index = PlanIndex(Iris(BASE))
    for plan in identified:
        index.add(plan)
    for number, plan in enumerate(identified):
        index.add_records(number, plan)
    context = MappingContext(settings or Settings(), vocabularies, index, links, PlanTerms(BASE))
    mappings = [PlanMapping(context, plan, number) for number, plan in enumerate(identified)]
    return [{thing.iri: thing.properties for thing in map_plan(mapping)} for mapping in mappings]


def one(things, ending):
    """Return the properties of the only thing whose IRI contains a text."""
    (found,) = [properties for iri, properties in things.items() if ending in iri]
    return found


def datasets(things):
    """Return datasets by title."""
    return {
        p[expand("dct:title")][0].value: (iri, p)
        for iri, p in things.items()
        if expand("dcat:Dataset") in p.get(expand("rdf:type"), ())
    }


def month(value):
    """Return a month as the graph has it."""
    return Literal(value, "", expand("xsd:gYearMonth"))


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
    """Formats of a released row are distributions with format, media type, terms, status and page."""
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


def test_unknown_words_are_minted_or_left_out_never_lost():
    """An unknown category is a concept of its own without theme; unknown frequency words stay on the record."""
    (things,) = map_texts(as_tabs(TABS))
    _iri, properties = datasets(things)["星座"]
    assert properties[expand("dct:subject")][0].startswith(f"{BASE}def/category/x-")
    assert expand("dcat:theme") not in properties
    assert expand("dct:accrualPeriodicity") not in properties
    assert one(things, "/D-ii-2")[f"{PLAN}statedFrequency"][0] == Literal("視情況", "zh-Hant")


def test_derived_labels_say_so():
    """Text in the other script is tagged as transformed; printed text as printed; real labels plainly."""
    (things,) = map_texts(as_tabs(TABS))
    _iri, properties = datasets(things)["雨量"]
    assert properties[expand("dct:title")] == (Literal("雨量", "zh-Hant"), Literal("雨量", "zh-Hans-t-zh-hant"))
    assert [k.language for k in properties[expand("dcat:keyword")]] == ["zh-Hant", "zh-Hans", "en"]


@pytest.mark.parametrize(
    ("settings", "languages"),
    [
        (Settings(derived="none"), ["zh-Hant"]),
        (Settings(derived="plain"), ["zh-Hant", "zh-Hans"]),
        (Settings(script="Hant"), ["zh-Hant"]),
        (Settings(script="Hans"), ["zh-Hans-t-zh-hant"]),
        (Settings(script="Hans", derived="plain"), ["zh-Hans"]),
        (Settings(script="Hans", derived="none"), ["zh-Hans-t-zh-hant"]),
    ],
)
def test_settings_say_which_labels_are_written(settings, languages):
    """Derived labels can be dropped or folded, one script left out; no title is ever without text."""
    (things,) = map_texts(as_tabs(TABS), settings=settings)
    _iri, properties = next(iter(datasets(things).values()))
    assert [literal.language for literal in properties[expand("dct:title")]] == languages


def test_the_same_plan_in_simplified_characters_has_the_same_iris():
    """IRIs of plan, datasets, distributions and records do not depend on the script."""
    (traditional,), (simplified,) = map_texts(as_tabs(TABS)), map_texts(transform(as_tabs(TABS), "Hant"))
    assert {i for i in traditional if "/source/" not in i} == {i for i in simplified if "/source/" not in i}


def test_iris_do_not_depend_on_the_order_or_number_of_rows():
    """Other rows before or after a dataset leave its IRI as it is."""
    rows = [Row("氣象", title, "02/2020", "每小時", "(CSV)") for title in ("甲", "乙", "丙")]
    more = [Row("氣象", "新", "02/2020", "每小時", "(CSV)"), *reversed(rows)]
    first, second = (
        map_texts(as_tabs(PlanText("香港天文台", 2024, {("D", "ii"): listed})))[0] for listed in (rows, more)
    )
    assert {t: i for t, (i, _p) in datasets(first).items()}.items() <= {
        t: i for t, (i, _p) in datasets(second).items()
    }.items()


def test_punctuation_and_white_space_are_no_part_of_an_identity():
    """A title printed with other punctuation is the same dataset."""
    titles = ("按年齡（及性別）劃分的人數", "按年齡 (及性別) 劃分的人數")
    found = [
        map_texts(as_tabs(PlanText("香港天文台", 2024, {("D", "ii"): [Row("人口", title, "02/2020", "每年", "x")]})))[0]
        for title in titles
    ]
    assert len({next(iter(datasets(things).values()))[0] for things in found}) == 1


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


def test_who_publishes_a_dataset():
    """Section C, a remark, a group heading on the portal, else the bureau; another body's heading is the creator."""
    rows = [
        Row("工商業", "甲", "02/2020", "每年", "一些說明文字而已", "香港科技園公司 (HKSTPC)"),
        Row("工商業", "乙", "02/2020", "每年", "一些說明文字而已", "香港認可處 (HKAS)"),
        Row("工商業", "丙", "02/2020", "每年", "(此數據集由醫院管理局擁有及發放。)", "某計劃 (XYZ)"),
    ]
    (things,) = map_texts(as_layout(PlanText("創新科技署", 2024, {("D", ""): rows}, "2023年12月"), remark_width=60))
    found = {title: p for title, (_iri, p) in datasets(things).items()}
    publisher, creator = expand("dct:publisher"), expand("dct:creator")
    assert found["甲"][publisher] == (f"{BASE}organisation/hkstp",)
    assert creator not in found["甲"]
    assert found["乙"][publisher] == (f"{BASE}organisation/hk-itc",)
    assert found["乙"][creator] == (f"{BASE}organisation/hkas",)
    assert found["丙"][publisher] == (f"{BASE}organisation/hospital",)
    assert creator not in found["丙"]


def test_the_same_title_under_two_headings_is_two_datasets():
    """A group heading that is not the publisher is part of the identity."""
    rows = [
        Row("其他", "主要表現指標", "02/2020", "每年", "一些說明文字", heading)
        for heading in ("甲計劃 (AA)", "乙計劃 (BB)")
    ]
    (things,) = map_texts(as_layout(PlanText("創新科技署", 2024, {("D", ""): rows}, "2023年12月"), remark_width=60))
    assert len([p for p in things.values() if expand("dcat:Dataset") in p[expand("rdf:type")]]) == 2


def test_an_identity_can_be_kept_by_decision():
    """The table of identities gives a renamed dataset the identifier it had, and its page on the portal."""
    (before,) = map_texts(as_tabs(TABS))
    iri, _properties = datasets(before)["雨量"]
    identifier = iri.rpartition("/")[2]
    links = Links({identifier: "hk-hko-0000000000"}, {"hk-hko-0000000000": "hk-hko-rss-rainfall"})
    (after,) = map_texts(as_tabs(TABS), links=links)
    kept, properties = datasets(after)["雨量"]
    assert kept.endswith("/hk-hko-0000000000")
    assert properties[expand("dcat:landingPage")] == ("https://data.gov.hk/tc-data/dataset/hk-hko-rss-rainfall",)


def test_a_body_that_is_not_on_the_portal_has_its_successors_page():
    """The page of a renamed body is its successor's; that of an unknown one the portal's list of datasets."""
    for bureau, page in (("政府資訊科技總監辦公室", "provider/hk-dpo"), ("未來事務局", "tc-datasets")):
        (things,) = map_texts(as_tabs(PlanText(bureau, 2024, TABS.rows)))
        _iri, properties = datasets(things)["雨量"]
        assert properties[expand("dcat:landingPage")][0].endswith(page)


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


def test_every_plan_of_the_future_conforms(tmp_path):
    """Plans with unknown bodies, words and formats, and several of one bureau, build without a violation."""
    texts = {
        "old.txt": as_tabs(PlanText("未來事務局", 2021, TABS.rows, "2020年12月")),
        "new.txt": as_tabs(PlanText("未來事務局", 2022, TABS.rows, "2021年12月")),
        "layout.txt": as_layout(
            PlanText(
                "香港電台", 2022, {("D", ""): [Row("其他", "節目", "02/2020", "隨時", "(API, XYZ)")]}, "2021年12月"
            )
        ),
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    result = build([tmp_path / name for name in texts], tmp_path / "out", Settings(), jobs=1)
    assert result.violations == []
    assert result.published
