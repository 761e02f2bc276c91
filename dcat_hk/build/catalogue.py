"""
A build as one call: what people and Python programs pass, in any of its usual forms -> a published catalogue.

In: names of files, an output folder, settings. Out: what `build` returns. It is the same build as that of the command.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ..core.reporting import Progress, no_progress
from .linkfolder import find_links
from .publish import BuildResult, build
from .values import PathLike, SettingsLike, paths_of, settings_of


def build_catalogue(
    sources: PathLike | Iterable[PathLike],
    output: PathLike,
    settings: SettingsLike | None = None,
    *,
    links: PathLike | None = None,
    jobs: int | None = None,
    validated: bool = True,
    progress: Progress = no_progress,
) -> BuildResult:
    """
    Read plans and publish them as one validated catalogue, all or nothing, as `dcat-hk build` does.

    Args:
        sources: The name of a file, a folder or a ZIP file, or several.

        output: The folder to publish in; it is replaced as a whole, and stays as it was if nothing is published.

        settings: Settings as a value, by name, or a settings file; None for what the command line would use.

        links: The folder of links; None for the folder links beside the plans, if there is one.

        jobs: How many processes; 0 for one for each processor, None for what the settings say.

        validated: Whether the catalogue is validated before it is published.

        progress: Called with the stage, the steps done and the steps in all.

    Returns:
        What became of each input, and whether the catalogue was published; if not, why.

    Raises:
        UsageError: There is no input, a setting is not valid, or the folder holds what no build wrote.

        NotAPlan: None of the inputs is a plan.

        NotReadable: A file of links or settings cannot be used.

        WorkerLost: A worker process was killed.
    """
    used, paths = settings_of(settings), paths_of(sources)
    folder = find_links(paths, Path(links) if links else None, used)
    count = used.jobs if jobs is None else jobs
    return build(paths, Path(output), used, jobs=count, validated=validated, progress=progress, links=folder)
