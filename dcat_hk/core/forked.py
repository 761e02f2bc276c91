"""
Functions in a process apart, within limits of memory and processor time that the kernel keeps.

In: functions, their arguments, limits. Out: what they return, or an error that names the limit. What a function does to
its process stays there: memory that it took, a library that crashes, a pattern that never ends.

The process is forked from this one where that can be done, else it is a new interpreter. Where the kernel keeps no
limits, as on Windows, the clock of this process ends the other one, and its memory is not limited: `keeps_memory`.
"""

from __future__ import annotations

import contextlib
import math
import os
import pickle
import signal
import struct
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import IO, Any, Protocol, TypeVar

from .errors import DcatHkError, ReadingFault, TookTooMuch
from .limits import Limits
from .processes import begin_worker, can_fork, describe_end, python_command
from .waiting import current_key, use_key

Output = TypeVar("Output")
#: By how much the kernel lets a process go beyond its seconds, so that its own error comes first.
_GRACE = 2
#: A process that has so many bytes more than in the beginning is not used again.
_KEPT = 1 << 27
#: How long a message is, before it.
_SIZE = struct.Struct("<Q")
#: Where the kernel does not know how long a process has worked: so many times its seconds may pass by the clock.
_BY_THE_CLOCK = 4


def keeps_memory() -> bool:
    """
    Tell whether this system limits the memory of a process: Linux does, Windows and macOS do not.

    >>> keeps_memory()
    True
    """
    return sys.platform.startswith("linux") and find_resource() is not None


def find_resource() -> Any:
    """
    Return the module for limits of the kernel; None where there are none.

    >>> find_resource().__name__
    'resource'
    """
    try:
        import resource
    except ImportError:
        return None
    return resource


def run_within(function: Callable[..., Output], *arguments: Any, name: str, limits: Limits, budgets: int = 1) -> Output:
    """
    Return what a function returns that runs in a process of its own.

    Args:
        function: What to run. What it returns can be pickled.

        arguments: Its arguments.

        name: The input that it reads, for errors.

        limits: The seconds and the memory that it may take.

        budgets: How many budgets with these seconds it uses up, one after another.

    Raises:
        Whatever `ConfinedProcess.run` raises.

    >>> run_within(max, 1, 2, name="a.txt", limits=Limits())
    2
    """
    with closing(ConfinedProcess()) as process:
        return process.run(function, *arguments, name=name, limits=limits, budgets=budgets)


