"""Real harvesters read the running server, while builds change under them, and follow the feed of changes."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pyoxigraph
import pytest
from click.testing import CliRunner
from support import harvesters
from support.harvesters import FORMS, PROFILES, static_host
from support.live_builds import (
    CATALOG,
    DATASET,
    DISTRIBUTION,
    SIZE,
    change,
    copy,
    extras,
    make_origin,
    served,
    taken_up,
    typed,
)
from support.web_servers import republish

from dcat_hk.commands.cli import main

AS = "https://www.w3.org/ns/activitystreams#"
by_form = pytest.mark.parametrize(("ending", "form"), [(ending, form) for _syntax, ending, form in FORMS])


@pytest.fixture(scope="module")
def origin(tmp_path_factory):
    """Build the seeds for an address of this machine."""
    return make_origin(tmp_path_factory.mktemp("origin"))


# ---- CKAN's parser


@by_form
def test_ckan_follows_the_pages_of_the_server(origin, ending, form, tmp_path):
    """Every dataset and resource arrives once, with its publisher, page after page from the running server."""
    with served(origin, origin[2], tmp_path / "log"):
        for profile in PROFILES:
            pages = harvesters.ckan_datasets(profile, form, f"{origin[1]}feed/datasets.{ending}")
            assert [len(page["datasets"]) for page in pages[:-1]] == [SIZE] * (len(pages) - 1)
            found = [dataset for page in pages for dataset in page["datasets"]]
            assert all(extras(dataset)["publisher_name"] for dataset in found)
            iris = [extras(dataset)["uri"] for dataset in found]
            assert len(iris) == len(set(iris)) > 150
            assert set(iris) == typed(origin[2], DATASET)
            resources = [resource["uri"] for dataset in found for resource in dataset["resources"]]
            assert len(resources) == len(set(resources))
            assert set(resources) == typed(origin[2], DISTRIBUTION)


@by_form
def test_ckan_misses_nothing_when_a_build_comes_half_way(origin, ending, form, tmp_path):
    """What is in both builds arrives once: even when the dataset that the next page is named for has gone."""
    every = sorted(typed(origin[2], DATASET))
    # One that was read already, the one at which the next page begins, and one that comes later.
    gone = {every[3], every[3 * SIZE], every[-2]}
    output, address = copy(origin, tmp_path / "output"), f"{origin[1]}feed/datasets.{ending}"
    with served(origin, output, tmp_path / "log") as server:
        begun = {profile: harvesters.ckan_datasets(profile, form, address, most=3) for profile in PROFILES}
        republish(change(origin, gone), output, lambda quads: quads)
        taken_up(server, len(every) - len(gone))
        for profile, first in begun.items():
            assert first[-1]["next"].endswith(f"{every[3 * SIZE].rpartition('/')[2]}.{ending}")
            rest = harvesters.ckan_datasets(profile, form, first[-1]["next"])
            found = Counter(extras(dataset)["uri"] for page in first + rest for dataset in page["datasets"])
            assert set(found.values()) == {1}
            assert set(found) == set(every) - {every[3 * SIZE], every[-2]}
            assert rest[-1]["next"] is None


# ---- DCAT-AP Feed, with a client for Linked Data Event Streams


def told(found):
    """Return the kinds of activities by what they are about, of members in order; each must be whole."""
    kinds = {}
    for member in found["members"]:
        quads = list(pyoxigraph.parse(member["quads"].encode(), format=pyoxigraph.RdfFormat.N_QUADS))
        about = {q.predicate.value: q.object.value for q in quads if q.subject.value == member["id"]}
        kind = about.pop("http://www.w3.org/1999/02/22-rdf-syntax-ns#type").removeprefix(AS)
        # The specification has nothing else at an activity, and what it says of the thing in the graph named for it.
        assert about.keys() == {f"{AS}object", f"{AS}published"}
        graphs = {q.graph_name.value for q in quads if isinstance(q.graph_name, pyoxigraph.NamedNode)}
        assert graphs == (set() if kind == "Delete" else {member["id"]})
        subjects = {q.subject.value for q in quads if isinstance(q.graph_name, pyoxigraph.NamedNode)}
        assert kind == "Delete" or about[f"{AS}object"] in subjects
        assert member["of"] == about[f"{AS}object"]
        assert member["of"] not in kinds
        kinds[member["of"]] = kind
    times = [member["time"] for member in found["members"]]
    assert all(earlier < later for earlier, later in pairwise(times))
    return kinds


def check_first(found, folder):
    """Check what a client finds that knows nothing: everything, what is pointed at before what points at it."""
    kinds = told(found)
    assert found["paths"] == [f"{AS}published", f"{AS}object"]
    assert set(kinds.values()) == {"Create"}
    assert typed(folder, DATASET) <= set(kinds)
    # The catalogue of catalogues is the whole dump; it is no member.
    assert {iri for iri in typed(folder, CATALOG) if not iri.endswith("/catalogue")} <= set(kinds)
    rooms = [iri.split("/")[4] for iri in kinds]
    assert [room for room, after in pairwise([*rooms, ""]) if room != after] == ["organisation", "catalogue", "dataset"]


def check_second(found, origin, gone):
    """Check what the same client finds after a build in which datasets are gone and others changed."""
    kinds = told(found)
    assert {iri for iri, kind in kinds.items() if kind == "Delete"} == gone
    assert list(kinds.values()) == sorted(kinds.values(), reverse=True)
    assert f"{origin[1]}dataset/hk-hkpf-u3djbhogev" in kinds
    assert len(kinds) < 20
    # Pages never change, and say so: the client does not ask for them again.
    assert not {f"/plans/changes/{number}.trig" for number in (1, 2)} & set(found["asked"])


def test_a_client_follows_the_changes_on_the_server(origin, tmp_path):
    """Every activity once, in order; with what it remembers only new ones; nothing from elsewhere is asked for."""
    gone = set(sorted(typed(origin[2], DATASET))[5:7])
    output, address = copy(origin, tmp_path / "output"), f"{origin[1]}changes.trig"
    with served(origin, output, tmp_path / "log", "--history", str(tmp_path / "history")) as server:
        check_first(harvesters.ldes_members(address, tmp_path / "memory"), origin[2])
        assert harvesters.ldes_members(address, tmp_path / "memory")["members"] == []
        republish(change(origin, gone), output, lambda quads: quads)
        taken_up(server, len(typed(output, DATASET)))
        check_second(harvesters.ldes_members(address, tmp_path / "memory"), origin, gone)
        republish(origin[2], output, lambda quads: quads)
        taken_up(server, len(typed(output, DATASET)))
        kinds = told(harvesters.ldes_members(address, tmp_path / "memory"))
        assert {iri for iri, kind in kinds.items() if kind == "Create"} == gone
        everything = harvesters.ldes_members(address, tmp_path / "fresh")["members"]
    assert len({member["id"] for member in everything}) == len(everything) > 300
    last = {member["of"]: member["quads"] for member in everything}
    assert typed(origin[2], DATASET) <= {iri for iri, quads in last.items() if f"{AS}Delete" not in quads}


def test_a_client_follows_the_changes_on_a_static_host(origin, tmp_path):
    """The same from files; without a header that they never change the pages are asked for again, to no effect."""
    gone = set(sorted(typed(origin[2], DATASET))[5:7])
    output, address = copy(origin, tmp_path / "output"), f"{origin[1]}changes.trig"

    def write():
        options = ["--format", "ttl", "-j", "1", "--quiet"]
        done = CliRunner().invoke(main, ["feed", str(output), "-o", str(tmp_path / "host/plans"), *options])
        assert done.exit_code == 0, done.output

    write()
    with static_host(tmp_path / "host", origin[0]):
        check_first(harvesters.ldes_members(address, tmp_path / "memory"), origin[2])
        republish(change(origin, gone), output, lambda quads: quads)
        write()
        found = harvesters.ldes_members(address, tmp_path / "memory")
        check_second({**found, "asked": []}, origin, gone)
