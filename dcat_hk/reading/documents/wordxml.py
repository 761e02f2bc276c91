"""
The XML of a Word file: its parts, and what the elements in them are to a reader.

In: the package of a Word file. Out: elements. Nothing in a part is expanded, fetched or looked up.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from lxml.etree import XMLParser, XMLSyntaxError, fromstring

from ...core.errors import NotAPlan
from ...core.limits import Budget
from .archive import Package
from .numbering import Element, child, local, value

MAIN_PART = "word/document.xml"
#: Elements that hold settings, codes of fields, or nothing that is text of the document.
NO_TEXT = {
    *("pPr", "rPr", "sectPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "rubyPr", "tblPr", "tblGrid", "trPr"),
    *("tcPr", "instrText", "delInstrText", "fldData", "ffData", "moveFrom", "commentReference", "annotationRef"),
}
#: Elements that stand for content which is kept elsewhere and not read.
ELSEWHERE = {"chart", "relIds", "OLEObject", "altChunk", "subDoc"}


class WordParts:
    """The XML parts of a Word file, parsed so that nothing is expanded, fetched or looked up."""

    def __init__(self, package: Package, budget: Budget) -> None:
        """Read what the main part refers to."""
        self._package, self._budget = package, budget
        folder, base = posixpath.split(MAIN_PART)
        relations = self.read(f"{folder}/_rels/{base}.rels")
        #: Names of parts by the identifier that the main part knows them by.
        self.targets: dict[str, str] = {}
        for relation in relations if relations is not None else ():
            if value(relation, "TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, unquote(value(relation, "Target"))))
                self.targets[value(relation, "Id")] = target.lstrip("/")

    def read(self, name: str) -> Element | None:
        """Return the root element of a part, None if there is no such part."""
        number = self._package.number_of(name)
        if number is None:
            return None
        return parse_xml(self._package.read(number), self._budget)


def parse_xml(data: bytes, budget: Budget, kind: str = "Word", program: str = "Word") -> Element:
    """
    Return the root element of XML from an office program; nothing is expanded, fetched or looked up.

    Args:
        data: The XML.

        budget: What reading it may still cost.

        kind: What to call such files in an error.

        program: What writes them.

    Raises:
        NotAPlan: It is no XML, has a document type, or is too large or too deep.

    >>> local(parse_xml(b"<w><p/></w>", Budget("plan.docx")))
    'w'
    """
    budget.check("elements", data.count(b"<") / 2)
    parser = XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    advice = f"Open it in {program}, save it again and name the new file."
    broken = NotAPlan(f"The {kind} file is broken.", budget.name, advice)
    try:
        root = fromstring(data, parser)
    except (XMLSyntaxError, ValueError) as error:
        if "depth" in str(error):
            budget.check("depth", float("inf"))
        raise broken from error
    if root.getroottree().docinfo.doctype:
        raise broken
    return root


# ---- elements


def character_of(element: Element) -> str:
    """Return the character that a symbol stands for: one of a symbol font, in the area that is theirs."""
    stated = value(element, "char")
    try:
        code = int(stated, 16)
    except ValueError:
        return "\ufffd"
    return chr(code) if 0x20 <= code <= 0xFFFF and not 0xD800 <= code <= 0xDFFF else "\ufffd"


def choose(element: Element) -> Element:
    """Return the one of several ways to draw something that newer programs choose."""
    choice = child(element, "Choice")
    other = child(element, "Fallback")
    if choice is None or (not len(choice) and other is not None):
        choice = other
    return choice if choice is not None else ()


def boxes_in(element: Element) -> Iterator[Element]:
    """Yield the text boxes of a drawing, none that stands in another, drawn text, and what stands for other parts."""
    waiting = [element]
    while waiting:
        part = waiting.pop()
        if local(part) in {"txbxContent", "textpath"} or local(part) in ELSEWHERE:
            yield part
        else:
            waiting += reversed(choose(part) if local(part) == "AlternateContent" else part)


def elements_in(element: Element, name: str) -> Iterator[Element]:
    """Yield the rows of a table or the cells of a row, those in content controls and the like too."""
    waiting = list(reversed(element))
    while waiting:
        part = waiting.pop()
        if local(part) == name:
            yield part
        elif local(part) not in NO_TEXT and local(part) not in {"p", "tbl"}:
            waiting += reversed(part)


def remarks_on(element: Element, code: str) -> list[tuple[str, str]]:
    """Return the remark that the text of an element is not read, none if there is no text."""
    text = "".join(part.text or "" for part in element.iter("{*}t", "{*}delText")).strip()
    return [(code, text)] if text else []
