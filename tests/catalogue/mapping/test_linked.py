"""What a dataset gets from the record of the portal that it is."""

import pytest
from support.linked_datasets import RAIN, RECORDS, STATIONS, TIDES, linked_links
from support.mappings import BASE, TABS, datasets, map_texts, month, one
from support.plan_texts import as_tabs

from dcat_hk.catalogue.mapping.linked import to_address, to_mailbox
from dcat_hk.core.settings import Settings
from dcat_hk.core.terms import expand
from dcat_hk.reconciliation.sssom import BROAD

TITLE, PAGE = expand("dct:title"), expand("dcat:landingPage")


def mapped(links, **settings):
    """Return the things of the plan with links."""
    (things,) = map_texts(as_tabs(TABS), settings=Settings(**settings), links=links)
    return things


def texts(properties, name="dct:title"):
    """Return texts with their languages, in order."""
    return [(text.language, text.value) for text in properties[expand(name)]]


def test_titles_are_added_in_languages_that_the_plan_lacks():
    """The printed one comes first and stays; a converted one gives way to one that is stated."""
    things = mapped(linked_links())
    assert texts(things[f"{BASE}dataset/{RAIN}"]) == [
        ("zh-Hant", "雨量"),
        ("zh-Hans", "雨量（各区）"),
        ("en", "Rainfall"),
    ]
    assert texts(things[f"{BASE}dataset/{STATIONS}"]) == [
        ("zh-Hant", "自動氣象站"),
        ("en", "Automatic weather stations"),
        ("zh-Hans-t-zh-hant", "自动气象站"),
    ]
    assert texts(things[f"{BASE}dataset/{RAIN}"], "dct:description")[:2] == [
        ("zh-Hant", "各區雨量 (CSV)"),
        ("en", "Rain in each district."),
    ]


@pytest.mark.parametrize(
    ("settings", "tags"),
    [
        ({"derived": "plain"}, ["zh-Hant", "zh-Hans", "en"]),
        ({"derived": "none"}, ["zh-Hant", "zh-Hans", "en"]),
        ({"script": "Hant"}, ["zh-Hant", "en"]),
        ({"script": "Hans"}, ["zh-Hans", "en"]),
    ],
)
def test_settings_of_languages_hold_for_what_the_portal_says(settings, tags):
    """One Chinese script alone stays alone, and no language has two titles."""
    things = mapped(linked_links(), **settings)
    found = [tag for tag, _text in texts(things[f"{BASE}dataset/{RAIN}"])]
    assert [tag.partition("-t-")[0] for tag in found] == tags


def test_the_pages_of_the_record_are_landing_pages():
    """In each language, that of the plan first."""
    things = mapped(linked_links())
    pages = [f"https://data.gov.hk/{tag}-data/dataset/hk-hko-rain" for tag in ("tc", "sc", "en")]
    assert list(things[f"{BASE}dataset/{RAIN}"][PAGE]) == pages
    assert things[f"{BASE}dataset/{RAIN}"][expand("skos:exactMatch")] == (pages[-1],)


def test_what_the_portal_has_was_released():
    """The dataset is no longer planned, and says since when, if that is known; the row stays planned."""
    things = mapped(linked_links())
    dataset = things[f"{BASE}dataset/{TIDES}"]
    assert dataset[expand("adms:status")] == (f"{BASE}def/plan#released",)
    assert dataset[expand("dct:issued")] == (month("2024-05"),)
    assert expand("dct:available") not in dataset
    assert one(things, "/A-ii-1")[f"{BASE}def/plan#stage"] == (f"{BASE}def/plan#planned",)
    assert "released" in dict(texts(dataset, "dct:description"))["en"]


def test_a_record_that_covers_more_gives_nothing_but_its_name():
    """Titles, pages and files of a broader record are not those of the dataset."""
    (plain,) = map_texts(as_tabs(TABS))
    things = mapped(linked_links((RAIN, "hk-hko-rain", BROAD)))
    before, after = plain[f"{BASE}dataset/{RAIN}"], things[f"{BASE}dataset/{RAIN}"]
    assert {name: terms for name, terms in after.items() if name != expand("skos:broadMatch")} == before
    assert after[expand("skos:broadMatch")] == ("https://data.gov.hk/en-data/dataset/hk-hko-rain",)


