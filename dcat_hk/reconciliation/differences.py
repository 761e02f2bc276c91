"""
Two linked items -> what else is different.

In: features of an older item and of the newer ones it is linked with. Out: names of differences, in the order of the
vocabulary. What one of two plans does not state is no difference.
"""

from __future__ import annotations

from collections.abc import Sequence

from .equal_titles import own_each_other
from .features import Features


def find_differences(old: Features, news: Sequence[Features], main: Features) -> tuple[str, ...]:
    """
    Return what is different beside the fate.

    Args:
        old: The older item.

        news: The newer items that it is linked with.

        main: The one of them that the fate is judged by.
    """
    versions = [new for new in news if new is not main and new.title == main.title and new.spatial != main.spatial]
    rows = sum(len(new.item.rows) for new in news if (new.title, new.spatial) == (main.title, main.spatial))
    is_spatial = old.spatial is not True and main.spatial is True
    differences = {
        "renamed": old.title != main.title,
        "formats-added": bool(old.formats and main.formats - old.formats),
        "formats-removed": bool(main.formats and old.formats - main.formats),
        "frequency-changed": bool(old.frequency and main.frequency and old.frequency != main.frequency),
        "category-changed": bool(old.category and main.category and old.category != main.category),
        "publisher-changed": _is_other_publisher(old, main),
        "now-spatial": is_spatial and not versions,
        "spatial-version-added": any(new.spatial for new in versions),
        "part-added": rows > len(old.item.rows),
        "part-removed": rows < len(old.item.rows),
        "split": any(new.title != main.title for new in news),
    }
    return tuple(name for name, differs in differences.items() if differs)


def _is_other_publisher(old: Features, new: Features) -> bool:
    """Tell whether the newer row plainly names another body as the owner."""
    return own_each_other(old, new) is False or bool(new.owner and not old.owner and not old.names)
