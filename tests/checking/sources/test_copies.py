"""Copies of files: they go, whatever becomes of the process that made them."""

import signal
import subprocess
import sys
import time

from dcat_hk.checking.sources.copies import CopyFolder, remove_leftovers

MAKE = """
import sys, time
from dcat_hk.checking.sources.copies import CopyFolder
copies = CopyFolder()
copies.place().write_bytes(b"x")
print("made", flush=True)
time.sleep(60)
"""


def test_copies_of_a_killed_process_are_removed_by_the_next_and_those_of_a_living_one_are_not(tmp_path, monkeypatch):
    """The lock of a process that was killed is gone, so its copies are nobody's."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    process = subprocess.Popen([sys.executable, "-c", MAKE], stdout=subprocess.PIPE)
    assert process.stdout.readline() == b"made\n"
    remove_leftovers(tmp_path)
    assert len(list(tmp_path.glob("*/1"))) == 1
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with CopyFolder() as copies:
        copies.place().write_bytes(b"y")
        assert [path.read_bytes() for path in tmp_path.glob("*/1")] == [b"y"]
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_being_made_is_left_alone(tmp_path):
    """A folder without a lock is removed only when it has been there for a while."""
    young, old, link = tmp_path / "dcat-hk-rdf-a", tmp_path / "dcat-hk-rdf-b", tmp_path / "dcat-hk-rdf-c"
    for folder in (young, old):
        folder.mkdir()
    (tmp_path / "other").mkdir()
    link.symlink_to(tmp_path / "other")
    import os

    os.utime(old, (time.time() - 3600,) * 2)
    remove_leftovers(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dcat-hk-rdf-a", "dcat-hk-rdf-c", "other"]


def test_copies_are_for_their_user_alone(tmp_path, monkeypatch):
    """No other user of the machine reads what was unpacked."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with CopyFolder() as copies:
        assert copies.place().parent.stat().st_mode & 0o077 == 0
