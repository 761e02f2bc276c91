"""What is repeated does not fill the log; what was left out is counted."""

from __future__ import annotations

import asyncio
import logging

from dcat_hk.serving.web import quiet_logs
from dcat_hk.serving.web.quiet_logs import RepetitionFilter


def make_record(message, *arguments, error=None):
    """Return a record of the log."""
    information = (type(error), error, None) if error else None
    return logging.LogRecord("site", logging.ERROR, "file.py", 1, message, arguments, information)


def test_a_message_passes_a_few_times_a_minute(monkeypatch):
    """Whatever its arguments are; after a minute it passes again, with the number of those that did not."""
    now = [1000.0]
    monkeypatch.setattr(quiet_logs.time, "monotonic", lambda: now[0])
    passes = RepetitionFilter()
    assert [passes.filter(make_record("lost %s", number)) for number in range(100)].count(True) == 5
    assert passes.filter(make_record("another"))
    now[0] += 61
    record = make_record("lost %s", "x")
    assert passes.filter(record)
    assert record.getMessage() == "lost x (95 more were left out)"


def test_the_same_message_about_another_error_passes():
    """Errors of different types are different news."""
    passes = RepetitionFilter()
    assert [passes.filter(make_record("bug", error=ValueError())) for _ in range(9)].count(True) == 5
    assert passes.filter(make_record("bug", error=KeyError()))


def test_a_request_that_was_cancelled_is_no_news():
    """When the server stops, uvicorn would log a traceback for each request that does not end in time."""
    assert not RepetitionFilter().filter(make_record("Exception", error=asyncio.CancelledError()))


def test_many_messages_need_little_memory():
    """Strangers cannot fill the filter either."""
    passes = RepetitionFilter()
    for number in range(5000):
        assert passes.filter(make_record(f"message {number}"))
    assert len(passes._seen) <= 1000
