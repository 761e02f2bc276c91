"""
What kind of file bytes are, by what they hold and not by how the file is called.

In: bytes. Out: the name of a kind. It reads nothing but what telling kinds apart needs.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

from ...core.errors import NotAPlan
from ...core.limits import Budget, Limits
from .archive import Package, is_beside, tidy_name
from .markup import has_drawn_table, has_headings, is_markdown, is_message
from .plaintext import decode

#: Kinds of file that cannot be read. What to do instead is said in `core/wording/errors/documents.toml`.
REFUSED = frozenset({"old-word", "xml-word", "old-office", "encrypted-office", "rtf", "presentation", "image", "zip"})
_MARKS = (
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
)
#: Two letters are no mark: in a bitmap four zero bytes follow its size.
_BITMAP = re.compile(rb"BM.{4}\0{4}", re.DOTALL)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: In an OLE file that holds an encrypted Office document there is a stream of this name, in UTF-16.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
#: Streams in other OLE files, and what kind of file each tells. In a file that holds another, its own come first.
_STREAMS = (("WordDocument", "old-word"), ("Workbook", "xls"), ("Book", "xls"), ("PowerPoint Document", "presentation"))
#: A part that a package of a kind has.
_PACKAGES = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "old-office"),
    ("ppt/presentation.xml", "presentation"),
    ("content.xml", "opendocument"),
)
#: The main part of a Word file that was edited on the web may have a number.
_NUMBERED_MAIN = re.compile(r"word/document[0-9]+\.xml")
#: A PDF may have some bytes before its mark.
_PDF_WITHIN = 1024
#: The start of an OpenDocument file that is one XML text.
_FLAT = re.compile(rb"\s*+(?:<\?xml[^>]*>\s*+)?(?>(?:<!--.*?-->\s*+)*)<office:document\b", re.DOTALL)
#: The start of an Excel or a Word file of 2003 that is one XML text.
_XML_SHEET = re.compile(
    rb"\s*+(?:<\?[^>]*>\s*+)*(?>(?:<!--.*?-->\s*+)*)<(?:\w+:)?Workbook\b[^>]*office:spreadsheet", re.DOTALL
)
_XML_WORD = re.compile(rb"\s*+(?:<\?[^>]*>\s*+)*(?>(?:<!--.*?-->\s*+)*)<(?:w:wordDocument|pkg:package)\b", re.DOTALL)
_HTML = re.compile(
    rb"\s*+(?:<\?xml[^>]*>\s*+)?(?>(?:<!--.*?-->\s*+)*)<(?:!doctype\s+html|html|head|body|table|div|main|section|article)\b",
    re.IGNORECASE | re.DOTALL,
)
#: Names of files that are Markdown without a table as well, if they have so many headings.
_MARKDOWN_NAMES = (".md", ".markdown")
_FEWEST_HEADINGS = 2
#: The start of a whole web page; other elements can begin a Markdown file as well.
_WHOLE_PAGE = re.compile(rb"<(?:!doctype|html|head|body)\b", re.IGNORECASE)
#: What part of a web page can begin with, and a table in it; elements in plain text are not so many.
_PART = re.compile(
    r"\s*+(?>(?:<!--.*?-->\s*+)*)"
    r"<(?:h[1-6]|p|ul|ol|dl|center|header|nav|title|meta|link|style|script|span|form|font|pre|b|strong|a|br|hr)\b",
    re.IGNORECASE | re.DOTALL,
)
_TABLE = re.compile(r"<table\b[^<>]*>\s*<(?:t[rdh]|thead|tbody|caption|colgroup)\b", re.IGNORECASE)
_END_TAG = re.compile(r"</(?:h[1-6]|p|li|td|th|div|span|font|center)>", re.IGNORECASE)
_FEWEST_END_TAGS = 3
#: How much of a file is looked at to tell web pages.
_LOOKED_AT = 65_536


def is_named_markdown(name: str) -> bool:
    """
    Tell whether a name is one of Markdown: the only thing about a name that reading depends on.

    >>> is_named_markdown("Plan.MD"), is_named_markdown("plan.txt")
    (True, False)
    """
    return name.lower().endswith(_MARKDOWN_NAMES)


def kind_of(data: bytes, name: str, limits: Limits = Limits()) -> str:  # noqa: B008 - frozen
    """
    Return the kind of file: the name of its reader, archive, or one of `REFUSED`.

    Args:
        data: The whole file.

        name: What to call it in an error.

        limits: How many parts a compressed file may have.

    Raises:
        NotAPlan: The file is empty or broken.

    >>> kind_of(b"%PDF-1.7 ...", "a"), kind_of("香港".encode(), "a.pdf"), kind_of(b"<html><p>", "a")
    ('pdf', 'text', 'html')
    """
    if not data.strip(b" \t\r\n\0"):
        raise NotAPlan.of("documents.empty", name)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_package(data, Budget(name, limits))
    if data.startswith(_OLE):
        return "encrypted-office" if _ENCRYPTED in data else _kind_of_ole(data)
    for mark, kind in _MARKS:
        if data.startswith(mark):
            return kind
    if _BITMAP.match(data):
        return "image"
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return "pdf"
    return _kind_of_text(data, name)


def is_archive(names: Sequence[str]) -> bool:
    """
    Tell whether a compressed file with parts of these names is an archive of files, not a document.

    >>> is_archive(["2024/plan.pdf"]), is_archive(["[Content_Types].xml", "word/document.xml"])
    (True, False)
    """
    return not _parts(names) & {part for part, _kind in _PACKAGES}


def _parts(names: Sequence[str]) -> set[str]:
    """Return the names of parts in small letters, the main part of a Word file by its usual name."""
    return {_NUMBERED_MAIN.sub("word/document.xml", name.casefold()) for name in names}


def _kind_of_ole(data: bytes) -> str:
    """Return what kind of OLE file this is: its directory has entries of 128 bytes that begin with a name."""
    first: dict[int, str] = {}
    for stream, kind in _STREAMS:
        place = -1
        name = f"{stream}\0".encode("utf-16-le")
        while (place := data.find(name, place + 1)) >= 0:
            if place % 128 == 0:
                first[place] = kind
                break
    return first[min(first)] if first else "old-office"


def _kind_of_package(data: bytes, budget: Budget) -> str:
    """Return what kind of compressed package this is."""
    names = Package(io.BytesIO(data), budget).names
    parts = _parts(names)
    kind = next((kind for part, kind in _PACKAGES if part in parts), None)
    if kind:
        return kind
    documents = [name for name in names if not name.endswith("/") and not is_beside(tidy_name(name).split("/"))]
    return "archive" if documents else "zip"


def _kind_of_text(data: bytes, name: str) -> str:
    """Return whether text is a web page, a page saved as one file, Markdown, cells with delimiters, or plain."""
    start = data[:_LOOKED_AT]
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        start = start.removeprefix(mark)
    start = start.replace(b"\0", b"")
    for pattern, kind in ((_FLAT, "opendocument"), (_XML_SHEET, "spreadsheetml"), (_XML_WORD, "xml-word")):
        if pattern.match(start):
            return kind
    page = _HTML.match(start)
    if page and _WHOLE_PAGE.search(page[0]):
        return "html"
    if is_message(start):
        return "mhtml"
    try:
        text, _findings = decode(data, name)
    except NotAPlan:
        # No text at all: reading it as text says so.
        return "html" if page else "text"
    if _is_part_of_page(text):
        return "html"
    if is_markdown(text) and (not page or has_headings(text)):
        return "markdown"
    if is_named_markdown(name) and has_headings(text, _FEWEST_HEADINGS):
        return "markdown"
    if page:
        return "html"
    # What knows cells knows the labels of columns: a build whose files are known from earlier runs needs neither.
    from .delimited import find_delimiter

    return "delimited" if find_delimiter(text) else "text"


def _is_part_of_page(text: str) -> bool:
    """Tell whether a text is a web page without its root: none of it is Markdown, and it has a table or many tags."""
    if "<" not in text or has_headings(text) or has_drawn_table(text):
        return False
    if _PART.match(text):
        return bool(_TABLE.search(text)) or len(_END_TAG.findall(text[:_LOOKED_AT])) >= _FEWEST_END_TAGS
    # A table that begins a line is one of Markdown.
    table = _TABLE.search(text)
    return bool(table) and not is_markdown(text)
