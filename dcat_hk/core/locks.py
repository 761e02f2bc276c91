"""
Locks: one writer at a time, whatever process, container or machine it runs in.

In: the path of a file that stands for what is written. Out: a block that nobody else is in. The kernel holds the lock
and lets go of it when the process ends, however it ends; numbers of processes, of which each container has its own,
play no part. The file says who holds it and since when, and is gone afterwards.

`flock` locks where there is one, else what the package filelock has for the system: `LockFileEx`. Its lock objects are
not used: they keep the file, and one that a killed process has left stays. Where a Python has no locks at all, whoever
makes the file holds it, and the file of a writer that was killed is to be removed by hand.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import time
import warnings
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path

from .errors import NotReadable
from .reporting import Progress, no_progress
from .wording.refusals import Phrase, SystemReason, fill_in

try:
    import fcntl
except ImportError:
    fcntl = None  # type: ignore[assignment]

#: How long another writer is waited for, in seconds.
PATIENCE = 600.0
#: What a stage of progress begins with in which another writer is waited for.
WAITING = "waiting: "
#: How often it is tried again, in seconds.
_PAUSE = 0.05
#: The descriptors of locks that this process holds.
_DESCRIPTORS: set[int] = set()
#: The file that is locked in a folder where the system cannot lock the folder itself.
_IN_FOLDER = ".lock"
#: Whether a file that somebody has open can be neither renamed nor removed.
KEEPS_OPEN_FILES = os.name == "nt"


def can_lock() -> bool:
    """
    Tell whether this system has locks.

    >>> can_lock()
    True
    """
    return _find_locking() is not None


def try_lock(descriptor: int) -> bool:
    """
    Lock an open file until it is closed, or the process ends.

    Args:
        descriptor: The number of the open file.

    Returns:
        Whether it is locked; False if somebody else holds it.

    Raises:
        OSError: The file system has no locks.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     one, other = (os.open(Path(folder) / "lock", os.O_CREAT | os.O_RDWR) for _ in range(2))
    ...     print(try_lock(one), try_lock(other))
    ...     os.close(one)
    ...     print(try_lock(other))
    ...     os.close(other)
    True False
    True
    """
    locking = _find_locking()
    return locking is not None and locking(descriptor)


def keep_from_children(descriptor: int) -> None:
    """
    Let no process hold a lock that is forked from this one: it may outlive it.

    Args:
        descriptor: The number of the open file. It is closed with `let_go`.
    """
    _DESCRIPTORS.add(descriptor)


def let_go(descriptor: int) -> None:
    """
    Close an open file of `keep_from_children`, and with it give back its lock.

    Args:
        descriptor: The number of the open file.
    """
    _DESCRIPTORS.discard(descriptor)
    os.close(descriptor)


@cache
def _find_locking() -> Callable[[int], bool] | None:
    """Return what locks an open file on this system; None if nothing does."""
    if fcntl is not None and hasattr(fcntl, "flock"):
        return _flock
    if os.name != "nt":
        return None
    with warnings.catch_warnings():
        # It warns of locks that are not used here.
        warnings.simplefilter("ignore")
        import filelock
    return partial(filelock.lock_descriptor, blocking=False)


def _flock(descriptor: int) -> bool:
    """Lock an open file, and return whether it could be locked; some file systems refuse where another has it."""
    assert fcntl is not None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in {errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK}:
            return False
        raise
    return True


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
    keep_from_children(descriptor)
    try:
        yield
    finally:
        # Removed while it is held: whoever opened it before finds out, and makes another.
        with contextlib.suppress(OSError):
            path.unlink()
        let_go(descriptor)
        if KEEPS_OPEN_FILES:
            with contextlib.suppress(OSError):
                path.unlink()


@contextlib.contextmanager
def hold_folder(folder: Path, *, patience: float = PATIENCE) -> Iterator[None]:
    """
    Let nobody else hold a folder that is there while the block runs.

    Nothing is written into it for that where the system can lock folders, as Linux and macOS can.

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
    if not can_lock() or not hasattr(os, "O_DIRECTORY"):
        with hold_lock(folder / _IN_FOLDER, str(folder), patience=patience):
            yield
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    keep_from_children(descriptor)
    try:
        end = time.monotonic() + patience
        while not _is_locked(descriptor, str(folder)):
            if time.monotonic() >= end:
                raise _is_taken(str(folder))
            time.sleep(_PAUSE)
        yield
    finally:
        let_go(descriptor)


def _acquire(path: Path, subject: str, progress: Progress, patience: float) -> int:
    """Return the descriptor of a lock that is held, or raise."""
    end = time.monotonic() + patience
    told = False
    while True:
        descriptor = _open(path, subject)
        if descriptor is not None:
            try:
                if not can_lock() or (_is_locked(descriptor, subject) and _is_current(descriptor, path)):
                    _say_who(descriptor)
                    return descriptor
            except BaseException:
                os.close(descriptor)
                raise
            os.close(descriptor)
        holder = _read_holder(path)
        if time.monotonic() >= end:
            raise _is_taken(subject, holder, None if can_lock() else path)
        if not told:
            progress(f"{WAITING}somebody else is writing {subject}{fill_in(holder)}", 0, 1)
            told = True
        time.sleep(_PAUSE)


def _is_taken(subject: str, holder: Phrase | str = "", file: Path | None = None) -> NotReadable:
    """Return the error for what somebody else is still writing."""
    left = Phrase("locks.left", {"file": str(file)}) if file is not None else ""
    return NotReadable.of("locks.held", subject, holder=holder, left=left)


def _open(path: Path, subject: str) -> int | None:
    """Return a descriptor of the file of a lock; None if it is another's, where to make the file is to hold it."""
    flags = os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | (0 if can_lock() else os.O_EXCL)
    try:
        try:
            return os.open(path, flags | os.O_RDWR, 0o666)
        except PermissionError:
            # Of another user; it can be locked all the same.
            return os.open(path, flags | os.O_RDONLY, 0o666)
    except FileExistsError:
        return None
    except OSError as error:
        raise NotReadable.of("files.folder-unwritable", subject, reason=SystemReason.of(error)) from error


def _is_locked(descriptor: int, subject: str) -> bool:
    """Tell whether a descriptor could be locked, or raise if the file system has no locks."""
    try:
        return try_lock(descriptor)
    except OSError as error:
        raise NotReadable.of("locks.no-locks", subject, reason=SystemReason.of(error)) from error


def _is_current(descriptor: int, path: Path) -> bool:
    """Tell whether a lock is still the one at its path: whoever held it until now has removed it."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat(follow_symlinks=False))
    except FileNotFoundError:
        return False


def _say_who(descriptor: int) -> None:
    """Write into a lock who holds it since when; where that cannot be written, nobody is told."""
    import platform

    who = {"host": platform.node(), "since": time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime())}
    with contextlib.suppress(OSError):
        os.truncate(descriptor, 0)
        # Nobody else can read the first byte on Windows, which is the one that is locked.
        os.write(descriptor, f" {json.dumps(who)}".encode())


def _read_holder(path: Path) -> Phrase | str:
    """Return who holds a lock since when, in words; nothing if it cannot be told."""
    try:
        with path.open("rb", buffering=0) as file:
            file.seek(1)
            who = json.loads(file.read())
        return Phrase("locks.holder", {"host": str(who["host"]), "since": str(who["since"])})
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _forget_locks() -> None:
    """Close locks in a process that was just forked: one that outlives a killed writer must not hold them."""
    while _DESCRIPTORS:
        with contextlib.suppress(OSError):
            os.close(_DESCRIPTORS.pop())


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_locks)
