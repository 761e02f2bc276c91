"""
Values of a facet -> what pages show of them: the first ones at once, the others in a fold, all as links.

In: values with labels, counts and addresses. Out: template values.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def fold_values(heading: str, values: Sequence[dict[str, Any]], shown: int) -> dict[str, Any]:
    """
    Return the template values of a facet; a fold has more than one value, and none that is chosen.

    Args:
        heading: What the facet is called.

        values: Its values, the most frequent first: label, count, address, whether it is chosen.

        shown: About how many are shown at once.

    >>> one, other = {"label": "a", "chosen": False}, {"label": "b", "chosen": True}
    >>> [one["label"] for one in fold_values("Body", [one, one, one, other], 1)["values"]]
    ['b', 'a']
    """
    ordered = sorted(values, key=lambda value: not value["chosen"])
    cut = max(shown, sum(1 for value in ordered if value["chosen"]) + 1)
    if len(ordered) <= cut + 1:
        cut = len(ordered)
    return {"heading": heading, "values": ordered[:cut], "more": ordered[cut:]}
