"""A function in a process of its own: its limits are kept by the kernel, and its faults are its own."""

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import closing

import pytest

from dcat_hk.core.errors import NotAPlan, NotReadable, ReadingFault
from dcat_hk.core.forked import ConfinedProcess, run_within
from dcat_hk.core.limits import Limits


def take_memory(size):
    """Take memory, as one who reads a large file does."""
    return len(bytearray(size))


def search_for_ever():
    """Work in C, where no check of ours comes."""
    return re.search(r"(a|a)*b", "a" * 50)


def refuse(error):
    """Raise an error."""
    raise error


def crash():
    """Crash as a library in C does."""
    os.kill(os.getpid(), signal.SIGSEGV)


def run(function, *arguments, **limits):
    """Run a function within limits."""
    return run_within(function, *arguments, name="a.txt", limits=Limits(**limits))


def test_what_is_returned_and_raised_comes_back():
    """A value, an error of ours, and one of the system."""
    assert run(take_memory, 5) == 5
    with pytest.raises(NotReadable, match=r"^a\.txt: None\.$"):
        run(refuse, NotReadable("None.", "a.txt"))
    with pytest.raises(OSError, match="No space"):
        run(refuse, OSError(28, "No space left on device"))


def test_too_much_memory_is_an_error_of_the_input():
    """The kernel gives no more than the limit beyond what the process has already."""
    assert run(take_memory, 50_000_000, memory=200_000_000) == 50_000_000
    with pytest.raises(NotAPlan, match="more than 200,000,000 bytes of memory"):
        run(take_memory, 300_000_000, memory=200_000_000)


def test_what_never_ends_is_ended():
    """The kernel ends it even where no check of ours is reached."""
    began = time.monotonic()
    with pytest.raises(NotAPlan, match=r"more than 0\.5 seconds of processor time"):
        run(search_for_ever, seconds=0.5)
    assert time.monotonic() - began < 60


def test_a_crash_and_a_bug_are_errors_of_the_input():
    """Neither ends the process that asked."""
    with pytest.raises(ReadingFault, match=r"ended \(SIGSEGV\)\. Report it"):
        run(crash)
    with pytest.raises(ReadingFault, match=r"a bug of dcat-hk \(KeyError: 'x'\)"):
        run(refuse, KeyError("x"))


def whose():
    """Return the number of the process that runs this."""
    return os.getpid()


def test_a_process_runs_one_function_after_another():
    """It is the same one while functions end well, and another one after a function that it did not survive."""
    with closing(ConfinedProcess()) as process:

        def ask(function, *arguments, **limits):
            return process.run(function, *arguments, name="a.txt", limits=Limits(**limits))

        first = ask(whose)
        assert first != os.getpid()
        assert ask(whose) == first
        with pytest.raises(NotReadable):
            ask(refuse, NotReadable("None.", "a.txt"))
        assert ask(whose) == first
        with pytest.raises(ReadingFault, match="SIGSEGV"):
            ask(crash)
        second = ask(whose)
        assert second not in {first, os.getpid()}
    with pytest.raises(ProcessLookupError):
        os.kill(second, 0)


def work(seconds):
    """Use the processor."""
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def test_limits_are_those_of_one_function():
    """The time of one is not taken from the next, nor its memory."""
    with closing(ConfinedProcess()) as process:
        for _turn in range(4):
            process.run(work, 1.2, name="a.txt", limits=Limits(seconds=0.1))
            process.run(take_memory, 150_000_000, name="a.txt", limits=Limits(memory=200_000_000))
        with pytest.raises(NotAPlan, match=r"0\.1 seconds of processor time"):
            process.run(search_for_ever, name="b.txt", limits=Limits(seconds=0.1))


def test_a_function_that_leaves_much_memory_behind_is_the_last_of_its_process():
    """What it took is not held against the next one."""
    with closing(ConfinedProcess()) as process:
        first = process.run(whose, name="a.txt", limits=Limits())
        process.run(keep_memory, 300_000_000, name="a.txt", limits=Limits())
        assert process.run(whose, name="a.txt", limits=Limits()) != first


KEPT = []


def keep_memory(size):
    """Take memory, and keep it."""
    KEPT.append(bytearray(size))


def test_a_program_that_was_limited_itself_reads_too(tmp_path):
    """Where the kernel gives the whole program no more than so much memory, one input after another is read."""
    code = (
        "import resource; resource.setrlimit(resource.RLIMIT_AS, (4_000_000_000, 4_000_000_000))\n"
        "from contextlib import closing\nfrom dcat_hk.core.forked import ConfinedProcess\n"
        "from dcat_hk.core.limits import Limits\n"
        "with closing(ConfinedProcess()) as process:\n"
        "    print([process.run(abs, number, name='a.txt', limits=Limits()) for number in (-1, -2)])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("[1, 2]\n", "")
