"""The feed of changes: activities in a stable order, on pages that never change."""

from __future__ import annotations

import json
import os
import re

import pyoxigraph
import pytest
from support.web_servers import BASE, DATASET, republish

from dcat_hk.serving.web.changes import PAGE_SIZE, read_history, read_page_times, update_feed, write_start_page
from dcat_hk.serving.web.library import Library, fill_store
from dcat_hk.serving.web.snapshot import take_snapshot

AS = "https://www.w3.org/ns/activitystreams#"
TREE = "https://w3id.org/tree#"


def read(body):
    """Return the quads of a document in N-Quads."""
    return list(pyoxigraph.parse(body, format=pyoxigraph.RdfFormat.N_QUADS))


def list_activities(folder, number):
    """Return time, kind and object of the activities of a page, in the order of their times."""
    activities = {}
    for quad in read((folder / f"{number}.nq").read_bytes()):
        if isinstance(quad.graph_name, pyoxigraph.DefaultGraph):
            activities.setdefault(quad.subject.value, {})[quad.predicate.value] = quad.object.value
    rows = [one for one in activities.values() if f"{AS}object" in one]
    kind = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    return sorted((one[f"{AS}published"], one[kind].removeprefix(AS), one[f"{AS}object"]) for one in rows)


@pytest.fixture(scope="module")
def feed(library, tmp_path_factory):
    """Return the folder of a feed with the first build, and the number of its changes."""
    folder = tmp_path_factory.mktemp("feed")
    return folder, update_feed(library, folder)


def test_a_first_build_creates_every_member(feed):
    """Bodies come before catalogues and these before datasets; every page but the last is full."""
    folder, count = feed
    pages = [list_activities(folder, number) for number in range(1, len(read_page_times(folder)) + 1)]
    rows = [row for page in pages for row in page]
    assert len(rows) == count > PAGE_SIZE
    assert [len(page) for page in pages[:-1]] == [PAGE_SIZE] * (len(pages) - 1)
    assert {kind for _time, kind, _iri in rows} == {"Create"}
    kinds = [re.sub(r"/.*", "", iri.removeprefix(BASE)) for _time, _kind, iri in rows]
    assert list(dict.fromkeys(kinds)) == ["organisation", "catalogue", "dataset"]
    assert len({time for time, _kind, _iri in rows}) == count
    assert BASE + "catalogue" not in {iri for _time, _kind, iri in rows}


def test_the_same_build_changes_nothing(feed, library):
    """A second update with the same build writes no page."""
    folder, _count = feed
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert update_feed(library, folder) == 0
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_what_a_killed_process_left_is_removed(feed, library):
    """Half-written pages have names of their own; the next update of the feed takes them away."""
    folder, _count = feed
    (folder / ".dcat-hk-0123456789abcdef.tmp").write_text("half a page", encoding="utf-8")
    update_feed(library, folder)
    assert not list(folder.glob(".*.tmp"))


def test_the_start_page_bounds_every_page_but_the_last(feed, library):
    """A client reads from the relations which pages it has not seen; the last page is open."""
    folder, _count = feed
    times = read_page_times(folder)
    quads = read(write_start_page(library, folder, "nq"))
    kinds = [quad.object.value.removeprefix(TREE) for quad in quads if quad.object.value.endswith("Relation")]
    assert kinds.count("GreaterThanOrEqualToRelation") == len(times)
    assert kinds.count("LessThanOrEqualToRelation") == len(times) - 1
    assert {quad.object.value for quad in quads if quad.predicate.value == f"{TREE}value"} == set(times)


def test_activities_of_a_new_build_are_later_than_all_before(feed, catalogue, tmp_path):
    """A build with an older manifest still gets later times, and deletions come last."""
    folder, _count = feed
    republish(catalogue, tmp_path / "output", lambda quads: "".join(
        line for line in quads.splitlines(keepends=True) if f"{BASE}dataset/hk-hhb-" not in line
    ).replace("罪案數字比較", "罪案"))  # fmt: skip
    os.utime(tmp_path / "output" / "manifest.json", (0, 0))
    snapshot = take_snapshot(tmp_path / "output", tmp_path)
    fill_store(snapshot)
    history = read_history(folder)
    count = update_feed(Library(snapshot), folder)
    rows = list_activities(folder, len(history.times) + 1)
    assert len(rows) == count > 1
    assert min(time for time, _kind, _iri in rows) > history.last
    assert (rows[0][1], rows[0][2]) == ("Update", BASE + DATASET)
    assert {kind for _time, kind, _iri in rows[1:]} == {"Delete"}
    deleted = [iri for _time, _kind, iri in rows[1:]]
    assert deleted == sorted(deleted, reverse=True)


def test_a_new_folder_has_no_history(tmp_path):
    """Without a state file there is no build, no time and no page."""
    assert read_history(tmp_path / "new").build == ""
    assert read_page_times(tmp_path) == []


def test_a_state_of_an_older_version_is_read(tmp_path):
    """A state without last time, and with titles after the digests, still gives times and digests."""
    lines = [{"build": "abc", "times": ["2026-01-01T00:00:00Z"]}, ["urn:a", "digest", "title"]]
    (tmp_path / "state.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    history = read_history(tmp_path)
    assert (history.build, history.last, history.digests) == ("abc", "2026-01-01T00:00:00Z", {"urn:a": "digest"})
