"""
Opens every page of a PDF on standard input, and does nothing with it: a trial in a process of its own.

A page that takes for ever or all memory can so be found out without harm. In: a file, and how much memory and time it
may take. Out: an exit code. It is run as a script, so that it starts fast, and imports nothing of ours.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from typing import Any

#: pdfium keeps a pointer to this until the process ends.
_registered: list[Any] = []


def main(memory: int, seconds: int) -> None:
    """
    Open every page of the PDF on standard input.

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
    import pypdfium2
    from pypdfium2 import raw

    # The reader does not use the machine's fonts either, and they may be large.
    _registered.append(raw.FPDF_SYSFONTINFO(version=1))
    raw.FPDF_SetSystemFontInfo(_registered[0])
    try:
        document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
        for number in range(len(document)):
            page = document[number]
            page.get_textpage().close()
            page.close()
    except pypdfium2.PdfiumError:
        return  # Broken, but soon so: the reader will say it better.


def _end_after(seconds: int) -> None:
    """End this process, whatever it does, when it has used its processor time."""
    while time.process_time() < seconds:
        time.sleep(0.1)
    os._exit(1)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
