"""What earlier runs found out is taken from them, and only from the very same program."""

import os

import pytest
from support.lighthouse_plans import as_consolidated, as_old_template

from dcat_hk.build import runcache
from dcat_hk.build.runcache import RunCache, default_cache
from dcat_hk.build.timeline import read_timeline
from dcat_hk.core.settings import Settings


@pytest.fixture
def plans(tmp_path):
    """Return a folder with two plans and a file that is none."""
    folder = tmp_path / "plans"
    folder.mkdir()
    (folder / "old.tsv").write_text(as_old_template("zh-Hant"), encoding="utf-8")
    (folder / "new.tsv").write_text(as_consolidated("zh-Hant"), encoding="utf-8")
    (folder / "none.txt").write_text("no plan", encoding="utf-8")
    return folder


def read(folder, kept):
    """Return the timeline of the plans in a folder, and how many files were read."""
    counts = []
    timeline = read_timeline(
        [folder], Settings(), jobs=1, progress=lambda _stage, done, _total: counts.append(done), kept=kept
    )
    return timeline, len(counts)


def test_a_second_run_reads_only_what_is_new(plans, tmp_path):
    """Files that were read as plans are not read again, and all that is told of them is the same."""
    first, read_first = read(plans, RunCache(tmp_path / "cache"))
    second, read_again = read(plans, RunCache(tmp_path / "cache"))
    assert (read_first, read_again) == (3, 1)
    assert (second.plans, second.outcomes) == (first.plans, first.outcomes)
    path = plans / "new.tsv"
    path.write_text(path.read_text(encoding="utf-8").replace("11/2021", "12/2021"), encoding="utf-8")
    third, read_changed = read(plans, RunCache(tmp_path / "cache"))
    assert read_changed == 2
    assert third.plans != first.plans


def test_another_version_of_the_program_begins_anew(plans, tmp_path, monkeypatch):
    """What another version kept is not used, and old versions are forgotten."""
    read(plans, RunCache(tmp_path / "cache"))
    for version in ("one", "two", "three"):
        monkeypatch.setattr(runcache, "digest_of_program", lambda version=version: version)
        assert read(plans, RunCache(tmp_path / "cache"))[1] == 3
    assert len(list((tmp_path / "cache").iterdir())) == 3


def test_nothing_of_others_is_removed(tmp_path, monkeypatch):
    """A folder that is named as the cache keeps all that it had, whatever it is called and however old it is."""
    folder = tmp_path / "cache"
    names = ["letters", "photos", "thesis", "0" * 32, "run-0"]
    for place, name in enumerate(names):
        (folder / name).mkdir(parents=True)
        (folder / name / "text").write_text(name, encoding="utf-8")
        os.utime(folder / name, (place, place))
    for version in ("one", "two", "three", "four"):
        monkeypatch.setattr(runcache, "digest_of_program", lambda version=version: version)
        RunCache(folder)
    assert [(folder / name / "text").read_text(encoding="utf-8") for name in names] == names
    assert len(list(folder.iterdir())) == len(names) + 3


def test_a_folder_that_others_can_write_to_is_not_used(plans, tmp_path):
    """A stranger must not be able to put readings there."""
    folder = tmp_path / "cache"
    folder.mkdir(mode=0o777)
    folder.chmod(0o777)
    read(plans, RunCache(folder))
    assert read(plans, RunCache(folder))[1] == 3


def test_a_cache_that_cannot_be_made_is_none(plans, tmp_path):
    """Where no folder can be made everything is read anew."""
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    timeline, count = read(plans, RunCache(blocked / "cache"))
    assert (len(timeline.plans), count) == (2, 3)


def test_the_folder_is_that_of_the_user(monkeypatch, tmp_path):
    """Caches go where the system keeps caches of the user."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_cache() == tmp_path / "dcat-hk"
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert default_cache().parts[-2:] == (".cache", "dcat-hk")
    assert os.fspath(default_cache()).startswith(os.path.expanduser("~"))  # noqa: PTH111 - compared as text
