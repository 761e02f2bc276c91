"""What was asked for and is not there is told, never passed over in silence."""

import pytest

from dcat_hk.core.languages import LANGUAGES
from dcat_hk.serving.web.asked import is_known, list_problems, list_unknown, tell_unread
from dcat_hk.serving.web.promise_months import PromiseMonths
from dcat_hk.serving.web.views import ask_view, read_view

KNOWN = [
    ("state", "overdue"),
    ("confirmed", "1"),
    ("year", "2025"),
    ("stage", "planned"),
    ("differs", "formats-added"),
    ("body", "hk-hhb"),
    ("category", "health"),
    ("format", "JSON"),
    ("frequency", "ANNUAL"),
]


@pytest.mark.parametrize(("kind", "value"), KNOWN)
def test_values_of_the_catalogue_are_known(library, kind, value):
    """And no others: neither a name nor a part of a code."""
    assert is_known(library, kind, value)
    assert not is_known(library, kind, f"{value}x")
    assert not is_known(library, kind, "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_value_is_told_with_its_filter(library, language):
    """In the language of the page; what is known is not told."""
    filters = {kind: (value, "nobody") for kind, value in KNOWN}
    told = list_unknown(library, filters, language)
    assert len(told) == len(KNOWN)
    assert all("nobody" in one for one in told)
    assert len(set(told)) == len(told)


@pytest.mark.parametrize(
    ("stem", "parameters", "words"),
    [
        ("overdue", {"as_of": ["2026-13"]}, ["“2026-13”"]),
        ("new", {"since": ["yesterday"]}, ["“yesterday”"]),
        ("promises", {"sort": ["sideways"], "state": ["gone"]}, ["“sideways”", "State: there is no “gone” here."]),
        ("compare", {"a": ["hk-hhb"], "b": ["nobody"]}, ["Second body: there is no “nobody” here."]),
        ("promises", {"state": [""], "sort": [""], "colour": ["red"]}, []),
        ("overdue", {"as_of": ["2024-06"], "body": ["hk-itc"]}, []),
    ],
)
def test_parameters_of_pages(library, stem, parameters, words):
    """A field that was left empty, and a parameter that means nothing, are no problem."""
    months = PromiseMonths(library.snapshot)
    told = list_problems(library, ask_view(read_view(stem, months), parameters, months), "en")
    assert len(told) == len(words)
    assert all(word in one for word, one in zip(words, told, strict=True))


def test_long_values_are_cut():
    """A stranger's text does not fill the page."""
    assert len(tell_unread("sort", "x" * 10_000, "en")) < 150
