"""Queries are checked before they are run: size, SERVICE, and the graphs that they name."""

from __future__ import annotations

import pytest

from dcat_hk.core.errors import UsageError
from dcat_hk.serving.web.query_checks import QueryRequest, check_request, find_words


def test_words_of_names_and_strings_are_no_keywords():
    """What only looks like SERVICE passes."""
    assert find_words('SELECT ?SERVICE { ex:SERVICE <SERVICE> "SERVICE" . } # SERVICE') == {"SELECT"}
    check_request(QueryRequest("SELECT ?service { ?service ?p 'SERVICE' }", ""))
    with pytest.raises(UsageError, match="no query"):
        check_request(QueryRequest("  ", ""))
