"""
Progress of a command: bars on a terminal, a line now and then in a pipe.

In: stages and counts. Out: text on standard error. Bars are drawn by rich, which is imported when there is a terminal.
"""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import click

from ..core.locks import WAITING
from ..core.reporting import FileSteps, Progress, no_progress
from ..core.text import printable
from ..core.wording.refusals import say

#: How often bars are drawn anew while nothing is done, in seconds.
_TICK = 0.3
#: Between two lines of progress in a pipe, in seconds.
_BETWEEN_LINES = 15.0
#: How many files that are being read are named.
_MOST_NAMED = 3


@contextmanager
def progress_shown(quiet: bool, in_bytes: bool = False, language: str = "en") -> Iterator[Progress]:
    """
    Give a function that shows progress on a terminal; in a pipe it says now and then how far the work is.

    Args:
        quiet: Whether nothing is shown.

        in_bytes: Whether steps are bytes.

        language: The language of what is shown.
    """
    if quiet:
        yield no_progress
    elif sys.stderr.isatty():
        with _bars_shown(in_bytes, language) as show:
            yield show
    else:
        yield ProgressLines(language)


class ProgressLines:
    """
    Progress as lines of text: of short work nothing is said.

    Args:
        language: The language of the lines.

        pause: The seconds between two lines.
    """

    def __init__(self, language: str = "en", pause: float = _BETWEEN_LINES) -> None:
        """Begin now."""
        self._language, self._pause = language, pause
        self._told = time.monotonic()
        self._begun: dict[str, float] = {}

    def __call__(self, stage: str, done: int, total: int, detail: str | FileSteps = "", /) -> None:
        """Print who is waited for at once, and how far the work is if enough time has passed."""
        if stage.startswith(WAITING):
            click.echo(f"{stage}.", err=True)
            return
        now = time.monotonic()
        begun = self._begun.setdefault(stage, now)
        if done and done < total and now >= self._told + self._pause:
            self._told = now
            left = duration((now - begun) / done * (total - done))
            named = name_detail(detail, self._language)
            values = {"stage": stage, "done": done, "total": total, "left": left}
            click.echo(say("build.so-far", self._language, **values, detail=f"; {named}" if named else ""), err=True)


def duration(seconds: float) -> str:
    """
    Return a time as hours, minutes and seconds.

    >>> duration(5), duration(3725)
    ('0:05', '1:02:05')
    """
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def name_detail(detail: str | FileSteps, language: str) -> str:
    """
    Return what is done now: the files that are being read, and which page of each.

    Args:
        detail: What a stage says of it.

        language: The language.

    >>> name_detail("plans/hk-hkpf/2024-2026", "en")
    'plans/hk-hkpf/2024-2026'
    """
    if isinstance(detail, str):
        return printable(detail)
    return "; ".join(
        say("build.reading-now", language, name=printable(step.name), done=step.done + 1, total=step.total)
        if step.total
        else printable(step.name)
        for step in detail.now()[:_MOST_NAMED]
    )


@contextmanager
def _bars_shown(in_bytes: bool, language: str) -> Iterator[Progress]:
    """Give a function that shows a bar for each stage."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as ProgressBars
    from rich.text import Text

    class Detail(TextColumn):
        """What is done now, on the rest of the line."""

        def render(self, task: Any) -> Text:
            return Text(task.fields["detail"], overflow="ellipsis", no_wrap=True, style="dim")

    console = Console(stderr=True)
    counter = DownloadColumn() if in_bytes else MofNCompleteColumn()
    columns = [TextColumn("{task.description}"), BarColumn(20 if console.width >= 80 else 8), counter]
    columns += [TimeRemainingColumn(compact=True, elapsed_when_finished=True), Detail("")]
    # Refreshed by hand: a thread of its own would be copied into the worker processes.
    with ProgressBars(*columns, console=console, auto_refresh=False) as shown:
        tasks: dict[str, Any] = {}
        details: dict[str, str | FileSteps] = {}

        def draw() -> None:
            for stage, detail in details.items():
                is_over = shown.tasks[tasks[stage]].finished
                shown.update(tasks[stage], detail="" if is_over else name_detail(detail, language))
            shown.refresh()

        def show(stage: str, done: int, total: int, detail: str | FileSteps = "", /) -> None:
            ticks.follow(isinstance(detail, FileSteps) and done < total)
            with ticks.held():
                if stage not in tasks:
                    tasks[stage] = shown.add_task(stage, total=total, detail="")
                details[stage] = detail
                shown.update(tasks[stage], completed=done)
                draw()

        ticks = _Ticks(draw)
        try:
            yield show
        finally:
            ticks.follow(False)


class _Ticks:
    """Calls a function every now and then, in this very thread, while it waits for processes."""

    def __init__(self, function: Any) -> None:
        """Keep the function."""
        self._function, self._is_held = function, False
        self._before: Any = None

    @contextmanager
    def held(self) -> Iterator[None]:
        """Do not call it while the block runs."""
        self._is_held = True
        try:
            yield
        finally:
            self._is_held = False

    def follow(self, wanted: bool) -> None:
        """Begin or stop to call it, where the system has such an alarm; forked processes do not inherit it."""
        if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
            return
        if wanted and self._before is None:
            self._before = signal.signal(signal.SIGALRM, self._tick) or signal.SIG_DFL
            signal.setitimer(signal.ITIMER_REAL, _TICK, _TICK)
        elif not wanted and self._before is not None:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, self._before)
            self._before = None

    def _tick(self, *_signal: object) -> None:
        """Call the function if nothing else is being drawn."""
        if not self._is_held:
            with self.held(), suppress(OSError):
                self._function()
