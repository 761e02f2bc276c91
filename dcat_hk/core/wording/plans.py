"""
How open data plans are worded: `plans.toml` as typed records with compiled patterns.

In: `plans.toml`. Out: `PlanWording`. Everything in the file is checked and compiled when it is loaded; what each key
means is written beside it in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from typing import Annotated, Any, Literal

from .characters import IDEOGRAPH
from .records import MAY_BE_EMPTY, TableReader, WordingError, inline, read_toml

Pattern = re.Pattern[str]
Patterns = tuple[Pattern, ...]
Labels = tuple[str, ...]

_FILE = "plans.toml"
#: Words of a label that stand for each of several.
_WORDS = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class TitleWording:
    """The line that names a plan and its years."""

    years: Pattern
    patterns: Patterns
    span: Pattern
    range: Pattern
    subtitle: Pattern
    rest: Pattern
    labelled: Pattern
    sentence: Pattern
    most: int
    marks: Pattern


@dataclass(frozen=True, slots=True)
class BureauWording:
    """Names of bureaux and departments, and what stands around them."""

    around: Pattern
    article: Pattern
    label: Pattern
    like: Pattern


@dataclass(frozen=True, slots=True)
class ClutterWording:
    """What web pages put around their text."""

    line: Pattern
    breadcrumb: Pattern
    page_date: Pattern


@dataclass(frozen=True, slots=True)
class AbbreviationWording:
    """The note after a body's name that says what it is called from here on."""

    pattern: Pattern


@dataclass(frozen=True, slots=True)
class SignatureWording:
    """The date under a plan, and what may stand before and behind it."""

    date: Patterns
    after: Pattern
    head: Pattern
    label: Pattern
    labels: Pattern
    kind: Pattern
    dated: Pattern
    torn: Pattern
    person: Pattern
    end: Pattern


@dataclass(frozen=True, slots=True)
class SectionWording:
    """The headings of a section, complete with leader and tail, and the codes that they can stand for."""

    codes: tuple[Literal["A", "B", "C", "D"], ...]
    usual: Labels
    patterns: Patterns


@dataclass(frozen=True, slots=True)
class HeadingWording:
    """What all headings have in common, and the headings inside a section."""

    lines: int
    most: int
    leader: Pattern
    tail: Pattern
    again: Pattern
    years: Pattern
    several: Pattern
    spatial: Pattern
    nonspatial: Pattern
    other_data: Pattern
    organisation: Pattern
    body: Pattern
    worded_body: Pattern
    unit: Pattern
    group_words: Labels
    group: Pattern


@dataclass(frozen=True, slots=True)
class SectionSignsWording:
    """What speaks for a section in a heading that is none of the usual ones."""

    leader: Pattern
    annex: Pattern
    between_annexes: Pattern
    torn_leader: Pattern
    subleader: Pattern
    column: Pattern
    letters: Mapping[str, str]
    numbers: Labels
    plan_name: Pattern
    fresh: Pattern
    releasing: Pattern
    release: Pattern
    released: Pattern
    standing: Pattern
    others: Pattern
    this_year: Pattern
    past_year: Pattern
    next_year: Pattern
    later_years: Pattern
    delayed: Pattern
    denied: Pattern
    withdrawn: Pattern
    requests: Pattern
    only_withdrawn: Pattern
    data: Pattern
    spatial: Labels
    nonspatial: Labels


@dataclass(frozen=True, slots=True)
class ActsWording:
    """What a text says was done to datasets, or is to come."""

    opened: Pattern
    opening: Pattern
    dropped: Pattern
    aside: Pattern
    planned: Pattern
    bygone: Pattern
    undone: Pattern
    partial: Pattern
    done: Pattern
    joint: Pattern
    bare: Pattern


