"""
A file of any kind -> `Document`: lines and rows, every piece with its place.

In: a path or bytes. Out: a `Document`. It refuses to know what a plan is; it only tells text from rows
of cells, and says clearly what it cannot read.
"""

from __future__ import annotations

from pathlib import Path

from ..errors import NotReadable
from .document import Block, Document, Line, Row, Span
from .text import read_text

__all__ = ["Block", "Document", "Line", "Row", "Span", "read_bytes", "read_file"]


def read_file(path: Path) -> Document:
    """
    Return the document in a file.

    Args:
        path: The file; its name alone, without folders, becomes the document's name.

    Raises:
        NotReadable: There is no such file, no permission, or it is a directory.

        NotAPlan: The file is of a kind or in an encoding that cannot be read.

    >>> read_file(Path("no/such.txt"))
    Traceback (most recent call last):
    dcat_hk.errors.NotReadable: no/such.txt: There is no such file. Check the name.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise NotReadable("There is no such file.", str(path), "Check the name.") from error
    except IsADirectoryError as error:
        raise NotReadable("This is a directory.", str(path), "Name the files in it.") from error
    except PermissionError as error:
        raise NotReadable("No permission to read the file.", str(path), "Ask its owner for it.") from error
    except OSError as error:
        raise NotReadable(f"The file cannot be read: {error.strerror}.", str(path)) from error
    return read_bytes(data, path.name)


def read_bytes(data: bytes, name: str) -> Document:
    """
    Return the document that bytes hold.

    Args:
        data: The content of a file.

        name: What to call it in findings and provenance.

    Raises:
        NotAPlan: The content is of a kind or in an encoding that cannot be read.

    >>> read_bytes("香港警務處".encode(), "plan.txt").lines
    ('香港警務處',)
    """
    return read_text(data, name)
