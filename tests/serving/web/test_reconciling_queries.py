"""Reconciliation queries are checked before they are answered."""

import json

import pytest

from dcat_hk.serving.web.reconciling_queries import (
    MOST_CANDIDATES,
    MOST_QUERIES,
    last_name,
    read_batch,
    read_extension,
    read_one,
    read_single,
)
from dcat_hk.serving.web.requests import RequestError


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ({}, {"dataset", "body"}),
        ({"type": "dcat:Dataset"}, {"dataset"}),
        ({"type": "http://www.w3.org/ns/dcat#Dataset"}, {"dataset"}),
        ({"type": ["http://www.w3.org/ns/org#Organization"]}, {"body"}),
        ({"type": "http://xmlns.com/foaf/0.1/Organization"}, {"body"}),
        ({"type": ["Dataset", "Agent"]}, {"dataset", "body"}),
        ({"type": "schema:Person"}, set()),
        ({"type": ""}, {"dataset", "body"}),
        ({"type": []}, {"dataset", "body"}),
        ({"type": ["Dataset", "Agent"], "type_strict": "all"}, set()),
        ({"type": "schema:Person", "type_strict": "should"}, {"dataset", "body"}),
    ],
)
def test_types_have_several_names(query, kinds):
    """IRIs, prefixed names, and names alone."""
    assert read_one({"query": "a", **query}, "q").kinds == kinds


@pytest.mark.parametrize(
    ("limit", "expected"), [(None, 10), (0, 10), (3, 3), (2.9, 2), (0.5, 1), (10**6, MOST_CANDIDATES)]
)
def test_limits_are_kept_within_limits(limit, expected):
    """A client that asks for too many gets as many as there may be."""
    assert read_one({"query": "a", "limit": limit}, "q").limit == expected


def test_values_may_be_texts_numbers_and_things():
    """Of a thing the last part of its name counts."""
    values = ["a", 2, 2.5, {"id": "organisation/hk-hhb", "name": "x"}]
    assert read_one({"properties": [{"pid": "dct:publisher", "v": values}]}, "q").properties == (
        ("publisher", ("a", "2", "2.5", "hk-hhb")),
    )


@pytest.mark.parametrize(
    "query",
    [
        None,
        5,
        "a",
        [],
        {},
        {"properties": []},
        {"query": 5},
        {"query": None},
        {"query": "a", "limit": "x"},
        {"query": "a", "limit": -1},
        {"query": "a", "limit": True},
        {"query": "a", "type": 5},
        {"query": "a", "type": [5]},
        {"query": "a", "type_strict": "none"},
        {"query": "a", "properties": {}},
        {"query": "a", "properties": ["x"]},
        {"query": "a", "properties": [{"pid": "x"}]},
        {"query": "a", "properties": [{"pid": 5, "v": "x"}]},
        {"query": "a", "properties": [{"p": "x", "v": "x"}]},
        {"query": "a", "properties": [{"pid": "x", "v": None}]},
        {"query": "a", "properties": [{"pid": "x", "v": {"name": "x"}}]},
        {"query": "a", "properties": [{"pid": "x", "v": ["y"] * 51}]},
        {"query": "a", "properties": [{"pid": "x", "v": "y"}] * 51},
    ],
)
def test_what_is_no_query_is_refused(query):
    """The query is named."""
    with pytest.raises(RequestError, match=r"^q7: ") as caught:
        read_batch(json.dumps({"q1": {"query": "a"}, "q7": query}))
    assert caught.value.status in {400, 413}


@pytest.mark.parametrize("text", ["", "[]", "5", "{", "[" * 100_000, '"a"', '{"a": NaN}'])
def test_what_is_no_batch_is_refused(text):
    """Whatever it is."""
    with pytest.raises(RequestError):
        read_batch(text)
    with pytest.raises(RequestError):
        read_extension(text)


def test_a_request_has_a_limit_of_queries():
    """More is no list of a person's."""
    one = {"query": "a"}
    assert len(read_batch(json.dumps({str(number): one for number in range(MOST_QUERIES)}))) == MOST_QUERIES
    with pytest.raises(RequestError) as caught:
        read_batch(json.dumps({str(number): one for number in range(MOST_QUERIES + 1)}))
    assert caught.value.status == 413


def test_a_single_query_may_be_a_text_alone():
    """Clients of earlier versions send it so; half a character becomes a mark."""
    assert read_single("醫院").text == read_single('{"query": "醫院"}').text == "醫院"
    assert read_single('{"query": "a\\ud800"}').text == "a?"
    with pytest.raises(RequestError):
        read_single('{"query": ')


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"ids": "a", "properties": []},
        {"ids": [5], "properties": []},
        {"ids": [], "properties": {}},
        {"ids": [], "properties": ["a"]},
        {"ids": [], "properties": [{"name": "a"}]},
        {"ids": ["a"] * 501, "properties": []},
        {"ids": [], "properties": [{"id": "a"}] * 51},
    ],
)
def test_what_is_no_extension_is_refused(query):
    """Lists of texts and of objects with an identifier."""
    with pytest.raises(RequestError, match="extend"):
        read_extension(json.dumps(query))


def test_last_parts_of_names():
    """Of IRIs with slash or hash, of prefixed names, of nothing."""
    assert [last_name(one) for one in ("http://a.example/B/", "http://a.example/#C", "x:D", "e", "")] == [
        "b",
        "c",
        "d",
        "e",
        "",
    ]
