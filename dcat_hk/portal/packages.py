"""
One entry of the portal -> a record in the languages that the entry has.

In: a package of CKAN as JSON, or what other files say in the same form. Out: a `PortalRecord`. What has the wrong type
counts as missing: strangers wrote it. Bodies and categories are known by the codes and names of the vocabularies.

Spec: CKAN 2.9, action API (package_show).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ..core.languages import COMMAND_LANGUAGES, LANGUAGE_OF_SCRIPT
from ..core.text import collapse, is_noise, script_of
from ..core.vocabularies import Vocabularies
from .dates import day_of, states_date
from .records import PortalRecord, PortalResource, Texts, order_texts

#: What languages are called in files and addresses of the portal, in small letters.
LANGUAGE_NAMES: Mapping[str, str] = {
    "en": "en",
    "english": "en",
    "eng": "en",
    "tc": "zh-Hant",
    "zh-hant": "zh-Hant",
    "zh-hk": "zh-Hant",
    "zh-tw": "zh-Hant",
    "sc": "zh-Hans",
    "zh-hans": "zh-Hans",
    "zh-cn": "zh-Hans",
}
_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9_\-.]{0,199}")
#: What a slug of a body of the government begins with: its code.
_GOVERNMENT = re.compile(r"hk-[a-z0-9]+(?=-)")
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]{3,}", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")
#: What stands between the code of a department and a number in the names of CSDI's records.
_CSDI_MARK = "_rcd_"
#: The dates of a record and of a resource, and what the portal calls them; the first that is stated counts.
_DATES: Mapping[str, Sequence[str]] = {"created": ("metadata_created",), "modified": ("metadata_modified",)}
_RESOURCE_DATES: Mapping[str, Sequence[str]] = {
    "issued": ("datePublished",),
    "created": ("dateCreated", "created"),
    "modified": ("dateModified", "last_modified"),
}
_TRUE = frozenset({"true", "yes", "y", "1"})
#: Texts of more characters are cut: no title, name or description is as long.
_LONGEST = 20_000


def find_tag(name: str) -> str:
    """
    Return the tag of a language by what the portal calls it; empty if it is none of three.

    Args:
        name: A name or a tag.

    >>> find_tag("tc"), find_tag("ZH_Hans"), find_tag("fr")
    ('zh-Hant', 'zh-Hans', '')
    """
    return LANGUAGE_NAMES.get(name.strip().lower().replace("_", "-"), "")


def find_text_tag(text: str) -> str:
    """
    Return the tag of the language that the script of a text tells; empty if it could be in either of the Chinese ones.

    Args:
        text: The text.

    >>> find_text_tag("Piers"), find_text_tag("碼頭"), find_text_tag("名")
    ('en', 'zh-Hant', '')
    """
    found = {script_of(text, default) for default in ("Hant", "Hans")}
    return LANGUAGE_OF_SCRIPT[found.pop()] if len(found) == 1 else ""


def slug_of(package: Mapping[str, Any]) -> str:
    """
    Return the name of an entry in addresses; empty if it has none that can be one.

    Args:
        package: The entry.

    >>> slug_of({"name": "hk-xyz-piers"}), slug_of({"name": "a b"}), slug_of({"name": 5})
    ('hk-xyz-piers', '', '')
    """
    name = package.get("name")
    return name.strip() if isinstance(name, str) and _SLUG.fullmatch(name.strip()) else ""


def find_bad_dates(package: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """
    Yield what a package states as a date and is none: the field of the record, and the text.

    Args:
        package: The package.

    >>> list(find_bad_dates({"metadata_created": "13/9/2025", "metadata_modified": "2025-09-13T10:00:00"}))
    [('created', '13/9/2025')]
    """
    inner = _mappings(package.get("resources"))
    places = [(package, "", _DATES), *((one, "resources.", _RESOURCE_DATES) for one in inner)]
    for thing, before, dates in places:
        for name, keys in dates.items():
            texts = (_text(thing.get(key)) for key in keys)
            yield from ((f"{before}{name}", text) for text in texts if text and not states_date(text))


def read_package(package: Mapping[str, Any], language: str, vocabularies: Vocabularies) -> PortalRecord:
    """
    Return the record of an entry that has a slug.

    Args:
        package: The entry.

        language: The tag of the language of its texts; empty if that is not known: then they are left out.

        vocabularies: Where codes of bodies and categories are found.

    >>> from ..core.vocabularies import load
    >>> record = read_package({"name": "hk-hkpf-piers", "title": "Piers", "metadata_created": ""}, "en", load())
    >>> record.titles, record.provider
    ({'en': 'Piers'}, 'hk-hkpf')
    """
    package = _with_extras(package)
    resources = tuple(
        _read_resource(one, language) for one in _mappings(package.get("resources")) if _address(one.get("url"))
    )
    formats = {one.format for one in resources} | _formats(_list(package.get("formats")))
    email, dates = _text(package.get("maintainer_email")), _find_dates(package, _DATES)
    return PortalRecord(
        slug=slug_of(package),
        provider=_provider(package, vocabularies),
        titles=texts_of(package.get("title"), language),
        notes=texts_of(package.get("notes"), language),
        category=_category(package, vocabularies),
        formats=tuple(sorted(formats - {""})),
        resources=resources,
        created=dates["created"],
        modified=dates["modified"],
        frequency=texts_of(package.get("update_frequency"), language),
        dictionary={
            tag: text for tag, text in texts_of(package.get("data_dictionary"), language).items() if _address(text)
        },
        maintainer=texts_of(package.get("maintainer"), language),
        email=email if _EMAIL.fullmatch(email) else "",
        phone=_text(package.get("maintainer_phone")),
        origin="csdi" if package.get("origin") == "csdi" else "portal",
        extent=_extent(package.get("extent")),
        systems=tuple(sorted({_text(one) for one in _list(package.get("systems"))} - {""})),
    )


def names_of(package: Mapping[str, Any], language: str, vocabularies: Vocabularies) -> dict[str, tuple[str, Texts]]:
    """
    Return the code and the names of the body and of the category of an entry, as it has them.

    Args:
        package: The entry.

        language: The tag of the language of its texts.

        vocabularies: The known bodies: of one that is not known the slug may have the code.

    >>> from ..core.vocabularies import load
    >>> names_of({"organization": {"name": "hk-xyz", "title": "Pier Office"}}, "en", load())["providers"]
    ('hk-xyz', {'en': 'Pier Office'})
    """
    body, group = _mapping(package.get("organization")), _group(package)
    code = _provider(package, vocabularies)
    stated = _text(body.get("name")) or ("" if code in vocabularies.organisations else code)
    return {
        "providers": (stated, texts_of(body.get("title"), language)),
        "categories": (_text(group.get("name")), texts_of(group.get("title"), language)),
    }


def texts_of(value: Any, language: str) -> Texts:
    """
    Return a text by language: in the language of the file, or in those that it names itself.

    Args:
        value: A text, or texts by language.

        language: The tag of the language of the file; empty if it is not known.

    >>> texts_of(" Piers\\n", "en"), texts_of({"tc": "b", "en": "a"}, ""), texts_of(None, "en"), texts_of("a", "")
    ({'en': 'Piers'}, {'en': 'a', 'zh-Hant': 'b'}, {}, {})
    """
    if isinstance(value, Mapping):
        return order_texts({find_tag(str(name)): _text(text) for name, text in value.items()})
    return order_texts({language: _text(value)})


def find_provider(slug: str, vocabularies: Vocabularies) -> str:
    """
    Return the code of the body that a slug begins with, the longest that is known; empty if none is.

    Args:
        slug: The slug.

        vocabularies: The known bodies.

    >>> from ..core.vocabularies import load
    >>> find_provider("hk-hkpf-asdp-x", load()), find_provider("xyz-1", load())
    ('hk-hkpf', '')
    """
    body, mark, _rest = slug.partition(_CSDI_MARK)
    if mark:
        # CSDI has the codes of departments without what the portal puts before them.
        return next((code for code in (f"hk-{body}".lower(), body.lower()) if code in vocabularies.organisations), "")
    parts = slug.lower().split("-")
    starts = ("-".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((start for start in starts if start in vocabularies.organisations), "")


def _provider(package: Mapping[str, Any], vocabularies: Vocabularies) -> str:
    """Return the code of the body that provides an entry: as stated, by its slug, by its name."""
    body = _mapping(package.get("organization"))
    stated = _text(body.get("name"))
    if stated and _SLUG.fullmatch(stated):
        return stated
    found = find_provider(slug_of(package), vocabularies)
    names = texts_of(body.get("title"), "en").values()
    named = (vocabularies.find_organisation(name) for name in names)
    known = found or next((body.notation for body in named if body), "")
    return known or (_code_in(slug_of(package)) if any(names) else "")


def _code_in(slug: str) -> str:
    """Return what stands in a slug for a body of the government that is named, but not known; empty if nothing does."""
    found = _GOVERNMENT.match(slug.lower())
    return found[0] if found else ""


def _category(package: Mapping[str, Any], vocabularies: Vocabularies) -> str:
    """Return the code of the category of an entry."""
    group = _group(package)
    stated = _text(group.get("name"))
    if stated and _SLUG.fullmatch(stated):
        return stated
    named = (vocabularies.find_category(name) for name in texts_of(group.get("title"), "en").values())
    return next((category.notation for category in named if category), "")


def _group(package: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the first group of an entry: the portal calls its categories so."""
    return next(iter(_mappings(package.get("groups"))), _mapping(package.get("group")))


