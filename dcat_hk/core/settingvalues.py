"""
Values of settings: what is written becomes what it must be, or an error says what was found and what is expected.

In: a key, a value and its type. Out: the value. Which settings there are is known elsewhere.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple, get_args, get_origin

import msgspec
from msgspec import Struct, structs

from .errors import UsageError
from .languages import match_language
from .settingfiles import unknown_setting
from .text import printable
from .wording.refusals import Phrase, load_wording

#: What has a value: nobody, the settings file, an environment variable, an option.
SourceKind = Literal["default", "file", "environment", "option"]
#: The most characters of a wrong value that an error repeats.
_SHOWN = 80
#: The largest whole number that every fraction up to it can be told from.
_LARGEST = 2.0**53


class SettingValue(NamedTuple):
    """The value of a setting, what kind of place it comes from, and the name of that place."""

    value: Any
    kind: SourceKind
    source: str = ""


def convert_setting(key: str, value: Any, kind: Any, where: str, *, loose: bool = False) -> Any:
    """
    Return the value of a setting in the type that it must have.

    Args:
        key: The name of the setting.

        value: What is written.

        kind: The type; a `Struct` for a table with a field for each name.

        where: The file, variable or option, for the error.

        loose: Whether the value is a text that stands for a number or a table.

    Raises:
        UsageError: The value is not valid.

    >>> convert_setting("jobs", "2", int, "DCAT_HK_JOBS", loose=True)
    2
    >>> convert_setting("jobs", "two", int, "DCAT_HK_JOBS", loose=True)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    dcat_hk.core.errors.UsageError: DCAT_HK_JOBS: “jobs” is “two”. Expected: a whole number ...
    """
    if key == "language" and loose and isinstance(value, str):
        value = match_language(value, get_args(kind)[1:]) or value
    members = _members(kind)
    if members is None:
        return _convert(key, key, value, kind, where, loose=loose)
    if loose and isinstance(value, str):
        value = _read_table(key, value, where)
    if not isinstance(value, Mapping):
        raise _invalid(key, key, value, where)
    for name in value:
        if name not in members:
            raise unknown_setting(
                "settings.unknown-member", where, f"{key}.{name}", [f"{key}.{one}" for one in members]
            )
    return {
        name: _convert(f"{key}.{name}", key, inner, members[name], where, loose=False) for name, inner in value.items()
    }


def _members(kind: Any) -> dict[str, Any] | None:
    """Return the names in a table with their types; None for the type of a single value."""
    if isinstance(kind, type) and issubclass(kind, Struct):
        return {item.name: item.type for item in structs.fields(kind)}
    if get_origin(kind) is dict:
        names, member = get_args(kind)
        return dict.fromkeys(get_args(names), member)
    return None


def _read_table(key: str, text: str, where: str) -> Any:
    """Return a table from its text, which is that of the settings file."""
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except (ValueError, RecursionError) as error:
        raise _invalid(key, key, text, where) from error


def _convert(path: str, key: str, value: Any, kind: Any, where: str, *, loose: bool) -> Any:
    """Return a single value in the type that it must have."""
    if isinstance(value, float) and abs(value) < _LARGEST and value.is_integer():
        # 2.0 is a whole number, as it is in JSON Schema.
        value = int(value)
    try:
        if isinstance(value, str):
            value.encode()
        return msgspec.convert(value, kind, strict=not loose)
    except (msgspec.ValidationError, UnicodeEncodeError) as error:
        raise _invalid(path, key, value, where) from error


def _invalid(path: str, key: str, value: Any, where: str) -> UsageError:
    """Return the error for a value of a setting, or of a name in its table."""
    member = path.removeprefix(key).replace(".", "-")
    names = (f"expected-{key}{member}", f"expected-{key}-member") if member else (f"expected-{key}",)
    known = load_wording("settings")
    expected = Phrase("settings." + next(name for name in names if name in known))
    return UsageError.of("settings.invalid", where, key=path, found=_describe(value), expected=expected)


def _describe(value: Any) -> str | Phrase:
    """Return what was found: the value itself if it is short enough to be read, else what kind it is."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        shown = printable(value[:_SHOWN]) + ("…" if len(value) > _SHOWN else "")
        return Phrase("settings.found-text", {"text": shown}) if value else Phrase("settings.found-empty")
    if isinstance(value, int):
        return str(value) if value.bit_length() < 200 else Phrase("settings.found-number")
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, Mapping):
        return Phrase("settings.found-table")
    return Phrase("settings.found-list" if isinstance(value, list | tuple) else "settings.found-date")


def format_value(value: Any) -> str:
    """
    Return a value as a settings file has it, tables on one line.

    >>> format_value({"en": "Plans", "zh-Hant": "計劃"}), format_value(2.5)
    ('{ en = "Plans", zh-Hant = "計劃" }', '2.5')

    Spec: TOML 1.0.0.
    """
    if isinstance(value, Mapping):
        inner = ", ".join(f"{name} = {format_value(one)}" for name, one in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    return json.dumps(value, ensure_ascii=False)
