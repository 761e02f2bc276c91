"""
The command `feed`: writes the website as files.

In: an output folder. Out: a folder for a static host.
"""

from __future__ import annotations

from pathlib import Path

import click

from ..core.errors import UsageError
from ..core.languages import LANGUAGES
from ..core.wording.refusals import say
from .options import (
    add_options,
    epilog,
    find_month,
    folder_argument,
    jobs_option,
    page_size_option,
    path_type,
    quiet_option,
)
from .progress import progress_shown
from .spoken import run_language

_FORMATS = ("html", "ttl", "jsonld", "rdf", "nt")

_feed_options = add_options(
    click.option("-o", "--output", required=True, type=path_type, help="Folder to write; it is replaced as a whole."),
    click.option(
        "--format", "formats", multiple=True, type=click.Choice(_FORMATS), help="Format of things; default all."
    ),
    click.option(
        "--lang", "languages", multiple=True, type=click.Choice(LANGUAGES), help="Language of pages; default all."
    ),
    click.option(
        "--as-of", "month", metavar="YYYY-MM", help="Month that promises are as of; default that of the newest plan."
    ),
    page_size_option,
    jobs_option,
    quiet_option,
)


@click.command(epilog=epilog("dcat-hk feed output -o site"))
@folder_argument
@_feed_options
def feed(
    folder: Path,
    output: Path,
    formats: tuple[str, ...],
    languages: tuple[str, ...],
    month: str | None,
    page_size: int,
    jobs: int,
    quiet: bool,
) -> None:
    """
    Write the website as files for a static host.

    FOLDER is the output folder of a build. The files are pages, every format of every thing, feeds, dumps and
    sitemaps. The feed of changes continues the one in the target folder.
    """
    from ..serving.web.static import SiteSelection, write_site

    # Resolved, so that no other path to the catalogue's folder gets past.
    target, catalogue = output.resolve(), folder.resolve()
    if target == catalogue or catalogue in target.parents:
        raise UsageError.of("options.feed-into-catalogue", str(output))
    selection = SiteSelection(formats or _FORMATS, languages or LANGUAGES, find_month(month) if month else "")
    with progress_shown(quiet) as progress:
        written = write_site(folder, output, selection, jobs=jobs, size=page_size, progress=progress)
    if not quiet:
        counts = {"things": written.things, "files": written.files, "size": written.size, "changes": written.changes}
        click.echo(say("views.wrote-site", run_language(), folder=str(output), **counts), err=True)
