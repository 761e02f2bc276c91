"""
What people decide beside the plans: bodies, categories, wording, corrections.

In: the folder `decisions`. Out: one `Decisions`. Each file is checked by itself here: types, codes, dates, texts that a
catalogue can hold. Whether it contradicts the vocabularies is checked where these are extended by it.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar, get_args

import msgspec

from .errors import NotReadable
from .languages import LANGUAGES
from .plan import FIELD_OF_ROW, FIELDS_TO_CORRECT, Correction
from .text import printable
from .wording.refusals import EnglishReason, Phrase, SystemReason

ORGANISATIONS, CATEGORIES = "organisations.toml", "categories.toml"
WORDING, CORRECTIONS = "wording.toml", "corrections.toml"
#: The files that this program knows in a folder of decisions.
NAMES = (CATEGORIES, CORRECTIONS, ORGANISATIONS, WORDING)
#: Those that change how a plan is read.
_FOR_READING = (CATEGORIES, ORGANISATIONS, WORDING)
#: A copy that an editor keeps, and how like another a name with a slip is.
_KEPT_COPY = re.compile(r"^\.|~$|\.(?:bak|orig|sw.)$")
_NEARLY = 0.85
#: A file of more bytes is none that people wrote.
_LARGEST = 10_000_000

_CODE = re.compile(r"(?!x-)[a-z0-9]+(?:-[a-z0-9]+)*")
_FORMAT_CODE = re.compile(r"[A-Z0-9]+(?:_[A-Z0-9]+)*")
_DIGEST = re.compile("[0-9a-f]{64}")
_DATE = re.compile(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_PAGE = re.compile(r"https?://[A-Za-z0-9](?:[A-Za-z0-9.\-]*[A-Za-z0-9])?(?::\d+)?(?:[/?#][!#-;=?-\[\]_a-z~]*)?")
_MEDIA_TYPE = re.compile(r"[a-z]+/[A-Za-z0-9.+_-]+")
#: What no text of a catalogue may hold: control characters and halves of surrogate pairs.
_UNUSABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
#: The code of who operates a catalogue.
_TAKEN = frozenset({"operator"})

Tables = TypeVar("Tables", bound=msgspec.Struct)
#: What is wrong: the code of its wording, and what is filled in.
_Wrong = tuple[str, dict[str, object]]
#: What is expected, by what the library calls it.
_TYPES = {
    "str": Phrase("decisions.type-text"),
    "array": Phrase("decisions.type-list"),
    "object": Phrase("decisions.type-table"),
    "date": Phrase("decisions.type-date"),
}


class LanguageTexts(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"hant": "zh-Hant", "hans": "zh-Hans"}
):
    """A text in up to three languages; one that is empty is not known."""

    hant: str = ""
    hans: str = ""
    en: str = ""

    def by_language(self) -> dict[str, str]:
        """
        Return the texts that are known, by language tag.

        >>> LanguageTexts(en="Kite Office").by_language()
        {'en': 'Kite Office'}
        """
        texts = zip(LANGUAGES, (self.hant, self.hans, self.en), strict=True)
        return {language: text for language, text in texts if text}


class AddedOrganisation(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    rename={"since": "from", "until": "to", "replaced_by": "replaced-by"},
):
    """A body that the vocabularies lack; without a name, further words for one that they have."""

    id: str
    name: LanguageTexts = LanguageTexts()
    short: LanguageTexts = LanguageTexts()
    aliases: tuple[str, ...] = ()
    type: str = ""
    homepage: str = ""
    parent: str = ""
    since: str = ""
    until: str = ""
    replaced_by: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Return everything that plans may print for the body."""
        return (*self.name.by_language().values(), *self.short.by_language().values(), *self.aliases)


class AddedConcept(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"media_type": "media-type"}):
    """Printed words for a category, frequency or format; with a name, a concept that the vocabularies lack."""

    id: str
    words: tuple[str, ...] = ()
    name: LanguageTexts = LanguageTexts()
    theme: str = ""
    media_type: str = ""

    @property
    def printed(self) -> tuple[str, ...]:
        """Return everything that plans may print for the concept."""
        return (*self.name.by_language().values(), *self.words)


