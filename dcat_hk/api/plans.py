"""
Plans for Python programs: read one or many, look at their entries, turn them into dictionaries, CSV or a graph.

In: files, bytes, open files. Out: `ReadPlan`, which users know as `dcat_hk.Plan`. One plan is read in this process, so
that it works in a notebook, in a thread, in a spawned process and in a script from standard input.
"""

from __future__ import annotations

import html
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from ..build import find_inputs
from ..build.alone import write_alone
from ..build.arguments import checked_choice, checked_count, checked_folder, checked_path
from ..build.corrections import correct
from ..build.linkfolder import find_links, load_decisions
from ..build.read import Reader, read_data, read_kept, read_or_restore, read_row_data
from ..build.readings import KeptReading, ReadingOptions
from ..build.values import (
    LimitsLike,
    PathLike,
    PlanSource,
    SettingsLike,
    cache_from,
    limits_from,
    paths_of,
    read_source,
    settings_of,
)
from ..core.decisions import NO_DECISIONS, Decisions
from ..core.errors import DcatHkError, Finding, findings_as_json
from ..core.forked import ConfinedProcess
from ..core.plan import Entry
from ..core.plan_values import plan_as_json, rows_of_plans
from ..core.processes import open_workers
from ..core.reporting import format_json
from ..core.settings import Settings
from ..core.tables import table_layouts, write_csv
from ..core.vocabularies import load
from ..core.vocabularies.additions import extend
from ..reading.documents import Input
from ..reading.documents.rowfiles import has_rows
from ..reading.quality import Copy, copy_of

if TYPE_CHECKING:
    from rdflib import Graph

#: So many entries are shown in a notebook.
_SHOWN = 20
#: The severities that lint tells, by the least one that is wanted.
_SEVERITIES = ("error", "warning", "info")
#: PDFium, which reads PDF files, must not be used by two threads at once.
_reading = threading.Lock()


