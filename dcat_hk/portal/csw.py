"""
Answers of a catalogue service (CSW) -> entries in the form that `packages` reads.

In: the text of a GetRecords answer. Out: entries, and how many there are in all. Records in ISO 19139 have texts by
language; those in Dublin Core have one text, whose script says the language. Nothing is opened or expanded: a document
type ends the reading.

Spec: OGC 07-006r1 (CSW 2.0.2); ISO 19115 and ISO 19139 (gmd).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lxml.etree import XMLParser, XMLSyntaxError, fromstring

from ..core.text import script_of
from .packages import find_text_tag

_NAMES = {
    "csw": "http://www.opengis.net/cat/csw/2.0.2",
    "csw3": "http://www.opengis.net/cat/csw/3.0",
    "ows": "http://www.opengis.net/ows",
    "gmd": "http://www.isotc211.org/2005/gmd",
    "gco": "http://www.isotc211.org/2005/gco",
    "srv": "http://www.isotc211.org/2005/srv",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dct": "http://purl.org/dc/terms/",
}
_RECORD = f"{{{_NAMES['gmd']}}}MD_Metadata"
#: What codes of languages begin with.
_ENGLISH, _CHINESE = "en", ("zh", "chi", "zho")
_SIDES = ("westBoundLongitude", "southBoundLatitude", "eastBoundLongitude", "northBoundLatitude")


class NotCsw(ValueError):
    """A text is no answer of GetRecords; the reason is that of the service, if it gives one."""


def read_answer(text: str) -> tuple[list[Mapping[str, Any]], int | None]:
    """
    Return the entries of an answer, one for each record, and how many records there are in all.

    Args:
        text: The answer.

    Raises:
        NotCsw: It is none.

    >>> read_answer('<r xmlns="http://www.opengis.net/cat/csw/2.0.2"><SearchResults numberOfRecordsMatched="0"/></r>')
    ([], 0)
    """
    root = _parse(text)
    results = next(_find(root, ".//csw:SearchResults | .//csw3:SearchResults"), None)
    if results is None:
        raise NotCsw(_text(root, ".//ows:ExceptionText") or root.tag)
    stated = results.get("numberOfRecordsMatched", "")
    records = [_read_record(one) for one in results if isinstance(one.tag, str)]
    return records, int(stated) if stated.isdecimal() else None


def _parse(text: str) -> Any:
    """Return the root of a text that has no document type."""
    if "<!DOCTYPE" in text:
        raise NotCsw("DOCTYPE")
    parser = XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        # What the declaration says of the encoding is true of the bytes only.
        return fromstring(text.encode(), parser)
    except (XMLSyntaxError, ValueError) as error:
        line, column = error.position if isinstance(error, XMLSyntaxError) else (1, 1)
        raise NotCsw(f"XML {line}:{column}") from error


def _read_record(record: Any) -> Mapping[str, Any]:
    """Return an entry of a record."""
    return _read_iso(record) if record.tag == _RECORD else _read_dublin_core(record)


# ---- ISO 19139


def _read_iso(record: Any) -> Mapping[str, Any]:
    """Return an entry of a record in ISO 19139."""
    tags = _locales(record)
    citation = ".//gmd:identificationInfo//gmd:citation//gmd:title"
    return {
        "origin": "csdi",
        "name": _text(record, "gmd:fileIdentifier"),
        "title": _texts(record, citation, tags),
        "notes": _texts(record, ".//gmd:identificationInfo//gmd:abstract", tags),
        "organization": {"title": _texts(record, ".//gmd:contact//gmd:organisationName", tags)},
        "maintainer_email": _text(record, ".//gmd:electronicMailAddress"),
        "maintainer_phone": _text(record, ".//gmd:voice"),
        "metadata_modified": _text(record, "gmd:dateStamp"),
        "update_frequency": {"en": _code(record, ".//gmd:MD_MaintenanceFrequencyCode")},
        "formats": [_text(one, ".") for one in _find(record, ".//gmd:MD_Format/gmd:name")],
        "resources": [_read_link(one, tags) for one in _find(record, ".//gmd:CI_OnlineResource")],
        "extent": _extent(record),
        "systems": [_text(one, ".") for one in _find(record, "gmd:referenceSystemInfo//gmd:RS_Identifier/gmd:code")],
    }


def _read_link(link: Any, tags: Mapping[str, str]) -> Mapping[str, Any]:
    """Return a resource of a link."""
    return {
        "url": _text(link, "gmd:linkage/gmd:URL"),
        "name": _texts(link, "gmd:name", tags),
        "description": _texts(link, "gmd:description", tags),
        "protocol": _text(link, "gmd:protocol"),
    }


def _locales(record: Any) -> Mapping[str, str]:
    """Return the languages of a record by the names that its texts refer to; its own is under the empty name."""
    codes = {"": f"{_code(record, 'gmd:language/gmd:LanguageCode')}{_text(record, 'gmd:language')}"}
    for locale in _find(record, "gmd:locale/gmd:PT_Locale"):
        code = _code(locale, "gmd:languageCode/gmd:LanguageCode") + " " + _code(locale, "gmd:country/gmd:Country")
        codes[locale.get("id", "")] = f"{locale.get('id', '')} {code}"
    return {name: code.lower() for name, code in codes.items()}


def _texts(record: Any, path: str, tags: Mapping[str, str]) -> dict[str, str]:
    """Return a text by language tag."""
    element = next(_find(record, path), None)
    if element is None:
        return {}
    found: dict[str, str] = {}
    own = _text(element, "gco:CharacterString")
    others = _find(element, ".//gmd:LocalisedCharacterString")
    texts = [(tags.get(one.get("locale", "").lstrip("#"), ""), _text(one, ".")) for one in others]
    for code, text in ((tags.get("", ""), own), *texts):
        tag = _tag_of(code, text) if text else ""
        if tag:
            found.setdefault(tag, text)
    return found


def _tag_of(code: str, text: str) -> str:
    """Return the tag of the language of a text: by its code, and by its script where that says more."""
    script = script_of(text, "Hant")
    if code.startswith(_ENGLISH) or script == "Latn":
        # A text without ideographs is no Chinese, whatever it is called.
        return "en" if script == "Latn" else ""
    stated = {"hans", "cn", "sc"} & set(code.replace("-", " ").replace("_", " ").split())
    if stated:
        return "zh-Hans"
    return find_text_tag(text) or ("zh-Hant" if any(one in code for one in _CHINESE) else "")


def _extent(record: Any) -> list[float]:
    """Return west, south, east and north of a record; empty if it does not state all of them."""
    box = next(_find(record, ".//gmd:EX_GeographicBoundingBox"), None)
    try:
        return [float(_text(box, f"gmd:{side}")) for side in _SIDES] if box is not None else []
    except ValueError:
        return []


# ---- Dublin Core


def _read_dublin_core(record: Any) -> Mapping[str, Any]:
    """Return an entry of a record in Dublin Core."""
    return {
        "origin": "csdi",
        "name": _text(record, "dc:identifier"),
        "title": _by_script(_text(record, "dc:title")),
        "notes": _by_script(_text(record, "dct:abstract") or _text(record, "dc:description")),
        "metadata_modified": _text(record, "dct:modified"),
        "formats": [_text(one, ".") for one in _find(record, "dc:format")],
        "resources": [
            {"url": _text(one, "."), "protocol": one.get("scheme", "").rpartition(":")[2]}
            for one in _find(record, "dct:references | dc:URI")
        ],
    }


def _by_script(text: str) -> dict[str, str]:
    """Return a text under the language of its script, where that is clear."""
    tag = find_text_tag(text)
    return {tag: text} if tag else {}


# ---- XML


def _find(element: Any, path: str) -> Iterator[Any]:
    """Yield the elements that a path leads to."""
    yield from element.xpath(path, namespaces=_NAMES)


def _text(element: Any, path: str) -> str:
    """Return all text in the first element that a path leads to."""
    found = next(_find(element, path), None)
    return " ".join("".join(found.itertext()).split()) if found is not None else ""


def _code(element: Any, path: str) -> str:
    """Return the value of a code list in the first element that a path leads to."""
    found = next(_find(element, path), None)
    return (found.get("codeListValue") or "") if found is not None else ""
