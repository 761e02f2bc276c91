"""Sitemaps list the pages of datasets, plans, bodies and catalogues in three languages."""

from __future__ import annotations

from xml.etree import ElementTree

from support.web_servers import BASE, DATASET

from dcat_hk.serving.web.sitemap import list_names, write_index, write_robots, write_sitemap

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def read(library, number=1):
    """Return the entries of a sitemap by address, each with its links by language."""
    root = ElementTree.fromstring(write_sitemap(library, number))  # noqa: S314 - our own file
    return {
        entry.find(f"{SITEMAP}loc").text: {link.get("hreflang"): link.get("href") for link in entry.iter(LINK)}
        for entry in root
    }


def test_plans_bodies_and_catalogues_are_listed(library):
    """Not only datasets: a plan, its catalogue, a body and the whole catalogue have pages, too."""
    entries = read(library)
    for path in (DATASET, "plan/hk-hkpf/2024-2026", "catalogue/hk-hkpf/2024-2026", "organisation/hk-hkpf", "catalogue"):
        assert f"{BASE}{path}.html" in entries
    assert not [address for address in entries if "#" in address]
    assert {f"{iri}.html" for iri in library.datasets} <= set(entries)


def test_every_listed_page_exists(library):
    """An address in a sitemap leads to a document."""
    assert [iri for iri in read(library) if not library.has_document(iri.removesuffix(".html"))] == []


def test_each_entry_links_to_all_languages(library):
    """The links of an entry include the entry itself, as search engines require."""
    assert read(library)[f"{BASE}{DATASET}.html"] == {
        "zh-Hant": f"{BASE}{DATASET}.html",
        "zh-Hans": f"{BASE}{DATASET}.zh-Hans.html",
        "en": f"{BASE}{DATASET}.en.html",
    }


def test_there_is_no_sitemap_beyond_the_index(library):
    """Numbers outside the index have no sitemap."""
    assert list_names(library) == ["sitemap-1.xml"]
    locations = [one.text for one in ElementTree.fromstring(write_index(library)).iter(f"{SITEMAP}loc")]  # noqa: S314 - our own file
    assert locations == [f"{BASE}sitemap-1.xml"]
    assert write_sitemap(library, 0) is write_sitemap(library, -1) is write_sitemap(library, 2) is None


def test_robots_keep_away_from_queries(library):
    """Queries are excluded under the path of the base IRI."""
    assert b"Disallow: /dcat-hk/sparql?\n" in write_robots(library)
