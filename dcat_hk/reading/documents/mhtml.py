"""
Web page saved as one file (MHTML) -> `Document`.

In: bytes. Out: the paragraphs and tables of the page, followed by those of the frames in it. Such a file is built as an
e-mail message is: the page is one part, each frame, picture and style sheet is another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message
from email.parser import BytesFeedParser

from ...core.errors import Finding, NotAPlan
from ...core.limits import Budget
from .document import Document
from .flow import Flow, compose
from .html import decode_page, read_page

_CHUNK = 65_536
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
    pages = 0
    for page, label in _find_pages(_parse(data.lstrip(), budget), budget):
        if page.strip():
            text, remarks = decode_page(page, name, label)
            flow += read_page(text, budget)
            findings += remarks
            pages += 1
    if not pages:
        raise NotAPlan(
            "There is no web page in this saved page (.mht).", name, "Save the page again as HTML or PDF in a browser."
        )
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


def _find_pages(message: Message, budget: Budget) -> Iterator[tuple[bytes, str]]:
    """Yield the pages in a message, each with the name of the encoding that is stated for it."""
    for number, part in enumerate(message.walk(), 1):
        budget.check("parts", number)
        if part.get_content_type() not in {"text/html", "application/xhtml+xml"}:
            continue
        try:
            content, label = part.get_payload(decode=True), part.get_content_charset("")
        except (ValueError, LookupError) as error:
            raise _make_broken_error(budget.name) from error
        yield (content if isinstance(content, bytes) else b""), label


def _make_broken_error(name: str) -> NotAPlan:
    """Return the error for a message that cannot be taken apart."""
    return NotAPlan("The saved page (.mht) is broken.", name, "Save the page again as HTML or PDF in a browser.")
