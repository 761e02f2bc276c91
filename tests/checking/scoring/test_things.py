"""The table of things: any syntax, blank nodes, and which catalogue is the top one."""

import gzip

import pyoxigraph
import pytest
from support.scored_catalogues import WHOLE

from dcat_hk.checking.scoring.run import ScoringOptions, score_catalogue
from dcat_hk.checking.scoring.things import Catalogue
from dcat_hk.core.terms import Literal


@pytest.mark.parametrize("name", ["TURTLE", "N_TRIPLES", "N_QUADS", "TRIG", "JSON_LD", "RDF_XML"])
@pytest.mark.parametrize("named", [True, False])
def test_any_syntax_gives_the_same(tmp_path, name, named):
    """Every syntax, gzipped, with or without a telling name, gives the same score."""
    syntax = getattr(pyoxigraph.RdfFormat, name)
    quads = list(pyoxigraph.parse(WHOLE.encode(), format=pyoxigraph.RdfFormat.TURTLE))
    data = pyoxigraph.serialize(
        quads if name in {"N_QUADS", "TRIG", "JSON_LD"} else [q.triple for q in quads], format=syntax
    )
    path = tmp_path / (f"x.{syntax.file_extension}.gz" if named else "x")
    path.write_bytes(gzip.compress(data))
    (dataset,) = score_catalogue([path], ScoringOptions(validated=False)).datasets
    assert (dataset.score.points, dataset.score.unmeasured) == (295, 110)


def load(tmp_path, *texts):
    """Return a catalogue of Turtle texts, each in a file of its own."""
    paths = []
    for number, text in enumerate(texts):
        paths.append(tmp_path / f"{number}.ttl")
        paths[-1].write_text("@prefix dcat: <http://www.w3.org/ns/dcat#> . " + text, encoding="utf-8")
    catalogue = Catalogue()
    catalogue.load(paths, "https://far.example/")
    return catalogue


def test_blank_nodes_of_two_files_are_two_things(tmp_path):
    """A blank node has the properties of its own file, whatever its label is in another."""
    with load(tmp_path, '_:x a dcat:Dataset ; <urn:p> "1" .', '_:x a dcat:Dataset ; <urn:p> "2" .') as catalogue:
        assert len(catalogue.datasets) == 2
        values = sorted(catalogue.thing(iri).properties["urn:p"] for iri in catalogue.datasets)
        assert values == [[Literal("1")], [Literal("2")]]


def test_a_dataset_without_a_label_has_the_same_name_at_each_reading(tmp_path):
    """Blank nodes are named in the order of the file, so that scores of a file are the same each time."""
    text = "[] a <http://www.w3.org/ns/dcat#Dataset> . " * 3
    names = []
    for _time in range(2):
        with load(tmp_path, text) as catalogue:
            names.append(catalogue.datasets)
    assert names[0] == names[1] == ["_:b0", "_:b1", "_:b2"]


def test_a_thing_has_all_its_statements_once(tmp_path):
    """Statements that lie apart, in two files or twice, come together, in the order of the files."""
    text = '<urn:a> <urn:p> "1" . <urn:b> <urn:p> "x" . <urn:a> <urn:p> "2", "1" .'
    with load(tmp_path, text, '<urn:a> <urn:p> "3", "1" .') as catalogue:
        assert catalogue.thing("urn:a").properties == {"urn:p": [Literal("1"), Literal("2"), Literal("3")]}
        assert catalogue.thing("urn:nothing").properties == {}


def test_language_tags_are_canonical_and_strings_plain(tmp_path):
    """Tags have the case of BCP 47; xsd:string is no datatype worth stating, any other is kept."""
    xsd = "http://www.w3.org/2001/XMLSchema#"
    with load(tmp_path, f'<urn:a> <urn:p> "x"@ZH-hant, "y"^^<{xsd}string>, "1"^^<{xsd}integer> .') as catalogue:
        assert catalogue.thing("urn:a").properties["urn:p"] == [
            Literal("x", "zh-Hant"),
            Literal("y"),
            Literal("1", "", f"{xsd}integer"),
        ]


@pytest.mark.parametrize(
    ("text", "top"),
    [
        ("<urn:a> a dcat:Catalog . <urn:b> a dcat:Catalog ; dcat:catalog <urn:a> .", "urn:b"),
        ("<urn:a> a dcat:Catalog ; dcat:catalog <urn:b> . <urn:b> a dcat:Catalog ; dcat:catalog <urn:a> .", "urn:a"),
        ("<urn:a> a dcat:Dataset .", ""),
    ],
)
def test_the_top_catalogue_is_in_no_other(tmp_path, text, top):
    """The top catalogue is the one that no other contains; of a circle the first, and without any nothing."""
    with load(tmp_path, text) as catalogue:
        assert catalogue.top == top


@pytest.mark.parametrize(
    ("iri", "base"),
    [
        ("https://example.org/catalogue", "https://example.org/"),
        ("https://example.org/catalogue/hk-hkpf/2024-2026", "https://example.org/"),
        ("https://catalogue.example/open-catalogue/catalogue/x/1", "https://catalogue.example/open-catalogue/"),
        ("https://catalogue/x", ""),
        ("https://far.example/catalogues", ""),
    ],
)
def test_the_base_is_what_stands_before_the_segment_catalogue(tmp_path, iri, base):
    """The base of a catalogue of ours may itself have the word in its host or path."""
    with load(tmp_path, f"<{iri}> a dcat:Catalog .") as catalogue:
        assert catalogue.base() == base
