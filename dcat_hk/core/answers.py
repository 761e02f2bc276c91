"""
Answers of servers within limits: of bytes, and of time however the server spends it.

In: work that asks a server, blocks of a body. Out: what the work gives, a body. It knows no HTTP and makes no errors of
its own for people: who asks says what it asked for.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import TypeVar

_Answer = TypeVar("_Answer")


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
