"""
Which folders of links and of decisions go with plans, and what a build takes from links.

In: the plans that are given, an option and a setting. Out: the folder, and the identifiers that links keep.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..catalogue.mapping.identities import Links
from ..catalogue.mapping.linkedrecords import PortalLinks
from ..core.decisions import NAMES as DECISION_NAMES
from ..core.decisions import Decisions, find_misnamed, read_decisions
from ..core.errors import UsageError
from ..core.settings import Settings
from ..core.vocabularies import load
from ..core.vocabularies.additions import extend
from ..reading.documents.inputs import STDIN
from ..reconciliation.linkfiles import NAMES, SNAPSHOTS, LinkFiles, list_snapshots

#: What the folders are called beside plans.
FOLDER, DECISIONS = "links", "decisions"


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
    return _find(sources, given, settings.links, FOLDER, NAMES)


def find_decisions(sources: Sequence[Path], given: Path | None, settings: Settings) -> Path | None:
    """
    Return the folder of decisions: the one that is given, that of the settings, or the one beside the plans.

    Args:
        sources: The plans, as for links.

        given: The folder that the option names.

        settings: The settings, which may name one.

    Returns:
        The folder; None if none is named and there is none beside the plans.

    Raises:
        UsageError: There are several beside the plans.
    """
    return _find(sources, given, settings.decisions, DECISIONS, DECISION_NAMES)


def load_decisions(sources: Sequence[Path], given: Path | None, settings: Settings) -> Decisions:
    """
    Return what people decided about plans: what the folder of decisions says that goes with them.

    Args:
        sources: The plans, as for links.

        given: The folder that the option names.

        settings: The settings, which may name one.

    Raises:
        UsageError: There are several folders beside the plans.

        NotReadable: A file cannot be used, or contradicts the vocabularies.

    >>> load_decisions([], None, Settings()).has_additions
    False
    """
    decisions = read_decisions(find_decisions(sources, given, settings))
    extend(load(settings.base_iri), decisions)
    return decisions


def load_decisions_for(snapshot: Path, given: Path | None, settings: Settings) -> Decisions:
    """
    Return what people decided that goes with a snapshot of the portal.

    Beside a snapshot in the folder of links is what lies beside that folder, as for the plans.

    Args:
        snapshot: The folder that the snapshot is in.

        given: The folder that the option names.

        settings: The settings, which may name one.

    Raises:
        UsageError: There are several folders in question.

        NotReadable: A file cannot be used, or contradicts the vocabularies.

    >>> load_decisions_for(Path("links/portal"), None, Settings()).has_additions
    False
    """
    is_beside_links = snapshot.name == SNAPSHOTS
    # The folder of links need not be there before its first snapshot.
    return load_decisions([snapshot.parent.parent if is_beside_links else snapshot], given, settings)


def list_beside(sources: Sequence[Path], links: Path | None, decisions: Path | None, settings: Settings) -> list[Path]:
    """
    Return the files of links and of decisions that go with plans, whether they are there or not.

    Of the snapshots of the portal it is those that are there, and their folder.

    Args:
        sources: The plans, as for links.

        links: The folder of links that an option names.

        decisions: The folder of decisions that an option names.

        settings: The settings, which may name both.

    >>> sorted(path.as_posix() for path in list_beside([Path("plans/a.pdf")], None, None, Settings()))[0]
    'plans/decisions/categories.toml'
    """
    files: list[Path] = []
    for given, setting, folder, names in (
        (links, settings.links, FOLDER, NAMES),
        (decisions, settings.decisions, DECISIONS, DECISION_NAMES),
    ):
        chosen = given or (Path(setting) if setting else None)
        folders = [chosen] if chosen else [path for source in sources for path in _beside(source, folder)]
        files += [path / name for path in folders for name in names]
        if folder == FOLDER:
            files += [file for path in folders for file in (path / SNAPSHOTS, *list_snapshots(path))]
    return list(dict.fromkeys(files))


def _find(sources: Sequence[Path], given: Path | None, setting: str, folder: str, names: Sequence[str]) -> Path | None:
    """Return the folder of a name: that is given or set, or the one beside the plans that has one of its files."""
    if given is not None:
        return given
    if setting:
        return Path(setting)
    beside = (path for source in sources for path in _beside(source, folder))
    folders = {
        path.resolve(): path
        for path in beside
        if _holds_one(path, names) or (folder == DECISIONS and find_misnamed(path))
    }
    if len(folders) > 1:
        found = ", ".join(sorted(map(str, folders.values())))
        raise UsageError.of("publishing.several-links", found, folder=folder)
    return next(iter(folders.values()), None)


def default_folder(sources: Sequence[Path]) -> Path:
    """
    Return where links go if no folder is named and there is none yet: beside the first file or folder of plans.

    >>> default_folder([Path("plans/2024.pdf")]).as_posix()
    'plans/links'
    """
    first = next((source for source in sources if source != STDIN), Path())
    return (first if first.is_dir() else first.parent) / FOLDER


def kept_links(links: LinkFiles, portal: PortalLinks | None = None) -> Links:
    """
    Return what the mapping of plans needs to know: identifiers that are kept, and records of the portal.

    Args:
        links: The folder of links.

        portal: The records that datasets are linked with; None where only identifiers matter.

    >>> kept_links(LinkFiles()).identifiers
    {}
    """
    return Links(links.identities.resolved, portal or PortalLinks())


def _beside(source: Path, folder: str) -> list[Path]:
    """Return where a folder that goes with a file or folder of plans may be."""
    if source == STDIN:
        return []
    return [source / folder, source.parent / folder] if source.is_dir() else [source.parent / folder]


def _holds_one(folder: Path, names: Sequence[str]) -> bool:
    """Tell whether a folder holds one of some files; plans may be in a folder of its name as well."""
    return any((folder / name).is_file() for name in names)
