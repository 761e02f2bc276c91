"""The IRIs of things."""

import pytest
from support.entries import make_entry
from support.mappings import BASE, TABS, datasets, map_texts
from support.plan_texts import PlanText, Row, as_tabs

from dcat_hk.catalogue.mapping.iris import Iris, dataset_id, key_of, minted_code
from dcat_hk.core.plan import Plan
from dcat_hk.core.text import transform


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


def record_iris(*entries, organisations=None):
    """Return the records of entries without what they have in common."""
    plan = Plan("a.txt", "0" * 64, "", "", (2024, 2026), "Hant", None, entries)
    iris = Iris(BASE).records("hk-hko", plan, organisations or [""] * len(entries))
    return [iri.removeprefix(f"{BASE}record/hk-hko/2024-2026/") for iri in iris]


@pytest.mark.parametrize(
    ("fields", "organisation", "name"),
    [
        ({"section": "A", "spatial": True, "number": 7}, "", "A-i-7"),
        ({"spatial": None, "number": 7, "part": 2}, "", "D-7.2"),
        ({"section": "C", "number": 1}, "hospital", "C-ii-hospital-1"),
        ({"number": None}, "", "D-ii-n"),
        ({"number": 0}, "", "D-ii-0"),
    ],
)
def test_a_record_is_named_by_section_body_number_and_part(fields, organisation, name):
    """The name says where the row stands; a number of zero is not the lack of one."""
    assert record_iris(make_entry(**fields), organisations=[organisation]) == [name]


def test_rows_of_one_number_get_distinct_records():
    """A number that a plan prints three times names three records, in the order of the rows."""
    assert record_iris(*[make_entry()] * 3) == ["D-ii-1", "D-ii-1_2", "D-ii-1_3"]


def test_parts_of_a_key_are_kept_apart():
    """Text that moves from one part to the next makes another key."""
    assert len({key_of("ab", "c"), key_of("a", "bc"), key_of("abc"), key_of("abc", "")}) == 4


def test_publisher_heading_and_kind_make_different_datasets():
    """The same title of another publisher, under another heading or as spatial data is another dataset."""
    identifiers = [
        dataset_id("hk-hko", "", False, "雨量"),
        dataset_id("hk-td", "", False, "雨量"),
        dataset_id("hk-hko", "甲", False, "雨量"),
        dataset_id("hk-hko", "", True, "雨量"),
    ]
    assert len(set(identifiers)) == 4
    assert [one.rpartition("-")[0] for one in identifiers] == ["hk-hko", "hk-td", "hk-hko", "hk-hko"]


def test_names_are_ascii():
    """Whatever a plan calls a body or a dataset, its IRI has only ASCII letters, digits and marks."""
    names = [
        minted_code("未來局"),
        dataset_id("x", "計劃", None, "數據"),
        Iris(BASE).distribution(f"{BASE}d", 2, "CSV"),
    ]
    assert all(name.isascii() and " " not in name for name in names)
    assert names[2] == f"{BASE}d/distribution/2-csv"


def test_every_iri_is_written_as_it_was_published():
    """The names of all things, letter for letter: whoever has kept one must find it again."""
    iris = Iris(BASE)
    assert {name.removeprefix(BASE) for name in (iris.catalogue, iris.operator)} == {
        "catalogue",
        "organisation/operator",
    }
    assert iris.plan_catalogue("hk-hko", (2024, 2026)) == f"{BASE}catalogue/hk-hko/2024-2026"
    assert iris.plan("hk-hko", (2024, 2026)) == f"{BASE}plan/hk-hko/2024-2026"
    assert iris.source(f"{BASE}plan/x", "0123456789abcdef") == f"{BASE}plan/x/source/0123456789ab"
    assert iris.dataset("hk-hko-a") == f"{BASE}dataset/hk-hko-a"
    assert iris.distribution(f"{BASE}d", 0, "CSV") == f"{BASE}d/distribution/csv"
    address = "https://example.org/a.csv"
    assert iris.delivered(f"{BASE}d", address) == f"{BASE}d/distribution/portal-{key_of(address)}"
    assert iris.snapshot("2025-09-13") == f"{BASE}portal/2025-09-13"
    assert iris.organisation("hk-hko") == f"{BASE}organisation/hk-hko"
    assert iris.contact(f"{BASE}o") == f"{BASE}o#contact"


def test_keys_are_as_they_were_published():
    """The rule that makes an identifier gives the same one for ever."""
    assert key_of("hk-hkpf", "", "", "罪案数字比较") == "u3djbhogev"
    assert minted_code("未來局") == "x-" + key_of("未来局")
    assert dataset_id("hk-hko", "", True, "雨量") == "hk-hko-" + key_of("hk-hko", "", "spatial", "雨量")
    assert dataset_id("hk-hko", "甲", False, "雨量") == "hk-hko-" + key_of("hk-hko", "甲", "", "雨量")


def test_there_is_an_organisation_for_each_row():
    """A list that is shorter than the rows is a mistake of ours, and not passed over."""
    with pytest.raises(ValueError, match="shorter"):
        record_iris(make_entry(), make_entry(), organisations=[""])


def test_a_row_that_was_corrected_keeps_its_place_among_its_doubles():
    """Where it is known which of several rows of one number a row is, its record is named after that."""
    assert record_iris(make_entry(), make_entry(nth=3)) == ["D-ii-1", "D-ii-1_3"]
    assert record_iris(make_entry(nth=1)) == ["D-ii-1"]
