"""
Files of RDF -> copies that go when they are no longer needed, even when this process is killed.

In: nothing. Out: paths of new files, in a folder that is made for the first of them.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

from ...core.scratch import ScratchFolder


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
        self._folder: ScratchFolder | None = None
        self._count = 0

    def __enter__(self) -> CopyFolder:
        """Return itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        """Remove the copies."""
        if self._folder:
            self._folder.remove()
            self._folder = None

    def place(self) -> Path:
        """
        Return the path of a new file.

        Raises:
            OSError: There is no place for it.
        """
        if self._folder is None:
            self._folder = ScratchFolder()
        self._count += 1
        return self._folder.path / str(self._count)
