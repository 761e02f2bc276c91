"""
OpenDocument file (.odt, .ods, and the same as plain XML) -> `Document`.

In: bytes. Out: the paragraphs and tables of a text, or the cells of every sheet as a reader sees them. What is hidden
or deleted is not read; findings report it. Macros, links and pictures are never opened or run.

Sheets are read from the XML, which has the text that a cell shows and says what is hidden; packages for spreadsheets
give bare values, and unpack a file whatever it unpacks to.
"""

from __future__ import annotations

import hashlib
import io

from ...core.errors import NotAPlan
from ...core.limits import Budget
from .archive import Package
from .cells import Sheets
from .document import Document
from .flow import compose
from .numbering import Element, child, local
from .odflooks import OdfLooks
from .odfsheet import OdfSheets
from .odfstyles import OdfStyles
from .odftext import OdfText
from .wordxml import parse_xml

_ZIP = b"PK"
_KIND, _PROGRAM = "OpenDocument", "LibreOffice"
#: What the list of parts says of a part that is locked with a password.
_LOCKED = b"encryption-data"


def read_opendocument(data: bytes, name: str, budget: Budget) -> Document:
    """
    Return an OpenDocument text or spreadsheet as a document.

    Args:
        data: The file's bytes: a package, or the XML of a whole document.

        name: What to call it.

        budget: What reading it may still cost.

    Raises:
        NotAPlan: The file is broken, locked, no text or spreadsheet, or needs more than it may cost.

    >>> xml = b"<document><body><text><h>Plan</h><p>One<line-break/>two</p></text></body></document>"
    >>> read_opendocument(xml, "plan.fodt", Budget("plan.fodt")).lines
    ('Plan', 'One', 'two')

    Spec: OpenDocument 1.3, part 3.
    """
    content, settings = _read_parts(data, budget)
    body = child(content, "body")
    text, sheets = child(body, "text"), child(body, "spreadsheet")
    roots = [root for root in (settings, content) if root is not None]
    styles = OdfStyles.read(roots)
    if text is not None:
        reader = OdfText(styles, budget, OdfLooks(styles).page(roots, text))
        heads, feet = reader.margins(settings, "header"), reader.margins(settings, "footer")
        flow = reader.flow(text)
        return compose([*heads, *flow, *reader.notes, *feet], data, budget)
    if sheets is not None:
        book = OdfSheets(styles, budget, Sheets(budget))
        book.read([table for table in sheets if local(table) == "table"])
        return book.sheets.document(name, hashlib.sha256(data).hexdigest(), book.findings)
    raise NotAPlan.of("documents.opendocument-kind", name)


def _read_parts(data: bytes, budget: Budget) -> tuple[Element, Element | None]:
    """Return the content of a file, and the part with its styles and the heads of its pages."""
    if not data.startswith(_ZIP):
        root = parse_xml(data, budget, _KIND, _PROGRAM)
        return root, root
    package = Package(io.BytesIO(data), budget)
    manifest = package.number_of("META-INF/manifest.xml")
    if manifest is not None and _LOCKED in package.read(manifest):
        raise NotAPlan.of("documents.locked", budget.name)
    roots: list[Element | None] = []
    for part in ("content.xml", "styles.xml"):
        number = package.number_of(part)
        roots.append(parse_xml(package.read(number), budget, _KIND, _PROGRAM) if number is not None else None)
    return roots[0], roots[1]
