"""The outcome as a page."""

from support.html_pages import Page
from support.validation_outcomes import outcome, result

from dcat_hk.checking.validating.report_html import as_html


def test_only_addresses_of_the_web_are_links():
    """A shape's address becomes a link if it is of http or https; the page loads nothing else."""
    links = {"urn:1": "https://a.example/spec", "urn:2": "javascript:alert(1)"}
    page = Page(as_html(outcome(result(source_shape="urn:1"), result(source_shape="urn:2"), links=links)))
    assert page.links == ["https://a.example/spec"]
    assert not {"script", "link", "img"} & {tag for tag, _attributes in page.tags}


def test_data_is_text():
    """Mark-up in focus nodes, values and names of files is shown as it is."""
    page = Page(as_html(outcome(result("urn:<script>", value='"<b>"'))))
    assert not {"script", "b"} & {tag for tag, _attributes in page.tags}
    assert any("<script>" in text for text in page.texts)


def test_the_page_is_in_the_language_of_the_report():
    """The page names its language and has its words."""
    page = Page(as_html(outcome(result(), language="zh-Hant")))
    assert dict(page.tags)["html"]["lang"] == "zh-Hant"
    assert any("驗證結果" in text for text in page.texts)


def test_a_long_list_is_cut_and_counted():
    """A thousand focus nodes are listed, and the number of the others."""
    page = Page(as_html(outcome(*(result(f"urn:{n:04}") for n in range(1002)))))
    text = "".join(page.texts)
    assert "urn:0999" in text
    assert "urn:1000" not in text
    assert "… and 2 more" in text