def test_the_contact_has_the_address_that_the_portal_prints():
    """A record without one, or with words in its place, leaves the publisher's contact."""
    things = mapped(linked_links())
    contact = things[f"{BASE}dataset/{RAIN}#contact"]
    assert contact[expand("vcard:hasEmail")] == ("mailto:data@weather.example",)
    assert texts(contact, "vcard:fn")[0] == ("zh-Hant", "香港天文台")
    point = expand("dcat:contactPoint")
    assert things[f"{BASE}dataset/{RAIN}"][point] == (f"{BASE}dataset/{RAIN}#contact",)
    assert things[f"{BASE}dataset/{TIDES}"][point] == (f"{BASE}organisation/hk-hko#contact",)


def test_documents_and_systems_are_named_once():
    """The data dictionary is the same in two languages; the coordinates are in the Hong Kong grid."""
    things = mapped(linked_links())
    assert things[f"{BASE}dataset/{RAIN}"][expand("foaf:page")] == (RECORDS[0].dictionary["en"],)
    assert things[f"{BASE}dataset/{STATIONS}"][expand("dct:conformsTo")] == (
        "http://www.opengis.net/def/crs/EPSG/0/2326",
    )
    assert things[f"{BASE}dataset/{RAIN}"][expand("prov:wasDerivedFrom")] == (f"{BASE}portal/2025-09-13",)


def test_without_links_nothing_changes():
    """No property of any dataset differs, if no dataset of the plan is linked."""
    (plain,) = map_texts(as_tabs(TABS))
    assert mapped(linked_links(("hk-xyz-aaaaaaaaaa", "hk-hko-rain"))) == plain
    assert datasets(plain)


@pytest.mark.parametrize(
    ("stated", "address"),
    [
        ("https://a.example/名單.csv", "https://a.example/%E5%90%8D%E5%96%AE.csv"),
        ("https://a.example/a b?c=[1]&d=%20", "https://a.example/a%20b?c=[1]&d=%20"),
        ('https://a.example/"<>|^`{}', "https://a.example/%22%3C%3E%7C%5E%60%7B%7D"),
        ("HTTPS://a.example", ""),
        ("ftp://a.example/a", ""),
        ("//a.example/a", ""),
        ("javascript:alert(1)", ""),
        ("https://例子.example/a", ""),
        ("see https://a.example", ""),
        ("https://a.example/\n<x>", ""),
        ("", ""),
    ],
)
def test_what_is_no_address_is_left_out(stated, address):
    """Addresses are of ASCII characters that stand in an IRI; nothing is guessed."""
    assert to_address(stated) == address


@pytest.mark.parametrize(
    "stated", ["", "a@b", "a b@c.example", "a@b.example, c@d.example", "<a@b.example>", "電郵@a.example"]
)
def test_what_is_no_mailbox_is_left_out(stated):
    """One address, nothing around it."""
    assert to_mailbox(stated) == ""


def test_the_area_of_a_record_is_a_place_beside_hong_kong():
    """As a box of longitudes and latitudes; where none is stated there is none."""
    things = mapped(linked_links())
    assert things[f"{BASE}dataset/{STATIONS}"][expand("dct:spatial")][1:] == (f"{BASE}dataset/{STATIONS}#area",)
    area = things[f"{BASE}dataset/{STATIONS}#area"]
    assert area[expand("rdf:type")] == (expand("dct:Location"),)
    (box,) = area[expand("dcat:bbox")]
    assert (box.datatype, box.value.count(","), "113.8 22.1" in box.value) == (expand("geo:wktLiteral"), 4, True)
    assert len(things[f"{BASE}dataset/{RAIN}"][expand("dct:spatial")]) == 1
    assert f"{BASE}dataset/{RAIN}#area" not in things