class ConfinedProcess:
    """
    A process that runs one function after another, each within its limits; after one that ends it, a new one.

    It is made when it is first needed, by the process that needs it: one that inherits this value makes its own.
    What functions find out for all, such as what a vocabulary says, is known to the next one.

    Args:
        inherited: What functions get before their arguments, as it is when the process is made. If it cannot be
            pickled, functions run in this process where none can be forked.

    >>> with closing(ConfinedProcess()) as process:
    ...     [process.run(abs, number, name="a.txt", limits=Limits()) for number in (-1, -2)]
    [1, 2]
    """

    def __init__(self, *inherited: Any) -> None:
        """Fork nothing yet."""
        self._inherited = inherited
        self._owner = 0
        self._child: _Child | None = None
        self._tasks: IO[bytes] | None = None
        self._answers: IO[bytes] | None = None

    def run(
        self, function: Callable[..., Output], *arguments: Any, name: str, limits: Limits, budgets: int = 1
    ) -> Output:
        """
        Return what a function returns.

        Args:
            function: What to run. It, its arguments and what it returns can be pickled.

            arguments: Its arguments.

            name: The input that it reads, for errors.

            limits: The seconds and the memory that it may take.

            budgets: How many budgets with these seconds it uses up, one after another.

        Raises:
            TookTooMuch: It took more memory or time.

            ReadingFault: The process crashed, or the function raised what only a bug raises.

            DcatHkError: The function raised it.

            OSError: The same.
        """
        if self._owner != os.getpid() and not self._start():
            return function(*self._inherited, *arguments)
        assert self._child
        assert self._tasks
        assert self._answers
        try:
            with _ending_by_the_clock(self._child, budgets * limits.seconds) as clock:
                # It may have ended already.
                with contextlib.suppress(OSError):
                    _send(self._tasks, (function, arguments, name, limits, budgets))
                answer = _receive(self._answers)
        except BaseException:
            self.close()
            raise
        if answer is None:
            status = self._end()
            raise (
                TookTooMuch.of("reading.clock", name, seconds=clock.interval)
                if clock.is_up
                else _lost(status, name, limits)
            )
        kind, value, is_last = answer
        if is_last:
            self._end()
        if kind == "memory":
            raise TookTooMuch.of("reading.memory", name, memory=limits.memory)
        if kind == "error":
            raise value
        return value  # type: ignore[no-any-return]

    def close(self) -> None:
        """End the process, whatever it does."""
        if self._child and self._owner == os.getpid():
            self._child.kill()
            self._end()

    def _start(self) -> bool:
        """Make the process; return False if that cannot be done."""
        if can_fork():
            self._fork()
            return True
        try:
            inherited = pickle.dumps((current_key(), self._inherited), protocol=5)
        except (pickle.PicklingError, TypeError, AttributeError):
            if not hasattr(os, "fork"):
                return False
            # A copy beside other threads, which only reads and computes, is better than work without limits.
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)
                self._fork()
            return True
        command = python_command(f"{__package__}.tasks", str(os.getpid()))
        child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 - ours
        assert child.stdin
        self._owner, self._child = os.getpid(), child
        self._tasks, self._answers = child.stdin, child.stdout
        with contextlib.suppress(OSError):
            self._tasks.write(_SIZE.pack(len(inherited)) + inherited)
        return True

    def _fork(self) -> None:
        """Copy this process."""
        (tasks_out, tasks_in), (answers_out, answers_in) = os.pipe(), os.pipe()
        parent = os.getpid()
        child = os.fork()
        if not child:
            try:
                os.close(tasks_in)
                os.close(answers_out)
                begin_worker(parent)
                work(os.fdopen(tasks_out, "rb"), os.fdopen(answers_in, "wb"), self._inherited)
            finally:
                # Nothing of the parent is cleaned up here.
                os._exit(0)
        os.close(tasks_out)
        os.close(answers_in)
        self._owner, self._child = parent, _ForkedChild(child)
        self._tasks, self._answers = os.fdopen(tasks_in, "wb"), os.fdopen(answers_out, "rb")

    def _end(self) -> int:
        """Forget the process when it has ended, and return how."""
        assert self._tasks
        assert self._answers
        # A task that was not taken cannot be written any more.
        with contextlib.suppress(OSError):
            self._tasks.close()
        self._answers.close()
        assert self._child
        child, self._owner, self._child = self._child, 0, None
        return child.wait()


class _Child(Protocol):
    """A process that this one has made."""

    def kill(self) -> None:
        """End it, whatever it does."""

    def wait(self) -> int:
        """Return its exit code when it has ended, or the number of the signal that ended it as a negative number."""


class _ForkedChild:
    """A process that was forked from this one."""

    def __init__(self, number: int) -> None:
        """Keep its number."""
        self._number = number

    def kill(self) -> None:
        """End it, whatever it does."""
        os.kill(self._number, signal.SIGKILL)

    def wait(self) -> int:
        """Return how it has ended."""
        return os.waitstatus_to_exitcode(os.waitpid(self._number, 0)[1])


class _Clock(threading.Timer):
    """Ends a process when its time is up."""

    is_up = False

    def run(self) -> None:
        """Wait, and end the process unless the clock is stopped before."""
        self.is_up = not self.finished.wait(self.interval)
        if self.is_up:
            self.function()


