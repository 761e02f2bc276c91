"""Whether a file is read depends on the file, not on how busy the machine is."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support.pdf_files import form, pdf, running, text

from dcat_hk.core.errors import NotAPlan, NotReadable
from dcat_hk.core.limits import Budget, Limits
from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.documents.pdf import danger
from dcat_hk.reading.parsing import read_plan

#: Rows that do not tell where their cells end: the work grows much faster than their number.
COSTLY = (
    "香港天文台\n2024-2026年度整合開放數據計劃\nD. 進度：已經上載的數據集\n"
    "編號\n數據種類／數據集名稱\n發放日期\n更新頻率\n說明\n"
    + "".join(f"{number} 氣象 雨量 甲 乙 丙 丁 以 及\n各區 數據 02/2020 每 小時\n" for number in range(1, 11))
)  # fmt: skip
RISKY = pdf("/X6 Do\n" + text(50, 300, "words"), extra=[form(6, "/Self Do")])


def parse(**limits):
    """Read the costly text within limits; return the rows and what it took."""
    budget = Budget("costly.txt", Limits(**limits))
    before = time.thread_time()
    entries = read_plan(read_bytes(COSTLY.encode(), "costly.txt"), load(), budget).require().entries
    return entries, budget.steps, time.thread_time() - before


@contextlib.contextmanager
def beside(count):
    """Let this process have one processor together with processes that never rest."""
    processors = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(processors)})
    loops = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(count)]
    try:
        yield
    finally:
        for loop in loops:
            loop.kill()
        for loop in loops:
            loop.wait()
        os.sched_setaffinity(0, processors)


def test_a_costly_text_is_read_beside_busy_processes():
    """What is read alone is read beside eight processes that never rest, though it then takes many times as long."""
    parse()  # What is looked up once takes longer the first time.
    alone, steps, seconds = parse()
    with beside(8):
        assert parse(seconds=4 * seconds)[:2] == (alone, steps)


def test_waiting_is_not_reading():
    """Time in which the processor does not work for the reader does not count."""
    budget = Budget("a.txt", Limits(seconds=0.1))
    time.sleep(0.3)
    budget.check_time()


def test_a_costly_text_is_refused_by_processor_time_beside_busy_processes():
    """The limit on processor time holds there, too."""
    with beside(8), pytest.raises(NotAPlan, match=r"0\.01 seconds of processor time"):
        parse(seconds=0.01)


def test_steps_are_the_same_in_every_run():
    """The steps of a text do not depend on what was read before, nor on the order of sets."""
    _entries, steps, _seconds = parse()
    code = "import test_limits; print(test_limits.parse()[1])"
    for seed in ("1", "2"):
        path = os.pathsep.join([str(Path(__file__).parent), *sys.path])
        known = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path}
        done = subprocess.run([sys.executable, "-c", code], env=known, capture_output=True, text=True, check=True)
        assert int(done.stdout) == steps


def test_a_costly_text_is_refused_by_steps():
    """One step more than a text may take refuses it by the limit's name; as many as it takes read it."""
    entries, steps, _seconds = parse()
    assert parse(steps=steps)[0] == entries
    with pytest.raises(NotAPlan, match="limit “steps”"):
        parse(steps=steps - 1)


def test_a_pdf_is_tried_out_beside_busy_processes():
    """A PDF that has to be tried first is read however long it waits for the processor."""
    with beside(16):
        assert running(read_bytes(RISKY, "plan.pdf", Limits(seconds=1))) == ["words"]


def test_a_trial_that_does_not_get_to_work_is_no_fault_of_the_file(monkeypatch):
    """The error says that the machine was too busy, not that the file takes too much."""
    monkeypatch.setattr(danger, "_PATIENCE", 0)
    with pytest.raises(NotReadable, match="less busy"):
        read_bytes(RISKY, "plan.pdf")


def test_a_trial_ends_where_the_kernel_sets_no_limit():
    """On systems without limits on processes, the trial ends itself by its processor time."""
    doubling = pdf("/X6 Do\n" + text(50, 300, "words"), extra=[form(6, "/Self Do /Self Do")])
    path = Path(danger.__file__).with_name("trial.py")
    code = "import runpy, sys; sys.modules['resource'] = None; runpy.run_path(sys.argv.pop(1), run_name='__main__')"
    command = [sys.executable, "-c", code, str(path), "0", "1"]
    assert subprocess.run(command, input=doubling, capture_output=True, check=False).returncode == 1
