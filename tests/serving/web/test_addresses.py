"""Addresses of pages are relative, percent-encoded, and never of a dangerous scheme."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest

from dcat_hk.serving.web.addresses import (
    get_local_path,
    get_page_suffix,
    get_root_address,
    make_link,
    make_sibling_link,
    split_page_path,
)

BASE = "https://example.org/plans/"


@pytest.mark.parametrize(
    "iri",
    ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "//evil.example/", "JAVASCRIPT:x"],
)
def test_dangerous_schemes_are_not_linked(iri):
    """Only http, https and mailto become links."""
    assert make_link(iri, BASE, "a.html", "en") == ""


def test_links_to_other_sites_stay_as_they_are():
    """An IRI that is not under the base IRI is its own address, also if it begins like the base IRI."""
    for iri in ("http://a.example/", "https://example.org/plans", "mailto:a@b.example"):
        assert make_link(iri, BASE, "a.html", "en") == iri


@pytest.mark.parametrize("page", ["a.html", "x/a.html", "x/y/a.html"])
def test_a_relative_link_resolves_to_the_page_of_the_thing(page):
    """From any depth, and under any path of a proxy, the link leads to the page in the same language."""
    link = make_link(f"{BASE}dataset/o'd d?x", BASE, page, "zh-Hans")
    assert urljoin(f"http://proxy.example/p/{page}", link) == "http://proxy.example/p/dataset/o'd%20d%3Fx.zh-Hans.html"


def test_a_page_path_and_its_suffix_are_inverse():
    """The path of a page in any language gives back the thing and the language."""
    for language in ("zh-Hant", "zh-Hans", "en"):
        assert split_page_path("dataset/a.b" + get_page_suffix(language)) == ("dataset/a.b", language)


def test_a_sibling_link_cannot_be_a_scheme_or_another_host():
    """A name with a colon or slashes stays a relative address; encoding is not doubled."""
    assert make_sibling_link("a/javascript:x", ".ttl") == "./javascript:x.ttl"
    assert make_sibling_link("a/b%20c", ".ttl") == "./b%20c.ttl"
    assert make_sibling_link("a/b\r\nSet-Cookie: x", "") == "./b%0D%0ASet-Cookie:%20x"


def test_paths_outside_the_base_iri():
    """The base IRI itself has the empty path; a shorter or different IRI has none."""
    assert get_local_path(BASE, BASE) == ""
    assert get_local_path("https://example.org/", BASE) is None
    assert get_root_address("") == "./"
