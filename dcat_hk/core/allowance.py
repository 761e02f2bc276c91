"""
What a command may take while it works on files of others: the kernel ends it when it takes more time or memory.

In: limits, and the sizes of files. Out: a copy of this process that does the work, while this one waits and tells what
became of it. What no check of ours reaches ends with a sentence so: a pattern that goes on, a library in C that takes
all memory or crashes.

A file of any size may be read, so that what a process may take grows with what it reads: `allow`.
"""

from __future__ import annotations

import contextlib
import errno
import gc
import math
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from .confined import end_with
from .errors import NotRdf, ReadingFault
from .forked import find_resource, lift_memory, lift_time, limit_process, mapped_memory
from .limits import Limits, RdfLimits
from .processes import can_fork, describe_end
from .signals import ENDING, Ended

#: The limit of time is for so many bytes of files, or a part of them.
SHARE = 10_000_000
#: So many bytes of memory are allowed for a byte of a file, beyond the limit of memory.
MEMORY_FOR_BYTE = 20
#: In what the system says of a library that it does not load, and Python of a thread, where memory is short.
_NO_MEMORY = ("failed to map segment", "annot allocate memory", "can't start new thread")
#: How long a process may take to clean up when it is told to end, in seconds.
_PATIENCE = 10.0
#: How often it is looked at meanwhile, in seconds.
_GLANCE = 0.02


class _Allowance:
    """What this process may take; its limits are lifted as it reads."""

    def __init__(self, limits: RdfLimits, words: int) -> None:
        """Count from what the process has mapped already; keep where it speaks to the one that waits."""
        self.limits, self.words = limits, words
        self._mapped, self._bytes = mapped_memory(), 0

    @property
    def seconds(self) -> float:
        """Return how many seconds of processor time each process may take."""
        return self.limits.seconds * max(1, math.ceil(self._bytes / SHARE))

    @property
    def memory(self) -> int:
        """Return how many bytes of memory each process may take."""
        return self.limits.memory + MEMORY_FOR_BYTE * self._bytes

    def add(self, size: int) -> None:
        """Allow what files of so many bytes more may take."""
        self._bytes += size
        limit_process(self.seconds, self._mapped + self.memory)


#: What this process may take; None if nobody has limited it.
_current: _Allowance | None = None


def is_limited() -> bool:
    """
    Tell whether this process works within limits for another one, which tells how it ended.

    >>> is_limited()
    False
    """
    return _current is not None


def allow(size: int) -> None:
    """
    Allow what files of so many bytes more may take; do nothing where there are no limits.

    Args:
        size: Bytes of files that are going to be read, not compressed.

    >>> allow(1_000_000)
    """
    if _current is not None:
        _current.add(size)


def limits_within(seconds: float) -> Limits:
    """
    Return the limits of a part of the work: its own, but not above those of the whole.

    Args:
        seconds: The processor time that the part may take at most.

    >>> limits_within(5).seconds
    5
    """
    if _current is None:
        return Limits(seconds=seconds)
    return Limits(seconds=min(seconds, _current.seconds), memory=min(Limits().memory, _current.memory))


def run_apart(limits: RdfLimits, name: str) -> int | None:
    """
    Go on in a copy of this process within limits, and wait for it here.

    Args:
        limits: The seconds and the memory that the copy may take.

        name: The files that it reads, for errors.

    Returns:
        None in the process that is to do the work: the copy, or this one where there is none; its exit code here.

    Raises:
        NotRdf: It took more time than it may.

        ReadingFault: It crashed.

        Ended: A signal asked it to end.
    """
    if find_resource() is None or not can_fork():
        return None
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    parent = os.getpid()
    words_out, words_in = os.pipe()
    # What is there stays: to look whether it can go would copy the memory that both share.
    gc.freeze()
    # A signal that comes before both know what they are for would be told twice.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, *ENDING))
    child = os.fork()
    if not child:
        os.close(words_out)
        _begin(parent, limits, words_in)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        return None
    os.close(words_in)
    with os.fdopen(words_out, "rb") as words, _ending(child):
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        os.set_blocking(words_out, False)
        is_in_order = bool(words.read())
    if status == -signal.SIGXCPU:
        raise too_slow(limits, name)
    if not is_in_order:
        raise _too_early(status, limits, name)
    if status - 128 in ENDING:
        raise Ended(status - 128)
    return status


