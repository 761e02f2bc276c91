"""
SSSOM/TSV -> mappings and back: what links rows of plans, by machine or by people.

In: the text of a file, or mappings. Out: mappings with whole IRIs, or text: the same bytes for the same mappings. It
knows the columns and nothing of what a mapping means.

Spec: SSSOM 1.0, SSSOM/TSV serialisation: a head in YAML, each line behind `#`, and a table.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

from ..core.errors import NotReadable
from ..core.terms import PREFIXES, Iri
from ..core.text import guard_formula
from ..core.wording.refusals import EnglishReason, SystemReason

#: The columns that are written, in order; the last two are extension slots.
COLUMNS = (
    "subject_id",
    "subject_label",
    "predicate_id",
    "predicate_modifier",
    "object_id",
    "object_label",
    "mapping_justification",
    "confidence",
    "author_id",
    "mapping_date",
    "mapping_tool_version",
    "comment",
    "evidence",
    "differs",
)
EXTENSIONS = COLUMNS[-2:]
REQUIRED = ("subject_id", "predicate_id", "object_id", "mapping_justification")
#: Other slots of a mapping in SSSOM, which people may add; they are read over.
_OTHER_SLOTS = frozenset(
    [
        "record_id",
        "subject_category",
        "subject_type",
        "subject_source",
        "subject_source_version",
        "subject_preprocessing",
        "subject_match_field",
        "predicate_label",
        "predicate_type",
        "object_category",
        "object_type",
        "object_source",
        "object_source_version",
        "object_preprocessing",
        "object_match_field",
        "author_label",
        "reviewer_id",
        "reviewer_label",
        "creator_id",
        "creator_label",
        "reviewer_agreement",
        "license",
        "mapping_provider",
        "mapping_source",
        "mapping_cardinality",
        "cardinality_scope",
        "mapping_tool",
        "mapping_tool_id",
        "publication_date",
        "review_date",
        "curation_rule",
        "curation_rule_text",
        "match_string",
        "similarity_score",
        "similarity_measure",
        "see_also",
        "issue_tracker_item",
        "other",
    ]
)
SKOS, SEMAPV, SSSOM = PREFIXES["skos"], "https://w3id.org/semapv/vocab/", "https://w3id.org/sssom/"
EXACT, CLOSE = f"{SKOS}exactMatch", f"{SKOS}closeMatch"
BROAD, NARROW = f"{SKOS}broadMatch", f"{SKOS}narrowMatch"
LEXICAL, COMPOSITE = f"{SEMAPV}LexicalMatching", f"{SEMAPV}CompositeMatching"
BY_HAND, REVIEWED = f"{SEMAPV}ManualMappingCuration", f"{SEMAPV}MappingReview"
NO_TERM = f"{SSSOM}NoTermFound"
#: What stands behind the apostrophe that keeps a cell from being a formula.
_FORMULA = re.compile(r"[=+\-@]")
_BREAKS = re.compile(r"[\t\r\n\v\f]+")
_PREFIX_LINE = re.compile(r"\s+\"?([A-Za-z][\w.-]*)\"?\s*:\s+[\"']?([^\s\"']+)[\"']?\s*")


@dataclass(frozen=True, slots=True)
class SssomMapping:
    """
    A mapping: one line of a table.

    Args:
        subject: The IRI of what is mapped.

        predicate: The IRI of how.

        object: The IRI of what it is mapped to.

        justification: The IRI of why: by title, by several signals, by hand.

        negated: Whether the line says that it is not so.

        subject_label: What the subject is called.

        object_label: What the object is called.

        confidence: The share of right mappings of its kind; None where it was not measured.

        author: Who says so.

        dated: When, as YYYY-MM-DD.

        tool_version: The version of the program that says so.

        comment: What a person adds.

        evidence: Each signal and what it added.

        differs: What else is different.

        line: The number of its line, from 1; 0 if it was not read.
    """

    subject: Iri
    predicate: Iri
    object: Iri
    justification: Iri
    negated: bool = False
    subject_label: str = ""
    object_label: str = ""
    confidence: float | None = None
    author: str = ""
    dated: str = ""
    tool_version: str = ""
    comment: str = ""
    evidence: Mapping[str, float] = field(default_factory=dict)
    differs: tuple[str, ...] = ()
    line: int = 0


@lru_cache(maxsize=8)
def prefixes_of(base: Iri) -> Mapping[str, Iri]:
    """
    Return the prefixes that our files declare, sorted.

    Args:
        base: The base IRI of the catalogue.

    >>> prefixes_of("https://example.org/")["record"]
    'https://example.org/record/'
    """
    return {
        "dataset": f"{base}dataset/",
        "dct": PREFIXES["dct"],
        "mailto": "mailto:",
        "orcid": "https://orcid.org/",
        "plan": f"{base}def/plan#",
        "record": f"{base}record/",
        "semapv": SEMAPV,
        "skos": SKOS,
        "sssom": SSSOM,
    }


# ---- reading


def read_lines(path: Path) -> list[str]:
    """
    Return the lines of a file of links.

    Args:
        path: The file.

    Raises:
        NotReadable: The file cannot be read, is not in UTF-8, or is empty: what it said is lost.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotReadable.of("links.not-utf-8", str(path)) from error
    except OSError as error:
        raise NotReadable.of("links.unreadable", str(path), reason=SystemReason.of(error)) from error
    if not text.strip():
        raise NotReadable.of("links.empty", str(path))
    return text.replace("\r\n", "\n").split("\n")


