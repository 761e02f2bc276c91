"""The catalogue for programs that know no DCAT-AP: data.json and VoID say what plans say, and nothing else."""

import json

import pyoxigraph

from dcat_hk.serving.web.descriptions import write_data_json, write_void

REQUIRED = {"title", "description", "modified", "publisher", "contactPoint", "identifier", "accessLevel"}


def test_every_dataset_is_in_data_json(library):
    """With what the format demands, as far as plans say it; what is only planned has no distribution."""
    found = json.loads("".join(write_data_json(library)))
    assert found["conformsTo"] == "https://project-open-data.cio.gov/v1.1/schema"
    assert [one["identifier"] for one in found["dataset"]] == library.datasets
    for one in found["dataset"]:
        assert set(one) >= REQUIRED
        assert all(one.values())
    released = [one for one in found["dataset"] if "distribution" in one]
    assert 0 < len(released) < len(found["dataset"])
    assert all(file["accessURL"].startswith("https://") for one in released for file in one["distribution"])
    assert {one.get("accrualPeriodicity") for one in found["dataset"]} >= {"R/P1M", "R/P1Y"}


def test_void_says_where_the_data_are(library):
    """Dumps, the endpoint where there is one, and how many datasets there are."""
    for queries in (True, False):
        body = write_void(library, queries)
        quads = list(pyoxigraph.parse(body, format=pyoxigraph.RdfFormat.TURTLE, base_iri=library.base))
        values = {}
        for quad in quads:
            values.setdefault(quad.predicate.value.rpartition("#")[2], set()).add(quad.object.value)
        assert values["entities"] == {str(len(library.datasets))}
        assert f"{library.base}catalogue.ttl" in values["dataDump"]
        assert ("sparqlEndpoint" in values) == queries


def test_the_server_sends_both(send):
    """VoID at the well-known address."""
    assert send(".well-known/void").headers["content-type"] == "text/turtle; charset=utf-8"
    reply = send("data.json", Accept_Encoding="gzip")
    assert reply.headers["content-type"].startswith("application/json")
    assert len(reply.json()["dataset"]) == send("health").json()["datasets"]
