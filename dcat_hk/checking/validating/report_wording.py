"""
The wording of reports: labels, severities, names of blank nodes, and the messages of results.

In: results, names. Out: text in a language. The wording itself stands in `words.toml`. The message of a shape comes
first, with its placeholders filled; else the message says what the shape requires and what there is.

Spec: SHACL, sections 2.1.5 (sh:message) and 5.3.2 (placeholders in messages).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from types import MappingProxyType

from ...core.results import Result, shacl_name
from ...core.terms import PREFIXES
from ...core.text import transform
from ...core.wording.records import read_toml
from ..shacl.literals import XSD, parts_of
from .blank_names import BlankName
from .blank_order import digest
from .validation import SEVERITY_ORDER

_IRI_IN_PATH = re.compile("<([^>]*)>")
_IRI_OR_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"|<([^>]*)>')
#: A placeholder of a message, as SPARQL writes a variable.
_PLACEHOLDER = re.compile(r"\{[?$](\w+)\}")
_FIELD = re.compile(r"\{(\w+)\}")
#: The most members of a list that a message names.
_MOST_MEMBERS = 5
#: The most characters of what a rule requires, in its name.
_MOST_CHARACTERS = 60
#: What differs among the results of a cause.
_DIFFERS = "…"
_NUMBERS = {f"{XSD}{name}" for name in ("integer", "decimal", "double", "float", "nonNegativeInteger")}
_LISTED = {"And", "Or", "Xone"}
_NAMES: Mapping[str, BlankName] = MappingProxyType({})

#: The names of blank nodes by their labels, as an outcome has them.
Names = Mapping[str, BlankName]


@cache
def _words() -> dict[str, dict[str, list[str]]]:
    """Return the tables of `words.toml`."""
    return read_toml(__package__, "words.toml")


@cache
def _prefixes() -> dict[str, str]:
    """Return namespaces by prefix: ours, and some that others use."""
    more: dict[str, str] = read_toml(__package__, "words.toml")["prefix"]
    return PREFIXES | more


@cache
def _phrase(table: str, name: str, language: str) -> str:
    """Return a text for a language from a pair of English and Traditional Chinese."""
    english, traditional = _words()[table][name]
    if language == "en":
        return english
    return traditional if language == "zh-Hant" else transform(traditional, "Hant")


def _filled(text: str, /, **values: str) -> str:
    """Return a text with its fields filled; braces in values mean nothing."""
    return _FIELD.sub(lambda match: values.get(match[1], match[0]), text)


def word(name: str, language: str) -> str:
    """
    Return a label of reports.

    >>> word("causes", "en")
    'By cause'
    """
    return _phrase("word", name, language)


def severity_name(severity: str, language: str) -> str:
    """
    Return a severity in words; one that SHACL does not define as the shapes name it.

    >>> severity_name("Violation", "en"), severity_name("https://a.example/Bad", "en")
    ('Violation', 'https://a.example/Bad')
    """
    return word(severity, language) if severity in SEVERITY_ORDER else severity


@lru_cache(maxsize=1 << 12)
def prefixed_name(name: str) -> str:
    """
    Return an IRI as a prefixed name if there is a prefix for it; in a path, each of its IRIs.

    >>> prefixed_name("http://purl.org/dc/terms/title"), prefixed_name("^<http://www.w3.org/ns/dcat#inSeries>")
    ('dct:title', '^dcat:inSeries')
    """
    if "<" in name:
        return _IRI_IN_PATH.sub(lambda match: prefixed_name(match[1]), name)
    for prefix, namespace in _prefixes().items():
        if name.startswith(namespace) and "/" not in name[len(namespace) :]:
            return f"{prefix}:{name[len(namespace) :]}"
    return name


# ---- names


def thing_name(term: str, names: Names, language: str) -> str:
    """
    Return a focus node or a value as reports show it: a blank node by its name, any other term as it is.

    >>> name = BlankName("_:b1", "<urn:d>", via="<http://www.w3.org/ns/dcat#distribution>", text="A")
    >>> thing_name("_:b1", {"_:b1": name}, "en"), thing_name("urn:d", {}, "en")
    ('distribution “A” of <urn:d>', 'urn:d')
    """
    return _name(names[term], language) if term in names else term


def _name(name: BlankName, language: str) -> str:
    """Return the name of a blank node in words."""
    what = _what(name, language)
    for key, value in (("called", name.text), ("item", name.position), ("numbered", name.number)):
        if value:
            fields = {"position": str(value), "text": str(value), "number": str(value)}
            what = _filled(_phrase("name", key, language), what=what, **fields)
    owner = _name(name.above, language) if name.above else name.owner
    return _filled(_phrase("name", "of", language), what=what, owner=owner) if owner else what


def _what(name: BlankName, language: str) -> str:
    """Return what a blank node is: the property that leads to it in words, else its class."""
    term = prefixed_name((name.via or name.class_)[1:-1])
    if not name.via:
        return term or _phrase("name", "nothing", language)
    return _phrase("property", term, language) if term in _words()["property"] else term


def shape_name(shape: str, names: Names) -> str:
    """
    Return a shape as reports show it: one without an IRI by the nearest shape that has one, and the paths below it.

    >>> name = BlankName("_:b1", "<urn:S>", via="<http://www.w3.org/ns/shacl#property>", text="urn:p")
    >>> shape_name("_:b1", {"_:b1": name}), shape_name("urn:S", {})
    ('urn:S › urn:p', 'urn:S')
    """
    name = names.get(shape)
    if name is None:
        return prefixed_name(shape)
    steps: list[str] = []
    while True:
        number = f" ({name.number})" if name.number else ""
        text = prefixed_name(name.text) if name.owner or name.above else f"[ {prefixed_name(name.text)} ]"
        steps += [text + number] if name.text or number or not (name.owner or name.above) else []
        if name.above is None:
            break
        name = name.above
    steps += [prefixed_name(name.owner[1:-1])] if name.owner else []
    return " › ".join(reversed(steps))


def requirement(parameters: Iterable[tuple[str, str]]) -> str:
    """
    Return what a constraint requires for the name of a rule, the same in all languages; a long one as a digest.

    >>> requirement([("datatype", "<http://www.w3.org/2001/XMLSchema#date>")])
    'xsd:date'
    """
    text = " ".join(_term(value) for _parameter, value in parameters)
    return text if len(text) <= _MOST_CHARACTERS else digest(text)


# ---- messages


def message_of(result: Result, language: str, names: Names = _NAMES) -> str:
    """
    Return the message of a result: that of its shape, else the one for its constraint component.

    Args:
        result: The result.

        language: The language.

        names: The names of blank nodes of the data.

    >>> message_of(Result("Violation", "a", "urn:p", "", "MinCountConstraintComponent", "s", (),
    ...                   (("minCount", '"1"^^<http://www.w3.org/2001/XMLSchema#integer>'),)), "en")
    'urn:p is missing. Add it.'
    """
    return cause_message([result], language, names)


def cause_message(results: Sequence[Result], language: str, names: Names = _NAMES) -> str:
    """
    Return the message of results that have the same cause: what differs among them is left open.

    Args:
        results: The results, at least one.

        language: The language.

        names: The names of blank nodes of the data.
    """
    result = results[0]
    if result.messages:
        return fill_message(result.message(language), results, language, names)
    name, wanted = result.component.removesuffix("ConstraintComponent"), _wanted(result, language)
    table = _words()["component"]
    key = next((key for key in (f"{name}.{wanted}", name) if key in table), "custom" if ":" in name else "other")
    return _filled(
        _phrase("component", key, language),
        path=prefixed_name(result.path) or word("thing", language),
        wanted=wanted or word("required", language),
        count="".join(_term(value) for parameter, value in result.parameters if parameter.startswith("qualifiedM")),
        component=prefixed_name(result.component),
        found=_common(_found(one, name, language) for one in results) or "",
    )


def has_several_messages(results: Iterable[Result], language: str) -> bool:
    """Return whether results of the same cause have messages of their own, as those of a query can have."""
    return len({result.message(language) for result in results if result.messages}) > 1


def fill_message(message: str, results: Sequence[Result], language: str, names: Names = _NAMES) -> str:
    """
    Return a message of a shape with its placeholders filled; one that stands for nothing stays as it is.

    Args:
        message: The message.

        results: Results that it is for; what differs among them is left open.

        language: The language of names.

        names: The names of blank nodes of the data.

    >>> result = Result("Violation", "urn:a", "urn:p", '"x"', "DatatypeConstraintComponent", "urn:s", (),
    ...                 (("datatype", "<http://www.w3.org/2001/XMLSchema#date>"),))
    >>> fill_message("{?value} of {$this} is no {?datatype} {$other}", [result], "en")
    'x of urn:a is no xsd:date {$other}'
    """
    if "{" not in message:
        return message

    def value_of(match: re.Match[str]) -> str:
        value = _common(_placeholder(result, match[1], language, names) for result in results)
        return _DIFFERS if value is None else value or match[0]

    return _PLACEHOLDER.sub(value_of, message)


def _placeholder(result: Result, name: str, language: str, names: Names) -> str:
    """Return what a placeholder stands for; empty for nothing."""
    if name == "this":
        return thing_name(_plain(result.focus_node), names, language)
    if name == "value":
        return thing_name(_plain(result.value), names, language)
    if name in {"path", "PATH"}:
        return prefixed_name(result.path)
    values = [value for parameter, value in result.parameters if parameter == name]
    return _members([_plain(value) for value in values], "comma", language)


def _plain(term: str) -> str:
    """Return a literal without its datatype or language, an IRI as a prefixed name."""
    if term.startswith('"'):
        return parts_of(term)[0]
    return term if term.startswith("_:") else prefixed_name(term)


def _common(values: Iterable[str]) -> str | None:
    """Return the value that all have in common; None if they differ."""
    seen: set[str] = set()
    for value in values:
        seen.add(value)
        if len(seen) > 1:
            return None
    return next(iter(seen), "")


# ---- what is required, and what there is


def _wanted(result: Result, language: str) -> str:
    """Return what the parameters of a constraint require, in words; empty if they are not known."""
    name = result.component.removesuffix("ConstraintComponent")
    own = name[:1].lower() + name[1:]
    own = "qualifiedValueShape" if own.startswith("qualified") else own
    values = [value for parameter, value in result.parameters if parameter == own]
    if name == "NodeKind":
        kinds = [shacl_name(value) for value in values]
        return _members(
            [_phrase("kind", kind, language) for kind in kinds if kind in _words()["kind"]], "comma", language
        )
    flags = "".join(parts_of(value)[0] for parameter, value in result.parameters if parameter == "flags")
    show: Callable[[str], str] = _plain if name in {"Pattern", "LanguageIn"} else _term
    text = _members([show(value) for value in values], "semicolon" if name in _LISTED else "comma", language)
    return _filled(word("flags", language), pattern=text, flags=flags) if flags else text


def _members(members: Sequence[str], mark: str, language: str) -> str:
    """Return the members of a list, or the first of many and how many more there are."""
    text = word(mark, language).join(members[:_MOST_MEMBERS])
    more = len(members) - _MOST_MEMBERS
    return _filled(word("and-more", language), members=text, count=str(more)) if more > 0 else text


def _term(term: str) -> str:
    """Return a term in a message: a number bare, a text in quotation marks, an inner shape as what it says."""
    if term.startswith("["):
        text = _IRI_OR_TEXT.sub(lambda match: prefixed_name(match[1]) if match[1] else match[0], term[1:-1].strip())
        # A condition of one parameter needs neither the prefix of SHACL nor brackets.
        return text.removeprefix("sh:") if text.startswith("sh:") and " ; " not in text else f"[ {text} ]"
    if not term.startswith('"'):
        return _plain(term)
    text, language, datatype = parts_of(term)
    if datatype in _NUMBERS:
        return text
    return f"“{text}”@{language}" if language else f"“{text}”"


def _found(result: Result, component: str, language: str) -> str:
    """Return what there is instead of what is required, where that helps; empty if not."""
    value = result.value
    if not value or component not in {"Datatype", "NodeKind", "LanguageIn", "Class"}:
        return ""
    what = _found_text(result, component, language) if value.startswith('"') else _kind_of(value, component, language)
    return _filled(_phrase("found", "found", language), what=what) if what else ""


def _kind_of(value: str, component: str, language: str) -> str:
    """Return the kind of a thing; empty where a thing is what is wanted."""
    if component == "Class":
        return ""
    return _phrase("found", "blank" if value.startswith("_:") else "iri", language)


def _found_text(result: Result, component: str, language: str) -> str:
    """Return what a literal is."""
    _text, tag, datatype = parts_of(result.value)
    if component in {"NodeKind", "Class"}:
        return _phrase("found", "literal", language)
    if component == "LanguageIn":
        return (
            _filled(_phrase("found", "language", language), language=tag)
            if tag
            else _phrase("found", "untagged", language)
        )
    wanted = {value for parameter, value in result.parameters if parameter == "datatype"}
    key = "language" if tag else "invalid" if f"<{datatype}>" in wanted else "datatype"
    return _filled(_phrase("found", key, language), language=tag, datatype=prefixed_name(datatype))
