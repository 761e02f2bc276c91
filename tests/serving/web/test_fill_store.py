"""N-Quads are loaded in pieces that end at the end of a line."""

from __future__ import annotations

import pyoxigraph
import pytest

from dcat_hk.serving.web import fill_store


def make_quads(count):
    """Return N-Quads of several graphs, with characters of more than one byte."""
    return "".join(f'<urn:s{n}> <urn:p> "數據 {n}" <urn:g{n % 3}> .\n' for n in range(count)).encode()


@pytest.mark.parametrize("piece", [1, 40, 1_000_000])
def test_pieces_do_not_change_the_quads(tmp_path, monkeypatch, piece):
    """Whatever the size of a piece, the store has exactly the quads of the file."""
    monkeypatch.setattr(fill_store, "_PIECE", piece)
    quads = tmp_path / "quads.nq"
    quads.write_bytes(make_quads(6))
    fill_store.main(
        str(tmp_path / "store"), str(quads), str(tmp_path / "index"), str(tmp_path / "history"), "https://example.org/"
    )
    stored = {str(quad) for quad in pyoxigraph.Store.read_only(str(tmp_path / "store"))}
    assert stored == {str(quad) for quad in pyoxigraph.parse(quads.read_bytes(), format=pyoxigraph.RdfFormat.N_QUADS)}
    assert len(stored) == 6


def test_an_empty_file_gives_an_empty_store(tmp_path):
    """A catalogue without quads is not an error."""
    (tmp_path / "quads.nq").write_bytes(b"")
    fill_store.main(
        str(tmp_path / "store"),
        str(tmp_path / "quads.nq"),
        str(tmp_path / "index"),
        str(tmp_path / "history"),
        "https://example.org/",
    )
    assert list(pyoxigraph.Store.read_only(str(tmp_path / "store"))) == []


def test_invalid_quads_are_an_error(tmp_path):
    """A line that is not a quad stops the process, so that a damaged catalogue is not served."""
    (tmp_path / "quads.nq").write_bytes(make_quads(2) + b"half a line")
    with pytest.raises(SyntaxError):
        fill_store.main(
            str(tmp_path / "store"),
            str(tmp_path / "quads.nq"),
            str(tmp_path / "index"),
            str(tmp_path / "history"),
            "https://example.org/",
        )