@dataclass(frozen=True, slots=True)
class StatementsWording:
    """What a cell or a sentence of a remark says of one dataset."""

    preface: Pattern
    dataset: Pattern
    portal: Pattern
    releaser: Pattern
    when: Pattern
    towards: Pattern
    suspended: Pattern
    released: Pattern
    deferred: Pattern
    withdrawn: Pattern
    planned: Pattern
    underway: Pattern
    vague: Pattern
    doubtful: Pattern
    dropping: Pattern
    putting_off: Pattern
    limit: Pattern
    punctual: Pattern
    former: Pattern
    leaving: Pattern
    instead: Pattern
    arrow: Pattern
    updating: Pattern
    speaking: Pattern
    ending: Pattern
    pausing: Pattern
    firm: Pattern
    between: Pattern


@dataclass(frozen=True, slots=True)
class PlanColumn:
    """
    A column of a plan's tables: what it is called, and what its cells are like.

    `fills` is the part of a row that its cells are. `labels` are looked for in running text, too, `cell_labels` only
    where a label has a cell of its own; `everyday` labels make no header without another column. A cell that is
    `telling` shows by its words what it is; with `by_part`, a further part of a dataset may have one of its own. Where
    cells have no borders, one goes over `most_lines` lines, 0 for any number, and an empty one costs `cost_of_empty`.
    """

    name: str
    fills: str
    labels: Annotated[Labels, MAY_BE_EMPTY]
    cell_labels: Annotated[Labels, MAY_BE_EMPTY]
    everyday: bool
    telling: bool
    by_part: bool
    most_lines: int
    cost_of_empty: float


@dataclass(frozen=True, slots=True)
class HeaderWording:
    """What stands beside the labels of a table header."""

    unit: Pattern
    part_of_unit: Pattern
    part_of_date: Pattern
    example: Pattern
    after: Pattern
    joint: Pattern
    naming: Pattern
    language: Pattern
    describing: Pattern
    other_text: Pattern
    other_date: Pattern
    other_frequency: Pattern
    asking: Pattern
    counting: Pattern
    versions: Pattern
    pages: Pattern
    figured: Pattern
    stages: Pattern
    persons: Pattern
    named: Pattern
    labels_of_a_repeat: int


@dataclass(frozen=True, slots=True)
class CellWording:
    """Words and signs inside cells and between rows."""

    none: Pattern
    ditto: Pattern
    note: Pattern
    sum: Pattern
    sum_of: Pattern
    sum_alone: Pattern
    counted: Pattern
    signing: Pattern
    footnote: Pattern
    about_updates: Pattern
    page: Pattern
    printed_head: Pattern
    printed_foot: Pattern
    goes_on: str
    unfinished: Pattern
    continuing: Pattern
    slash: str
    colon: Pattern
    band: Pattern
    caption: Pattern
    bullet: Pattern
    item: Pattern
    row_number: Pattern
    row_number_in_words: Pattern
    row_number_decimal: Pattern
    row_code: Pattern
    row_letter: Pattern
    row_number_tight: Pattern
    record_heading: Pattern
    record_label: Pattern
    markup: Pattern


@dataclass(frozen=True, slots=True)
class MarkWording:
    """Raised signs that point to notes, and raised text that does not."""

    note: Pattern
    value: Pattern
    explanation: Pattern
    before_figure: Pattern
    word: Pattern
    stamp: Pattern
    footnote: str


@dataclass(frozen=True, slots=True)
class PublisherWording:
    """The sentence in a remark that names who owns and releases a dataset."""

    pattern: Pattern
    pattern_en: Pattern


@dataclass(frozen=True, slots=True)
class DateWording:
    """Dates, periods and what stands around them."""

    patterns: Patterns
    cell: Patterns
    periods: Patterns
    rest: Pattern
    range: Pattern
    impossible: Patterns
    around: Patterns
    pair: Pattern
    released: Pattern
    unreleased: Pattern
    year_in_words: Pattern
    year_in_full: Pattern
    digits: Mapping[str, str]
    open: Pattern


@dataclass(frozen=True, slots=True)
class WordedFrequency:
    """Patterns of a frequency that names no number, and its code."""

    code: str
    patterns: Patterns


