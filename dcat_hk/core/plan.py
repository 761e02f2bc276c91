"""
The model: what an open data plan says, as frozen values.

`reading` makes `Plan` and `Entry`, `catalogue` maps them. They know neither documents nor RDF.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from .place import Place

Section = Literal["A", "B", "C", "D"]
DateRole = Literal["target", "released"]
Stage = Literal["planned", "released"]

#: What a section says of its datasets.
ROLE_OF_SECTION: dict[str, DateRole] = {"A": "target", "B": "target", "C": "target", "D": "released"}


#: What a person can correct of a row: a column by its name here, or the row itself, which is withdrawn.
FIELD_OF_ROW = "row"
FIELDS_TO_CORRECT = ("title", "description", "category", "date", "frequency", "formats", FIELD_OF_ROW)


class Correction(NamedTuple):
    """
    What a person says that a row means where it prints something else.

    Args:
        record: The name of the row's record, the last part of its IRI, such as D-ii-7.1.

        field: One of `FIELDS_TO_CORRECT`.

        printed: The value that the file prints.

        meant: The value that is meant; nothing for a row that is withdrawn.

        who: Who says so.

        when: The day, as YYYY-MM-DD.

        why: The reason.

        number: Which correction of its file it is, from 1.
    """

    record: str
    field: str
    printed: str
    meant: str
    who: str
    when: str
    why: str
    number: int = 0


class Entry(NamedTuple):
    """
    What one release row of a plan says about a dataset.

    Texts are as printed, after joining wrapped lines. A continuation row with a date or frequency of its
    own is an entry of the same number with a part of 1, 2, …
    """

    section: Section
    spatial: bool | None
    organisation: str | None
    group: str | None
    number: int | None
    part: int
    category: str
    title: str
    description: str
    date_raw: str
    date: str | None
    date_role: DateRole
    frequency_raw: str
    frequency: str | None
    formats: tuple[str, ...]
    place: Place
    period: tuple[str, str] | None = None
    publisher: str | None = None
    #: Which edition the row is from: 0 for the plan's own file, n for the n-th of the others.
    edition: int = 0
    #: The same row in other editions, by their number.
    also: tuple[tuple[int, Entry], ...] = ()
    #: What a person corrected; the fields hold what is meant, but for `date_raw` and `frequency_raw`.
    corrections: tuple[Correction, ...] = ()
    #: The row as it was read, if something of it was corrected.
    original: Entry | None = None
    #: Which of the rows with its name it is, from 1, where one of them was withdrawn; 0 if that is to be counted.
    nth: int = 0

    def as_printed(self) -> Entry:
        """Return the entry with the words and formats that the file prints instead of those that are meant."""
        old = self.original
        if old is None:
            return self
        return self._replace(title=old.title, description=old.description, category=old.category, formats=old.formats)

    @property
    def stage(self) -> Stage:
        """Return whether the plan says that the dataset is released or planned."""
        return "released" if self.date_role == "released" else "planned"

    @property
    def row_name(self) -> str:
        """Return the short name of the row: D.ii.7.1 for section, subsection, number and part."""
        subsection = {True: ["i"], False: ["ii"], None: []}[self.spatial]
        number = [] if self.number is None else [str(self.number)]
        return ".".join([self.section, *subsection, *number, *([str(self.part)] if self.part else [])])


def split_formats(text: str) -> tuple[str, ...]:
    """
    Return the codes of formats in a list.

    >>> split_formats("CSV, JSON XML")
    ('CSV', 'JSON', 'XML')
    """
    return tuple(dict.fromkeys(text.replace(",", " ").split()))


class WithdrawnRow(NamedTuple):
    """A row that a person withdrew: what it says, the name of its record, and the correction."""

    entry: Entry
    record: str
    correction: Correction


class PlanOrigin(NamedTuple):
    """The file that rows were read from before they were printed: its name, its SHA-256, whether they were edited."""

    doc: str
    sha256: str
    edited: bool = False


class Edition(NamedTuple):
    """Another file of a plan: another language or another format."""

    doc: str
    sha256: str
    bureau: str
    plan_title: str
    script: Literal["Hant", "Hans", "Latn"]
    dated: str | None
    origin: PlanOrigin | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """
    One document read as an open data plan.

    `years` are the first and last year it covers, `script` the ISO 15924 code of most of its text, `dated`
    the month printed under it, `sha256` the digest of the file. `editions` are the other files that say the same;
    `withdrawn` are rows that a person withdrew; `origin` is the file that the rows were read from that
    stand in the file at hand.
    """

    doc: str
    sha256: str
    bureau: str
    plan_title: str
    years: tuple[int, int]
    script: Literal["Hant", "Hans", "Latn"]
    dated: str | None
    entries: tuple[Entry, ...]
    editions: tuple[Edition, ...] = ()
    withdrawn: tuple[WithdrawnRow, ...] = ()
    origin: PlanOrigin | None = None

    @property
    def issued(self) -> str:
        """
        Return the month that stands for the plan's date: as printed, else the first month of its period.

        >>> Plan("p.txt", "0" * 64, "", "", (2026, 2028), "Hant", None, ()).issued
        '2026-01'
        """
        return self.dated or f"{self.years[0]}-01"
