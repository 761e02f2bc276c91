"""The JSON of differences is exactly the contract."""

import json

from support.compared_builds import BASE, TWO_PLANS, compare_turtle

from dcat_hk.checking.comparing.report_json import as_json


def report(comparison):
    """Return the JSON of a comparison as values."""
    return json.loads("".join(as_json(comparison)))


def test_equal_builds_give_empty_lists(tmp_path):
    """Where nothing differs, the three lists are there and empty."""
    assert report(compare_turtle(tmp_path, TWO_PLANS, TWO_PLANS)) == {"gone": [], "added": [], "changed": []}


def test_each_fact_has_these_keys_and_no_others(tmp_path):
    """A changed fact has IRI, property, values before and after, and cause; a value that is not there is null."""
    new = TWO_PLANS.replace("roads-c", "roads-d").replace('"b"@en', '"B"@en')
    value = report(compare_turtle(tmp_path, TWO_PLANS, new))
    assert list(value) == ["gone", "added", "changed"]
    assert value["gone"] == [f"{BASE}dataset/roads-c"]
    assert value["added"] == [f"{BASE}dataset/roads-d"]
    assert {tuple(one) for one in value["changed"]} == {("iri", "property", "before", "after", "cause")}
    assert {
        "iri": f"{BASE}dataset/roads-b",
        "property": "http://purl.org/dc/terms/title",
        "before": "b@en",
        "after": "B@en",
        "cause": "program",
    } in value["changed"]
    assert {
        "iri": f"{BASE}catalogue/roads/2024-2026",
        "property": "http://www.w3.org/ns/dcat#dataset",
        "before": f"{BASE}dataset/roads-c",
        "after": None,
        "cause": "program",
    } in value["changed"]


def test_values_that_would_read_alike_show_their_datatypes(tmp_path):
    """A month that became a text reads otherwise."""
    month = '"2024-01"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>'
    new = TWO_PLANS.replace('dct:title "a"@en ; dct:issued "2024-01"', f'dct:title "a"@en ; dct:issued {month}')
    (change,) = report(compare_turtle(tmp_path, TWO_PLANS, new))["changed"]
    assert (change["before"], change["after"]) == ("2024-01", "2024-01^^http://www.w3.org/2001/XMLSchema#gYearMonth")
