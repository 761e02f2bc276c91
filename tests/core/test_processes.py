"""Work that is shared among processes, and programs in a process of their own."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import pytest

from dcat_hk.core import confined
from dcat_hk.core.errors import NotAPlan, WorkerLost
from dcat_hk.core.processes import (
    TASKS_AHEAD,
    ThisProcess,
    Workers,
    open_workers,
    process_count,
    run_python,
)


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


def keep(shared, task):
    """Leave a task in the process, and return what was left there before."""
    before, shared[:] = shared[:], [os.getpid(), task]
    return before


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_each_process_has_what_its_last_task_left(jobs):
    """Every process gets one task of a call, however fast another is, and still has what it kept."""
    with open_workers([], jobs) as workers:
        assert workers.count == jobs
        assert workers.each(keep, range(jobs)) == [[]] * jobs
        kept = workers.each(keep, range(jobs))
    assert len({pid for pid, _task in kept}) == jobs
    assert sorted(task for _pid, task in kept) == list(range(jobs))


@pytest.mark.parametrize("jobs", [1, 2])
def test_each_takes_as_many_tasks_as_there_are_processes(jobs):
    """A task that no process would have of its own is never run beside another in silence."""
    with open_workers([], jobs) as workers, pytest.raises(ValueError, match=f"3 tasks for {jobs} processes"):
        workers.each(keep, [1, 2, 3])


def test_a_process_that_ends_does_not_keep_the_others_waiting():
    """The error is told although the other process waits for a task that the ended one will never take."""
    with pytest.raises(WorkerLost), open_workers(None, 2) as workers:
        workers.each(die, [1, 2])


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


#: A program that shares work which takes a minute, after each worker has said its number in a file.
SHARING = """
import os, sys, time
from pathlib import Path
from dcat_hk.core.processes import open_workers
from dcat_hk.core.signals import ending_on_signals

def work(folder, number):
    Path(folder, str(os.getpid())).touch()
    time.sleep(60)

with ending_on_signals(), open_workers(sys.argv[1], 2) as workers:
    list(workers.map(work, range(4)))
"""


def lives(number):
    """Tell whether a process is there and not only waits to be taken note of."""
    try:
        with open(f"/proc/{number}/stat", encoding="utf-8") as file:  # noqa: PTH123
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_for(condition, seconds=20):
    """Wait until a condition holds; tell whether it does."""
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    return condition()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_workers_end_with_their_parent(tmp_path, number):
    """However the parent ends, its workers do too, and nobody holds its standard output."""
    program = subprocess.Popen(
        [sys.executable, "-c", SHARING, tmp_path], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert wait_for(lambda: len(list(tmp_path.iterdir())) == 2)
    workers = [int(path.name) for path in tmp_path.iterdir()]
    assert all(map(lives, workers))
    program.send_signal(number)
    program.communicate(timeout=20)
    assert wait_for(lambda: not any(map(lives, workers)))
    assert program.returncode == (-number if number == signal.SIGKILL else 128 + number)


def test_a_process_without_a_kernel_that_tells_looks_for_its_parent(monkeypatch):
    """Where the kernel tells nobody that the parent ended, the process finds out by itself."""
    monkeypatch.setattr(confined, "_ask_kernel", lambda: False)
    monkeypatch.setattr(confined, "_GLANCE", 0.01)
    context = multiprocessing.get_context("fork")
    end_of_parent, held = context.Pipe(duplex=False)
    grandchild = context.Value("i", 0)

    def live():
        confined.end_with(os.getppid())
        time.sleep(60)

    def parent():
        child = context.Process(target=live)
        child.start()
        grandchild.value = child.pid
        end_of_parent.recv()
        os._exit(0)

    process = context.Process(target=parent)
    process.start()
    assert wait_for(lambda: grandchild.value and lives(grandchild.value))
    held.send(True)
    process.join()
    assert wait_for(lambda: not lives(grandchild.value))
