"""A process that runs queries of strangers has no sockets, little memory and little time."""

from __future__ import annotations

import signal
import subprocess
import sys

PRELUDE = "from dcat_hk.serving.web.confinement import confine_process, set_time_limit\n"


def run(code):
    """Run code in a process of its own, because the restrictions cannot be undone."""
    return subprocess.run([sys.executable, "-c", PRELUDE + code], capture_output=True, text=True, check=False)


def test_no_worker_can_connect_anywhere():
    """Sockets of any kind are forbidden for the process and the processes it starts, files are not."""
    done = run(
        "import socket, subprocess, sys\n"
        "print(confine_process(10**9))\n"
        "for family in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX):\n"
        "    try:\n        socket.socket(family)\n    except PermissionError:\n        print('refused')\n"
        "print(len(open('/etc/hostname').read()) > 0)\n"
        "child = 'import socket\\ntry:\\n    socket.socket()\\nexcept PermissionError:\\n    print(\"refused\")'\n"
        "print(subprocess.run([sys.executable, '-c', child], capture_output=True, text=True).stdout.strip())\n"
    )
    assert done.stdout.split() == ["True", "refused", "refused", "refused", "True", "refused"]


def test_memory_beyond_the_limit_is_an_error():
    """An allocation above the limit fails in the process; one below succeeds."""
    done = run(
        "confine_process(200_000_000)\nbytearray(50_000_000)\nprint('below')\n"
        "try:\n    bytearray(400_000_000)\nexcept MemoryError:\n    print('above')\n"
    )
    assert done.stdout.split() == ["below", "above"]


def test_a_process_ends_at_its_time_limit():
    """The kernel ends the process by a signal, also in a loop that never returns."""
    assert run("set_time_limit(0.1)\nwhile True:\n    pass\n").returncode == -signal.SIGALRM


def test_a_time_limit_can_be_cancelled():
    """A limit of 0 cancels the earlier one."""
    done = run("import time\nset_time_limit(0.2)\nset_time_limit(0)\ntime.sleep(0.4)\nprint('alive')\n")
    assert done.stdout == "alive\n"
