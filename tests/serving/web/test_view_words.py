"""What is said on every page about promises: titles, also of feeds, and names of values that nobody has."""

import pytest

from dcat_hk.serving.web.promise_months import PromiseMonths
from dcat_hk.serving.web.view_words import ViewWords
from dcat_hk.serving.web.views import ask_view, read_view


@pytest.fixture(scope="module")
def make_words(library):
    """Return a function that makes the words of a page."""
    months = PromiseMonths(library.snapshot, lambda: "2026-11")

    def make(stem, language="en", **parameters):
        view = ask_view(read_view(stem, months), parameters, months)
        return ViewWords(library, months.get(view.month), view, language)

    return make


@pytest.mark.parametrize(
    ("stem", "parameters", "title"),
    [
        ("promises/kept", {}, "Promises: kept on time"),
        ("promises", {"body": ["hk-hhb"], "state": ["overdue"]}, "All promises: overdue, Health Bureau"),
        ("overdue", {}, "Overdue datasets, as of November 2026"),
        ("overdue/2024-12", {}, "Overdue datasets, as of December 2024"),
        ("overdue", {"format": ["JSON"]}, "Overdue datasets, as of November 2026: JSON"),
    ],
)
def test_feeds_say_what_they_are_restricted_to(make_words, stem, parameters, title):
    """Filters and the month: a reader of feeds sees nothing else of them."""
    assert make_words(stem, **parameters).make_feed_title() == title


def test_a_value_that_nobody_has_is_called_what_it_is(make_words):
    """No error, whatever a stranger asks for."""
    words = make_words("promises")
    assert [words.name_facet(kind, "?") for kind in ("state", "body", "stage", "format")] == ["?"] * 4
    assert words.name_facet("state", "kept") == "kept on time"


def test_files_keep_what_was_asked(make_words):
    """Feeds have a language in their name, tables have none."""
    words = make_words("promises", "zh-Hans", body=["hk-hhb"])
    assert words.find_file("atom") == "./promises.zh-Hans.atom?body=hk-hhb"
    assert words.find_file("csv") == "./promises.csv?body=hk-hhb"
