"""
Writes docs/dcat-hk.1, the page for `man`: what `--help` says of the program and of each command.

Run ``python tools/write_manual.py`` after a change to a command; ``--check`` fails if the page is not current. It is
click that goes through the commands: it is given a formatter that writes the macros of man(7) in place of columns.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import click

from dcat_hk import __version__
from dcat_hk.commands.cli import main as program

PAGE = Path(__file__).parents[1] / "docs" / "dcat-hk.1"
NAME = "dcat-hk"
#: What click calls the beginning of a paragraph whose lines stay as they are.
_MARK = "\b"
_FILES = """\
.SH FILES
.TP
.I dcat-hk.toml
Settings, looked for in the current folder;
.B dcat-hk settings
shows each with its value and where it comes from.
.SH SEE ALSO
The folder
.I docs
of the project has tutorials, how-to guides and the meaning of each finding.
"""


class ManualFormatter(click.HelpFormatter):
    r"""
    Writes help with the macros of man(7).

    >>> formatter = ManualFormatter()
    >>> formatter.write_dl([("-o, --output FILE", "File to write.")])
    >>> formatter.getvalue()
    '.TP\n\\fB\\-o, \\-\\-output FILE\\fR\nFile to write.\n'
    """

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:  # noqa: ARG002 - of click
        """Write how a command is called."""
        self.write(f".PP\n\\fB{escape(prog)}\\fR {escape(args)}\n")

    def write_heading(self, heading: str) -> None:
        """Write the heading of options, or of commands."""
        self.write(f".PP\n{escape(heading)}:\n")

    def write_paragraph(self) -> None:
        """Begin no paragraph: each text does so itself."""

    def write_text(self, text: str) -> None:
        """Write paragraphs; lines of one that begins with the mark of click stay as they are."""
        for paragraph in text.split("\n\n"):
            lines = paragraph.strip("\n").split("\n")
            if lines[0].strip() == _MARK:
                self.write(".PP\n.nf\n" + "".join(f"{escape(line)}\n" for line in lines[1:]) + ".fi\n")
            else:
                self.write(f".PP\n{escape(' '.join(line.strip() for line in lines))}\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:  # noqa: ARG002
        """Write options or commands with what they do."""
        for term, about in rows:
            self.write(f".TP\n\\fB{escape(term)}\\fR\n{escape(' '.join(about.split()))}\n")


def escape(text: str) -> str:
    r"""
    Return text as it stands in a line of a page: nothing in it is a request.

    >>> escape(".dcat-hk ~ `a\\b` 'c'")
    '\\&.dcat\\-hk \\(ti \\(gaa\\eb\\(ga \\(aqc\\(aq'
    """
    marks = {"\\": r"\e", "-": r"\-", "'": r"\(aq", "`": r"\(ga", "^": r"\(ha", "~": r"\(ti"}
    escaped = "".join(marks.get(character, character) for character in text)
    return rf"\&{escaped}" if escaped.startswith(".") else escaped


def make_page() -> str:
    """Return the page."""
    context = click.Context(program, info_name=NAME, **program.context_settings)
    about = program.get_short_help_str(1000).rstrip(".")
    parts = [
        f'.\\" Written by tools/write_manual.py; do not edit.\n.TH DCAT\\-HK 1 "" "dcat\\-hk {__version__}"\n',
        f".SH NAME\n{escape(NAME)} \\- {escape(about)}\n",
        ".SH SYNOPSIS\n" + _format(partial(program.format_usage, context)),
        ".SH DESCRIPTION\n" + _format(partial(program.format_help_text, context)),
        ".SH OPTIONS\n" + _format(partial(click.Command.format_options, program, context)).partition(":\n")[2],
        ".SH COMMANDS\n",
    ]
    for name in program.list_commands(context):
        command = program.commands[name]
        inner = click.Context(command, info_name=name, parent=context, **command.context_settings)
        parts.append(f".SS {escape(f'{NAME} {name}')}\n" + _format(partial(command.format_help, inner)))
        for part, own in sorted(getattr(command, "commands", {}).items()):
            context_of_part = click.Context(own, info_name=part, parent=inner)
            title = escape(f"{NAME} {name} {part}")
            parts.append(f".SS {title}\n" + _format(partial(own.format_help, context_of_part)))
    parts.append(_FILES)
    return "".join(parts)


def _format(write: Callable[[ManualFormatter], None]) -> str:
    """Return what is written into a formatter."""
    formatter = ManualFormatter(width=10_000)
    write(formatter)
    return formatter.getvalue()


def main() -> int:
    """Write the page, or tell whether it is current."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="change nothing; exit code 1 if the page is not current")
    options = parser.parse_args()
    page = make_page()
    if not options.check:
        PAGE.write_text(page, encoding="utf-8", newline="\n")
        return 0
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == page:
        return 0
    print("docs/dcat-hk.1 is not current: run python tools/write_manual.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
