"""The pages about promises: in three languages, each statement with the row that says so."""

import re
import tomllib
from html import unescape
from importlib.resources import files

import pytest
from support.paths import ROOT

from dcat_hk.core.languages import LANGUAGES
from dcat_hk.serving.web.promise_months import PromiseMonths
from dcat_hk.serving.web.promise_pages import PromisePages
from dcat_hk.serving.web.view_files import ViewFiles
from dcat_hk.serving.web.views import ask_view, read_view

STEMS = [
    *("index", "overdue", "bodies", "years", "body/hk-hhb", "months", "months/2026-12", "promises/unknown", "new"),
    *("categories", "compare", "about", "no-open-format", "format-changes", "entry-changes", "overdue/2020-12"),
]


@pytest.fixture(scope="module")
def write(library):
    """Return a function that writes a page as text."""
    months = PromiseMonths(library.snapshot, lambda: "2026-11")
    pages = PromisePages(library, months)

    def write_page(stem, language="en", **parameters):
        view = ask_view(read_view(stem, months), parameters, months)
        body = pages.write_page(view, language)
        return body and unescape(body.decode())

    return write_page


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("stem", STEMS)
def test_every_page_is_in_every_language(write, stem, language):
    """With a title, its siblings, no gap in a label, and no line of another script."""
    text = write(stem, language)
    assert f'<html lang="{language}"' in text
    assert len(re.findall(r"<h1>[^<]+</h1>", text)) == 1
    assert len(re.findall(r"<a [^>]*hreflang=", text)) == 3
    assert not re.search(r"\{[a-z]\w*\}", text)
    assert " style=" not in text
    assert "<script" not in text


def test_the_start_page_has_four_figures_with_their_month(write):
    """Promised, kept, late, overdue."""
    text = write("index")
    assert re.findall(r'<dd><a href="[^"]+">(\d+)</a><span class="tag">as of November 2026</span>', text) == [
        *("40", "0", "0", "12")
    ]
    assert "of the other 12 no plan dated after it has been read" in text


def test_every_row_leads_to_the_row_that_was_printed(write):
    """And says how to correct it."""
    text = write("overdue")
    rows = text.count('<p class="basis">')
    assert rows == 12
    assert len(re.findall(r'<a href="\./record/[^"]+">2024–2026 [A-D]', text)) >= 8
    assert text.count("#correct") == rows


def test_filters_are_links_that_keep_the_others(write):
    """A chosen value can be taken away again."""
    text = write("overdue", body=["hk-hhb"], sort=["name"])
    assert "8 in all" in text
    assert 'aria-current="true">✕ <bdi>Health Bureau' in text
    assert "?body=hk-hhb&frequency=ANNUAL&sort=name" in text
    assert "overdue.csv?body=hk-hhb&sort=name" in text


def test_two_bodies_stand_side_by_side(write):
    """Whoever is not known is left out."""
    text = write("compare", a=["hk-hhb"], b=["hk-itc"])
    assert text.count("<h2>") == 2
    assert write("compare", a=["nobody"], b=["<b>"]).count("<h2>") == 0
    # Both charts have one scale: that of a body alone differs from its own beside one with more promises in a year.
    charts = [re.findall(r'<svg class="chart".*?</svg>', page, re.DOTALL) for page in (text, write("body/hk-hhb"))]
    assert len(charts[0]) == 2
    assert charts[0][0] != charts[1][0]


def test_markup_in_parameters_is_text(library):
    """Nothing that is asked for becomes markup: it is told as it is."""
    views = ViewFiles(library, PromiseMonths(library.snapshot))
    page = views.write("promises", "html", "en", {"body": ["<b>"], "state": ['"><b>'], "sort": ["<b>"]}).decode()
    assert "<b>" not in page
    assert page.count("there is no “") == 3
    assert "&lt;b&gt;" in page


def test_a_body_or_page_that_is_not_there_is_none(write):
    """The server answers with 404."""
    assert write("body/nobody") is None
    assert write("overdue/page-9") is None


def test_the_accuracy_on_the_page_is_that_of_the_documentation():
    """Figures are not told twice in different ways."""
    sections = tomllib.loads(files("dcat_hk.serving.web").joinpath("about.toml").read_text("utf-8"))["sections"]
    told = [row for section in sections for row in section.get("table", ())]
    page = (ROOT / "docs" / "explanation" / "accuracy.md").read_text(encoding="utf-8")
    lines = [line for line in page.splitlines() if line.startswith("|")]
    assert len(told) == 6
    for row in told:
        pattern = rf"\| {re.escape(row['kind'])} \|.*\| {re.escape(row['rows'])} \| {re.escape(row['cells'])} \|"
        assert any(re.match(pattern, line) for line in lines), row


def test_the_chart_of_a_body_is_an_image_of_its_own(library):
    """With the name of the body in its title."""
    months = PromiseMonths(library.snapshot)
    chart = PromisePages(library, months).draw_chart(read_view("body/hk-hhb", months), "en").decode()
    assert "<title>Health Bureau" in chart
