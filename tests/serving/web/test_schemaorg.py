"""A dataset is described for search engines: distributions only if released, descriptions of accepted length."""

from __future__ import annotations

import json

import pytest
from support.web_servers import BASE, DATASET

from dcat_hk.core.namespaces import DCAT, DCT, RDF
from dcat_hk.core.terms import Literal, Thing
from dcat_hk.serving.web.pages import SitePageWriter
from dcat_hk.serving.web.schemaorg import _describe_period, describe_dataset, encode_for_script

HKPF = f"{BASE}organisation/hk-hkpf"


def describe(library, thing, language="en"):
    """Return the description of a dataset as JSON."""
    return json.loads(describe_dataset(thing, library, language))


def make_dataset(**properties):
    """Return a dataset with a title and more properties of DCT."""
    return Thing(
        f"{BASE}dataset/x",
        {
            RDF.type: [DCAT.Dataset],
            DCT.title: [Literal("Tides", "en")],
            **{getattr(DCT, name): values for name, values in properties.items()},
        },
    )


def test_a_released_dataset_has_its_distributions(library):
    """The access page is url, never contentUrl, because plans name no files; the media type has its name."""
    found = describe(library, library.find_thing(BASE + DATASET))
    (distribution,) = found["distribution"]
    assert distribution["encodingFormat"] == "text/csv"
    assert distribution["url"].startswith("http")
    assert "contentUrl" not in distribution
    assert found["publisher"]["@id"] == HKPF
    assert found["isAccessibleForFree"] is True


def test_a_planned_dataset_has_nothing_to_download(library):
    """A dataset with an expected date has the status Planned and no distribution, access or licence."""
    found = describe(library, make_dataset(available=[Literal("2027-01")]))
    assert found["creativeWorkStatus"] == "Planned"
    assert not {"distribution", "isAccessibleForFree", "license"} & set(found)


def test_a_short_description_is_extended(library):
    """Google requires 50 characters: publisher and catalogue are added, a long text is cut at 5,000."""
    short = describe(library, make_dataset(description=[Literal("Sea level.", "en")], publisher=[HKPF]))
    assert short["description"].startswith("Tides · Sea level. · Hong Kong Police Force")
    assert len(short["description"]) >= 50
    long = describe(library, make_dataset(description=[Literal("x" * 6000, "en")]))
    assert len(long["description"]) == 5000


def test_empty_properties_are_left_out(library):
    """Search engines report empty values as errors."""
    found = describe(library, make_dataset())
    assert not [key for key, value in found.items() if value in (None, "", [], {})]
    assert "publisher" not in found
    assert found["name"] == "Tides"


@pytest.mark.parametrize("text", ["</script>", "<!--", "]]>", "a & b", "\u2028\u2029", '"\\'])
def test_json_is_safe_in_a_script_element(text):
    """No character of a text is markup, and the JSON is still read to the same text."""
    encoded = encode_for_script({"name": text})
    assert not set("<>&\u2028\u2029") & set(encoded)
    assert json.loads(encoded) == {"name": text}


@pytest.mark.parametrize(
    ("path", "kind", "names"),
    [
        (DATASET, "Dataset", {"en": "罪案數字比較", "zh-Hans": "罪案数字比较"}),
        (
            "catalogue",
            "DataCatalog",
            {"en": "Hong Kong government open data plans", "zh-Hans": "香港政府开放数据计划目录"},
        ),
        ("organisation/hk-hkpf", "Organization", {"en": "Hong Kong Police Force", "zh-Hant": "香港警務處"}),
    ],
)
def test_search_engines_find_what_a_page_is_about(library, path, kind, names):
    """As extruct reads it: JSON-LD and OpenGraph, with names in the language of the page."""
    extruct = pytest.importorskip("extruct")
    for language, name in names.items():
        page = SitePageWriter(library).write_thing_page(path, library.find_document(library.base + path), language)
        found = extruct.extract(page.decode(), syntaxes=["json-ld", "opengraph"])
        (described,) = found["json-ld"]
        assert (described["@type"], described["name"], described["@id"]) == (kind, name, library.base + path)
        assert name not in described.get("alternateName", ())
        assert dict(found["opengraph"][0]["properties"])["og:title"] == name


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2016", "2019", "2016/2019"),
        ("2010", "", "2010/.."),
        ("2018", "2018", "2018"),
        ("2018-04", "2019-03", "2018-04/2019-03"),
    ],
)
def test_a_period_is_an_interval(first, last, said):
    """Open at the end, if the title says that it goes on."""

    class Values:
        base = BASE

        def find_values(self, _iri, name):
            text = first if name == DCAT.startDate else last
            return [Literal(text)] if text else []

    assert _describe_period([f"{BASE}a#period"], Values()) == said
