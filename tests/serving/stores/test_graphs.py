"""The N-Quads file of a catalogue is read graph by graph, and only if it is the file of the manifest."""

from __future__ import annotations

import hashlib
import json
import shutil

import pyoxigraph
import pytest
from support.stores import read_graphs

from dcat_hk.core.errors import NotReadable
from dcat_hk.serving.stores.graphs import QuadsFile


def test_the_file_is_cut_into_its_graphs(catalogue):
    """Lines, sizes and triples of each graph are those of the file; the top catalogue comes last."""
    whole = read_graphs(catalogue)
    with QuadsFile(catalogue) as quads:
        assert {graph.iri: graph.triples for graph in quads.graphs} == {iri: len(lines) for iri, lines in whole.items()}
        assert [graph.iri.removeprefix(quads.base) for graph in (quads.graphs[0], quads.graphs[-1])] == [
            "def/",
            "catalogue",
        ]
        for graph in quads.graphs:
            data = b"".join(quads.read_lines(graph))
            assert len(data) == graph.size
            parsed = pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.N_TRIPLES)
            assert {str(quad.triple) for quad in parsed} == whole[graph.iri]


def test_a_file_that_is_not_the_builds_is_not_sent(catalogue, tmp_path):
    """A catalogue that differs from its manifest is refused before anything is sent."""
    folder = tmp_path / "output"
    shutil.copytree(catalogue, folder)
    with (folder / "catalogue.nq").open("a", encoding="utf-8") as file:
        file.write("<https://e.example/a> <https://e.example/b> <https://e.example/c> <https://e.example/g> .\n")
    with pytest.raises(NotReadable, match="manifest"):
        QuadsFile(folder)


def test_graphs_in_pieces_are_put_together(catalogue):
    """A graph whose lines do not stand together is still one graph."""
    with QuadsFile(catalogue) as quads:
        one = quads.graphs[1]
        start, end = one.pieces[0]
        lines = list(quads.read_lines(one))
        with (catalogue / "catalogue.nq").open("rb") as file:
            file.seek(start)
            middle = start + len(file.readline())
        one.pieces = [(start, middle), (middle, end)]
        assert list(quads.read_lines(one)) == lines


QUAD = "<urn:a> <urn:b> <urn:c> <urn:g> .\n"


def publish(folder, quads):
    """Write quads and a manifest that lists them."""
    (folder / "catalogue.nq").write_bytes(quads)
    outputs = {"catalogue.nq": {"sha256": hashlib.sha256(quads).hexdigest(), "bytes": len(quads)}}
    manifest = {"settings": {"base_iri": "https://e.example/"}, "outputs": outputs}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def test_equal_lines_are_one_triple(tmp_path):
    """A line that occurs twice in a graph counts as one triple, as in the store."""
    with QuadsFile(publish(tmp_path, (QUAD * 2).encode())) as quads:
        (graph,) = quads.graphs
        assert (graph.iri, graph.triples) == ("urn:g", 1)
        assert list(quads.read_lines(graph)) == [b"<urn:a> <urn:b> <urn:c> .\n"] * 2


def test_an_object_that_looks_like_a_graph_is_not_one(tmp_path):
    """The graph is the last IRI of a line, also if a literal contains angle brackets."""
    line = '<urn:a> <urn:b> "x <urn:z> .\\n" <urn:g> .\n'
    with QuadsFile(publish(tmp_path, line.encode())) as quads:
        assert [graph.iri for graph in quads.graphs] == ["urn:g"]


@pytest.mark.parametrize("line", ["<urn:a> <urn:b> <urn:c> <urn:g>\n", "\n", QUAD.strip(), '<urn:a> <urn:b> "c" .\n'])
def test_a_line_that_is_not_a_quad_is_an_error(tmp_path, line):
    """A truncated file is refused even if its manifest lists the truncated content."""
    with pytest.raises(NotReadable, match="not a quad"):
        QuadsFile(publish(tmp_path, (QUAD + line).encode()))


def test_a_folder_without_quads_is_an_error(tmp_path):
    """The message names the command that makes the file."""
    publish(tmp_path, b"")
    (tmp_path / "catalogue.nq").unlink()
    with pytest.raises(NotReadable, match="dcat-hk build"):
        QuadsFile(tmp_path)
