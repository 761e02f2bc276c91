"""
A cluster of machines as one more way to share work: Dask, where it is installed.

In: the address of a scheduler, functions, tasks. Out: results in the order of the tasks, the same as of one process. A
worker that ends in between costs time: its tasks are done by others, and what no worker can do is done here. So is all
that is left where the last worker is gone, or the scheduler.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any, Generic, NamedTuple, TypeVar

from .caching import digest_of_program
from .errors import DcatHkError, UsageError

Shared = TypeVar("Shared")
Task = TypeVar("Task")
Output = TypeVar("Output")

#: How many tasks each thread of the cluster may be ahead of the result that is yielded next.
_AHEAD = 3
#: How long a scheduler is waited for, and a worker where there is none any more, in seconds.
_PATIENCE = 30
#: After how many seconds without a result it is looked whether there are workers; at most, where a result comes slowly.
_LOOK, _LONGEST_LOOK = 1.0, 60.0
#: Why there is no result where nobody is left.
_NOBODY = "no worker is left"
_NOBODY_CODES = frozenset({"processes.no-scheduler", "processes.no-worker"})


class ClusterAnswer(NamedTuple, Generic[Output]):
    """The result of a task; without one, why no worker could give it."""

    value: Output | None
    lost: str = ""


class Cluster:
    """
    A connection to a scheduler of Dask.

    Args:
        client: The client of `distributed`.
    """

    def __init__(self, client: Any) -> None:
        """Keep the client."""
        self._client = client
        self._is_deserted = client is None

    @property
    def threads(self) -> int:
        """Return how many tasks the cluster runs at once; 0 where nobody answers."""
        try:
            return sum(self._client.nthreads().values())
        except Exception:  # noqa: BLE001 - whatever the client of a scheduler that is gone raises
            return 0

    def everywhere(self, function: Callable[..., Output], *arguments: Any) -> list[Output | Exception]:
        """
        Return what a function returns or raises on each worker.

        Args:
            function: It must be importable by name.

            arguments: Its arguments.
        """
        return list(self._client.run(function, *arguments, on_error="return").values())

    def map(
        self, function: Callable[[Shared, Task], Output], shared: Shared, tasks: Iterable[Task]
    ) -> Iterator[ClusterAnswer[Output]]:
        """
        Yield the result of each task, in the order of the tasks.

        Args:
            function: Called with what tasks share and with one task. It must be importable by name, change nothing
                outside, and may be called again if a worker ends.

            shared: What all tasks share, sent to each worker once.

            tasks: Read only as fast as results are used.

        Raises:
            DcatHkError: The function raised it.
        """
        held = self._share(shared)
        waiting: deque[Any] = deque()
        ahead = _AHEAD * max(1, self.threads)
        try:
            for task in tasks:
                if self._is_deserted and not waiting:
                    yield ClusterAnswer(None, _NOBODY)
                    continue
                waiting.append(self._client.submit(function, held, task, pure=False, retries=2))
                if len(waiting) > ahead:
                    yield self._answer(waiting.popleft())
            while waiting:
                yield self._answer(waiting.popleft())
        finally:
            for future in waiting:
                # Where the scheduler is gone there is nothing to take back.
                with suppress(Exception):
                    future.cancel()

    def _share(self, shared: Shared) -> Any:
        """Return what stands for a value that was sent to all workers; nobody is left if it cannot be sent."""
        if self._is_deserted:
            return None
        try:
            return self._client.scatter(shared, broadcast=True, hash=False)
        except (OSError, ValueError, RuntimeError):
            self._is_deserted = not self.threads
            if not self._is_deserted:
                raise
            return None

    def _answer(self, future: Any) -> ClusterAnswer[Any]:
        """Return the result of a task, or why there is none."""
        try:
            return ClusterAnswer(self._await(future))
        except DcatHkError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever happens on another machine, the task can be done here
            return ClusterAnswer(None, f"{type(error).__name__}: {error}")
        finally:
            future.release()

    def _await(self, future: Any) -> Any:
        """Return the result of a task; where there is no worker for some time, nobody will ever do it."""
        look, alone_since = _LOOK, None
        while True:
            if self._is_deserted and not future.done():
                raise LookupError(_NOBODY)
            try:
                return future.result(timeout=look)
            except TimeoutError:
                if future.status == "error":
                    # The task itself raised it.
                    raise
            if self.threads:
                alone_since = None
                # A result that is there and does not come is large, or the way is slow: the next time it gets longer.
                look = min(2 * look, _LONGEST_LOOK) if future.done() else _LOOK
            else:
                alone_since = alone_since or time.monotonic()
                self._is_deserted = time.monotonic() - alone_since >= _PATIENCE


@contextmanager
def open_cluster_again(address: str) -> Iterator[Cluster]:
    """
    Give a connection to a scheduler whose workers have done the first part of some work: the rest can be done here.

    Args:
        address: Such as `tcp://10.0.0.1:8786`.

    Raises:
        UsageError: A worker has another version of the program.
    """
    with ExitStack() as stack:
        try:
            cluster = stack.enter_context(open_cluster(address))
        except UsageError as error:
            if error.code not in _NOBODY_CODES:
                raise
            cluster = Cluster(None)
        yield cluster


@contextmanager
def open_cluster(address: str) -> Iterator[Cluster]:
    """
    Give a connection to a scheduler.

    Args:
        address: Such as `tcp://10.0.0.1:8786`.

    Raises:
        UsageError: Dask is not installed, nobody answers, there is no worker, or a worker has another version of the
            program: it would write something else.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise UsageError.of("processes.no-dask", "--dask") from error
    try:
        client = Client(address, timeout=_PATIENCE, set_as_default=False, name="dcat-hk")
    except (OSError, ValueError, ImportError) as error:
        raise UsageError.of("processes.no-scheduler", address) from error
    try:
        versions = client.run(digest_of_program, on_error="return")
        if not versions:
            raise UsageError.of("processes.no-worker", address, address=address)
        # A worker that ends in this very moment is lost like one that ends later.
        known = {worker: version for worker, version in versions.items() if not isinstance(version, OSError)}
        others = sorted(worker for worker, version in known.items() if version != digest_of_program())
        if others:
            raise UsageError.of("processes.other-version", others[0], others=len(others), all=len(known))
        yield Cluster(client)
    finally:
        client.close()
