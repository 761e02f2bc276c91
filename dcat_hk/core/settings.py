"""
Settings: one table for the settings file, the command line and the documentation.

In: a TOML file and options. Out: `Settings`. It opens no other file.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal

from .errors import NotReadable, UsageError
from .languages import CHINESE_SCRIPTS, COMMAND_LANGUAGES, DERIVED_CHOICES, LANGUAGES
from .limits import Limits, RdfLimits
from .vocabularies import DEFAULT_BASE

#: The file that is looked for in the working directory.
FILE = "dcat-hk.toml"

Derived = Literal["tagged", "plain", "none"]
#: The name of a host, and a port.
_HOST = r"[A-Za-z0-9](?:[A-Za-z0-9.\-]*[A-Za-z0-9])?(?::\d+)?"
_BASE = re.compile(rf"https?://{_HOST}/(?:[A-Za-z0-9._~\-]+/)*")
#: Characters of an IRI: none that would end it in Turtle, and no brackets, which only stand around addresses of hosts.
_REST = r"[^\x00-\x20<>\"{}|^`\\\[\]]"
_PAGE = re.compile(rf"https?://{_HOST}(?:[/?#]{_REST}*)?")
_CONTACT = re.compile(rf"mailto:{_REST}+|{_PAGE.pattern}")
#: Control characters, which no text of a catalogue may hold.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_CODE = re.compile("[A-Za-z][A-Za-z-]*")


def _setting(default: Any, about: str, example: str) -> Any:
    """Return a field with its help and an example."""
    factory = {"default_factory": lambda: dict(default)} if isinstance(default, dict) else {"default": default}
    return field(**factory, metadata={"help": about, "example": example})


@dataclass(frozen=True, slots=True)
class Settings:
    """
    The settings of a catalogue.

    >>> Settings().base_iri
    'https://example.org/dcat-hk/'
    """

    base_iri: str = _setting(
        DEFAULT_BASE,
        "The start of all IRIs of the catalogue; it must end in a slash.",
        '"https://data.example.hk/plans/"',
    )
    title: Mapping[str, str] = _setting(
        {}, "The title of the catalogue, by language.", '{ en = "Plans", zh-Hant = "…", zh-Hans = "…" }'
    )
    description: Mapping[str, str] = _setting(
        {}, "The description of the catalogue, by language.", '{ en = "All open data plans." }'
    )
    publisher: Mapping[str, str] = _setting(
        {},
        "The name of who operates the catalogue, and so publishes all catalogues, by language; "
        "empty for “Operator of dcat-hk”.",
        '{ en = "Data Lab" }',
    )
    publisher_iri: str = _setting(
        "",
        "The operator's own IRI; empty for organisation/operator under the base IRI.",
        '"https://data.example.hk/about#us"',
    )
    publisher_type: str = _setting(
        "", "The type of the operator: a code of the ADMS publisher types; empty for none.", '"Company"'
    )
    homepage: str = _setting(
        "",
        "The page about this catalogue and no other, for people; empty for none.",
        '"https://data.example.hk/"',
    )
    contact: str = _setting("", "The contact point: a mailto: or https: address.", '"mailto:data@example.hk"')
    derived: Derived = _setting(  # noqa: RUF009 - a field, as dataclasses.field gives it
        "tagged",
        "Labels converted to the other Chinese script: tagged as derived, tagged as printed (plain), or none.",
        '"tagged"',
    )
    script: str = _setting("", "Write only one Chinese script: Hant or Hans; empty for both.", '"Hant"')
    links: str = _setting(
        "",
        "The folder of links between plans, judgements and identifiers; empty for the folder links beside the plans.",
        '"links"',
    )
    reviewer: str = _setting(
        "",
        "Who judges with dcat-hk review: an ORCID, a mailto: address or another name.",
        '"orcid:0000-0002-1825-0097"',
    )
    profiles: str = _setting(
        "",
        "The folder of further profiles that dcat-hk validate knows by name.",
        '"profiles"',
    )
    limits: Mapping[str, float] = _setting(
        {},
        "Limits on reading one file, by the names in docs/reference/limits.md.",
        "{ pages = 1000, steps = 50_000_000 }",
    )
    rdf_limits: Mapping[str, float] = _setting(
        {},
        "Limits on reading one file of RDF, by the names in docs/reference/limits.md.",
        "{ literal = 20_000_000, depth = 1000 }",
    )


def load_settings(path: Path | None, options: Mapping[str, Any]) -> Settings:
    """
    Return the settings of a file with options put over them.

    Args:
        path: The file; None for `dcat-hk.toml` in the working directory, if there is one.

        options: Settings by field name; None means not given.

    Raises:
        NotReadable: The named file does not exist or is not TOML.

        UsageError: A setting is unknown or has an invalid value.
    """
    file = path or (Path(FILE) if Path(FILE).is_file() else None)
    table = _read(file) if file else {}
    known = {item.name: item for item in fields(Settings)}
    for name in table:
        if name.replace("-", "_") not in known:
            choices = ", ".join(sorted(known)).replace("_", "-")
            raise UsageError(f"There is no setting “{name}”.", str(file), f"The settings are {choices}.")
    values = {name.replace("-", "_"): value for name, value in table.items()}
    values |= {name: value for name, value in options.items() if value is not None}
    settings = replace(Settings(), **values)
    _check(settings, str(file or ""))
    return settings


def _read(path: Path) -> dict[str, Any]:
    """Return the table of a TOML file."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise NotReadable(f"The settings file cannot be read: {error.strerror}.", str(path)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise NotReadable(f"The settings file is not valid TOML: {error}.", str(path)) from error


