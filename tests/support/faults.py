"""
Commands in which the system fails at one chosen step, or which are killed there.

A command runs in a process that is forked from this one, so that it starts at once. Every open, write, fsync, sync,
rename, mkdir, unlink and rmdir on files of a folder is counted; at the chosen number it fails or the process is killed.
"""

from __future__ import annotations

import builtins
import contextlib
import errno
import hashlib
import io
import json
import os
import shutil
import signal
import sys
import traceback
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

#: What may happen at a step.
FAULTS = {"ENOSPC": errno.ENOSPC, "EIO": errno.EIO, "EACCES": errno.EACCES, "kill": None}
#: Steps by which files of a folder change, as the system calls them; two of them name two paths.
_CALLS = ("open", "fsync", "rename", "replace", "mkdir", "unlink", "rmdir", "remove", "truncate")


@dataclass
class Steps:
    """
    Counts steps, and lets the one of a number fail.

    Args:
        root: The folder whose files count.

        number: The step that fails, from 1; 0 for none.

        fault: The error of the system; None to be killed.
    """

    root: str
    number: int = 0
    fault: int | None = None
    count: int = 0
    kinds: list[str] = field(default_factory=list)
    numbers: set[int] = field(default_factory=set)

    def concerns(self, path: object) -> bool:
        """Tell whether a path, or an open file, is one of those that count."""
        if isinstance(path, int):
            return path in self.numbers
        with contextlib.suppress(TypeError):
            return os.path.abspath(os.fsdecode(path)).startswith(self.root)  # noqa: PTH100 - also for bytes
        return False

    def take(self, kind: str) -> None:
        """Count a step; fail if it is the chosen one."""
        self.count += 1
        self.kinds.append(kind)
        if self.count == self.number:
            if self.fault is None:
                os.kill(os.getpid(), signal.SIGKILL)
            raise OSError(self.fault, os.strerror(self.fault))


