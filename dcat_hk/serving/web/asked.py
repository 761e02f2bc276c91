"""
What was asked -> its names, and what of it the catalogue does not have: a body, a state or a month that is none.

In: filters and other parameters. Out: names and sentences in the language of the page. What is asked for is never
passed over in silence: a page says what it does not know, and a file is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ...core.languages import LANGUAGES
from ...reconciliation.states import STATES
from .library import Library
from .promise_words import name_state
from .views import View
from .wording import choose_name, get_label

#: What an unread parameter is called, by its name.
_LABELS = {"as_of": "as-of-label", "since": "list-since", "sort": "sort", "a": "compare-a", "b": "compare-b"}
#: Facets whose values are terms of plans.
_TERMS = frozenset({"fate", "differs", "stage"})
#: What the values of the facet are called that says whether a newer plan confirms what is overdue.
_CONFIRMED = {"0": "confirmed-no", "1": "confirmed-yes"}
_YEAR = re.compile(r"[0-9]{4}")
#: Characters of a value that are told.
_SHOWN = 80


def name_value(library: Library, kind: str, value: str, language: str) -> str:
    """
    Return what a value of a filter is called; empty if nothing in the catalogue is called that.

    Args:
        library: The library of things.

        kind: The facet.

        value: The value.

        language: The language of the name.
    """
    if kind == "state":
        return name_state(value, language) if value in STATES else ""
    if kind == "confirmed":
        return get_label(_CONFIRMED[value], language) if value in _CONFIRMED else ""
    if kind == "year":
        return value if _YEAR.fullmatch(value) else ""
    if kind == "body" or kind in _TERMS:
        thing = f"{library.base}{'organisation/' if kind == 'body' else 'def/plan#'}{value}"
        labels = library.find_labels(thing)
        return choose_name(labels, thing, language) if labels else ""
    return library.index.find_label(kind, value, language)


def is_known(library: Library, kind: str, value: str) -> bool:
    """
    Return whether a filter can ask for a value: whether anything in the catalogue is called that.

    Args:
        library: The library of things.

        kind: The facet.

        value: The value.
    """
    return bool(name_value(library, kind, value, LANGUAGES[0]))


def list_unknown(library: Library, filters: Mapping[str, Sequence[str]], language: str) -> list[str]:
    """
    Return a sentence for each value of a filter that nothing in the catalogue is called.

    Args:
        library: The library of things.

        filters: Values by facet.

        language: The language of the sentences.
    """
    asked = ((kind, value) for kind, values in filters.items() for value in values)
    return [
        tell_unread(kind, value, language, f"facet-{kind}")
        for kind, value in asked
        if not is_known(library, kind, value)
    ]


def tell_unread(name: str, value: str, language: str, label: str = "") -> str:
    """
    Return that a parameter has a value that cannot be understood.

    Args:
        name: The name of the parameter.

        value: The value.

        language: The language of the sentence.

        label: The key of what the parameter is called; by default that of a parameter of these pages.

    >>> tell_unread("as_of", "2026-13", "en")
    'As of (month): there is no “2026-13” here.'
    """
    named = get_label(label or _LABELS[name], language)
    return get_label("no-such-choice", language).format(name=named, value=value[:_SHOWN])


def list_problems(library: Library, view: View, language: str) -> list[str]:
    """
    Return a sentence for each thing that a page or a list was asked for and the catalogue does not have.

    Args:
        library: The library of things.

        view: The view, with what was asked.

        language: The language of the sentences.
    """
    unread = [tell_unread(name, value, language) for name, value in view.unread]
    return [*unread, *list_unknown(library, view.filters, language)]
