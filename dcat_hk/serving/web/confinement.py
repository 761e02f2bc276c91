"""
What a process that runs other people's queries may not do: connect anywhere, take all memory, outlive its time.

In: limits. Out: nothing; the process is confined from then on. Besides this a query is read before it is run.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import resource
import signal
import struct
import sys

#: Numbers of the system call that makes a socket, and of the architecture as the kernel's filter sees it.
_SOCKET = {"x86_64": (41, 0xC000003E), "aarch64": (198, 0xC00000B7)}
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000


def confine(memory: int) -> bool:
    """
    Confine this process; tell whether it is kept from connecting anywhere, which only Linux can.

    Args:
        memory: How many bytes of memory it may use.
    """
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return sys.platform.startswith("linux") and _without_sockets()


def end_after(seconds: float) -> None:
    """
    Let the kernel end this process after a while, whatever it does then; 0 calls this off.

    Args:
        seconds: How long it may still run.
    """
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)


def _without_sockets() -> bool:
    """Refuse the system call that makes sockets, for ever; False where the kernel has no such filter."""
    known = _SOCKET.get(platform.machine())
    if known is None:
        return False
    number, architecture = known
    steps = [
        (_LOAD, 0, 0, 4),
        (_EQUAL, 0, 3, architecture),
        (_LOAD, 0, 0, 0),
        (_EQUAL, 0, 1, number),
        (_RETURN, 0, 0, _REFUSE | errno.EPERM),
        (_RETURN, 0, 0, _ALLOW),
    ]
    program = b"".join(struct.pack("HBBI", *step) for step in steps)
    code = ctypes.create_string_buffer(program)
    # struct sock_fprog: a count and a pointer, which the compiler puts at its own boundary.
    described = struct.pack("HxxxxxxP", len(steps), ctypes.addressof(code))
    library = ctypes.CDLL(None, use_errno=True)
    if library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return False
    return bool(library.prctl(_SECCOMP, _FILTER, ctypes.create_string_buffer(described), 0, 0) == 0)
