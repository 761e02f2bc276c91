"""
RDF/XML -> the same RDF/XML with IRIs, language tags and identifiers that can be read; and RDF out of other XML.

In: XML that a parser refuses, or in which RDF stands among other things, as in the answers of CSW and OAI-PMH. Out: a
copy in UTF-8 in which every element begins in the same line, without entities, which have been checked before. Elements
go from file to file one after another.

Spec: RDF 1.1 XML Syntax, sections 2.16 (relative IRIs), 5.1 (identifiers), 6.1.4 (attributes).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from urllib.parse import quote
from xml.parsers import expat
from xml.sax.saxutils import escape

from ...core.errors import NotRdf
from ...core.terms import PREFIXES
from .encodings import refuse_parser_encoding
from .iris import TermFixer

_RDF = PREFIXES["rdf"]
_XML = "http://www.w3.org/XML/1998/namespace"
_IRIS = frozenset({f"{_RDF} about", f"{_RDF} resource", f"{_RDF} datatype", f"{_XML} base"})
_NODES = frozenset({f"{_RDF} about", f"{_RDF} resource"})
_NODE_ID, _ID, _LANG = f"{_RDF} nodeID", f"{_RDF} ID", f"{_XML} lang"
_NAME = re.compile(r"[^\W\d][\w.\-\u00b7]*")
_NOT_IN_NAME = re.compile(r"[^\w.\-]")
_ROOT = f'<rdf:RDF xmlns:rdf="{_RDF}">'
_BLOCK = 1 << 18
#: Stands between the namespace, the name and the prefix of an element; no XML may have it.
_BETWEEN = "\x1f"


@dataclass(slots=True)
class RdfXmlRewriter:
    """
    Writes RDF/XML anew.

    Args:
        out: Takes the copy.

        fixer: Says what to write for a term.

        is_within: Whether the RDF stands in other XML: then only what is in its elements `rdf:RDF` is written.
    """

    out: IO[str]
    fixer: TermFixer
    is_within: bool = False
    #: How many elements rdf:RDF there were.
    count: int = 0
    _line: int = 1
    _depth: int = 0
    _inside: int = 0
    _literal: int = 0
    _namespaces: list[tuple[str, str]] = field(default_factory=list)
    _scopes: list[dict[str, str]] = field(default_factory=lambda: [{}])
    _contexts: list[dict[str, str]] = field(default_factory=lambda: [{}])
    _identifiers: set[tuple[str, str]] = field(default_factory=set)
    _parser: expat.XMLParserType = field(init=False)

    def rewrite(self, path: Path) -> None:
        """
        Write what a file says.

        Args:
            path: XML in UTF-8 within limits.

        Raises:
            NotRdf: It is no XML.

            OSError: It cannot be read, or the copy not written.
        """
        self._parser = parser = expat.ParserCreate(namespace_separator=_BETWEEN)
        parser.namespace_prefixes = True
        parser.ordered_attributes = True
        parser.buffer_text = True
        parser.StartNamespaceDeclHandler = lambda prefix, iri: self._namespaces.append((prefix or "", iri or ""))
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.CommentHandler = self._comment
        if self.is_within:
            self._write(_ROOT)
        try:
            with path.open("rb") as file:
                while block := file.read(_BLOCK):
                    parser.Parse(block, False)
                parser.Parse(b"", True)
        except (LookupError, ValueError) as error:
            raise refuse_parser_encoding(error, self.fixer.name) from error
        except expat.ExpatError as error:
            reason = expat.ErrorString(error.code)
            place = f"{self.fixer.name}:{error.lineno}"
            if not _is_utf_8(path):
                raise NotRdf.of("rdf.no-encoding", place) from error
            raise NotRdf.of("checking.xml-broken", place, reason=reason) from error
        if self.is_within:
            self._write("</rdf:RDF>")

    def _start(self, name: str, attributes: list[str]) -> None:
        """Write the start of an element."""
        own = dict(self._namespaces)
        self._namespaces.clear()
        self._scopes.append(self._scopes[-1] | own)
        pairs = list(zip(attributes[::2], attributes[1::2], strict=True))
        inherited = {key: value for key, value in pairs if _plain(key) in {_LANG, f"{_XML} base"}}
        self._contexts.append(self._contexts[-1] | inherited)
        self._depth += 1
        if self.is_within and not self._inside:
            if _plain(name) == f"{_RDF} RDF":
                self._inside = self._depth
                self.count += 1
            return
        if self.is_within and self._depth == self._inside + 1:
            own = self._scopes[-1]
            pairs = [*((k, v) for k, v in self._contexts[-2].items() if k not in inherited), *pairs]
        line = self._parser.CurrentLineNumber
        is_literal = bool(self._literal)
        written = [f"<{_qualified(name)}", "\n" * max(0, line - self._line)]
        written += [_declared(prefix, iri if is_literal else self._namespace(iri, line)) for prefix, iri in own.items()]
        for key, value in pairs:
            if _plain(key) == f"{_RDF} parseType" and value not in {"Resource", "Collection"}:
                self._literal = self._literal or self._depth
            written.append(self._attribute(key, value, line, is_literal))
        self._write("".join(written) + ">")

    def _end(self, name: str) -> None:
        """Write the end of an element."""
        if self._depth == self._literal:
            self._literal = 0
        is_written = not self.is_within or (self._inside and self._depth > self._inside)
        if self._depth == self._inside:
            self._inside = 0
        self._depth -= 1
        self._scopes.pop()
        self._contexts.pop()
        if is_written:
            self._write(f"</{_qualified(name)}>")

    def _text(self, text: str) -> None:
        """Write text."""
        if not self.is_within or self._inside:
            self._write(escape(text, {"\r": "&#13;"}))

    def _comment(self, text: str) -> None:
        """Write a comment where it belongs to a literal."""
        if self._literal:
            self._write(f"<!--{text}-->")

    def _attribute(self, key: str, value: str, line: int, is_literal: bool) -> str:
        """Return an attribute as it is to be written."""
        plain = _plain(key)
        if not is_literal:
            if plain in _NODES and value.strip().startswith("_:"):
                self.fixer.note(line, value, "blank-node-as-iri")
                return f" {_qualified(key).rpartition(':')[0]}:nodeID={_quoted(self._node_id(value.strip()[2:], line))}"
            if plain in _IRIS:
                value = self.fixer.iri(value, line)
            elif plain == _LANG:
                value = self.fixer.tag(value, line)
            elif plain == _NODE_ID:
                value = self._node_id(value, line)
            elif plain == _ID:
                return self._identifier(key, value, line)
        return f" {_qualified(key)}={_quoted(value)}"

    def _node_id(self, value: str, line: int) -> str:
        """Return the identifier of a blank node; those of two answers in one file are different ones."""
        if not _NAME.fullmatch(value):
            fixed = "invalid-" + _NOT_IN_NAME.sub(lambda match: f"_{ord(match[0]):x}_", value)
            self.fixer.note(line, value, "invalid-node-id", fixed)
            value = fixed
        return f"r{self.count}.{value}" if self.is_within else value

    def _identifier(self, key: str, value: str, line: int) -> str:
        """Return rdf:ID, or rdf:about in its place if it cannot be."""
        base = self._contexts[-1].get(_BETWEEN.join([_XML, "base", "xml"]), "")
        prefix = _qualified(key).rpartition(":")[0]
        if not _NAME.fullmatch(value):
            fixed = quote(value.strip(), safe="")
            self.fixer.note(line, value, "invalid-id", f"#{fixed}")
            return f" {prefix}:about={_quoted(f'#{fixed}')}"
        if (base, value) in self._identifiers:
            self.fixer.note(line, value, "repeated-id", f"#{value}")
            return f" {prefix}:about={_quoted(f'#{value}')}"
        self._identifiers.add((base, value))
        return f" {_qualified(key)}={_quoted(value)}"

    def _namespace(self, iri: str, line: int) -> str:
        """Return the IRI of a namespace."""
        return self.fixer.iri(iri, line) if iri else iri

    def _write(self, text: str) -> None:
        """Write, and count lines."""
        self._line += text.count("\n")
        self.out.write(text)


def _is_utf_8(path: Path) -> bool:
    """Return whether a file is text in UTF-8."""
    try:
        with path.open(encoding="utf-8") as file:
            while file.read(_BLOCK):
                pass
    except UnicodeDecodeError:
        return False
    return True


def _plain(name: str) -> str:
    """Return namespace and local name of a name with its prefix."""
    return " ".join(name.split(_BETWEEN)[:2])


def _qualified(name: str) -> str:
    """Return prefix and local name of a name with its namespace."""
    parts = name.split(_BETWEEN)
    return f"{parts[2]}:{parts[1]}" if len(parts) == 3 else parts[-1]


def _declared(prefix: str, iri: str) -> str:
    """Return the declaration of a namespace."""
    return f" xmlns{':' if prefix else ''}{prefix}={_quoted(iri)}"


def _quoted(value: str) -> str:
    """Return the value of an attribute in quotation marks."""
    return '"' + escape(value, {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}) + '"'
