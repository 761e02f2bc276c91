"""
Settings: one table that the settings file, the command line and the documentation are read from.

In: a TOML file and options. Out: `Settings`. It opens no other file.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal

from .errors import NotReadable, UsageError
from .languages import COMMAND_LANGUAGES, LANGUAGES
from .limits import Limits
from .vocabularies import DEFAULT_BASE

#: The file that is looked for in the working directory.
FILE = "dcat-hk.toml"

Derived = Literal["tagged", "plain", "none"]
_BASE = re.compile(r"https?://[A-Za-z0-9.\-]+(?::\d+)?/(?:[A-Za-z0-9._~\-]+/)*")


def _setting(default: Any, about: str, example: str) -> Any:
    """Return a field with what the documentation says of it."""
    factory = {"default_factory": lambda: dict(default)} if isinstance(default, dict) else {"default": default}
    return field(**factory, metadata={"help": about, "example": example})


@dataclass(frozen=True, slots=True)
class Settings:
    """
    What a catalogue's keeper decides.

    >>> Settings().base_iri
    'https://example.org/dcat-hk/'
    """

    base_iri: str = _setting(
        DEFAULT_BASE,
        "The IRI that all IRIs of the catalogue begin with; it must end in a slash.",
        '"https://data.example.hk/plans/"',
    )
    title: Mapping[str, str] = _setting(
        {}, "The title of the catalogue, by language.", '{ en = "Plans", zh-Hant = "…", zh-Hans = "…" }'
    )
    description: Mapping[str, str] = _setting(
        {}, "The description of the catalogue, by language.", '{ en = "All open data plans." }'
    )
    publisher: Mapping[str, str] = _setting(
        {"en": "dcat-hk"}, "The name of who publishes the catalogue, by language.", '{ en = "Data Lab" }'
    )
    publisher_type: str = _setting(
        "NonProfitOrganisation", "What the publisher is: a code of the ADMS publisher types.", '"Company"'
    )
    homepage: str = _setting(
        "https://data.gov.hk/en/annual-open-data-plans", "The catalogue's home page.", '"https://data.example.hk/"'
    )
    contact: str = _setting("", "Where to write to: a mailto: or https: address.", '"mailto:data@example.hk"')
    derived: Derived = _setting(  # noqa: RUF009 - a field, as dataclasses.field gives it
        "tagged",
        "Labels turned into the other Chinese script: tagged as derived, tagged like printed ones (plain), none.",
        '"tagged"',
    )
    script: str = _setting("", "Write only one Chinese script: Hant or Hans; empty for both.", '"Hant"')
    limits: Mapping[str, float] = _setting(
        {},
        "What reading one file may cost, by the names in docs/reference/limits.md.",
        "{ pages = 1000, steps = 50_000_000 }",
    )


def load_settings(path: Path | None, options: Mapping[str, Any]) -> Settings:
    """
    Return the settings of a file with options put over them.

    Args:
        path: The file; None for `dcat-hk.toml` in the working directory, if there is one.

        options: Settings by field name; None means not given.

    Raises:
        NotReadable: The named file is not there or is no TOML.

        UsageError: A setting is unknown or has a value it cannot have.
    """
    found = path or (Path(FILE) if Path(FILE).is_file() else None)
    stated = _read(found) if found else {}
    known = {item.name: item for item in fields(Settings)}
    for name in stated:
        if name.replace("-", "_") not in known:
            choices = ", ".join(sorted(known)).replace("_", "-")
            raise UsageError(f"There is no setting “{name}”.", str(found), f"Settings are {choices}.")
    values = {name.replace("-", "_"): value for name, value in stated.items()}
    values |= {name: value for name, value in options.items() if value is not None}
    settings = replace(Settings(), **values)
    _check(settings, str(found or ""))
    return settings


def _read(path: Path) -> dict[str, Any]:
    """Return what a TOML file says."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise NotReadable(f"The settings cannot be read: {error.strerror}.", str(path)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise NotReadable(f"The settings are no TOML: {error}.", str(path)) from error


def _check(settings: Settings, where: str) -> None:
    """Raise for a value that a setting cannot have."""
    if not _BASE.fullmatch(settings.base_iri):
        raise UsageError(
            f"“{settings.base_iri}” cannot be a base IRI.", where, "Give http(s)://host/path/ with a slash at the end."
        )
    choices = {"derived": ("tagged", "plain", "none"), "script": ("", "Hant", "Hans")}
    for name, allowed in choices.items():
        if getattr(settings, name) not in allowed:
            raise UsageError(f"“{getattr(settings, name)}” is no {name}.", where, f"Give one of {', '.join(allowed)}.")
    if settings.contact and not settings.contact.startswith(("mailto:", "https://", "http://")):
        raise UsageError(f"“{settings.contact}” is no contact.", where, "Give a mailto: or https: address.")
    _check_limits(settings.limits, where)
    for name in ("title", "description", "publisher"):
        strange = set(getattr(settings, name)) - {*LANGUAGES}
        if strange:
            advice = f"Languages are {', '.join(COMMAND_LANGUAGES)}."
            raise UsageError(f"{name} has no language “{min(strange)}”.", where, advice)


def _check_limits(limits: Any, where: str) -> None:
    """Raise for a limit that there is not, or that is no number above zero."""
    if not isinstance(limits, Mapping):
        raise UsageError("“limits” is no table.", where, "Write [limits] and a line for each, such as pages = 1000.")
    known = {item.name: item.type for item in fields(Limits)}
    for name, value in limits.items():
        if name not in known:
            raise UsageError(f"There is no limit “{name}”.", where, f"Limits are {', '.join(sorted(known))}.")
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not number or not 0 < value < float("inf") or (known[name] == "int" and not isinstance(value, int)):
            kind = "whole number" if known[name] == "int" else "number"
            raise UsageError(f"“{value}” cannot be the limit “{name}”.", where, f"Give a {kind} above zero.")
