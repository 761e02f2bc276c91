"""Bytes of large files: what is found is what `bytes.find` finds, wherever windows end."""

import random

from dcat_hk.checking.sources import mapped
from dcat_hk.checking.sources.mapped import find_mark, give_back, open_mapped


def test_marks_are_found_across_the_ends_of_windows(tmp_path, monkeypatch):
    """Windows of any size find what is found without them."""
    chance = random.Random(7)
    data = bytes(chance.choice(b"ab\n") for _ in range(3000))
    path = tmp_path / "data"
    path.write_bytes(data)
    for window in (12, 13, 17, 100, 4096):
        monkeypatch.setattr(mapped, "WINDOW", window)
        with open_mapped(path) as opened:
            for mark in (b"a", b"ab", b"aab", b"bbbbbbbbbbbb", b"\n"):
                for start in (0, 1, 2, 5, 2900, 2999, 3000):
                    assert find_mark(opened, mark, start) == data.find(mark, start)


def test_what_was_given_back_can_be_read_again(tmp_path):
    """Pages are taken from the file again."""
    path = tmp_path / "data"
    path.write_bytes(b"0123456789" * 10_000)
    with open_mapped(path) as data:
        for start, end in ((0, 100_000), (5000, 9000), (0, 1 << 40), (99_999, 100_000)):
            give_back(data, start, end)
            assert data[:] == path.read_bytes()
