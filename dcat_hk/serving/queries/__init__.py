"""
Named SPARQL queries: what is asked of a catalogue again and again, and how values are put into it.

Each `.rq` file beside this one is a query that any SPARQL 1.1 store answers as it stands. Its first lines, comments to
SPARQL, describe it in three languages and declare its parameters; a line that ends in ``# $name`` holds the parameter's
default as its last term, and only that term is ever replaced. A value is checked by its kind and written as one
term, so nothing that is given can become a part of the query.
"""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ...core.errors import UsageError
from ...core.languages import LANGUAGES, match_language

#: The base IRI that the files are written with.
BASE = "https://example.org/dcat-hk/"
_ABOUT = re.compile(r"# (en|zh-Hant|zh-Hans): (.+)")
_PARAMETER = re.compile(r"# \$(\w+) \((\w+), ([^)]+)\) (.+)")
_MARKED = re.compile(r"^(?P<code>.*\S)(?P<mark>\s+# \$(?P<name>\w+))$", re.MULTILINE)
_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"')
_IRI = re.compile(r"<[^<>\s]*>")
#: What makes an argument a query rather than a name: a form of query and a brace, or a first word of SPARQL and more.
_QUERY = re.compile(r"\b(select|ask|construct|describe)\b", re.IGNORECASE)
_BEGINNING = re.compile(
    r"\s*(select|ask|construct|describe|prefix|base|insert|delete|with|load|clear|create|drop|copy|move|add)\s+[^.]*[<{:?*]"
    r"|\s*(clear|drop)\s+(silent\s+)?(default|named|all|graph)\b",
    re.IGNORECASE,
)
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a query may be given: its name, kind, default and what it is for, by language."""

    name: str
    kind: str
    default: str
    about: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Query:
    """A query with its name, what it answers by language, and its parameters."""

    name: str
    text: str
    about: Mapping[str, str]
    parameters: tuple[Parameter, ...]


@cache
def named_queries() -> Mapping[str, Query]:
    """
    Return every named query, by name.

    >>> named_queries()["overdue"].about["en"][:31]
    'Datasets that were promised for'
    """
    folder = files(__package__)
    found = sorted(item.name for item in folder.iterdir() if item.name.endswith(".rq"))
    return {
        name[:-3]: read_query(name[:-3], folder.joinpath(name).read_text(encoding="utf-8").replace("\r\n", "\n"))
        for name in found
    }


def read_query(name: str, text: str) -> Query:
    """
    Return a query with what the comments at its head say.

    >>> read_query("mine", "# en: All.\\n# $word (text, sea) en: the word\\nASK { ?s ?p \\"sea\\" }  # $word").parameters[0].kind
    'text'
    """  # noqa: E501
    about = {found[1]: found[2] for line in text.splitlines() if (found := _ABOUT.fullmatch(line))}
    parameters = []
    for line in text.splitlines():
        if found := _PARAMETER.fullmatch(line):
            parts = (part.partition(": ") for part in found[4].split(" | "))
            parameters.append(Parameter(found[1], found[2], found[3], {tag: words for tag, _colon, words in parts}))
    return Query(name, text, about, tuple(parameters))


def find_query(wanted: str) -> Query | None:
    """
    Return the query that an argument names or is; None if it can only be the name of a file.

    >>> find_query("theme").name, find_query("ASK { ?s ?p ?o }").name, find_query("mine.rq")
    ('theme', '', None)
    >>> find_query("DESCRIBE <https://example.org/>").name, find_query("select the best.rq")
    ('', None)
    """
    if wanted in named_queries():
        return named_queries()[wanted]
    is_query = ("{" in wanted and _QUERY.search(wanted)) or _BEGINNING.match(wanted)
    return read_query("", wanted) if is_query else None


def no_such_query(wanted: str) -> UsageError:
    """Return the error for a name that no query has."""
    near = difflib.get_close_matches(wanted, named_queries(), 1)
    advice = f"Is it {near[0]}?" if near else "dcat-hk query --list shows them."
    return UsageError(f"There is no query and no file “{wanted}”.", "", advice)


def bind(query: Query, values: Mapping[str, str], base: str = BASE, today: datetime.date | None = None) -> str:
    """
    Return the text of a query with values in it.

    Args:
        query: A named query, or one that declares parameters in the same way.

        values: Values by parameter; others keep their defaults.

        base: The base IRI of the catalogue that is asked.

        today: The day that the default “today” stands for.

    Raises:
        UsageError: The query has no such parameter, or its kind no such value.

    >>> lines = ["# $word (text, sea) en: the word", 'ASK { ?s ?p "sea" .  # $word', "}"]
    >>> bind(read_query("", "\\n".join(lines)), {"word": "land"}).splitlines()[1]
    'ASK { ?s ?p "land" .  # $word'
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in values:
        if name not in known:
            choices = f"Parameters are {', '.join(known)}." if known else "It has none."
            raise UsageError(f"The query has no parameter “{name}”.", query.name, choices)
    month = (today or datetime.datetime.now(datetime.UTC).date()).strftime("%Y-%m")
    given = {name: month for name, parameter in known.items() if parameter.default == "today"} | dict(values)
    text = query.text if base == BASE else query.text.replace(BASE, base)
    terms = {name: _term(known[name], value) for name, value in given.items()}
    return _MARKED.sub(lambda line: _put(line, terms), text)


