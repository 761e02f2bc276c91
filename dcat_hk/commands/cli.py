"""
The group of commands: registration and error handling.

In: arguments. Out: data on standard output, remarks on standard error, an exit code. Each command is a module of this
package with a function of the same name. A command imports what it needs when it runs, so that help comes at once.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import click

from .. import __version__
from ..core.errors import DcatHkError
from .options import EXIT_CODES

#: The commands. A new command is a module in this package and a line here.
COMMANDS = (
    "build",
    "diff",
    "explain",
    "export",
    "feed",
    "fulfilment",
    "lint",
    "load",
    "parse",
    "query",
    "reconcile",
    "review",
    "score",
    "serve",
    "validate",
)


class CommandGroup(click.Group):
    """Prints each error of dcat-hk on standard error, and exits with the error's exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except DcatHkError as error:
            click.echo(f"Error: {error}", err=True)
            ctx.exit(error.exit_code)
        except BrokenPipeError:
            # The program that reads our output has ended: that is no error of ours.
            sys.stderr.close()
            ctx.exit(0)


@click.group(cls=CommandGroup, epilog=EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="dcat-hk")
def main() -> None:
    """
    Read Hong Kong's open data plans and publish them as DCAT-AP 3 linked data.

    \b
    dcat-hk build seeds -o output      read plans, validate, publish
    dcat-hk parse plan.txt             print what is read from a plan
    dcat-hk explain dataset/hk-…       show where a thing was read from
    """


for _name in COMMANDS:
    main.add_command(getattr(import_module(f".{_name}", __package__), _name))
