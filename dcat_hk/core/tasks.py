"""
The process that runs tasks where none can be forked: a new interpreter, `python -m dcat_hk.core.tasks PARENT`.

In: the number of the process that asks for it; tasks on standard input. Out: their results on standard output, and its
end when that process ends.
"""

from __future__ import annotations

import os
import sys

from .forked import work
from .processes import begin_worker

if __name__ == "__main__":
    streams = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # What a library prints must not get among the results.
    begin_worker(int(sys.argv[1]))
    work(*streams)
