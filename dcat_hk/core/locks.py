"""
Locks: one writer at a time, whatever process, container or machine it runs in.

In: the path of a file that stands for what is written. Out: a block that nobody else is in. The kernel holds the lock
and lets go of it when the process ends, however it ends; numbers of processes, of which each container has its own,
play no part. The file says who holds it and since when, and is gone afterwards.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

from .errors import NotReadable
from .reporting import Progress, no_progress

#: How long another writer is waited for, in seconds.
PATIENCE = 600.0
#: What a stage of progress begins with in which another writer is waited for.
WAITING = "waiting: "
#: How often it is tried again, in seconds.
_PAUSE = 0.05
#: The errors that say that somebody else holds a lock.
_HELD = frozenset({errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES})
#: The descriptors of locks that this process holds.
_DESCRIPTORS: set[int] = set()


@contextlib.contextmanager
def hold_lock(
    path: Path, subject: str, *, progress: Progress = no_progress, patience: float = PATIENCE
) -> Iterator[None]:
    """
    Hold a lock while the block runs; wait for whoever holds it now.

    Args:
        path: The file of the lock. It is made, and removed at the end.

        subject: What is written, for errors.

        progress: Called once with who is waited for.

        patience: How long to wait, in seconds.

    Raises:
        NotReadable: Somebody else still holds it after that time, or it cannot be made or locked.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, hold_lock(Path(folder) / "lock", "output"):
    ...     os.listdir(folder)
    ['lock']
    """
    descriptor = _acquire(path, subject, progress, patience)
    _DESCRIPTORS.add(descriptor)
    try:
        yield
    finally:
        # Removed while it is held: whoever opened it before finds out, and makes another.
        with contextlib.suppress(OSError):
            path.unlink()
        _DESCRIPTORS.discard(descriptor)
        os.close(descriptor)


@contextlib.contextmanager
def hold_folder(folder: Path, *, patience: float = PATIENCE) -> Iterator[None]:
    """
    Let nobody else hold a folder that is there while the block runs; nothing is written into it for that.

    Args:
        folder: The folder.

        patience: How long to wait, in seconds.

    Raises:
        NotReadable: Somebody else still holds it after that time, or the file system has no locks.

        OSError: The folder cannot be opened.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, hold_folder(Path(folder)):
    ...     os.listdir(folder)
    []
    """
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    _DESCRIPTORS.add(descriptor)
    try:
        end = time.monotonic() + patience
        while not _try_lock(descriptor, str(folder)):
            if time.monotonic() >= end:
                raise NotReadable("Somebody else is writing this folder.", str(folder), "Try again when it is done.")
            time.sleep(_PAUSE)
        yield
    finally:
        _DESCRIPTORS.discard(descriptor)
        os.close(descriptor)


def _acquire(path: Path, subject: str, progress: Progress, patience: float) -> int:
    """Return the descriptor of a lock that is held, or raise."""
    end = time.monotonic() + patience
    told = False
    while True:
        descriptor = _open(path, subject)
        try:
            if _try_lock(descriptor, subject) and _is_current(descriptor, path):
                _say_who(descriptor)
                return descriptor
            holder = _read_holder(path)
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)
        if time.monotonic() >= end:
            raise NotReadable(f"Somebody else is writing this folder{holder}.", subject, "Try again when it is done.")
        if not told:
            progress(f"{WAITING}somebody else is writing {subject}{holder}", 0, 1)
            told = True
        time.sleep(_PAUSE)


def _open(path: Path, subject: str) -> int:
    """Return a descriptor of the file of a lock, which is made if it is not there."""
    flags = os.O_CREAT | os.O_NOFOLLOW
    try:
        try:
            return os.open(path, flags | os.O_RDWR, 0o666)
        except PermissionError:
            # Of another user; it can be locked all the same.
            return os.open(path, flags | os.O_RDONLY, 0o666)
    except OSError as error:
        raise NotReadable(f"The output folder cannot be written: {error.strerror}.", subject) from error


def _try_lock(descriptor: int, subject: str) -> bool:
    """Tell whether a descriptor could be locked, or raise if the file system has no locks."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _HELD:
            return False
        advice = "Write to a local disk, and copy the result."
        raise NotReadable(f"The file system cannot lock files: {error.strerror}.", subject, advice) from error
    return True


def _is_current(descriptor: int, path: Path) -> bool:
    """Tell whether a lock is still the one at its path: whoever held it until now has removed it."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat(follow_symlinks=False))
    except FileNotFoundError:
        return False


def _say_who(descriptor: int) -> None:
    """Write into a lock who holds it since when; where that cannot be written, nobody is told."""
    who = {"host": os.uname().nodename, "since": time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime())}
    with contextlib.suppress(OSError):
        os.truncate(descriptor, 0)
        os.write(descriptor, json.dumps(who).encode())


def _read_holder(path: Path) -> str:
    """Return who holds a lock since when, in words; nothing if it cannot be told."""
    try:
        who = json.loads(path.read_bytes())
        return f", on {who['host']} since {who['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _forget_locks() -> None:
    """Close locks in a process that was just forked: one that outlives a killed writer must not hold them."""
    while _DESCRIPTORS:
        with contextlib.suppress(OSError):
            os.close(_DESCRIPTORS.pop())


os.register_at_fork(after_in_child=_forget_locks)
