"""Work that is shared among processes, and programs in a process of their own."""

import multiprocessing
import os
import signal
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import pytest

from dcat_hk.core.errors import NotAPlan, WorkerLost
from dcat_hk.core.processes import TASKS_AHEAD, ThisProcess, Workers, open_workers, process_count, run_python


def add(shared, task):
    """Return the sum; even tasks take longer, so that results come out of order."""
    time.sleep(0.01 * (task % 2 == 0))
    return shared + task


def refuse(shared, task):
    """Refuse the task."""
    raise NotAPlan(f"Task {task} is refused.", shared)


def die(_shared, _task):
    """End the process as the kernel does when memory runs out."""
    os.kill(os.getpid(), signal.SIGKILL)


def count_inside(_shared, _task):
    """Return how many processes a task would use."""
    return process_count(4)


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_come_in_the_order_of_tasks(jobs):
    """Any number of processes yields the same results in the same order."""
    with open_workers(100, jobs) as workers:
        assert list(workers.map(add, range(20))) == list(range(100, 120))


def test_any_executor_does():
    """Threads, spawned processes and this process give what forked processes give."""
    spawned = ProcessPoolExecutor(2, multiprocessing.get_context("spawn"))
    for executor in (ThisProcess(), ThreadPoolExecutor(2), spawned):
        with executor:
            assert list(Workers(executor, 100, 3).map(pow, [0, 1, 2])) == [1, 100, 10_000]


@pytest.mark.parametrize(("jobs", "ahead"), [(1, 0), (2, 2 * TASKS_AHEAD)])
def test_only_so_many_tasks_are_handed_out_ahead(jobs, ahead):
    """Tasks are taken only as results are used, so that few results wait in memory."""
    taken = []
    tasks = (taken.append(number) or number for number in range(1_000))
    with open_workers(0, jobs) as workers:
        results = workers.map(add, tasks)
        assert [next(results) for _ in range(3)] == [0, 1, 2]
        assert len(taken) == 3 + ahead


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_of_a_task_reaches_the_caller(jobs):
    """An error is raised where its result is asked for, as the task raised it."""
    with open_workers("a.txt", jobs) as workers, pytest.raises(NotAPlan, match=r"a\.txt: Task 0 is refused\."):
        list(workers.map(refuse, [0, 1, 2]))


def test_a_worker_that_dies_is_reported():
    """A process that is killed ends the work with a message, not with a traceback of the pool."""
    with open_workers(0, 2) as workers, pytest.raises(WorkerLost, match="ended before its work was done"):
        list(workers.map(die, [1, 2, 3]))


def test_workers_start_no_workers():
    """A task that could share its work in turn does it alone, since the processors are busy."""
    with open_workers(0, 2) as workers:
        assert list(workers.map(count_inside, [1, 2])) == [1, 1]


def test_a_program_is_stopped_when_its_time_is_up(tmp_path):
    """A program in a process of its own gets data, returns output, and is stopped in time."""
    script = tmp_path / "program.py"
    script.write_text("import sys, time; print(sys.stdin.read() + sys.argv[1]); time.sleep(float(sys.argv[1]))")
    ended = run_python(str(script), "0", data=b"a")
    assert ended is not None
    assert (ended.returncode, ended.stdout.strip()) == (0, b"a0")
    assert run_python(str(script), "60", seconds=0.5) is None
