"""Things are written in every format as the same graph."""

from __future__ import annotations

import pyoxigraph
import pytest

from dcat_hk.core.namespaces import DCAT, DCT, RDF, XSD
from dcat_hk.core.terms import Literal, Thing
from dcat_hk.serving.web.formats import FEED_PREFIXES, write_document, write_graphs

BASE = "https://example.org/plans/"
SYNTAXES = {
    "ttl": pyoxigraph.RdfFormat.TURTLE,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
    "rdf": pyoxigraph.RdfFormat.RDF_XML,
    "nt": pyoxigraph.RdfFormat.N_TRIPLES,
}
THINGS = [
    Thing(
        f"{BASE}dataset/a",
        {
            RDF.type: [DCAT.Dataset],
            DCT.title: [Literal('"<&>\\ 數據\n', "zh-Hant"), Literal("data", "en")],
            DCT.issued: [Literal("2026-11", "", XSD.gYearMonth)],
            DCAT.distribution: [f"{BASE}dataset/a/distribution/csv"],
            f"{FEED_PREFIXES['hydra']}next": [f"{BASE}feed/datasets/from-b.ttl"],
        },
    ),
    Thing(f"{BASE}dataset/a/distribution/csv", {RDF.type: [DCAT.Distribution]}),
]


def read(body, syntax):
    """Return the quads of a document as N-Quads lines."""
    options = {"base_iri": BASE} if syntax not in {pyoxigraph.RdfFormat.N_TRIPLES, pyoxigraph.RdfFormat.N_QUADS} else {}
    return {str(quad) for quad in pyoxigraph.parse(body, format=syntax, **options)}


@pytest.mark.parametrize("suffix", ["ttl", "jsonld", "rdf"])
def test_every_format_holds_the_same_graph(suffix):
    """Quotes, markup, line breaks, tags and datatypes survive in each syntax."""
    expected = read(write_document(THINGS, "nt", BASE), SYNTAXES["nt"])
    assert len(expected) == 7
    body = write_document(THINGS, suffix, BASE, {"hydra": FEED_PREFIXES["hydra"]})
    assert read(body, SYNTAXES[suffix]) == expected


def test_additional_prefixes_are_declared():
    """A prefix that is given is declared and used; without it the IRI is written in full."""
    name = "hydra:next"
    assert name in write_document(THINGS, "ttl", BASE, {"hydra": FEED_PREFIXES["hydra"]}).decode()
    assert name not in write_document(THINGS, "ttl", BASE).decode()


def test_an_empty_iri_is_the_default_graph():
    """TriG and N-Quads hold the same quads, with statements in the default and in a named graph."""
    graphs = [("", THINGS[:1]), (f"{BASE}changes/1#1", THINGS[1:])]
    trig = read(write_graphs(graphs, "trig", BASE), pyoxigraph.RdfFormat.TRIG)
    assert trig == read(write_graphs(graphs, "nq", BASE), pyoxigraph.RdfFormat.N_QUADS)
    assert sum(f"<{BASE}changes/1#1>" in line for line in trig) == 1
    assert len(trig) == 7
