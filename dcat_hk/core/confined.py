"""
Runs a Python script within limits of memory and processor time: `confined.py MEMORY SECONDS SCRIPT ARGUMENT…`.

In: the most bytes and the most seconds of processor time to use, a script and its arguments. Out: what the script does,
or its end. It is run as a script itself, so that it starts fast, and imports nothing of ours.
"""

from __future__ import annotations

import os
import runpy
import sys
import threading
import time


def confine(memory: int, seconds: int) -> None:
    """
    Limit what this process may use from now on.

    Args:
        memory: The most memory to use, in bytes.

        seconds: The most processor time to use.
    """
    try:
        import resource
    except ImportError:  # Windows has none.
        threading.Thread(target=_end_after, args=(seconds,), daemon=True).start()
    else:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _end_after(seconds: int) -> None:
    """End this process, whatever it does, when it has used its processor time."""
    while time.process_time() < seconds:
        time.sleep(0.1)
    os._exit(1)


if __name__ == "__main__":
    confine(int(sys.argv[1]), int(sys.argv[2]))
    del sys.argv[:3]
    # Our own modules stand beside this script, and must not be taken for packages of the same name.
    sys.path[:] = [folder for folder in sys.path if folder != os.path.dirname(__file__)]  # noqa: PTH120 - starts fast
    runpy.run_path(sys.argv[0], run_name="__main__")