def too_slow(limits: RdfLimits, name: str) -> NotRdf:
    """
    Return the error for files whose time is up.

    Args:
        limits: The limits.

        name: The files.

    >>> print(too_slow(RdfLimits(seconds=5), "a.ttl"))  # doctest: +ELLIPSIS
    a.ttl: The work took more processor time than it may: 5 seconds for each 10,000,000 bytes of files, ...
    """
    return NotRdf.of("rdf.seconds", name, seconds=limits.seconds, share=SHARE)


def too_large(limits: RdfLimits, name: str) -> NotRdf:
    """
    Return the error for files whose memory is used up, with memory to tell it.

    Args:
        limits: The limits.

        name: The files.

    >>> print(too_large(RdfLimits(memory=500), "a.ttl"))  # doctest: +ELLIPSIS
    a.ttl: The work took more memory than it may: 500 bytes, and 20 more for each byte of files. If ...
    """
    if _current is not None:
        lift_memory()
    return NotRdf.of("rdf.memory", name, memory=limits.memory, each=MEMORY_FOR_BYTE)


def lacks_memory(error: Exception) -> bool:
    """
    Tell whether an error is that of a system that gives no more memory: to Python, a file, a library or a thread.

    Args:
        error: The error.

    >>> lacks_memory(OSError(errno.ENOMEM, "")), lacks_memory(OSError(errno.ENOENT, ""))
    (True, False)
    """
    # A library that could not be loaded may have tried another way after that.
    earlier = error.__cause__ or error.__context__
    if isinstance(earlier, Exception) and isinstance(error, ImportError) and lacks_memory(earlier):
        return True
    if isinstance(error, OSError):
        return error.errno == errno.ENOMEM
    return isinstance(error, MemoryError) or any(sign in str(error) for sign in _NO_MEMORY)


def explain_end(status: int, name: str) -> NotRdf | ReadingFault | None:
    """
    Return the error for a process that works for this one, has its limits, and ended before its work was done.

    Args:
        status: Its exit code, or the number of the signal that ended it as a negative number.

        name: The files that it reads.

    Returns:
        The error; None where there are no limits.

    >>> explain_end(-signal.SIGXCPU, "output")
    """
    if _current is None:
        return None
    if status == -signal.SIGXCPU:
        return too_slow(_current.limits, name)
    return _too_early(status, _current.limits, name)


def _too_early(status: int, limits: RdfLimits, name: str) -> ReadingFault:
    """Return the error for a process that ended before its work was done, whatever the reason was."""
    return ReadingFault.of("rdf.ended", name, how=describe_end(status), memory=limits.memory, each=MEMORY_FOR_BYTE)


def end_in_order() -> None:
    """
    Tell the process that waits for this one that its exit code is ours; without that, it has crashed.

    Time for the work is no longer counted: to say how it ended takes some, too.

    >>> end_in_order()
    """
    if _current is not None:
        lift_time()
        # That one may have ended.
        with contextlib.suppress(OSError):
            os.write(_current.words, b".")


def _begin(parent: int, limits: RdfLimits, words: int) -> None:
    """Let this process, a copy, do the work of the one that it was copied from, and end with that."""
    global _current
    # Of a key that is pressed all processes are told; the parent ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with(parent)
    _current = _Allowance(limits, words)
    _current.add(0)


@contextmanager
def _ending(child: int) -> Iterator[None]:
    """End a process that is waited for when this one is asked to end, so that it can clean up."""
    try:
        yield
    except BaseException:
        with contextlib.suppress(ChildProcessError, ProcessLookupError):
            os.kill(child, signal.SIGTERM)
            until = time.monotonic() + _PATIENCE
            while not os.waitpid(child, os.WNOHANG)[0]:
                if time.monotonic() > until:
                    os.kill(child, signal.SIGKILL)
                    until = math.inf
                time.sleep(_GLANCE)
        raise
