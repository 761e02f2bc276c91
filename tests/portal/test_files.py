"""Files at hand."""

import io
import sys
from pathlib import Path

import pytest

from dcat_hk.core.errors import NotReadable
from dcat_hk.portal import files
from dcat_hk.portal.contents import NotPortalData
from dcat_hk.portal.files import read_inputs


def test_folders_stand_for_their_files(tmp_path):
    """Each file once, whatever way it is named; other files in a folder are passed over."""
    (tmp_path / "tc").mkdir()
    for name in ("tc/1.json", "a.tsv", "b.jsonl.gz", "notes.txt"):
        (tmp_path / name).write_bytes(name.encode())
    read = list(read_inputs([tmp_path, tmp_path / "a.tsv", tmp_path / "notes.txt"]))
    assert [one.name for one in read] == ["a.tsv", "b.jsonl.gz", "1.json", "notes.txt"]
    assert [one.folder for one in read][2] == "tc"
    assert read[2].data == b"tc/1.json"


def test_standard_input_is_read(monkeypatch):
    """A hyphen stands for it."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"{}")))
    assert [(one.name, one.data) for one in read_inputs([Path("-")])] == [("-", b"{}")]


def test_files_that_are_not_there_or_too_large_are_refused(tmp_path, monkeypatch):
    """Nothing is read in part."""
    with pytest.raises(NotReadable):
        list(read_inputs([tmp_path / "none.json"]))
    monkeypatch.setattr(files, "LARGEST", 3)
    (tmp_path / "a.json").write_bytes(b"1234")
    with pytest.raises(NotPortalData):
        list(read_inputs([tmp_path / "a.json"]))
