"""
Named SPARQL queries: frequent questions about a catalogue, and how values are assigned to their parameters.

Each `.rq` file in this folder is a query that any SPARQL 1.1 store can run unchanged. The comments at its head describe
it in three languages and declare its parameters. A line that ends in ``# $name`` has the default value of the parameter
as its last term, and only that term is ever replaced. A value is checked by the kind of its parameter and written as a
single term, so a value cannot change the query itself.
"""

from __future__ import annotations

import datetime
import difflib
import itertools
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ...core.errors import UsageError
from ...core.languages import LANGUAGES, match_language
from ...core.text import fold
from ...core.today import find_current_month, shift_month
from ...core.wording.refusals import EnglishReason, Phrase

#: The base IRI in the query files.
BASE = "https://example.org/dcat-hk/"
#: How many months ahead the words for months are.
MONTHS_AHEAD = {"today": 0, "next": 1}
_DESCRIPTION = re.compile(r"# (en|zh-Hant|zh-Hans): (.+)")
_PARAMETER_LINE = re.compile(r"# \$(\w+) \((\w+), ([^)]+)\) (.+)")
_MARKED_LINE = re.compile(r"^(?P<code>.*\S)(?P<mark>\s+# \$(?P<name>\w+))$", re.MULTILINE)
_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"')
_IRI = re.compile(r"<[^<>\s]*>")
#: How to tell a query from a name: it has a query form and a brace, or it begins like SPARQL.
_QUERY_FORM = re.compile(r"\b(select|ask|construct|describe)\b", re.IGNORECASE)
_QUERY_START = re.compile(
    r"\s*(select|ask|construct|describe|prefix|base|insert|delete|with|load|clear|create|drop|copy|move|add)\s+[^.]*[<{:?*]"
    r"|\s*(clear|drop)\s+(silent\s+)?(default|named|all|graph)\b",
    re.IGNORECASE,
)
_MAX_LENGTH = 500
#: More words would make a pattern of too many orders.
_MAX_WORDS = 4


@dataclass(frozen=True, slots=True)
class QueryParameter:
    """A parameter of a query: name, kind of value, default value, and description by language."""

    name: str
    kind: str
    default: str
    description: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Query:
    """A query: name, SPARQL text, description by language, and parameters."""

    name: str
    text: str
    description: Mapping[str, str]
    parameters: tuple[QueryParameter, ...]


@cache
def load_named_queries() -> Mapping[str, Query]:
    """
    Return all named queries by name.

    >>> load_named_queries()["overdue"].description["en"][:31]
    'Datasets that were promised for'
    """
    folder = files(__package__)
    names = sorted(item.name for item in folder.iterdir() if item.name.endswith(".rq"))
    return {
        name[:-3]: read_query(name[:-3], folder.joinpath(name).read_text(encoding="utf-8").replace("\r\n", "\n"))
        for name in names
    }


def read_query(name: str, text: str) -> Query:
    """
    Return a query with the description and parameters that its comments declare.

    >>> read_query("mine", "# en: All.\\n# $word (text, sea) en: the word\\nASK { ?s ?p \\"sea\\" }  # $word").parameters[0].kind
    'text'
    """  # noqa: E501
    description = {match[1]: match[2] for line in text.splitlines() if (match := _DESCRIPTION.fullmatch(line))}
    parameters = []
    for line in text.splitlines():
        if match := _PARAMETER_LINE.fullmatch(line):
            parts = (part.partition(": ") for part in match[4].split(" | "))
            parameters.append(
                QueryParameter(match[1], match[2], match[3], {tag: words for tag, _colon, words in parts})
            )
    return Query(name, text, description, tuple(parameters))


def find_query(argument: str) -> Query | None:
    """
    Return the query that an argument names or contains; None if the argument can only be the name of a file.

    >>> find_query("theme").name, find_query("ASK { ?s ?p ?o }").name, find_query("mine.rq")
    ('theme', '', None)
    >>> find_query("DESCRIBE <https://example.org/>").name, find_query("select the best.rq")
    ('', None)
    """
    if argument in load_named_queries():
        return load_named_queries()[argument]
    is_query = ("{" in argument and _QUERY_FORM.search(argument)) or _QUERY_START.match(argument)
    return read_query("", argument) if is_query else None


def make_unknown_query_error(name: str) -> UsageError:
    """Return the error for a name that is neither a query nor a file."""
    matches = difflib.get_close_matches(name, load_named_queries(), 1)
    near = Phrase("queries.near", {"name": matches[0]}) if matches else Phrase("queries.listed")
    return UsageError.of("queries.unknown", name=name, near=near)