def _find_dates(thing: Mapping[str, Any], keys: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return the days that a record or a resource states, by name; empty where it states none."""
    return {
        name: day_of(_text(next((thing[key] for key in own if thing.get(key)), None))) for name, own in keys.items()
    }


def _read_resource(one: Mapping[str, Any], language: str) -> PortalResource:
    """Return a resource that has an address."""
    tags = one.get("inLanguage", one.get("language"))
    languages = {find_tag(str(tag)) for tag in (tags if isinstance(tags, list) else [tags])}
    schema = _text(one.get("schema"))
    dates = _find_dates(one, _RESOURCE_DATES)
    return PortalResource(
        url=_address(one.get("url")),
        id=_identifier(one.get("id")),
        names=texts_of(one.get("name"), language),
        descriptions=texts_of(one.get("description"), language),
        format=next(iter(_formats([one.get("format")])), ""),
        issued=dates["issued"],
        created=dates["created"],
        modified=dates["modified"],
        size=_size(one.get("size")),
        languages=tuple(tag for tag in COMMAND_LANGUAGES if tag in languages),
        is_api=_text(one.get("is_api")).lower() in _TRUE,
        protocol=_text(one.get("protocol")),
        schema=_address(schema),
    )


def _with_extras(package: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return an entry with its further fields beside the others, which come first."""
    extras = {_text(one.get("key")): one.get("value") for one in _mappings(package.get("extras"))}
    return {**extras, **{key: value for key, value in package.items() if value is not None}}


def _formats(names: Iterable[Any]) -> set[str]:
    """Return formats in capital letters."""
    return {name for name in (_text(one).upper().lstrip(".") for one in names) if name}


def _text(value: Any) -> str:
    """Return a text on one line without what cannot be printed; empty for what is none."""
    if isinstance(value, bool):
        return "true" if value else ""
    if isinstance(value, int | float):
        return str(value)
    if not isinstance(value, str):
        return ""
    shown = value if value.isprintable() else "".join(one for one in value if not is_noise(one))
    return collapse(shown[:_LONGEST])


def _address(value: Any) -> str:
    """Return an address of http or https; empty for anything else."""
    text = value.strip() if isinstance(value, str) else ""
    return text if _ADDRESS.fullmatch(text) else ""


def _identifier(value: Any) -> str:
    """Return an identifier that can stand in an address."""
    return value if isinstance(value, str) and _SLUG.fullmatch(value) else ""


def _size(value: Any) -> int | None:
    """Return a number of bytes, if that is what is stated."""
    if isinstance(value, str) and value.strip().isdecimal() and len(value) < 16:
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**53 else None


def _extent(value: Any) -> tuple[float, float, float, float] | None:
    """Return an area, if that is what is stated."""
    numbers = [float(one) for one in _list(value) if isinstance(one, int | float)]
    if len(numbers) != 4 or not (-180 <= numbers[0] <= numbers[2] <= 180 and -90 <= numbers[1] <= numbers[3] <= 90):
        return None
    return numbers[0], numbers[1], numbers[2], numbers[3]


def _list(value: Any) -> list[Any]:
    """Return a list, an empty one for anything else."""
    return value if isinstance(value, list) else []


def _mapping(value: Any) -> Mapping[str, Any]:
    """Return a table, an empty one for anything else."""
    return value if isinstance(value, Mapping) else {}


def _mappings(value: Any) -> list[Mapping[str, Any]]:
    """Return the tables in a list."""
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []
