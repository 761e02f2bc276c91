"""
What all rooms report alike: progress, and values as JSON that people can read.

In: a stage and counts; any value that JSON can hold. Out: nothing; text.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from typing import Any, NamedTuple, Protocol

#: How often a step inside of a file is told at most, in seconds.
_PAUSE = 0.2


class FileStep(NamedTuple):
    """How far the reading of a file is: pages that are read, and pages in all; none if the file has none."""

    name: str
    done: int
    total: int


class FileSteps:
    """
    How far the files are that other processes read now, which they write into a folder.

    Args:
        folder: The folder, in which `writing_steps` has a file for each that is being read.

        names: What the files are called, by the number that `writing_steps` is given.
    """

    def __init__(self, folder: Path, names: Sequence[str]) -> None:
        """Keep where to look."""
        self._folder, self._names = folder, names

    def now(self) -> list[FileStep]:
        """Return the files that are being read, in the order of their numbers."""
        steps: dict[int, FileStep] = {}
        for path in self._folder.glob("*.step"):
            with suppress(OSError, ValueError, IndexError):
                done, total = map(int, path.read_text(encoding="ascii").split("/"))
                steps[int(path.stem)] = FileStep(self._names[int(path.stem)], done, total)
        return [steps[number] for number in sorted(steps)]


class Progress(Protocol):
    """Reports progress: the stage, how many steps are done, how many there are, and what is done now."""

    def __call__(self, stage: str, done: int, total: int, detail: str | FileSteps = "", /) -> None:
        """Take note of it."""


class _StepFile:
    """The file that says how far the reading of a file is."""

    def __init__(self, path: Path) -> None:
        """Say that nothing is read yet."""
        self._path, self._told = path, 0.0
        self.tell(0, 0)

    def tell(self, done: int, total: int) -> None:
        """Write how far it is, but not too often; where that cannot be written, nobody is told."""
        now = time.monotonic()
        if now >= self._told + _PAUSE:
            self._told = now
            with suppress(OSError):
                self._path.write_text(f"{done}/{total}", encoding="ascii")


_STEP_FILE: ContextVar[_StepFile | None] = ContextVar("step file", default=None)


@contextmanager
def writing_steps(path: Path) -> Iterator[None]:
    """
    Let `report_step` say in a file how far this process is, for `FileSteps` in another.

    Args:
        path: The file: a number and `.step`. It is gone afterwards.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, writing_steps(Path(folder) / "0.step"):
    ...     FileSteps(Path(folder), ["a.pdf"]).now()
    [FileStep(name='a.pdf', done=0, total=0)]
    """
    token = _STEP_FILE.set(_StepFile(path))
    try:
        yield
    finally:
        _STEP_FILE.reset(token)
        with suppress(OSError):
            path.unlink()


def report_step(done: int, total: int) -> None:
    """
    Say how far the reading of the file at hand is; do nothing where nobody asked.

    Args:
        done: How many pages are read.

        total: How many there are.
    """
    step = _STEP_FILE.get()
    if step:
        step.tell(done, total)


def no_progress(_stage: str, _done: int, _total: int, _detail: str | FileSteps = "", /) -> None:
    """Ignore progress."""


def format_json(value: Any) -> str:
    """
    Return indented JSON with a newline at the end.

    >>> format_json({"title": "罪案"})
    '{\\n  "title": "罪案"\\n}\\n'
    """
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
