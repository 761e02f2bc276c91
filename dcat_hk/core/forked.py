"""
A function in a forked process, within limits of memory and processor time that the kernel keeps.

In: a function, its arguments, limits. Out: what it returns, or an error that names the limit. What the function does to
its process stays there: memory that it took, a library that crashes, a pattern that never ends.
"""

from __future__ import annotations

import math
import os
import pickle
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from .errors import DcatHkError, NotAPlan, ReadingFault
from .limits import Limits
from .processes import begin_worker

Output = TypeVar("Output")
#: By how much the kernel lets a process go beyond its seconds, so that its own error comes first.
_GRACE = 2


def run_within(function: Callable[..., Output], *arguments: Any, name: str, limits: Limits) -> Output:
    """
    Return what a function returns that runs in a process of its own.

    Where processes cannot be forked, it runs in this one, within the limits that it keeps by itself.

    Args:
        function: What to run. What it returns can be pickled.

        arguments: Its arguments.

        name: The input that it reads, for errors.

        limits: The seconds and the memory that it may take.

    Raises:
        NotAPlan: It took more memory or time.

        ReadingFault: Its process crashed, or the function raised what only a bug raises.

        DcatHkError: The function raised it.

        OSError: The same.

    >>> run_within(max, 1, 2, name="a.txt", limits=Limits())
    2
    """
    if not hasattr(os, "fork"):
        return function(*arguments)
    reader, writer = os.pipe()
    parent = os.getpid()
    child = os.fork()
    if not child:
        os.close(reader)
        _run(function, arguments, name, writer, limits, parent)
    os.close(writer)
    try:
        with open(reader, "rb") as pipe:  # noqa: PTH123 - a descriptor
            data = pipe.read()
    finally:
        status = _end(child)
    if not data:
        raise _lost(status, name, limits)
    kind, value = pickle.loads(data)  # noqa: S301 - from our own process through a pipe
    if kind == "memory":
        raise _too_much(f"{limits.memory:,} bytes of memory", "memory", name)
    if kind == "error":
        raise value
    return value  # type: ignore[no-any-return]


def _run(
    function: Callable[..., Any], arguments: tuple[Any, ...], name: str, writer: int, limits: Limits, parent: int
) -> None:
    """Run a function in a process that was forked for it, send what it returns or raises, and end the process."""
    try:
        begin_worker(parent)
        _confine(limits)
        try:
            answer = pickle.dumps(("value", function(*arguments)), protocol=5)
        except MemoryError:
            answer = pickle.dumps(("memory", None))
        except (DcatHkError, OSError) as error:
            answer = pickle.dumps(("error", error))
        except Exception as error:  # noqa: BLE001 - whatever goes wrong in one input is that input's error
            advice = "Report it with the file; provide the plan in another format meanwhile."
            message = f"Reading stopped at a bug of dcat-hk ({type(error).__name__}: {error})."
            answer = pickle.dumps(("error", ReadingFault(message, name, advice)))
        resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.getrlimit(resource.RLIMIT_AS)[1]))
        with open(writer, "wb") as pipe:
            pipe.write(answer)
    finally:
        # Nothing of the parent is cleaned up here.
        os._exit(0)


def _confine(limits: Limits) -> None:
    """Let the kernel keep limits; only those that can be lifted again, for programs that this one starts."""
    for kind, most in (
        (resource.RLIMIT_AS, _size_now() + limits.memory),
        # They hold twice: for reading the file, and for finding its plan.
        (resource.RLIMIT_CPU, math.ceil(2 * limits.seconds) + _GRACE),
    ):
        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    # A core file of a document would be its copy.
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _size_now() -> int:
    """Return how much memory this process has mapped already; it is not the function's."""
    if not sys.platform.startswith("linux"):
        return 0
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()


def _end(child: int) -> int:
    """Wait for a process, end it first if this one is ending, and return how it ended."""
    if sys.exc_info()[0] is not None:
        os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _lost(status: int, name: str, limits: Limits) -> DcatHkError:
    """Return the error for a process that ended without an answer."""
    if status == -signal.SIGXCPU:
        return _too_much(f"{limits.seconds:g} seconds of processor time", "seconds", name)
    how = signal.Signals(-status).name if status < 0 else f"exit code {status}"
    advice = "Report it with the file; provide the plan in another format meanwhile."
    return ReadingFault(f"The process that read the file ended ({how}).", name, advice)


def _too_much(amount: str, limit: str, name: str) -> NotAPlan:
    """Return the error for a limit that was exceeded."""
    return NotAPlan(f"Reading took more than {amount}.", name, f"Provide only the plan, or raise the limit “{limit}”.")
