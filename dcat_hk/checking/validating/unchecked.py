"""
Values that took too long to check -> results, so that no report calls the data valid.

In: patterns, their shapes, and how many values were not checked. Out: results, a violation for each pattern.
"""

from __future__ import annotations

from collections.abc import Iterable

from ...core.results import Result
from ...core.text import transform
from ...core.wording.records import read_toml


def unchecked_results(unchecked: Iterable[tuple[str, str, int]]) -> list[Result]:
    """
    Return a violation for each pattern that could not be checked, with the shape as what it is about.

    Args:
        unchecked: Pattern, name of its shape, and how many values were not checked.

    >>> (result,) = unchecked_results([("^(a+)+$", "urn:s", 2)])
    >>> result.focus_node, result.message("en")  # doctest: +ELLIPSIS
    ('urn:s', 'The pattern ^(a+)+$ took too long, and 2 values were not checked. ...')
    """
    english, traditional = read_toml(__package__, "words.toml")["word"]["unchecked"]
    wordings = {"en": english, "zh-Hant": traditional, "zh-Hans": transform(traditional, "Hant")}
    return [
        Result(
            severity="Violation",
            focus_node=shape,
            path="",
            value="",
            component="PatternConstraintComponent",
            source_shape=shape,
            messages=tuple(
                sorted(
                    (language, text.replace("{count}", str(count)).replace("{pattern}", pattern))
                    for language, text in wordings.items()
                )
            ),
            parameters=(("pattern", _quoted(pattern)),),
        )
        for pattern, shape, count in unchecked
    ]


def _quoted(text: str) -> str:
    """Return a text as N-Triples has it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
