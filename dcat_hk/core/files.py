"""
An output folder that is replaced as a whole: readers see the old one or the new one, never a mixture.

In: a folder's path. Out: a new folder to write into, and the exchange. It knows nothing of what is written.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import json
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from .errors import NotReadable, UsageError

MANIFEST = "manifest.json"
_RENAME_EXCHANGE = 2
_AT_FDCWD = -100


@contextlib.contextmanager
def replace_folder(target: Path, mark: str = "") -> Iterator[Path]:
    """
    Give a new folder to write into; when the block ends well, put it in the place of the target.

    Its parent is for whatever else the block has to keep meanwhile. What a build that was killed has left
    behind is removed. When the block fails, the target stays as it was.

    Args:
        target: The output folder; it need not be there.

        mark: The name of a file that tells a folder of ours where no manifest lists what is in it.

    Raises:
        UsageError: The target holds files that no build wrote.

        NotReadable: The folder cannot be written.
    """
    target = target.absolute()
    _restore(target)
    if not (mark and (target / mark).is_file()):
        _refuse_strangers(target)
    _remove_remains(target)
    building = target.parent / f".{target.name}.building-{os.getpid()}"
    new = building / "new"
    try:
        new.mkdir(parents=True)
    except OSError as error:
        raise NotReadable(f"The output folder cannot be written: {error.strerror}.", str(target.parent)) from error
    try:
        yield new
        # Until the disk has everything, a power cut after the exchange could lose old and new.
        os.sync()
        _exchange(new, target)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def write_file(path: Path, pieces: Iterable[str]) -> int:
    """
    Write a file as a whole and return its size in bytes: until the last piece is there, the old one stays.

    Args:
        path: The file.

        pieces: Its text.

    Raises:
        NotReadable: The file cannot be written.
    """
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with partial.open("w", encoding="utf-8", newline="") as file:
            file.writelines(pieces)
        size = partial.stat().st_size
        partial.replace(path)
        return size
    except OSError as error:
        raise NotReadable(f"The file cannot be written: {error.strerror}.", str(path)) from error
    finally:
        partial.unlink(missing_ok=True)


def _refuse_strangers(target: Path) -> None:
    """Raise if replacing the folder would lose files that no build wrote."""
    if not target.exists():
        return
    if not target.is_dir():
        raise UsageError("The output is a file, not a folder.", str(target), "Give a folder with -o.")
    present = {path.relative_to(target).as_posix() for path in target.rglob("*") if not path.is_dir()}
    if not present:
        return
    strangers = sorted(present - set(read_manifest(target).get("outputs", {})) - {MANIFEST})
    if strangers:
        raise UsageError(
            f"The folder holds files that dcat-hk did not write, such as {strangers[0]}.",
            str(target),
            "Move them to another place, or give another folder with -o.",
        )


def read_manifest(folder: Path) -> dict[str, dict[str, object]]:
    """Return the manifest of an output folder, empty if it has none that can be read."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return manifest if isinstance(manifest, dict) else {}


def _remove_remains(target: Path) -> None:
    """Remove what builds that are no longer running have left."""
    for path in target.parent.glob(f".{target.name}.building-*"):
        number = path.name.rpartition("-")[2]
        if not (number.isdecimal() and _is_running(int(number))):
            shutil.rmtree(path, ignore_errors=True)


def _is_running(process: int) -> bool:
    """Tell whether a process other than this one is alive."""
    if process == os.getpid():
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _exchange(new: Path, target: Path) -> None:
    """Put the new folder in the place of the target in one step, where the system can."""
    if not target.exists():
        new.rename(target)
        return
    if _swap(new, target):
        return
    old = target.parent / f".{target.name}.old"
    shutil.rmtree(old, ignore_errors=True)
    target.rename(old)
    new.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _restore(target: Path) -> None:
    """Put the old folder back if a build was killed between its two renames."""
    old = target.parent / f".{target.name}.old"
    if old.is_dir():
        if target.exists():
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.rename(target)


def _swap(one: Path, other: Path) -> bool:
    """Exchange two paths atomically; False where the system or file system cannot."""
    if not sys.platform.startswith("linux"):
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    rename = getattr(libc, "renameat2", None)
    if rename is None:
        return False
    if rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    if ctypes.get_errno() in {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EXDEV}:
        return False
    raise NotReadable(f"The output folder cannot be replaced: {os.strerror(ctypes.get_errno())}.", str(other))
