"""
A file as it came -> a file of RDF that a parser reads within limits, in UTF-8, with all that it needs in it.

In: a file without compression. Out: `RdfFile`, its own or a copy. What is no RDF is called by its name.

    bytes --encodings--> UTF-8 --contents--> syntax --embedded--> RDF --scanning--> within limits --contexts--> RdfFile
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import RdfFormat

from ...core.limits import RdfLimits
from ...core.terms import Iri
from .contents import (
    is_web_page,
    refusal_by_beginning,
    refusal_of_json,
    refusal_of_text,
    refusal_of_xml,
    refused,
    root_of,
)
from .contexts import Contexts
from .embedded import base_of_page, extract_jsonld, extract_rdfxml
from .encodings import find_encoding, recode
from .findings import SourceFinding
from .iris import TermFixer
from .known_contexts import context_without_address
from .rdffiles import RdfFile
from .scanning import check_limits, exceeded
from .schemes import find_odd_schemes
from .syntaxes import find_syntax, fitting_syntax, likely_syntaxes, parsed

#: So much of a file is looked at to say what it is.
_START = 1 << 16
_MARKUP = re.compile(rb"\s*<(?:[!?]|[A-Za-z_][\w.-]*(?::[\w.-]+)?[\s/>])")

#: A relative IRI and the IRI of a property: no two tags of XML look so.
_STATEMENT = re.compile(rb'\s*<[^<>\s"]*>\s*(?:a\s+)?<[^<>\s"/!?][^<>\s"]*[/#][^<>\s"]*[^<>\s"/]>')


@dataclass(slots=True)
class FilePreparer:
    """
    Prepares files for reading.

    Args:
        place: Gives a path for a copy.

        contexts: Puts contexts in the place of their addresses.

        limits: What a file may use.

        findings: Takes what was found on the way.
    """

    place: Callable[[], Path]
    contexts: Contexts
    limits: RdfLimits
    findings: list[SourceFinding]

    def prepare(self, path: Path, kind: RdfFormat | None, name: str, base: Iri) -> RdfFile:
        """
        Return a file that can be read.

        Args:
            path: A file without compression.

            kind: What its name or media type says.

            name: The name the user knows it by.

            base: What relative IRIs in it are relative to.

        Raises:
            NotRdf: It is no RDF, exceeds a limit, or needs a context that may not be fetched.

            NotReadable: A context cannot be fetched.

            OSError: It cannot be read, or a copy not written.
        """
        path, start = self._in_utf_8(path, name)
        if not start.strip() and path.stat().st_size <= _START:
            self.findings.append(SourceFinding(name, 0, "", "empty-file"))
            return RdfFile(path, RdfFormat.TURTLE, name, base)
        kind = _stated(kind, start, base)
        if is_web_page(start):
            base = base_of_page(path, base)
            path, kind = self._from_web_page(path, name), RdfFormat.JSON_LD
        if kind is None:
            check_limits(path, RdfFormat.TURTLE, self.limits, name)
            kind = find_syntax(path, base)
            known = refusal_of_text(start, name)
            if known and not _can_begin(path, kind, base):
                raise known
        check_limits(path, kind, self.limits, name)
        shown = path
        if kind == RdfFormat.RDF_XML:
            path = self._from_xml(path, start, name, base)
        elif kind == RdfFormat.JSON_LD:
            path = self._from_json(path, start, name, base)
            if path != shown:
                check_limits(path, kind, self.limits, name)
        file = RdfFile(path, kind, name, base, shown, self.limits.ratio)
        self.findings += find_odd_schemes(file)
        return file

    def _in_utf_8(self, path: Path, name: str) -> tuple[Path, bytes]:
        """Return a file in UTF-8, and its beginning."""
        start = _beginning(path)
        encoding = find_encoding(start, name)
        if encoding is None:
            known = refusal_by_beginning(start, name)
            if known:
                raise known
            return path, start
        path = recode(path, encoding, self.place, name)
        if encoding.stated:
            self.findings.append(SourceFinding(name, 1, encoding.stated, "wrong-encoding", encoding.name))
        return path, _beginning(path)

    def _from_web_page(self, path: Path, name: str) -> Path:
        """Return the JSON-LD of a web page."""
        if path.stat().st_size > self.limits.whole:
            raise exceeded("whole", self.limits.whole, "page", name)
        copy = self.place()
        if not extract_jsonld(path, copy):
            raise refused("web-page", name)
        return copy

    def _from_xml(self, path: Path, start: bytes, name: str, base: Iri) -> Path:
        """Return RDF/XML: the file itself, or a copy of the RDF in other XML."""
        known = refusal_of_xml(start, name)
        if known is None:
            return path
        copy, fixer = self.place(), TermFixer(name, base)
        if not extract_rdfxml(path, copy, fixer):
            raise known
        self.findings += fixer.findings
        return copy

    def _from_json(self, path: Path, start: bytes, name: str, base: Iri) -> Path:
        """Return JSON-LD with its contexts in it."""
        is_unclear = b"@context" not in start or b'"$schema"' in start
        if is_unclear and path.stat().st_size <= self.limits.whole:
            added = context_without_address(start)
            if added:
                path = self._with_context(path, added)
            else:
                self._check_json(path, name, base)
        return self.contexts.embedded(path, base, name, self.place)

    def _check_json(self, path: Path, name: str, base: Iri) -> None:
        """Raise if nothing in JSON is RDF."""
        try:
            document = json.loads(path.read_bytes())
        except (ValueError, RecursionError):
            return
        is_schema = isinstance(document, dict) and "$schema" in document and not document.keys() & {"@graph", "@id"}
        if not is_schema:
            try:
                quads = parsed(path, RdfFormat.JSON_LD, base, lenient=True)
                if any(":" in quad.predicate.value for quad in quads):
                    return
            except SyntaxError:
                return
        if isinstance(document, list | dict) and document:
            raise refusal_of_json(document, name)

    def _with_context(self, path: Path, context: str) -> Path:
        """Return a copy of JSON with a context at its beginning."""
        text = path.read_bytes()
        at = text.index(b"{") + 1
        copy = self.place()
        copy.write_bytes(text[:at] + f'"@context": {context},'.encode() + text[at:])
        return copy


def _stated(kind: RdfFormat | None, start: bytes, base: Iri) -> RdfFormat | None:
    """Return the syntax that is stated, if the file can be in it by how it begins."""
    if _MARKUP.match(start) and not _STATEMENT.match(start) and root_of(start)[1]:
        return RdfFormat.RDF_XML
    likely = likely_syntaxes(start)
    if likely == [RdfFormat.JSON_LD]:
        return RdfFormat.JSON_LD
    if kind in {RdfFormat.RDF_XML, RdfFormat.JSON_LD}:
        # Broken JSON or XML is that rather than broken Turtle, if it begins as such.
        meant = (b"<",) if kind == RdfFormat.RDF_XML else (b"{", b"[")
        return kind if start.lstrip().startswith(meant) else None
    if kind:
        return fitting_syntax(kind, start, base)
    return likely[0] if len(likely) == 1 else None


def _can_begin(path: Path, kind: RdfFormat, base: Iri) -> bool:
    """Return whether a file can be read up to its first statement."""
    try:
        next(iter(parsed(path, kind, base, lenient=True)), None)
    except (SyntaxError, ValueError, MemoryError):
        return False
    return True


def _beginning(path: Path) -> bytes:
    """Return how a file begins."""
    with path.open("rb") as file:
        return file.read(_START)
