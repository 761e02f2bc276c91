"""
Answers of servers within limits: of bytes, and of time however the server spends it.

In: work that asks a server, blocks of a body, a date. Out: what the work gives, a body, a time. It makes no errors of
its own for people: who asks says what it asked for.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

_Answer = TypeVar("_Answer")
#: A longer text is no date.
_LONGEST_DATE = 64


class AnswerTooLarge(Exception):
    """A body has more bytes than it may."""


def join_blocks(blocks: Iterable[bytes], most: int) -> bytes:
    """
    Return a body that is not too large; of one that is, no more than that is read.

    Args:
        blocks: The body, piece by piece.

        most: Bytes that it may have.

    Raises:
        AnswerTooLarge: It has more.

    >>> join_blocks([b"a", b"b"], 2)
    b'ab'
    """
    data = bytearray()
    for block in blocks:
        data += block
        if len(data) > most:
            raise AnswerTooLarge
    return bytes(data)


def work_within(work: Callable[[], _Answer], limit: float) -> _Answer:
    """
    Return what work gives within a time, or raise what it raises.

    It is done by a thread that can be left alone: neither looking up a name nor a server that sends a byte now and
    then could be held to a time otherwise.

    Args:
        work: The work.

        limit: Seconds that it may take.

    Raises:
        TimeoutError: It takes longer.

    >>> work_within(lambda: 2, 10.0)
    2
    """
    answers: list[_Answer] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            answers.append(work())
        except BaseException as error:  # noqa: BLE001 - it is raised again where it can be seen
            errors.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(limit)
    if errors:
        raise errors[0]
    if not answers:
        raise TimeoutError
    return answers[0]


def read_http_date(text: str) -> datetime | None:
    """
    Return the time of a date in a header; None if it is none, whatever stands there.

    Args:
        text: The value of the header.

    >>> read_http_date("Fri, 01 Jan 2027 00:00:30 GMT").isoformat()
    '2027-01-01T00:00:30+00:00'
    >>> read_http_date("Fri, 01 Jan 99999999999 00:00:30 GMT"), read_http_date("soon")
    (None, None)

    Spec: RFC 9110, section 5.6.7.
    """
    if len(text) > _LONGEST_DATE:
        return None
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, OverflowError, TypeError, LookupError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)
