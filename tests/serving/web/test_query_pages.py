"""Named queries are asked by forms, and their results are names with links."""

from __future__ import annotations

import json
import re

import pytest

from dcat_hk.serving.queries import load_named_queries
from dcat_hk.serving.web.query_pages import (
    ResultTable,
    bind_query,
    find_unknown,
    list_queries,
    make_form,
    read_values,
)

LANGUAGES = ("zh-Hant", "zh-Hans", "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", list(load_named_queries()))
def test_every_query_has_a_form_and_names_for_its_columns(name, language):
    """In the language of the page, without a field for the language."""
    query = load_named_queries()[name]
    form = make_form(query, {}, language)
    assert [field["name"] for field in form["fields"]] == [p.name for p in query.parameters if p.kind != "language"]
    assert all(field["label"] != field["name"] for field in form["fields"])
    text, problem = bind_query(query, read_values(query, {}, language), "https://example.org/x/", language)
    assert text
    assert problem == ""
    # A description of a thing has no columns.
    head = "".join(re.findall(r"SELECT (.*?) WHERE", text, re.DOTALL)[:1])
    names = set(re.findall(r"\?(\w+)(?= |$|\))", re.sub(r"\(.*? AS (\?\w+)\)", r"\1", head)))
    table = ResultTable(_NoLibrary(), language)
    shown = table.read_results(_write(sorted(names)), "application/sparql-results+json")
    assert all(column not in names for column in shown["columns"])


def test_what_is_filled_in_is_checked():
    """What is wrong is said, and what is empty counts as not filled in."""
    query = load_named_queries()["overdue"]
    assert read_values(query, {"as_of": [" "], "promise": ["first"], "language": ["en"], "x": ["y"]}, "zh-Hans") == {
        "promise": "first",
        "language": "zh-Hans",
    }
    assert "2020-01" in bind_query(query, {"as_of": "2020-01"}, "https://example.org/x/", "en")[0]
    text, problem = bind_query(query, {"as_of": '2020-01" } #'}, "https://example.org/x/", "en")
    assert text == ""
    assert "month" in problem


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_wrong_is_told_with_the_label_of_the_field(language):
    """In the language of the page, never with the name of a parameter."""
    query = load_named_queries()["due"]
    _text, problem = bind_query(query, {"month": "2026-13"}, "https://example.org/x/", language)
    label = query.parameters[0].description[language]
    assert problem.startswith(label)
    assert "2026-13" in problem
    assert ("is not a valid month" in problem) == (language == "en")


@pytest.mark.parametrize(
    ("name", "values", "is_unknown"),
    [
        ("body", {"body": "hk-hhb"}, False),
        ("body", {"body": "nobody"}, True),
        ("body", {}, False),
        ("dataset", {"dataset": "nothing"}, True),
        ("theme", {"theme": "HEAL"}, False),
        ("theme", {"theme": "XXXX"}, True),
        ("overdue", {"as_of": "2020-01"}, False),
    ],
)
def test_a_thing_that_is_not_there_is_told(library, name, values, is_unknown):
    """A body, a theme or a dataset: no results would say something else."""
    query = load_named_queries()[name]
    text, _problem = bind_query(query, values, library.base, "en")
    assert bool(find_unknown(query, values, text, library, "en")) == is_unknown


def test_a_body_is_chosen_from_a_list():
    """By its name; one that is not in the list stays what was asked for."""
    query = load_named_queries()["body"]
    bodies = [("hk-a", "A"), ("hk-b", "B")]
    (field,) = make_form(query, {"body": "hk-b"}, "en", bodies)["fields"]
    assert (field["kind"], field["value"], field["choices"]) == ("choice", "hk-b", bodies)
    (field,) = make_form(query, {"body": "x"}, "en", bodies)["fields"]
    assert field["choices"] == [*bodies, ("x", "x")]


def test_things_are_links_with_names():
    """Titles lead to datasets; a value without a name is shown as it is; nothing but HTTP becomes a link."""
    names = ["title", "dataset", "stage", "promised", "record"]
    row = {
        "title": {"type": "literal", "value": "巴士", "xml:lang": "zh-Hant"},
        "dataset": {"type": "uri", "value": "https://example.org/x/dataset/a"},
        "stage": {"type": "literal", "value": "planned"},
        "promised": {"type": "literal", "value": "2024-03"},
        "record": {"type": "uri", "value": "javascript:alert(1)"},
    }
    body = json.dumps({"head": {"vars": names}, "results": {"bindings": [row]}}).encode()
    found = ResultTable(_NoLibrary(), "en").read_results(body, "application/sparql-results+json")
    assert found["columns"] == ["Title", "Stage", "Promised", "Record"]
    (cells,) = found["table"]
    assert cells[0] == {"text": "巴士", "address": "./dataset/a.en.html", "tag": "zh-Hant"}
    assert [cell["text"] for cell in cells[1:]] == ["planned", "March 2024", "javascript:alert(1)"]
    assert [cell["address"] for cell in cells[1:]] == ["", "", ""]


@pytest.mark.parametrize(("language", "shown"), [("en", "line 73"), ("zh-Hant", "第73行"), ("zh-Hans", "第73行")])
def test_places_are_told_in_words(language, shown):
    """As on the page of a dataset."""
    row = {"place": {"type": "literal", "value": "lines 73-73"}}
    body = json.dumps({"head": {"vars": ["place"]}, "results": {"bindings": [row]}}).encode()
    found = ResultTable(_NoLibrary(), language).read_results(body, "application/sparql-results+json")
    assert found["table"][0][0]["text"] == shown
    assert found["count_text"] in {"1 result", "1項結果", "1项结果"}


def test_prefixes_are_no_statements():
    """A graph is counted by what it says."""
    found = ResultTable(_NoLibrary(), "en").read_results(b"@prefix a: <urn:a#> .\na:b a a:c .\n", "text/turtle")
    assert found["count_text"] == "1 statement"


def test_queries_are_listed_in_the_language_of_the_page():
    """Each with the address of its form."""
    listed = list_queries("en")
    assert {one["about"] for one in listed} == set(load_named_queries())
    assert all(one["address"].startswith("sparql.en.html?named=") for one in listed)


class _NoLibrary:
    """A library in which nothing has a name."""

    base = "https://example.org/x/"

    @staticmethod
    def find_labels(_iri):
        """Return nothing."""
        return ()


def _write(names):
    """Return results without rows."""
    return json.dumps({"head": {"vars": names}, "results": {"bindings": []}}).encode()


@pytest.mark.parametrize(
    ("name", "field", "word", "shown"),
    [
        ("overdue", "as_of", "today", "2026-11"),
        ("due", "month", "next", "2026-12"),
        ("new-since", "since", "newest", ""),
        ("new-since", "since", "next", "2026-12"),
    ],
)
def test_a_month_in_words_is_shown_as_a_month(name, field, word, shown):
    """As fields for months have it; what the query works out is empty."""
    form = make_form(load_named_queries()[name], {field: word}, "en", month="2026-11")
    assert next(one["value"] for one in form["fields"] if one["name"] == field) == shown
