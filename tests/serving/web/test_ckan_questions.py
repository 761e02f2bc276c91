"""Parameters of the action API are understood as CKAN does, or refused; none is passed over."""

import pytest

from dcat_hk.serving.web.ckan_questions import InvalidParameter, read_list, read_number, read_question

NOW = "2026-03-01T12:00:00"


@pytest.mark.parametrize(
    ("parameters", "words", "conditions"),
    [
        ({"q": "*:*"}, "", []),
        ({"q": "急症 organization:hk-hhb"}, "急症", ["body=hk-hhb"]),
        ({"q": "急症 -organization:hk-hhb"}, "急症", ["body!hk-hhb"]),
        ({"q": "http://x.example/"}, "http://x.example/", []),
        ({"fq": '+groups:"health" +tags:(a OR "b c")'}, "", ["category=health", "keyword=a|b c"]),
        ({"fq_list": ["year:2019", "year:2020"]}, "", ["year=2019", "year=2020"]),
        ({"q": None, "fq": [None, "stage:planned"]}, "", ["stage=planned"]),
        ({"fq": "organization:*"}, "", []),
        ({"fq": "*:*"}, "", []),
        ({"fq": "organization:a OR organization:b OR organization:c tags:x"}, "", ["body=a|b|c", "keyword=x"]),
        ({"fq": "(organization:a OR organization:b) AND (tags:x)"}, "", ["body=a|b", "keyword=x"]),
        ({"fq": "res_format:(CSV AND JSON)"}, "", ["format=CSV", "format=JSON"]),
        ({"fq": "res_format:(CSV JSON OR XML)"}, "", ["format=CSV", "format=JSON|XML"]),
        ({"fq": "-organization:a -organization:b !tags:x"}, "", ["body!a", "body!b", "keyword!x"]),
        ({"fq": "NOT groups:(a OR b) -state:deleted"}, "", ["category!a|b"]),
        ({"fq": "organization:a organization:b"}, "", ["body=a", "body=b"]),
    ],
)
def test_words_and_filters_are_told_apart(parameters, words, conditions):
    """In `q`, `fq` and `fq_list`, once or several times; what is left out, and what may be instead of something."""
    found = read_question(parameters, NOW)
    said = [f"{one.kind}{'=' if one.is_wanted else '!'}{'|'.join(one.values)}" for one in found.conditions]
    assert (found.words, said, found.is_empty) == (words, conditions, False)


@pytest.mark.parametrize(
    ("fq", "is_empty"),
    [
        ("metadata_modified:[2026-03-01T00:00:00Z TO *]", False),
        ("metadata_modified:[2026-03-02T00:00:00Z TO *]", True),
        ("metadata_created:[* TO 2026-02-28T00:00:00Z]", True),
        ("metadata_created:[* TO *]", False),
        ("state:active", False),
        ("state:deleted", True),
        ("type:harvest", True),
        ("-type:harvest", False),
        ("-type:dataset", True),
        ("-organization:*", True),
    ],
)
def test_what_is_the_same_for_all_finds_all_or_nothing(fq, is_empty):
    """Times of the build, and states."""
    assert read_question({"fq": fq}, NOW).is_empty == is_empty


@pytest.mark.parametrize(
    "fq",
    [
        *("nothing:1", "year:[1 TO 2]", "metadata_modified:x", "-metadata_modified:[* TO *]", "words", "tags:a words"),
        *(
            "tags:a OR groups:b",
            "tags:a OR -tags:b",
            "-(tags:a tags:b)",
            "-tags:(a b)",
            "OR tags:a",
            "tags:a OR state:active",
        ),
    ],
)
def test_filters_that_cannot_be_asked_are_refused(fq):
    """More would be found than was asked for."""
    with pytest.raises(InvalidParameter):
        read_question({"fq": fq}, NOW)


def test_lists_and_numbers_that_are_none():
    """Broken JSON is read as names; a number has digits only."""
    assert read_list('["a", 1, null]') == ["a"]
    assert read_list('["a", "b"') == ["a", "b"]
    assert read_list(None) == []
    assert read_number({"rows": 0}, "rows", 10, 1000) == 0
    for text in ("-1", "1e3", "٣", "1" * 20, []):
        with pytest.raises(InvalidParameter):
            read_number({"rows": text}, "rows", 10, 1000)
