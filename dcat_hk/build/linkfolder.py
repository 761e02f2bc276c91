"""
Which folder of links goes with plans, and what a build takes from it.

In: the plans that are given, an option and a setting. Out: the folder, and the identifiers it keeps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ..catalogue.mapping.identities import Links, load_links
from ..core.errors import UsageError
from ..core.settings import Settings
from ..reading.documents.inputs import STDIN
from ..reconciliation.linkfiles import NAMES, LinkFiles

#: What the folder is called beside plans.
FOLDER = "links"


def find_links(sources: Sequence[Path], given: Path | None, settings: Settings) -> Path | None:
    """
    Return the folder of links: the one that is given, that of the settings, or the one beside the plans.

    Args:
        sources: The plans. Beside a file is what its folder has; beside a folder, what is in it or next to it.

        given: The folder that the option names.

        settings: The settings, which may name one.

    Returns:
        The folder; None if none is named and there is none beside the plans.

    Raises:
        UsageError: There are several beside the plans.
    """
    if given is not None:
        return given
    if settings.links:
        return Path(settings.links)
    folders = {path.resolve(): path for source in sources for path in _beside(source) if _holds_links(path)}
    if len(folders) > 1:
        names = ", ".join(sorted(map(str, folders.values())))
        raise UsageError("There are several folders of links beside the plans.", names, "Name one with --links.")
    return next(iter(folders.values()), None)


def default_folder(sources: Sequence[Path]) -> Path:
    """
    Return where links go if no folder is named and there is none yet: beside the first file or folder of plans.

    >>> default_folder([Path("plans/2024.pdf")]).as_posix()
    'plans/links'
    """
    first = next((source for source in sources if source != STDIN), Path())
    return (first if first.is_dir() else first.parent) / FOLDER


def kept_links(links: LinkFiles) -> Links:
    """
    Return what the mapping of plans needs to know: identifiers that are kept, and datasets of the portal.

    Args:
        links: The folder of links.

    >>> kept_links(LinkFiles()).identifiers
    {}
    """
    return replace(load_links(), identifiers=links.identities.resolved)


def _beside(source: Path) -> list[Path]:
    """Return where links of a file or folder of plans may be."""
    if source == STDIN:
        return []
    return [source / FOLDER, source.parent / FOLDER] if source.is_dir() else [source.parent / FOLDER]


def _holds_links(folder: Path) -> bool:
    """Tell whether a folder is one of links; plans may be in a folder of that name as well."""
    return any((folder / name).is_file() for name in NAMES)