@dataclass(frozen=True, slots=True)
class FrequencyWords:
    """Parts of the statement of a frequency."""

    weekday: Pattern
    month: Pattern
    day: Pattern
    connector: Pattern
    filler: Pattern
    lag: Pattern
    slip: Pattern


@dataclass(frozen=True, slots=True)
class FrequencyWording:
    """Statements of how often a dataset is updated."""

    patterns: Patterns
    cell: Patterns
    worded: tuple[WordedFrequency, ...]
    words: FrequencyWords


@dataclass(frozen=True, slots=True)
class FormatWording:
    """What stands around the name of a format."""

    everyday: Labels
    connector: Pattern
    after: Pattern
    before: Pattern
    unknown: Pattern
    named: Pattern
    general: Pattern
    denied_before: Pattern
    denied_after: Pattern
    only_after: Pattern


@dataclass(frozen=True, slots=True)
class PlanWording:
    """
    Everything in `plans.toml`.

    >>> wording = load_plan_wording()
    >>> wording.numbers["两"], wording.units["fortnight"], bool(wording.cells.page.fullmatch("- 3 -"))
    (2.0, ('week', 2), True)
    """

    title: TitleWording
    bureau: BureauWording
    clutter: ClutterWording
    abbreviation: AbbreviationWording
    signature: SignatureWording
    sections: tuple[SectionWording, ...]
    headings: HeadingWording
    section_signs: SectionSignsWording
    acts: ActsWording
    statements: StatementsWording
    label_words: Mapping[str, Labels]
    columns: tuple[PlanColumn, ...]
    header: HeaderWording
    cells: CellWording
    marks: MarkWording
    publisher: PublisherWording
    dates: DateWording
    numbers: Mapping[str, float]
    months: Mapping[str, int]
    ordinals: Mapping[str, int]
    frequency: FrequencyWording
    adverbs: Mapping[str, str]
    units: Mapping[str, tuple[str, int]]
    times: Mapping[str, int]
    format: FormatWording


@cache
def load_plan_wording() -> PlanWording:
    """
    Return the wording of plans, read and checked once per process.

    Raises:
        WordingError: `plans.toml` lacks a key, has one too many, or holds a value that cannot be used.
    """
    return read_plan_wording(read_toml("dcat_hk.core.wording", _FILE), is_sound=True)


def read_plan_wording(tables: Mapping[str, Any], *, is_sound: bool = False) -> PlanWording:
    """
    Return the wording of plans from the tables of `plans.toml`.

    Args:
        tables: The parsed file.

        is_sound: Whether its patterns are known to compile, as tests know it of our own: each is compiled when it is
            used for the first time.

    Raises:
        WordingError: A key is missing, unknown or of the wrong type; a pattern does not compile; a label has words in
            braces that stand for nothing.

    >>> read_plan_wording({})
    Traceback (most recent call last):
    dcat_hk.core.wording.records.WordingError: plans.toml: numbers: The key is missing.
    """
    placeholders = _placeholders(tables)
    years = {name: inline(_text_at(tables, name, "years")) for name in ("title", "headings")}
    leader, tail = (inline(_text_at(tables, "headings", name)) for name in ("leader", "tail"))

    def complete(key: str, pattern: str) -> str:
        """Return a pattern with its placeholders filled in; the heading of a section with leader and tail."""
        is_section = key.startswith("sections")
        whole = f"(?:{leader})?(?:{pattern}){tail}" if is_section else pattern
        whole = whole.replace("{years}", years["headings" if is_section else "title"])
        for name, filling in placeholders.items():
            whole = whole.replace(name, filling)
        return whole

    wording = TableReader(_FILE, complete, is_sound).read_record(PlanWording, tables)
    _check_words(wording)
    return replace(wording, columns=tuple(_spell_out(column, wording.label_words) for column in wording.columns))


