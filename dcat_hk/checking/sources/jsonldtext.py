"""
JSON-LD that a parser refuses, or in which terms are wrong -> N-Quads with terms that can be read.

In: JSON-LD with its contexts in it. Out: a copy as N-Quads. What is read as a stream stays a stream; only a document
that the parser refuses is taken into memory, up to a limit, and rearranged: type maps become types, definitions that a
context may not have are left out.

Spec: JSON-LD 1.1, sections 4.6.4 (node type indexing) and 9.15 (context definitions); JSON-LD 1.1 Processing
Algorithms and API, sections 4.2 (create term definition) and 5.1 (expansion).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat

from ...core.limits import RdfLimits
from ...core.terms import Iri
from .findings import SourceFinding
from .iris import TermFixer, is_iri, is_tag, scheme_of
from .scanning import exceeded
from .syntaxes import parsed

_TYPE_MAP = "@type"
_JSON_TEXT = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_KEYWORDS = frozenset({"@base", "@vocab", "@language", "@direction", "@version", "@import", "@propagate", "@protected"})


def rewrite_jsonld(path: Path, copy: Path, fixer: TermFixer, base: Iri, limits: RdfLimits, shown: Path) -> None:
    """
    Write a copy of a file of JSON-LD as N-Quads.

    Args:
        path: The file.

        copy: The copy.

        fixer: Says what to write for a term. It has no base: what is still relative when it was read cannot stay so.

        base: What relative IRIs are relative to.

        limits: What may be held in memory.

        shown: The file as its user knows it, whose lines are told.

    Raises:
        NotRdf: It is no JSON-LD, or too large to be rearranged.

        SyntaxError: A parser refuses it, as it is and rearranged.
    """
    lines = TextLines(shown)
    try:
        _write_quads(parsed(path, RdfFormat.JSON_LD, base, lenient=True), copy, fixer, lines)
    except SyntaxError as error:
        fixer.findings.clear()
        if path.stat().st_size > limits.whole:
            raise exceeded("whole", limits.whole, "rearranged", fixer.name) from error
        try:
            document = _rearranged(json.loads(path.read_bytes()), fixer, lines.find)
            text = json.dumps(document).encode()
        except ValueError:
            raise error from None
        except RecursionError as deep:
            raise exceeded("depth", limits.depth, "json", fixer.name) from deep
        quads = parsed(text, RdfFormat.JSON_LD, base, lenient=True)
        try:
            _write_quads(quads, copy, fixer, lines)
        except SyntaxError as again:
            # Its lines are those of the rearranged text.
            raise SyntaxError(str(again).partition(" (line")[0]) from error
    lines.fill(fixer.findings)


def fixed_quads(quads: Iterable[Quad], fixer: TermFixer, find: Callable[[str], int]) -> Iterator[Quad]:
    """
    Yield statements with terms that can be read. Statements whose key stands for nothing are left out.

    Args:
        quads: What a lenient parser makes of JSON-LD.

        fixer: Says what to write for a term.

        find: Gives the line of a value.
    """

    def fixed(term: Any) -> Any:
        if isinstance(term, NamedNode) and not is_iri(term.value):
            return NamedNode(fixer.iri(term.value, find(term.value)))
        if isinstance(term, Literal):
            if term.language:
                if is_tag(term.language):
                    return term
                return Literal(term.value, language=fixer.tag(term.language, find(term.language)))
            if not is_iri(term.datatype.value):
                datatype = fixer.iri(term.datatype.value, find(term.datatype.value))
                return Literal(term.value, datatype=NamedNode(datatype))
        return term

    for quad in quads:
        if ":" in quad.predicate.value:
            yield Quad(fixed(quad.subject), fixed(quad.predicate), fixed(quad.object), fixed(quad.graph_name))


def _write_quads(quads: Iterable[Quad], copy: Path, fixer: TermFixer, lines: TextLines) -> None:
    """Write statements as N-Quads."""
    with copy.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(f"{quad} .\n" for quad in fixed_quads(quads, fixer, lines.find))


class TextLines:
    """
    Finds the lines that values stand in, as JSON writes them, all in one pass through the file.

    Args:
        path: The file; it is read if any line is asked for.
    """

    def __init__(self, path: Path) -> None:
        """Read nothing yet: most files have nothing to tell."""
        self._path = path
        self._numbers: dict[str, int] = {}

    def find(self, value: str) -> int:
        """Return what stands for the line of a value until `fill`: a number below zero."""
        return self._numbers.setdefault(value, -1 - len(self._numbers))

    def fill(self, findings: list[SourceFinding]) -> None:
        """Put lines into findings: those of values or of their ends, since what came before may stand for a prefix."""
        if not any(finding.line < 0 for finding in findings):
            return
        lines = self._first_lines({part for value in self._numbers for part in _parts(value)})
        found = [next((lines[part] for part in _parts(value) if part in lines), 0) for value in self._numbers]
        findings[:] = [replace(f, line=found[-1 - f.line]) if f.line < 0 else f for f in findings]

    def _first_lines(self, parts: set[str]) -> dict[str, int]:
        """Return the first line of each part that a text ends with, as a whole or behind a mark."""
        data = self._path.read_bytes()
        lines: dict[str, int] = {}
        line, counted = 1, 0
        for match in _JSON_TEXT.finditer(data):
            for part in parts.intersection(_parts(_text_of(match[0]))):
                line += data.count(b"\n", counted, match.start())
                counted = match.start()
                lines.setdefault(part, line)
        return lines


def _text_of(written: bytes) -> str:
    """Return what a text in JSON says; the text itself if it is not written as it should be."""
    plain = written[1:-1].decode(errors="replace")
    if "\\" not in plain:
        return plain
    try:
        return str(json.loads(written))
    except ValueError:
        return plain


def _parts(value: str) -> Iterator[str]:
    """Yield a value and what may stand for it."""
    yield value
    for mark in ("/", "#", ":"):
        end = value.rpartition(mark)[2]
        if end and end != value:
            yield end


# ---- rearranging


def _rearranged(document: Any, fixer: TermFixer, find: Callable[[str], int]) -> Any:
    """Return a document that says the same in a way that the parser reads."""

    def leave_out(term: str) -> None:
        fixer.note(find(term), term, "invalid-context-term")

    maps: set[str] = set()
    return _without_type_maps(_with_contexts(document, maps, leave_out), maps, fixer, find)


def _with_contexts(value: Any, maps: set[str], leave_out: Callable[[str], None]) -> Any:
    """Return JSON with contexts as they may be; collect the terms for type maps."""
    if isinstance(value, list):
        return [_with_contexts(item, maps, leave_out) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _context(item, maps, leave_out) if key == "@context" else _with_contexts(item, maps, leave_out)
        for key, item in value.items()
    }


def _context(context: Any, maps: set[str], leave_out: Callable[[str], None]) -> Any:
    """Return a context without definitions that it may not have and without type maps."""
    if isinstance(context, list):
        merged: dict[str, Any] = {}
        contexts = []
        for one in context:
            merged |= one if isinstance(one, dict) else {}
            contexts.append(_context_map(one, merged, maps, leave_out) if isinstance(one, dict) else one)
        return contexts
    return _context_map(context, context, maps, leave_out) if isinstance(context, dict) else context


def _context_map(
    context: Mapping[str, Any], known: Mapping[str, Any], maps: set[str], leave_out: Callable[[str], None]
) -> dict[str, Any]:
    """Return one map of a context."""
    entries: dict[str, Any] = {}
    for term, definition in context.items():
        if term in _KEYWORDS:
            entries[term] = definition
        elif _is_allowed(term, definition, known):
            entries[term] = _definition(term, definition, maps, leave_out)
        else:
            leave_out(term)
    return entries


def _definition(term: str, definition: Any, maps: set[str], leave_out: Callable[[str], None]) -> Any:
    """Return the definition of a term."""
    if not isinstance(definition, dict):
        return definition
    entries = dict(definition)
    if "@context" in entries:
        entries["@context"] = _context(entries["@context"], maps, leave_out)
    containers = entries.get("@container")
    containers = containers if isinstance(containers, list) else [containers]
    if _TYPE_MAP in containers and term != _TYPE_MAP:
        maps.add(term)
        others = [container for container in containers if container != _TYPE_MAP]
        entries.pop("@container")
        entries |= {"@container": others[0] if len(others) == 1 else others} if others else {}
    return entries


def _is_allowed(term: str, definition: Any, known: Mapping[str, Any]) -> bool:
    """Return whether a context may define a term so."""
    if term.startswith("@"):
        return isinstance(definition, dict)
    if isinstance(definition, dict) and not definition.get("@type", "@id"):
        return False
    if "/" not in term and ":" not in term.strip(":"):
        return True
    identifier = definition.get("@id", term) if isinstance(definition, dict) else definition
    return not isinstance(identifier, str) or _expanded(identifier, known) == _expanded(term, known)


def _expanded(value: str, known: Mapping[str, Any], depth: int = 0) -> Iri:
    """Return a compact IRI as an IRI, as far as the prefixes of one context say."""
    prefix, colon, rest = value.partition(":")
    if not colon:
        vocabulary = known.get("@vocab")
        return f"{vocabulary}{value}" if isinstance(vocabulary, str) else value
    definition = known.get(prefix)
    namespace = definition.get("@id") if isinstance(definition, dict) else definition
    if rest.startswith("//") or not isinstance(namespace, str) or depth > len(known):
        return value
    return (_expanded(namespace, known, depth + 1) if scheme_of(namespace) else namespace) + rest


def _without_type_maps(value: Any, maps: set[str], fixer: TermFixer, find: Callable[[str], int]) -> Any:
    """Return JSON with types in the place of type maps, and with datatypes that can be read."""
    if isinstance(value, list):
        return [_without_type_maps(item, maps, fixer, find) for item in value]
    if not isinstance(value, dict):
        return value
    entries: dict[str, Any] = {}
    for key, item in value.items():
        if key == "@context":
            entries[key] = item
        elif key in maps and isinstance(item, dict):
            entries[key] = [
                _typed(node, name, maps, fixer, find)
                for name, nodes in item.items()
                for node in (nodes if isinstance(nodes, list) else [nodes])
            ]
        elif key == "@type" and "@value" in value and isinstance(item, str) and not item.startswith("@"):
            entries[key] = fixer.iri(item, find(item)) if ":" in item or " " in item else item
        else:
            entries[key] = _without_type_maps(item, maps, fixer, find)
    return entries


def _typed(node: Any, name: str, maps: set[str], fixer: TermFixer, find: Callable[[str], int]) -> Any:
    """Return a node of a type map with its type in it, before all that the type may give a meaning."""
    if isinstance(node, str):
        node = {"@id": node}
    if not isinstance(node, dict):
        return node
    entries = _without_type_maps(node, maps, fixer, find)
    types = entries.pop("@type", [])
    types = ([] if name == "@none" else [name]) + (types if isinstance(types, list) else [types])
    context = {"@context": entries.pop("@context")} if "@context" in entries else {}
    return context | ({"@type": types} if types else {}) | entries
