"""
A revision of a git repository -> the files of a build that was committed there.

In: `REV:PATH`, as `git show` takes it, in the repository of the working folder. Out: copies of the files. Nothing is
fetched from another repository, and no filter of the repository's settings is run.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from ...core.allowance import allow
from ...core.errors import NotReadable
from ...core.files import MANIFEST
from ...core.wording.refusals import EnglishReason


def is_revision(source: str) -> bool:
    """
    Tell whether a name is that of something in a revision, and not of a file.

    >>> is_revision("HEAD~1:output"), is_revision("output")
    (True, False)
    """
    return ":" in source and not Path(source).exists()


def copy_revision(source: str, folder: Path, wanted: Sequence[str]) -> Path:
    """
    Return a copy of a file in a revision, or of what is wanted of a folder in it.

    Args:
        source: `REV:PATH`. The path begins at the top of the repository, or with `./` at the working folder.

        folder: Where the copy goes.

        wanted: The names of files of a folder, of which the first that is there is copied, with the manifest.

    Raises:
        NotReadable: There is no git, no repository, no such revision, or no such path in it.
    """
    revision, _colon, path = source.partition(":")
    _check_revision(source, revision)
    kind = _run_git("cat-file", "-t", source)
    if kind == b"blob":
        return _copy_file(source, folder / Path(path).name)
    if kind != b"tree":
        raise NotReadable.of("checking.revision-lacks", source, revision=revision, path=path)
    inside = source if path.endswith("/") or not path else f"{source}/"
    target = folder / "output"
    target.mkdir()
    data = next((name for name in wanted if _run_git("cat-file", "-t", f"{inside}{name}") == b"blob"), "")
    for name in filter(None, (MANIFEST, data)):
        if _run_git("cat-file", "-t", f"{inside}{name}") == b"blob":
            _copy_file(f"{inside}{name}", target / name)
    return target


def _check_revision(source: str, revision: str) -> None:
    """Raise if there is no git, no repository or no such revision."""
    if shutil.which("git") is None:
        raise NotReadable.of("checking.no-git", source)
    if _run_git("rev-parse", "--git-dir") is None:
        raise NotReadable.of("checking.no-repository", source)
    # What begins with a hyphen would be an option of git.
    if not revision or revision.startswith("-") or _run_git("rev-parse", "--verify", "--quiet", revision) is None:
        raise NotReadable.of("checking.no-revision", source, revision=revision)


def _run_git(*arguments: str) -> bytes | None:
    """Return what git prints, None if it fails."""
    command = ["git", *arguments]
    done = subprocess.run(command, capture_output=True, check=False, env=_environment())  # noqa: S603 - git
    return None if done.returncode else done.stdout.strip()


def _copy_file(source: str, target: Path) -> Path:
    """Write a file of a revision to a path and return it."""
    with target.open("wb") as file:
        command = ["git", "cat-file", "blob", source]
        done = subprocess.run(command, stdout=file, stderr=subprocess.PIPE, check=False, env=_environment())  # noqa: S603
    if done.returncode:
        problem = done.stderr.decode(errors="replace").strip()
        raise NotReadable.of("checking.git-failed", source, reason=EnglishReason(problem))
    allow(target.stat().st_size)
    return target


def _environment() -> dict[str, str]:
    """Return the environment of git: what a partial clone lacks is not fetched unasked."""
    return {**os.environ, "GIT_NO_LAZY_FETCH": "1"}
