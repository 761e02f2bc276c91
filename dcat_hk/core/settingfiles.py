"""
Where settings stand: a TOML file, and environment variables.

In: a path, the environment. Out: values by key, as they are written. Whether they are valid is known elsewhere.
"""

from __future__ import annotations

import os
import re
import stat
import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from .errors import DcatHkError, NotReadable, UsageError
from .wording.refusals import EnglishReason, SystemReason

#: The file that is looked for in the working directory.
FILE = "dcat-hk.toml"
#: What the names of variables begin with.
PREFIX = "DCAT_HK_"
#: The other variables that begin so: what stores ask for, which is no setting and stands in no file.
CREDENTIALS = frozenset({"DCAT_HK_USER", "DCAT_HK_PASSWORD", "DCAT_HK_TOKEN"})
#: What the parser says, and where.
_AT = re.compile(r"(?s:(?P<reason>.*)) \(at (?:line (?P<line>[0-9]+), column [0-9]+|end of document)\)")
#: The most bytes of a settings file.
_MOST = 1_000_000
#: How alike a name must be to one that there is, to be taken for a slip.
_ALIKE = 0.6


def find_settings_file(path: Path | None) -> Path | None:
    """
    Return the settings file to read: the one that is named, else `dcat-hk.toml` in the working directory, if any.

    >>> find_settings_file(Path("my.toml"))
    PosixPath('my.toml')
    """
    # Also a folder or a broken link of that name is found: it would be passed over in silence otherwise.
    return path or (Path(FILE) if os.path.lexists(FILE) else None)


def read_settings_file(path: Path, keys: Collection[str]) -> dict[str, Any]:
    """
    Return the values of a settings file by key.

    Args:
        path: The file.

        keys: The settings that there are.

    Raises:
        NotReadable: The file does not exist, cannot be read, or is not TOML.

        UsageError: A setting is unknown, or given twice.
    """
    values: dict[str, Any] = {}
    for name, value in _parse(_read_text(path), path).items():
        key = name.replace("_", "-")
        if key not in keys:
            raise unknown_setting("settings.unknown", str(path), name, keys)
        if key in values:
            raise UsageError.of("settings.twice", str(path), key=key, other=key.replace("-", "_"))
        values[key] = value
    return values


def read_variables(environment: Mapping[str, str], keys: Collection[str]) -> dict[str, tuple[str, str]]:
    """
    Return the variables that hold settings, by key: the variable's name and its text. An empty one is not given.

    Args:
        environment: The environment variables.

        keys: The settings that there are.

    Raises:
        UsageError: A variable begins like those of settings and is none.

    >>> read_variables({"DCAT_HK_SCRIPT": "Hant", "DCAT_HK_JOBS": "", "HOME": "/"}, ["script", "jobs"])
    {'script': ('DCAT_HK_SCRIPT', 'Hant')}
    """
    names = {variable_of(key): key for key in keys}
    found: dict[str, tuple[str, str]] = {}
    for name, text in sorted(environment.items()):
        if not text or not name.startswith(PREFIX) or name in CREDENTIALS:
            continue
        if name not in names:
            raise unknown_setting("settings.unknown-variable", name, name, [*names, *CREDENTIALS])
        found[names[name]] = (name, text)
    return found


def variable_of(key: str) -> str:
    """
    Return the name of the variable that holds a setting.

    >>> variable_of("base-iri")
    'DCAT_HK_BASE_IRI'
    """
    return PREFIX + key.upper().replace("-", "_")


def unknown_setting(code: str, where: str, name: str, known: Collection[str]) -> UsageError:
    """
    Return the error for a name that is not known: it suggests the nearest one, else lists all.

    >>> print(unknown_setting("settings.unknown", "a.toml", "base-irl", ["base-iri", "jobs"]))
    a.toml: There is no setting “base-irl”. Did you mean “base-iri”?
    """
    # Every run looks for a settings file before it knows its language: what only errors need is loaded for them.
    import difflib

    from .text import printable

    shown = printable(name[:80])
    near = difflib.get_close_matches(name.replace("_", "-") if "-" in "".join(known) else name, known, 1, _ALIKE)
    if near:
        return UsageError.of(f"{code}-near", where, name=shown, near=near[0])
    return UsageError.of(code, where, name=shown, names=sorted(known))


def _read_text(path: Path) -> str:
    """Return the text of a settings file."""
    try:
        mode = path.stat().st_mode
        # A pipe or a terminal would be waited for, and a device may have no end; the null device is an empty file.
        if stat.S_ISDIR(mode):
            raise NotReadable.of("settings.folder", str(path), file=FILE)
        if not stat.S_ISREG(mode) and path != Path(os.devnull):
            raise NotReadable.of("settings.no-file", str(path))
        with path.open("rb") as file:
            data = file.read(_MOST + 1)
    except OSError as error:
        raise NotReadable.of("settings.unreadable", str(path), reason=SystemReason.of(error)) from error
    except ValueError as error:
        # A name with a NUL, which no file has.
        from .text import printable

        raise NotReadable.of("settings.no-name", printable(str(path))) from error
    if len(data) > _MOST:
        raise NotReadable.of("settings.huge", str(path), most=_MOST)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise NotReadable.of("settings.no-utf-8", str(path), line=line) from error


def _parse(text: str, path: Path) -> dict[str, Any]:
    """Return the table of a TOML text."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = _AT.fullmatch(str(error))
        line = int(said["line"]) if said and said["line"] else text.count("\n") + 1
        reason = EnglishReason(said["reason"] if said else str(error))
        raise NotReadable.of("settings.no-toml", str(path), line=line, reason=reason) from error
    except (RecursionError, ValueError) as error:
        # Tables in tables without end, or a number of thousands of digits.
        raise NotReadable.of("settings.no-values", str(path)) from error


def read_asked_language(path: Path | None) -> str:
    """
    Return the language that a settings file states, in whatever state the rest of it is; empty if none.

    Args:
        path: The file; None for `dcat-hk.toml` in the working directory, if there is one.

    >>> read_asked_language(Path("/dev/null"))
    ''
    """
    file = find_settings_file(path)
    try:
        language = _parse(_read_text(file), file).get("language") if file else ""
    except DcatHkError:
        # It is told with its reason where the settings are needed.
        return ""
    return language if isinstance(language, str) else ""