def bind_parameters(
    query: Query, values: Mapping[str, str], base: str = BASE, today: datetime.date | None = None
) -> str:
    """
    Return the text of a query with values assigned to its parameters.

    Args:
        query: A named query, or any query that declares parameters in the same way.

        values: Values by name of parameter; other parameters keep their default. A month may be “today” or “next”, the
            month after it, or the word that the list shows as its default.

        base: The base IRI of the catalogue.

        today: The date of “today”.

    Raises:
        UsageError: The query has no such parameter, or a value is invalid.

    >>> lines = ["# $word (text, sea) en: the word", 'ASK { ?s ?p "sea" .  # $word', "}"]
    >>> bind_parameters(read_query("", "\\n".join(lines)), {"word": "land"}).splitlines()[1]
    'ASK { ?s ?p "land" .  # $word'
    """
    parameters = {parameter.name: parameter for parameter in query.parameters}
    for name in values:
        if name not in parameters:
            choices = Phrase("queries.parameters", {"names": list(parameters)})
            raise UsageError.of(
                "queries.no-such-parameter",
                query.name,
                name=name,
                choices=choices if parameters else Phrase("queries.no-parameters"),
            )
    month = find_current_month(today)
    assigned = dict(values)
    for name, parameter in parameters.items():
        word = assigned.get(name, parameter.default) if parameter.kind == "month" else ""
        if word in MONTHS_AHEAD:
            assigned[name] = shift_month(month, MONTHS_AHEAD[word])
        elif word == parameter.default:
            # What the query itself works out has a word, too.
            assigned.pop(name, None)
    text = query.text if base == BASE else query.text.replace(BASE, base)
    terms = {name: _format_term(parameters[name], value) for name, value in assigned.items()}
    return _MARKED_LINE.sub(lambda line: _replace_term(line, terms), text)


def list_named_things(query: Query, values: Mapping[str, str], text: str, base: str) -> Iterator[tuple[str, list[str]]]:
    """
    Yield the parameters that name a thing of the catalogue, such as a body, with the IRIs that their values stand for.

    Args:
        query: A query.

        values: The values that were given, by name of parameter.

        text: The text of the query with these values.

        base: The base IRI of the catalogue.

    >>> query = load_named_queries()["body"]
    >>> list(list_named_things(query, {"body": "x"}, bind_parameters(query, {"body": "x"}), BASE))
    [('body', ['https://example.org/dcat-hk/organisation/x'])]
    """
    for parameter in query.parameters:
        value = values.get(parameter.name, "")
        if value and parameter.kind == "dataset":
            yield parameter.name, [f"{base}dataset/{value.rpartition('/')[2]}"]
        elif value and parameter.kind == "code":
            marked = [line["code"] for line in _MARKED_LINE.finditer(text) if line["name"] == parameter.name]
            named = [iri[0][1:-1] for code in marked for iri in _IRI.finditer(code)]
            yield parameter.name, [iri for iri in named if iri.endswith(f"/{value}")]


def _replace_term(line: re.Match[str], terms: Mapping[str, str]) -> str:
    """Return a marked line in which the last string or IRI is replaced by the new term."""
    term = terms.get(line["name"])
    if term is None:
        return line[0]
    present = list((_IRI if term.startswith("/") else _STRING).finditer(line["code"]))
    if not present:
        raise UsageError.of("queries.no-term", name=line["name"])
    last = present[-1]
    if term.startswith("/"):
        term = last[0].rpartition("/")[0] + term + ">"
    return line["code"][: last.start()] + term + line["code"][last.end() :] + line["mark"]


def _format_term(parameter: QueryParameter, value: str) -> str:
    """Return a value as a SPARQL term, or as a slash and the last segment of an IRI."""
    kind = _KINDS.get(parameter.kind)
    if kind is None:
        raise UsageError.of("queries.kind", parameter.name, kind=parameter.kind, kinds=list(_KINDS))
    term = kind(value)
    if term is None:
        most = {"words": _MAX_WORDS, "most": _MAX_LENGTH}
        raise UsageError.of(f"queries.not-{parameter.kind}", parameter.name, value=value[:80], **most)
    return term


def _make_matcher(pattern: str, shape: str = '"{}"') -> Callable[[str], str | None]:
    """Return a function that formats values that match a pattern, and returns None for others."""
    compiled = re.compile(pattern)
    return lambda value: shape.format(value) if compiled.fullmatch(value) else None


def _format_language(value: str) -> str | None:
    """Return the language of the catalogue that matches a language tag best, as a literal."""
    tag = match_language(value, LANGUAGES)
    return f'"{tag}"' if tag else None


def _format_dataset(value: str) -> str | None:
    """Return the identifier of a dataset as a literal; the value is the identifier or the IRI."""
    return _make_matcher(r"[A-Za-z0-9][A-Za-z0-9._-]*")(value.rpartition("/dataset/")[2].removeprefix("dataset/"))


