"""
Processes: how work is shared among processors, and how a Python module runs in a process of its own.

There are two purposes, and one way for each. No process outlives the one that made it, however that one ends.

*Sharing work.* `open_workers` gives `Workers`, which run a function on many tasks and yield the results in the order
of the tasks. They work on a `concurrent.futures.Executor`: this process where one process is enough or processes cannot
be forked (on Windows, and in programs with threads), else a pool of forked processes, which inherit what all tasks
share without copying it. The caller cannot tell which. `Workers` accept any other executor too, such as that of a
cluster of machines. Building a catalogue and validating large data share their work in this way.

*Confining work.* `run_python` runs a module or script to its end in a new interpreter: its memory is given back, it
can be stopped after some time, and it cannot harm this process. `run_confined` does
the same with a script that opens a file from elsewhere, which the kernel ends when it takes too much memory or
processor time: the trial of a suspicious PDF and the reader of old Excel files. `python_command` gives the command
alone, for programs that stay alive and talk over pipes, as the server's query workers do.

Two callers do neither. The static site writer needs *spawned* processes, because an open store must not be forked, and
`dcat-hk query` stops one process when its time is up.
"""

from __future__ import annotations

import math
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from .confined import end_with
from .errors import NotReadable, WorkerLost
from .signals import ENDING
from .wording.refusals import Phrase

if TYPE_CHECKING:
    from multiprocessing.synchronize import Barrier

#: The most memory that a confined script may use, in bytes.
CONFINED_MEMORY = 1_500_000_000
#: The kernel ends a confined script by its processor time. Only one that does not work lasts so many times as long.
PATIENCE = 100
#: How many tasks each process of a pool may be ahead of the result that is yielded next.
TASKS_AHEAD = 4
#: How long the thread of a pool whose processes were killed may take to notice, in seconds.
_GRACE = 10

Shared = TypeVar("Shared")
Task = TypeVar("Task")
Output = TypeVar("Output")

#: In a forked worker: what its tasks share. Set once, before its first task.
_inherited: Any = None
_barrier: Barrier | None = None
_is_worker = False


