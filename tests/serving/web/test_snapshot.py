"""A snapshot is a verified copy of a build, or an error."""

from __future__ import annotations

import json
import shutil

import pytest

from dcat_hk.core.errors import NotReadable
from dcat_hk.serving.web.snapshot import read_mark, take_snapshot


@pytest.fixture
def folder(catalogue, tmp_path):
    """Return a copy of the seeds' catalogue that a test may change."""
    return shutil.copytree(catalogue, tmp_path / "output")


def test_a_snapshot_outlives_the_folder(folder, tmp_path):
    """The copy has every file of the manifest, stays when the folder is gone, and is discarded as a whole."""
    snapshot = take_snapshot(folder, tmp_path)
    expected = (folder / "catalogue.ttl").read_bytes()
    shutil.rmtree(folder)
    assert (snapshot.output / "catalogue.ttl").read_bytes() == expected
    assert all((snapshot.output / name).is_file() for name in snapshot.files)
    assert snapshot.folder.parent == tmp_path
    snapshot.discard()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("damage", ["changed", "missing", "link"])
def test_a_folder_that_differs_from_its_manifest_is_an_error(folder, tmp_path, damage):
    """A changed, missing or linked file is refused, and no copy stays behind."""
    file = folder / "catalogue.ttl"
    content = file.read_bytes()
    file.unlink()
    if damage == "changed":
        file.write_bytes(content + b"\n")
    elif damage == "link":
        (tmp_path / "elsewhere").write_bytes(content)
        file.symlink_to(tmp_path / "elsewhere")
    copies = tmp_path / "copies"
    copies.mkdir()
    with pytest.raises(NotReadable, match=r"catalogue\.ttl"):
        take_snapshot(folder, copies)
    assert list(copies.iterdir()) == []


@pytest.mark.parametrize("name", ["../outside.ttl", "/etc/hostname", "plans/../../outside.ttl"])
def test_a_manifest_cannot_name_files_outside_the_folder(folder, tmp_path, name):
    """Absolute paths and parent folders in a manifest are refused."""
    (tmp_path / "outside.ttl").write_bytes(b"")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["outputs"][name] = {
        "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "bytes": 0,
    }
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(NotReadable, match="not a valid file name"):
        take_snapshot(folder, tmp_path)


def test_a_folder_without_a_build(tmp_path):
    """An empty folder has no mark and no snapshot."""
    assert read_mark(tmp_path) is None
    with pytest.raises(NotReadable):
        take_snapshot(tmp_path)