def bad_line(path: Path, line: int, code: str, /, **values: object) -> NotReadable:
    """
    Return the error for a line that cannot be used.

    Args:
        path: The file.

        line: The number of the line.

        code: What is wrong, by its name in the wording of errors on links.

        values: What is filled in.

    >>> str(bad_line(Path("links/identities.tsv"), 3, "links.empty-cell", name="kept"))
    'links/identities.tsv: line 3: “kept” is empty.'
    """
    return NotReadable.of(code, f"{path}: line {line}", **values)


def read_mappings(path: Path, base: Iri) -> list[SssomMapping]:
    """
    Return the mappings of a file, in its order.

    Args:
        path: The file.

        base: The base IRI, for prefixes that the file does not declare.

    Raises:
        NotReadable: A line or a column cannot be used.
    """
    prefixes, columns = dict(prefixes_of(base)), ()  # type: tuple[dict[str, Iri], tuple[str, ...]]
    mappings: list[SssomMapping] = []
    inside_map = False
    for number, text in enumerate(read_lines(path), 1):
        if text.startswith(("#", '"#')):
            # Spreadsheets put quotation marks around a head and empty cells behind it.
            head = (text if text.startswith("#") else split_cells(path, number, text)[0])[1:].rstrip("\t")
            declared = _PREFIX_LINE.fullmatch(head) if inside_map else None
            if declared:
                prefixes[declared[1]] = declared[2]
            elif head.strip():
                inside_map = head.strip().startswith("curie_map:")
        elif not text.strip():
            continue
        elif not columns:
            columns = _read_columns(path, number, text)
        else:
            mappings.append(_LineReader(path, number, prefixes).read(columns, text))
    return mappings


def _read_columns(path: Path, number: int, text: str) -> tuple[str, ...]:
    """Return the columns of a table from its first line."""
    columns = tuple(cell.strip() for cell in split_cells(path, number, text))
    while columns and not columns[-1]:
        columns = columns[:-1]
    for name in columns:
        if name not in COLUMNS and name not in _OTHER_SLOTS:
            raise bad_line(path, number, "links.no-column", name=name, names=COLUMNS)
        if columns.count(name) > 1:
            raise bad_line(path, number, "links.two-columns", name=name)
    missing = [name for name in REQUIRED if name not in columns]
    if missing:
        raise bad_line(path, number, "links.missing-column", name=missing[0], names=REQUIRED)
    return columns


def split_cells(path: Path, number: int, text: str) -> list[str]:
    """
    Return the cells of a line, without the marks that keep them from being formulas.

    Args:
        path: The file.

        number: The number of the line.

        text: The line.

    Raises:
        NotReadable: A quotation mark is not closed.

    >>> split_cells(Path("a.tsv"), 1, "a\\t'=b")
    ['a', '=b']
    """
    if '"' not in text and "'" not in text:
        return text.split("\t")
    try:
        cells = next(csv.reader([text], "excel-tab", strict=True), [])
    except csv.Error as error:
        raise bad_line(path, number, "links.no-table-line", reason=EnglishReason(str(error))) from error
    return [cell[1:] if cell.startswith("'") and _FORMULA.match(cell[1:]) else cell for cell in cells]


