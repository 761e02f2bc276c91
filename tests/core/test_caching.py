"""What earlier runs found out is taken from them, from the very same program only, and only if it is whole."""

import os
import pickle
import shutil
import stat
import time

import pytest

from dcat_hk.core import caching
from dcat_hk.core.caching import NONE, Cache, default_folder, load_value, open_cache
from dcat_hk.core.place import Place

KEY = "reading-1"


def become(monkeypatch, version):
    """Let the program be another version, whose files look otherwise."""
    monkeypatch.setattr(caching, "digest_of_program", lambda: version)
    monkeypatch.setattr(caching, "state_of_program", lambda: (version, 0))


def entry_of(folder, key=KEY):
    """Return the file of an entry."""
    return next(folder.glob(f"dcat-hk-run-*/{key}"))


def test_what_one_run_keeps_another_has(tmp_path):
    """Bytes come back under their key, to another cache of the same folder, and under no other key."""
    Cache(tmp_path / "c").put(KEY, b"\0whatever")
    assert Cache(tmp_path / "c").get(KEY) == b"\0whatever"
    assert Cache(tmp_path / "c").get("reading-2") is None
    assert Cache().get(KEY) is None


def test_nobody_else_may_read_it(tmp_path):
    """The folders are for the user alone, whatever the umask."""
    before = os.umask(0)
    try:
        Cache(tmp_path / "c").put(KEY, b"x")
    finally:
        os.umask(before)
    for folder in (tmp_path / "c", entry_of(tmp_path / "c").parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(entry_of(tmp_path / "c").stat().st_mode) == 0o600


@pytest.mark.parametrize("spoil", [bytearray.clear, bytearray.pop, bytearray.reverse])
def test_a_spoiled_entry_is_none_and_goes(tmp_path, spoil):
    """An entry that is empty, cut or changed is not there; the next one takes its place."""
    kept = Cache(tmp_path)
    kept.put(KEY, b"whatever")
    path = entry_of(tmp_path)
    data = bytearray(path.read_bytes())
    spoil(data)
    path.write_bytes(data)
    assert kept.get(KEY) is None
    assert not path.exists()
    kept.put(KEY, b"whatever")
    assert kept.get(KEY) == b"whatever"


def test_an_entry_under_another_key_is_none(tmp_path):
    """A whole entry that was moved is not taken for another."""
    kept = Cache(tmp_path)
    kept.put(KEY, b"whatever")
    entry_of(tmp_path).rename(entry_of(tmp_path).with_name("reading-2"))
    assert kept.get("reading-2") is None


def test_nothing_that_is_kept_is_run(tmp_path):
    """Bytes that would run code where they are unpickled are no value of ours."""
    ran = tmp_path / "ran"

    class Harm:
        def __reduce__(self):
            return (ran.touch, ())

    for data in (pickle.dumps(Harm()), b"\x93\x01\x02", b"\xc1", b"", b"\x91" * 100_000):
        assert load_value(data, Place) is None
    assert not ran.exists()


def test_another_version_of_the_program_begins_anew(tmp_path, monkeypatch):
    """What another version kept is not used, and old versions are forgotten."""
    Cache(tmp_path).put(KEY, b"x")
    for version in ("one", "two", "three"):
        become(monkeypatch, version)
        assert Cache(tmp_path).get(KEY) is None
    assert len(list(tmp_path.iterdir())) == 3


def test_a_program_that_looks_the_same_is_not_read_again(tmp_path, monkeypatch):
    """What an earlier run read is known by how it looks; files that were changed just now may still change."""
    monkeypatch.setattr(caching, "state_of_program", lambda: ("old", 0))
    monkeypatch.setattr(caching, "digest_of_program", lambda: "one")
    Cache(tmp_path).put(KEY, b"x")
    monkeypatch.setattr(caching, "digest_of_program", lambda: pytest.fail("It was read."))
    assert Cache(tmp_path).get(KEY) == b"x"
    assert Cache(tmp_path).measure().entries == 1
    monkeypatch.setattr(caching, "state_of_program", lambda: ("new", time.time()))
    for version in ("two", "three"):
        monkeypatch.setattr(caching, "digest_of_program", lambda version=version: version)
        assert Cache(tmp_path).get(KEY) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda package: (package / "a.py").write_text("b = 1", encoding="utf-8"),
        lambda package: (package / "b.py").touch(),
        lambda package: (package / "a.py").rename(package / "c.py"),
        lambda package: shutil.copy2(package / "inner" / "a.py", package / "a.py"),
    ],
)
def test_a_program_that_was_changed_looks_otherwise(tmp_path, monkeypatch, change):
    """Also a file that has the size and the time of the one that it takes the place of."""
    package = tmp_path / "dcat_hk"
    (package / "inner").mkdir(parents=True)
    for file, text in ((package / "a.py", "a = 1"), (package / "inner" / "a.py", "a = 2")):
        file.write_text(text, encoding="utf-8")
        os.utime(file, (1, 1))
    monkeypatch.setattr(caching, "_PACKAGE", package)
    monkeypatch.setattr(caching, "_SHAPES", tmp_path / "shapes")
    look = caching.state_of_program.__wrapped__
    before = look()
    assert look() == before
    change(package)
    assert look()[0] != before[0]


