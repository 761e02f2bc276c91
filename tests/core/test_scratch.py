"""Files and folders for the time being: they go, whatever becomes of the process that made them."""

import errno
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from dcat_hk.core import locks, scratch
from dcat_hk.core.scratch import ScratchFolder, open_unfinished, remove_leftovers, remove_unfinished

MAKE = """
import sys, time
from pathlib import Path
from dcat_hk.core.scratch import ScratchFolder, open_unfinished
folder = ScratchFolder(Path(sys.argv[1]))
(folder.path / "copies" / "deep").mkdir(parents=True)
(folder.path / "copies" / "deep" / "1").write_bytes(b"x")
file = open_unfinished(Path(sys.argv[1]))
print("made", flush=True)
time.sleep(60)
"""


@pytest.fixture
def other(tmp_path):
    """Run a process that has made a folder and a file in a place; kill it in the end."""
    with subprocess.Popen([sys.executable, "-c", MAKE, str(tmp_path)], stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"made\n"
        yield process
        process.kill()


def test_what_a_killed_process_leaves_goes_and_what_a_living_one_has_stays(tmp_path, other):
    """The lock of a process that was killed is free, so what it made is nobody's."""
    with ScratchFolder(tmp_path) as own:
        remove_unfinished(tmp_path)
        assert len(list(tmp_path.iterdir())) == 3
    other.send_signal(signal.SIGKILL)
    other.wait()
    with ScratchFolder(tmp_path) as own:
        remove_unfinished(tmp_path)
        assert list(tmp_path.iterdir()) == [own]
    assert list(tmp_path.iterdir()) == []


def test_removing_that_is_killed_is_done_by_the_next(tmp_path, other, monkeypatch):
    """The lock is the last file to go: until then what is left is known as left over."""
    other.send_signal(signal.SIGKILL)
    other.wait()

    def stop(*_arguments, **_options):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(scratch.shutil, "rmtree", stop)
        with pytest.raises(KeyboardInterrupt):
            remove_leftovers(tmp_path)
    assert len(list(tmp_path.glob("*/in-use"))) == 1
    remove_leftovers(tmp_path)
    remove_unfinished(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_known_as_left_over_stays(tmp_path):
    """Folders of others, folders that are made at this moment, links; an empty one goes when it is old."""
    for name in ("new", "old", "full"):
        (tmp_path / f"dcat-hk-{name}").mkdir()
    (tmp_path / "dcat-hk-full" / "mine").touch()
    (tmp_path / "dcat-hk-link").symlink_to(tmp_path / "dcat-hk-full")
    (tmp_path / "dcat-hk-file").touch()
    for name in ("old", "full"):
        os.utime(tmp_path / f"dcat-hk-{name}", (time.time() - 3600,) * 2)
    remove_leftovers(tmp_path)
    names = [f"dcat-hk-{name}" for name in ("file", "full", "link", "new")]
    assert sorted(path.name for path in tmp_path.iterdir()) == names


def test_a_folder_that_was_taken_for_left_over_is_made_again(tmp_path, monkeypatch):
    """Between its making and its lock somebody may remove it."""
    tries = []

    def lose(descriptor):
        tries.append(descriptor)
        if len(tries) == 1:
            next(tmp_path.glob("*/in-use")).unlink()
        return True

    monkeypatch.setattr(scratch, "try_lock", lose)
    with ScratchFolder(tmp_path) as folder:
        assert len(tries) == 2
        assert (folder / "in-use").is_file()


def test_folders_are_for_their_user_alone(tmp_path):
    """No other user of the machine reads what was unpacked."""
    with ScratchFolder(tmp_path) as folder:
        assert folder.stat().st_mode & 0o077 == 0


def test_a_process_that_is_forked_does_not_hold_a_folder(tmp_path):
    """One that outlives its parent keeps nothing from being removed."""
    folder = ScratchFolder(tmp_path)
    heard, said = os.pipe()
    child = os.fork()
    if not child:
        os.write(said, b"x")
        time.sleep(60)
        os._exit(0)
    try:
        os.read(heard, 1)
        os.close(folder._locks[0])
        locks._DESCRIPTORS.discard(folder._locks[0])
        remove_leftovers(tmp_path)
        assert list(tmp_path.iterdir()) == []
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


@pytest.mark.parametrize("keeps", [False, True])
def test_systems_that_keep_open_files_are_served_too(tmp_path, monkeypatch, keeps):
    """Where an open file can be neither renamed nor removed, it is closed first."""
    monkeypatch.setattr(scratch, "KEEPS_OPEN_FILES", keeps)
    with ScratchFolder(tmp_path):
        pass
    (tmp_path / ".dcat-hk-0.tmp").touch()
    remove_unfinished(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_without_locks_nothing_of_others_is_removed(tmp_path, monkeypatch):
    """Where nobody can tell whether a process still needs it, it stays."""
    with ScratchFolder(tmp_path) as other, open_unfinished(tmp_path)[1]:
        monkeypatch.setattr(locks, "_find_locking", lambda: None)
        with ScratchFolder(tmp_path) as own:
            remove_unfinished(tmp_path)
            assert other.exists()
            assert own.exists()
            assert len(list(tmp_path.glob("*.tmp"))) == 1
        assert not own.exists()


def test_what_somebody_else_has_locked_to_remove_it_is_not_used(tmp_path, monkeypatch):
    """Between making a file and locking it others look at it: whoever has the lock will remove it."""
    real, others = scratch.try_lock, []

    def come_late(descriptor):
        if not others:
            others.append(next(tmp_path.glob("*.tmp")).open("rb"))
            real(others[0].fileno())
        return real(descriptor)

    monkeypatch.setattr(scratch, "try_lock", come_late)
    path, file = open_unfinished(tmp_path)
    with file:
        others[0].close()
        remove_unfinished(tmp_path)
        assert list(tmp_path.iterdir()) == [path]


def test_a_file_system_without_locks_can_be_written_to(tmp_path, monkeypatch):
    """There the system has locks, and says for this place that it has none."""

    def refuse(_descriptor):
        raise OSError(errno.ENOTSUP, "no locks")

    monkeypatch.setattr(scratch, "try_lock", refuse)
    path, file = open_unfinished(tmp_path)
    with file, ScratchFolder(tmp_path) as own:
        remove_unfinished(tmp_path)
        assert {*tmp_path.iterdir()} == {path, own}


def test_a_folder_that_two_threads_remove_is_closed_once(tmp_path, monkeypatch):
    """Whoever comes second closes nothing: the number may be that of a file which somebody else has opened since."""
    closed = []
    monkeypatch.setattr(scratch, "let_go", lambda lock: (closed.append(lock), time.sleep(0.05), locks.let_go(lock)))
    for _ in range(5):
        folder = ScratchFolder(tmp_path)
        with ThreadPoolExecutor(4) as pool:
            for done in [pool.submit(folder.remove) for _ in range(4)]:
                done.result()
        assert not folder.path.exists()
    assert len(closed) == 5
