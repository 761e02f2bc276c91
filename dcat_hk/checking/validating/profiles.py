"""
Profiles: the shapes graphs that the project ships, by name.

In: the name of a profile and the base IRI of a catalogue. Out: the shapes as a graph of rdflib.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from ...core.errors import InputError, NotReadable
from ...core.terms import Iri, expand

if TYPE_CHECKING:
    from rdflib import Graph

#: The files of `shapes/` that each profile consists of.
PROFILES = {"dcat-ap": ("dcat-ap",), "dcat-ap-hk": ("dcat-ap", "dcat-ap-hk")}

_BASE = re.compile(r"^@base <[^>]*> \.$", re.MULTILINE)


class ShapesError(InputError):
    """A shapes graph cannot be used as it is."""


def shapes_folder() -> Path:
    """Return the folder of the shapes: inside the installed package, or beside it in a checkout."""
    installed = Path(str(files("dcat_hk"))) / "shapes"
    return installed if installed.is_dir() else installed.parent.parent / "shapes"


@lru_cache(maxsize=8)
def load_shapes(profile: str, base: Iri, day: str = "") -> Graph:
    """
    Return the shapes of a profile, with our own terms under a base IRI.

    Args:
        profile: A name in `PROFILES`.

        base: The base IRI of the catalogue.

        day: YYYY-MM-DD. If given, the SPARQL constraints that compare a date with the present, which
            pyshacl parses again for every focus node, are replaced by patterns that mean the same on that day.

    Raises:
        NotReadable: A file of shapes is missing.
    """
    from rdflib import Graph

    graph = Graph()
    for name in PROFILES[profile]:
        path = shapes_folder() / f"{name}.ttl"
        try:
            text = path.read_text(encoding="utf-8")
        except OSError as error:
            raise NotReadable(f"The shapes cannot be read: {error.strerror}.", str(path)) from error
        graph.parse(data=_BASE.sub(f"@base <{base}> .", text), format="turtle")
    if day:
        _replace_present(graph, day)
    return graph


def _replace_present(graph: Graph, day: str) -> None:
    """Replace the constraints that compare with the present by patterns for a day; what is no date is not later."""
    from rdflib import BNode, Literal, URIRef
    from rdflib.collection import Collection

    pattern, negated, either = (URIRef(expand(f"sh:{name}")) for name in ("pattern", "not", "or"))

    for shape, query in list(graph.subject_objects(URIRef(expand("sh:sparql")))):
        if "NOW()" in str(graph.value(query, URIRef(expand("sh:select")))):
            graph.remove((shape, URIRef(expand("sh:sparql")), query))
            earlier, year, no_year, choices = (BNode() for _node in range(4))
            graph.add((earlier, pattern, Literal(not_after(day))))
            graph.add((year, pattern, Literal("^[0-9]{4}")))
            graph.add((no_year, negated, year))
            Collection(graph, choices, [earlier, no_year])
            graph.add((shape, either, choices))


def not_after(day: str) -> str:
    """
    Return a pattern that matches years, months and days that are not after a day.

    Args:
        day: YYYY-MM-DD.

    >>> pattern = not_after("2026-11-20")
    >>> [bool(re.search(pattern, d)) for d in ("2026-11", "2025", "2026-11-20", "2026-12", "2026-11-21", "2027")]
    [True, True, True, False, False, False]
    """
    year, month, date = day.split("-")
    return f"^(?:{_less_than(year)}|{year}(?:$|-(?:{_less_than(month)}|{month}(?:$|-(?:{_less_than(date)}|{date})))))"


def _less_than(number: str) -> str:
    """Return a pattern that matches the smaller numbers with as many digits."""
    choices = [
        number[:i] + f"[0-{int(digit) - 1}]" + r"[0-9]" * (len(number) - i - 1)
        for i, digit in enumerate(number)
        if digit != "0"
    ]
    return "|".join(choices) or "(?!)"


def today() -> str:
    """Return today's date in UTC, which dates in a catalogue must not be later than."""
    return datetime.now(tz=UTC).date().isoformat()
