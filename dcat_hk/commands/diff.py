"""
The command `diff`: shows what changed between two builds.

In: two output folders, files or git revisions. Out: a report; exit code 4 if something changed that must not.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .limited import LimitedCommand
from .options import (
    add_options,
    choice_option,
    config_option,
    epilog,
    language_of,
    language_option,
    output_option,
    quiet_option,
)
from .output import check_not_read, write_output
from .progress import progress_shown
from .spoken import print_warning

if TYPE_CHECKING:
    from ..checking.comparing import Comparison

_diff_options = add_options(
    choice_option("--format", "format_name", choices=("text", "json", "html"), default="text", help="Output format."),
    choice_option(
        "--fail-on",
        choices=("gone-iri", "changed-fact", "any"),
        help="Smallest difference for which the exit code is 4: an IRI is gone, a fact changed, or anything differs; "
        "default none.",
    ),
    click.option("--all", "complete", is_flag=True, help="Show lists whole."),
    output_option,
    config_option,
    language_option,
    quiet_option,
)


@click.command(
    cls=LimitedCommand,
    epilog=epilog("dcat-hk diff HEAD:output output", "dcat-hk diff --fail-on gone-iri old.nq.gz output"),
)
@click.argument("old")
@click.argument("new")
@_diff_options
def diff(
    old: str,
    new: str,
    format_name: str,
    fail_on: str | None,
    complete: bool,
    output: Path | None,
    lang: str,
    quiet: bool,
    config: Path | None,  # noqa: ARG001 - states the limits
) -> None:
    """
    Show what changed between two builds.

    OLD and NEW are output folders of builds, RDF files of builds, also gzipped, or folders and files in a git revision,
    such as HEAD~1:output. IRIs that are gone come first, then new ones, then facts before and after: those that changed
    because plans changed apart from those that changed although their plans are the same.
    """
    from ..checking.comparing import compare

    language = language_of(lang)
    check_not_read(output, [Path(old), Path(new)])
    with progress_shown(quiet) as progress:
        comparison = compare(old, new, labelled=format_name != "json", progress=progress)
    for side in (comparison.old, comparison.new):
        if side.is_altered and not quiet:
            print_warning("views.altered", name=side.name)
    write_output(_format(comparison, format_name, language, complete), output, format_name, quiet=quiet)
    if comparison.fails(fail_on):
        raise click.exceptions.Exit(4)


def _format(comparison: Comparison, format_name: str, language: str, complete: bool) -> Iterator[str]:
    """Return a report, piece by piece."""
    from ..checking.comparing.report_html import as_html
    from ..checking.comparing.report_json import as_json
    from ..checking.comparing.report_text import as_text

    if format_name == "json":
        return as_json(comparison)
    return (as_html if format_name == "html" else as_text)(comparison, language, complete=complete)
