"""RDF in the forms that programs have it in."""

import io
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import Dataset, Graph

import dcat_hk
from dcat_hk.api.graphs import parse_triples, rdf_files

TEXT = "@prefix dcat: <http://www.w3.org/ns/dcat#> .\n<https://a.example/c> a dcat:Catalog .\n"
JSON = '{"@context": {"dcat": "http://www.w3.org/ns/dcat#"}, "@id": "https://a.example/c", "@type": "dcat:Catalog"}'


def graph():
    """Return it as a graph of rdflib."""
    return Graph().parse(data=TEXT)


def dataset():
    """Return it as a dataset of rdflib, in a named graph."""
    made = Dataset()
    made.graph("https://a.example/g").parse(data=TEXT)
    return made


def store():
    """Return it as a store of pyoxigraph."""
    made = pyoxigraph.Store()
    made.load(TEXT.encode(), format=pyoxigraph.RdfFormat.TURTLE)
    return made


@pytest.mark.parametrize(
    "make",
    [
        lambda: TEXT,
        lambda: TEXT.encode(),
        lambda: JSON,
        lambda: io.BytesIO(TEXT.encode()),
        lambda: io.StringIO(TEXT),
        graph,
        dataset,
        store,
        lambda: list(store()),
        lambda: [quad.triple for quad in store()],
        lambda: [TEXT, graph()],
    ],
    ids=[
        "text",
        "bytes",
        "JSON-LD",
        "binary file",
        "text file",
        "Graph",
        "Dataset",
        "Store",
        "quads",
        "triples",
        "two",
    ],
)
def test_all_forms_say_the_same(make, tmp_path):
    """A report is the same in whatever form the data comes, and as that of a file."""
    file = tmp_path / "data.ttl"
    file.write_text(TEXT, encoding="utf-8")
    of_file = dcat_hk.validate(file, "dcat-ap").to_json().replace(str(file), "data")
    assert dcat_hk.validate(make(), "dcat-ap").to_json() == of_file


def test_files_stay_where_they_are(tmp_path):
    """The name of a file is the file; what was written for data goes."""
    with rdf_files([str(tmp_path), TEXT]) as (folder, written):
        assert folder == tmp_path
        assert written.path.read_text(encoding="utf-8") == TEXT
    assert not written.path.exists()


def test_what_is_no_rdf_is_told():
    """By the kind of value, or by the name that data goes by."""
    with pytest.raises(dcat_hk.UsageError, match="cannot be read from int"):
        dcat_hk.validate(3)
    with pytest.raises(dcat_hk.UsageError, match="int is not a statement"):
        dcat_hk.validate(iter([1]))
    with pytest.raises(dcat_hk.NotRdf, match=r"^data:1: "):
        dcat_hk.validate("{ broken\n")
    with pytest.raises(dcat_hk.NotReadable):
        dcat_hk.validate(Path("no/such.ttl"))


def test_triples_of_pyoxigraph_become_a_graph():
    """With blank nodes and languages."""
    triples = [quad.triple for quad in store()]
    assert len(parse_triples(triples)) == 1