@dataclass(frozen=True, slots=True)
class ReadPlan:
    """
    A plan that was read: what each of its rows says, and what is to be said about the document.

    Known to users as `dcat_hk.Plan`. It can be pickled, and does not change.

    >>> plan = read(sorted(Path("seeds").glob("*.txt"))[4], name="police.txt")
    >>> plan
    <Plan police.txt: 香港警務處 2024–2026, 33 entries, 0 findings>
    >>> plan.years, plan.entries[8].title, [entry.formats for entry in plan][8]
    ((2024, 2026), '罪案數字比較', ('CSV',))
    """

    #: The plan and how well it was read.
    copy: Copy = field(repr=False)
    #: What is to be said about the document, in its order.
    findings: tuple[Finding, ...]
    settings: Settings = field(repr=False)
    #: What people decided about it. Entries are as printed; what is corrected is published.
    decisions: Decisions = field(repr=False, default=NO_DECISIONS)
    #: The file that it was read from; None for bytes.
    path: Path | None = None

    # ---- what the plan says

    @property
    def name(self) -> str:
        """Return what the document is called."""
        return self.copy.plan.doc

    @property
    def sha256(self) -> str:
        """Return the SHA-256 digest of the document."""
        return self.copy.plan.sha256

    @property
    def bureau(self) -> str:
        """Return who issues the plan, as printed."""
        return self.copy.plan.bureau

    @property
    def title(self) -> str:
        """Return the title of the plan, as printed."""
        return self.copy.plan.plan_title

    @property
    def years(self) -> tuple[int, int]:
        """Return the first and the last year that the plan covers."""
        return self.copy.plan.years

    @property
    def dated(self) -> str | None:
        """Return the month printed under the plan, as YYYY-MM; None if there is none."""
        return self.copy.plan.dated

    @property
    def script(self) -> str:
        """Return the script of most of the text: Hant, Hans or Latn."""
        return self.copy.plan.script

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Return what each row says, in the order of the document."""
        return self.copy.plan.entries

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def __bool__(self) -> bool:
        return True

    # ---- other forms

    def to_dicts(self) -> list[dict[str, Any]]:
        """
        Return the entries as dictionaries, as `dcat-hk parse --format json` has them.

        Returns:
            For each entry its fields; formats are lists, a place says its lines.
        """
        entries: list[dict[str, Any]] = self.to_dict()["entries"]
        return entries

    def to_dict(self) -> dict[str, Any]:
        """Return the whole plan, as the JSON Schema `plan.schema.json` describes it."""
        return plan_as_json(self.copy.plan)

    def to_rows(self) -> list[dict[str, Any]]:
        """Return a flat dictionary for each entry, with the plan it is from: the columns of `to_csv`."""
        return list(rows_of_plans([self.copy.plan]))

    def to_json(self) -> str:
        """Return what `dcat-hk parse --format json` prints of this plan."""
        return format_json([self.to_dict()])

    def to_csv(self, *, bom: bool = False) -> str:
        """
        Return what `dcat-hk parse --format csv` prints of this plan.

        Args:
            bom: Whether the mark of UTF-8 comes first, by which Excel knows the encoding.
        """
        return "".join(write_csv(table_layouts()["rows"], self.to_rows(), bom=bom))

    def to_turtle(self, settings: SettingsLike | None = None, *, links: PathLike | None = None) -> str:
        """
        Return the file that a build of this plan alone publishes of it.

        Args:
            settings: Base IRI and the like; None for those that the plan was read with.

            links: The folder of links; None for the folder links beside the plan, if there is one.

        Raises:
            NotAPlan: A build refuses the plan: it names no body, or none of its rows could be read.

            NotReadable: A file of links cannot be used.
        """
        used = self.settings if settings is None else settings_of(settings)
        folder = find_links([self.path] if self.path else [], checked_folder(links, "links"), used)
        return write_alone(self.copy, self.findings, used, folder, self.decisions)

    def to_graph(self, settings: SettingsLike | None = None, *, links: PathLike | None = None) -> Graph:
        """
        Return what a build publishes of this plan as a graph of rdflib, equal to the plan's published file.

        Args:
            settings: Base IRI and the like; None for those that the plan was read with.

            links: The folder of links; None for the folder links beside the plan, if there is one.

        Raises:
            NotAPlan: A build refuses the plan: it names no body, or none of its rows could be read.

            NotReadable: A file of links cannot be used.
        """
        from .graphs import parse_turtle

        return parse_turtle(self.to_turtle(settings, links=links))

    # ---- how it is shown

    def __repr__(self) -> str:
        first, last = self.years
        years = f"{first}–{last}" if last != first else str(first)
        counts = f"{_count(len(self), 'entry', 'entries')}, {_count(len(self.findings), 'finding', 'findings')}"
        return f"<Plan {self.name}: {self.bureau or '?'} {years}, {counts}>"

    def _repr_html_(self) -> str:
        """Return a table for a notebook."""
        names = ("row", "title", "category", "date", "frequency", "formats")
        lines = [
            [entry.row_name, entry.title, entry.category, entry.date or entry.date_raw,
             entry.frequency or entry.frequency_raw, " ".join(entry.formats)]
            for entry in self.entries[:_SHOWN]
        ]  # fmt: skip
        rows = "".join(f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in line)}</tr>" for line in lines)
        head = "".join(f"<th>{name}</th>" for name in names)
        more = f"<p>… {len(self) - _SHOWN} more</p>" if len(self) > _SHOWN else ""
        caption = html.escape(repr(self)[1:-1])
        return f"<table><caption>{caption}</caption><tr>{head}</tr>{rows}</table>{more}"


class PlanList(list[ReadPlan]):
    """
    The plans that `read_many` could read, a list.

    `refused` are the errors of the inputs that could not be read, if they are not to be raised.
    """

    def __init__(self, plans: Iterable[ReadPlan] = (), refused: Iterable[DcatHkError] = ()) -> None:
        """Keep the plans and the errors."""
        super().__init__(plans)
        self.refused = list(refused)

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return a flat dictionary for each entry of all plans, with the plan it is from."""
        return [row for plan in self for row in plan.to_rows()]

    def to_json(self) -> str:
        """Return what `dcat-hk parse --format json` prints of these plans."""
        return format_json([plan.to_dict() for plan in self])


