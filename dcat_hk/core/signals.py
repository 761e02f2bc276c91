"""
Signals that ask a process to end -> an exception, so that what is begun is cleaned up.

In: signals of the system. Out: an exception with the exit code of a shell. Every command needs this from its start, so
nothing is imported here that takes long.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

#: The signals that ask a process to end, besides the key for it: `kill`, and a terminal that is closed. No system
#: has all of them.
ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name))


class Ended(SystemExit):
    """A signal asks the process to end; what is begun is cleaned up, and the exit code is that of a shell."""

    def __init__(self, number: int) -> None:
        """Keep the exit code."""
        super().__init__(128 + number)
        self.signal = signal.Signals(number).name


@contextmanager
def ending_on_signals() -> Iterator[None]:
    """
    Let SIGTERM and SIGHUP, on Windows SIGBREAK, end the block as an error would, so that nothing of it is left behind.

    A signal that is ignored, as `nohup` does, stays so. A second signal does not disturb the cleaning up.

    Raises:
        Ended: A signal came.

    >>> with ending_on_signals():
    ...     signal.getsignal(signal.SIGTERM) == signal.SIG_DFL
    False
    """
    outer = {}
    if threading.current_thread() is threading.main_thread():
        outer = {number: signal.getsignal(number) for number in ENDING if signal.getsignal(number) == signal.SIG_DFL}
    for number in outer:
        signal.signal(number, _end)
    try:
        yield
    finally:
        for number, handler in outer.items():
            signal.signal(number, handler)


def _end(number: int, _frame: FrameType | None) -> None:
    """End the process by an exception that everything cleans up after."""
    for other in ENDING:
        # Not SIG_IGN: of a signal that has come already, Python would tell that it is ignored.
        signal.signal(other, _pass)
    raise Ended(number)


def _pass(_number: int, _frame: FrameType | None) -> None:
    """Let a signal disturb nothing."""
