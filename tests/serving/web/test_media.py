"""Media types and languages are negotiated as RFC 9110 says, however strange the headers are."""

from __future__ import annotations

from dcat_hk.serving.web.media import choose_language, choose_media_type


def test_choosing_is_by_the_most_particular_range():
    """A form that is refused by name is not given because of a wildcard."""
    offered = ("text/turtle", "text/html")
    assert choose_media_type("text/turtle;q=0, */*", offered) == "text/html"
    assert choose_media_type("text/*;q=0.5, text/turtle;q=0.4", offered) == "text/html"
    assert choose_media_type("*/*;q=0", offered) is None
    assert choose_language("x-klingon, en;q=0.1") == "en"
