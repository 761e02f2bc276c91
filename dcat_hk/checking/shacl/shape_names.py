"""
Names of shapes for people: the IRI, or for a blank node the nearest IRI that leads to it and the paths in between.

In: a graph of shapes. Out: text that does not depend on the labels of blank nodes.
"""

from __future__ import annotations

from ...core.results import name_of, shacl_name
from .paths import FIRST, REST, SH, MalformedPath, TermGraph, read_path

_PATH = f"<{SH}path>"
_TARGETS = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
#: Links that are told by what they lead to, or not at all.
_SILENT = {FIRST, REST}
_SHACL = f"<{SH}"


class ShapeNames:
    """
    The names of the nodes of a graph of shapes.

    >>> sh = "<http://www.w3.org/ns/shacl#{}>".format
    >>> names = ShapeNames({"<urn:s>": {sh("property"): ["_:b"]}, "_:b": {sh("path"): ["<urn:p>"], sh("or"): ["_:c"]}})
    >>> names.of("<urn:s>"), names.of("_:b"), names.of("_:c")
    ('urn:s', 'urn:s › urn:p', 'urn:s › urn:p › sh:or')
    """

    def __init__(self, graph: TermGraph) -> None:
        """Keep the graph; links are turned around when a blank node is first asked for."""
        self.graph = graph
        self._above: dict[str, list[tuple[str, str]]] | None = None

    def of(self, node: str) -> str:
        """Return the name of a node."""
        if not node.startswith("_:"):
            return name_of(node)
        steps: dict[str, tuple[str, str]] = {}
        queue, seen = [node], {node}
        for low in queue:
            for high, predicate in self._links().get(low, ()):
                if high in seen:
                    continue
                seen.add(high)
                steps[high] = (low, predicate)
                if high.startswith("<"):
                    return " › ".join([name_of(high), *self._way_down(high, node, steps)])
                queue.append(high)
        return self._by_target(node)

    def _links(self) -> dict[str, list[tuple[str, str]]]:
        """Return for each node what points at it, and how."""
        if self._above is None:
            self._above = {}
            for subject in sorted(self.graph):
                for predicate, values in sorted(self.graph[subject].items()):
                    for value in values:
                        self._above.setdefault(value, []).append((subject, predicate))
        return self._above

    def _way_down(self, top: str, node: str, steps: dict[str, tuple[str, str]]) -> list[str]:
        """Return the paths, or else the last link, from a node to one below it."""
        words: list[str] = []
        link, at = "", top
        while at != node:
            at, predicate = steps[at]
            link = link if predicate in _SILENT else predicate
            if path := self._path(at):
                words.append(path)
                link = ""
        if link:
            words.append(f"sh:{shacl_name(link)}" if link.startswith(_SHACL) else name_of(link))
        return words

    def _path(self, node: str) -> str:
        """Return the path of a property shape; empty if it has none that can be read."""
        values = self.graph.get(node, {}).get(_PATH, [])
        try:
            return read_path(self.graph, values[0]).shown if len(values) == 1 else ""
        except MalformedPath:
            return ""

    def _by_target(self, node: str) -> str:
        """Return the name of a shape that no IRI leads to: by its target, else by its path."""
        properties = self.graph.get(node, {})
        for name in _TARGETS:
            for value in properties.get(f"<{SH}{name}>", []):
                if not value.startswith("_:"):
                    return f"shape with sh:{name} {name_of(value)}"
        path = self._path(node)
        return f"shape of {path}" if path else "shape without a name"