def _format_text(value: str) -> str | None:
    """
    Return text as a literal.

    A backslash is refused: SPARQL replaces code point escapes such as ``\\u0022`` before it parses a query, and some
    stores do so even where the backslash is itself escaped.
    """
    if not 0 < len(value) <= _MAX_LENGTH or "\\" in value or not value.isprintable():
        return None
    return '"' + value.replace('"', '\\"') + '"'


def _format_words(value: str) -> str | None:
    """
    Return a pattern that finds words in any order, as a literal; None for more than four, or for none.

    Every ideograph stands for those that count as the same (衛, 衞 and 卫); full width and capital letters make no
    difference. There is no backslash in the pattern: see `_format_text`.

    >>> _format_words("ＣＳＶ"), _format_words("衛生 a.b"), _format_words(" ")
    ('"csv"', '"[卫衛衞]生.*a[.]b|a[.]b.*[卫衛衞]生"', None)
    """
    words = unicodedata.normalize("NFKC", value).lower().split()
    if _format_text(value) is None or not 0 < len(words) <= _MAX_WORDS:
        return None
    patterns = ["".join(map(_match_character, word)) for word in dict.fromkeys(words)]
    return '"' + "|".join(".*".join(order) for order in itertools.permutations(patterns)) + '"'


def _match_character(character: str) -> str:
    """Return the pattern of a character and its variants, without a backslash or a quote."""
    if not character.isalnum():
        # A sign that may mean something in a pattern stands in brackets, or for any character.
        return "." if character in '[]^\\"' else f"[{character}]" if character.isascii() else character
    variants = "".join(sorted({character, *_variants().get(character, ())}))
    return f"[{variants}]" if len(variants) > 1 else character


@cache
def _variants() -> Mapping[str, Sequence[str]]:
    """Return for each ideograph all that count as the same when texts are compared, itself included."""
    groups: dict[str, list[str]] = {}
    for character in map(chr, range(0x4E00, 0xA000)):
        groups.setdefault(fold(character), []).append(character)
    return {character: group for group in groups.values() for character in group}


#: For each kind of parameter: the function that checks and formats a value.
_KINDS: dict[str, Callable[[str], str | None]] = {
    "month": _make_matcher(r"[12][0-9]{3}-(0[1-9]|1[0-2])"),
    "language": _format_language,
    "dataset": _format_dataset,
    "code": _make_matcher(r"[A-Za-z0-9_.-]+", "/{}"),
    "promise": _make_matcher("first|last"),
    "words": _format_words,
    "text": _format_text,
}


# ---- read-only queries


def check_query_form(text: str) -> str:
    """
    Return the form of a query: SELECT, ASK, CONSTRUCT or DESCRIBE.

    Raises:
        UsageError: The text is not a valid SPARQL 1.1 query, is an update, or contains SERVICE.

    >>> check_query_form("ASK { ?s ?p ?o }")
    'ASK'
    >>> check_query_form("CLEAR ALL")
    Traceback (most recent call last):
    dcat_hk.core.errors.UsageError: Updates are not allowed. Use SELECT, ASK, CONSTRUCT or DESCRIBE.

    Spec: SPARQL 1.1 Query Language, section 19.
    """
    parsed = _parse(text)
    if _has_service(parsed[1]):
        raise UsageError.of("queries.service")
    return str(parsed[1].name).removesuffix("Query").upper()


def has_dataset_clause(text: str) -> bool:
    """
    Return whether a query has a dataset clause (FROM or FROM NAMED).

    Raises:
        UsageError: The text is not a valid SPARQL 1.1 query.

    >>> has_dataset_clause("ASK FROM <https://example.org/> { ?s ?p ?o }"), has_dataset_clause("ASK { ?s ?p 'FROM' }")
    (True, False)

    Spec: SPARQL 1.1 Query Language, section 13.2.
    """
    return bool(_parse(text)[1].datasetClause)


def _parse(text: str) -> Any:
    """Return the parse result of rdflib for a query."""
    import pyparsing
    from rdflib.plugins.sparql.parser import parseQuery, parseUpdate

    # An escape of a character that does not exist is no error of the parser, but of Python.
    failures = (pyparsing.ParseBaseException, RecursionError, ValueError, OverflowError)
    try:
        return parseQuery(text)
    except failures as error:
        try:
            parseUpdate(text)
        except failures:
            raise UsageError.of("queries.invalid", reason=EnglishReason(str(error))) from error
        raise UsageError.of("queries.update") from error


def _has_service(node: Any) -> bool:
    """Return whether a part of a parsed query contains SERVICE."""
    if getattr(node, "name", "") == "ServiceGraphPattern":
        return True
    if isinstance(node, dict):
        return any(_has_service(value) for value in node.values())
    # A string iterates over strings, without end; the parser's own list types are not subclasses of list.
    return not isinstance(node, str) and hasattr(node, "__iter__") and any(_has_service(one) for one in node)
