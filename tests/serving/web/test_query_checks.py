"""Requests for queries are checked before a process gets them: their length only."""

from __future__ import annotations

import pytest

from dcat_hk.core.errors import UsageError
from dcat_hk.serving.web.query_checks import MAX_LENGTH, QueryRequest, check_request


def test_empty_and_long_queries_are_refused():
    """A query of only spaces is none; the limit of characters is included."""
    with pytest.raises(UsageError, match="no query"):
        check_request(QueryRequest(" \n", ""))
    check_request(QueryRequest("#" * MAX_LENGTH, ""))
    with pytest.raises(UsageError, match="longer than 100,000 characters"):
        check_request(QueryRequest("#" * (MAX_LENGTH + 1), ""))
