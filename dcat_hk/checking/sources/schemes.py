"""
The IRIs of a file whose scheme IANA does not list: mistyped ones, and prefixes that nobody declared.

In: a file of RDF that can be read. Out: findings. RDF allows any scheme, so these are warnings, and in a large file
only its beginning is looked at.

Spec: RFC 7595, section 3 (registration of schemes).
"""

from __future__ import annotations

import contextlib
import re

from pyoxigraph import Literal, NamedNode, RdfFormat

from .findings import SourceFinding
from .iris import TermFixer, is_registered, scheme_of
from .jsonldtext import TextLines
from .rdffiles import RdfFile
from .syntaxes import parsed
from .turtletext import tokens

#: So many bytes of a file are looked at; JSON-LD must be parsed for it.
LOOKED_AT = 16_000_000
_JSON_LOOKED_AT = 4_000_000
_USUAL = rb"(?!https?:|urn:|mailto:|tel:|file:|ftp:|doi:|info:|geo:|tag:)"
_IN_TURTLE = re.compile(rb"<\s*" + _USUAL + rb"[A-Za-z][A-Za-z0-9+.-]*:")
_IN_XML = re.compile(
    rb"""\b(?:about|resource|datatype|xmlns(?::[\w.-]+)?)\s*=\s*["']\s*"""
    + _USUAL
    + rb"""([A-Za-z][A-Za-z0-9+.-]*:[^"'<]*)"""
)


def find_odd_schemes(file: RdfFile) -> list[SourceFinding]:
    """
    Return findings for IRIs with a scheme that IANA does not list, each IRI once.

    Args:
        file: A file in UTF-8.

    Raises:
        OSError: It cannot be read.
    """
    fixer = TermFixer(file.name, file.base)
    if file.kind == RdfFormat.JSON_LD:
        _look_in_json(file, fixer)
        return fixer.findings
    with file.path.open("rb") as opened:
        data = opened.read(LOOKED_AT)
    if file.kind == RdfFormat.RDF_XML:
        stated = {match[1]: match.start() for match in reversed(list(_IN_XML.finditer(data)))}
    elif _IN_TURTLE.search(data):
        stated = {token.iri: token.start for token in reversed(list(tokens(data))) if token.iri is not None}
    else:
        return []
    line, counted = 1, 0
    for value, start in sorted(stated.items(), key=lambda item: item[1]):
        iri = value.decode("utf-8", errors="replace").strip()
        if scheme_of(iri) and not is_registered(scheme_of(iri)):
            line += data.count(b"\n", counted, start)
            counted = start
            fixer.note(line, iri, "unregistered-scheme")
    return fixer.findings


def _look_in_json(file: RdfFile, fixer: TermFixer) -> None:
    """Note the IRIs of JSON-LD."""
    if file.path.stat().st_size > _JSON_LOOKED_AT:
        return
    seen: set[str] = set()
    lines = TextLines(file.shown or file.path)
    # What is no JSON-LD is told elsewhere.
    with contextlib.suppress(SyntaxError):
        for quad in parsed(file.path, file.kind, file.base, lenient=True, ratio=file.ratio):
            for term in (quad.subject, quad.predicate, quad.object):
                node = term.datatype if isinstance(term, Literal) else term
                if isinstance(node, NamedNode) and node.value not in seen:
                    seen.add(node.value)
                    scheme = scheme_of(node.value)
                    if scheme and not is_registered(scheme):
                        fixer.note(lines.find(node.value), node.value, "unregistered-scheme")
    lines.fill(fixer.findings)