def _check(settings: Settings, where: str) -> None:
    """Raise for an invalid value of a setting."""
    _check_types(settings, where)
    if not _BASE.fullmatch(settings.base_iri):
        raise UsageError(
            f"“{settings.base_iri}” is not a valid base IRI.",
            where,
            "Give http(s)://host/path/, with a slash at the end.",
        )
    choices = {"derived": DERIVED_CHOICES, "script": ("", *CHINESE_SCRIPTS)}
    for name, allowed in choices.items():
        if getattr(settings, name) not in allowed:
            raise UsageError(f"“{getattr(settings, name)}” is not a valid value of “{name}”.", where, _choices(allowed))
    if settings.contact and not _CONTACT.fullmatch(settings.contact):
        raise UsageError(f"“{settings.contact}” is not a valid contact.", where, "Give a mailto: or https: address.")
    if settings.homepage and not _PAGE.fullmatch(settings.homepage):
        raise UsageError(f"“{settings.homepage}” is not a valid home page.", where, "Give an https: address.")
    if settings.publisher_type and not _CODE.fullmatch(settings.publisher_type):
        advice = "Give a code of the ADMS publisher types, such as Company."
        raise UsageError(f"“{settings.publisher_type}” is not a valid publisher type.", where, advice)
    if settings.publisher_iri:
        _check_publisher_iri(settings, where)
    _check_limits(settings.limits, where, "limits", Limits)
    _check_limits(settings.rdf_limits, where, "rdf-limits", RdfLimits)
    for name in ("title", "description", "publisher"):
        unknown = set(getattr(settings, name)) - {*LANGUAGES}
        if unknown:
            advice = _choices(COMMAND_LANGUAGES)
            raise UsageError(f"“{min(unknown)}” is not a language of the setting “{name}”.", where, advice)


def _check_publisher_iri(settings: Settings, where: str) -> None:
    """Raise for an IRI of the operator that is none, or that the catalogue itself gives."""
    if not _PAGE.fullmatch(settings.publisher_iri) or not settings.publisher_iri.isascii():
        advice = "Give an https: address of ASCII characters."
        raise UsageError(f"“{settings.publisher_iri}” is not a valid IRI of the publisher.", where, advice)
    if settings.publisher_iri.startswith(settings.base_iri):
        advice = "Leave it empty for organisation/operator, or give one outside the base IRI."
        raise UsageError(f"“{settings.publisher_iri}” is under the base IRI.", where, advice)
    if settings.publisher_iri == settings.homepage:
        advice = "Give the operator an IRI of its own: a page is not who publishes it."
        raise UsageError(f"“{settings.publisher_iri}” is the home page, too.", where, advice)


def _check_types(settings: Settings, where: str) -> None:
    """Raise for a setting that is not a text, or not a table of texts where it has one for each language."""
    for item in fields(Settings):
        value, name = getattr(settings, item.name), item.name.replace("_", "-")
        if name in {"limits", "rdf-limits"}:
            continue
        if item.default_factory is MISSING:
            if not isinstance(value, str):
                raise UsageError(f"“{value}” is not a valid value of “{name}”.", where, "Give a text in quotes.")
        elif not isinstance(value, Mapping) or not all(map(_is_text, value.values())):
            advice = f'Give a text for each language, such as {name} = {{ en = "…" }}.'
            raise UsageError(f"“{value}” is not a valid value of “{name}”.", where, advice)


def _is_text(value: object) -> bool:
    """Return whether a value is a text that a catalogue can hold: not blank, and without control characters."""
    return isinstance(value, str) and bool(value.strip()) and not _CONTROL.search(value)


def _choices(allowed: Sequence[str]) -> str:
    """
    Return the advice to choose one of some values.

    >>> _choices(("", "Hant", "Hans"))
    'Choose one of Hant, Hans.'
    """
    return f"Choose one of {', '.join(filter(None, allowed))}."


def _check_limits(limits: Any, where: str, setting: str, table: type[Limits | RdfLimits]) -> None:
    """Raise for an unknown limit, or one that is not a number above zero."""
    known = {item.name: item.type for item in fields(table)}
    if not isinstance(limits, Mapping):
        example = next(iter(known))
        advice = f"Write [{setting}] and a line for each, such as {example} = 1000."
        raise UsageError(f"“{setting}” is not a table.", where, advice)
    for name, value in limits.items():
        if name not in known:
            raise UsageError(f"There is no limit “{name}”.", where, f"The limits are {', '.join(sorted(known))}.")
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not number or not 0 < value < float("inf") or (known[name] == "int" and not isinstance(value, int)):
            kind = "whole number" if known[name] == "int" else "number"
            raise UsageError(
                f"“{value}” is not a valid value of the limit “{name}”.", where, f"Give a {kind} above zero."
            )
