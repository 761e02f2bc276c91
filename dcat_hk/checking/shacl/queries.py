"""
Queries of SPARQL in shapes: read, checked for what SHACL forbids, and made ready for variables that are bound before.

In: the text of a query and the variables that will be bound. Out: a text with gaps for their values. Every group of
the query begins with such a gap: SHACL defines pre-binding as joining each group with a table of the values.

Blank nodes are IRIs of a kind in the data that is asked, because SPARQL cannot name a blank node. What tells the two
apart is asked of functions of our own.

Spec: SHACL, section 5.3 and appendix A (pre-binding); SPARQL 1.1, section 19.8 (grammar).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyoxigraph

from ...core.errors import NotAPlan, ReadingFault
from ...core.forked import run_within
from ...core.limits import Limits
from .triples import term

#: IRIs that stand for blank nodes begin so.
BLANK = "urn:x-dcat-hk:blank:"
_FUNCTIONS = "urn:x-dcat-hk:function:"
_TOKEN = re.compile(
    r"""(?P<skip>\s+|\#[^\n\r]*)
    |(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    |(?P<string>\"{3}(?:(?:\"|\"\")?(?:[^"\\]|\\.))*\"{3}|'{3}(?:(?:'|'')?(?:[^'\\]|\\.))*'{3}
        |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
    |(?P<variable>[?$]\w+)
    |(?P<name>(?:\w[\w.-]{0,200})?:(?:[\w:%.-]|\\.)*)
    |(?P<word>\w+)
    |(?P<mark>.)""",
    re.VERBOSE | re.DOTALL,
)
#: What a query with pre-bound variables must not have, and what would ask other data than the data that is validated.
_FORBIDDEN = {"MINUS", "VALUES", "SERVICE", "FROM"}
#: So much of an error of the parser, which lists all that it would have taken, is told.
_LONGEST = 120
#: A query of more tokens is tried in a process of its own, for so many seconds.
_SIMPLE, _TRYING = 300, 20
_FORMS = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}
#: Variables that a subquery need not return.
_OPTIONAL = {"shapesGraph", "currentShape"}


class MalformedQuery(ValueError):
    """A query that SHACL does not allow, or that is none; says why."""


@dataclass(frozen=True, slots=True)
class ShapeQuery:
    """A query with gaps for pre-bound values, and what is needed to ask it."""

    pieces: tuple[str, ...]
    variables: tuple[str, ...]
    prefixes: Mapping[str, str]
    is_ask: bool
    returned: frozenset[str] = frozenset()

    def text(self, values: Mapping[str, str]) -> str:
        """
        Return the query with the values of its variables, as N-Triples has them, in every group.

        Args:
            values: Values by variable; those that the query does not use are left out.
        """
        names = [name for name in self.variables if name in values]
        if not names:
            return "".join(self.pieces)
        table = f" VALUES ({' '.join(f'?{name}' for name in names)}) {{ ({' '.join(values[n] for n in names)}) }} "
        return table.join(self.pieces)

    def ask(self, store: pyoxigraph.Store, values: Mapping[str, str]) -> Any:
        """Return the answer: true or false, or the solutions."""
        answer = store.query(self.text(values), prefixes=dict(self.prefixes), custom_functions=FUNCTIONS)
        return bool(answer) if self.is_ask else answer


@dataclass(frozen=True, slots=True)
class QueryConstraint:
    """
    A constraint that a query checks: its component, the query, the values of the component's parameters.

    `messages` are those of the constraint or of its validator; `parameters` are what results state.
    """

    component: str
    query: ShapeQuery
    values: Mapping[str, str] = field(default_factory=dict)
    messages: tuple[tuple[str, str], ...] = ()
    parameters: tuple[tuple[str, str], ...] = ()


def _tokens(text: str) -> list[tuple[str, str]]:
    """Return the tokens of a query, each with its kind."""
    return [(str(match.lastgroup), match[0]) for match in _TOKEN.finditer(text)]


def make_query(
    text: str, bound: Sequence[str], prefixes: Mapping[str, str], path: str = "", asks: bool = False
) -> ShapeQuery:
    """
    Return a query that is ready to be asked.

    Args:
        text: A SELECT or an ASK query.

        bound: The variables that are bound before; they must not be assigned.

        prefixes: The namespaces of the prefixes that the query may use.

        path: The path of the shape in SPARQL's notation, which takes the place of `$PATH`.

        asks: Whether the query must be an ASK query.

    Raises:
        MalformedQuery: It is no such query, or has what SHACL forbids, or calls a function that nobody defined.

    >>> query = make_query("SELECT $this WHERE { $this a ?type }", ["this"], {})
    >>> query.text({"this": "<urn:a>"})
    'SELECT $this WHERE { VALUES (?this) { (<urn:a>) }  $this a ?type }'
    """
    tokens = [(kind, part) for kind, part in _tokens(text) if not (kind == "skip" and "#" in part)]
    _refuse_forbidden(tokens, set(bound))
    pieces, piece = [], ""
    words = [(number, kind, part) for number, (kind, part) in enumerate(tokens) if kind != "skip"]
    following = {number: words[at + 1][2] for at, (number, _kind, _part) in enumerate(words[:-1])}
    for number, (kind, part) in enumerate(tokens):
        if kind == "variable" and part[1:] == "PATH":
            if not path:
                raise MalformedQuery("uses $PATH at a shape without a path")
            part = f"({path})"
        elif kind == "word" and part.upper() in _TELLING and following.get(number) == "(":
            part = f"<{_FUNCTIONS}{_TELLING[part.upper()]}>"
        piece += part
        if part == "{" and kind == "mark" and following.get(number, "").upper() != "SELECT":
            pieces.append(piece)
            piece = ""
    used = {part[1:] for kind, part in tokens if kind == "variable"}
    first = next((at for at, (_number, _kind, part) in enumerate(words) if part.upper() == "SELECT"), len(words))
    returned = frozenset(_projection([(kind, part) for _number, kind, part in words[first + 1 :]]))
    verb = next((part.upper() for _number, kind, part in words if kind == "word" and part.upper() in _FORMS), "")
    if verb != ("ASK" if asks else "SELECT"):
        raise MalformedQuery(f"is no {'ASK' if asks else 'SELECT'} query")
    _refuse_undeclared([(kind, part) for _number, kind, part in words], prefixes)
    query = ShapeQuery((*pieces, piece), tuple(name for name in bound if name in used), prefixes, asks, returned)
    fault = _try_apart(query) if len(words) > _SIMPLE else _try(query)
    if fault:
        raise MalformedQuery(fault)
    return query


def _try_apart(query: ShapeQuery) -> str:
    """Return what is wrong with a query, asked in a process that the kernel ends: deep nesting crashes the parser."""
    try:
        return run_within(_try, query, name="", limits=Limits(seconds=_TRYING))
    except (NotAPlan, ReadingFault):
        return f"takes more than {_TRYING} seconds to understand, or is nested too deeply"


def _try(query: ShapeQuery) -> str:
    """Return what is wrong with a query, which is asked of nothing, so that it shows; empty if nothing is."""
    try:
        answer = query.ask(pyoxigraph.Store(), dict.fromkeys(query.variables, "<urn:x-dcat-hk:nothing>"))
        if not query.is_ask:
            list(answer)
    except (SyntaxError, ValueError, RuntimeError) as error:
        return f"cannot be asked: {' '.join(str(error).split())[:_LONGEST]}"
    return ""


def _refuse_undeclared(words: Sequence[tuple[str, str]], prefixes: Mapping[str, str]) -> None:
    """Refuse a query with a prefix that neither it nor sh:prefixes declares."""
    before = ("", "")
    known = {"_", *prefixes}
    for kind, part in words:
        if kind == "name":
            prefix = part.partition(":")[0]
            if before[1].upper() == "PREFIX":
                known.add(prefix)
            elif prefix not in known:
                raise MalformedQuery(f"uses the prefix “{prefix}:”, which is not declared")
        before = (kind, part)


def _refuse_forbidden(tokens: Sequence[tuple[str, str]], bound: set[str]) -> None:
    """
    Refuse what gives no sure answer with pre-bound variables.

    Raises:
        MalformedQuery: The query has such a thing.
    """
    words = [(kind, part) for kind, part in tokens if kind != "skip"]
    for number, (kind, part) in enumerate(words):
        word = part.upper() if kind == "word" else ""
        if word in _FORBIDDEN:
            raise MalformedQuery(f"has {word}, which SHACL does not allow with variables that are bound before")
        following = words[number + 1] if number + 1 < len(words) else ("", "")
        if word == "AS" and following[0] == "variable" and following[1][1:] in bound:
            raise MalformedQuery(f"assigns {following[1]}, which is bound before")
        if word == "SELECT" and number and words[number - 1] == ("mark", "{"):
            missing = bound - _OPTIONAL - set(_projection(words[number + 1 :]))
            if missing and bound:
                names = ", ".join(f"${name}" for name in sorted(missing))
                raise MalformedQuery(f"has a subquery that does not return {names}")


def _projection(words: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield the variables that a SELECT returns."""
    depth, last = 0, ""
    for kind, part in words:
        if part == "{" or (kind == "word" and part.upper() == "WHERE"):
            return
        depth += (part == "(") - (part == ")")
        if part == "*" and not depth:
            yield part
        if kind == "variable" and (not depth or last.upper() == "AS"):
            yield part[1:]
        last = part


