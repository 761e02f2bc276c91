"""Locks: one writer at a time, whoever it is and however it ends."""

import errno
import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dcat_hk.core import locks
from dcat_hk.core.errors import NotReadable
from dcat_hk.core.locks import hold_folder, hold_lock

#: A program that counts in a file without any care but the lock.
COUNTING = """
import sys
from pathlib import Path
from dcat_hk.core.locks import hold_lock
folder = Path(sys.argv[1])
for _ in range(20):
    with hold_lock(folder / "lock", "count", patience=60):
        number = int((folder / "count").read_text())
        (folder / "count").write_text(str(number + 1))
"""
HOLDING = """
import sys, time
from pathlib import Path
from dcat_hk.core.locks import hold_lock
with hold_lock(Path(sys.argv[1]), "output"):
    print("held", flush=True)
    time.sleep(60)
"""


def test_no_step_of_anybody_is_lost(tmp_path):
    """Several processes that read and write one file, each in turn, lose nothing and leave no lock."""
    (tmp_path / "count").write_text("0", encoding="utf-8")
    command = [sys.executable, "-c", COUNTING, str(tmp_path)]
    programs = [subprocess.Popen(command) for _ in range(4)]
    assert [program.wait(60) for program in programs] == [0] * 4
    assert (tmp_path / "count").read_text(encoding="utf-8") == "80"
    assert [path.name for path in tmp_path.iterdir()] == ["count"]


def test_the_lock_of_a_killed_process_is_free(tmp_path):
    """The kernel lets go of it; what the file says of the dead one is of no account."""
    path = tmp_path / "lock"
    program = subprocess.Popen([sys.executable, "-c", HOLDING, str(path)], stdout=subprocess.PIPE)
    assert program.stdout.readline() == b"held\n"
    assert set(json.loads(path.read_bytes())) == {"host", "since"}
    with pytest.raises(NotReadable, match="Somebody else"), hold_lock(path, "output", patience=0):
        pytest.fail("both hold it")
    program.send_signal(signal.SIGKILL)
    program.communicate()
    with hold_lock(path, "output", patience=0):
        assert path.exists()
    assert not path.exists()


def test_a_process_that_was_forked_does_not_hold_the_lock(tmp_path):
    """A child that outlives the holder is no holder."""
    with hold_lock(tmp_path / "lock", "output"):
        child = os.fork()
        if not child:
            time.sleep(60)
            os._exit(0)
    try:
        with hold_lock(tmp_path / "lock", "output", patience=0):
            pass
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def test_a_lock_that_is_a_link_is_not_followed(tmp_path):
    """Nobody makes us write into a file elsewhere."""
    (tmp_path / "lock").symlink_to(tmp_path / "precious")
    with pytest.raises(NotReadable, match="cannot be written"), hold_lock(tmp_path / "lock", "output", patience=0):
        pytest.fail("followed")
    assert not (tmp_path / "precious").exists()


def test_a_file_system_without_locks_is_told(tmp_path, monkeypatch):
    """It is no reason to write without a lock."""

    def refuse(_descriptor, _operation):
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(NotReadable, match=r"output: The file system cannot lock files: .+ Write to a local disk"):
        hold_lock(tmp_path / "lock", "output").__enter__()
    with pytest.raises(NotReadable, match="cannot lock files"):
        hold_folder(tmp_path).__enter__()


def test_a_folder_is_held_without_a_file_in_it(tmp_path):
    """Who holds a folder keeps others out, and nothing is written into it."""
    with hold_folder(tmp_path):
        assert not list(tmp_path.iterdir())
        with (
            pytest.raises(NotReadable, match="Somebody else is writing this folder"),
            hold_folder(tmp_path, patience=0),
        ):
            pytest.fail("both hold it")
    with hold_folder(tmp_path, patience=0):
        pass


def test_without_locks_who_makes_the_file_holds_it(tmp_path, monkeypatch):
    """Where a Python has no locks at all, one writer at a time has the file; what a killed one left is told."""
    monkeypatch.setattr(locks, "_find_locking", lambda: None)
    path = tmp_path / "lock"
    assert not locks.can_lock()
    with hold_lock(path, "output"):
        with pytest.raises(NotReadable, match=r"on .+ since .+If nobody is writing there any more, remove .+lock\."):
            hold_lock(path, "output", patience=0).__enter__()
        assert path.exists()
    with hold_folder(tmp_path):
        assert [entry.name for entry in tmp_path.iterdir()] == [".lock"]
    assert list(tmp_path.iterdir()) == []


def test_a_system_that_keeps_open_files_leaves_no_lock(tmp_path, monkeypatch):
    """Where an open file cannot be removed, it is closed first."""
    unlink, held = Path.unlink, set(locks._DESCRIPTORS)

    def refuse(path, missing_ok=False):
        # Fixtures of other tests may hold locks of their own.
        if set(locks._DESCRIPTORS) - held:
            raise PermissionError(errno.EACCES, "open")
        unlink(path, missing_ok)

    monkeypatch.setattr(locks, "KEEPS_OPEN_FILES", True)
    monkeypatch.setattr(Path, "unlink", refuse)
    with hold_lock(tmp_path / "lock", "output"):
        pass
    assert list(tmp_path.iterdir()) == []
