"""Tables of loads and queries are plain text for a terminal."""

from __future__ import annotations

import pytest

from dcat_hk.serving.queries import load_named_queries
from dcat_hk.serving.stores.loading import GraphOutcome, LoadOutcome
from dcat_hk.serving.stores.tables import make_load_table, make_query_table


def test_a_load_table_has_a_row_for_each_graph_and_the_totals():
    """Counts have thousands separators; a graph that was not counted has an empty cell, not a zero."""
    graphs = [
        GraphOutcome("urn:a", 1200, "checked", 1200),
        GraphOutcome("urn:b", 34, "not counted", None, "no query endpoint"),
        GraphOutcome("urn:c", 5, "differs", 0),
    ]
    lines = make_load_table(LoadOutcome(graphs), 200).splitlines()
    first, second, third, total = (
        next(line for line in lines if name in line) for name in ("urn:a", "urn:b", "urn:c", "3 graphs")
    )
    assert first.split()[-3:] == ["1,200", "1,200", "checked"]
    assert second.split() == ["urn:b", "34", "not", "counted", "no", "query", "endpoint"]
    assert third.split() == ["urn:c", "5", "0", "differs"]
    assert total.split() == ["3", "graphs", "1,239", "1,200"]


def test_messages_of_a_store_cannot_control_the_terminal():
    """Escape sequences in a remark are replaced."""
    table = make_load_table(LoadOutcome([GraphOutcome("urn:a", 1, "refused", None, "no\x1b[31m\nway")]), 200)
    assert "\x1b" not in table
    assert "no\ufffd[31m" in table


@pytest.mark.parametrize(
    ("language", "words"), [("en", "identifier or IRI of the dataset"), ("zh-Hant", "數據集的識別碼")]
)
def test_a_query_table_has_every_query_with_its_parameters(language, words):
    """Descriptions and parameters are in the language of the user, with the default values."""
    table = make_query_table(language, 400)
    assert all(name in table for name in load_named_queries())
    assert words in table
    assert "dataset=hk-hkpf-ukhk7mhen5" in table


def test_a_load_is_told_in_the_language_asked_for():
    """Heads, states and totals are in Chinese; names of graphs stay as they are."""
    table = make_load_table(LoadOutcome([GraphOutcome("urn:a", 1, "not tried")]), 200, "zh-Hant")
    assert "三元組" in table
    assert "未嘗試" in table
    assert "1個圖" in table
    assert "not tried" not in table
