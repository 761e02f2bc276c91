"""
Standard input, output and error of a command: what happens when one of them is closed, full or broken.

In: the streams that the shell gives. Out: streams that end a command with one sentence. Python leaves a closed stream
out, so that the next file that is opened takes its number and gets what is printed; and it tells of what could not be
written only when the command is over, by a traceback. All streams are UTF-8, whatever the system or PYTHONIOENCODING
prefers: what is printed is full of Chinese.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import sys
from collections.abc import Iterator
from typing import Any, TextIO

from ..core.errors import NotReadable
from ..core.signals import Ended
from ..core.wording.refusals import Phrase, SystemReason

#: The exit code of a program whose reader went away: 128 and the number of SIGPIPE, as a shell gives it.
BROKEN_PIPE = 141


class StandardOutput(io.FileIO):
    """
    Standard output: what cannot be written is an error of dcat-hk, and no traceback.

    >>> StandardOutput(1, closefd=False).fileno()
    1
    """

    #: Whether a signal came while bytes were being written: nobody knows which of them were.
    _is_cut = False

    def write(self, data: Any, /) -> int:
        """
        Write bytes.

        Args:
            data: The bytes.

        Raises:
            BrokenPipeError: Whoever read them has gone away.

            NotReadable: They cannot be written.
        """
        if self._is_cut:
            return memoryview(data).nbytes
        try:
            return super().write(data) or 0
        except Ended:
            # The buffer still has them, and would have them written twice.
            self._is_cut = True
            raise
        except BrokenPipeError:
            raise
        except OSError as error:
            reason = Phrase("inputs.closed") if error.errno == errno.EBADF else SystemReason.of(error)
            raise NotReadable.of("inputs.standard-output", reason=reason) from error


class StandardError(io.FileIO):
    """
    Standard error: remarks that cannot be written are lost, and the command goes on.

    >>> StandardError(2, closefd=False).fileno()
    2
    """

    def write(self, data: Any, /) -> int:
        """
        Write bytes as far as they can be written.

        Args:
            data: The bytes.
        """
        with contextlib.suppress(OSError):
            return super().write(data) or 0
        return memoryview(data).nbytes


@contextlib.contextmanager
def guarded_streams() -> Iterator[None]:
    """
    Let a block run with streams that fail in words; streams that a test or another program put there stay.

    >>> with guarded_streams():
    ...     sys.stdout is not None
    True
    """
    _fill_closed()
    outer = sys.stdin, sys.stdout, sys.stderr
    if sys.stdin is None:
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - stays for the process
    elif sys.stdin is sys.__stdin__ and isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    if _is_ours(sys.stdout, sys.__stdout__):
        sys.stdout = _wrap(StandardOutput(1, "w", closefd=False))
    if _is_ours(sys.stderr, sys.__stderr__):
        sys.stderr = _wrap(StandardError(2, "w", closefd=False), line_buffering=True)
    try:
        yield
    finally:
        for stream in (sys.stdout, sys.stderr):
            if stream not in outer:
                discard_output(stream)
        sys.stdin, sys.stdout, sys.stderr = outer


@contextlib.contextmanager
def silent_libraries() -> Iterator[None]:
    """
    Let only what Python prints reach standard error while the block runs: libraries in C that crash print pages.

    >>> with silent_libraries():
    ...     _count = os.write(2, b"a crash")
    """
    outer, kept = sys.stderr, os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    sys.stderr = _wrap(StandardError(kept, "w", closefd=False), line_buffering=True)
    try:
        yield
    finally:
        discard_output(sys.stderr)
        os.dup2(kept, 2)
        sys.stderr = outer
        os.close(kept)


def discard_output(stream: TextIO) -> None:
    """
    Forget what a stream could not write, so that it is not tried again when the process ends.

    Args:
        stream: The stream.
    """
    try:
        stream.flush()
    except (OSError, NotReadable):
        with contextlib.suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)


def _is_ours(stream: TextIO | None, original: TextIO | None) -> bool:
    """Tell whether a stream is to be replaced: not what somebody put there, nor the console of Windows."""
    if stream is None:
        return True
    # That one writes characters, in UTF-8 already, and not bytes.
    return stream is original and not (os.name == "nt" and stream.isatty())


def _wrap(raw: io.FileIO, *, line_buffering: bool = False) -> TextIO:
    """Return a stream of text over a file; a name that is no text is shown with what its bytes are."""
    buffered = line_buffering or raw.isatty()
    return io.TextIOWrapper(io.BufferedWriter(raw), "utf-8", "backslashreplace", line_buffering=buffered)


def _fill_closed() -> None:
    """Take the numbers of closed streams, for files that refuse to be used as what they stand for."""
    for number, flags in ((0, os.O_WRONLY), (1, os.O_RDONLY), (2, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            # The lowest number that is free is this one: those below are taken.
            os.set_inheritable(os.open(os.devnull, flags), True)