def _put(line: re.Match[str], terms: Mapping[str, str]) -> str:
    """Return a marked line with the last term of the same sort replaced."""
    term = terms.get(line["name"])
    if term is None:
        return line[0]
    present = list((_IRI if term.startswith("/") else _STRING).finditer(line["code"]))
    if not present:
        raise UsageError(f"The line of ${line['name']} has no term to replace.", "", "Write the default there.")
    last = present[-1]
    if term.startswith("/"):
        term = last[0].rpartition("/")[0] + term + ">"
    return line["code"][: last.start()] + term + line["code"][last.end() :] + line["mark"]


def _term(parameter: Parameter, value: str) -> str:
    """Return a value as a SPARQL term, or as the last part of an IRI, beginning with a slash."""
    kind = _KINDS.get(parameter.kind)
    if kind is None:
        raise UsageError(
            f"“{parameter.kind}” is no kind of parameter.", parameter.name, f"Kinds are {', '.join(_KINDS)}."
        )
    check, advice = kind
    term = check(value)
    if term is None:
        raise UsageError(f"“{value[:80]}” is no {parameter.kind}.", parameter.name, advice)
    return term


def _matching(pattern: str, shape: str = '"{}"') -> Callable[[str], str | None]:
    """Return a function that lets through what matches."""
    compiled = re.compile(pattern)
    return lambda value: shape.format(value) if compiled.fullmatch(value) else None


def _language(value: str) -> str | None:
    """Return the language that serves best, among those that catalogues have."""
    found = match_language(value, LANGUAGES)
    return f'"{found}"' if found else None


def _dataset(value: str) -> str | None:
    """Return the identifier of a dataset that is named by it or by its IRI."""
    return _matching(r"[A-Za-z0-9][A-Za-z0-9._-]*")(value.rpartition("/dataset/")[2].removeprefix("dataset/"))


def _text(value: str) -> str | None:
    """
    Return text as a literal.

    A backslash is refused: before anything is parsed, SPARQL replaces what looks like an escaped code point, and not
    every store looks whether the backslash is itself escaped.
    """
    if not 0 < len(value) <= _LONGEST or "\\" in value or not value.isprintable():
        return None
    return '"' + value.replace('"', '\\"') + '"'


#: How a value of each kind is checked and written, and what to say of another.
_KINDS: dict[str, tuple[Callable[[str], str | None], str]] = {
    "month": (_matching(r"[0-9]{4}-(0[1-9]|1[0-2])"), "Give it like 2026-11."),
    "language": (_language, "Give en, zh-Hant or zh-Hans."),
    "dataset": (_dataset, "Give its identifier or its IRI."),
    "code": (_matching(r"[A-Za-z0-9_.-]+", "/{}"), "Give letters, digits, hyphens."),
    "text": (_text, f"Give one to {_LONGEST} characters without backslash and control characters."),
}


# ---- only questions


def check_question(text: str) -> str:
    """
    Return what form of query a text is: SELECT, ASK, CONSTRUCT or DESCRIBE.

    Raises:
        UsageError: It is no SPARQL 1.1 query, it would change the store, or it would have the store ask others.

    >>> check_question("ASK { ?s ?p ?o }")
    'ASK'
    >>> check_question("CLEAR ALL")
    Traceback (most recent call last):
    dcat_hk.core.errors.UsageError: This would change the store. Only SELECT, ASK, CONSTRUCT and DESCRIBE are sent.

    Spec: SPARQL 1.1 Query Language, section 19.
    """
    parsed = _parsed(text)
    if _has_service(parsed[1]):
        raise UsageError("SERVICE would have the store ask others.", "", "Ask each store by itself.")
    return str(parsed[1].name).removesuffix("Query").upper()


def names_graphs(text: str) -> bool:
    """
    Tell whether a query says which graphs are asked, by FROM or FROM NAMED.

    Raises:
        UsageError: It is no SPARQL 1.1 query.

    >>> names_graphs("ASK FROM <https://example.org/> { ?s ?p ?o }"), names_graphs("ASK { ?s ?p 'FROM' }")
    (True, False)

    Spec: SPARQL 1.1 Query Language, section 13.2.
    """
    return bool(_parsed(text)[1].datasetClause)


def _parsed(text: str) -> Any:
    """Return a query as the parser reads it."""
    import pyparsing
    from rdflib.plugins.sparql.parser import parseQuery, parseUpdate

    try:
        return parseQuery(text)
    except (pyparsing.ParseBaseException, RecursionError) as error:
        try:
            parseUpdate(text)
        except (pyparsing.ParseBaseException, RecursionError):
            raise UsageError(f"This is no SPARQL 1.1 query: {error}.", "", "Check its syntax.") from error
        message = "This would change the store."
        raise UsageError(message, "", "Only SELECT, ASK, CONSTRUCT and DESCRIBE are sent.") from error


def _has_service(node: Any) -> bool:
    """Tell whether a part of a parsed query asks another store."""
    if getattr(node, "name", "") == "ServiceGraphPattern":
        return True
    if isinstance(node, dict):
        return any(_has_service(value) for value in node.values())
    # Texts are sequences of themselves; what the parser makes of lists are sequences of its own.
    return not isinstance(node, str) and hasattr(node, "__iter__") and any(_has_service(one) for one in node)
