"""
Reads the inputs of `parse` and `lint`.

In: files, folders, archives. Out: readings. An input that cannot be read is reported; the others are still read.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from ..core.errors import DcatHkError

if TYPE_CHECKING:
    from ..reading.parsing import Reading


class ReadInputs(NamedTuple):
    """The readings of inputs, and the exit code for those that could not be read; 0 if all could."""

    readings: list[Reading]
    exit_code: int


def read_inputs(sources: Sequence[Path], config: Path | None, *, only_plans: bool = True) -> ReadInputs:
    """
    Read inputs, and print an error for each that cannot be read.

    Args:
        sources: Files, folders and ZIP files; `-` is standard input.

        config: A settings file, for the limits on reading.

        only_plans: Whether a document that is no plan is an error.
    """
    from ..build import find_inputs, limits_of, read_input
    from ..core.forked import ConfinedProcess
    from ..core.settings import load_settings

    limits = limits_of(load_settings(config, {}))
    readings: list[Reading] = []
    exit_code = 0
    with closing(ConfinedProcess()) as process:
        for source in find_inputs(sources, limits):
            try:
                reading = read_input(source, limits, process)
                if only_plans:
                    reading.require()
                readings.append(reading)
            except DcatHkError as error:
                click.echo(f"Error: {error}", err=True)
                exit_code = error.exit_code
    return ReadInputs(readings, exit_code)
