"""
Files and folders for the time being -> gone when their process has ended, however it ended.

In: a folder to make them in. Out: new files and folders of this process. Each is locked as long as the process needs
it, and the kernel lets go of the lock when the process ends: what is not locked is left over, and whoever makes
something there next removes it. Numbers of processes do not serve for that: each container counts its own.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import stat
import tempfile
import time
from io import BufferedWriter
from pathlib import Path
from types import TracebackType

from .locks import KEEPS_OPEN_FILES, can_lock, keep_from_children, let_go, try_lock

#: What the names of folders begin with, and the name of the file in them that is locked.
PREFIX, LOCK = "dcat-hk-", "in-use"
#: A folder without that file may be one that was made this moment; seconds until it counts as left over.
_PATIENCE = 60.0
#: What the name of a file begins with that is not finished, and what it ends with.
_UNFINISHED, _SUFFIX = ".dcat-hk-", ".tmp"


class ScratchFolder:
    """
    A new folder, which only this user can read; what killed processes have left beside it is removed first.

    Use it in a `with` block, or remove it in the end.

    Args:
        place: Where to make it; default the system's folder for temporary files.

    Raises:
        OSError: It cannot be made.

    >>> with ScratchFolder() as path:
    ...     _size = (path / "copy").write_bytes(b"x")
    >>> path.exists()
    False
    """

    def __init__(self, place: Path | None = None) -> None:
        """Make the folder."""
        remove_leftovers(place)
        self.path, lock = _make_folder(place)
        self._locks = [lock]

    def remove(self) -> None:
        """Remove the folder with all that is in it; several threads may ask for it, and the first one does it."""
        try:
            # One step: no other thread comes between the look and the taking, and closes what others have opened since.
            lock = self._locks.pop()
        except IndexError:
            return
        _remove(self.path, lock)

    def __enter__(self) -> Path:
        """Return its path."""
        return self.path

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        """Remove it."""
        self.remove()


def remove_leftovers(place: Path | None = None) -> None:
    """
    Remove the folders of processes that were killed.

    Only folders of this user are looked at, and only those are removed whose lock nobody holds.

    Args:
        place: The folder that they lie in; default the system's folder for temporary files.

    >>> with tempfile.TemporaryDirectory() as place:
    ...     left = Path(place) / "dcat-hk-0123"
    ...     left.mkdir()
    ...     (left / "in-use").touch()
    ...     remove_leftovers(Path(place))
    ...     os.listdir(place)
    []
    """
    for folder in sorted(Path(place or tempfile.gettempdir()).glob(f"{PREFIX}*")):
        # What belongs to somebody else, or is removed by somebody else at this moment, is none of ours to remove.
        with contextlib.suppress(OSError):
            status = folder.lstat()
            if not stat.S_ISDIR(status.st_mode) or (hasattr(os, "geteuid") and status.st_uid != os.geteuid()):
                continue
            try:
                lock = os.open(folder / LOCK, os.O_RDWR)
            except FileNotFoundError:
                # Only an empty one goes: a folder with other things in it is not ours. One of later was made before
                # the clock was set back.
                if abs(time.time() - status.st_mtime) > _PATIENCE:
                    folder.rmdir()
                continue
            if _is_free(lock):
                _remove(folder, lock)
            else:
                os.close(lock)


def _make_folder(place: Path | None) -> tuple[Path, int]:
    """Return a new folder and the descriptor of its lock."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=place))
        try:
            lock = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
            # Before it was locked, somebody else may have taken it for left over.
            if not _is_taken(lock) and (folder / LOCK).exists():
                keep_from_children(lock)
                return folder, lock
            os.close(lock)
        except FileNotFoundError:
            continue
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise


def _remove(folder: Path, lock: int) -> None:
    """Remove a folder that this process has locked; the lock goes last, so that what is left now is known later."""
    try:
        with contextlib.suppress(OSError):
            for path in folder.iterdir():
                if path.is_dir() and not path.is_symlink():
                    shutil.rmtree(path, ignore_errors=True)
                elif path.name != LOCK:
                    path.unlink()
        if not KEEPS_OPEN_FILES:
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        let_go(lock)
    if KEEPS_OPEN_FILES:
        shutil.rmtree(folder, ignore_errors=True)


def _is_free(descriptor: int) -> bool:
    """Tell whether an open file could be locked; a file system without locks locks nothing."""
    try:
        return try_lock(descriptor)
    except OSError:
        return False


def _is_taken(descriptor: int) -> bool:
    """Lock an open file, and tell whether somebody else has; a file system without locks locks nothing."""
    try:
        return can_lock() and not try_lock(descriptor)
    except OSError:
        return False


# ---- files that are not finished


def open_unfinished(folder: Path) -> tuple[Path, BufferedWriter]:
    """
    Return a new file to write into, open, and locked as long as it is.

    It has the permissions that the user's umask leaves, unlike those of the standard library, which only their owner
    can read.

    Args:
        folder: Where to make it.

    Raises:
        OSError: It cannot be made.

    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path, file = open_unfinished(Path(folder))
    ...     with file:
    ...         remove_unfinished(Path(folder))
    ...         print(path.exists())
    ...     remove_unfinished(Path(folder))
    ...     print(path.exists())
    True
    False
    """
    while True:
        path = folder / f"{_UNFINISHED}{secrets.token_hex(8)}{_SUFFIX}"
        file = path.open("xb")
        try:
            # Before it is locked, somebody else may take it for left over: removes it, or has locked it to do so.
            if not _is_taken(file.fileno()) and path.exists():
                return path, file
            file.close()
            path.unlink(missing_ok=True)
        except BaseException:
            file.close()
            path.unlink(missing_ok=True)
            raise


def remove_unfinished(folder: Path) -> None:
    """
    Remove the files of a folder that processes which were killed have left unfinished.

    Args:
        folder: The folder; it need not be there.

    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / ".dcat-hk-0123456789abcdef.tmp"
    ...     size = path.write_bytes(b"half")
    ...     remove_unfinished(Path(folder))
    ...     os.listdir(folder)
    []
    """
    for path in folder.glob(f"{_UNFINISHED}*{_SUFFIX}"):
        # What cannot be locked is still being written, or belongs to somebody else.
        with contextlib.suppress(OSError):
            with path.open("rb") as file:
                is_free = _is_free(file.fileno())
                if is_free and not KEEPS_OPEN_FILES:
                    path.unlink()
            if is_free and KEEPS_OPEN_FILES:
                path.unlink()
