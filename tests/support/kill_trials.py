"""Builds with worker processes that are killed at a random moment: alone, or with all their processes."""

import contextlib
import os
import random
import shutil
import signal
import time
from pathlib import Path

from support.fault_trials import warm_up, write_plan
from support.faults import attempt, matches_manifest, snapshot

#: Seconds within which all processes of a build must have ended.
_PATIENCE = 20


class KillTrial:
    """
    A build of four plans, in the place of an older one.

    Args:
        folder: Where it works.
    """

    def __init__(self, folder: Path) -> None:
        """Make plans, the old output and the new one, and measure how long a build takes."""
        warm_up(folder)
        self.start, self.place = folder / "start", folder / "place"
        (self.start / "plans").mkdir(parents=True)
        (self.start / "temporary").mkdir()
        self.command = ("build", self.place / "plans", "-o", self.place / "output", "-q", "-j", 2, "--skip-validation")
        for year in range(2022, 2026):
            write_plan(self.start / "plans" / f"{year}.txt", year, 10)
            if year == 2023:
                shutil.copytree(self.start, self.place)
                self._build()
                shutil.move(self.place / "output", self.start / "output")
                shutil.rmtree(self.place)
        self.old = snapshot(self.start / "output")
        shutil.copytree(self.start, self.place)
        began = time.monotonic()
        self._build()
        self.seconds = time.monotonic() - began
        self.new = snapshot(self.place / "output")

    def _build(self) -> None:
        """Build to the end."""
        done = attempt(self.place, self.command)
        assert done.code == 0, done.told

    def problems(self, number: int) -> list[str]:
        """
        Kill a build at a random moment, and return what is wrong afterwards.

        Args:
            number: The trial. Even ones kill the build alone, odd ones all of its processes.
        """
        shutil.rmtree(self.place)
        shutil.copytree(self.start, self.place)
        sessions = []

        def kill(process):
            sessions.append(process)
            time.sleep(random.Random(number).uniform(0, self.seconds))
            with contextlib.suppress(ProcessLookupError):
                (os.killpg if number % 2 else os.kill)(process, signal.SIGKILL)

        done = attempt(self.place, self.command, meanwhile=kill)
        found = [f"said: {done.told[-300:]}"] if done.told else []
        end = time.monotonic() + _PATIENCE
        while (living := _living(sessions[0])) and time.monotonic() < end:
            time.sleep(0.02)
        if living:
            found.append(f"{len(living)} processes live on")
        now = snapshot(self.place / "output")
        if now not in (self.old, self.new) or not matches_manifest(now):
            found.append("the output is neither old nor new")
        again = attempt(self.place, self.command)
        if again.code or snapshot(self.place / "output") != self.new:
            found.append(f"the next build: exit code {again.code}: {again.told[-300:]}")
        left = {path.name for path in self.place.iterdir()} - {"output", "plans", "temporary", "tmp"}
        left |= {path.name for path in (self.place / "tmp").glob("*")} - {"cache"}
        if left:
            found.append(f"left: {sorted(left)}")
        return found


def _living(session: int) -> list[int]:
    """Return the numbers of the processes of a session that still do something."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            state, _parent, _group, number = (
                (folder / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[:4]
            )
            if int(number) == session and state != "Z":
                found.append(int(folder.name))
    return found
