"""
Reads the inputs of `parse` and `lint`.

In: files, folders, archives. Out: readings. An input that cannot be read is reported; the others are still read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from ..core.errors import DcatHkError
from .spoken import print_error

if TYPE_CHECKING:
    from ..build.readings import KeptReading
    from ..core.caching import Cache
    from ..core.decisions import Decisions
    from ..core.forked import ConfinedProcess
    from ..core.settings import Settings
    from ..reading.documents import Input
    from ..reading.parsing import Reading

Read = TypeVar("Read")


class ReadInputs(NamedTuple, Generic[Read]):
    """The readings of inputs, and the exit code for those that could not be read; 0 if all could."""

    readings: list[Read]
    exit_code: int


def read_inputs(
    sources: Sequence[Path],
    settings: Settings,
    cache: Cache,
    decisions: Decisions,
    *,
    corrected: bool = False,
) -> ReadInputs[KeptReading]:
    """
    Read plans, now or in an earlier run, and print an error for each that cannot be read or is none.

    Args:
        sources: Files, folders and ZIP files; `-` is standard input.

        settings: The settings, for the limits on reading.

        cache: What earlier runs have read.

        decisions: What people decided.

        corrected: Whether plans are given as they are meant, instead of as their files print them.

    Raises:
        NotReadable: A correction is of a row or of a printed value that its file does not have.
    """
    from ..build import limits_of
    from ..build.corrections import correct
    from ..build.read import Reader, read_kept
    from ..build.readings import ReadingOptions
    from ..core.vocabularies import load
    from ..core.vocabularies.additions import extend

    reader = Reader(ReadingOptions(limits_of(settings), decisions), cache)
    vocabularies = extend(load(settings.base_iri), decisions)

    def read(source: Input, process: ConfinedProcess) -> KeptReading:
        kept = read_kept(source, reader, process)
        plan = kept.require()
        is_corrected = corrected and plan.sha256 in decisions.corrections
        meant = correct(plan, kept.findings, decisions, vocabularies) if is_corrected else None
        return replace(kept, plan=meant.plan, findings=meant.findings) if meant else kept

    done = _read_all(sources, settings, read)
    cache.trim()
    return done


def read_documents(sources: Sequence[Path], settings: Settings, decisions: Decisions) -> ReadInputs[Reading]:
    """
    Read documents with all that was made of them, and print an error for each that cannot be read.

    Args:
        sources: Files, folders and ZIP files; `-` is standard input.

        settings: The settings, for the limits on reading.

        decisions: What people decided.
    """
    from ..build import limits_of, read_input

    limits = limits_of(settings)
    return _read_all(sources, settings, lambda source, process: read_input(source, limits, process, decisions))


def _read_all(
    sources: Sequence[Path], settings: Settings, read: Callable[[Input, ConfinedProcess], Read]
) -> ReadInputs[Read]:
    """Read inputs one after the other, and print an error for each that cannot be read."""
    from ..build import find_inputs, limits_of
    from ..core.forked import ConfinedProcess

    readings: list[Read] = []
    exit_code = 0
    with closing(ConfinedProcess()) as process:
        for source in find_inputs(sources, limits_of(settings)):
            try:
                readings.append(read(source, process))
            except DcatHkError as error:
                print_error(error)
                exit_code = error.exit_code
    return ReadInputs(readings, exit_code)
