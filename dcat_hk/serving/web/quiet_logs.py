"""
What keeps the log readable, whatever clients do.

In: records of the log. Out: the same, without those that are repeated again and again.
"""

from __future__ import annotations

import asyncio
import logging
import time

#: Seconds in which a message is logged a few times only, how many times, and how many messages are remembered.
_PERIOD, _TIMES, _REMEMBERED = 60.0, 5, 1000


class RepetitionFilter(logging.Filter):
    """
    A filter that passes a message a few times a minute, and says how often it was left out.

    A request that was cancelled, because the server stops, is no error and is left out as well.

    >>> record = logging.makeLogRecord({"msg": "again"})
    >>> passes = RepetitionFilter()
    >>> [passes.filter(record) for _ in range(6)]
    [True, True, True, True, True, False]
    """

    def __init__(self) -> None:
        """Remember no message."""
        super().__init__()
        self._seen: dict[tuple[str, ...], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether a record is logged."""
        cause = record.exc_info[1] if record.exc_info else None
        if isinstance(cause, asyncio.CancelledError):
            return False
        # Not the text: it may name a client or an object, and be another each time.
        key = (record.name, str(record.msg)[:200], type(cause).__name__)
        now = time.monotonic()
        since, count = self._seen.get(key, (now, 0))
        if now - since > _PERIOD:
            if count > _TIMES:
                record.msg, record.args = f"{record.getMessage()} ({count - _TIMES} more were left out)", ()
            since, count = now, 0
        if len(self._seen) >= _REMEMBERED:
            self._seen.clear()
        self._seen[key] = since, count + 1
        return count < _TIMES
