"""
Values of a facet -> what pages show of them: the first ones at once, the others in a fold; the chosen ones as a title.

In: values with labels, counts and addresses. Out: template values, titles.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .wording import get_label


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


def restrict_title(title: str, names: Sequence[str], language: str) -> str:
    """
    Return the title of a list with what it is restricted to.

    Args:
        title: The title of the whole list.

        names: What the words and values are called that were chosen; the title stays as it is if there are none.

        language: The language of all.

    >>> restrict_title("Search datasets", ["bus", "JSON"], "en")
    'Search datasets: bus, JSON'
    """
    said = get_label("list-mark", language).join(names)
    return get_label("list-of", language).format(name=title, text=said) if names else title
