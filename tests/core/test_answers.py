"""Answers of servers within limits."""

import threading
import time

import pytest

from dcat_hk.core.answers import AnswerTooLarge, join_blocks, read_http_date, work_within


def test_bodies_are_not_read_beyond_their_limit():
    """The limit itself may be reached; no block is taken after it is exceeded."""
    blocks = iter([b"ab", b"cd", b"ef"])
    assert join_blocks([b"ab", b"cd"], 4) == b"abcd"
    with pytest.raises(AnswerTooLarge):
        join_blocks(blocks, 3)
    assert next(blocks) == b"ef"


def test_work_that_takes_too_long_is_left_alone():
    """Whoever waits goes on in time, even where the work never ends."""
    ended = threading.Event()
    start = time.monotonic()
    with pytest.raises(TimeoutError):
        work_within(lambda: ended.wait(30), 0.1)
    assert time.monotonic() - start < 10
    ended.set()


def test_what_work_raises_is_raised():
    """Errors and answers come through as they are, None too."""
    with pytest.raises(KeyError):
        work_within(lambda: {}["a"], 5)
    assert work_within(lambda: None, 5) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "1 2 3",
        "Fri, 32 Jan 2027 00:00:30 GMT",
        "Fri, 01 Jan 99999999999 00:00:30 GMT",
        "Fri, 99999999999999999999 Jan 2020 00:00:30 GMT",
        "Fri, 01 Jan 2020 00:00:30 +99999999999",
        "Fri, 01 Jan 2020 00:00:30 GMT" + " " * 99,
        "\u0665, \u0661 Jan",
    ],
)
def test_what_is_no_date_is_none(text):
    """Whatever a server or a client writes: numbers that no clock has, too."""
    assert read_http_date(text) is None


def test_dates_without_a_zone_are_utc():
    """As those with one, whatever the zone of this machine."""
    assert read_http_date("Fri, 01 Jan 2027 01:00:00") == read_http_date("Fri, 01 Jan 2027 01:00:00 GMT")
