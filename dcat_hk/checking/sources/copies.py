"""
Files of RDF -> copies that go when they are no longer needed, even when this process is killed.

In: nothing. Out: paths of new files. They lie in a folder of this process, readable by its user alone, whose lock the
kernel lets go when the process ends, however it ends. Whoever needs copies next removes folders without one.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from pathlib import Path
from types import TracebackType

_PREFIX = "dcat-hk-rdf-"
_LOCK = "lock"
#: A folder without a lock may be one that was made this moment; seconds until it counts as left over.
_PATIENCE = 60.0


class CopyFolder:
    """
    Gives paths for copies. Use it in a `with` block; with it the copies go.

    >>> with CopyFolder() as copies:
    ...     path = copies.place()
    ...     _size = path.write_bytes(b"x")
    >>> path.exists()
    False
    """

    def __init__(self) -> None:
        """Make nothing yet."""
        self._folder: Path | None = None
        self._lock = -1
        self._count = 0

    def __enter__(self) -> CopyFolder:
        """Return itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        """Remove the copies."""
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)
            if self._lock >= 0:
                os.close(self._lock)
            self._folder, self._lock = None, -1

    def place(self) -> Path:
        """
        Return the path of a new file.

        Raises:
            OSError: There is no place for it.
        """
        if self._folder is None:
            remove_leftovers(Path(tempfile.gettempdir()))
            self._folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
            self._lock = _locked(self._folder / _LOCK)
        self._count += 1
        return self._folder / str(self._count)


def remove_leftovers(place: Path) -> None:
    """
    Remove the folders of copies whose process has ended.

    Args:
        place: The folder that they lie in.
    """
    for folder in sorted(place.glob(f"{_PREFIX}*")):
        # Whatever another user or another process is about to remove is none of ours to remove.
        with contextlib.suppress(OSError):
            if not folder.is_symlink() and folder.stat().st_uid == os.getuid() and _is_left(folder):
                shutil.rmtree(folder, ignore_errors=True)


def _is_left(folder: Path) -> bool:
    """Return whether no process holds the lock of a folder."""
    lock = folder / _LOCK
    if not lock.exists():
        return time.time() - folder.stat().st_mtime > _PATIENCE
    handle = _locked(lock)
    if handle >= 0:
        os.close(handle)
    return handle >= 0


def _locked(path: Path) -> int:
    """Return the descriptor of a lock that this process holds from now on; -1 if another holds it."""
    try:
        import fcntl
    except ImportError:  # Windows has none: what a killed process leaves stays there.
        return -1
    # The file gets its name when it is locked, so that nobody finds it unlocked.
    own = path if path.exists() else path.with_name(f"{_LOCK}.new")
    handle = os.open(own, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return -1
    own.replace(path)
    return handle
