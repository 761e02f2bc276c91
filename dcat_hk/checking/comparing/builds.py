"""
What a user names -> a build that can be read: one file with all its facts, and what its manifest says.

In: a folder, a file of a build in any syntax, also gzipped, `-`, or `REV:PATH`. Out: `ComparedBuild`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ...core.errors import NotReadable
from ...core.files import read_manifest
from ..sources import Intake, RdfFile
from .revisions import copy_revision, is_revision

#: The files of a build that hold the whole catalogue, what can be read fastest first.
WHOLE = ("catalogue.nq", "catalogue.ttl", "catalogue.jsonld")


@dataclass(frozen=True, slots=True)
class ComparedBuild:
    """
    A build: the name that the user knows it by, its file, and what its manifest says of program, settings and links.

    `is_altered` tells that the file is not the one in the manifest; `mark` tells files apart that replace one another.
    """

    name: str
    file: RdfFile
    program: str
    settings: Mapping[str, Any]
    links: Mapping[str, Any]
    is_altered: bool
    mark: tuple[int, int, int]

    def require_unchanged(self) -> None:
        """Raise an error if the file was replaced since the build was opened."""
        if _mark(self.file.path) != self.mark:
            raise NotReadable.of("checking.build-replaced", self.name)


def open_build(source: str, intake: Intake, folder: Path) -> ComparedBuild:
    """
    Return a build.

    Args:
        source: What the user names.

        intake: Keeps the copy of a file that is compressed or piped.

        folder: Where files of a git revision go.

    Raises:
        NotReadable: There is nothing of that name, or a folder that holds no build.

        NotRdf: A file that is no RDF.
    """
    path = copy_revision(source, folder, WHOLE) if is_revision(source) else Path(source)
    manifest: Mapping[str, Any] = {}
    if path.is_dir():
        manifest = read_manifest(path)
        if not isinstance(manifest.get("settings"), dict):
            raise NotReadable.of("checking.no-build", source)
        name = next((name for name in WHOLE if (path / name).is_file()), None)
        if name is None:
            raise NotReadable.of("checking.build-lacks", source, name=WHOLE[0])
        path = path / name
    (file,) = intake.files([path])
    listed = _table(_table(manifest, "outputs"), path.name).get("sha256")
    program = manifest.get("generator")
    return ComparedBuild(
        source,
        replace(file, name=_shown_name(source, path), shown=None),
        program if isinstance(program, str) else "",
        _table(manifest, "settings"),
        _table(manifest, "links"),
        bool(listed) and listed != _digest(file.path),
        _mark(file.path),
    )


def _table(manifest: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Return a part of a manifest, an empty one if it is missing or no table."""
    part = manifest.get(name)
    return part if isinstance(part, dict) else {}


def _shown_name(source: str, path: Path) -> str:
    """Return what a file is called in errors: a copy by the name that the user gave."""
    if not is_revision(source):
        return str(path)
    return source if source.endswith(path.name) else f"{source.rstrip('/')}/{path.name}"


def _digest(path: Path) -> str:
    """Return the SHA-256 digest of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _mark(path: Path) -> tuple[int, int, int]:
    """Return what tells a file from another in its place."""
    status = path.stat()
    return status.st_ino, status.st_mtime_ns, status.st_size
