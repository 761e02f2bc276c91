"""Files of plans and of the whole catalogue."""

import hashlib
import json

import pyoxigraph
import pytest
from support.mappings import BASE, TABS, make_mappings
from support.plan_texts import PlanText, as_tabs

from dcat_hk.catalogue.publishing.writing import (
    CatalogueWriter,
    Output,
    PlanWriter,
    stub_types,
    write_segment,
    write_vocabularies,
    write_whole,
)
from dcat_hk.core.vocabularies import FILES, load


def two_mappings():
    """Return mappings of two plans of one body that state the same datasets."""
    return make_mappings(*[as_tabs(PlanText("香港天文台", year, TABS.rows)) for year in (2022, 2024)])


def write(folder, mappings, in_one_segment=False):
    """Write plans and their catalogue; return what is left to know of the plans."""
    folder.mkdir()
    context = mappings[0].context
    writer = PlanWriter(context, folder, lambda number: make_mapping_again(mappings, number))
    with CatalogueWriter(context, folder) as catalogue:
        plans = [writer.write(mapping) for mapping in mappings]
        for number, part in enumerate([plans] if in_one_segment else [[plan] for plan in plans]):
            segment = folder / f"segment-{number}"
            catalogue.add_segment(segment, write_segment(segment, part))
        catalogue.finish()
    return [plan.summary for plan in plans]


def make_mapping_again(mappings, number):
    """Return a new mapping of a plan."""
    return type(mappings[number])(mappings[0].context, mappings[number].identified, number)


def triples(path):
    """Return the triples of a file, graphs aside."""
    return {(q.subject, q.predicate, q.object) for q in pyoxigraph.parse(path=str(path))}


def test_a_file_in_pieces_has_the_digest_of_the_whole(tmp_path):
    """Text, bytes and another file's bytes follow one another; digest and size are of all of them."""
    (tmp_path / "other").write_bytes(b"cd")
    digests = {}
    file = Output(tmp_path, "plans/a", digests)
    file.write("書")
    file.write(b"b")
    file.copy(tmp_path / "other")
    file.close()
    data = "書bcd".encode()
    assert (tmp_path / "plans/a").read_bytes() == data
    assert digests == {"plans/a": (hashlib.sha256(data).hexdigest(), len(data))}
    write_whole(tmp_path, "b", data, digests)
    assert digests["b"] == digests["plans/a"]


def test_an_older_plan_s_file_has_the_datasets_that_a_newer_one_describes(tmp_path):
    """A plan's own file is complete by itself; in the whole catalogue each dataset stands once."""
    summaries = write(tmp_path / "out", two_mappings())
    assert [summary.path for summary in summaries] == ["plans/hk-hko/2022-2024", "plans/hk-hko/2024-2026"]
    for summary in summaries:
        text = (tmp_path / "out" / f"{summary.path}.ttl").read_text(encoding="utf-8")
        assert text.count(" a dcat:Dataset") == summary.datasets == 4
    assert (tmp_path / "out/catalogue.ttl").read_text(encoding="utf-8").count(" a dcat:Dataset") == 4


def test_all_files_of_the_whole_are_one_graph(tmp_path):
    """Turtle, N-Quads and JSON-LD have the same triples, those of every plan included."""
    summaries = write(tmp_path / "out", two_mappings())
    whole = triples(tmp_path / "out/catalogue.nq")
    assert whole == triples(tmp_path / "out/catalogue.ttl") == triples(tmp_path / "out/catalogue.jsonld")
    for summary in summaries:
        assert triples(tmp_path / "out" / f"{summary.path}.ttl") <= whole


def test_segments_give_the_same_bytes_as_single_plans(tmp_path):
    """Plans that waited in a segment are written as if they had come one by one, and the segment is removed."""
    write(tmp_path / "one", two_mappings())
    write(tmp_path / "two", two_mappings(), in_one_segment=True)
    for name in ("catalogue.ttl", "catalogue.nq", "catalogue.jsonld"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    assert not list((tmp_path / "two").glob("segment*"))


def test_a_plan_nests_its_datasets_in_json_ld(tmp_path):
    """The catalogue of a plan has its datasets as objects, and these their distributions."""
    (summary,) = write(tmp_path / "out", make_mappings(as_tabs(TABS)))
    things = json.loads((tmp_path / "out" / f"{summary.path}.jsonld").read_text(encoding="utf-8"))["@graph"]
    assert [len(dataset.get("distribution", [])) for dataset in things[0]["dataset"]].count(0) == 2
    assert sum(len(dataset.get("distribution", [])) for dataset in things[0]["dataset"]) == 3


def test_files_are_closed_if_writing_fails(tmp_path):
    """An error leaves no file open."""
    (mapping,) = make_mappings(as_tabs(TABS))
    context = mapping.context
    with pytest.raises(KeyError), CatalogueWriter(context, tmp_path) as writer:
        raise KeyError
    assert set(writer.digests) == {"catalogue.ttl", "catalogue.nq", "catalogue.jsonld"}


def test_every_vocabulary_is_a_file(tmp_path):
    """Each vocabulary is published as Turtle under the base IRI, and its digest is stated."""
    digests = write_vocabularies(tmp_path, load(BASE))
    assert sorted(digests) == sorted(f"vocabularies/{name}.ttl" for name in FILES)
    assert all(triples(tmp_path / name) for name in digests)


def test_catalogues_and_datasets_have_their_types_when_the_top_is_validated_alone():
    """One bare type for each plan's catalogue and each dataset is enough."""
    index = two_mappings()[0].context.index
    things = list(stub_types(index))
    assert len({thing.iri for thing in things}) == len(things) == 2 + 4
    assert all(len(thing.properties) == 1 for thing in things)
