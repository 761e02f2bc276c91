"""Citations have the digest of the build; text of plans cannot break their formats."""

import json

import pytest

from dcat_hk.serving.web.cite import Citation, CitePages

EVIL = Citation("a", 'x} & {"%_#$\\', "b", "https://e.org/a", "0" * 64, "2026-01-02")


@pytest.fixture(scope="module")
def pages(followed):
    """Return the writer of citations."""
    return CitePages(followed)


def test_text_of_plans_is_text_in_every_format():
    """Braces are balanced in BibTeX, and JSON is JSON."""
    text = EVIL.as_bibtex().replace("\\{", "").replace("\\}", "")
    assert text.count("{") == text.count("}")
    assert json.loads(EVIL.as_csl())[0]["title"] == EVIL.title


def test_the_build_is_cited_where_there_is_no_dataset(pages, followed):
    """In the language of the reader."""
    for language, title in {
        "en": "Hong Kong government open data plans",
        "zh-Hans": "香港政府开放数据计划目录",
    }.items():
        citation = pages.find("", language)
        assert (citation.title, citation.address, citation.digest) == (title, followed.base, followed.snapshot.digest)
    assert pages.find("nothing", "en") is None
    assert followed.snapshot.digest.encode() in pages.write_page("nothing", "en")


def test_a_dataset_is_cited_by_its_name_or_its_iri(pages, followed):
    """Both are the same."""
    iri = followed.datasets[0]
    assert pages.find(iri, "en") == pages.find(iri.rpartition("/")[2], "en")
    assert pages.find(iri, "en").address == iri


def test_a_static_site_has_no_links_with_parameters(followed):
    """Nobody would read them."""
    assert b"format=bibtex" not in CitePages(followed, queries=False).write_page("", "en")