def _check_words(wording: PlanWording) -> None:
    """
    Check that labels and the words that they are made of fit together.

    Raises:
        WordingError: Words in braces stand for nothing, no label has them, or a brace is left that names no words.
    """
    used: dict[str, None] = {}
    for i, column in enumerate(wording.columns):
        for name, labels in (("labels", column.labels), ("cell_labels", column.cell_labels)):
            for j, label in enumerate(labels):
                used |= dict.fromkeys(_WORDS.findall(label))
                _refuse_braces(f"columns[{i}].{name}[{j}]", _WORDS.sub("", label))
    for name in used:
        if name not in wording.label_words:
            raise WordingError(f"{_FILE}: label_words.{name}: The key is missing.")
    for name, words in wording.label_words.items():
        if name not in used:
            raise WordingError(f"{_FILE}: label_words.{name}: The key is not known; expected {', '.join(used)}.")
        for i, word in enumerate(words):
            _refuse_braces(f"label_words.{name}[{i}]", word)


def _refuse_braces(key: str, text: str) -> None:
    """Raise for a brace in a text, which would stand in a label as it is and never fit."""
    if "{" in text or "}" in text:
        raise WordingError(f"{_FILE}: {key}: Expected braces around names of label_words only.")


def _spell_out(column: PlanColumn, words: Mapping[str, Labels]) -> PlanColumn:
    """Return a column with each label that has words in braces as the labels that it stands for."""
    labels, cell_labels = (tuple(_spell_out_labels(given, words)) for given in (column.labels, column.cell_labels))
    return replace(column, labels=labels, cell_labels=cell_labels)


def _spell_out_labels(labels: Labels, words: Mapping[str, Labels]) -> Iterator[str]:
    """Yield labels with each of their words in braces replaced by every word that it stands for."""
    for label in labels:
        for chosen in product(*(words[name] for name in _WORDS.findall(label))):
            yield _WORDS.sub("{}", label).format(*chosen)


def _placeholders(tables: Mapping[str, Any]) -> dict[str, str]:
    """Return patterns for a number, a unit of time, the name of a month, and other words that many patterns share."""
    names = {
        name: "|".join(sorted(map(re.escape, _table_at(tables, name)), key=len, reverse=True))
        for name in ("numbers", "units", "months", "adverbs")
    }
    return {
        "{numeral}": rf"(?:\d{{1,4}}|{names['numbers']})",
        "{unit}": f"(?:{names['units']})",
        "{month}": f"(?:{names['months']})",
        "{adverb}": f"(?:{names['adverbs']})",
        "{ideograph}": IDEOGRAPH.pattern,
        "{weekday}": inline(_text_at(tables, "frequency", "words", "weekday")),
        "{releasing}": f"(?:{_text_at(tables, 'section_signs', 'releasing')})",
        **{f"{{{name}}}": inline(_text_at(tables, "acts", name)) for name in ("opened", "opening", "dropped")},
        **{f"{{{name}}}": inline(_text_at(tables, "statements", name)) for name in ("dataset", "portal", "releaser")},
    }


def _table_at(tables: Mapping[str, Any], *path: str) -> Mapping[str, Any]:
    """Return the table at the end of a path of keys."""
    table: Mapping[str, Any] = tables
    for depth, name in enumerate(path, 1):
        if name not in table:
            raise WordingError(f"{_FILE}: {'.'.join(path[:depth])}: The key is missing.")
        if not isinstance(table[name], dict):
            raise WordingError(f"{_FILE}: {'.'.join(path[:depth])}: Expected a table, not {table[name]!r}.")
        table = table[name]
    return table


def _text_at(tables: Mapping[str, Any], *path: str) -> str:
    """Return the text at the end of a path of keys."""
    table, key = _table_at(tables, *path[:-1]), ".".join(path)
    if path[-1] not in table:
        raise WordingError(f"{_FILE}: {key}: The key is missing.")
    if not isinstance(table[path[-1]], str):
        raise WordingError(f"{_FILE}: {key}: Expected a text, not {table[path[-1]]!r}.")
    return str(table[path[-1]])