@contextlib.contextmanager
def _ending_by_the_clock(child: _Child, seconds: float) -> Iterator[_Clock]:
    """End a process by the clock, where the kernel does not end it by the time that it has worked."""
    clock = _Clock(_BY_THE_CLOCK * seconds + _GRACE, child.kill)
    if find_resource() is None:
        clock.daemon = True
        clock.start()
    try:
        yield clock
    finally:
        clock.cancel()


def work(tasks: IO[bytes], answers: IO[bytes], inherited: tuple[Any, ...] | None = None) -> None:
    """
    Run tasks until there are no more; end earlier if one left much memory behind. Only this module calls it.

    Args:
        tasks: Where they come from.

        answers: Where their results go.

        inherited: What functions get before their arguments; None if it comes before the tasks, with the key for
            files that wait.
    """
    if inherited is None:
        first = _receive(tasks)
        if first is None:
            return
        key, inherited = first
        use_key(key)
    beginning = mapped_memory()
    is_last = False
    while not is_last and (task := _receive(tasks)) is not None:
        function, arguments, name, limits, budgets = task
        limit_process(time.process_time() + budgets * limits.seconds + _GRACE, mapped_memory() + limits.memory)
        kind, value = _answer(function, (*inherited, *arguments), name)
        lift_memory()
        is_last = mapped_memory() > beginning + _KEPT
        _send(answers, (kind, value, is_last))


def _answer(function: Callable[..., Any], arguments: tuple[Any, ...], name: str) -> tuple[str, Any]:
    """Return what a function returns or raises, and which of both."""
    try:
        return "value", function(*arguments)
    except MemoryError:
        return "memory", None
    except (DcatHkError, OSError) as error:
        return "error", error
    except Exception as error:  # noqa: BLE001 - whatever goes wrong in one input is that input's error
        return "error", ReadingFault.of("reading.fault", name, cause=f"{type(error).__name__}: {error}")


def _send(pipe: IO[bytes], value: Any) -> None:
    """Write a value to a pipe."""
    data = pickle.dumps(value, protocol=5)
    pipe.write(_SIZE.pack(len(data)) + data)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> Any:
    """Return the value that comes through a pipe; None if the other end is closed before it is whole."""
    head = pipe.read(_SIZE.size)
    if len(head) < _SIZE.size:
        return None
    (size,) = _SIZE.unpack(head)
    data = pipe.read(size)
    return pickle.loads(data) if len(data) == size else None  # nosec B301 # noqa: S301 - from our own process


def limit_process(seconds: float, memory: int) -> None:
    """
    Let the kernel keep limits of this process; only those that can be lifted again, for programs that it starts.

    Args:
        seconds: The processor time that it may have taken since it began.

        memory: The bytes of memory that it may have mapped.
    """
    resource = find_resource()
    if resource is None:
        return
    limits = {resource.RLIMIT_CPU: math.ceil(seconds)}
    if keeps_memory():
        limits[resource.RLIMIT_AS] = memory
    for kind, most in limits.items():
        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    # A core file of a process that read what others wrote would be its copy.
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def lift_memory() -> None:
    """Take the limit of memory away, but for that of who started the program."""
    _lift("RLIMIT_AS")


def lift_time() -> None:
    """Take the limit of processor time away, but for that of who started the program."""
    _lift("RLIMIT_CPU")


def _lift(kind: str) -> None:
    """Take the limit of a kind away that this process has set itself."""
    resource = find_resource()
    if resource is not None:
        most = resource.getrlimit(getattr(resource, kind))[1]
        resource.setrlimit(getattr(resource, kind), (most, most))


def mapped_memory() -> int:
    """
    Return how many bytes of memory this process has mapped; 0 where that cannot be told.

    >>> mapped_memory() > 1_000_000
    True
    """
    if not sys.platform.startswith("linux"):
        return 0
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _lost(status: int, name: str, limits: Limits) -> DcatHkError:
    """Return the error for a process that ended without an answer."""
    if status == -getattr(signal, "SIGXCPU", sys.maxsize):
        return TookTooMuch.of("reading.seconds", name, seconds=limits.seconds)
    return ReadingFault.of("reading.ended", name, how=describe_end(status))
