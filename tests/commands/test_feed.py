"""`dcat-hk feed`: the website as files."""

import shutil

import pytest
from support.commands import run
from support.mappings import TABS
from support.plan_texts import as_tabs

from dcat_hk.build import build
from dcat_hk.core.settings import Settings


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """Build a catalogue of one plan."""
    folder = tmp_path_factory.mktemp("feed")
    (folder / "plan.txt").write_text(as_tabs(TABS), encoding="utf-8")
    assert build([folder / "plan.txt"], folder / "output", Settings(), jobs=1, validated=False).published
    return folder / "output"


def test_only_the_formats_and_languages_asked_for_are_written(small, tmp_path):
    """Things are written in one format and pages in one language; the message counts files."""
    options = ["-j", 1, "--format", "html", "--format", "ttl", "--lang", "en"]
    done = run("feed", small, "-o", tmp_path / "site", *options)
    assert done.exit_code == 0, done.output
    endings = {"".join(path.suffixes) for path in (tmp_path / "site/dataset").iterdir() if path.is_file()}
    assert endings == {".en.html", ".ttl"}
    assert "files" in done.stderr


@pytest.mark.parametrize("name", ["output", "output/../output", "link", "output/site", "link/site"])
def test_the_catalogue_is_never_written_into(small, tmp_path, name):
    """No path to the catalogue's folder, or into it, lets the website replace what it is made from."""
    catalogue = tmp_path / "output"
    shutil.copytree(small, catalogue)
    (tmp_path / "link").symlink_to(catalogue)
    before = sorted(path.name for path in catalogue.rglob("*"))
    done = run("feed", catalogue, "-o", f"{tmp_path}/{name}", "-j", 1)
    assert done.exit_code == 2
    assert "cannot be written into the catalogue" in done.stderr
    assert sorted(path.name for path in catalogue.rglob("*")) == before


def test_a_folder_without_catalogue_is_an_error(tmp_path):
    """Where nothing was published, nothing is written."""
    done = run("feed", tmp_path, "-o", tmp_path.parent / f"{tmp_path.name}-site")
    assert done.exit_code == 3
    assert not (tmp_path.parent / f"{tmp_path.name}-site").exists()
