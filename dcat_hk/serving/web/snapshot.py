"""
An output folder -> a verified copy that does not change.

In: the output folder of a build, which may be replaced at any time. Out: a `Snapshot`, complete and verified by its
manifest, in a folder of its own with room for a store.

Each copy has a file that its process keeps locked. The kernel releases the lock when the process ends, however it ends:
so the copies of a server that was killed are known by it, and removed when the next copy is taken.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from ...core.errors import NotReadable
from ...core.files import MANIFEST, read_manifest
from ...core.terms import Iri

_BLOCK = 1 << 20
#: The number of attempts to copy a folder that is replaced during the copy.
_MAX_TRIES = 5
#: The beginning of the names of copies, and the name of the file that is locked.
_PREFIX, _LOCK = "dcat-hk-", "in-use"
#: The locked files of the copies of this process.
_LOCKS: dict[Path, IO[bytes]] = {}

#: A quick way to tell builds apart: inode, modification time and size of the manifest.
BuildMark = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """
    A verified copy of a build.

    `files` are the digests of its files by name; `digest` is that of the manifest; `published` is the time when the
    manifest was written, in seconds.
    """

    folder: Path
    base: Iri
    files: Mapping[str, str]
    digest: str
    published: int

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
    def made(self) -> Path:
        """Return the folder for files that are made from the build."""
        return self.folder / "made"

    def discard(self) -> None:
        """Remove the copy."""
        _remove_copy(self.folder)


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
    remove_remains(keep_in)
    problem = ""
    for _ in range(_MAX_TRIES):
        before = read_mark(folder)
        base, expected = _read_expectations(folder)
        if before is None or not base:
            missing = "There is no published catalogue in this folder."
            raise NotReadable(missing, str(folder), "Run dcat-hk build first.")
        try:
            with _make_copy(keep_in) as home:
                _copy_outputs(folder, home / "output", expected)
                manifest_bytes = (folder / MANIFEST).read_bytes()
                if read_mark(folder) != before:
                    raise ValueError("it keeps changing")
                for name in ("store", "made"):
                    (home / name).mkdir()
                (home / "output" / MANIFEST).write_bytes(manifest_bytes)
                digest = hashlib.sha256(manifest_bytes).hexdigest()
                return Snapshot(home, base, expected, digest, before[1] // 10**9)
        except OSError as error:
            problem = f"{error.filename or folder}: {error.strerror}"
        except ValueError as error:
            problem = str(error)
    raise NotReadable(
        f"The published catalogue differs from its manifest ({problem}).",
        str(folder),
        "Build it again, or wait until it is copied completely.",
    )


def remove_remains(keep_in: Path | None = None) -> None:
    """
    Remove the copies that processes have left which were killed.

    Only folders of this user are looked at, and only those are removed whose lock nobody holds: never because of a
    process number, which another process, or a process in another container, may have as well.

    Args:
        keep_in: The folder for copies; default the system's folder for temporary files.
    """
    for home in Path(keep_in or tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            status = home.lstat()
            if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid():
                continue
            # Opened for reading: a folder without the file is not ours, or is being made at this moment.
            with (home / _LOCK).open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(home, ignore_errors=True)


@contextlib.contextmanager
def _make_copy(keep_in: Path | None) -> Iterator[Path]:
    """Give a new, locked folder for a copy; it is removed if the block fails."""
    home = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=keep_in))
    try:
        file = (home / _LOCK).open("xb")
        _LOCKS[home] = file
        fcntl.flock(file, fcntl.LOCK_EX)
        # Another process may have taken the folder for remains before it was locked.
        if not (home / _LOCK).exists():
            raise ValueError("it keeps changing")
        yield home
    except BaseException:
        _remove_copy(home)
        raise


def _remove_copy(home: Path) -> None:
    """Remove a copy, and release its lock afterwards."""
    shutil.rmtree(home, ignore_errors=True)
    file = _LOCKS.pop(home, None)
    if file is not None:
        file.close()


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
    with open(source, "rb", opener=lambda path, flags: os.open(path, flags | os.O_NONBLOCK)) as file:
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
