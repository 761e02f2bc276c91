"""
Limits on reading one document or one file of RDF: every reader keeps to them, so that no file exhausts the machine.

In: nothing. Out: `Limits`, `RdfLimits`, and an error that names the limit that was exceeded.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from .errors import NotAPlan, TookTooMuch
from .wording.refusals import Phrase


def _limit(default: float, about: str) -> Any:
    """Return a field with its help."""
    return field(default=default, metadata={"help": about})


@dataclass(frozen=True, slots=True)
class Limits:
    """
    The limits on reading one document.

    >>> Limits().pages
    500
    """

    size: int = _limit(64_000_000, "Bytes of a file.")
    unpacked: int = _limit(256_000_000, "Bytes of a compressed file when unpacked.")
    ratio: int = _limit(200, "Ratio of the unpacked to the packed size of a part.")
    parts: int = _limit(2_000, "Parts of a compressed file.")
    pages: int = _limit(500, "Pages of a PDF.")
    characters: int = _limit(20_000_000, "Characters of a document.")
    lines: int = _limit(500_000, "Lines of a document.")
    cell: int = _limit(100_000, "Characters of one cell, paragraph or line.")
    cells: int = _limit(1_000_000, "Cells of all tables.")
    elements: int = _limit(3_000_000, "Elements of an XML part or a web page.")
    depth: int = _limit(200, "Levels of nested elements or tables.")
    steps: int = _limit(20_000_000, "Steps of the search for rows and cells: pieces of text that it looks at.")
    seconds: float = _limit(120.0, "Seconds of processor time for reading a file and finding its plan.")
    memory: int = _limit(2_000_000_000, "Bytes of memory for reading a file and finding its plan.")


@dataclass(frozen=True, slots=True)
class RdfLimits:
    """
    The limits on reading one file of RDF. Files that are not compressed may have any size: they are read in pieces.

    >>> RdfLimits().depth
    500
    """

    unpacked: int = _limit(16_000_000_000, "Bytes of a compressed file when unpacked.")
    ratio: int = _limit(
        200,
        "Ratio of the unpacked to the packed size, and of statements in full to their file, from 10,000,000 bytes on.",
    )
    literal: int = _limit(10_000_000, "Bytes of one literal, IRI, comment or other unbroken piece of text.")
    depth: int = _limit(500, "Levels of nested JSON, XML elements or quoted triples.")
    entities: int = _limit(1_000_000, "Characters that all entities of an XML file stand for when expanded.")
    whole: int = _limit(64_000_000, "Bytes of a file that must be held in memory: JSON-LD that must be rearranged.")
    seconds: float = _limit(120.0, "Seconds of processor time of a process, for each 10,000,000 bytes or part of them.")
    memory: int = _limit(2_000_000_000, "Bytes of memory of a process, beyond 20 for each byte of files.")


@dataclass(slots=True)
class Budget:
    """
    What is left of the limits while one document is read.

    Time is what the processor works in the thread that made the budget, garbage collection and libraries in C included.
    How busy the machine is makes no difference to it; a budget must be used in the thread that made it.

    Args:
        name: The document's name, for the error.

        limits: What it may use.

    `steps` is how many steps the search for rows and cells has taken.

    >>> budget = Budget("a.pdf", Limits(pages=2))
    >>> budget.check("pages", 3)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    dcat_hk.core.errors.NotAPlan: a.pdf: The file has more than 2 pages. Provide only the plan, or raise ...
    """

    name: str
    limits: Limits = field(default_factory=Limits)
    _deadline: float = field(init=False)
    _look_at: float = field(init=False, default=0.0)
    steps: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        """Start to measure the processor time."""
        self._deadline = time.thread_time() + self.limits.seconds

    def check(self, limit: str, amount: float) -> None:
        """
        Raise if more is used than a limit allows, or if the time is up.

        Args:
            limit: The name of a field of `Limits`.

            amount: How much of it is used.

        Raises:
            NotAPlan: There is too much of it.
        """
        most = getattr(self.limits, limit)
        if amount > most:
            units = Phrase(f"reading.units-{limit}")
            raise NotAPlan.of("reading.limit", self.name, most=most, units=units, limit=limit)
        if time.monotonic() >= self._look_at:
            self.check_time()

    def check_time(self) -> None:
        """
        Raise if reading has taken too long.

        Raises:
            TookTooMuch: The time is up.
        """
        now = time.monotonic()
        if now < self._look_at:
            return
        remaining = self._deadline - time.thread_time()
        # A thread cannot work longer than time passes: the slower clock of the processor need not be asked before.
        self._look_at = now + remaining
        if remaining < 0:
            raise TookTooMuch.of("reading.seconds", self.name, seconds=self.limits.seconds)

    def count_steps(self, steps: int) -> None:
        """
        Count steps of the search for rows and cells; raise if they are too many.

        Args:
            steps: How many are taken now. They must follow from the document alone, not from what a cache holds.

        Raises:
            NotAPlan: They are more than the limit, on any machine.

        >>> budget = Budget("a.txt", Limits(steps=9))
        >>> budget.count_steps(9)
        >>> budget.steps
        9
        """
        self.steps += steps
        if self.steps > self.limits.steps:
            raise NotAPlan.of("reading.steps", self.name, steps=self.limits.steps)


#: The budget of the document that is being parsed: rules deep down ask for it without handing it on to one another.
_RUNNING: ContextVar[Budget | None] = ContextVar("budget", default=None)


@contextmanager
def within(budget: Budget | None) -> Iterator[None]:
    """Let `check_time` and `count_steps` follow a budget while the block runs."""
    token = _RUNNING.set(budget)
    try:
        yield
    finally:
        _RUNNING.reset(token)


def check_time() -> None:
    """
    Raise if parsing the document at hand has taken too long; do nothing where nobody set a limit.

    Raises:
        NotAPlan: The time is up.
    """
    budget = _RUNNING.get()
    if budget:
        budget.check_time()


def count_steps(steps: int) -> None:
    """
    Count steps of the search in the document at hand; do nothing where nobody set a limit.

    Args:
        steps: How many are taken now.

    Raises:
        NotAPlan: They are too many.
    """
    budget = _RUNNING.get()
    if budget:
        budget.count_steps(steps)
