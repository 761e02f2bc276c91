"""
Patterns that are compiled when they are used for the first time: most of those for plans are never used in one run.

In: patterns as texts. Out: what behaves as a compiled pattern does.
"""

from __future__ import annotations

import re
from typing import Any, cast

#: What a compiled pattern has, besides its text.
_MEMBERS = (
    "search",
    "match",
    "fullmatch",
    "findall",
    "finditer",
    "sub",
    "subn",
    "split",
    "flags",
    "groups",
    "groupindex",
)


class LatePattern:
    """
    A pattern that is compiled when it is used for the first time.

    >>> pattern = LatePattern("(a)(b)")
    >>> pattern.pattern, pattern.groups, pattern.search("xab").span()
    ('(a)(b)', 2, (1, 3))
    """

    def __init__(self, pattern: str) -> None:
        """Keep the text."""
        self.pattern = pattern

    def __getattr__(self, name: str) -> Any:
        """Compile the pattern; all that it has is found without this method from then on."""
        if name not in _MEMBERS:
            raise AttributeError(name)
        compiled = re.compile(self.pattern)
        for member in _MEMBERS:
            setattr(self, member, getattr(compiled, member))
        return getattr(compiled, name)

    def __reduce__(self) -> tuple[type[LatePattern], tuple[str]]:
        """Let it be copied and sent as its text."""
        return LatePattern, (self.pattern,)

    def __repr__(self) -> str:
        return f"LatePattern({self.pattern!r})"


def compile_later(pattern: str) -> re.Pattern[str]:
    """
    Return a pattern that is compiled when it is used for the first time, and checked only then.

    Args:
        pattern: The text of the pattern.

    >>> compile_later("b+").sub("x", "abba")
    'axa'
    """
    return cast("re.Pattern[str]", LatePattern(pattern))
