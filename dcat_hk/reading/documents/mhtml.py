"""
Web page saved as one file (MHTML) -> `Document`.

In: bytes. Out: the paragraphs and tables of the page, followed by those of the frames in it. Such a file is built as an
e-mail message is: the page is one part, each frame, picture and style sheet is another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesFeedParser
from functools import partial
from urllib.parse import urljoin

from ...core.errors import Finding, NotAPlan
from ...core.limits import Budget
from .document import Document
from .flow import Flow, compose
from .html import decode_page, read_page

_CHUNK = 65_536
_STYLE = "text/css"
#: A stated type of content, over all its lines, and how long it can be.
_TYPE = re.compile(rb"^content-type:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*", re.IGNORECASE | re.MULTILINE)
_LONGEST_TYPE = 4_000
#: Parts in which other parts stand.
_NESTING = re.compile(rb"^content-type:\s*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)
#: A line that begins like this may begin a part; in other kinds of text there are more of them.
_BOUNDARY = b"\n--"
_BOUNDARIES_PER_PART = 50


def read_mhtml(data: bytes, name: str, budget: Budget) -> Document:
    r"""
    Return a web page that was saved as one file as a document.

    Args:
        data: The file's bytes.

        name: What to call it.

        budget: What reading it may still cost.

    Raises:
        NotAPlan: There is no page in the file, or it needs more than it may cost.

    >>> data = b"MIME-Version: 1.0\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\nPHA+UGxhbjwvcD4="
    >>> read_mhtml(data, "plan.mht", Budget("plan.mht")).lines
    ('Plan',)

    Spec: RFC 2557.
    """
    flow: Flow = []
    findings: list[Finding] = []
    parts = list(_find_parts(_parse(data.lstrip(), budget), budget))
    sheets = {address: part for part in parts if part.kind == _STYLE for address in part.addresses}
    pages = [part for part in parts if part.kind != _STYLE and part.content.strip()]
    for page in pages:
        text, remarks = decode_page(page.content, name, page.label)
        flow += read_page(text, budget, partial(_find_style_sheet, sheets, page.base))
        findings += remarks
    if not pages:
        raise NotAPlan.of("documents.mht-without-page", name)
    return compose(flow, data, budget, findings)


def _parse(data: bytes, budget: Budget) -> Message:
    """Return the message that a file is."""
    # The parser's own work grows with these numbers, and it knows no limits.
    budget.check("depth", sum(1 for _match in _NESTING.finditer(data)))
    budget.check("parts", data.count(_BOUNDARY) // _BOUNDARIES_PER_PART)
    if any(match.end() - match.start() > _LONGEST_TYPE for match in _TYPE.finditer(data)):
        raise _make_broken_error(budget.name)
    parser = BytesFeedParser()
    for start in range(0, len(data), _CHUNK):
        parser.feed(data[start : start + _CHUNK])
        budget.check_time()
    return parser.close()


@dataclass(frozen=True, slots=True)
class _SavedPart:
    """A page or a style sheet of a message: its type, bytes, encoding by name, and the addresses that it goes by."""

    kind: str
    content: bytes
    label: str
    addresses: tuple[str, ...]
    base: str


def _find_parts(message: Message, budget: Budget) -> Iterator[_SavedPart]:
    """Yield the pages and style sheets in a message."""
    for number, part in enumerate(message.walk(), 1):
        budget.check("parts", number)
        kind = part.get_content_type()
        if kind not in {"text/html", "application/xhtml+xml", _STYLE}:
            continue
        try:
            content, label = part.get_payload(decode=True), part.get_content_charset("")
        except (ValueError, LookupError) as error:
            raise _make_broken_error(budget.name) from error
        location = str(part.get("Content-Location", "")).strip()
        name = str(part.get("Content-ID", "")).strip().strip("<>")
        addresses = tuple(filter(None, (location, f"cid:{name}" if name else "")))
        yield _SavedPart(kind, content if isinstance(content, bytes) else b"", label, addresses, location)


def _find_style_sheet(sheets: Mapping[str, _SavedPart], base: str, address: str) -> str | None:
    """Return the text of a style sheet of the file by the address that a page has for it, None if there is none."""
    try:
        absolute = urljoin(base, address.strip())
    except ValueError:
        absolute = ""
    part = sheets.get(address.strip()) or sheets.get(absolute)
    if part is None:
        return None
    try:
        return part.content.decode(part.label or "utf-8", "replace")
    except LookupError:
        return part.content.decode("utf-8", "replace")


def _make_broken_error(name: str) -> NotAPlan:
    """Return the error for a message that cannot be taken apart."""
    return NotAPlan.of("documents.mht-broken", name)
