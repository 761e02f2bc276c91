"""Whether a file is read depends on the file, not on how busy the machine is."""

from __future__ import annotations

import contextlib
import inspect
import os
import re
import subprocess
import sys
import time
from dataclasses import fields
from pathlib import Path

import pytest
from support.paths import ROOT
from support.pdf_files import form, pdf, running, text

from dcat_hk.core import limits
from dcat_hk.core.errors import NotAPlan
from dcat_hk.core.limits import Budget, Limits, RdfLimits
from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.parsing import read_plan

#: Rows that do not tell where their cells end: the work grows much faster than their number.
COSTLY = (
    "香港天文台\n2024-2026年度整合開放數據計劃\nD. 進度：已經上載的數據集\n"
    "編號\n數據種類／數據集名稱\n發放日期\n更新頻率\n說明\n"
    + "".join(f"{number} 氣象 雨量 甲 乙 丙 丁 以 及\n各區 數據 02/2020 每 小時\n" for number in range(1, 31))
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


def test_the_limits_are_those_that_are_documented():
    """Names, numbers and what they are about, in their order: people set others by that page."""
    page = (ROOT / "docs" / "reference" / "limits.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| ([\d,]+) \| (.+) \|$", page, re.MULTILINE)
    stated = [(name, int(number.replace(",", "")), about) for name, number, about in rows]
    known = [(one.name, one.default, one.metadata["help"]) for kind in (Limits, RdfLimits) for one in fields(kind)]
    assert stated == known


def test_a_budget_begins_with_nothing_used():
    """Whoever makes one says for what and within which limits, and nothing else."""
    assert list(inspect.signature(Budget).parameters) == ["name", "limits"]
    assert Budget("a.txt").steps == 0


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
    path = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    for seed in ("1", "2"):
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


def test_the_limits_are_those_of_the_page():
    """Every limit has the default and the words that the page on limits gives, and no other limit is there."""
    page = (ROOT / "docs" / "reference" / "limits.md").read_text(encoding="utf-8")
    rows = [line.strip("| ").split(" | ") for line in page.split("\n") if line.startswith("| `")]
    assert [(row[0].strip("`"), int(row[1].replace(",", "")), row[2]) for row in rows] == [
        (field.name, field.default, field.metadata["help"]) for table in (Limits, RdfLimits) for field in fields(table)
    ]


UNITS = {
    "size": "bytes",
    "unpacked": "bytes when unpacked",
    "ratio": "times its packed size in a part",
    "parts": "parts",
    "pages": "pages",
    "characters": "characters",
    "lines": "lines",
    "cell": "characters in one cell, paragraph or line",
    "cells": "cells",
    "elements": "elements of XML or HTML",
    "depth": "levels of nested elements",
    "steps": "steps of the search for rows and cells",
    "seconds": "seconds of processor time",
    "memory": "bytes of memory",
}


@pytest.mark.parametrize("name", [field.name for field in fields(Limits)])
def test_a_limit_is_what_is_still_allowed(name):
    """As much as the limit is no error, one more is, and the error says which limit it was and how high."""
    budget = Budget("a.txt", Limits(**{name: 7_000}))
    budget.check(name, 7_000)
    with pytest.raises(NotAPlan) as raised:
        budget.check(name, 7_001)
    assert raised.value.message == f"The file has more than 7,000 {UNITS[name]}."
    assert raised.value.where == "a.txt"
    assert raised.value.advice == f"Provide only the plan, or raise the limit “{name}”."


def test_what_the_errors_of_time_and_steps_say():
    """Each says how much was allowed, in which file, and what to do."""
    budget = Budget("a.txt", Limits(steps=1_000, seconds=0.25))
    with pytest.raises(NotAPlan) as raised:
        budget.count_steps(1_001)
    assert str(raised.value) == (
        "a.txt: Finding the rows took more than 1,000 steps. Provide only the plan, or raise the limit “steps”."
    )
    work(0.3)
    with pytest.raises(NotAPlan) as raised:
        budget.check("pages", 1)
    assert str(raised.value) == (
        "a.txt: Reading took more than 0.25 seconds of processor time. "
        "Provide only the plan, or raise the limit “seconds”."
    )


def work(seconds):
    """Use the processor for so long."""
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


def test_steps_add_up():
    """Steps that are counted one after another are too many together."""
    budget = Budget("a.txt", Limits(steps=10))
    budget.count_steps(6)
    budget.count_steps(4)
    assert budget.steps == 10
    with pytest.raises(NotAPlan):
        budget.count_steps(1)


def test_the_clock_of_the_processor_is_asked_again():
    """A look at the clock that found time left does not put off the next beyond the time that is left."""
    budget = Budget("a.txt", Limits(seconds=0.2))
    budget.check_time()
    work(0.1)
    budget.check_time()
    work(0.2)
    with pytest.raises(NotAPlan):
        budget.check_time()


def test_the_clock_is_not_asked_while_time_cannot_be_up(monkeypatch):
    """As long as less time has passed than is left of the processor's, its clock, which is slow, is left alone."""
    budget = Budget("a.txt", Limits(seconds=1_000))
    budget.check_time()
    monkeypatch.setattr(time, "thread_time", lambda: 1 // 0)
    budget.check("pages", 1)
    budget.check_time()


def test_rules_deep_down_count_for_the_budget_that_is_running():
    """Within a block the budget is found, after it no longer, though the block failed; without one nothing happens."""
    budget = Budget("a.txt", Limits(steps=5, seconds=0.1))
    limits.count_steps(100)
    limits.check_time()
    with limits.within(budget):
        limits.count_steps(5)
        with limits.within(None):
            limits.count_steps(100)
        with pytest.raises(NotAPlan, match="steps"):
            limits.count_steps(1)
        work(0.15)
        with pytest.raises(NotAPlan, match="seconds"):
            limits.check_time()
    limits.count_steps(100)
    limits.check_time()
    with pytest.raises(ZeroDivisionError), limits.within(budget):
        raise ZeroDivisionError
    limits.count_steps(100)
