"""
The XML of a Word file: its parts, and what the elements in them are to a reader.

In: the package of a Word file. Out: elements. Nothing in a part is expanded, fetched or looked up.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from urllib.parse import unquote

from lxml.etree import XMLParser, XMLSyntaxError, fromstring

from ...core.errors import NotAPlan
from ...core.limits import Budget
from .archive import Package
from .numbering import Element, WordStyles, child, local, value

MAIN_PART = "word/document.xml"
#: Elements that hold settings, codes of fields, or nothing that is text of the document.
NO_TEXT = {
    *("pPr", "rPr", "sectPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "rubyPr", "tblPr", "tblGrid", "trPr"),
    *("tcPr", "instrText", "delInstrText", "fldData", "ffData", "moveFrom", "commentReference", "annotationRef"),
}
#: Larger styles than these are no template's, and are not remembered.
_LARGEST_SHARED = 1 << 19
#: Elements that stand for content which is kept elsewhere and not read.
ELSEWHERE = {"chart", "relIds", "OLEObject", "altChunk", "subDoc"}


class WordParts:
    """The XML parts of a Word file, parsed so that nothing is expanded, fetched or looked up."""

    def __init__(self, package: Package, budget: Budget) -> None:
        """Read what the main part refers to."""
        self._package, self._budget = package, budget
        roots = {kind: target for kind, _name, target in reversed(self._relations(""))}
        #: The name of the main part; files from the web have others than Word gives.
        self.main = roots.get("officeDocument", MAIN_PART)
        if package.number_of(self.main) is None:
            self.main = MAIN_PART
        relations = self._relations(self.main)
        #: Names of parts by the identifier that the main part knows them by.
        self.targets = {name: target for _kind, name, target in relations}
        self._kinds = {kind: target for kind, _name, target in reversed(relations)}

    def _relations(self, part: str) -> list[tuple[str, str, str]]:
        """Return the kind, the identifier and the name of each part that a part, or the package, refers to."""
        folder, base = posixpath.split(part)
        root = self.read(posixpath.join(folder, "_rels", f"{base}.rels"))
        relations: list[tuple[str, str, str]] = []
        for relation in root if root is not None else ():
            if value(relation, "TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, unquote(value(relation, "Target"))))
                kind = value(relation, "Type").rpartition("/")[2]
                relations.append((kind, value(relation, "Id"), target.lstrip("/")))
        return relations

    def read_kind(self, kind: str, usual: str = "") -> Element | None:
        """
        Return the root element of the part of a kind that the main part refers to, None if there is no such part.

        Args:
            kind: The last word of the kind's name, such as `styles`.

            usual: The part's usual name in the folder of the main part, where the file does not say.
        """
        return self.read(self._name_of(kind, usual or f"{kind}.xml"))

    def _name_of(self, kind: str, usual: str) -> str:
        """Return the name of the part of a kind."""
        return self._kinds.get(kind, posixpath.join(posixpath.dirname(self.main), usual))

    def read(self, name: str) -> Element | None:
        """Return the root element of a part, None if there is no such part."""
        data = self._unpack(name)
        return None if data is None else parse_xml(data, self._budget)

    def _unpack(self, name: str) -> bytes | None:
        """Return what a part unpacks to, None if there is no such part."""
        number = self._package.number_of(name)
        return None if number is None else self._package.read(number)

    def styles(self) -> WordStyles:
        """Return the styles of the file; files made from one template have the same ones, which are read once."""
        data = self._unpack(self._name_of("styles", "styles.xml"))
        if data is None:
            return WordStyles.read(None)
        self._budget.check("elements", _count_elements(data))
        if len(data) <= _LARGEST_SHARED:
            with suppress(NotAPlan):
                return _read_shared_styles(data)
        # The error is to name this file.
        return WordStyles.read(parse_xml(data, self._budget))


@lru_cache(maxsize=8)
def _read_shared_styles(data: bytes) -> WordStyles:
    """Return the styles in a part."""
    return WordStyles.read(parse_xml(data, Budget("")))


def _count_elements(data: bytes) -> float:
    """Return about how many elements there are in XML: each has two signs."""
    return data.count(b"<") / 2


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
    budget.check("elements", _count_elements(data))
    parser = XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = fromstring(data, parser)
    except (XMLSyntaxError, ValueError) as error:
        if "depth" in str(error):
            budget.check("depth", float("inf"))
        raise _broken(budget, kind, program) from error
    if root.getroottree().docinfo.doctype:
        raise _broken(budget, kind, program)
    return root


def _broken(budget: Budget, kind: str, program: str) -> NotAPlan:
    """Return the error that XML from an office program is none."""
    return NotAPlan.of("documents.xml-broken", budget.name, kind=kind, program=program)


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
