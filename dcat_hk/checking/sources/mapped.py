"""
Files of gigabytes -> their bytes, of which no more than a part counts as memory of this process.

In: a path. Out: the bytes, mapped, and ways to go through them that give back what was looked at. The kernel counts
pages of a mapped file as memory of whoever looked at them until they are given back, or the file is closed.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: So many bytes are looked at before they are given back.
WINDOW = 16 << 20


@contextmanager
def open_mapped(path: Path) -> Iterator[mmap.mmap]:
    """
    Give the bytes of a file, which is not empty, to read.

    Args:
        path: The file.

    Raises:
        OSError: It cannot be opened.

        ValueError: It is empty.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "data"
    ...     _size = path.write_bytes(b"abc")
    ...     with open_mapped(path) as data:
    ...         print(data[:2])
    b'ab'
    """
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        yield data


def find_mark(data: mmap.mmap, mark: bytes, start: int = 0) -> int:
    """
    Return where a mark stands next; -1 if it does not.

    Args:
        data: The bytes of a file.

        mark: What to look for, a few bytes.

        start: Where to begin.
    """
    while start < len(data):
        end = start + WINDOW
        found = data.find(mark, start, end)
        if found >= 0:
            return found
        give_back(data, start, end)
        # A mark may lie across the end.
        start = end - len(mark) + 1
    return -1


def give_back(data: mmap.mmap, start: int, end: int) -> None:
    """
    Give the memory of a part of a file back; what is looked at again is read again.

    Args:
        data: The bytes of a file.

        start: Where the part begins.

        end: Where it ends, which may be behind the end of the file.
    """
    first = start // mmap.PAGESIZE * mmap.PAGESIZE
    last = min(end, len(data)) // mmap.PAGESIZE * mmap.PAGESIZE
    # Where a system cannot be told, it takes pages back when it needs them.
    if hasattr(data, "madvise") and last > first:
        data.madvise(mmap.MADV_DONTNEED, first, last - first)
