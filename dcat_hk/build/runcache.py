"""
What earlier runs found out, in a folder of the user: readings of files, comparisons of plans.

In: a key and bytes. Out: the bytes of an earlier run of the very same program, or nothing. A cache that cannot be used
is none: it never makes a command fail.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import re
import shutil
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from importlib import metadata
from pathlib import Path

from ..core.errors import DcatHkError
from ..core.files import replace_file
from ..core.reporting import Progress
from ..reading.documents import Input, Limits
from .read import InputResult, ReadFile, read_files, save_plan

_PACKAGE = Path(__file__).parents[1]
#: What the folder of a version of the program is called: nothing else in a user's folder is ever removed.
_OWN_PREFIX = "dcat-hk-run-"
#: Of how many other versions of the program what they left is kept.
_OTHER_VERSIONS = 2


class RunCache:
    """A folder that keeps what this version of the program found out; without a folder it keeps nothing."""

    def __init__(self, folder: Path | None) -> None:
        """Open the folder, made when it is missing, if only this user can write to it."""
        self._folder: Path | None = None
        if folder is None:
            return
        try:
            own = folder / f"{_OWN_PREFIX}{digest_of_program()}"
            own.mkdir(mode=0o700, parents=True, exist_ok=True)
            if _is_private(folder) and _is_private(own):
                self._folder = own
                _forget_others(folder, own)
        except OSError:
            return

    @property
    def is_open(self) -> bool:
        """Tell whether anything is kept."""
        return self._folder is not None

    def get(self, key: str) -> bytes | None:
        """Return what an earlier run kept under a key."""
        if self._folder is None:
            return None
        try:
            return (self._folder / key).read_bytes()
        except OSError:
            return None

    def put(self, key: str, data: bytes) -> None:
        """Keep bytes under a key, the name of a file."""
        if self._folder is None:
            return
        # Not the number of the process: the folder may be shared by machines that count their own.
        with suppress(OSError), replace_file(self._folder / key) as file:
            file.write(data)


def default_cache() -> Path:
    """Return the folder for caches of this user."""
    home = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(home) if home else Path.home() / ".cache") / "dcat-hk"


@cache
def digest_of_program() -> str:
    """Return what tells this version of the program, with all that it reads with, from every other."""
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted(_PACKAGE.rglob("*")):
        if path.suffix in {".py", ".toml", ".ttl", ".json"}:
            digest.update(path.relative_to(_PACKAGE).as_posix().encode() + path.read_bytes())
    with suppress(metadata.PackageNotFoundError):
        for line in metadata.requires("dcat-hk") or ():
            name = re.split(r"[^A-Za-z0-9._-]", line)[0]
            if "extra" not in line:
                digest.update(f"{name}={metadata.version(name)}".encode())
    return digest.hexdigest()[:32]


def read_with_cache(
    inputs: Sequence[Input], spool: Path, limits: Limits, jobs: int, progress: Progress, kept: RunCache
) -> list[InputResult]:
    """
    Read inputs, of those that were read before what was found then.

    Args:
        inputs: What to read.

        spool: The folder in which plans wait.

        limits: The limits on reading one input.

        jobs: How many processes; 0 for one for each processor.

        progress: Called after each input that is read.

        kept: What earlier runs found out.

    Returns:
        What became of each input, in their order.
    """
    keys = [_key_of(source, limits) if kept.is_open else "" for source in inputs]
    results: dict[int, InputResult] = {}
    for number, key in enumerate(keys):
        held = kept.get(key) if key else None
        if held is not None:
            results[number] = _restore(held, spool / f"kept-{number}.plan")
    missing = [number for number in range(len(inputs)) if number not in results]
    read = read_files([inputs[number] for number in missing], spool, limits, jobs, progress) if missing else []
    for number, result in zip(missing, read, strict=True):
        results[number] = result
        if keys[number] and result.file:
            kept.put(keys[number], _held(result.file))
    return [results[number] for number in range(len(inputs))]


def _key_of(source: Input, limits: Limits) -> str:
    """Return the key of an input: its name, its bytes and the limits; nothing if it cannot be read."""
    try:
        data = source.read(limits)
    except DcatHkError:
        return ""
    return "reading-" + hashlib.sha256(f"{source.name}\n{limits}\n".encode() + data).hexdigest()


def _held(file: ReadFile) -> bytes:
    """Return a reading as bytes: its plan and what became of the input."""
    return pickle.dumps((file.load(), file.head, file.outcome, file.quality), protocol=5)


def _restore(held: bytes, path: Path) -> InputResult:
    """Return a reading of an earlier run; its plan waits at a path."""
    plan, head, outcome, quality = pickle.loads(held)  # nosec B301 # noqa: S301 - in a folder of this user
    save_plan(path, plan)
    return InputResult(outcome, ReadFile(head, path, outcome, quality))


def _is_private(folder: Path) -> bool:
    """Tell whether only this user can write to a folder; where the system has no users, it is."""
    state = folder.stat()
    return not hasattr(os, "getuid") or (state.st_uid == os.getuid() and not state.st_mode & 0o022)


def _forget_others(folder: Path, own: Path) -> None:
    """Remove what older versions of the program left, but for the newest of them."""
    versions = [other for other in folder.glob(f"{_OWN_PREFIX}*") if other != own and not other.is_symlink()]
    for other in sorted(versions, key=lambda other: other.stat().st_mtime)[:-_OTHER_VERSIONS]:
        shutil.rmtree(other, ignore_errors=True)
