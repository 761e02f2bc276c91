"""Bodies are packed for clients that accept it, and packed in the same way each time."""

import gzip
import io

import brotli
import pytest

from dcat_hk.serving.web.coding import choose_coding, is_packable, pack_body, pack_file


@pytest.mark.parametrize(
    "header", ["gzip", "GZIP", "deflate, gzip;q=1.0, *;q=0.5", "x-gzip", "*", "br;q=0.2, gzip", "br;q=0, *"]
)
def test_gzip_is_chosen_where_it_is_accepted(header):
    """Any form of the header that accepts gzip."""
    assert choose_coding(header) == "gzip"


@pytest.mark.parametrize("header", ["br", "gzip, deflate, br, zstd", "gzip;q=0.5, br;q=0.5", "BR;q=0.1", "*;q=0.1, br"])
def test_brotli_is_chosen_where_it_is_liked_as_much(header):
    """It is shorter than gzip."""
    assert choose_coding(header) == "br"


@pytest.mark.parametrize(
    "header", ["", "zstd", "gzip;q=0", "*;q=0", "identity", "identity;q=1, gzip;q=0.5, br;q=0.9", ";;", "gzip;q=x"]
)
def test_no_coding_is_chosen_where_it_is_not_wanted(header):
    """A header without our codings, or one that prefers a body without coding."""
    assert choose_coding(header) == ""


@pytest.mark.parametrize(("coding", "unpack"), [("gzip", gzip.decompress), ("br", brotli.decompress)])
def test_the_same_body_gives_the_same_bytes(coding, unpack, tmp_path):
    """No time and no name of a file is in them, whether the body is in memory or in a file of any length."""
    body = b"".join(b"plan %d " % number for number in range(300_000))
    (tmp_path / "a").write_bytes(body)
    goals = [io.BytesIO(), io.BytesIO()]
    for goal in goals:
        pack_file(tmp_path / "a", goal, coding)
    assert goals[0].getvalue() == goals[1].getvalue()
    assert pack_body(body, coding) == pack_body(body, coding)
    assert unpack(goals[0].getvalue()) == body == unpack(pack_body(body, coding, once=True))


def test_pictures_and_archives_are_not_packed():
    """Only media types that become shorter are."""
    assert not any(map(is_packable, ("image/png", "application/gzip", "application/octet-stream")))
    assert all(map(is_packable, ("text/turtle; charset=utf-8", "application/n-quads", "application/rdf+xml")))
