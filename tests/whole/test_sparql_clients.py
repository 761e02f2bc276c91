"""Programs of others ask the running endpoint: Comunica, Trifid, SPARQLWrapper, and the store of rdflib."""

from __future__ import annotations

import pyoxigraph
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, JSONLD, N3, RDFXML, TURTLE, XML, SPARQLWrapper
from support import harvesters
from support.live_builds import DATASET, make_origin, served, typed
from support.web_servers import Server

from dcat_hk.core.languages import canonical_tag

pytestmark = pytest.mark.filterwarnings(
    "ignore:Dataset:DeprecationWarning", "ignore:ConjunctiveGraph:DeprecationWarning"
)
TITLE = "http://purl.org/dc/terms/title"
SELECT = f"SELECT ?s {{ ?s a <{DATASET}> }}"
TITLES = f'SELECT ?t {{ ?s a <{DATASET}> ; <{TITLE}> ?t FILTER(LANG(?t) = "zh-Hant") }}'


@pytest.fixture(scope="module")
def origin(tmp_path_factory):
    """Build the seeds for an address of this machine."""
    return make_origin(tmp_path_factory.mktemp("origin"))


@pytest.fixture(scope="module")
def endpoint(origin, tmp_path_factory):
    """Serve the build, and give the address of its endpoint."""
    with served(origin, origin[2], tmp_path_factory.mktemp("log") / "log"):
        yield f"{origin[1]}sparql"


@pytest.fixture(scope="module")
def datasets(origin):
    """Return the IRIs of all datasets."""
    return sorted(typed(origin[2], DATASET))


def find_triples(origin, iri):
    """Return subject, predicate, value and language of what is said of a thing in the build."""
    quads = pyoxigraph.parse(path=origin[2] / "catalogue.nq", format=pyoxigraph.RdfFormat.N_QUADS)
    return {
        (iri, quad.predicate.value, quad.object.value, canonical_tag(getattr(quad.object, "language", None) or ""))
        for quad in quads
        if quad.subject.value == iri
    }


def test_comunica_finds_what_is_there(origin, endpoint, datasets):
    """Truth, rows with languages, and triples."""
    queries = (f"ASK {{ ?s a <{DATASET}> }}", SELECT, TITLES, f"DESCRIBE <{datasets[0]}>")
    truth, rows, titles, triples = harvesters.comunica_results(endpoint, *queries)
    assert truth is True
    assert sorted(row["s"][0] for row in rows) == datasets
    assert len(titles) > 100
    assert {row["t"][1] for row in titles} == {"zh-Hant"}
    # Its parser of Turtle has language tags in lower case.
    assert find_triples(origin, datasets[0]) <= {(*triple[:3], canonical_tag(triple[3])) for triple in triples}


def test_comunica_reads_the_documents_of_things(origin, datasets):
    """It follows the redirect of a dataset to a format that it knows, without an endpoint."""
    (rows,) = harvesters.comunica_results(datasets[0], f"SELECT ?t {{ <{datasets[0]}> <{TITLE}> ?t }}")
    expected = {one[2:] for one in find_triples(origin, datasets[0]) if one[1] == TITLE}
    assert {(text, canonical_tag(tag)) for text, tag in (row["t"] for row in rows)} == expected != set()


def test_trifid_shows_our_datasets(endpoint, origin, datasets):
    """It asks with Accept headers of its own, and writes pages and RDF; what is not there is not found."""
    forms = {
        "text/turtle": "turtle",
        "application/n-triples": "nt",
        "application/ld+json": "json-ld",
        "application/rdf+xml": "xml",
    }
    with harvesters.trifid(endpoint, origin[1]) as address:
        server = Server(None, address, None)
        for iri in datasets[:: len(datasets) // 3]:
            path = iri.removeprefix(origin[1])
            titles = {one[2] for one in find_triples(origin, iri) if one[1] == TITLE}
            page = server.ask(path, Accept="text/html")
            assert page.status == 200
            assert all(title in page.text for title in titles)
            for media, form in forms.items():
                graph = rdflib.Graph().parse(data=server.ask(path, Accept=media).text, format=form)
                assert {str(value) for value in graph.objects(None, rdflib.URIRef(TITLE))} >= titles, media
        assert server.ask("dataset/nothing", Accept="text/html").status == 404


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_sparqlwrapper_understands_every_form(endpoint, datasets, method):
    """Results in the formats that it asks for, by both methods."""
    client = SPARQLWrapper(endpoint)
    client.setMethod(method)
    client.setQuery(SELECT)
    client.setReturnFormat(JSON)
    found = client.query().convert()
    assert sorted(row["s"]["value"] for row in found["results"]["bindings"]) == datasets
    client.setReturnFormat(XML)
    assert len(client.query().convert().getElementsByTagName("result")) == len(datasets)
    client.setReturnFormat(CSV)
    assert len(client.query().convert().splitlines()) == 1 + len(datasets)
    client.setQuery(f"CONSTRUCT WHERE {{ <{datasets[0]}> ?p ?o }}")
    sizes = set()
    for form, name in ((TURTLE, "turtle"), (N3, "n3"), (RDFXML, "xml"), (JSONLD, "json-ld")):
        client.setReturnFormat(form)
        answer = client.query().convert()
        sizes.add(len(answer if isinstance(answer, rdflib.Graph) else rdflib.Graph().parse(data=answer, format=name)))
    assert len(sizes) == 1
    assert sizes != {0}
    client.setQuery(f"ASK {{ ?s a <{DATASET}> }}")
    client.setReturnFormat(JSON)
    assert client.query().convert()["boolean"] is True


def test_the_store_of_rdflib_asks_us(endpoint, datasets):
    """A graph of rdflib whose triples are ours: patterns, queries, languages, length."""
    graph = rdflib.Graph(SPARQLStore(endpoint))
    assert sorted(map(str, graph.subjects(rdflib.RDF.type, rdflib.URIRef(DATASET)))) == datasets
    titles = list(graph.objects(rdflib.URIRef(datasets[0]), rdflib.URIRef(TITLE)))
    assert {title.language for title in titles} <= {
        "zh-Hant",
        "zh-Hans",
        "zh-Hans-t-zh-hant",
        "zh-Hant-t-zh-hans",
        "en",
    }
    assert (rdflib.URIRef(datasets[0]), rdflib.RDF.type, rdflib.URIRef(DATASET)) in graph
    (row,) = graph.query(f"SELECT (COUNT(*) AS ?n) {{ ?s a <{DATASET}> }}")
    assert int(row.n) == len(datasets)
    assert len(graph) > 1000
