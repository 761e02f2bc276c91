"""
A process that works out the states of all promises as of a month, and then ends, so that its memory is released.

In: on the command line, the file of what plans list, the index of the search, the file to write, the month, and the
number of the process that started it. Out: the file. Started by `promise_months`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from ...core.confined import end_with
from ..promises.keeping import load_history
from ..promises.recording import write_month


def main(history: str, index: str, goal: str, month: str) -> None:
    """
    Write the states of all promises as of a month.

    Args:
        history: The file of what plans list.

        index: The index of the search.

        goal: The file to write; it must not exist.

        month: The month.
    """
    write_month(load_history(Path(history)), Path(index), Path(goal), month)


if __name__ == "__main__":
    end_with(int(sys.argv[5]))
    main(*sys.argv[1:5])
