"""
Restrictions for a process that runs queries of strangers: no sockets, limited memory, limited time.

In: limits. Out: nothing; the process is restricted from then on. In addition, each query is checked before it is run.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import platform
import signal
import struct
import sys

#: The number of the system call socket(2), and the architecture number in seccomp filters.
_SOCKET = {"x86_64": (41, 0xC000003E), "aarch64": (198, 0xC00000B7)}
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000


def confine_process(memory: int) -> bool:
    """
    Limit the memory of this process and forbid it to create sockets; return whether sockets are forbidden.

    Only Linux can forbid sockets, and only Linux and the like limit memory.

    Args:
        memory: The memory that the process may use, in bytes.
    """
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    return sys.platform.startswith("linux") and _forbid_sockets()


def set_time_limit(seconds: float) -> None:
    """
    Have the kernel end this process after some time, whatever it is doing then.

    Where it cannot, as on Windows, the server ends the process a little later.

    Args:
        seconds: The time until then; 0 cancels the limit.
    """
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _forbid_sockets() -> bool:
    """Forbid socket(2) for the rest of the process; return False where the kernel has no seccomp filters."""
    call = _SOCKET.get(platform.machine())
    if call is None:
        return False
    number, architecture = call
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
    # struct sock_fprog: a count and a pointer, aligned to the size of a pointer.
    described = struct.pack("HxxxxxxP", len(steps), ctypes.addressof(code))
    library = ctypes.CDLL(None, use_errno=True)
    if library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return False
    return bool(library.prctl(_SECCOMP, _FILTER, ctypes.create_string_buffer(described), 0, 0) == 0)
