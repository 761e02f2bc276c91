"""
A build as one call: what people and Python programs pass, in any of its usual forms -> a published catalogue.

In: names of files, an output folder, settings. Out: what `build` returns. It is the same build as that of the command.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..core.reporting import Progress, no_progress
from .arguments import checked_count, checked_folder, checked_path, checked_text
from .linkfolder import find_decisions, find_links
from .publish import BuildResult, build
from .values import PathLike, SettingsLike, cache_from, paths_of, settings_of


def build_catalogue(
    sources: PathLike | Iterable[PathLike],
    output: PathLike,
    settings: SettingsLike | None = None,
    *,
    links: PathLike | None = None,
    decisions: PathLike | None = None,
    cache: PathLike | bool = True,
    jobs: int | None = None,
    dask: str = "",
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

        decisions: The folder of what people decided; None for the folder decisions beside the plans, if there is one.

        cache: Whether readings of earlier runs are used and kept where the settings say, or in which folder.

        jobs: How many processes; 0 for one for each processor, None for what the settings say.

        dask: The address of a scheduler of Dask whose workers read and write; empty for this machine.

        validated: Whether the catalogue is validated before it is published.

        progress: Called with the stage, the steps done and the steps in all.

    Returns:
        What became of each input, and whether the catalogue was published; if not, why.

    Raises:
        DcatHkError: What `build` raises; and UsageError, if a setting is not valid.
    """
    used, paths = settings_of(settings), paths_of(sources)
    count = used.jobs if jobs is None else checked_count(jobs, "jobs")
    return build(
        paths,
        checked_path(output, "output"),
        used,
        jobs=count,
        dask=checked_text(dask, "dask"),
        validated=validated,
        progress=progress,
        cache=cache_from(cache, used),
        links=find_links(paths, checked_folder(links, "links"), used),
        decisions=find_decisions(paths, checked_folder(decisions, "decisions"), used),
    )
