"""Tasks in a new interpreter, where processes cannot be forked: what they may do is the same."""

import operator
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from support.confined_work import crash, raise_it, refuse, speak

from dcat_hk.core import forked
from dcat_hk.core.errors import NotAPlan, NotReadable, ReadingFault
from dcat_hk.core.forked import ConfinedProcess, run_within
from dcat_hk.core.limits import Limits
from dcat_hk.core.waiting import load_value, save_value


@pytest.fixture(autouse=True)
def new_interpreters(monkeypatch):
    """Let no process be forked; those that are started find the functions of the tests."""
    monkeypatch.setattr(forked, "can_fork", lambda: False)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))


def run(function, *arguments, **limits):
    """Run a function within limits."""
    return run_within(function, *arguments, name="a.txt", limits=Limits(**limits))


def test_what_is_returned_raised_and_printed():
    """A value, errors of ours and of the system, a bug, a crash; what is printed does not get among the results."""
    assert run(os.getpid) != os.getpid()
    with pytest.raises(NotReadable, match=r"^a\.txt: None\.$"):
        run(refuse)
    with pytest.raises(OSError, match="No space"):
        run(raise_it, OSError(28, "No space left on device"))
    with pytest.raises(ReadingFault, match=r"a bug of dcat-hk \(KeyError: 'x'\)"):
        run(raise_it, KeyError("x"))
    with pytest.raises(ReadingFault, match=r"ended \(SIGSEGV\)"):
        run(crash)
    assert run(speak, "word") == "word"


def test_limits_are_kept():
    """Memory and time are those of one function."""
    with pytest.raises(NotAPlan, match="more than 100,000,000 bytes of memory"):
        run(bytearray, 300_000_000, memory=100_000_000)
    with pytest.raises(NotAPlan, match=r"more than 0\.5 seconds of processor time"):
        run(re.search, r"(a|a)*b", "a" * 50, seconds=0.5)


def test_where_the_kernel_keeps_no_limit_the_clock_does(monkeypatch):
    """What never ends is ended, and told with the time that has passed."""
    monkeypatch.setattr(forked, "find_resource", lambda: None)
    assert not forked.keeps_memory()
    began = time.monotonic()
    with pytest.raises(NotAPlan, match=r"more than 2\.8 seconds\. .+raise the limit “seconds”"):
        run(time.sleep, 60, seconds=0.2)
    assert time.monotonic() - began < 30
    assert run(abs, -1, seconds=0.2) == 1


def test_what_all_functions_get_is_sent_with_the_key_for_files(tmp_path):
    """The process reads what waits for it in files; what cannot be sent lets the function run here."""
    path = tmp_path / "value"
    save_value(path, [1, 2])
    with closing(ConfinedProcess(path)) as process:
        assert process.run(load_value, name="", limits=Limits()) == [1, 2]
        first, second = (process.run(id, name="", limits=Limits()) for _ in range(2))
        assert first == second
    with Path(os.devnull).open("rb") as file, closing(ConfinedProcess(file)) as process:
        assert process.run(operator.attrgetter("name"), name="", limits=Limits()) == os.devnull


def test_it_ends_with_the_process_that_asks(tmp_path):
    """Also when that one is killed."""
    code = """
import os, sys, time
from dcat_hk.core import forked
from dcat_hk.core.limits import Limits
forked.can_fork = lambda: False
process = forked.ConfinedProcess()
print(process.run(os.getpid, name="", limits=Limits()), flush=True)
process.run(time.sleep, 60, name="", limits=Limits())
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, cwd=tmp_path) as asking:
        child = int(asking.stdout.readline())
        os.kill(child, 0)
        asking.send_signal(signal.SIGKILL)
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            os.kill(child, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    pytest.fail("it lives on")
