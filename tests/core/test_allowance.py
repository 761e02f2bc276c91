"""What a copy of a process may take: limits that grow with what is read, and are never above those of the system."""

import subprocess
import sys

from support.paths import ROOT

BEGIN = """
import os, resource, sys
from dcat_hk.core.allowance import allow, end_in_order, is_limited, run_apart
from dcat_hk.core.forked import mapped_memory
from dcat_hk.core.limits import RdfLimits

def show(kind):
    return resource.getrlimit(kind)[0]
"""


def run(text):
    """Run a program; return its exit code and what it prints."""
    done = subprocess.run(
        [sys.executable, "-c", BEGIN + text], cwd=ROOT, capture_output=True, check=False, text=True, timeout=60
    )
    return done.returncode, done.stdout, done.stderr


def test_limits_grow_with_what_is_read():
    """Time with every ten million bytes or a part of them, memory with every byte."""
    code, printed, told = run("""
code = run_apart(RdfLimits(seconds=7, memory=10**9), "a.ttl")
if code is not None:
    print("the program", is_limited(), code)
    sys.exit(code)
print("the copy", is_limited())
first, mapped = show(resource.RLIMIT_AS), mapped_memory()
print(abs(first - mapped - 10**9) < 10**8)
for size in (1, 9_999_999, 1, 20_000_000):
    allow(size)
    print(show(resource.RLIMIT_CPU), show(resource.RLIMIT_AS) - first)
end_in_order()
sys.exit(9)
""")
    assert (code, told) == (9, "")
    assert printed.splitlines() == [
        "the copy True",
        "True",
        "7 20",
        "7 200000000",
        "14 200000020",
        "28 600000020",
        "the program False 9",
    ]


def test_limits_of_the_system_are_kept():
    """Who starts the program may have limited it: no more than that is allowed."""
    code, printed, _told = run("""
resource.setrlimit(resource.RLIMIT_CPU, (40, 40))
resource.setrlimit(resource.RLIMIT_AS, (10**9, 10**9))
code = run_apart(RdfLimits(seconds=100), "a.ttl")
if code is None:
    allow(10**9)
    print(show(resource.RLIMIT_CPU), show(resource.RLIMIT_AS))
    end_in_order()
""")
    assert (code, printed) == (0, "40 1000000000\n")


def test_who_does_not_end_in_order_has_crashed():
    """Also with an exit code that looks well."""
    code, _printed, told = run("""
code = run_apart(RdfLimits(), "a.ttl")
os._exit(0)
""")
    assert (code, told.splitlines()[-1].split(": ", 1)[1][:63]) == (
        1,
        "a.ttl: The process that did the work ended (exit code 0): it cr",
    )


def test_beside_threads_nothing_is_copied():
    """What they do would be half done in the copy."""
    code, printed, _told = run("""
import threading, time
threading.Thread(target=time.sleep, args=(0.5,)).start()
print(run_apart(RdfLimits(), "a.ttl"), is_limited())
""")
    assert (code, printed) == (0, "None False\n")
