"""The page of a search shows what was found, its filters are links, and texts are text."""

import csv
import io
from html import unescape

import pytest

from dcat_hk.core.tables import table_layouts
from dcat_hk.serving.search.searching import SearchQuestion
from dcat_hk.serving.web.find_pages import COLUMNS, FindPages, read_question
from dcat_hk.serving.web.promise_months import PromiseMonths


@pytest.fixture(scope="module")
def find_pages(library):
    """Return the pages of the seeds' catalogue."""
    months = PromiseMonths(library.snapshot)
    return FindPages(library, library.index, months.get(months.usual))


def test_parameters_that_make_no_sense_are_passed_over():
    """Pages without a number, orders and facets that are unknown."""
    question = read_question({"page": ["x"], "sort": ["sideways"], "colour": ["red"], "body": ["a", "a", "b"]}, "en")
    assert (question.start, question.order, dict(question.filters)) == (0, "relevance", {"body": ("a", "b")})
    assert read_question({"page": ["9" * 30]}, "en").start == 0


@pytest.mark.parametrize("language", ["en", "zh-Hant", "zh-Hans"])
def test_a_page_has_everything_in_its_language(find_pages, language):
    """The number found, facets with labels, links to the other languages that keep the question."""
    page = unescape(find_pages.write_page(SearchQuestion("醫院", {"stage": ("planned",)}, language=language)).decode())
    assert f'<html lang="{language}"' in page
    assert page.count("?q=%E9%86%AB%E9%99%A2&stage=planned") >= 3
    assert 'aria-current="true"' in page
    assert '<input type="hidden" name="stage" value="planned">' in page


def test_words_of_the_glossary_are_told_in_the_script_of_the_page(find_pages):
    """Whoever asks in English sees which Chinese words were searched for."""
    asked = {tag: find_pages.write_page(SearchQuestion("licence", language=tag)).decode() for tag in ("en", "zh-Hans")}
    assert "Also searched for: 執照, 牌照" in asked["en"]
    assert "亦搜索：执照" in asked["zh-Hans"]


def test_markup_in_a_question_is_text(find_pages):
    """Nothing that is typed becomes markup."""
    page = find_pages.write_page(SearchQuestion('"><script>', {"body": ('"><b>',)}, language="en")).decode()
    assert "<script>" not in page
    assert "<b>" not in page


def test_pages_lead_on(find_pages):
    """The first page links to the second, which shows other datasets."""
    first = find_pages.write_page(SearchQuestion(language="en")).decode()
    second = find_pages.write_page(SearchQuestion(start=20, language="en")).decode()
    assert 'href="search.en.html?page=2"' in first
    assert 'start="21"' in second
    assert first.count("<li>\n<h2>") == second.count("<li>\n<h2>") == 20


def test_columns_have_the_names_that_they_have_everywhere():
    """Whoever reads an export reads this list, too."""
    assert set(COLUMNS) <= {column.name for layout in table_layouts().values() for column in layout.columns}


def test_a_list_is_a_table_for_spreadsheets(find_pages):
    """All that was found, with a byte order mark, whatever page was looked at."""
    body = find_pages.write_list(SearchQuestion("醫院", start=20, language="en"), "csv")
    rows = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))
    assert body.startswith(b"\xef\xbb\xbf")
    assert len(rows) == find_pages._index.search(SearchQuestion("醫院")).count
    assert all(row["dataset"].endswith(f"/{row['identifier']}") and row["title_zh_hant"] for row in rows)
    assert {row["publisher_en"] for row in rows} >= {"Hospital Authority", "Health Bureau"}
    assert {row["stage"] for row in rows} <= {"planned", "released"}
