"""
Files at hand -> what `reading` reads.

In: paths of files and folders, `-` for standard input. Out: bytes with names. Folders stand for the files in them that
may be of the portal.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..core.errors import NotReadable
from ..core.wording.refusals import SystemReason
from .contents import LARGEST, refuse_content
from .reading import PortalInput

_STDIN = Path("-")
#: What the names of files end with that are read of a folder.
_ENDINGS = (".json", ".jsonl", ".ndjson", ".tsv", ".csv", ".xml", ".gz")


def read_inputs(sources: Sequence[Path]) -> Iterator[PortalInput]:
    """
    Yield files with their bytes, each once.

    Args:
        sources: Files, folders, and `-` for standard input.

    Raises:
        NotReadable: A file cannot be read.

        NotPortalData: A file is too large.
    """
    for path in dict.fromkeys(path for source in sources for path in _expand(source)):
        try:
            if path == _STDIN:
                data = sys.stdin.buffer.read(LARGEST + 1)
            else:
                with path.open("rb") as file:
                    data = file.read(LARGEST + 1)
        except OSError as error:
            raise NotReadable.of("inputs.unreadable", str(path), reason=SystemReason.of(error)) from error
        if len(data) > LARGEST:
            raise refuse_content("portal-too-large", str(path), most=f"{LARGEST:,}")
        # The name without the folder: a snapshot says the same wherever its files lay.
        yield PortalInput(path.name, data, folder=path.parent.name)


def _expand(source: Path) -> list[Path]:
    """Return a file itself, and of a folder the files that may be of the portal, by name."""
    if source == _STDIN or not source.is_dir():
        return [source]
    return sorted(path for path in source.rglob("*") if path.is_file() and path.name.endswith(_ENDINGS))
