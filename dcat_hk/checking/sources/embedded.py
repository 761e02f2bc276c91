"""
RDF that stands in something else: JSON-LD in web pages, `rdf:RDF` in answers of catalogues in other XML.

In: a web page or XML. Out: a copy with the RDF alone, in which it stands in the lines of the page.

Spec: JSON-LD 1.1, section 7.2 (JSON-LD in HTML); CSW 2.0.2, section 10.8; OAI-PMH 2.0, section 3.2.
"""

from __future__ import annotations

import html
import re
from pathlib import Path
from urllib.parse import urljoin

from pyoxigraph import NamedNode

from ...core.terms import PREFIXES, Iri
from .iris import TermFixer
from .mapped import open_mapped
from .rdfxml import RdfXmlRewriter

_SCRIPT = re.compile(rb"<script\b([^>]{0,2000}+)>", re.IGNORECASE)
_SCRIPT_END = re.compile(rb"</script\s{0,20}>", re.IGNORECASE)
_TYPE = re.compile(rb"""\btype\s*=\s*["']?\s*application/ld\+json\b""", re.IGNORECASE)
_WRAPPER = re.compile(rb"^\s*(?:<!--|<!\[CDATA\[|//\s*<!\[CDATA\[)|(?:-->|\]\]>|//\s*\]\]>)\s*$")
_BASE = re.compile(
    rb"""<base\b[^>]{0,200}?\shref\s*=\s*(?:"([^"]{1,2000})"|'([^']{1,2000})'|([^\s"'>]{1,2000}))""", re.IGNORECASE
)
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_HEAD = 1 << 16
_RDF = PREFIXES["rdf"].encode()


def base_of_page(path: Path, base: Iri) -> Iri:
    """
    Return what relative IRIs in a web page are relative to: its element `base`, else its address.

    Args:
        path: The page, in UTF-8.

        base: Its address.

    Raises:
        OSError: The page cannot be read.
    """
    with path.open("rb") as file:
        found = _BASE.search(_COMMENT.sub(b"", file.read(_HEAD)))
    if not found:
        return base
    try:
        stated = urljoin(base, html.unescape((found[1] or found[2] or found[3]).decode()).strip())
        return NamedNode(stated).value
    except ValueError:
        # What is no address is passed over, as browsers do.
        return base


def extract_jsonld(path: Path, copy: Path) -> bool:
    """
    Write the JSON-LD of a web page, all its scripts as one array; return whether there is any.

    Args:
        path: The page, in UTF-8.

        copy: The copy.

    Raises:
        OSError: The page cannot be read, or the copy not written.
    """
    page = path.read_bytes()
    pieces, line, at = [b"["], 0, 0
    while tag := _SCRIPT.search(page, at):
        # What is commented out counts for nothing.
        comment = page.find(b"<!--", at, tag.start())
        if comment >= 0:
            at = page.find(b"-->", comment) + 3
            if at < 3:
                break
            continue
        end = _SCRIPT_END.search(page, tag.end())
        if not end:
            break
        at = end.end()
        text = _WRAPPER.sub(b"", page[tag.end() : end.start()])
        if _TYPE.search(tag[1]) and text.strip():
            start = page.count(b"\n", 0, tag.end())
            pieces.append((b"," if len(pieces) > 1 else b"") + b"\n" * max(0, start - line) + text)
            line = max(line, start) + text.count(b"\n")
    copy.write_bytes(b"".join(pieces) + b"]")
    return len(pieces) > 1


def extract_rdfxml(path: Path, copy: Path, fixer: TermFixer) -> bool:
    """
    Write what stands in all elements `rdf:RDF` of an XML file as one; return whether there is any.

    Args:
        path: XML in UTF-8 within limits.

        copy: The copy.

        fixer: Says what to write for a term.

    Raises:
        NotRdf: It is no XML.

        OSError: It cannot be read, or the copy not written.
    """
    with open_mapped(path) as data:
        if data.find(_RDF) < 0:
            return False
    with copy.open("w", encoding="utf-8", newline="") as out:
        rewriter = RdfXmlRewriter(out, fixer, is_within=True)
        rewriter.rewrite(path)
    return rewriter.count > 0
