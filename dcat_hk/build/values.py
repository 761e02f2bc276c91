"""
What Python programs pass to dcat-hk, in any of its usual forms -> what the other rooms take.

In: paths, bytes, open files; settings as a value, a table or a file. Out: paths, bytes with a name, `Settings`,
`Limits`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO, Any, NamedTuple, TypeAlias

from msgspec import structs

from ..core.caching import NO_CACHE, Cache, open_cache
from ..core.errors import UsageError
from ..core.limits import Limits
from ..core.settingfiles import unknown_setting
from ..core.settings import Settings, load_settings, setting_types
from ..core.settingvalues import convert_setting
from ..core.text import printable
from ..reading.documents.inputs import STDIN, Input, find_inputs
from .arguments import checked_path, checked_table, checked_text, read_open_file
from .read import limits_of

#: The name of a file or folder.
PathLike: TypeAlias = str | os.PathLike[str]
#: What a single plan can be read from: the name of a file, its bytes, or an open file.
PlanSource: TypeAlias = PathLike | bytes | bytearray | memoryview | IO[bytes] | IO[str]
#: Settings as a value, as a table of settings by name, or the name of a settings file.
SettingsLike: TypeAlias = Settings | Mapping[str, Any] | PathLike
#: Limits as a value, or as a table of limits by name.
LimitsLike: TypeAlias = Limits | Mapping[str, float]

_MONTH = re.compile("[12][0-9]{3}-(0[1-9]|1[0-2])")
#: What bytes without a name go by.
NAMELESS = "plan"


class NamedBytes(NamedTuple):
    """The bytes of a file, the name that it goes by, and where it lies, if that is known."""

    data: bytes
    name: str
    path: Path | None = None


def settings_of(given: SettingsLike | None) -> Settings:
    """
    Return settings in one form.

    Args:
        given: None for what the command line would use; a table or a file is put over that.

    Raises:
        UsageError: A setting is unknown or has an invalid value.

        NotReadable: The file cannot be read.

    >>> settings_of({"base-iri": "https://data.example/"}).base_iri
    'https://data.example/'
    """
    if isinstance(given, Settings):
        # A value is made without a look at what is in it.
        for key, kind in setting_types().items():
            convert_setting(key, getattr(given, key.replace("-", "_")), kind, "Settings")
        return given
    if given is None or isinstance(given, Mapping):
        return load_settings(None, _checked_names(given or {}))
    if not isinstance(given, str | os.PathLike):
        raise UsageError.of("api.no-settings", kind=type(given).__name__)
    return load_settings(checked_path(given, "settings"), {})


def _checked_names(table: Mapping[str, Any]) -> dict[str, Any]:
    """Return settings by the names of fields."""
    for name in table:
        if checked_text(name, "settings").replace("_", "-") not in setting_types():
            raise unknown_setting("settings.unknown", "", name, setting_types())
    return {name.replace("-", "_"): value for name, value in table.items()}


def limits_from(given: LimitsLike | None, settings: Settings) -> Limits:
    """
    Return the limits on reading one document.

    Args:
        given: They are put over those of the settings; None for none.

        settings: The settings.

    Raises:
        UsageError: A limit is unknown or has an invalid value.

    >>> limits_from({"pages": 3}, Settings()).pages
    3
    """
    if isinstance(given, Limits):
        return given
    if given is None:
        return limits_of(settings)
    checked = load_settings(None, {"limits": dict(checked_table(given, "limits"))}).limits
    return limits_of(structs.replace(settings, limits={**settings.limits, **checked}))


def cache_from(given: PathLike | bool, settings: Settings) -> Cache:
    """
    Return the cache of what earlier runs have read.

    Args:
        given: Whether there is one, or its folder.

        settings: They say where it is.

    >>> cache_from(False, Settings()).is_open
    False
    """
    if given is False:
        return NO_CACHE
    return open_cache(settings.cache, None if given is True else checked_path(given, "cache"))


def checked_month(month: str, where: str = "") -> str:
    """
    Return a month as it is given.

    Args:
        month: A year and a month.

        where: Where it was given, for the error.

    Raises:
        UsageError: It is no month.

    >>> checked_month("2026-11")
    '2026-11'
    """
    if not _MONTH.fullmatch(checked_text(month, "month")):
        raise UsageError.of("options.no-month", where, month=month)
    return month


def read_source(source: PlanSource, name: str | None, limits: Limits) -> NamedBytes:
    """
    Return the bytes of one document.

    Args:
        source: The name of a file, `-` for standard input, bytes, or an open file.

        name: What to call it; None for the name of the file.

        limits: How many bytes there may be.

    Raises:
        NotReadable: The file cannot be read.

        NotAPlan: There are too many bytes.

        UsageError: It is something else.
    """
    if name is not None:
        checked_text(name, "name")
    if isinstance(source, bytes | bytearray | memoryview):
        return NamedBytes(bytes(source), name or NAMELESS)
    if isinstance(source, str | os.PathLike):
        path = checked_path(source, "source")
        known = find_inputs([path], limits)[0] if path == STDIN else Input(path, printable(path.name))
        return NamedBytes(known.read(limits), name or known.name, path)
    if hasattr(source, "read"):
        stated = getattr(source, "name", None)
        place = Path(stated) if isinstance(stated, str) and not stated.startswith("<") else None
        return NamedBytes(read_open_file(source), name or _name_of(place), place)
    raise UsageError.of("api.no-plan-source", kind=type(source).__name__)


def _name_of(path: Path | None) -> str:
    """Return what an open file goes by."""
    return printable(path.name) if path and path.name else NAMELESS


def paths_of(sources: PathLike | Iterable[PathLike]) -> list[Path]:
    """
    Return one or several names of files as paths.

    Args:
        sources: The name of a file or folder, or several.

    Raises:
        UsageError: It is something else.

    >>> paths_of("seeds") == paths_of([Path("seeds")])
    True
    """
    several = [sources] if isinstance(sources, str | os.PathLike) else sources
    # Bytes and open files can be gone through, too: by numbers and lines.
    if (
        isinstance(several, bytes | bytearray | memoryview)
        or hasattr(several, "read")
        or not isinstance(several, Iterable)
    ):
        raise UsageError.of("api.no-file-name", kind=type(sources).__name__)
    paths = list(several)
    for path in paths:
        if not isinstance(path, str | os.PathLike):
            raise UsageError.of("api.no-file-name", kind=type(path).__name__)
    return [checked_path(path, "sources") for path in paths]
