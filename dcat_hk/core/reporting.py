"""
What all rooms report alike: progress, and values as JSON that people can read.

In: a stage and counts; any value that JSON can hold. Out: nothing; text.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

#: Reports progress: the stage, how many steps are done, how many there are.
Progress = Callable[[str, int, int], None]


def no_progress(_stage: str, _done: int, _total: int) -> None:
    """Ignore progress."""


def format_json(value: Any) -> str:
    """
    Return indented JSON with a newline at the end.

    >>> format_json({"title": "罪案"})
    '{\\n  "title": "罪案"\\n}\\n'
    """
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
