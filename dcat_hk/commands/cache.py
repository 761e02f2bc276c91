"""
The command `cache`: shows and clears what earlier runs have found out.

In: arguments. Out: how much there is and where, on standard output.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..core.errors import UsageError
from ..core.wording.refusals import say
from .options import cache_of, choice_option, common_options, config_option, epilog, language_of, path_type

if TYPE_CHECKING:
    from ..core.caching import CacheSize


@click.command(epilog=epilog("dcat-hk cache show", "dcat-hk cache clear"))
@click.argument("action", type=click.Choice(("show", "clear")))
@click.option(
    "--cache", "folder", type=path_type, metavar="FOLDER", help="The folder; default that of the settings or the user."
)
@choice_option("--format", "format_name", choices=("text", "json"), default="text", help="Output format.")
@config_option
@common_options
def cache(
    action: str,
    folder: Path | None,
    format_name: str,
    config: Path | None,
    quiet: bool,
    verbose: bool,  # noqa: ARG001 - an option of all commands
    lang: str,
) -> None:
    """
    Show or clear what earlier runs have found out.

    That is readings of files, results of validating and comparisons of plans. Nothing of it is needed: without it
    everything is found out anew. Other files in the folder stay.
    """
    from ..core.settings import load_settings

    kept = cache_of(load_settings(config, {}), folder, False, makes=False)
    if kept.folder is None:
        raise UsageError.of("options.no-cache", str(folder or ""))
    size = kept.clear() if action == "clear" else kept.measure()
    if not quiet:
        click.echo(_describe(kept.folder, size, action, format_name, language_of(lang)), nl=False)


def _describe(folder: Path, size: CacheSize, action: str, format_name: str, language: str) -> str:
    """Return how much there is, or was."""
    from ..core.reporting import format_json

    if format_name == "json":
        return format_json({"folder": str(folder), "entries": size.entries, "bytes": size.size})
    code = "commands.cache-cleared" if action == "clear" else "commands.cache-size"
    return f"{folder}: {say(code, language, entries=size.entries, size=size.size)}\n"
