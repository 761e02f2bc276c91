"""
What an empty plan has: its head, its sections with their tables, and the choices of each column.

In: a language, years and a body. Out: a `PlanTemplate`, from which files of every kind are made. All of it is worded so
that the reader of plans understands it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ..core.errors import UsageError
from ..core.vocabularies import Concept, load
from ..core.wording.templates import load_template_texts

#: Columns by the names of their labels, in order; section C has the organisation behind them.
_COLUMNS = ("number", "category", "name", "description", "format", "target", "frequency")
#: Columns in which something that is not in the list can be written as well, with the name of the text that says so.
OPEN_COLUMNS = {"format": "choose-formats", "frequency": "choose-frequency"}
_EXAMPLE_FORMAT, _EXAMPLE_CATEGORY, _EXAMPLE_FREQUENCY = "CSV", "environment", "MONTHLY"
#: Frequencies that are no interval to choose.
_NO_CHOICES = frozenset({"NEVER", "NOT_PLANNED", "OP_DATPRO", "OTHER", "UNKNOWN", "UPDATE_CONT"})
_YEARS = re.compile(r"([0-9]{4})(?:\s*[-–]\s*([0-9]{4}))?")
_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
_FIRST_YEAR, _LAST_YEAR, _MOST_YEARS = 2000, 2199, 10
_LONGEST_BODY = 200


class TemplateTable(NamedTuple):
    """
    A table to fill in: the headings above it, the names of its columns with their labels, and a row that shows how.

    `example` has the text of each column; it is empty for a table without one.
    """

    headings: tuple[str, ...]
    columns: tuple[str, ...]
    labels: tuple[str, ...]
    example: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanTemplate:
    """
    An empty plan.

    `choices` are the texts to choose from by the name of a column; `named` tells whether it is known whose plan it is;
    `rows` is how many empty rows a table has.
    """

    language: str
    bureau: str
    named: bool
    title: str
    tables: tuple[TemplateTable, ...]
    month: str
    choices: Mapping[str, tuple[str, ...]]
    first: int
    rows: int

    def text(self, name: str) -> str:
        """Return one of the words of templates in the language of this one."""
        return _say(name, self.language, first=self.first)


def read_years(text: str) -> tuple[int, int]:
    """
    Return the first and the last year that an option states.

    Args:
        text: Such as 2026-2028 or 2026.

    Raises:
        UsageError: It states no years, or too many.

    >>> read_years("2026-2028"), read_years("2026")
    ((2026, 2028), (2026, 2026))
    """
    match = _YEARS.fullmatch(text.strip())
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
    if not _FIRST_YEAR <= first <= last <= _LAST_YEAR or last - first >= _MOST_YEARS:
        raise UsageError.of("template.years", "--years", value=text, most=_MOST_YEARS)
    return first, last


def make_template(
    language: str, years: tuple[int, int], body: str = "", dated: str = "", rows: int = 5
) -> PlanTemplate:
    """
    Return an empty plan.

    Args:
        language: The language that the plan is written in.

        years: Its first and its last year.

        body: The code or the name of the bureau or department; empty if that is left open.

        dated: The month of issue, YYYY-MM; empty for the December before the first year.

        rows: How many empty rows each table has.

    Raises:
        UsageError: The month is none, or the name cannot be one.

    >>> template = make_template("en", (2026, 2028), "hk-hkpf")
    >>> template.bureau, template.month, [table.headings[0][:2] for table in template.tables][::2]
    ('Hong Kong Police Force', 'December 2025', ['A.', 'B.', 'C.', 'D.'])
    """
    first, last = years
    month = _MONTH.fullmatch(dated or f"{first - 1}-12")
    if not month:
        raise UsageError.of("template.month", "--dated", value=dated)
    names = _say("months", language).split()
    title = "title" if last > first else "title-of-one-year"
    return PlanTemplate(
        language=language,
        bureau=_find_name(body, language) or _say("bureau", language),
        named=bool(body.strip()),
        title=_say(title, language, first=first, last=last),
        tables=_make_tables(language, first, last),
        month=_say("month", language, name=names[int(month[2]) - 1], year=month[1]),
        choices=_list_choices(language),
        first=first,
        rows=rows,
    )


def _say(name: str, language: str, /, **values: object) -> str:
    """Return one of the words of templates, with its fields filled in."""
    return load_template_texts()[name][language].format_map(values)


def _find_name(body: str, language: str) -> str:
    """Return the name of a body in a language, what was given if nobody knows it."""
    name, vocabularies = body.strip(), load()
    known = vocabularies.organisations.get(name) or (vocabularies.find_organisation(name) if name else None)
    if len(name) > _LONGEST_BODY or not name.isprintable():
        raise UsageError.of("template.body", "--body", most=_LONGEST_BODY)
    return known.label(language) if known else name


def _make_tables(language: str, first: int, last: int) -> tuple[TemplateTable, ...]:
    """Return the tables of all sections: one for spatial data in each, and one for the other data."""
    years = {"first": first, "second": first + 1, "last": last}
    form_b = {1: "section-b-one", 2: "section-b-two"}.get(last - first, "section-b-more")
    forms = {"A": "section-a", **({"B": form_b} if last > first else {}), "C": "section-c", "D": "section-d"}
    tables: list[TemplateTable] = []
    for section, form in forms.items():
        heading = _say(form, language, **years)
        columns = _columns_of(section)
        labels = tuple(_say(column, language) for column in columns)
        for part in ("spatial", "nonspatial"):
            headings = (heading, _say(part, language)) if part == "spatial" else (_say(part, language),)
            example = _make_example(language, first) if (section, part) == ("A", "nonspatial") else {}
            tables.append(TemplateTable(headings, columns, labels, tuple(example[one] for one in columns if example)))
    return tuple(tables)


def _columns_of(section: str) -> tuple[str, ...]:
    """Return the columns of the tables of a section."""
    columns = tuple("released" if section == "D" and name == "target" else name for name in _COLUMNS)
    return (*columns, "organisation") if section == "C" else columns


def _make_example(language: str, first: int) -> dict[str, str]:
    """Return the row that shows how rows are filled in, by column."""
    vocabularies = load()
    return {
        "number": "1",
        "category": vocabularies.categories[_EXAMPLE_CATEGORY].label(language),
        "name": _say("example-name", language),
        "description": _say("example-description", language),
        "format": _EXAMPLE_FORMAT,
        "target": f"03/{first}",
        "frequency": vocabularies.frequencies[_EXAMPLE_FREQUENCY].label(language),
    }


def _list_choices(language: str) -> dict[str, tuple[str, ...]]:
    """Return what can be chosen in each column that has choices."""
    vocabularies = load()

    def label(concepts: Mapping[str, Concept]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.label(language) for one in concepts.values()))

    frequencies = {code: one for code, one in vocabularies.frequencies.items() if code not in _NO_CHOICES}
    return {
        "category": label(vocabularies.categories),
        "format": tuple(sorted(vocabularies.formats)),
        "frequency": label(frequencies),
    }
