"""Copies of files: made when the first is needed, and gone afterwards."""

from dcat_hk.checking.sources.copies import CopyFolder


def test_copies_lie_in_one_folder_that_is_made_for_the_first(tmp_path, monkeypatch):
    """Who needs no copy makes no folder; with the block all copies go."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with CopyFolder() as copies:
        assert list(tmp_path.iterdir()) == []
        paths = [copies.place() for _ in range(2)]
        for path in paths:
            path.write_bytes(b"x")
        assert len({path.parent for path in paths}) == 1
    assert list(tmp_path.iterdir()) == []
