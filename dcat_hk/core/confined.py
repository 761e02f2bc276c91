"""
Runs a Python script within limits of memory and processor time: `confined.py PARENT MEMORY SECONDS SCRIPT ARGUMENT…`.

In: the number of the process that asks for it, the most bytes and the most seconds of processor time to use, a script
and its arguments. Out: what the script does, or its end, which also comes when that process ends. It is run as a script
itself, so that it starts fast, and imports nothing of ours.
"""

from __future__ import annotations

import contextlib
import os
import runpy
import signal
import sys
import threading
import time

#: Of prctl(2): the signal that the kernel sends a process when the one that made it ends.
_PR_SET_PDEATHSIG = 1
#: How often a process looks whether its parent is still there, where the kernel does not tell, in seconds.
_GLANCE = 0.5


def end_with(parent: int) -> None:
    """
    Let this process end when the one that made it ends, however that ends.

    On Linux the kernel sees to it. Elsewhere a thread looks for the parent now and then.

    Args:
        parent: The number of the process that made this one.
    """
    if os.name == "nt":
        threading.Thread(target=_end_after_handle, args=(parent,), daemon=True).start()
        return
    if not _ask_kernel():
        threading.Thread(target=_end_after_parent, args=(parent,), daemon=True).start()
    # It may have ended before the kernel was asked.
    if os.getppid() != parent:
        os._exit(1)


def _ask_kernel() -> bool:
    """Ask the kernel to kill this process when its parent ends; False where it cannot."""
    if not sys.platform.startswith("linux"):
        return False
    import ctypes

    try:
        return bool(ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) == 0)
    except (OSError, AttributeError):
        return False


def _end_after_parent(parent: int) -> None:
    """End this process when another one has taken it over from its parent."""
    while os.getppid() == parent:
        time.sleep(_GLANCE)
    os._exit(1)


def _end_after_handle(parent: int) -> None:
    """End this process when another one has ended; Windows does not say who takes it over."""
    import ctypes

    kernel = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined]
    kernel.OpenProcess.restype = ctypes.c_void_p
    # What may be waited for; there is no limit of time.
    handle = kernel.OpenProcess(0x0010_0000, False, parent)
    if handle:
        kernel.WaitForSingleObject(ctypes.c_void_p(handle), 0xFFFF_FFFF)
    os._exit(1)


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
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        # macOS refuses to limit memory.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _end_after(seconds: int) -> None:
    """End this process, whatever it does, when it has used its processor time."""
    while time.process_time() < seconds:
        time.sleep(0.1)
    os._exit(1)


if __name__ == "__main__":
    end_with(int(sys.argv[1]))
    confine(int(sys.argv[2]), int(sys.argv[3]))
    del sys.argv[:4]
    # Our own modules stand beside this script, and must not be taken for packages of the same name.
    sys.path[:] = [folder for folder in sys.path if folder != os.path.dirname(__file__)]  # noqa: PTH120 - starts fast
    runpy.run_path(sys.argv[0], run_name="__main__")
