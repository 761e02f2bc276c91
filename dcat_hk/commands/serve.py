"""
The command `serve`: serves a published catalogue on the web.

In: an output folder. Out: a web server, which runs until it is interrupted.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..core.errors import UsageError
from ..core.wording.refusals import say
from .options import NamedPath, add_options, epilog, folder_argument, page_size_option, quiet_option, seconds_type
from .spoken import run_language

_serve_options = add_options(
    click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on."),
    click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0 for any."),
    click.option(
        "--history",
        type=NamedPath(path_type=Path, file_okay=False),
        help="Folder that keeps the feed of changes between builds; without it there is no such feed.",
    ),
    click.option(
        "--keep-in",
        type=NamedPath(path_type=Path, file_okay=False, exists=True),
        help="Folder for snapshots of builds; default the system's folder for temporary files.",
    ),
    click.option(
        "--watch",
        type=seconds_type,
        default=2.0,
        show_default=True,
        metavar="SECONDS",
        help="Seconds between two checks for a new build.",
    ),
    page_size_option,
    click.option("--query-seconds", type=seconds_type, default=10.0, show_default=True, help="Seconds per query."),
    click.option("--query-rows", type=click.IntRange(1), default=10_000, show_default=True, help="Rows per answer."),
    click.option(
        "--query-bytes", type=click.IntRange(1000), default=16_000_000, show_default=True, help="Bytes per answer."
    ),
    click.option(
        "--query-memory", type=click.IntRange(1), default=1000, show_default=True, help="Megabytes of memory per query."
    ),
    click.option(
        "--query-processes", type=click.IntRange(1, 64), default=2, show_default=True, help="Queries at the same time."
    ),
    click.option(
        "--query-waiting", type=click.IntRange(0), default=16, show_default=True, help="Queries that may wait."
    ),
    click.option("--check", is_flag=True, help="Offer a page on which people check a plan; nothing of it is kept."),
    click.option(
        "--check-size", type=click.IntRange(1, 500), default=16, show_default=True, help="Megabytes of a plan to check."
    ),
    click.option(
        "--check-seconds", type=click.IntRange(1, 600), default=30, show_default=True, help="Seconds per plan to check."
    ),
    click.option(
        "--check-memory",
        type=click.IntRange(100),
        default=1000,
        show_default=True,
        help="Megabytes of memory a plan.",
    ),
    click.option(
        "--check-processes", type=click.IntRange(1, 64), default=1, show_default=True, help="Plans checked at a time."
    ),
    quiet_option,
)
#: The program that reads plans which are sent to be checked.
_CHECKER = "dcat_hk.build.uploads"


@click.command(epilog=epilog("dcat-hk serve --port 8000 --history changes output"))
@folder_argument
@_serve_options
def serve(folder: Path, host: str, port: int, quiet: bool, **values: Any) -> None:
    """
    Serve a published catalogue on the web.

    FOLDER is the output folder of a build. The server offers pages, linked data, feeds and SPARQL, read only. It
    notices a new build in the folder without a restart. Addresses are relative, so a proxy may serve it under the path
    of the base IRI or at the root of a host. The server runs until it is interrupted.
    """
    if not host.strip():
        # An empty address would be that of every network.
        raise UsageError.of("options.no-host", "--host")
    from ..serving.web.host import ServerOptions
    from ..serving.web.query_workers import QueryLimits
    from ..serving.web.server import run_server
    from ..serving.web.uploads import CheckLimits

    limits = QueryLimits(
        seconds=values["query_seconds"],
        rows=values["query_rows"],
        size=values["query_bytes"],
        memory=values["query_memory"] * 1_000_000,
        running=values["query_processes"],
        waiting=values["query_waiting"],
    )
    checks = CheckLimits(
        _CHECKER,
        values["check_size"] * 1_000_000,
        values["check_seconds"],
        values["check_memory"] * 1_000_000,
        values["check_processes"],
    )
    options = ServerOptions(
        values["history"],
        values["keep_in"],
        values["watch"],
        values["page_size"],
        limits,
        checks if values["check"] else None,
    )

    def ready(address: str) -> None:
        if not quiet:
            click.echo(say("views.serving", run_language(), folder=str(folder), address=address), err=True)

    run_server(folder, (host, port), options, logged=not quiet, ready=ready)