class ThisProcess(Executor):
    """
    An executor that runs each function at once, in this process.

    >>> ThisProcess().submit(max, 1, 2).result()
    2
    """

    def submit(self, function: Callable[..., Output], /, *args: Any, **kwargs: Any) -> Future[Output]:
        """Run a function and return a future that is done."""
        future: Future[Output] = Future()
        try:
            future.set_result(function(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - the future raises it where the result is asked for
            future.set_exception(error)
        return future


class Workers(Generic[Shared]):
    """
    Run functions on tasks, wherever the executor runs them.

    Args:
        executor: Runs the functions.

        shared: What all tasks share. Each function is called with it and with a task. It is only read.

        ahead: How many tasks may be handed out before their results are yielded. This bounds the memory for results.

        inherited: Whether the executor's processes already have `shared`, so that it is not sent with each task.

        count: How many processes there are.

    >>> list(Workers(ThisProcess(), 10).map(pow, [1, 2, 3]))
    [10, 100, 1000]
    """

    def __init__(
        self, executor: Executor, shared: Shared, ahead: int = 0, *, inherited: bool = False, count: int = 1
    ) -> None:
        """Keep the executor and what tasks share."""
        self._executor, self._shared, self._ahead, self._inherited = executor, shared, ahead, inherited
        self.count = count

    def map(self, function: Callable[[Shared, Task], Output], tasks: Iterable[Task]) -> Iterator[Output]:
        """
        Yield the result of each task, in the order of the tasks.

        Args:
            function: Called with what tasks share and with one task. It must be importable by name.

            tasks: Read only as fast as results are used.

        Raises:
            WorkerLost: A process ended before it answered.
        """
        waiting: deque[Future[Output]] = deque()
        try:
            for task in tasks:
                waiting.append(self._submit(function, task))
                if len(waiting) > self._ahead:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as error:
            raise _lost(self._executor) from error
        finally:
            # An error, or a caller that stops early, must not leave the remaining tasks running.
            for future in waiting:
                future.cancel()

    def each(self, function: Callable[[Shared, Task], Output], tasks: Sequence[Task]) -> list[Output]:
        """
        Return the result of one task for every process: what it leaves there is there for a task of the next call.

        Args:
            function: Called with what tasks share and with one task. It must be importable by name.

            tasks: As many as there are processes, `count`. Which of them gets which is not known.

        Raises:
            WorkerLost: A process ended before it answered.

        >>> with open_workers([], jobs=2) as workers:
        ...     _nothing = workers.each(list.append, [1] * workers.count)
        ...     workers.each(list.count, [1] * workers.count) == [1] * workers.count
        True
        """
        if len(tasks) != self.count:
            raise ValueError(f"{len(tasks)} tasks for {self.count} processes")
        if self.count == 1:
            return list(self.map(function, tasks))
        futures = [self._executor.submit(_run_at_once, function, task) for task in tasks]
        try:
            return [future.result() for future in futures]
        except BrokenProcessPool as error:
            raise _lost(self._executor) from error

    def _submit(self, function: Callable[[Shared, Task], Output], task: Task) -> Future[Output]:
        """Hand out one task."""
        if self._inherited:
            return self._executor.submit(_run_inherited, function, task)
        return self._executor.submit(function, self._shared, task)


def _lost(executor: Executor) -> WorkerLost:
    """Return what to raise if a process ended before it answered."""
    error = WorkerLost.of("processes.lost")
    # What its processes have come to is known when they were waited for.
    _wait_for_thread(_thread_of(executor))
    ended = list((getattr(executor, "_processes", None) or {}).values())
    error.took_too_long = any(process.exitcode == -getattr(signal, "SIGXCPU", sys.maxsize) for process in ended)
    return error


def _thread_of(executor: Executor) -> threading.Thread | None:
    """Return the thread that waits for the processes of a pool; a pool that is shut down does not know it any more."""
    thread: threading.Thread | None = getattr(executor, "_executor_manager_thread", None)
    return thread


def _wait_for_thread(thread: threading.Thread | None) -> None:
    """Wait for the thread of a pool whose processes have ended."""
    if thread is not None:
        thread.join(_GRACE)


def process_count(jobs: int = 0, tasks: int | None = None) -> int:
    """
    Return how many processes to use.

    Args:
        jobs: How many processes are wanted; 0 for one for each processor.

        tasks: How many tasks there are to share; None if that is not known.

    >>> process_count(4, 1), process_count(4, 0)
    (1, 1)
    """
    is_free = can_fork() and not _is_worker and not multiprocessing.current_process().daemon
    count = jobs or os.cpu_count() or 1
    return max(1, count if tasks is None else min(count, tasks)) if is_free else 1


def can_fork() -> bool:
    """
    Tell whether this process can be copied: Windows cannot, and what other threads do would be copied half done.

    >>> can_fork() == (hasattr(os, "fork") and threading.active_count() == 1)
    True
    """
    return hasattr(os, "fork") and threading.active_count() == 1


@contextmanager
def open_workers(shared: Shared, jobs: int = 0, tasks: int | None = None) -> Iterator[Workers[Shared]]:
    """
    Give workers for as many processes as are useful; on leaving, the processes end.

    Args:
        shared: What all tasks share; forked processes inherit it as it is now.

        jobs: How many processes are wanted; 0 for one for each processor.

        tasks: How many tasks there are to share.

    >>> with open_workers(10, jobs=2) as workers:
    ...     list(workers.map(pow, [1, 2, 3]))
    [10, 100, 1000]
    """
    count = process_count(jobs, tasks)
    if count == 1:
        yield Workers(ThisProcess(), shared)
        return
    context = multiprocessing.get_context("fork")
    # The arguments of the initializer reach a forked process with the fork: nothing is pickled.
    inherited = (shared, os.getpid(), context.Barrier(count))
    with ProcessPoolExecutor(count, context, _inherit, inherited) as executor, ending_early(executor):
        yield Workers(executor, shared, TASKS_AHEAD * count, inherited=True, count=count)


@contextmanager
def ending_early(executor: ProcessPoolExecutor) -> Iterator[None]:
    """
    End the processes of a pool at once when the block fails: nobody waits for what they are still doing.

    Args:
        executor: The pool, which waits for all that is handed out when it is closed.

    >>> with ProcessPoolExecutor(1) as pool, ending_early(pool):
    ...     pool.submit(max, 1, 2).result()
    2
    """
    try:
        yield
    except BaseException:
        for process in list((executor._processes or {}).values()):
            process.kill()
        thread = _thread_of(executor)
        executor.shutdown(wait=False, cancel_futures=True)
        # Its thread closes a pipe, into which Python writes when it ends: both at once is an error that people see.
        _wait_for_thread(thread)
        raise


def begin_worker(parent: int) -> None:
    """
    Let this process be a worker of another: it ends with it, and keeps nothing that others wait for.

    Args:
        parent: The number of the process that it works for.
    """
    for number in ENDING:
        signal.signal(number, signal.SIG_DFL)
    # Of a key that is pressed all processes are told; the parent ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with(parent)
    # Whoever waits for the end of standard output must not wait for this process.
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    os.close(nowhere)


def _inherit(shared: Any, parent: int, barrier: Barrier) -> None:
    """Keep what tasks share; runs once in each forked process."""
    global _inherited, _barrier, _is_worker
    _inherited, _barrier, _is_worker = shared, barrier, True
    begin_worker(parent)


def _run_inherited(function: Callable[[Any, Task], Output], task: Task) -> Output:
    """Run a function on a task in a forked process."""
    return function(_inherited, task)


def _run_at_once(function: Callable[[Any, Task], Output], task: Task) -> Output:
    """Run a function on a task in a forked process when every other one has a task, too."""
    assert _barrier
    _barrier.wait()
    return function(_inherited, task)


def describe_end(status: int) -> str | Phrase:
    """
    Return how a process ended: the name of the signal that ended it, or its exit code.

    Args:
        status: Its exit code, or the number of the signal as a negative number.

    >>> describe_end(-9), describe_end(7)
    ('SIGKILL', Phrase(code='processes.exit-code', values={'code': 7}))
    """
    names = {one.value: one.name for one in signal.Signals}
    return names.get(-status) or Phrase("processes.exit-code", {"code": status})


# ---- a Python module in a process of its own


def python_command(program: str, *arguments: str) -> list[str]:
    """
    Return the command that runs a Python module or script with this interpreter.

    Args:
        program: The name of a module, or the path of a script, which ends in `.py`. A script starts faster, because it
            imports no package of ours.

        arguments: Arguments of the program.

    >>> python_command("dcat_hk.serving", "x")[1:]
    ['-m', 'dcat_hk.serving', 'x']
    """
    return [sys.executable, *([] if program.endswith(".py") else ["-m"]), program, *arguments]


def run_python(
    program: str, *arguments: str, data: bytes = b"", seconds: float | None = None
) -> subprocess.CompletedProcess[bytes] | None:
    """
    Run a Python module or script to its end in a process of its own.

    Args:
        program: What `python_command` takes.

        arguments: Arguments of the program.

        data: Its standard input.

        seconds: How long it may run.

    Returns:
        Its exit code and output; None if it was stopped because its time was up.
    """
    command = python_command(program, *arguments)
    try:
        return subprocess.run(command, input=data, capture_output=True, timeout=seconds, check=False)  # noqa: S603 - ours
    except subprocess.TimeoutExpired:
        return None


def run_confined(
    script: Path, *arguments: str, data: bytes, seconds: float, task: Phrase, name: str
) -> subprocess.CompletedProcess[bytes]:
    """
    Run a script that opens a file from elsewhere, within limits of memory and processor time.

    Args:
        script: The script, which imports nothing of ours, so that it starts fast.

        arguments: Its arguments.

        data: Its standard input, the file.

        seconds: The most processor time that it may use.

        task: What it does, as the subject of “did not finish”.

        name: What the file is called.

    Returns:
        Its exit code and output; the exit code is not 0 if it took too much.

    Raises:
        NotReadable: It did not get to work, which is the machine's fault and says nothing about the file.
    """
    limit = math.ceil(seconds)
    confined = str(Path(__file__).with_name("confined.py"))
    limits = (str(os.getpid()), str(CONFINED_MEMORY), str(limit))
    process = run_python(confined, *limits, str(script), *arguments, data=data, seconds=PATIENCE * limit)
    if process is None:
        raise NotReadable.of("processes.not-finished", name, task=task, seconds=PATIENCE * limit)
    return process
