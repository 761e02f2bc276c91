"""
Named queries and results -> what people see of them: a form for the parameters, a table with links and labels.

In: the name of a query and the values of a form; results in JSON. Out: template values. What a person fills in is
checked and written as a single term, as on the command line; nobody has to read SPARQL.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from ...core.errors import UsageError
from ...core.languages import LANGUAGES
from ...core.terms import Iri
from ...core.today import shift_month
from ...core.wording.printed import translate_place
from ..queries import MONTHS_AHEAD, Query, QueryParameter, bind_parameters, list_named_things, load_named_queries
from ..stores.query_parsing import count_statements
from .addresses import get_page_suffix, make_link
from .library import Library
from .wording import choose_name, find_label_of, format_count, format_month, get_label

#: The path of the page, without the suffix for the language.
STEM = "sparql"
#: The parameter for which a form has a list of bodies.
_BODY = "body"
#: What a form calls its first field: the name of the query.
NAMED = "named"
#: Fields of forms by kind of parameter; any other kind is a line of text.
_FIELDS = {"month": "month", "promise": "choice"}
_CHOICES = {"promise": ("last", "first")}
#: Columns with the notation of a term of plans.
_TERMS = frozenset({"stage", "standing", "fate", "change"})
#: The column with the place of a row in a file.
_PLACE = "place"
#: Columns whose cells lead to the thing of another column, which then needs no column of its own.
_LINKED = {"title": "dataset", "publisher": "body"}


def list_queries(language: str) -> list[dict[str, str]]:
    """
    Return title, name and address of all named queries.

    Args:
        language: The language of the page.
    """
    page = f"{STEM}{get_page_suffix(language)}"
    return [
        {"title": query.description.get(language, name), "about": name, "address": f"{page}?{NAMED}={name}"}
        for name, query in load_named_queries().items()
    ]


def make_form(
    query: Query,
    values: Mapping[str, str],
    language: str,
    bodies: Sequence[tuple[str, str]] = (),
    month: str = "",
) -> dict[str, Any]:
    """
    Return the form of a query: a field for each parameter but the language, which is that of the page.

    Args:
        query: A named query.

        values: What was filled in, by name of parameter.

        language: The language of the page.

        bodies: The code and the name of each body that can be chosen.

        month: This month, which fields show that are about it or the next one.
    """
    fields = [
        _make_field(parameter, values, language, bodies, month)
        for parameter in query.parameters
        if parameter.kind != "language"
    ]
    filled = [(one["name"], values[one["name"]]) for one in fields if values.get(one["name"])]
    asked = urlencode([(NAMED, query.name), *filled])
    return {
        "form_title": query.description.get(language, query.name),
        "form_name": query.name,
        "fields": fields,
        "languages": [
            (tag, get_label(f"language-{tag}", tag), f"{STEM}{get_page_suffix(tag)}?{asked}") for tag in LANGUAGES
        ],
    }


def _make_field(
    parameter: QueryParameter, values: Mapping[str, str], language: str, bodies: Sequence[tuple[str, str]], month: str
) -> dict[str, Any]:
    """Return the field of a parameter; a body is chosen from a list, in which one that is not known is added."""
    value = values.get(parameter.name) or parameter.default
    if value == parameter.default or (parameter.kind == "month" and value in MONTHS_AHEAD):
        value = _find_default(value, month)
    choices = [(one, get_label(f"{parameter.kind}-{one}", language)) for one in _CHOICES.get(parameter.kind, ())]
    if parameter.name == _BODY and bodies:
        choices = [*bodies, *([(value, value)] if value not in dict(bodies) else [])]
    return {
        "name": parameter.name,
        "label": parameter.description.get(language, parameter.name),
        "kind": "choice" if choices else _FIELDS.get(parameter.kind, "text"),
        "value": value,
        "choices": choices,
    }


def _find_default(value: str, month: str) -> str:
    """Return what a field shows for a default, or for a month in words; what the query works out is nothing."""
    if month and value in MONTHS_AHEAD:
        return shift_month(month, MONTHS_AHEAD[value])
    return value if value not in {*MONTHS_AHEAD, "newest"} else ""


def read_values(query: Query, filled: Mapping[str, Sequence[str]], language: str) -> dict[str, str]:
    """
    Return the values of the parameters of a query: what was filled in, and the language of the page.

    Args:
        query: A named query.

        filled: The fields of a form.

        language: The language of the page.
    """
    values = {parameter.name: language for parameter in query.parameters if parameter.kind == "language"}
    for parameter in query.parameters:
        text = (filled.get(parameter.name) or [""])[0].strip()
        if text and parameter.name not in values:
            values[parameter.name] = text
    return values


def bind_query(query: Query, values: Mapping[str, str], base: Iri, language: str) -> tuple[str, str]:
    """
    Return the text of a query with the values that were filled in, and what is wrong with these; one of both is empty.

    Args:
        query: A named query.

        values: The values.

        base: The base IRI of the catalogue.

        language: The language of the page, in which the problem is told, with the label of the field.
    """
    try:
        return bind_parameters(query, values, base), ""
    except UsageError as error:
        labels = {one.name: one.description.get(language, one.name) for one in query.parameters}
        refusal = error.refusal
        told = UsageError.from_refusal(refusal._replace(where="")).tell(language)
        return "", _name_problem(labels.get(refusal.where, refusal.where), told, language)


def find_unknown(query: Query, values: Mapping[str, str], text: str, library: Library, language: str) -> str:
    """
    Return that the catalogue has no thing that was named in a form: no such body, theme or dataset; else nothing.

    Args:
        query: A named query.

        values: What was filled in.

        text: The text of the query with these values.

        library: The library of things.

        language: The language of the page.
    """
    labels = {one.name: one.description.get(language, one.name) for one in query.parameters}
    for name, things in list_named_things(query, values, text, library.base):
        if not any(library.find_labels(iri) for iri in things):
            said = get_label("no-such-value", language).format(value=values[name])
            return _name_problem(labels[name], said, language)
    return ""


def _name_problem(label: str, problem: str, language: str) -> str:
    """Return what is wrong with a field, behind its label."""
    return get_label("list-of", language).format(name=label, text=problem) if label else problem


def list_bodies(library: Library, codes: Sequence[str], language: str) -> list[tuple[str, str]]:
    """
    Return codes and names of bodies, sorted by name.

    Args:
        library: The library of things.

        codes: The codes.

        language: The language of the names.
    """
    things = {code: f"{library.base}organisation/{code}" for code in codes}
    named = [(code, choose_name(library.find_labels(iri), iri, language)) for code, iri in things.items()]
    return sorted(named, key=lambda body: (body[1], body[0]))


class ResultTable:
    """
    Makes tables of results: names of things instead of IRIs, months in words.

    Args:
        library: The library of things.

        language: The language of the page.
    """

    def __init__(self, library: Library, language: str) -> None:
        """Keep the library and the language."""
        self._library, self._language = library, language

    def read_results(self, body: bytes, media: str) -> dict[str, Any]:
        """
        Return the template values for the results of a query.

        Args:
            body: The results: JSON of a table or an answer, or Turtle.

            media: Their media type.
        """
        if media == "text/turtle":
            text = body.decode()
            return {"graph": text, "count_text": format_count("statements", count_statements(text), self._language)}
        results = json.loads(body)
        if "boolean" in results:
            return {"answer": results["boolean"]}
        names, rows = results["head"]["vars"], results["results"]["bindings"]
        spared = {of for name, of in _LINKED.items() if name in names and of in names}
        shown = [name for name in names if name not in spared]
        return {
            "columns": [find_label_of("result", name, self._language) for name in shown],
            "table": [[self._make_cell(row, name, spared) for name in shown] for row in rows],
            "count_text": format_count("results", len(rows), self._language),
        }

    def _make_cell(self, row: Mapping[str, Mapping[str, str]], name: str, spared: set[str]) -> dict[str, str]:
        """Return the template values of a cell; only HTTP addresses become links."""
        term = row.get(name)
        linked = row.get(_LINKED.get(name, "")) if _LINKED.get(name) in spared else None
        if term is None:
            return {"text": "", "address": "", "tag": ""} if linked is None else self._name_thing(linked["value"])
        if term["type"] == "uri":
            return self._name_thing(term["value"])
        address = self._link(linked["value"]) if linked else ""
        text = self._say(name, term["value"])
        return {"text": text, "address": address, "tag": term.get("xml:lang", "").partition("-t-")[0]}

    def _say(self, name: str, text: str) -> str:
        """Return a text of a column as it is shown: months, places and terms of plans in words, years as they are."""
        if name == _PLACE:
            return translate_place(text, self._language)
        if name in _TERMS:
            labels = self._library.find_labels(f"{self._library.base}def/plan#{text}")
            return choose_name(labels, text, self._language)
        return text if name == "year" else format_month(text, self._language)

    def _name_thing(self, iri: Iri) -> dict[str, str]:
        """Return a thing by its name, else by its IRI."""
        labels = self._library.find_labels(iri)
        name = choose_name(labels, iri, self._language) if labels else iri
        return {"text": name, "address": self._link(iri), "tag": ""}

    def _link(self, iri: Iri) -> str:
        """Return the address of a thing; only HTTP addresses become links."""
        if not iri.startswith(("http://", "https://")):
            return ""
        return make_link(iri, self._library.base, STEM, self._language)
