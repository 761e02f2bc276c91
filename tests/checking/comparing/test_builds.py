"""What a user may name as a build, and what is refused."""

import gzip
import json

import pytest
from support.compared_builds import copy_build

from dcat_hk.checking.comparing.builds import open_build
from dcat_hk.checking.sources import Intake
from dcat_hk.core.errors import NotRdf, NotReadable


@pytest.fixture
def opened(tmp_path):
    """Return a function that opens a build."""
    with Intake() as intake:
        yield lambda source: open_build(str(source), intake, tmp_path)


def test_a_folder_tells_program_and_settings(catalogue, opened):
    """The manifest of a folder tells what wrote it; what it lists is there unaltered."""
    build = opened(catalogue)
    assert build.program.startswith("dcat-hk ")
    assert build.settings["base_iri"] == "https://example.org/dcat-hk/"
    assert not build.is_altered


def test_a_catalogue_that_is_not_the_listed_one_is_known(catalogue, opened, tmp_path):
    """A file that was edited after the build is read, and known as altered."""
    assert opened(copy_build(catalogue, tmp_path / "edited", ("D.ii.7 ", "D.ii.7: "))).is_altered


def test_a_manifest_without_its_parts_is_enough(catalogue, opened, tmp_path):
    """A manifest that tells settings but nothing else that can be read is one of a build."""
    folder = copy_build(catalogue, tmp_path / "odd")
    odd = {"generator": 7, "settings": {}, "outputs": {"catalogue.nq": "x"}, "links": []}
    (folder / "manifest.json").write_text(json.dumps(odd), encoding="utf-8")
    build = opened(folder)
    assert (build.program, build.settings, build.links, build.is_altered) == ("", {}, {}, False)


def test_a_compressed_file_is_a_build(catalogue, opened, tmp_path):
    """A gzipped file is unpacked, and called by its own name in errors."""
    path = tmp_path / "old.nq.gz"
    path.write_bytes(gzip.compress((catalogue / "catalogue.nq").read_bytes()))
    build = opened(path)
    assert build.file.name == str(path)
    assert build.file.path.read_bytes() == (catalogue / "catalogue.nq").read_bytes()


def test_a_folder_without_its_catalogue_is_refused(catalogue, opened, tmp_path):
    """A manifest alone is no build."""
    folder = tmp_path / "half"
    folder.mkdir()
    (folder / "manifest.json").write_bytes((catalogue / "manifest.json").read_bytes())
    with pytest.raises(NotReadable, match=r"lacks catalogue\.nq"):
        opened(folder)


@pytest.mark.parametrize("manifest", [None, "[]", "{", json.dumps({"settings": "x"})])
def test_a_folder_that_is_no_build_is_refused(manifest, catalogue, opened, tmp_path):
    """A folder without a manifest of ours is refused, whatever RDF lies in it."""
    folder = tmp_path / "other"
    folder.mkdir()
    (folder / "catalogue.nq").write_bytes((catalogue / "catalogue.nq").read_bytes())
    if manifest is not None:
        (folder / "manifest.json").write_text(manifest, encoding="utf-8")
    with pytest.raises(NotReadable, match="no published catalogue"):
        opened(folder)


def test_a_file_that_is_not_there_is_named(opened, tmp_path):
    """A name without anything under it is refused by name."""
    with pytest.raises(NotReadable, match="missing"):
        opened(tmp_path / "missing.nq")


def test_a_file_that_is_no_rdf_is_named(opened, tmp_path):
    """A file without a telling name is refused if it holds no RDF."""
    path = tmp_path / "notes"
    path.write_text("No RDF at all.", encoding="utf-8")
    with pytest.raises(NotRdf, match="notes"):
        opened(path)


def test_a_build_that_is_replaced_meanwhile_is_told(catalogue, opened, tmp_path):
    """A catalogue that was written anew between two looks at it is not taken for one that stayed."""
    folder = copy_build(catalogue, tmp_path / "live")
    build = opened(folder)
    build.require_unchanged()
    (folder / "catalogue.nq").write_text("", encoding="utf-8")
    with pytest.raises(NotReadable, match="replaced"):
        build.require_unchanged()
