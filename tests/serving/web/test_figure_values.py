"""Figures are shown with what they mean, and a chart alone says what it is and where it is from."""

import pytest
from lxml import etree

from dcat_hk.core.languages import LANGUAGES
from dcat_hk.serving.web.figure_values import FigureValues
from dcat_hk.serving.web.promise_months import PromiseMonths
from dcat_hk.serving.web.view_words import ViewWords
from dcat_hk.serving.web.views import read_view


@pytest.fixture(scope="module")
def make_figures(library):
    """Return a function that makes what pages show of figures."""
    months = PromiseMonths(library.snapshot, lambda: "2026-11")

    def make(language):
        view = read_view("years", months)
        return FigureValues(ViewWords(library, months.get(view.month), view, language))

    return make


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("body", ["", "hk-hhb"])
def test_a_chart_alone_says_what_it_is(make_figures, library, language, body):
    """Whose promises, as of when, and from which site: another site shows nothing else of it."""
    figures = make_figures(language)
    root = etree.fromstring(figures.draw_alone(body).encode())
    text = "".join(root.itertext())
    assert "2026" in text
    assert library.base in text
    assert text.count("hk-hhb") == 0
    values = figures.make_year_values(body)
    assert f".{language}.svg" in values["embedded"]
    assert values["years"]


def test_a_body_without_promises_has_no_figures(make_figures):
    """Nor a chart."""
    figures = make_figures("en")
    assert figures.make_figures("hk-nobody") is None
    assert figures.make_year_values("hk-nobody")["chart"] == ""
    assert figures.fill_cell(None) == ""
