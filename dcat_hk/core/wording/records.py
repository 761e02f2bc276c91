"""
TOML tables -> frozen dataclasses, every key and type checked, every regular expression compiled.

In: a parsed TOML file and the dataclass that describes it. Out: an instance of that dataclass. A key that is missing,
unknown or of the wrong type, and a pattern that does not compile, raise one error that names the file and the key.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from importlib.resources import files
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from .patterns import compile_later

Record = TypeVar("Record")

#: A name in braces that stands for another pattern, such as ``{month}``; ``\d{4}`` is none.
_PLACEHOLDER = re.compile(r"\{[a-z_]+\}")

#: Beside the type of a list: it may have no items.
MAY_BE_EMPTY = "may be empty"

#: What a value of each type is called in an error.
_DESCRIPTIONS = {str: "a text", int: "a whole number", float: "a number", bool: "true or false"}


class WordingError(ValueError):
    """A data file lacks a key, has one too many, or holds a value that cannot be used: file, key, what is expected."""


def read_toml(package: str, name: str) -> dict[str, Any]:
    """
    Return the tables of a TOML file in a package.

    Args:
        package: The package that the file belongs to.

        name: The file's name.

    Raises:
        WordingError: The file is not TOML.

    >>> read_toml("dcat_hk.core.wording", "labels.toml")["not-stated"]["en"]
    'not stated'
    """
    try:
        return tomllib.loads(files(package).joinpath(name).read_text(encoding="utf-8"))
    except ValueError as error:
        raise WordingError(f"{name}: The file is not valid TOML: {error}.") from error


def inline(pattern: str) -> str:
    """
    Return a pattern as it can stand inside another: one of several lines as a group in verbose form.

    >>> inline("day|week"), inline("day  # one of them\\n|week")
    ('day|week', '(?x:day  # one of them\\n|week\\n)')
    """
    return f"(?x:{pattern}\n)" if "\n" in pattern.strip() else pattern


@dataclass(frozen=True, slots=True)
class TableReader:
    """
    Turns the tables of one file into records.

    Args:
        file: The file's name, for errors.

        complete: Gives a pattern with its placeholders filled in, for the key it stands at.

        is_sound: Whether patterns are known to compile: each is compiled when it is used for the first time.

    >>> TableReader("sizes.toml").read(int, "three", "most")
    Traceback (most recent call last):
    dcat_hk.core.wording.records.WordingError: sizes.toml: most: Expected a whole number, not 'three'.
    """

    file: str
    complete: Callable[[str, str], str] = lambda _key, pattern: pattern
    is_sound: bool = False

    def read_record(self, kind: type[Record], table: Mapping[str, Any], key: str = "") -> Record:
        """
        Return a dataclass whose fields are the keys of a table.

        Args:
            kind: The dataclass; the type of each field says what the value must be.

            table: The table.

            key: Where in the file the table is, nothing for the whole file.

        Raises:
            WordingError: A key is missing, unknown or of the wrong type; a pattern does not compile.
        """
        types = _types_of(kind)  # type: ignore[arg-type]
        # What is None where the file does not have it may be missing.
        names = [one.name for one in fields(kind) if one.default is not None or one.name in table]  # type: ignore[arg-type]
        self._check_keys(names, table, key)
        return kind(**{name: self.read(types[name], table[name], _join(key, name)) for name in names})

    def read(self, kind: Any, value: Any, key: str) -> Any:
        """
        Return a value as the type asks for it.

        Args:
            kind: The type: a text, a number, a pattern, a literal, a dataclass, or a tuple, set or mapping of them. A
                mapping that is annotated with names has these keys and no others; a list that is annotated with
                `MAY_BE_EMPTY` may have no items.

            value: The value in the file.

            key: Where in the file it stands.

        Raises:
            WordingError: The value is not of the type.
        """
        if get_origin(kind) in (Union, UnionType):
            # Of what may be missing, the type of what is there.
            kind = next(one for one in get_args(kind) if one is not NoneType)
        origin, inner = get_origin(kind), get_args(kind)
        if origin is Annotated and inner[1] == MAY_BE_EMPTY:
            return self.read(inner[0], value, key) if value != [] else get_origin(inner[0])()
        if origin is Annotated:
            self._check_keys(list(inner[1]), self._table(value, key), key)
            return self.read(inner[0], value, key)
        if origin is re.Pattern:
            return self.compile(self._checked(str, value, key), key)
        if origin is Literal:
            if value not in inner:
                raise self.error(key, f"Expected one of {', '.join(map(repr, inner))}, not {value!r}.")
            return value
        if origin in (tuple, frozenset):
            return self._read_list(kind, value, key)
        if is_dataclass(kind) and isinstance(kind, type):
            return self.read_record(kind, self._table(value, key), key)
        if origin is not None and issubclass(origin, Mapping):
            return self._read_mapping(inner[1], self._table(value, key), key)
        return self._checked(kind, value, key)

    def compile(self, pattern: str, key: str) -> re.Pattern[str]:
        """
        Return a compiled pattern; one of several lines is in verbose form and stays so inside a longer pattern.

        Args:
            pattern: The pattern as it stands in the file.

            key: Where in the file it stands.

        Raises:
            WordingError: It is no regular expression, or has a placeholder that nothing fills in.

        >>> TableReader("x.toml").compile("(?:day  # one of them\\n | week)", "unit").pattern
        '(?x:(?:day  # one of them\\n | week)\\n)'
        """
        whole = self.complete(key, inline(pattern))
        placeholder = _PLACEHOLDER.search(whole)
        if placeholder:
            raise self.error(key, f"Nothing is known by the name {placeholder[0]}.")
        if self.is_sound:
            return compile_later(whole)
        try:
            return re.compile(whole)
        except re.error as error:
            raise self.error(key, f"Expected a regular expression: {error}.") from error

    def error(self, key: str, message: str) -> WordingError:
        """Return the error for a key."""
        return WordingError(f"{self.file}: {key}: {message}" if key else f"{self.file}: {message}")

    def _check_keys(self, names: list[str], table: Mapping[str, Any], key: str) -> None:
        """Raise for the first key that is missing or unknown."""
        for name in names:
            if name not in table:
                raise self.error(_join(key, name), "The key is missing.")
        for name in table:
            if name not in names:
                raise self.error(_join(key, name), f"The key is not known; expected {', '.join(names)}.")

    def _read_list(self, kind: Any, value: Any, key: str) -> Any:
        """Return a list as a tuple or a set."""
        origin, inner = get_origin(kind), get_args(kind)
        if not isinstance(value, list) or not value:
            raise self.error(key, f"Expected a list with at least one item, not {value!r}.")
        if origin is tuple and inner[-1] is not Ellipsis:
            if len(value) != len(inner):
                raise self.error(key, f"Expected a list of {len(inner)} items, not {value!r}.")
            return tuple(
                self.read(each, item, f"{key}[{i}]") for i, (each, item) in enumerate(zip(inner, value, strict=True))
            )
        return origin(self.read(inner[0], item, f"{key}[{i}]") for i, item in enumerate(value))

    def _read_mapping(self, kind: Any, table: Mapping[str, Any], key: str) -> dict[str, Any]:
        """Return a table, which must not be empty, as a mapping from texts to values of a type."""
        if not table:
            raise self.error(key, "Expected a table with at least one key.")
        return {name: self.read(kind, value, _join(key, name)) for name, value in table.items()}

    def _table(self, value: Any, key: str) -> Mapping[str, Any]:
        """Return a value that must be a table."""
        if not isinstance(value, dict):
            raise self.error(key, f"Expected a table, not {value!r}.")
        return value

    def _checked(self, kind: type, value: Any, key: str) -> Any:
        """Return a text or a number, a whole number as a fraction where that is asked for."""
        if kind is float and type(value) is int:
            return float(value)
        if type(value) is not kind:
            raise self.error(key, f"Expected {_DESCRIPTIONS[kind]}, not {value!r}.")
        return value


@cache
def _types_of(kind: type) -> Mapping[str, Any]:
    """Return the type of each field of a dataclass; the names of types are only looked up once."""
    return get_type_hints(kind, include_extras=True)


def _join(key: str, name: str) -> str:
    """Return the key of something inside a table."""
    return f"{key}.{name}" if key else name
