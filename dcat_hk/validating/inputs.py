"""
What a user names -> files whose names say what they hold.

In: paths, `-`, folders of published catalogues. Out: files for the compiled engine, with the name that the user knows
for each. Content decides where a name says nothing.
"""

from __future__ import annotations

import contextlib
import gzip
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..errors import NotRdf, NotReadable
from ..shacl.reading import blocks, divided

#: Endings that say what a file holds.
_ENDINGS = {".ttl", ".nt", ".nq", ".trig", ".jsonld", ".json", ".rdf", ".xml", ".owl"}
_PACKED = b"\x1f\x8b"


@contextlib.contextmanager
def prepared(sources: Sequence[Path]) -> Iterator[dict[Path, str]]:
    """
    Give files to be read, each with the name that it was given by; copies last as long as they are used.

    Args:
        sources: Files, also gzipped; folders that hold a `catalogue.ttl`; `-` for standard input.

    Raises:
        NotReadable: A file cannot be read.

        NotRdf: A file whose name says nothing holds no RDF.
    """
    with tempfile.TemporaryDirectory() as folder:
        found: dict[Path, str] = {}
        for number, source in enumerate(sources):
            path = source / "catalogue.ttl" if source.is_dir() else source
            found[_plain(path, Path(folder) / str(number))] = str(path)
        yield found


def _plain(path: Path, copy: Path) -> Path:
    """Return a file that can be read by its name: itself, or a copy without compression or with an ending."""
    try:
        if str(path) == "-":
            data = sys.stdin.buffer.read()
        else:
            with path.open("rb") as file:
                packed = file.read(2) == _PACKED
            if path.suffix.lower() in _ENDINGS and not packed:
                return path
            data = path.read_bytes()
        data = gzip.decompress(data) if data[:2] == _PACKED else data
    except (OSError, EOFError) as error:
        reason = getattr(error, "strerror", None) or error
        raise NotReadable(f"The file cannot be read: {reason}.", str(path), "Check the name.") from error
    ending = Path(path.name.removesuffix(".gz")).suffix.lower()
    copy = copy.with_suffix(ending if ending in _ENDINGS else ".ttl")
    copy.write_bytes(data)
    return copy if ending in _ENDINGS else _named(copy, data, path)


def _named(copy: Path, data: bytes, path: Path) -> Path:
    """Return a copy whose name says what it holds, tried in the order of likelihood."""
    start = data.lstrip()[:200]
    choices = [".ttl", ".nq", ".trig"]
    if start[:1] in {b"{", b"["}:
        choices = [".jsonld"]
    elif start.startswith((b"<?xml", b"<rdf:", b"<!DOCTYPE")):
        choices = [".rdf"]
    problems: list[str] = []
    for choice in choices:
        tried = copy.rename(copy.with_suffix(choice))
        try:
            with divided([tried], 1) as pieces:
                for piece in pieces:
                    for _block in blocks(piece):
                        pass
        except NotRdf as error:
            problems.append(str(error))
            copy = tried
            continue
        return tried
    raise NotRdf("The file holds no RDF that can be read.", str(path), "Check its syntax.")
