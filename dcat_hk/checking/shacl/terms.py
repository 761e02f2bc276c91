"""
What becomes of every term of SHACL: checked, refused, of no effect, or unknown.

In: a graph of shapes. Out: remarks on terms that nobody defined, and on terms without effect where they stand.

Spec: SHACL, sections 2 to 6; SHACL Advanced Features; SHACL JavaScript Extensions; the drafts of SHACL 1.2.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import cache
from typing import Any

from ...core.text import list_first
from ...core.wording.records import read_toml
from .paths import SH, TermGraph
from .shape_names import ShapeNames

#: Namespace of the constraints of DASH.
DASH = "http://datashapes.org/dash#"
_SHACL = f"<{SH}"


@cache
def vocabulary() -> dict[str, Any]:
    """
    Return the constraints that are checked, with what each needs.

    >>> vocabulary()["compiled"]["minCount"]["component"]
    'MinCountConstraintComponent'
    """
    return read_toml(__package__, "constraints.toml")


@cache
def other_terms() -> dict[str, Any]:
    """
    Return the terms that are no constraints, and those that are refused.

    >>> "entailment" in other_terms()["refused"]["anywhere"]
    True
    """
    return read_toml(__package__, "terms.toml")


@cache
def term_roles() -> dict[str, str]:
    """
    Return for each term of SHACL what becomes of it as a property at a shape.

    >>> roles = term_roles()
    >>> [roles.get(name) for name in ("minCount", "flags", "js", "order", "select", "NodeShape", "mincount")]
    ['checked', 'beside', 'refused', 'harmless', 'elsewhere', 'thing', None]
    """
    terms = other_terms()
    components = [f"{name}ConstraintComponent" for name in terms["things"]["components"]]
    roles: dict[str, str] = dict.fromkeys([*terms["things"]["terms"], *components], "thing")
    for names in terms["elsewhere"].values():
        roles |= dict.fromkeys(names, "elsewhere")
    roles |= dict.fromkeys(terms["harmless"]["terms"], "harmless")
    roles |= dict.fromkeys([*terms["refused"]["shape"], *terms["refused"]["anywhere"]], "refused")
    roles |= dict.fromkeys([*terms["shape"]["terms"], *vocabulary()["compiled"]], "checked")
    return roles | dict.fromkeys(terms["beside"], "beside")


def refused_at_shapes() -> dict[str, str]:
    """
    Return the properties that are refused at a shape, with their short names.

    >>> refused_at_shapes()["<http://www.w3.org/ns/shacl#js>"]
    'sh:js'
    """
    refused = other_terms()["refused"]
    names = {f"<{SH}{name}>": f"sh:{name}" for name in refused["shape"]}
    return names | {f"<{DASH}{name}>": f"dash:{name}" for name in refused["dash"]}


def unknown_terms(graph: TermGraph, names: ShapeNames) -> Iterator[tuple[str, str]]:
    """
    Yield each IRI in the namespace of SHACL that is no term of it: a remark, and where it stands.

    >>> graph = {"<urn:s>": {"<http://www.w3.org/ns/shacl#mincount>": ['"1"']}}
    >>> list(unknown_terms(graph, ShapeNames(graph)))
    [('sh:mincount is no term of SHACL and has no effect; sh:minCount is one', 'urn:s')]
    """
    for subject, properties in graph.items():
        if subject.startswith(_SHACL):
            continue  # a graph that describes SHACL itself
        for predicate, values in properties.items():
            if predicate.startswith(_SHACL) and term_roles().get(_local(predicate), "thing") == "thing":
                yield _unknown(_local(predicate)), names.of(subject)
            for value in values:
                if value.startswith(_SHACL) and not _is_known(_local(value)):
                    yield _unknown(_local(value)), names.of(subject)


def _unknown(name: str) -> str:
    """Return a remark on a name that is no term, or no property."""
    near = _nearest(name)
    remark = f"sh:{name} is no {'property' if name in term_roles() else 'term'} of SHACL and has no effect"
    return f"{remark}; sh:{near} is one" if near else remark


def idle_terms(graph: TermGraph, node: str, names: ShapeNames) -> Iterator[tuple[str, str]]:
    """Yield each term at a shape that has no effect there: a remark, and where it stands."""
    present = {_local(predicate) for predicate in graph.get(node, {}) if predicate.startswith(_SHACL)}
    queries = {"select", "ask", "prefixes"}
    for name in sorted(present):
        if term_roles().get(name) == "elsewhere" and not (name in queries and "sparql" in present):
            yield f"sh:{name} has no effect at a shape", names.of(node)
        heads = other_terms()["beside"].get(name, ())
        if heads and present.isdisjoint(heads):
            yield f"sh:{name} has no effect without {' or '.join(f'sh:{head}' for head in heads)}", names.of(node)


def listed(pairs: Iterable[tuple[str, str]], most: int = 3) -> tuple[str, ...]:
    """
    Return remarks as sentences, each once with the first few places that it is about.

    >>> listed([("It is so", "b"), ("It is so", "a")])
    ('It is so (a, b).',)
    """
    places: dict[str, set[str]] = {}
    for remark, place in pairs:
        places.setdefault(remark, set()).add(place)
    return tuple(f"{remark} ({list_first(sorted(where), most)})." for remark, where in sorted(places.items()))


def _local(term: str) -> str:
    """Return the part of a term of SHACL that follows the namespace."""
    return term[len(_SHACL) : -1]


def _is_known(name: str) -> bool:
    """Return whether a name is that of a term, or of a parameter of a constraint component, or nothing at all."""
    component, dash, _parameter = name.partition("-")
    return not name or name in term_roles() or (bool(dash) and component in term_roles())


def _nearest(name: str) -> str:
    """Return the known property with the most similar name; empty if none is similar."""
    known = {
        term.lower(): term for term, role in sorted(term_roles().items()) if (role == "thing") is name[:1].isupper()
    }
    close = get_close_matches(name.lower(), known, 1, 0.7)
    return known[close[0]] if close else ""
