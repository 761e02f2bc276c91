"""
An output folder -> a verified copy that does not change.

In: the output folder of a build, which may be replaced at any time. Out: a `Snapshot`, complete and verified by its
manifest, in a folder of its own with room for a store.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from ...core.errors import NotReadable
from ...core.files import MANIFEST, read_manifest
from ...core.terms import Iri

_BLOCK = 1 << 20
#: The number of attempts to copy a folder that is replaced during the copy.
_MAX_TRIES = 5

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
    def made(self) -> Path:
        """Return the folder for files that are made from the build."""
        return self.folder / "made"

    def discard(self) -> None:
        """Remove the copy."""
        shutil.rmtree(self.folder, ignore_errors=True)


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
        manifest = read_manifest(folder)
        base = manifest.get("settings", {}).get("base_iri")
        if before is None or not isinstance(base, str):
            missing = "There is no published catalogue in this folder."
            raise NotReadable(missing, str(folder), "Run dcat-hk build first.")
        home = Path(tempfile.mkdtemp(prefix="dcat-hk-", dir=keep_in))
        try:
            digests = _copy_outputs(folder, home / "output", manifest)
            manifest_bytes = (folder / MANIFEST).read_bytes()
        except OSError as error:
            problem = f"{error.filename}: {error.strerror}"
            manifest_bytes = b""
        except ValueError as error:
            problem, manifest_bytes = str(error), b""
        if manifest_bytes and read_mark(folder) == before:
            for name in ("store", "made"):
                (home / name).mkdir()
            (home / "output" / MANIFEST).write_bytes(manifest_bytes)
            digest = hashlib.sha256(manifest_bytes).hexdigest()
            return Snapshot(home, base, digests, digest, before[1] // 10**9)
        shutil.rmtree(home, ignore_errors=True)
    raise NotReadable(
        f"The published catalogue differs from its manifest ({problem or 'it keeps changing'}).",
        str(folder),
        "Build it again, or wait until it is copied completely.",
    )


def _copy_outputs(folder: Path, target: Path, manifest: Mapping[str, Any]) -> dict[str, str]:
    """Copy the files in a manifest and return their digests; raise ValueError if a file differs."""
    digests = {}
    for name, about in manifest["outputs"].items():
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts:
            raise ValueError(f"{name} is not a valid file name")
        goal = target / path
        goal.parent.mkdir(parents=True, exist_ok=True)
        if _copy_file(folder / path, goal) != about["sha256"]:
            raise ValueError(f"{name} differs")
        digests[name] = str(about["sha256"])
    return digests


def _copy_file(source: Path, goal: Path) -> str:
    """Copy a regular file and return its digest."""
    with source.open("rb") as file:
        if not os.path.samestat(os.fstat(file.fileno()), os.lstat(source)):
            raise ValueError(f"{source.name} is a symbolic link")
        digest = hashlib.sha256()
        with goal.open("wb") as copy:
            while data := file.read(_BLOCK):
                digest.update(data)
                copy.write(data)
        shutil.copystat(source, goal)
    return digest.hexdigest()
