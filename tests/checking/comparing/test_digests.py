"""Digests and links on disk: the same in memory and beyond it."""

from contextlib import ExitStack

import pytest

from dcat_hk.checking.comparing import digests
from dcat_hk.checking.comparing.digests import DigestSpool, LinkSpool, digest, find_differences


@pytest.fixture
def spool_of():
    """Return a function that makes a spool with the digests of names; all are closed in the end."""
    with ExitStack() as stack:

        def make(names, buckets=3, piece=0):
            spool = DigestSpool(buckets)
            stack.callback(spool.close)
            for name in names:
                spool.add([digest(name)], piece)
            return spool

        yield make


@pytest.mark.parametrize("waiting", [1, 10**6])
def test_differences_are_found_on_disk_as_in_memory(waiting, monkeypatch, spool_of):
    """What only one spool holds is found whether or not digests were written to disk meanwhile."""
    monkeypatch.setattr(digests, "_WAITING", waiting)
    old, new = spool_of("abcdef"), spool_of("fedcxy", piece=4)
    only_old, only_new = find_differences(old, new)
    assert only_old.digests == {digest("a"), digest("b")}
    assert only_new.digests == {digest("x"), digest("y")}
    assert (only_old.pieces, only_new.pieces) == ({0}, {4})


def test_a_repeated_digest_is_no_difference(spool_of):
    """How often something is said does not count."""
    only_old, only_new = find_differences(spool_of("aab"), spool_of("ab"))
    assert not only_old.digests
    assert not only_new.digests


def test_every_piece_of_a_digest_is_found(spool_of):
    """A thing that is described in two places is found in both."""
    spool = spool_of("ab", piece=1)
    spool.add([digest("a")], 7)
    assert spool.pieces_of([digest("a")]) == {1, 7}
    assert spool.pieces_of([digest("c")]) == set()


@pytest.mark.parametrize("waiting", [32, 10**6])
def test_links_are_kept_in_order(waiting, monkeypatch):
    """Links come back whether or not they were written to disk meanwhile."""
    monkeypatch.setattr(digests, "_WAITING", waiting)
    links = LinkSpool()
    names = [(f"child {number}", f"parent {number}") for number in range(50)]
    for child, parent in names:
        links.add(child, parent)
    pairs = list(links.pairs())
    links.close()
    assert pairs == [(hash(child), hash(parent)) for child, parent in names]
