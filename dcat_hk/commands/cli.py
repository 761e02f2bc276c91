"""
The group of commands: registration and error handling.

In: arguments. Out: data on standard output, remarks on standard error, an exit code. Each command is a module of this
package with a function of the same name, imported when it is asked for. A command imports what it needs when it runs,
so that help comes at once.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator, MutableMapping, Sequence
from importlib import import_module
from typing import Any

import click

from .. import __version__
from ..core.errors import DcatHkError, NotReadable
from ..core.signals import Ended, ending_on_signals, signals_first
from ..core.wording.refusals import SystemReason
from .limited import Program
from .options import EXIT_CODES, refuse_empty_values
from .spoken import find_language, install_translations, print_error, print_refusal, speaking
from .streams import BROKEN_PIPE, guarded_streams

#: The commands. A new command is a module in this package and a line here.
COMMANDS = (
    "build",
    "cache",
    "completion",
    "diff",
    "explain",
    "export",
    "feed",
    "fulfilment",
    "link",
    "lint",
    "load",
    "parse",
    "portal",
    "profiles",
    "query",
    "reconcile",
    "review",
    "score",
    "serve",
    "settings",
    "template",
    "validate",
)


class LateCommands(MutableMapping[str, click.Command]):
    """
    Commands by name, each imported when it is asked for: a run needs one of them.

    >>> LateCommands(["query", "lint"])["lint"].name
    'lint'
    """

    def __init__(self, names: Sequence[str]) -> None:
        """Keep the names."""
        self._commands: dict[str, click.Command | None] = dict.fromkeys(names)

    def __getitem__(self, name: str) -> click.Command:
        """Return a command."""
        command = self._commands[name]
        if command is None:
            command = getattr(import_module(f".{name}", __package__), name)
            refuse_empty_values(command)
            self._commands[name] = command
        return command

    def __setitem__(self, name: str, command: click.Command) -> None:
        """Add a command."""
        self._commands[name] = command

    def __delitem__(self, name: str) -> None:
        """Remove a command."""
        del self._commands[name]

    def __iter__(self) -> Iterator[str]:
        """Go through the names."""
        return iter(self._commands)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._commands)


class CommandGroup(click.Group):
    """Prints each error of dcat-hk on standard error, and exits with the error's exit code."""

    def main(self, *args: Any, **options: Any) -> Any:
        """Run the program with streams that fail in words, also where it only prints its help."""
        arguments = options.get("args", args[0] if args else None)
        if arguments is None:
            options["obj"] = Program()
        install_translations()
        language = find_language(sys.argv[1:] if arguments is None else arguments)
        with speaking(language), guarded_streams():
            try:
                with ending_on_signals():
                    return super().main(*args, **options)
            except DcatHkError as error:
                print_error(error)
                sys.exit(error.exit_code)
            except Ended as end:
                self._tell_end(end)
                raise

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            with signals_first():
                return super().invoke(ctx)
        except DcatHkError as error:
            print_error(error)
            ctx.exit(error.exit_code)
        except BrokenPipeError:
            print_refusal("commands.broken-pipe")
            ctx.exit(BROKEN_PIPE)
        except KeyboardInterrupt as key:
            raise Ended(signal.SIGINT) from key
        except OSError as error:
            # What the system refuses is no bug of ours, wherever it happens: a full disk, a worn one, too many files.
            place = f"{error.filename}: " if error.filename is not None else ""
            print_refusal("commands.system-refused", place=place, reason=SystemReason.of(error))
            ctx.exit(NotReadable.exit_code)

    def _tell_end(self, end: Ended) -> None:
        """Print which signal has ended the program."""
        from ..core.allowance import is_limited

        # What works for another process is silent: that one tells.
        if is_limited():
            return
        if end.number == signal.SIGINT:
            print_refusal("commands.interrupted")
        else:
            print_refusal("commands.ended", signal=end.signal)


@click.group(
    cls=CommandGroup,
    commands=LateCommands(COMMANDS),
    epilog=EXIT_CODES,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="dcat-hk")
def main() -> None:
    """
    Read Hong Kong's open data plans and publish them as DCAT-AP 3 linked data.

    \b
    dcat-hk build seeds -o output      read plans, validate, publish
    dcat-hk parse plan.txt             print what is read from a plan
    dcat-hk explain dataset/hk-…       show where a thing was read from
    """
