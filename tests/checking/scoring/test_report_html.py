"""The score as a page: accessible, safe against what a catalogue says, loading nothing."""

import re

import pytest
from support.html_pages import Page
from support.scored_catalogues import LANGUAGES, WHOLE, command, scored

from dcat_hk.checking.scoring.report_html import as_html


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_html_is_one_accessible_page(published, count, language):
    """The page has no script and loads nothing, names its language, and every bar and table has a text."""
    page = Page(command(published, "--format", "html", "--lang", language, "--skip-validation").stdout)
    tags = [tag for tag, _attributes in page.tags]
    assert ("html", {"lang": language, "dir": "ltr"}) in page.tags
    assert "script" not in tags
    assert "link" not in tags
    assert not any(name.startswith("on") for _tag, attributes in page.tags for name in attributes)
    assert all(link.startswith("https://example.org/dcat-hk/dataset/") for link in page.links)
    bars = [a for _tag, a in page.tags if a.get("class") == "bar"]
    assert len(bars) > count
    assert all(a["role"] == "img" and a["aria-label"] for a in bars)
    assert tags.count("table") == tags.count("caption") == 5
    assert tags.count("details") == count


def test_html_escapes_what_a_catalogue_says(tmp_path):
    """Tags in titles stay text, and only addresses of the web become links."""
    path = tmp_path / "x.ttl"
    path.write_text(WHOLE.replace(":d ", "<javascript:alert(1)> "), encoding="utf-8")
    text = command(path, "--format", "html", "--skip-validation").stdout
    assert "<b>D</b>" not in text
    assert "&lt;b&gt;D&lt;/b&gt;" in text
    assert Page(text).links == []


def test_names_carry_their_language_where_it_is_another(tmp_path):
    """A name from the catalogue has a lang attribute only if its language is not the page's."""
    page = "".join(as_html(scored(tmp_path, WHOLE, language="zh-Hant")))
    assert re.search(r'lang="en"[^>]*>&lt;b&gt;D', page)
    assert not re.search(r'lang="en"[^>]*>&lt;b&gt;D', "".join(as_html(scored(tmp_path, WHOLE))))
