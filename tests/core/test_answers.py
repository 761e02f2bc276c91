"""Answers of servers within limits."""

import threading
import time

import pytest

from dcat_hk.core.answers import AnswerTooLarge, join_blocks, work_within


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