class FindingList(list[Finding]):
    """Findings on one or several documents, a list; each has a rule, a severity, a place, a message and an advice."""

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return the findings as dictionaries, with message and advice in each language."""
        return findings_as_json(self)

    def to_json(self) -> str:
        """Return what `dcat-hk lint --format json` prints of these findings."""
        return format_json(self.to_dicts())


def read(
    source: PlanSource,
    *,
    name: str | None = None,
    limits: LimitsLike | None = None,
    settings: SettingsLike | None = None,
    decisions: PathLike | None = None,
) -> ReadPlan:
    """
    Return the plan in one document, read in this process.

    Args:
        source: The name of a file, its bytes, or an open file; `-` is standard input.

        name: What to call the document; None for the name of the file.

        limits: Limits on reading, as a value or by name; memory is not limited in this process.

        settings: Settings as a value, by name, or a settings file; None for what the command line would use.

        decisions: The folder of what people decided; None for the folder decisions beside the plan, if there is one.

    Raises:
        NotReadable: There is no such file, or no permission; or a file of decisions cannot be used.

        NotAPlan: The document holds no open data plan, or is of a kind that cannot be read.

        UsageError: A setting or a limit is not valid.

    >>> plan = read(sorted(Path("seeds").glob("*.txt"))[4])
    >>> plan.to_dicts()[8]["date"], plan.dated
    ('2016-10', '2023-12')
    """
    used = settings_of(settings)
    bounds = limits_from(limits, used)
    data, called, path = read_source(source, name, bounds)
    decided = load_decisions([path] if path else [], checked_folder(decisions, "decisions"), used)
    if has_rows(data):
        rows = read_row_data(data, called, decided)
        return ReadPlan(rows.copy, rows.findings, used, decided, path)
    with _reading:
        reading = read_data(data, called, bounds, decided)
    return ReadPlan(copy_of(reading), reading.findings, used, decided, path)


def read_many(
    sources: PathLike | Iterable[PathLike],
    *,
    limits: LimitsLike | None = None,
    settings: SettingsLike | None = None,
    decisions: PathLike | None = None,
    cache: PathLike | bool = True,
    on_error: Literal["raise", "skip"] = "raise",
    jobs: int = 1,
) -> PlanList:
    """
    Return the plans in files, folders and ZIP files, in the order in which the command line reads them.

    Args:
        sources: The name of a file, a folder or a ZIP file, or several.

        limits: Limits on reading one document.

        settings: Settings; None for what the command line would use.

        decisions: The folder of what people decided; None for the folder decisions beside the plans, if there is one.

        cache: Whether readings of earlier runs are used and kept where the settings say, or in which folder.

        on_error: Whether an input that cannot be read raises its error, or goes to `refused`.

        jobs: How many processes read; 1 for this process alone, 0 for one for each processor.

    Raises:
        DcatHkError: An input cannot be read, and errors are raised.

        UsageError: There is no input, or a setting or limit is not valid.

    >>> read_many(["no/such.txt"], on_error="skip").refused
    [NotReadable('There is no such file.', 'no/such.txt', 'Check the name.')]
    """
    checked_choice(on_error, "on_error", ("raise", "skip"))
    checked_count(jobs, "jobs")
    used, paths = settings_of(settings), paths_of(sources)
    bounds = limits_from(limits, used)
    decided = load_decisions(paths, checked_folder(decisions, "decisions"), used)
    reader = Reader(ReadingOptions(bounds, decided), cache_from(cache, used))
    inputs = find_inputs(paths, bounds)
    plans = PlanList()
    for source, result in zip(inputs, _read_all(inputs, reader, jobs), strict=True):
        try:
            if isinstance(result, DcatHkError):
                raise result
            plans.append(ReadPlan(result.copy, result.findings, used, decided, source.path))
        except DcatHkError as error:
            if on_error == "raise":
                raise
            plans.refused.append(error)
    reader.cache.trim()
    return plans


def lint(
    source: PlanSource | Iterable[PathLike],
    *,
    name: str | None = None,
    limits: LimitsLike | None = None,
    settings: SettingsLike | None = None,
    decisions: PathLike | None = None,
    least: Literal["error", "warning", "info"] = "warning",
) -> FindingList:
    """
    Return what the writer of a plan should look at, in the order of the document.

    Args:
        source: What `read` takes; or a folder, or several names of files.

        name: What to call the document; None for the name of the file.

        limits: Limits on reading.

        settings: Settings; None for what the command line would use.

        decisions: The folder of what people decided; None for the folder decisions beside the plan, if there is one.
            What is corrected there is not told.

        least: The least severity that is returned.

    Raises:
        NotReadable: There is no such file, or no permission.

        NotAPlan: The document holds no open data plan.

        UsageError: A setting or a limit is not valid.

    >>> text = sorted(Path("seeds").glob("*.txt"))[4].read_text(encoding="utf-8")
    >>> [finding.rule for finding in lint(text.replace("10/2016", "10/16/2", 1).encode())]
    ['unread-date']
    """
    checked_choice(least, "least", _SEVERITIES)
    options: dict[str, Any] = {"limits": limits, "settings": settings, "decisions": decisions}
    plans: Iterable[ReadPlan]
    if _is_single(source):
        plans = [read(cast(PlanSource, source), name=name, **options)]
    else:
        plans = read_many(cast("PathLike | Iterable[PathLike]", source), **options)
    wanted = _SEVERITIES[: _SEVERITIES.index(least) + 1]
    return FindingList(finding for plan in plans for finding in _meant(plan) if finding.severity in wanted)


# ---- steps


def _is_single(source: Any) -> bool:
    """Tell whether a source is one document, and not a folder or several names."""
    if isinstance(source, str | os.PathLike):
        return not checked_path(source, "source").is_dir()
    return (
        isinstance(source, bytes | bytearray | memoryview) or hasattr(source, "read") or not hasattr(source, "__iter__")
    )


def _meant(plan: ReadPlan) -> Iterable[Finding]:
    """Return the findings on a plan as it is meant: what people have corrected is settled."""
    vocabularies = extend(load(plan.settings.base_iri), plan.decisions)
    return correct(plan.copy.plan, plan.findings, plan.decisions, vocabularies).findings


def _read_all(inputs: list[Input], reader: Reader, jobs: int) -> Iterator[KeptReading | DcatHkError]:
    """Yield what is left of reading each input, or its error."""
    if jobs == 1:
        yield from (_attempt(partial(_read_here, source, reader)) for source in inputs)
        return
    with closing(ConfinedProcess()) as process, open_workers((reader, process), jobs, len(inputs)) as workers:
        yield from workers.map(_read_task, inputs)


def _read_here(source: Input, reader: Reader) -> KeptReading:
    """Return what is left of reading an input in this process."""
    with _reading:
        return read_or_restore(source, reader)


def _read_task(shared: tuple[Reader, ConfinedProcess], source: Input) -> KeptReading | DcatHkError:
    """Return what is left of reading an input or its error, in a process that may not survive it."""
    reader, process = shared
    return _attempt(partial(read_kept, source, reader, process))


def _attempt(work: Callable[[], KeptReading]) -> KeptReading | DcatHkError:
    """Return what work returns, or the error of dcat-hk that it raises."""
    try:
        return work()
    except DcatHkError as error:
        return error


def _count(number: int, one: str, several: str) -> str:
    """Return a number with its noun."""
    return f"{number} {one if number == 1 else several}"
