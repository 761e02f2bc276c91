"""
The months that promises are asked for, each in a file that is made when it is first asked for.

In: a snapshot and a month. Out: a `PromiseMonth`. A process of its own makes a file: what it needs for that is much
more than what is kept.
"""

from __future__ import annotations

import os
import re
import subprocess
import threading
from collections import OrderedDict
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from ...core.errors import NotReadable
from ...core.processes import python_command
from ...core.today import find_current_month, shift_month
from ..promises.asking import PromiseMonth
from ..promises.keeping import KnownMonths, read_known_months
from .snapshot import Snapshot

#: Months that are kept; the one that was asked for longest ago goes first.
_MAX_MONTHS = 30
#: Months of plans that pages of what is new offer, and that a static site has such pages for.
_PLAN_MONTHS = 6
_MONTH = re.compile(r"[12][0-9]{3}-(?:0[1-9]|1[0-2])")


class PromiseMonths:
    """
    What is known of promises, month by month.

    Args:
        snapshot: The snapshot of a build, with what its plans list.

        choose: Returns the month that pages without a month are as of; by default the month of the newest plan.
    """

    def __init__(self, snapshot: Snapshot, choose: Callable[[], str] | None = None) -> None:
        """Keep the snapshot; no month is made yet."""
        self._snapshot, self._choose = snapshot, choose
        self._months: OrderedDict[str, PromiseMonth] = OrderedDict()
        self._lock, self._making = threading.Lock(), threading.Lock()

    @cached_property
    def known(self) -> KnownMonths:
        """Return the months that plans are about."""
        return read_known_months(self._snapshot.history)

    @property
    def usual(self) -> str:
        """Return the month that pages without a month are as of."""
        return self._choose() if self._choose else self.known.newest or find_current_month()

    @property
    def year_ends(self) -> list[str]:
        """Return the last months of the years since the first plan, those before the usual month."""
        first, usual = self.known.first, self.usual
        years = range(int(first[:4]), int(usual[:4]) + 1) if first else ()
        return [f"{year}-12" for year in years if f"{year}-12" < usual]

    @cached_property
    def plan_months(self) -> list[str]:
        """Return the months of the newest plans, the newest first: what is new since then is asked for most."""
        months = {plan["month"] for plan in self.get(self.usual).list_plans()}
        return sorted(months, reverse=True)[:_PLAN_MONTHS]

    def is_known(self, month: str) -> bool:
        """
        Return whether a month can be asked for: from the first plan to a year after all plans and the usual month.

        Args:
            month: What may be a month.
        """
        if not _MONTH.fullmatch(month):
            return False
        usual = self.usual
        return min(self.known.first or usual, usual) <= month <= shift_month(max(self.known.last, usual), 12)

    def get(self, month: str) -> PromiseMonth:
        """
        Return what is known as of a month; it is made if nobody has asked for it before.

        Args:
            month: A month that `is_known`.

        Raises:
            NotReadable: It cannot be made.
        """
        with self._lock:
            known = self._months.get(month)
        if known is None:
            with self._making:
                known = PromiseMonth(self._make(month))
        with self._lock:
            self._months[month] = known
            self._months.move_to_end(month)
            if len(self._months) > _MAX_MONTHS:
                self._find_path(self._months.popitem(last=False)[0]).unlink(missing_ok=True)
        return known

    def _find_path(self, month: str) -> Path:
        """Return the path of the file of a month."""
        return self._snapshot.made / f"promises-{month}.sqlite"

    def _make(self, month: str) -> Path:
        """Make the file of a month, unless another process has made it."""
        goal = self._find_path(month)
        if goal.exists():
            return goal
        new = goal.with_suffix(f".{os.getpid()}")
        new.unlink(missing_ok=True)
        paths = (str(self._snapshot.history), str(self._snapshot.index), str(new))
        command = python_command(f"{__package__}.fill_month", *paths, month, str(os.getpid()))
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)  # noqa: S603 - a module of ours
        if done.returncode:
            problem = (done.stderr.decode(errors="replace").strip().splitlines() or ["the process was ended"])[-1]
            raise NotReadable(f"The promises of {month} cannot be worked out: {problem}.")
        new.replace(goal)
        return goal
