"""
Tells a PDF that could take all time or memory, before a program without a brake opens it.

In: bytes. Out: nothing, or an error. Compressed streams are unpacked within the limit; a file with parts that can be
drawn within one another is tried in a process of its own.
"""

from __future__ import annotations

import re
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

from ....core.errors import NotAPlan
from ....core.limits import Budget
from ....core.processes import run_confined
from ....core.wording.refusals import Phrase

#: Forms and patterns can contain one another; what is packed or spelt in other ways could hide them.
_RISKS = re.compile(
    rb"/Form\b|/PatternType\b|/Encrypt\b|/(?:LZW|RunLength|ASCII85|ASCIIHex)Decode\b|/(?:LZW|RL|A85|AHx)[\s/\]>]"
    rb"|/[\w.+-]*#[4-7][0-9A-Fa-f]"
)
#: Compressed objects are in streams of this kind; nothing else that is compressed can be such a part.
_OBJECTS = b"/ObjStm"
_STREAM = re.compile(rb"stream\r?\n")
_PIECE = 1 << 20
_FED = 1 << 15
#: A risk's name may be cut by the end of a piece.
_OVERLAP = 32
#: More unpacked bytes than this are tried first whatever they are.
_MUCH = 24_000_000
_TRIAL = Path(__file__).with_name("trial.py")


def check_danger(data: bytes, budget: Budget) -> None:
    """
    Raise if reading a PDF would take more time or memory than the limits allow.

    Args:
        data: The file.

        budget: What reading may still cost.

    Raises:
        NotAPlan: It would, or it unpacks to too much.

        NotReadable: It could not be found out, since the process for it did nothing.
    """
    risky = bool(_RISKS.search(data))
    total = 0
    for piece, fresh, objects in _unpacked(data):
        total += fresh
        budget.check("unpacked", total)
        risky = risky or (objects and bool(_RISKS.search(piece)))
    if risky or total > _MUCH:
        _try_out(data, budget)


def _unpacked(data: bytes) -> Iterator[tuple[bytes, int, bool]]:
    """Yield what streams unpack to, piece by piece, how many bytes of a piece are new, and whether it holds objects."""
    view = memoryview(data)
    last = 0
    for match in _STREAM.finditer(data):
        objects = data.find(_OBJECTS, last, match.start()) >= 0
        last = match.end()
        before = b""
        for piece in _pieces(view[last:]):
            yield before + piece, len(piece), objects
            before = piece[-_OVERLAP:]


def _pieces(packed: memoryview) -> Iterator[bytes]:
    """Yield what a compressed stream that begins here unpacks to, until it ends or is none."""
    unpacker = zlib.decompressobj()
    position, rest = 0, b""
    while not unpacker.eof and (rest or position < len(packed)):
        try:
            piece = unpacker.decompress(rest or packed[position : position + _FED], _PIECE)
        except zlib.error:
            return
        position += 0 if rest else _FED
        rest = unpacker.unconsumed_tail
        yield piece


def _try_out(data: bytes, budget: Budget) -> None:
    """Open the file in a process of its own that is ended when it takes too much."""
    if not sys.executable:
        return
    process = run_confined(
        _TRIAL,
        data=data,
        seconds=budget.limits.seconds,
        task=Phrase("processes.opening-pdf"),
        name=budget.name,
    )
    if process.returncode:
        raise NotAPlan.of("documents.pdf-costly", budget.name)