@dataclass(frozen=True, slots=True)
class _LineReader:
    """Reads one line of a table."""

    path: Path
    number: int
    prefixes: Mapping[str, Iri]

    def read(self, columns: tuple[str, ...], text: str) -> SssomMapping:
        """Return the mapping that the line states."""
        cells = [cell.strip() for cell in split_cells(self.path, self.number, text)]
        if any(cells[len(columns) :]):
            raise self._bad("links.cells", cells=len(cells), columns=len(columns))
        values = dict.fromkeys((*COLUMNS, *columns), "") | dict(zip(columns, cells, strict=False))
        for name in REQUIRED:
            if not values[name]:
                raise self._bad("links.empty-cell", name=name)
        if values["predicate_modifier"] not in {"", "Not"}:
            raise self._bad("links.no-modifier", text=values["predicate_modifier"])
        return SssomMapping(
            self._iri(values["subject_id"]),
            self._iri(values["predicate_id"]),
            self._iri(values["object_id"]),
            self._iri(values["mapping_justification"]),
            bool(values["predicate_modifier"]),
            values["subject_label"],
            values["object_label"],
            self._share(values["confidence"]),
            values["author_id"],
            self._date(values["mapping_date"]),
            values["mapping_tool_version"],
            values["comment"],
            self._evidence(values["evidence"]),
            tuple(filter(None, values["differs"].split("|"))),
            self.number,
        )

    def _bad(self, code: str, /, **values: object) -> NotReadable:
        """Return the error for the line."""
        return bad_line(self.path, self.number, code, **values)

    def _iri(self, name: str) -> Iri:
        """Return the IRI of a name with a prefix, or of one that is whole."""
        if name.startswith(("http://", "https://")) and not re.search(r"[\s<>\"{}|^`\\]", name):
            return name
        prefix, colon, rest = name.partition(":")
        if not colon or not rest or prefix not in self.prefixes or re.search(r"\s", rest):
            raise self._bad("links.no-iri", name=name, names=list(self.prefixes))
        return self.prefixes[prefix] + rest

    def _share(self, text: str) -> float | None:
        """Return a share."""
        if not text:
            return None
        try:
            share = float(text)
        except ValueError:
            share = -1.0
        if not 0 <= share <= 1:
            raise self._bad("links.no-confidence", text=text)
        return share

    def _date(self, text: str) -> str:
        """Return a date."""
        try:
            return date.fromisoformat(text).isoformat() if text else ""
        except ValueError as error:
            raise self._bad("links.no-date", text=text) from error

    def _evidence(self, text: str) -> dict[str, float]:
        """Return signals."""
        try:
            pairs = (part.split("=") for part in text.split(";") if part)
            return {name: float(value) for name, value in pairs}
        except ValueError as error:
            raise self._bad("links.no-evidence", text=text) from error


# ---- writing


def write_head(name: str, base: Iri) -> Iterator[str]:
    """
    Yield the head of a file: its prefixes, extension slots and names, and the line of columns.

    Args:
        name: What the mapping set is called.

        base: The base IRI of the catalogue.

    >>> list(write_head("plans", "https://example.org/"))[-2]
    '#mapping_tool: dcat-hk\\n'
    """
    yield "#curie_map:\n"
    for prefix, iri in prefixes_of(base).items():
        yield f'#  {prefix}: "{iri}"\n'
    yield "#extension_definitions:\n"
    for slot in EXTENSIONS:
        yield f"#  - slot_name: {slot}\n#    property: plan:{slot}\n#    type_hint: {PREFIXES['xsd']}string\n"
    yield f'#license: "{SSSOM}license/unspecified"\n'
    yield f'#mapping_set_id: "{base}links/{name}"\n'
    yield "#mapping_tool: dcat-hk\n"
    yield "\t".join(COLUMNS) + "\n"


def write_mappings(name: str, mappings: Iterable[SssomMapping], base: Iri) -> str:
    """
    Return a file of mappings, sorted.

    Args:
        name: What the mapping set is called.

        mappings: The mappings.

        base: The base IRI of the catalogue.
    """
    lines = sorted(write_line(mapping, base) for mapping in mappings)
    return "".join([*write_head(name, base), *lines])


def write_line(mapping: SssomMapping, base: Iri) -> str:
    """
    Return a mapping as a line of a table.

    Args:
        mapping: The mapping.

        base: The base IRI of the catalogue.
    """
    prefixes = prefixes_of(base)
    cells = (
        _shorten(mapping.subject, prefixes),
        mapping.subject_label,
        _shorten(mapping.predicate, prefixes),
        "Not" if mapping.negated else "",
        _shorten(mapping.object, prefixes),
        mapping.object_label,
        _shorten(mapping.justification, prefixes),
        "" if mapping.confidence is None else f"{mapping.confidence:g}",
        mapping.author,
        mapping.dated,
        mapping.tool_version,
        mapping.comment,
        ";".join(f"{signal}={_rounded(value)}" for signal, value in mapping.evidence.items()),
        "|".join(mapping.differs),
    )
    return "\t".join(map(_harmless, cells)) + "\n"


def _shorten(iri: Iri, prefixes: Mapping[str, Iri]) -> str:
    """Return an IRI with a prefix if one is declared."""
    for prefix, start in prefixes.items():
        if iri.startswith(start) and iri != start:
            return f"{prefix}:{iri.removeprefix(start)}"
    return iri


def _rounded(value: float) -> str:
    """Return a number with at most two digits behind the point, never as a negative zero."""
    return f"{round(value, 2) + 0.0:g}"


def _harmless(cell: str) -> str:
    """Return a cell on one line, quoted if need be, that no spreadsheet takes for a formula."""
    if not cell:
        return cell
    text = guard_formula(_BREAKS.sub(" ", cell).strip())
    return '"' + text.replace('"', '""') + '"' if '"' in text else text
