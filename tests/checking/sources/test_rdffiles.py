"""A file of RDF as a value."""

from pathlib import Path

from pyoxigraph import RdfFormat

from dcat_hk.checking.sources.rdffiles import RdfFile


def test_a_file_is_known_by_its_name():
    """A copy has the name of what it is a copy of, and may say where lines are as its user knows them."""
    file = RdfFile(Path("copies/1"), RdfFormat.TURTLE, "a.ttl", "file:///a.ttl")
    assert (file.name, file.shown) == ("a.ttl", None)
    assert file == RdfFile(Path("copies/1"), RdfFormat.TURTLE, "a.ttl", "file:///a.ttl")
