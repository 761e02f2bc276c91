"""
An output folder -> a copy of it that stays as it is, verified.

In: the folder of a build, which may be replaced at any moment. Out: a `Snapshot`, whole and as its manifest says, in
a folder of its own with a store of its quads.
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
#: How often a copy is begun again because the folder was replaced meanwhile.
_TRIES = 5

#: What tells one build from the next at a glance: the manifest's inode, time and size.
Mark = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """
    A build as it was published.

    `files` are the digests of its files by name; `digest` is that of the manifest; `published` is when the manifest
    was written, in seconds.
    """

    folder: Path
    base: Iri
    files: Mapping[str, str]
    digest: str
    published: int

    @property
    def output(self) -> Path:
        """Return where its files are."""
        return self.folder / "output"

    @property
    def store(self) -> Path:
        """Return where its quads are, for pyoxigraph."""
        return self.folder / "store"

    @property
    def made(self) -> Path:
        """Return where files go that are made of it."""
        return self.folder / "made"

    def discard(self) -> None:
        """Remove the copy."""
        shutil.rmtree(self.folder, ignore_errors=True)


def mark_of(folder: Path) -> Mark | None:
    """Return what tells the build in a folder from others, None if there is none."""
    try:
        found = (folder / MANIFEST).stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def take(folder: Path, keep_in: Path | None = None) -> Snapshot:
    """
    Return a verified copy of a build.

    Args:
        folder: An output folder.

        keep_in: Where copies are kept; default the system's folder for temporary files.

    Raises:
        NotReadable: The folder holds no published catalogue, or one that is not what its manifest says.
    """
    problem = ""
    for _ in range(_TRIES):
        before = mark_of(folder)
        manifest = read_manifest(folder)
        base = manifest.get("settings", {}).get("base_iri")
        if before is None or not isinstance(base, str):
            missing = "There is no published catalogue in this folder."
            raise NotReadable(missing, str(folder), "Run dcat-hk build first.")
        home = Path(tempfile.mkdtemp(prefix="dcat-hk-", dir=keep_in))
        try:
            digests = _copy(folder, home / "output", manifest)
            manifested = (folder / MANIFEST).read_bytes()
        except OSError as error:
            problem = f"{error.filename}: {error.strerror}"
            manifested = b""
        except ValueError as error:
            problem, manifested = str(error), b""
        if manifested and mark_of(folder) == before:
            for name in ("store", "made"):
                (home / name).mkdir()
            (home / "output" / MANIFEST).write_bytes(manifested)
            digest = hashlib.sha256(manifested).hexdigest()
            return Snapshot(home, base, digests, digest, before[1] // 10**9)
        shutil.rmtree(home, ignore_errors=True)
    raise NotReadable(
        f"The published catalogue is not what its manifest says ({problem or 'it changes all the time'}).",
        str(folder),
        "Build it again, or wait until it is copied.",
    )


def _copy(folder: Path, target: Path, manifest: Mapping[str, Any]) -> dict[str, str]:
    """Copy what a manifest names and return the digests; raise ValueError for a file that is another."""
    digests = {}
    for name, about in manifest["outputs"].items():
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts:
            raise ValueError(f"{name} is no name of an output")
        goal = target / path
        goal.parent.mkdir(parents=True, exist_ok=True)
        if _copy_file(folder / path, goal) != about["sha256"]:
            raise ValueError(f"{name} has another content")
        digests[name] = str(about["sha256"])
    return digests


def _copy_file(source: Path, goal: Path) -> str:
    """Copy a regular file and return its digest."""
    with source.open("rb") as file:
        if not os.path.samestat(os.fstat(file.fileno()), os.lstat(source)):
            raise ValueError(f"{source.name} is a link")
        digest = hashlib.sha256()
        with goal.open("wb") as copy:
            while data := file.read(_BLOCK):
                digest.update(data)
                copy.write(data)
        shutil.copystat(source, goal)
    return digest.hexdigest()
