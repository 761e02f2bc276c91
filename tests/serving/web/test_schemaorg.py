"""A dataset is described for search engines: distributions only if released, descriptions of accepted length."""

from __future__ import annotations

import json

import pytest
from support.web_servers import BASE, DATASET

from dcat_hk.core.namespaces import DCAT, DCT, RDF
from dcat_hk.core.terms import Literal, Thing
from dcat_hk.serving.web.schemaorg import describe_dataset, encode_for_script

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
