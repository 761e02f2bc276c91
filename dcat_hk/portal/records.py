"""
Records of the portal: what DATA.GOV.HK or CSDI says of one dataset, and of each of its resources.

In: nothing. Out: types, and the addresses of the pages of a record. Texts are by language tag: en, zh-Hant, zh-Hans; a
language that was not read is not there. Dates are as the portal states them, `YYYY-MM-DD`, or empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from ..core.languages import COMMAND_LANGUAGES
from ..core.terms import Iri

#: What the portal and CSDI call their languages, in the order in which texts are written.
PORTAL_LANGUAGES = {"en": "en", "zh-Hant": "tc", "zh-Hans": "sc"}
_RECORD_PAGE = "https://data.gov.hk/{language}-data/dataset/{slug}"
_CSDI_PAGE = "https://portal.csdi.gov.hk/geoportal/?datasetId={slug}&lang={language}"

Texts = dict[str, str]


class PortalResource(msgspec.Struct, frozen=True, omit_defaults=True):
    """
    One resource of a record: a file, or an API.

    Args:
        url: Its address.

        id: The identifier that the portal gives it; its page is named after it.

        names: What it is called, by language.

        descriptions: What is said of it, by language.

        format: Its format, as the portal names it, in capital letters.

        issued: The day when it was published.

        created: The day when the portal made its entry.

        modified: The day when it was changed last.

        size: Its bytes, where they are stated.

        languages: Tags of the languages that it is said to be in.

        is_api: Whether the portal calls it an API.

        protocol: How to talk to it, where that is stated: WFS, WMS, ESRI:ArcGIS …

        schema: The address of what describes its structure.

    >>> PortalResource("https://files.example/a.csv", format="CSV").size is None
    True
    """

    url: str
    id: str = ""
    names: Texts = {}
    descriptions: Texts = {}
    format: str = ""
    issued: str = ""
    created: str = ""
    modified: str = ""
    size: int | None = None
    languages: tuple[str, ...] = ()
    is_api: bool = False
    protocol: str = ""
    schema: str = ""


class PortalRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """
    What the portal says of one dataset.

    Args:
        slug: Its name in addresses, the same in all languages.

        provider: The code of the body that provides it; empty if it is not known.

        titles: Its title, by language.

        notes: Its description, by language.

        category: The code of its category.

        formats: Its formats, sorted, in capital letters.

        resources: What it consists of.

        created: The day when the portal made the record; see `created.find_created`.

        modified: The day when the portal changed it last.

        frequency: How often it is updated, in the portal's words, by language.

        dictionary: The address of its data dictionary, by language.

        maintainer: Whom to ask, in the portal's words, by language.

        email: Where to ask.

        phone: Where to call.

        origin: The catalogue that has the record.

        extent: West, south, east and north of the area that it covers, in degrees.

        systems: The coordinate reference systems that it is in, as they are stated.

    >>> record = PortalRecord("hk-xyz-piers", "hk-xyz", {"en": "Piers"})
    >>> record.titles, record.formats
    ({'en': 'Piers'}, ())
    """

    slug: str
    provider: str = ""
    titles: Texts = {}
    notes: Texts = {}
    category: str = ""
    formats: tuple[str, ...] = ()
    resources: tuple[PortalResource, ...] = ()
    created: str = ""
    modified: str = ""
    frequency: Texts = {}
    dictionary: Texts = {}
    maintainer: Texts = {}
    email: str = ""
    phone: str = ""
    origin: Literal["portal", "csdi"] = "portal"
    extent: tuple[float, float, float, float] | None = None
    systems: tuple[str, ...] = ()

    @property
    def has_api(self) -> bool:
        """
        Return whether a resource is an API, or the record has that format.

        >>> PortalRecord("hk-xyz-piers", formats=("API", "CSV")).has_api
        True
        """
        return "API" in self.formats or any(one.is_api or one.protocol for one in self.resources)

    def title(self, language: str) -> str:
        """
        Return the title in a language, else the first there is; empty if there is none.

        Args:
            language: en, zh-Hant or zh-Hans.

        >>> PortalRecord("hk-xyz-piers", titles={"zh-Hant": "碼頭"}).title("en")
        '碼頭'
        """
        return self.titles.get(language) or next(iter(self.titles.values()), "")

    def page(self, language: str) -> Iri:
        """
        Return the address of the record's page in a language.

        Args:
            language: en, zh-Hant or zh-Hans.

        >>> PortalRecord("hk-xyz-piers").page("zh-Hant")
        'https://data.gov.hk/tc-data/dataset/hk-xyz-piers'
        >>> PortalRecord("xyz_rcd_1", origin="csdi").page("en")
        'https://portal.csdi.gov.hk/geoportal/?datasetId=xyz_rcd_1&lang=en'
        """
        page = _CSDI_PAGE if self.origin == "csdi" else _RECORD_PAGE
        return page.format(language=PORTAL_LANGUAGES[language], slug=self.slug)

    def resource_page(self, resource: PortalResource, language: str) -> Iri:
        """
        Return the address of the page of one of its resources; the record's if the resource has none.

        Args:
            resource: The resource.

            language: en, zh-Hant or zh-Hans.

        >>> record = PortalRecord("hk-xyz-piers", resources=(PortalResource("https://files.example/a.csv", "1f"),))
        >>> record.resource_page(record.resources[0], "en")
        'https://data.gov.hk/en-data/dataset/hk-xyz-piers/resource/1f'
        """
        has_page = resource.id and self.origin == "portal"
        return self.page(language) + (f"/resource/{resource.id}" if has_page else "")


def order_texts(texts: Mapping[str, str]) -> Texts:
    """
    Return texts in the order of languages, without those that are empty.

    Args:
        texts: Texts by language tag.

    >>> order_texts({"zh-Hant": "b", "en": "a", "zh-Hans": ""})
    {'en': 'a', 'zh-Hant': 'b'}
    """
    return {language: texts[language] for language in COMMAND_LANGUAGES if texts.get(language)}
