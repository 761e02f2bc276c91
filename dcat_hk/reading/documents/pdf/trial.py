"""
Opens every page of a PDF on standard input, and does nothing with it: a trial in a process of its own.

A page that takes for ever or all memory can so be found out without harm. In: a file. Out: an exit code. It is run as a
script by `core.processes.run_confined`, so that it starts fast, and imports nothing of ours.
"""

from __future__ import annotations

import sys
from typing import Any

#: pdfium keeps a pointer to this until the process ends.
_registered: list[Any] = []


def main() -> None:
    """Open every page of the PDF on standard input."""
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


if __name__ == "__main__":
    main()