# ---- blank nodes and IRIs


def as_named(term: str) -> str:
    """
    Return a term as it stands in the data that is asked: a blank node as an IRI.

    >>> as_named("_:b1"), as_named('"x"')
    ('<urn:x-dcat-hk:blank:b1>', '"x"')
    """
    return f"<{BLANK}{term[2:]}>" if term.startswith("_:") else term


def as_term(value: Any) -> str:
    """
    Return a term of an answer as N-Triples has it, a blank node as such.

    >>> as_term(pyoxigraph.NamedNode("urn:x-dcat-hk:blank:b1"))
    '_:b1'
    """
    text = term(value)
    return f"_:{text[len(BLANK) + 1 : -1]}" if text.startswith(f"<{BLANK}") else text


def _is_blank(value: Any) -> bool:
    """Return whether a term is a blank node, or stands for one."""
    return isinstance(value, pyoxigraph.BlankNode) or (
        isinstance(value, pyoxigraph.NamedNode) and value.value.startswith(BLANK)
    )


def _truth(value: bool) -> pyoxigraph.Literal:
    """Return a truth value of XML Schema."""
    return pyoxigraph.Literal(value)


def _text(value: Any) -> pyoxigraph.Literal | None:
    """Return the text of an IRI or literal; a blank node has none."""
    return None if _is_blank(value) else pyoxigraph.Literal(value.value)


#: Functions of SPARQL that tell blank nodes from IRIs.
_TELLING = {"ISBLANK": "isBlank", "ISIRI": "isIRI", "ISURI": "isIRI", "STR": "str"}
FUNCTIONS: dict[pyoxigraph.NamedNode, Any] = {
    pyoxigraph.NamedNode(f"{_FUNCTIONS}isBlank"): lambda value: _truth(_is_blank(value)),
    pyoxigraph.NamedNode(f"{_FUNCTIONS}isIRI"): lambda value: _truth(
        isinstance(value, pyoxigraph.NamedNode) and not _is_blank(value)
    ),
    pyoxigraph.NamedNode(f"{_FUNCTIONS}str"): _text,
}
