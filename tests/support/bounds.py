"""Bounds of processor time that hold on slow and busy machines.

Work that grows faster than its text takes a hundred times as long as work that does not, on every machine. A bound in
seconds tells the two apart where it was written, and takes one for the other where the machine is a fourth as fast, or
its neighbour busy for a moment.
"""

import re
import time

#: Seconds of processor time for the known work on the machine on which the bounds were written.
_USUAL = 0.03
#: The known work is a search whose steps grow with the square of this.
_SIGNS = 10_000
#: A machine may have been so many times slower a moment ago than it is when it is measured.
_BUSY = 4


def measure_slowness() -> float:
    """Return how many times as long as usual this machine takes for known work, now; 1.0 at least."""
    text, seconds = "a" * _SIGNS, []
    for _ in range(3):
        started = time.process_time()
        re.search("a*b", text)
        seconds.append(time.process_time() - started)
    return max(1.0, max(seconds) / _USUAL)


def is_within(seconds: float, bound: float) -> bool:
    """Tell whether work that took so many seconds of processor time just now stays within a bound.

    Only where it does not is the machine measured, and the bound stretched to what it and its neighbours take.
    """
    return seconds < bound or seconds < bound * _BUSY * measure_slowness()
