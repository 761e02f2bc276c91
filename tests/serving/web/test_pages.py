"""Pages show things in three languages; their text is never markup."""

from __future__ import annotations

import re
from html import unescape

import pytest
from support.decided_plans import write_decided_plan
from support.web_servers import BASE, DATASET

from dcat_hk.build import build
from dcat_hk.core.namespaces import DCAT, DCT, RDF
from dcat_hk.core.settings import Settings
from dcat_hk.core.terms import Literal, Thing
from dcat_hk.serving.web.library import Library, fill_store
from dcat_hk.serving.web.pages import SitePageWriter, make_frame, write_query_page
from dcat_hk.serving.web.snapshot import take_snapshot

EVIL = '</title><script>alert(1)</script>"\u202e'


@pytest.fixture(scope="module")
def pages(library):
    """Return a writer of pages with queries."""
    return SitePageWriter(library)


def test_a_catalogue_leads_to_the_changes_only_where_there_are_any(library):
    """A server without a history has no such feed; a static site has."""
    document = library.find_document(f"{library.base}catalogue")
    for changes in (True, False):
        page = SitePageWriter(library, changes=changes).write_thing_page("catalogue", document, "en")
        assert (b"changes.trig" in page) is changes


def test_text_is_escaped_everywhere(pages):
    """Markup in a title or an IRI appears as text only, on the page and in its data for search engines."""
    thing = Thing(
        f"{BASE}dataset/evil",
        {RDF.type: [DCAT.Dataset], DCT.title: [Literal(EVIL, "en")], DCAT.landingPage: ["javascript:alert(2)"]},
    )
    text = pages.write_thing_page("dataset/evil", [thing], "en").decode()
    assert "<script>alert" not in text
    assert EVIL in unescape(text)
    assert 'href="javascript' not in text
    assert "javascript:alert(2)" in text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-Hant", ["更新頻率", "香港警務處", "第64行"]),
        ("zh-Hans", ["更新频率", "罪案数字比较"]),
        ("en", ["Update frequency", "Hong Kong Police Force", "line 64"]),
    ],
)
def test_labels_are_in_the_language_of_the_page(library, pages, language, words):
    """Properties, values and places are in the language of the page, and so is the root element."""
    text = pages.write_thing_page(DATASET, library.find_document(BASE + DATASET), language).decode()
    assert f'<html lang="{language}"' in text
    assert [word for word in words if word not in text] == []


def test_a_long_list_of_values_is_cut_with_a_note(pages):
    """A page shows 200 values of a property and states how many more there are."""
    values = [Literal(f"value {number}", "en") for number in range(1002)]
    text = pages.write_thing_page("x", [Thing(f"{BASE}x", {DCT.description: values})], "en").decode()
    assert text.count(">value ") == 200
    assert "802 more" in text


def test_a_document_without_a_thing_of_its_name(pages):
    """A document that only describes things with a fragment has its path as heading and a section for each."""
    text = pages.write_thing_page("def/x", [Thing(f"{BASE}def/x#a", {RDF.type: [DCT.Location]})], "en").decode()
    assert re.search(r"<h1><bdi[^>]*>def/x</bdi></h1>", text)
    assert '<h3 id="a">' in text


def test_a_static_site_has_no_link_to_queries(library):
    """Without a SPARQL endpoint no page links to it."""
    document = library.find_document(BASE + DATASET)
    assert b"sparql" not in SitePageWriter(library, queries=False).write_thing_page(DATASET, document, "en")
    assert b"sparql.en.html" in SitePageWriter(library).write_thing_page(DATASET, document, "en")


def test_links_to_other_languages_are_relative():
    """Each page links to its siblings in all languages, each named in its own language."""
    links = make_frame("dataset/a.en.html", "dataset/a", "en", True)["languages"]
    assert [(tag, address) for tag, _name, address in links] == [
        ("zh-Hant", "./a.html"),
        ("zh-Hans", "./a.zh-Hans.html"),
        ("en", "./a.en.html"),
    ]


def test_the_query_page_escapes_the_query():
    """A query with markup is text in the form, an error message, too."""
    values = {"query": EVIL, "problem": EVIL, "seconds": "10", "rows": 10000, "choices": [], "named": [], "hint": ""}
    text = write_query_page("sparql", "en", values).decode()
    assert "<script>" not in text
    assert unescape(text).count(EVIL) == 2
    assert "10,000 rows" in text


def test_a_missing_page_names_the_address_as_text(pages):
    """Markup in an address is text."""
    text = pages.write_missing_page("no/<i>", "en").decode()
    assert "https://example.org/dcat-hk/no/&lt;i&gt;" in text
    assert 'href="../catalogue.en.html"' in text


def test_no_heading_has_an_empty_id(pages, library):
    """A distribution is found by a fragment that names it."""
    page = pages.write_thing_page(DATASET, library.find_document(BASE + DATASET), "en").decode()
    assert 'id=""' not in page
    assert ' id="distribution-' in page


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "date: “13/2023” is printed, “12/2023” is meant (Chan Tai Man, 2024-02-01). There is no such thing."),
        ("zh-Hant", "日期：印作「13/2023」，應為「12/2023」（Chan Tai Man，2024-02-01）。There is no such thing."),
        ("zh-Hans", "日期：印作“13/2023”，应为“12/2023”（Chan Tai Man，2024-02-01）。There is no such thing."),
    ],
)
def test_the_page_of_a_dataset_shows_what_people_corrected(corrected, language, words):
    """Beside the words as printed stand both values, who says so, when and why."""
    (dataset,) = [iri for iri in corrected.datasets if corrected.find_records(iri)[0].endswith("/D-ii-1")]
    path = dataset.removeprefix(BASE)
    text = SitePageWriter(corrected).write_thing_page(path, corrected.find_document(dataset), language).decode()
    assert words in unescape(text)
    assert "風箏數字比鉸" in text
    assert "D-ii-1" in text


@pytest.fixture(scope="module")
def corrected(tmp_path_factory):
    """Give the library of a catalogue with corrections."""
    folder = tmp_path_factory.mktemp("corrected")
    plans = write_decided_plan(folder / "plans")
    build([plans], folder / "output", Settings(), jobs=1, decisions=plans / "decisions")
    snapshot = take_snapshot(folder / "output")
    fill_store(snapshot)
    yield Library(snapshot)
    snapshot.discard()
