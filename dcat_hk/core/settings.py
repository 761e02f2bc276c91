"""
Settings: one table for the settings file, the environment, the command line, the documentation and editors.

In: a TOML file, environment variables and options. Out: `Settings`, and where each of them comes from. It opens no
other file. What a setting is for and what it may be is said in `core/wording/settings.toml`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import fields as limit_fields
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType, structs

from .errors import UsageError
from .limits import Limits, RdfLimits
from .settingfiles import FILE, find_settings_file, read_settings_file, read_variables
from .settingvalues import SettingValue, convert_setting
from .vocabularies import DEFAULT_BASE

__all__ = ["FILE", "Settings", "checked_base", "load_settings", "setting_types", "trace_settings"]

#: Nothing may follow. `$` would let a line end pass, and `\Z` is not known to every reader of JSON Schema.
_END = r"(?![\s\S])"
#: A character of a text: no control character, which no text of a catalogue may hold.
_CHARACTER = r"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
#: The name of a host, and a port.
_HOST = r"[A-Za-z0-9](?:[A-Za-z0-9.\-]*[A-Za-z0-9])?(?::[0-9]+)?"
#: Characters of an IRI: none that would end it in Turtle, and no brackets, which only stand around addresses of hosts.
_REST = r"[^\x00-\x20<>\"{}|^`\\\[\]]"
_PAGE = rf"https?://{_HOST}(?:[/?#]{_REST}*)?"
#: The same in ASCII.
_ASCII_PAGE = rf"https?://{_HOST}(?:[/?#](?!{_REST}*[^\x00-\x7f]){_REST}*)?"


#: Settings that say nothing of the catalogue: what this machine has and does, and who works at it.
_OF_THE_MACHINE = frozenset(
    {
        "cache",
        "decisions",
        "jobs",
        "language",
        "links",
        "portal",
        "portal_csdi",
        "portal_lists",
        "portal_pause",
        "reviewer",
    }
)


def _pattern(pattern: str) -> Meta:
    """Return the condition that a whole text has a form."""
    return Meta(pattern=f"^(?:{pattern}){_END}")


Text = Annotated[str, _pattern(f"{_CHARACTER}*")]
#: A text for each language, none of them blank.
Texts = dict[Literal["en", "zh-Hant", "zh-Hans"], Annotated[str, _pattern(rf"(?={_CHARACTER}*\S){_CHARACTER}*")]]
Base = Annotated[str, _pattern(rf"https?://{_HOST}/(?:[A-Za-z0-9._~\-]+/)*")]
Address = Annotated[str, _pattern(f"(?:{_PAGE})?")]
AsciiAddress = Annotated[str, _pattern(f"(?:{_ASCII_PAGE})?")]
Contact = Annotated[str, _pattern(f"(?:mailto:{_REST}+|{_PAGE})?")]
Code = Annotated[str, _pattern("(?:[A-Za-z][A-Za-z-]*)?")]
Derived = Literal["tagged", "plain", "none"]
Count = Annotated[int, Meta(ge=0, le=4096)]
Pause = Annotated[float, Meta(ge=0, le=3600)]
#: Of a limit: what every reader of JSON can hold, and what every clock can wait for.
_WHOLE = Annotated[int, Meta(gt=0, le=2**53 - 1)]
#: Of a limit of time: kernels count whole seconds.
_NUMBER = Annotated[float, Meta(ge=1, le=1_000_000)]


def _limit_table(name: str, table: type[Limits | RdfLimits]) -> type[Struct]:
    """Return the type of a table of limits, in which none must be given."""
    kinds = {"int": _WHOLE, "float": _NUMBER}
    own = [(item.name, kinds[str(item.type)] | UnsetType, UNSET) for item in limit_fields(table)]
    return msgspec.defstruct(name, own, forbid_unknown_fields=True)


#: The types of tables, by the setting that is one.
_TABLES: Mapping[str, Any] = {
    **dict.fromkeys(("title", "description", "publisher"), Texts),
    "limits": _limit_table("LimitNumbers", Limits),
    "rdf_limits": _limit_table("RdfNumbers", RdfLimits),
}


class Settings(Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """
    The settings of a catalogue.

    >>> Settings().base_iri
    'https://example.org/dcat-hk/'
    """

    base_iri: Base = DEFAULT_BASE
    title: Mapping[str, str] = {}
    description: Mapping[str, str] = {}
    publisher: Mapping[str, str] = {}
    publisher_iri: AsciiAddress = ""
    publisher_type: Code = ""
    homepage: Address = ""
    contact: Contact = ""
    derived: Derived = "tagged"
    script: Literal["", "Hant", "Hans"] = ""
    language: Literal["", "en", "zh-Hant", "zh-Hans"] = ""
    links: Text = ""
    decisions: Text = ""
    reviewer: Text = ""
    profiles: Text = ""
    cache: Text = ""
    jobs: Count = 0
    portal: AsciiAddress = "https://data.gov.hk/"
    portal_lists: AsciiAddress = "https://resource.data.one.gov.hk/opendata/open-data-list/"
    portal_csdi: AsciiAddress = "https://portal.csdi.gov.hk/geoportal/csw"
    portal_pause: Pause = 1.0
    limits: Mapping[str, float] = {}
    rdf_limits: Mapping[str, float] = {}

    def of_catalogue(self) -> dict[str, Any]:
        """
        Return the settings that say something of the catalogue, by field name.

        >>> "jobs" in Settings().of_catalogue(), Settings().of_catalogue()["derived"]
        (False, 'tagged')
        """
        return {name: value for name, value in structs.asdict(self).items() if name not in _OF_THE_MACHINE}


@cache
def setting_types() -> Mapping[str, Any]:
    """
    Return the type of every setting by its key, in their order; that of a table names what may stand in it.

    >>> list(setting_types())[:2]
    ['base-iri', 'title']
    """
    return {item.encode_name: _TABLES.get(item.name, item.type) for item in structs.fields(Settings)}


def load_settings(
    path: Path | None, options: Mapping[str, Any], environment: Mapping[str, str] | None = None
) -> Settings:
    """
    Return the settings of a file, with those of the environment put over them, and options over both.

    Args:
        path: The file; None for `dcat-hk.toml` in the working directory, if there is one.

        options: Settings by field name; None means not given.

        environment: The environment variables; None for those of this process.

    Raises:
        NotReadable: The file does not exist, cannot be read, or is not TOML.

        UsageError: A setting is unknown or has an invalid value.

    >>> load_settings(None, {"script": "Hant"}, {"DCAT_HK_SCRIPT": "Hans", "DCAT_HK_JOBS": "2"}).script
    'Hant'
    """
    traced = trace_settings(path, options, environment)
    return Settings(**{key.replace("-", "_"): one.value for key, one in traced.items()})


def trace_settings(
    path: Path | None, options: Mapping[str, Any], environment: Mapping[str, str] | None = None
) -> dict[str, SettingValue]:
    """
    Return every setting by its key, with its value and where that comes from.

    Args:
        path: The file; None for `dcat-hk.toml` in the working directory, if there is one.

        options: Settings by field name; None means not given.

        environment: The environment variables; None for those of this process.

    Raises:
        NotReadable: The file does not exist, cannot be read, or is not TOML.

        UsageError: A setting is unknown or has an invalid value.

    >>> trace_settings(None, {}, {"DCAT_HK_JOBS": "2"})["jobs"]
    SettingValue(value=2, kind='environment', source='DCAT_HK_JOBS')
    """
    types = setting_types()
    default = Settings()
    values = {key: SettingValue(getattr(default, key.replace("-", "_")), "default") for key in types}
    file = find_settings_file(path)
    if file:
        for key, value in read_settings_file(file, types).items():
            values[key] = SettingValue(convert_setting(key, value, types[key], str(file)), "file", str(file))
    for key, (name, value) in read_variables(os.environ if environment is None else environment, types).items():
        values[key] = SettingValue(convert_setting(key, value, types[key], name, loose=True), "environment", name)
    for name, value in options.items():
        key = name.replace("_", "-")
        if value is not None:
            where = f"--{key}"
            values[key] = SettingValue(convert_setting(key, value, types[key], where, loose=True), "option", where)
    _check_publisher_iri(values)
    return values


def checked_base(iri: Any) -> str:
    """
    Return a base IRI that was checked as settings are; empty if none was given.

    Args:
        iri: What was given.

    Raises:
        UsageError: It is no base IRI.

    >>> checked_base("https://data.example/"), checked_base("")
    ('https://data.example/', '')
    """
    if iri is None or iri == "":
        return ""
    base: str = convert_setting("base-iri", iri, Base, "--base-iri", loose=True)
    return base


def _check_publisher_iri(values: Mapping[str, SettingValue]) -> None:
    """Raise for an IRI of the operator that the catalogue itself gives, or that is a page."""
    iri = values["publisher-iri"]
    if not iri.value:
        return
    if iri.value.startswith(values["base-iri"].value):
        raise UsageError.of("settings.publisher-under-base", iri.source, iri=iri.value)
    if iri.value == values["homepage"].value:
        raise UsageError.of("settings.publisher-is-page", iri.source, iri=iri.value)
