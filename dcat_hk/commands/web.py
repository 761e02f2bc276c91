"""
The commands that publish on the web: serve and feed.

In: arguments. Out: as all commands; `serve` runs until it is told to stop.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..core.errors import UsageError
from ..core.languages import LANGUAGES
from .options import EXIT_CODES, progress_shown, quiet_option

_seconds = click.FloatRange(min=0, min_open=True)
_FORMS = ("html", "ttl", "jsonld", "rdf", "nt")


# ---- serve


@click.command(epilog="\b\nExample:\n  dcat-hk serve --port 8000 --history changes output\n\n" + EXIT_CODES)
@click.argument("folder", type=click.Path(path_type=Path), default="output", metavar="[FOLDER]")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0 for a free one.")
@click.option(
    "--history",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder that keeps the feed of changes between builds; without it there is no such feed.",
)
@click.option(
    "--keep-in",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Folder for copies of builds; default that of the system for temporary files.",
)
@click.option(
    "--watch", type=_seconds, default=2.0, show_default=True, metavar="SECONDS", help="How often to look for a build."
)
@click.option("--page-size", type=click.IntRange(1, 1000), default=100, show_default=True, help="Datasets on a page.")
@click.option("--query-seconds", type=_seconds, default=10.0, show_default=True, help="How long a query may take.")
@click.option("--query-rows", type=click.IntRange(1), default=10_000, show_default=True, help="Rows of an answer.")
@click.option("--query-bytes", type=click.IntRange(1000), default=16_000_000, show_default=True, help="Its length.")
@click.option("--query-memory", type=click.IntRange(1), default=1000, show_default=True, help="Megabytes for a query.")
@click.option("--query-processes", type=click.IntRange(1, 64), default=2, show_default=True, help="Queries at a time.")
@click.option("--query-waiting", type=click.IntRange(0), default=16, show_default=True, help="Queries that may wait.")
@quiet_option
def serve(folder: Path, host: str, port: int, quiet: bool, **given: Any) -> None:
    """
    Serve a published catalogue: pages, linked data, feeds and SPARQL, read only.

    FOLDER is the output folder of a build. A new build in it is taken up without a restart. Addresses are relative, so
    a proxy may serve this under the path of the base IRI or at its own root.
    """
    from ..serving.web.host import Options
    from ..serving.web.query_workers import Limits
    from ..serving.web.server import serve as run

    limits = Limits(
        seconds=given["query_seconds"],
        rows=given["query_rows"],
        size=given["query_bytes"],
        memory=given["query_memory"] * 1_000_000,
        running=given["query_processes"],
        waiting=given["query_waiting"],
    )
    options = Options(given["history"], given["keep_in"], given["watch"], given["page_size"], limits)

    def ready(address: str) -> None:
        if not quiet:
            click.echo(f"Serving {folder} at {address}", err=True)

    run(folder, (host, port), options, logged=not quiet, ready=ready)


# ---- feed


@click.command(epilog="\b\nExample:\n  dcat-hk feed output -o site\n\n" + EXIT_CODES)
@click.argument("folder", type=click.Path(path_type=Path), default="output", metavar="[FOLDER]")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), help="Folder to write; replaced as a whole."
)
@click.option(
    "--format", "forms", multiple=True, type=click.Choice(_FORMS), help="Form of things to write; default all of them."
)
@click.option(
    "--lang", "languages", multiple=True, type=click.Choice(LANGUAGES), help="Language of pages; default all three."
)
@click.option("--page-size", type=click.IntRange(1, 1000), default=100, show_default=True, help="Datasets on a page.")
@click.option("-j", "--jobs", type=click.IntRange(min=0), default=0, help="Processes; default one for each processor.")
@quiet_option
def feed(
    folder: Path,
    output: Path,
    forms: tuple[str, ...],
    languages: tuple[str, ...],
    page_size: int,
    jobs: int,
    quiet: bool,
) -> None:
    """
    Write the site as files for any static host: pages, every form of every thing, feeds, dumps, sitemaps.

    FOLDER is the output folder of a build. The feed of changes goes on from what the target holds.
    """
    from ..serving.web.static import Wanted, write_site

    if output.absolute() == folder.absolute():
        raise UsageError("The site cannot replace the catalogue it is made from.", str(output), "Name another folder.")
    wanted = Wanted(forms or _FORMS, languages or LANGUAGES)
    with progress_shown(quiet) as progress:
        done = write_site(folder, output, wanted, jobs=jobs, size=page_size, progress=progress)
    if not quiet:
        click.echo(
            f"{output}: {done.things:,} things in {done.files:,} files, {done.size:,} bytes; {done.changes:,} changes.",
            err=True,
        )