def test_what_no_version_of_the_program_changes_is_there_for_all_of_them(tmp_path, monkeypatch):
    """It is never forgotten as the part of an old version, is measured, and goes with all the rest."""
    Cache(tmp_path).lasting.put(KEY, b"x")
    for version in ("one", "two", "three", "four"):
        become(monkeypatch, version)
        assert Cache(tmp_path).get(KEY) is None
        assert Cache(tmp_path).lasting.get(KEY) == b"x"
    assert Cache(tmp_path).clear().entries == 1
    assert Cache(tmp_path).lasting.get(KEY) is None
    assert caching.NO_CACHE.lasting.get(KEY) is None


def test_nothing_of_others_is_removed(tmp_path, monkeypatch):
    """A folder that is named as the cache keeps all that it had, whatever it is called and however old it is."""
    folder = tmp_path / "cache"
    names = ["letters", "photos", "thesis", "0" * 32, "run-0"]
    for place, name in enumerate(names):
        (folder / name).mkdir(parents=True)
        (folder / name / "text").write_text(name, encoding="utf-8")
        os.utime(folder / name, (place, place))
    for version in ("one", "two", "three", "four"):
        become(monkeypatch, version)
        kept = Cache(folder)
        kept.put(KEY, b"x")
        kept.trim(0)
    assert len(list(folder.iterdir())) == len(names) + 3
    kept.clear()
    assert sorted(path.name for path in folder.iterdir()) == sorted(names)
    assert [(folder / name / "text").read_text(encoding="utf-8") for name in names] == names


def test_a_link_in_its_place_is_not_followed(tmp_path):
    """A link that stands where the entries should be leads nowhere, and what it leads to stays."""
    (tmp_path / "other").mkdir(mode=0o700)
    (tmp_path / "other" / KEY).write_bytes(b"x")
    (tmp_path / "c").mkdir(mode=0o700)
    (tmp_path / "c" / f"dcat-hk-run-{caching.digest_of_program()}").symlink_to(tmp_path / "other")
    kept = Cache(tmp_path / "c")
    assert not kept.is_open
    kept.clear()
    assert (tmp_path / "other" / KEY).exists()


def test_a_folder_that_others_can_write_to_is_not_used(tmp_path):
    """A stranger must not be able to put readings there."""
    folder = tmp_path / "cache"
    folder.mkdir()
    folder.chmod(0o777)
    assert not Cache(folder).is_open
    Cache(folder).put(KEY, b"x")
    assert Cache(folder).get(KEY) is None


def test_a_cache_that_cannot_be_made_or_written_is_none(tmp_path):
    """Where no folder can be made nothing is kept, and where it vanishes nothing fails."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert not Cache(tmp_path / "file" / "cache").is_open
    kept = Cache(tmp_path / "c")
    shutil.rmtree(tmp_path / "c" / f"dcat-hk-run-{caching.digest_of_program()}")
    kept.put(KEY, b"x")
    assert kept.get(KEY) is None
    kept.trim()
    assert kept.clear().entries == 0


def test_what_was_used_least_lately_goes_first(tmp_path):
    """More than the most bytes are not kept; what is read again stays."""
    kept = Cache(tmp_path)
    for number in range(4):
        kept.put(f"reading-{number}", bytes(100))
        os.utime(entry_of(tmp_path, f"reading-{number}"), (number, number))
    kept.get("reading-0")
    kept.trim(250)
    assert [kept.get(f"reading-{number}") is not None for number in range(4)] == [True, False, False, True]


def test_what_a_killed_run_left_unfinished_goes(tmp_path):
    """Unfinished files that are old are removed, new ones may be somebody's."""
    kept = Cache(tmp_path)
    kept.put(KEY, b"x")
    old, new = (entry_of(tmp_path).with_name(f".unfinished-{name}") for name in ("old", "new"))
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (0, 0))
    kept.trim()
    assert (old.exists(), new.exists(), kept.get(KEY)) == (False, True, b"x")


def test_the_folder_is_that_of_the_user(monkeypatch, tmp_path):
    """Caches go where the system keeps caches of the user; a setting and an option name others, or none."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_folder() == open_cache().folder == tmp_path / "dcat-hk"
    assert open_cache(str(tmp_path / "set")).folder == tmp_path / "set"
    assert open_cache(NONE, tmp_path / "option").folder == tmp_path / "option"
    assert not open_cache(NONE).is_open