class CountedFile(io.FileIO):
    """A file whose writes are counted; the one that fails has written half."""

    def __init__(self, steps, *arguments):
        self.steps = steps
        super().__init__(*arguments)
        steps.numbers.add(self.fileno())

    def write(self, data, /):
        """Write bytes, or half of them and fail."""
        try:
            self.steps.take("write")
        except OSError:
            super().write(bytes(data)[: len(bytes(data)) // 2])
            raise
        return super().write(data)


def _open(
    original, steps, file, mode="r", buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None
):
    """Open a file as `open` does, with counted writes."""
    if not steps.concerns(file):
        return original(file, mode, buffering, encoding, errors, newline, closefd, opener)
    if not isinstance(file, int):
        steps.take("open")
    if not set(mode) & set("wxa+"):
        return original(file, mode, buffering, encoding, errors, newline, closefd, opener)
    raw = CountedFile(steps, file, mode.replace("b", "").replace("t", ""), closefd, opener)
    if buffering == 0:
        return raw
    binary = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
    return binary if "b" in mode else io.TextIOWrapper(binary, encoding, errors, newline)


def _call(original, kind, steps, path, *arguments, **options):
    """Do what a function of `os` does, and count it."""
    concerned = steps.concerns(path)
    if concerned:
        steps.take(kind)
    result = original(path, *arguments, **options)
    if kind == "open" and concerned:
        steps.numbers.add(result)
    return result


def install(steps: Steps) -> None:
    """Count the steps of this process from now on."""
    from dcat_hk.core import files

    builtins.open = io.open = partial(_open, io.open, steps)
    for kind in _CALLS:
        setattr(os, kind, partial(_call, getattr(os, kind), kind, steps))
    files._swap = partial(_call, files._swap, "exchange", steps)
    # No power is cut here, and the disk of the machine has other work.
    files._sync = partial(_call, lambda _folder: None, "sync", steps)


@dataclass(frozen=True)
class Outcome:
    """What became of a command: exit code, minus a signal; what it printed; the kinds of its steps."""

    code: int
    told: str
    kinds: tuple[str, ...]


def attempt(root: Path, arguments, number: int = 0, fault: int | None = None, meanwhile=None) -> Outcome:
    """
    Run a command of dcat-hk below a folder, with a fault at a step.

    Args:
        root: The folder; temporary files of the command lie there too.

        arguments: The command.

        number: The step that fails; 0 for none.

        fault: How it fails.

        meanwhile: Called with the number of the process, which is also that of its session.
    """
    told, counted = root.with_name(f"{root.name}.told"), root.with_name(f"{root.name}.steps")
    for path in (told, counted):
        path.write_text("", encoding="utf-8")
    child = os.fork()
    if not child:
        os.setsid()
        _run(root, arguments, Steps(f"{root}/", number, fault), told, counted)
    if meanwhile:
        meanwhile(child)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return Outcome(code, told.read_text(encoding="utf-8"), tuple(counted.read_text(encoding="utf-8").split()))


def _run(root, arguments, steps, told, counted):
    """Run a command in a process that was forked for it, and end the process."""
    code = 99
    record = os.open(counted, os.O_WRONLY)
    write = os.write
    try:
        from dcat_hk.commands.cli import main

        os.environ |= {"TMPDIR": str(root / "tmp"), "XDG_CACHE_HOME": str(root / "tmp" / "cache")}
        output = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(output, 1)
        os.dup2(output, 2)
        sys.stdout = sys.__stdout__ = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.stderr = sys.__stderr__ = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        install(steps)
        main([str(argument) for argument in arguments], prog_name="dcat-hk")
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001 - told to the parent
        os.write(2, traceback.format_exc().encode())
    finally:
        write(record, " ".join(steps.kinds).encode())
        os._exit(code)


def snapshot(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file below a folder, by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def matches_manifest(files: dict[str, bytes]) -> bool:
    """Tell whether a folder holds what its manifest lists, byte for byte, and nothing else."""
    listed = json.loads(files.get("manifest.json", b"{}")).get("outputs", {})
    found = {name: hashlib.sha256(data).hexdigest() for name, data in files.items() if name != "manifest.json"}
    return bool(listed) and found == {name: entry["sha256"] for name, entry in listed.items()}


@dataclass(frozen=True)
class Trial:
    """
    A command, and what it works on.

    Args:
        start: A folder with everything as it is before.

        arguments: The command; `ROOT` stands for a copy of that folder.

        target: What it changes, below that folder.

        by_file: Whether each file is replaced by itself; else the target is replaced as a whole.
    """

    start: Path
    arguments: tuple[str, ...]
    target: str
    by_file: bool = False

    def prepare(self, place: Path) -> Path:
        """Return a fresh copy."""
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(self.start, place, symlinks=True)
        (place / "tmp").mkdir(exist_ok=True)
        return place

    def run(self, root: Path, number: int = 0, fault: int | None = None) -> Outcome:
        """Run the command."""
        arguments = [argument.replace("ROOT", str(root)) for argument in self.arguments]
        return attempt(root, arguments, number, fault)

    def problems(self, place: Path, number: int, fault: int | None, new: dict[str, bytes]) -> list[str]:
        """Return what is wrong after a fault at a step: nothing, if the promise holds."""
        root = self.prepare(place)
        old = snapshot(root / self.target)
        done = self.run(root, number, fault)
        kind = done.kinds[number - 1] if len(done.kinds) >= number else "killed"
        found = []
        now = snapshot(root / self.target)
        # A process that reads an input counts steps, too: when it is killed, that is told as an error of the input.
        if "Traceback" in done.told or done.code not in ({-signal.SIGKILL, 3} if fault is None else {0, 3}):
            found.append(f"exit code {done.code}: {done.told[-300:]}")
        # A plan that could not be read is left out, which the exit code tells; the rest is published.
        is_partial = done.code == 3 and matches_manifest(now)
        if not self._is_whole(now, old, new) and not is_partial:
            found.append(f"{self.target} is neither old nor new")
        if done.code == 0 and now != new:
            found.append("success without the new files")
        # What cannot be removed stays, until the next run.
        left = self._left(root)
        if left and fault is not None and kind not in {"unlink", "rmdir", "open"}:
            found.append(f"left: {left}")
        again = self.run(root)
        if again.code != 0 or snapshot(root / self.target) != new:
            found.append(f"the next run: exit code {again.code}: {again.told[-300:]}")
        if self._left(root):
            found.append(f"left for good: {self._left(root)}")
        return [f"{kind}: {problem}" for problem in found]

    def _is_whole(self, now, old, new) -> bool:
        """Tell whether the files are the old or the new ones."""
        if not self.by_file:
            return now in (old, new)
        files = {name: data for name, data in now.items() if not name.endswith(".tmp")}
        return all(data in (old.get(name), new.get(name)) for name, data in files.items()) and set(old) <= set(files)

    def _left(self, root: Path) -> list[str]:
        """Return what lies beside what should be there; temporary files of a killed process are the system's."""
        inside = [path.relative_to(root).as_posix() for path in (root / self.target).rglob("*.tmp")]
        known = {path.name for path in self.start.iterdir()} | {"tmp", self.target.split("/")[0]}
        return sorted(inside + [path.name for path in root.iterdir() if path.name not in known])


def count_steps(trial: Trial, place: Path) -> tuple[int, Counter[str], dict[str, bytes]]:
    """Return how many steps a command takes, how many of each kind, and what it leaves."""
    root = trial.prepare(place)
    done = trial.run(root)
    assert done.code == 0, done.told
    return len(done.kinds), Counter(done.kinds), snapshot(root / trial.target)
