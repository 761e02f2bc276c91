"""
What errors and commands say, in three languages, with what is filled in.

In: `errors/*.toml` and `commands/*.toml`, values. Out: texts in a language. It knows no errors and no commands.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple, Protocol, runtime_checkable

from .messages import Translations, check_fields
from .printed import make_agree
from .records import TableReader, read_toml

#: The folders of wording that errors and commands have, by package.
_PACKAGES = ("dcat_hk.core.wording.errors", "dcat_hk.core.wording.commands")
#: What stands between the items of a list.
_BETWEEN = {"en": ", ", "zh-Hant": "、", "zh-Hans": "、"}
#: What stands between a message and its advice.
_BEFORE_ADVICE = {"en": " ", "zh-Hant": "", "zh-Hans": ""}


class ErrorWording(NamedTuple):
    """What is said of one kind of error: what is wrong, and what to do, which may be missing."""

    message: Translations
    advice: Translations | None


class Phrase(NamedTuple):
    """
    A piece of wording that is filled into a message.

    Args:
        code: The file, a dot, and the name of the text in it.

        values: What is filled into it.
    """

    code: str
    values: Mapping[str, object] = {}


class SystemReason(NamedTuple):
    """Why the system refused something: the number of its error, and what it says itself."""

    number: int
    text: str

    @classmethod
    def of(cls, error: OSError) -> SystemReason:
        """
        Return the reason of an error.

        >>> SystemReason.of(FileNotFoundError(2, "No such file or directory"))
        SystemReason(number=2, text='No such file or directory')
        """
        return cls(error.errno or 0, error.strerror or str(error))

    @classmethod
    def of_number(cls, number: int) -> SystemReason:
        """
        Return the reason for a number.

        >>> SystemReason.of_number(2).text
        'No such file or directory'
        """
        return cls(number, os.strerror(number))


class LinesBelow(NamedTuple):
    """Texts that are filled in as lines of their own."""

    items: Sequence[object]


@runtime_checkable
class Told(Protocol):
    """What can be told in a language, such as an error."""

    def tell(self, language: str) -> str:
        """Return a text in a language."""
        ...


class EnglishReason(NamedTuple):
    """What a library says in English about something: told in English only, behind a colon."""

    text: str


def tell(code: str, values: Mapping[str, object], language: str) -> tuple[str, str]:
    """
    Return the message and the advice of an error in a language; the advice may be empty.

    Args:
        code: The name of a file, a dot, and the name of a table in it.

        values: What is filled in.

        language: A language of messages.

    >>> tell("settings.huge", {"most": 1000}, "en")
    ('The settings file has more than 1,000 bytes.', 'Give a file of settings.')
    """
    wording = _wording_of(code)
    message = _fill(wording.message, values, language)
    return message, _fill(wording.advice, values, language) if wording.advice else ""


def join_advice(message: str, advice: str, language: str) -> str:
    """
    Return the message and the advice of an error in one line.

    Args:
        message: What is wrong.

        advice: What to do; may be empty.

        language: The language of both.

    >>> join_advice("The file is empty.", "Name another.", "en")
    'The file is empty. Name another.'
    """
    return f"{message}{_BEFORE_ADVICE[language] if advice else ''}{advice}"


def say(code: str, language: str, /, **values: object) -> str:
    """
    Return one text in a language.

    Args:
        code: The name of a file, a dot, and the name of a text in it.

        language: A language of messages.

        values: What is filled in.

    >>> say("settings.found-table", "en")
    'a table'
    """
    return _fill(_wording_of(code).message, values, language)


def join_items(items: Sequence[str], language: str) -> str:
    """
    Return items with what a language puts between them.

    >>> join_items(["a", "b"], "en")
    'a, b'
    """
    return _BETWEEN[language].join(items)


def _wording_of(code: str) -> ErrorWording:
    """Return the wording of a code."""
    file, _dot, name = code.partition(".")
    return load_wording(file)[name]


@cache
def load_wording(name: str) -> Mapping[str, ErrorWording]:
    """
    Return the texts of one file by name.

    Args:
        name: The name of a file in `errors` or `commands`, without its ending.

    Raises:
        WordingError: The file lacks a key, has one too many, or holds a value that cannot be used.

    >>> "unknown" in load_wording("settings")
    True
    """
    package = next(one for one in _PACKAGES if files(one).joinpath(f"{name}.toml").is_file())
    return read_error_wordings(f"{name}.toml", read_toml(package, f"{name}.toml"))


def read_error_wordings(file: str, tables: Mapping[str, Any]) -> dict[str, ErrorWording]:
    """
    Return the texts of a file from its tables: by language, or a message and an advice by language.

    Args:
        file: The file's name, for errors.

        tables: The parsed file.

    Raises:
        WordingError: A key is missing, unknown or of the wrong type; languages have different fields to fill in.
    """
    reader = TableReader(file)
    wordings: dict[str, ErrorWording] = {}
    for name, table in tables.items():
        parts = table if isinstance(table, dict) and "message" in table else {"message": table}
        for part in parts:
            if part not in ErrorWording._fields:
                raise reader.error(f"{name}.{part}", "The key is not known; expected message, advice.")
            check_fields(reader, reader.read(Translations, parts[part], f"{name}.{part}"), f"{name}.{part}")
        wordings[name] = ErrorWording(parts["message"], parts.get("advice"))
    return wordings


def _fill(texts: Translations, values: Mapping[str, object], language: str) -> str:
    """Return a text in a language with its fields filled in."""
    text = texts[language].format_map({name: fill_in(value, language) for name, value in values.items()})
    return make_agree(text) if language == "en" else text


def fill_in(value: object, language: str = "en") -> str:
    """
    Return what a value is where it is filled into a text.

    >>> fill_in(Phrase("settings.found-table")), fill_in(("a", "b"))
    ('a table', 'a, b')
    """
    if isinstance(value, Phrase):
        return _fill(_wording_of(value.code).message, value.values, language)
    if isinstance(value, SystemReason):
        name = errno.errorcode.get(value.number, "")
        known = load_wording("system")
        return known[name].message[language] if language != "en" and name in known else value.text
    if isinstance(value, EnglishReason):
        return f": {value.text}" if language == "en" else ""
    if isinstance(value, LinesBelow):
        return "".join(f"\n  {fill_in(item, language)}" for item in value.items)
    if isinstance(value, Told):
        return value.tell(language)
    if isinstance(value, list | tuple):
        return join_items([fill_in(item, language) for item in value], language)
    if isinstance(value, float):
        return f"{value:g}"
    return f"{value:,}" if isinstance(value, int) else str(value)
