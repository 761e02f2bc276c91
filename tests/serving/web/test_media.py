"""Media types and languages are negotiated as RFC 9110 says, however strange the headers are."""

from __future__ import annotations

import pytest

from dcat_hk.serving.web.media import (
    choose_language,
    choose_media_type,
    get_media_type,
    parse_preferences,
    rank_media_types,
)

OFFERED = ("text/turtle", "text/html")


def test_the_most_specific_range_decides():
    """A format that is refused by name is not chosen because of a wildcard."""
    assert choose_media_type("text/turtle;q=0, */*", OFFERED) == "text/html"
    assert choose_media_type("text/*;q=0.5, text/turtle;q=0.4", OFFERED) == "text/html"
    assert choose_media_type("*/*;q=0", OFFERED) is None


def test_a_client_without_a_preference_gets_the_first():
    """A missing header, a wildcard and a header without any valid part are no preference."""
    assert {choose_media_type(header, OFFERED) for header in ("", "*/*", ";;;,,", "\x00")} == {"text/turtle"}


def test_another_name_of_a_media_type_counts_less_than_its_own():
    """application/json means JSON-LD, unless application/ld+json is refused by its name."""
    assert choose_media_type("application/json", ("text/turtle", "application/ld+json")) == "application/ld+json"
    assert choose_media_type("application/json, application/ld+json;q=0", ("application/ld+json",)) is None
    assert rank_media_types("text/plain, text/html", ("application/n-triples", "text/html"))[0] == "text/html"


@pytest.mark.parametrize("weight", ["1.001", "-1", "nan", "inf", "0.12345", "１", "", "0x1"])
def test_an_invalid_weight_disqualifies_its_range(weight):
    """Weights are numbers from 0 to 1 in ASCII digits; a range with another weight is skipped."""
    assert parse_preferences(f"text/html;q={weight}, text/turtle;q=0.5") == (("text/turtle", 0.5),)


def test_long_headers_are_read_in_part():
    """Only 50 parts of a header are read, so that a header cannot keep the server busy."""
    assert len(parse_preferences(",".join(f"a/{n}" for n in range(1000)))) == 50


def test_languages_by_weight():
    """The heaviest known language is chosen; an unknown, refused or malformed one is skipped."""
    assert choose_language("x-klingon, en;q=0.1") == "en"
    assert choose_language("en;q=0.4, zh-CN;q=0.6") == "zh-Hans"
    assert choose_language("en;q=0, zh-SG") == "zh-Hans"
    assert choose_language("../../etc, en'--") == "zh-Hant"


def test_an_unknown_file_is_bytes():
    """A file without a known suffix is not text that a browser would interpret."""
    assert get_media_type("a.exe") == get_media_type("changes/.lock") == "application/octet-stream"
    assert get_media_type("a.nt") == "application/n-triples"