class _Organisations(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file of bodies."""

    organisation: tuple[AddedOrganisation, ...] = ()


class _Categories(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file of categories."""

    category: tuple[AddedConcept, ...] = ()


class _Wording(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file of other printed words."""

    frequency: tuple[AddedConcept, ...] = ()
    format: tuple[AddedConcept, ...] = ()


class _CorrectionTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A correction as the file has it."""

    source: str
    record: str
    field: str
    printed: str
    who: str
    when: date
    why: str
    meant: str | None = None


class _Corrections(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file of corrections."""

    correction: tuple[_CorrectionTable, ...] = ()


@dataclass(frozen=True)
class Decisions:
    """
    What people decide.

    Args:
        folder: The folder; None if there is none.

        organisations: Bodies, and further words for known ones.

        categories: Categories, and further words for known ones.

        frequencies: Further words for frequencies.

        formats: Formats, and further words for known ones.

        corrections: Corrections of rows, by the SHA-256 of the file that has the row.

        digests: The SHA-256 and the size of each file, by its name.

    >>> Decisions().reading_digest
    ''
    """

    folder: Path | None = None
    organisations: tuple[AddedOrganisation, ...] = ()
    categories: tuple[AddedConcept, ...] = ()
    frequencies: tuple[AddedConcept, ...] = ()
    formats: tuple[AddedConcept, ...] = ()
    corrections: Mapping[str, tuple[Correction, ...]] = field(default_factory=dict)
    digests: Mapping[str, tuple[str, int]] = field(default_factory=dict)

    @property
    def has_additions(self) -> bool:
        """Return whether anything is added to the vocabularies."""
        return bool(self.organisations or self.categories or self.frequencies or self.formats)

    @property
    def reading_digest(self) -> str:
        """Return a digest of what changes how a plan is read; empty if nothing does."""
        stated = "".join(f"{name} {self.digests[name][0]}\n" for name in _FOR_READING if name in self.digests)
        return hashlib.sha256(stated.encode()).hexdigest() if stated else ""

    def where(self, name: str, kind: str = "", number: int = 0, code: str = "") -> str:
        """
        Return where a decision stands, for errors.

        Args:
            name: The file.

            kind: The name of the table.

            number: Its place among tables of the name, from 0.

            code: What it is about.

        >>> Decisions(Path("decisions")).where("organisations.toml", "organisation", 0, "hk-kite")
        'decisions/organisations.toml: organisation 1 (hk-kite)'
        """
        path = (self.folder / name).as_posix() if self.folder else name
        return f"{path}: {kind} {number + 1}" + (f" ({code})" if code else "") if kind else path


#: Nothing is decided.
NO_DECISIONS = Decisions()


def read_decisions(folder: Path | None) -> Decisions:
    """
    Return what people decided.

    Args:
        folder: The folder; None for no decisions. A file that is not there says nothing.

    Raises:
        NotReadable: There is no such folder, or a file cannot be used: it names the file and the table.
    """
    if folder is None:
        return NO_DECISIONS
    if not folder.is_dir():
        raise NotReadable.of("decisions.no-folder", str(folder))
    for name, meant in find_misnamed(folder).items():
        raise NotReadable.of("decisions.misnamed", str(folder / name), name=printable(name), meant=meant)
    files = {name: data for name in NAMES if (data := _read_bytes(folder / name)) is not None}
    wording = _convert(folder / WORDING, files.get(WORDING), _Wording)
    decisions = Decisions(
        folder,
        _convert(folder / ORGANISATIONS, files.get(ORGANISATIONS), _Organisations).organisation,
        _convert(folder / CATEGORIES, files.get(CATEGORIES), _Categories).category,
        wording.frequency,
        wording.format,
        _by_source(
            folder / CORRECTIONS, _convert(folder / CORRECTIONS, files.get(CORRECTIONS), _Corrections).correction
        ),
        {name: (hashlib.sha256(data).hexdigest(), len(data)) for name, data in files.items()},
    )
    for place, (code, values) in _find_problems(decisions):
        raise NotReadable.of(code, place, **values)
    return decisions


def find_misnamed(folder: Path) -> dict[str, str]:
    """
    Return the files in a folder whose names are nearly those of decisions, each with the name that is meant.

    Copies that editors keep are none: their names begin with a full stop, or end in "~", ".bak" or ".orig".

    Args:
        folder: A folder.

    >>> find_misnamed(Path("no such folder"))
    {}
    """
    try:
        names = sorted(path.name for path in folder.iterdir())
    except OSError:
        return {}  # Who reads the files of the folder says why it cannot be read.
    strange = [name for name in names if name not in NAMES and not _KEPT_COPY.search(name)]
    near = {name: get_close_matches(name.casefold(), NAMES, 1, _NEARLY) for name in strange}
    return {name: found[0] for name, found in near.items() if found}


def _read_bytes(path: Path) -> bytes | None:
    """Return the bytes of a file, None if there is none, or raise."""
    try:
        if not path.is_file():
            return None
        if path.stat().st_size > _LARGEST:
            raise NotReadable.of("decisions.huge", str(path), most=_LARGEST)
        return path.read_bytes()
    except OSError as error:
        raise NotReadable.of("inputs.unreadable", str(path), reason=SystemReason.of(error)) from error


def _convert(path: Path, data: bytes | None, kind: type[Tables]) -> Tables:
    """Return the tables of a file, or raise with the place in it."""
    if data is None:
        return kind()
    try:
        tables = tomllib.loads(data.decode("utf-8-sig"))
    except RecursionError as error:
        raise NotReadable.of("decisions.nested", str(path)) from error
    except ValueError as error:
        raise NotReadable.of("decisions.not-toml", str(path), reason=EnglishReason(str(error))) from error
    try:
        return msgspec.convert(tables, kind)
    except msgspec.ValidationError as error:
        problem, _at, place = str(error).partition(" - at `$")
        where = re.sub(r"\[(\d+)\]", lambda found: f" {int(found[1]) + 1}", place.rstrip("`").lstrip("."))
        at = f"{path}: {where}" if where else str(path)
        code, values = _problem_of(problem, kind, place)
        raise NotReadable.of(code, at, **values) from error


def _problem_of(text: str, kind: type[msgspec.Struct], place: str) -> _Wrong:
    """Return what is wrong with a table or a value: what the library says of it, and at which place, in our words."""
    quoted = re.findall("`([^`]*)`", text)
    if "unknown field" in text and quoted:
        return "decisions.unknown-key", {"key": printable(quoted[0]), "keys": _keys_at(kind, place)}
    if "missing required field" in text and quoted:
        return "decisions.missing-key", {"key": quoted[0]}
    expected = _TYPES.get("date" if "RFC3339" in text else quoted[0].partition(" ")[0] if quoted else "")
    if expected is None:
        return "decisions.invalid", {"reason": EnglishReason(text)}
    return "decisions.wrong-type", {"expected": expected}


def _keys_at(kind: type[msgspec.Struct], place: str) -> list[str]:
    """Return the keys that a table may have at a place of a file."""
    for name in re.findall(r"\.([\w-]+)", place):
        stated = next(one.type for one in msgspec.structs.fields(kind) if one.encode_name == name)
        kind = next(one for one in (stated, *get_args(stated)) if isinstance(one, type) and one is not type(None))
    return [one.encode_name for one in msgspec.structs.fields(kind)]


# ---- checks of a file by itself

#: Where it is, and what is wrong.
_Problem = tuple[str, _Wrong]


def _find_problems(decisions: Decisions) -> Iterator[_Problem]:
    """Yield where something cannot be used, and why."""
    yield from _check_organisations(decisions)
    for name, kind, rows in (
        (CATEGORIES, "category", decisions.categories),
        (WORDING, "frequency", decisions.frequencies),
        (WORDING, "format", decisions.formats),
    ):
        yield from _check_concepts(decisions, name, kind, rows)


def _check_organisations(decisions: Decisions) -> Iterator[_Problem]:
    """Yield what is wrong with bodies, each by itself."""
    for number, body in enumerate(decisions.organisations):
        where = decisions.where(ORGANISATIONS, "organisation", number, body.id)
        if not _CODE.fullmatch(body.id) or body.id in _TAKEN:
            yield where, _bad(body.id, "id", "code")
        yield from _check_texts(where, (*body.words, *body.replaced_by))
        if body.homepage and not _PAGE.fullmatch(body.homepage):
            yield where, _bad(body.homepage, "homepage", "page")
        for name, value in (("from", body.since), ("to", body.until)):
            if value and not _DATE.fullmatch(value):
                yield where, _bad(value, name, "date")
        if body.since and body.until and body.since > body.until:
            yield where, ("decisions.period", {"since": body.since, "until": body.until})


def _check_concepts(decisions: Decisions, name: str, kind: str, rows: Sequence[AddedConcept]) -> Iterator[_Problem]:
    """Yield what is wrong with concepts, each by itself."""
    for number, row in enumerate(rows):
        where = decisions.where(name, kind, number, row.id)
        if kind == "category" and not _CODE.fullmatch(row.id):
            yield where, _bad(row.id, "id", "code")
        if kind != "category" and not _FORMAT_CODE.fullmatch(row.id):
            yield where, _bad(row.id, "id", "format")
        yield from _check_texts(where, row.printed)
        if row.theme and kind != "category":
            yield where, ("decisions.theme", {})
        if row.media_type and kind != "format":
            yield where, ("decisions.media-type", {})
        if row.media_type and not _MEDIA_TYPE.fullmatch(row.media_type):
            yield where, _bad(row.media_type, "media-type", "media-type")


def _check_texts(where: str, texts: Sequence[str]) -> Iterator[_Problem]:
    """Yield what is wrong with texts."""
    for text in texts:
        if not text.strip() or _UNUSABLE.search(text):
            yield where, ("decisions.text", {"text": printable(text)})


def _bad(value: str, key: str, expected: str, **values: object) -> _Wrong:
    """Return that a value is not what a key asks for."""
    phrase = Phrase(f"decisions.expected-{expected}", values)
    return "decisions.bad", {"value": printable(value), "key": key, "expected": phrase}


# ---- corrections


def _by_source(path: Path, stated: Sequence[_CorrectionTable]) -> dict[str, tuple[Correction, ...]]:
    """Return corrections by the digest of their file, or raise for one that cannot be used."""
    by_source: dict[str, list[Correction]] = {}
    lines: dict[tuple[str, str, str, str], int] = {}
    for number, one in enumerate(stated, 1):
        where = f"{path}: correction {number} ({one.record})"
        for code, values in _problems_of(one):
            raise NotReadable.of(code, where, **values)
        key = (one.source, one.record, one.field, one.printed)
        if key in lines:
            raise NotReadable.of("decisions.twice", where, number=lines[key])
        lines[key] = number
        by_source.setdefault(one.source, []).append(
            Correction(
                one.record, one.field, one.printed, one.meant or "", one.who, one.when.isoformat(), one.why, number
            )
        )
    return {source: tuple(rows) for source, rows in by_source.items()}


def _problems_of(one: _CorrectionTable) -> Iterator[_Wrong]:
    """Yield what is wrong with a correction by itself."""
    if not _DIGEST.fullmatch(one.source):
        yield _bad(one.source, "source", "digest")
    if one.field not in FIELDS_TO_CORRECT:
        yield _bad(one.field, "field", "field", names=list(FIELDS_TO_CORRECT))
    if one.field == FIELD_OF_ROW and one.meant is not None:
        yield "decisions.row-meant", {}
    if one.field != FIELD_OF_ROW and one.meant is None:
        yield "decisions.no-meant", {}
    if one.printed == one.meant:
        yield "decisions.same", {}
    if not all(text.strip() for text in (one.record, one.who, one.why)):
        yield "decisions.empty", {}
    for text in (one.record, one.printed, one.who, one.why, one.meant or ""):
        if _UNUSABLE.search(text):
            yield "decisions.character", {"text": printable(text)}
