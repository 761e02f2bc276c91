"""
A file of any kind -> `Document`: lines and rows, every piece with its place.

In: a path or bytes. Out: a `Document`. It refuses to know what a plan is; it only tells text from rows
of cells, and says clearly what it cannot read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from ...core.collecting import without_collection
from ...core.errors import NotAPlan
from ...core.limits import Budget, Limits
from .document import Aside, Block, Document, Extent, Fragment, Line, Mark, Row, Run, Span
from .inputs import Input, find_inputs, read_file_bytes
from .kinds import REFUSED, is_named_markdown, kind_of

__all__ = [
    "Aside",
    "Block",
    "Document",
    "Extent",
    "Fragment",
    "Input",
    "Limits",
    "Line",
    "Mark",
    "Row",
    "Run",
    "Span",
    "find_inputs",
    "is_named_markdown",
    "read_bytes",
    "read_file",
]

#: The module and the function that read each kind of file.
_READERS = {
    "pdf": ("pdf", "read_pdf"),
    "docx": ("word", "read_docx"),
    "xlsx": ("sheet", "read_xlsx"),
    "xls": ("xls", "read_xls"),
    "spreadsheetml": ("spreadsheetml", "read_spreadsheetml"),
    "opendocument": ("opendocument", "read_opendocument"),
    "html": ("html", "read_html"),
    "mhtml": ("mhtml", "read_mhtml"),
    "markdown": ("markdown", "read_markdown"),
    "delimited": ("delimited", "read_delimited"),
    "text": ("plaintext", "read_text"),
}


def read_file(path: Path, limits: Limits = Limits()) -> Document:  # noqa: B008 - frozen
    """
    Return the document in a file.

    Args:
        path: The file; its name alone, without folders, becomes the document's name.

        limits: How much reading it may cost.

    Raises:
        NotReadable: There is no such file, no permission, or it is a directory.

        NotAPlan: The file is of a kind or in an encoding that cannot be read.

    >>> read_file(Path("no/such.txt"))
    Traceback (most recent call last):
    dcat_hk.core.errors.NotReadable: no/such.txt: There is no such file. Check the name.
    """
    return read_bytes(read_file_bytes(path, limits), path.name, limits)


def read_bytes(data: bytes, name: str, limits: Limits = Limits()) -> Document:  # noqa: B008 - frozen
    """
    Return the document that bytes hold, whatever the file is called.

    Args:
        data: The content of a file.

        name: What to call it in findings and provenance.

        limits: How much reading it may cost.

    Raises:
        NotAPlan: The content is of a kind or in an encoding that cannot be read.

    >>> read_bytes("香港警務處".encode(), "plan.txt").lines
    ('香港警務處',)
    """
    budget = Budget(name, limits)
    budget.check("size", len(data))
    kind = kind_of(data, name, limits)
    if kind == "archive":
        raise NotAPlan.of("documents.zip-not-document", name)
    if kind in REFUSED:
        raise NotAPlan.of(f"documents.is-{kind}", name)
    reader, function = _READERS[kind]
    # A reader's packages are imported when a file of its kind comes along.
    read: Callable[[bytes, str, Budget], Document] = getattr(import_module(f"{__name__}.{reader}"), function)
    with without_collection():
        document = read(data, name, budget)
    budget.check("lines", len(document.lines))
    return replace(document, kind=kind)
