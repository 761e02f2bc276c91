"""
An output folder -> a verified copy that does not change.

In: the output folder of a build, which may be replaced at any time. Out: a `Snapshot`, complete and verified by its
manifest, in a folder of its own with room for a store. The copies of a server that was killed are removed when the next
copy is taken.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from ...core.errors import NotReadable
from ...core.files import MANIFEST, read_manifest
from ...core.scratch import ScratchFolder
from ...core.terms import Iri

_BLOCK = 1 << 20
#: The number of attempts to copy a folder that is replaced during the copy.
_MAX_TRIES = 5

#: A quick way to tell builds apart: inode, modification time and size of the manifest.
BuildMark = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """
    A verified copy of a build, in a folder that is removed with it.

    `files` are the digests of its files by name; `digest` is that of the manifest; `published` is the time when the
    manifest was written, in seconds.
    """

    folder: Path
    base: Iri
    files: Mapping[str, str]
    digest: str
    published: int
    scratch: ScratchFolder | None = None

    @property
    def output(self) -> Path:
        """Return the folder with the files of the build."""
        return self.folder / "output"

    @property
    def store(self) -> Path:
        """Return the folder of the store of pyoxigraph."""
        return self.folder / "store"

    @property
    def index(self) -> Path:
        """Return the index of its datasets, which people search."""
        return self.folder / "search.sqlite"

    @property
    def history(self) -> Path:
        """Return the file of what its plans list, which promises are worked out from."""
        return self.folder / "history.msgpack"

    @property
    def made(self) -> Path:
        """Return the folder for files that are made from the build."""
        return self.folder / "made"

    def discard(self) -> None:
        """Remove the copy; only the process that took it can."""
        if self.scratch:
            self.scratch.remove()

    def __getstate__(self) -> tuple[object, ...]:
        """Return what another process needs to read the copy."""
        return self.folder, self.base, self.files, self.digest, self.published, None


def read_mark(folder: Path) -> BuildMark | None:
    """Return the mark of the build in a folder; None if there is no build."""
    try:
        status = (folder / MANIFEST).stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size


def take_snapshot(folder: Path, keep_in: Path | None = None) -> Snapshot:
    """
    Return a verified copy of a build.

    Args:
        folder: An output folder.

        keep_in: The folder for the copy; default the system's folder for temporary files.

    Raises:
        NotReadable: There is no published catalogue in the folder, or it differs from its manifest.
    """
    problem = ""
    for _ in range(_MAX_TRIES):
        before = read_mark(folder)
        base, expected = _read_expectations(folder)
        if before is None or not base:
            missing = "There is no published catalogue in this folder."
            raise NotReadable(missing, str(folder), "Run dcat-hk build first.")
        scratch = ScratchFolder(keep_in)
        try:
            home = scratch.path
            _copy_outputs(folder, home / "output", expected)
            manifest_bytes = (folder / MANIFEST).read_bytes()
            if read_mark(folder) != before:
                raise ValueError("it keeps changing")
            for name in ("store", "made"):
                (home / name).mkdir()
            (home / "output" / MANIFEST).write_bytes(manifest_bytes)
            digest = hashlib.sha256(manifest_bytes).hexdigest()
            return Snapshot(home, base, expected, digest, before[1] // 10**9, scratch)
        except BaseException as error:
            scratch.remove()
            if isinstance(error, OSError):
                problem = f"{error.filename or folder}: {error.strerror}"
            elif isinstance(error, ValueError):
                problem = str(error)
            else:
                raise
    raise NotReadable(
        f"The published catalogue differs from its manifest ({problem}).",
        str(folder),
        "Build it again, or wait until it is copied completely.",
    )


def _read_expectations(folder: Path) -> tuple[Iri, dict[str, str]]:
    """Return the base IRI of a build and the digests of its files by name; both are empty if it has no manifest."""
    try:
        manifest: Any = read_manifest(folder)
        base = manifest["settings"]["base_iri"]
        digests = {str(name): str(about["sha256"]) for name, about in manifest["outputs"].items()}
    except (LookupError, TypeError, AttributeError, RecursionError):
        return "", {}
    # The path of the base IRI begins after the third slash.
    return (base, digests) if isinstance(base, str) and base.count("/") >= 3 else ("", {})


def _copy_outputs(folder: Path, target: Path, expected: Mapping[str, str]) -> None:
    """Copy the files in a manifest; raise ValueError if a file differs."""
    for name, digest in expected.items():
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or not path.parts or "\0" in name:
            raise ValueError(f"{name!r} is not a valid file name")
        goal = target / path
        goal.parent.mkdir(parents=True, exist_ok=True)
        if _copy_file(folder / path, goal) != digest:
            raise ValueError(f"{name} differs")


def _copy_file(source: Path, goal: Path) -> str:
    """Copy a regular file and return its digest."""
    # A pipe would be waited for without an end, and is not opened.
    with open(source, "rb", opener=lambda path, flags: os.open(path, flags | getattr(os, "O_NONBLOCK", 0))) as file:
        status = os.fstat(file.fileno())
        if not os.path.samestat(status, os.lstat(source)):
            raise ValueError(f"{source.name} is a symbolic link")
        if not stat.S_ISREG(status.st_mode):
            raise ValueError(f"{source.name} is not a file")
        digest = hashlib.sha256()
        with goal.open("wb") as copy:
            while data := file.read(_BLOCK):
                digest.update(data)
                copy.write(data)
        shutil.copystat(source, goal)
    return digest.hexdigest()
