"""
Texts in three languages: findings and the texts that the catalogue composes, as typed records.

In: `findings.toml`, `labels.toml`, `printed.toml`. Out: records by code or name. Every text is there in three
languages, and the languages have the same fields to fill in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from string import Formatter
from typing import Annotated, Any, Literal

from ..languages import COMMAND_LANGUAGES
from .records import TableReader, read_toml

Severity = Literal["info", "warning", "error"]
#: One text by language tag.
Translations = Annotated[Mapping[str, str], COMMAND_LANGUAGES]

#: The texts that the catalogue composes.
TEXT_NAMES = (
    "catalogue-title",
    "catalogue-description",
    "plan-catalogue-title",
    "plan-catalogue-description",
    "plan-title",
    "planned-description",
    "released-description",
    "distribution-title",
    "part-title",
    "as-printed",
    "not-stated",
    "operator",
    "edited-rows",
    "snapshot-title",
    "snapshot-title-csdi",
    "snapshot-title-both",
    "csdi-terms",
    "csdi-rights",
    "crs",
)

#: The words that commands print beside findings: severities, the summary of a document, places.
PRINTED_NAMES = (
    "error",
    "warning",
    "info",
    "summary",
    "lines",
    "line",
    "page",
    "paragraph",
    "table",
    "sheet",
    "row",
    "cell",
    "column",
    "named-column",
    "plan",
    "entry",
    "text-box",
    "category",
    "correction",
    "format",
    "frequency",
    "organisation",
    "key",
    "about",
    "between",
    "range",
    "named-twice",
    "planned",
    "released",
    "no-date",
)

_PACKAGE = "dcat_hk.core.wording"


@dataclass(frozen=True, slots=True)
class FindingWording:
    """
    What is said of one kind of finding.

    `without_nearest` is the advice where nothing is near of which it could be said that it is the most similar one.
    """

    severity: Severity
    message: Translations
    advice: Translations
    without_nearest: Translations | None = None


@cache
def load_finding_wordings() -> Mapping[str, FindingWording]:
    """
    Return what is said of each kind of finding, by its code.

    Raises:
        WordingError: `findings.toml` lacks a key, has one too many, or holds a value that cannot be used.

    >>> load_finding_wordings()["unread-date"].severity
    'warning'
    """
    return read_finding_wordings(read_toml(_PACKAGE, "findings.toml"))


def read_finding_wordings(tables: Mapping[str, Any]) -> dict[str, FindingWording]:
    """
    Return what is said of each kind of finding from the tables of `findings.toml`.

    Args:
        tables: The parsed file.

    Raises:
        WordingError: A key is missing, unknown or of the wrong type; languages have different fields to fill in.
    """
    reader = TableReader("findings.toml")
    wordings = {code: reader.read(FindingWording, table, code) for code, table in tables.items()}
    for code, wording in wordings.items():
        check_fields(reader, wording.message, f"{code}.message")
        check_fields(reader, wording.advice, f"{code}.advice")
        if wording.without_nearest:
            check_fields(reader, wording.without_nearest, f"{code}.without_nearest")
    return wordings


@dataclass(frozen=True, slots=True)
class SettingWording:
    """What is said of one setting: an example as a settings file has it, and what it is for."""

    example: str
    about: Translations


@cache
def load_setting_wordings() -> Mapping[str, SettingWording]:
    """
    Return what is said of each setting, by its key.

    Raises:
        WordingError: `settings.toml` lacks a key, has one too many, or holds a value that cannot be used.

    >>> load_setting_wordings()["jobs"].example
    '2'
    """
    reader = TableReader("settings.toml")
    return {key: reader.read(SettingWording, table, key) for key, table in read_toml(_PACKAGE, "settings.toml").items()}


@cache
def load_composed_texts() -> Mapping[str, Translations]:
    """
    Return the texts that the catalogue composes, by name and language.

    Raises:
        WordingError: `labels.toml` lacks a key, has one too many, or holds a value that cannot be used.

    >>> sorted(load_composed_texts()["part-title"])
    ['en', 'zh-Hans', 'zh-Hant']
    """
    return read_composed_texts(read_toml(_PACKAGE, "labels.toml"))


def read_composed_texts(tables: Mapping[str, Any]) -> Mapping[str, Translations]:
    """
    Return the texts that the catalogue composes from the tables of `labels.toml`.

    Args:
        tables: The parsed file.

    Raises:
        WordingError: A key is missing, unknown or of the wrong type; languages have different fields to fill in.
    """
    return read_texts("labels.toml", TEXT_NAMES, tables)


@cache
def load_printed_texts() -> Mapping[str, Translations]:
    """
    Return the words that commands print beside findings, by name and language.

    Raises:
        WordingError: `printed.toml` lacks a key, has one too many, or holds a value that cannot be used.

    >>> load_printed_texts()["warning"]["zh-Hant"]
    '警告'
    """
    return read_texts("printed.toml", PRINTED_NAMES, read_toml(_PACKAGE, "printed.toml"))


def read_texts(file: str, names: tuple[str, ...], tables: Mapping[str, Any]) -> Mapping[str, Translations]:
    """
    Return texts by name from the tables of a file.

    Args:
        file: The file's name, for errors.

        names: The names that the file has, and no others.

        tables: The parsed file.

    Raises:
        WordingError: A text is missing or unknown, or its languages have different fields to fill in.

    >>> read_texts("a.toml", ("one",), {"one": {"en": "a", "zh-Hant": "b", "zh-Hans": "c"}})["one"]["en"]
    'a'
    """
    reader = TableReader(file)
    # The names are those of the file, not of a type.
    texts: Mapping[str, Translations] = reader.read(Annotated[Mapping[str, Translations], names], tables, "")
    for name, translations in texts.items():
        check_fields(reader, translations, name)
    return texts


def check_fields(reader: TableReader, translations: Translations, key: str) -> None:
    """
    Raise if a text is no template, or its languages have different fields to fill in.

    Args:
        reader: The reader of the file, for errors.

        translations: The text by language.

        key: Where in the file it stands.

    Raises:
        WordingError: A language has other fields than English.
    """
    names: dict[str, set[str]] = {}
    for language, text in translations.items():
        try:
            fields = [name for _text, name, _format, _conversion in Formatter().parse(text) if name is not None]
        except ValueError as error:
            raise reader.error(f"{key}.{language}", f"Expected a text with fields in braces: {error}.") from error
        if "" in fields:
            raise reader.error(f"{key}.{language}", "Expected a name in braces; there is a field without a name.")
        names[language] = set(fields)
    expected = names["en"]
    for language, own in names.items():
        if own != expected:
            choices = ", ".join(sorted(expected)) or "none"
            raise reader.error(f"{key}.{language}", f"Expected the fields of the English text: {choices}.")
