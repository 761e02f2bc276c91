"""
Signals that ask a process to end -> an exception, so that what is begun is cleaned up.

In: signals of the system. Out: an exception with the exit code of a shell. Every command needs this from its start, so
nothing is imported here that takes long.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from types import FrameType
from typing import Any

#: The signals that ask a process to end, besides the key for it: `kill`, and a terminal that is closed. No system
#: has all of them.
ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name))
#: These, and that of the key.
_ALL = (signal.SIGINT, *ENDING)
#: So many seconds after the first signal, a further one ends the process whatever it does.
_PATIENCE = 10.0
#: After so many seconds a signal whose exception was lost comes again.
_AGAIN = 0.05

#: Signals that came before anybody could answer them.
_early: list[int] = []
#: Signals whose exception was lost, and that come again.
_lost: list[int] = []
#: The signal that is being answered, 0 for none, and when it came.
_answered = 0
_began = 0.0


class Ended(SystemExit):
    """A signal asks the process to end; what is begun is cleaned up, and the exit code is that of a shell."""

    def __init__(self, number: int) -> None:
        """Keep the exit code."""
        super().__init__(128 + number)
        self.number = number
        self.signal = signal.Signals(number).name


def keep_signals() -> None:
    """
    Let signals wait until `ending_on_signals` answers them: a program calls this before it imports anything large.

    Signals that are ignored, or handled already, stay so.
    """
    for number in _ALL:
        if _is_default(number):
            signal.signal(number, _keep)


@contextmanager
def ending_on_signals() -> Iterator[None]:
    """
    Let SIGINT, SIGTERM, SIGHUP and SIGBREAK end the block by an error, so that nothing of it is left behind.

    A signal that is ignored, as `nohup` does, stays so. Further signals do not disturb the cleaning up, unless it takes
    longer than anybody waits. After the block, a program that has kept its signals is left to end.

    Raises:
        Ended: A signal came, in the block or before it.

    >>> with ending_on_signals():
    ...     signal.getsignal(signal.SIGTERM) == signal.SIG_DFL
    False
    """
    global _answered
    outer: dict[int, Any] = {}
    if threading.current_thread() is threading.main_thread():
        outer = {number: signal.getsignal(number) for number in _ALL if _is_default(number)}
    hook = sys.unraisablehook
    if outer:
        sys.unraisablehook = partial(_find_lost, hook)
    for number in outer:
        signal.signal(number, _end)
    try:
        if _early:
            _end(_early[0], None)
        with signals_first():
            yield
    finally:
        for number, handler in outer.items():
            signal.signal(number, _pass if handler == _keep else handler)
        if _answered and _keep in outer.values() and hasattr(signal, "pthread_sigmask"):
            # Python ends by letting signals do again what they did before it began.
            signal.pthread_sigmask(signal.SIG_BLOCK, outer)
        _answered = 0
        sys.unraisablehook = hook


@contextmanager
def signals_first() -> Iterator[None]:
    """
    Let an error that leaves the block be that of the signal which is being answered, if there is one.

    Libraries make errors of their own from every exception, or errors follow from what is half done.

    Raises:
        Ended: An error came after a signal.

    >>> with signals_first():
    ...     int("x")
    Traceback (most recent call last):
    ValueError: invalid literal for int() with base 10: 'x'
    """
    try:
        yield
    except Exception as error:
        if _answered:
            raise Ended(_answered) from error
        raise


def _is_default(number: int) -> bool:
    """Tell whether nobody has said what a signal does."""
    return signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler, _keep)


def _keep(number: int, _frame: FrameType | None) -> None:
    """Note a signal that cannot be answered yet."""
    _early.append(number)


def _end(number: int, _frame: FrameType | None) -> None:
    """End the process by an exception that everything cleans up after."""
    global _answered, _began
    _answered, _began = number, time.monotonic()
    _early.clear()
    for other in _ALL:
        if signal.getsignal(other) == _end:
            # Not SIG_IGN: of a signal that has come already, Python would tell that it is ignored.
            signal.signal(other, _pass)
    raise Ended(number)


def _pass(number: int, _frame: FrameType | None) -> None:
    """Let a signal disturb nothing, unless the cleaning up does not end or has not begun."""
    if _lost:
        _lost.clear()
        raise Ended(number)
    if _answered and time.monotonic() - _began > _PATIENCE:
        os._exit(128 + number)


def _find_lost(outer: Callable[[Any], object], unraisable: Any) -> None:
    """Let a signal come again whose exception met Python where it drops all: in what is called when a value goes."""
    error = unraisable.exc_value
    if not isinstance(error, Ended):
        outer(unraisable)
        return
    # Not here: what is raised here would be dropped, too.
    again = threading.Timer(_AGAIN, _raise_again, (error.number,))
    again.daemon = True
    again.start()


def _raise_again(number: int) -> None:
    """Send the main thread a signal as if it had not come."""
    _lost.append(number)
    if hasattr(signal, "pthread_kill"):
        signal.pthread_kill(threading.main_thread().ident or 0, number)
    else:
        signal.raise_signal(number)
