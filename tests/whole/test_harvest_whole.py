"""A whole CKAN with its database harvests the running server: what it takes, refuses, updates and deletes."""

from __future__ import annotations

import json
import re

import pyoxigraph
import pytest
from support import harvesters
from support.live_builds import DATASET, DISTRIBUTION, change, copy, extras, make_origin, served, typed, wait
from support.web_servers import republish

from dcat_hk.catalogue.publishing.export import Selection, export

#: Two bodies of the seeds, as the action API names them.
BODIES = ["hk-hhb", "hk-itc"]


@pytest.fixture(scope="module")
def origin(tmp_path_factory):
    """Build the seeds for an address of this machine."""
    return make_origin(tmp_path_factory.mktemp("origin"))


@pytest.fixture(scope="module")
def harvested(origin, tmp_path_factory):
    """Harvest the server into a whole CKAN, then with keywords that it takes, then when datasets are gone."""
    folder, gone = tmp_path_factory.mktemp("ckan"), set(sorted(typed(origin[2], DATASET))[5:7])
    output, address = copy(origin, folder / "output"), f"{origin[1]}feed/datasets.ttl"
    with harvesters.whole_ckan(folder) as ckan, served(origin, output, folder / "log") as server:
        plain = ckan.harvest(address, rdf_format="text/turtle")
        put_tagged(origin[2], output, server)
        clean = ckan.harvest(address, rdf_format="text/turtle")
        put_tagged(change(origin, gone), output, server)
        return plain, clean, ckan.harvest(address, rdf_format="text/turtle"), gone


@pytest.fixture(scope="module")
def taken(origin, tmp_path_factory):
    """Harvest two bodies twice from the action API with the harvester of other CKANs, which makes what it lacks."""
    folder = tmp_path_factory.mktemp("ckan")
    settings = {"remote_orgs": "create", "remote_groups": "create", "organizations_filter_include": BODIES}
    with harvesters.whole_ckan(folder) as ckan, served(origin, origin[2], folder / "log") as server:
        told = [json.loads(server.ask(f"api/3/action/package_search?fq=organization:{body}").body) for body in BODIES]
        counts = [one["result"]["count"] for one in told]
        return counts, [ckan.harvest(origin[1], "ckan", **settings) for _ in range(2)]


def put_tagged(source, output, server):
    """Put a build in place whose keywords are as `dcat-hk export --keywords tags` writes them."""
    before = server.ask("health").text
    republish(source, output, lambda _quads: "".join(export(source, "nquads", Selection(keywords="tags"))))
    wait(lambda: server.ask("health").text != before)


def test_a_whole_ckan_refuses_no_keyword(origin, harvested):
    """Keywords have no marks but hyphen, underscore and dot, which is all that CKAN admits."""
    plain, words = harvested[0], {}
    for quad in pyoxigraph.parse(path=origin[2] / "catalogue.nq", format=pyoxigraph.RdfFormat.N_QUADS):
        if quad.predicate.value == "http://www.w3.org/ns/dcat#keyword":
            words.setdefault(quad.subject.value, set()).add(quad.object.value)
    # It takes a comma for the end of a tag.
    odd = {iri for iri in words if any(re.search(r"[^\w .,-]", word) for word in words[iri])}
    assert not odd
    assert plain["refused"] == []
    assert {name: n for name, n in plain["outcome"].items() if n} == {"added": len(typed(origin[2], DATASET))}


def test_a_whole_ckan_takes_every_dataset(origin, harvested):
    """With plain keywords it refuses nothing: each dataset and resource is in its database, with publisher and plan."""
    plain, clean = harvested[:2]
    assert clean["refused"] == []
    assert {name: n for name, n in clean["outcome"].items() if n} == {"updated": plain["outcome"]["added"]}
    assert sorted(extras(dataset)["uri"] for dataset in clean["datasets"]) == sorted(typed(origin[2], DATASET))
    resources = [resource["uri"] for dataset in clean["datasets"] for resource in dataset["resources"]]
    assert sorted(resources) == sorted(typed(origin[2], DISTRIBUTION))
    for dataset in clean["datasets"]:
        about = extras(dataset)
        assert dataset["title"]
        assert about["guid"] == about["uri"]
        assert about["publisher_name"]
        assert "is_referenced_by" in about
    tags = {tag["name"] for dataset in clean["datasets"] for tag in dataset["tags"]}
    assert {"創新及科技基金", "ITF"} <= tags


def test_a_whole_ckan_follows_changes(harvested):
    """The next harvest updates what is there and deletes what is gone; nothing arrives twice."""
    _plain, clean, later, gone = harvested
    assert later["refused"] == []
    assert later["outcome"] == {"updated": len(clean["datasets"]) - len(gone), "deleted": len(gone)}
    before, after = ({extras(dataset)["uri"]: dataset for dataset in one["datasets"]} for one in (clean, later))
    assert set(after) == set(before) - gone
    assert all(after[iri][key] == before[iri][key] for iri in after for key in ("id", "name"))
    assert "罪案" in {dataset["title"] for dataset in after.values()}


def test_a_whole_ckan_takes_us_for_a_ckan(taken):
    """Its harvester for other CKANs pages through the action API, and takes all datasets of two bodies."""
    counts, (first, _second) = taken
    assert min(counts) > 0
    assert first["refused"] == []
    assert {name: n for name, n in first["outcome"].items() if n} == {"added": sum(counts)}
    found = [dataset["organization"]["name"] for dataset in first["datasets"]]
    assert sorted(found) == sorted(body for body, count in zip(BODIES, counts, strict=True) for _ in range(count))
    for dataset in first["datasets"]:
        assert dataset["name"].startswith(dataset["organization"]["name"])
        assert dataset["title"]
        assert dataset["groups"]
        assert all(resource["url"] for resource in dataset["resources"])


def test_a_whole_ckan_takes_nothing_twice(taken):
    """The second time it asks for what changed since, and makes nothing new."""
    _counts, (first, second) = taken
    assert second["refused"] == []
    assert not second["outcome"].get("added")
    assert {dataset["id"] for dataset in second["datasets"]} == {dataset["id"] for dataset in first["datasets"]}
