"""
Memory: work that makes no cycles of objects, and need not be searched for them.

In: a block of code. Out: nothing. Reading documents and validating make millions of small objects, all of which go
when nothing refers to them any more.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collection() -> Iterator[None]:
    """
    Pause the cyclic garbage collector, which would scan all strings and tuples although they form no cycles.

    >>> with without_collection():
    ...     gc.isenabled()
    False
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
