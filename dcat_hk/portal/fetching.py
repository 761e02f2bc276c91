"""
The portal itself -> a snapshot: page by page in each language, its own lists, and CSDI.

In: settings of what to ask. Out: inputs for `reading`. Every page that was fetched is kept in a folder beside the
snapshot until the snapshot is written: a run that was killed is gone on with, on the same day or the next. Pages that
are older are fetched anew: those of different days do not belong together.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

import msgspec

from ..core.errors import Finding, NotReadable, UsageError
from ..core.files import write_file
from ..core.languages import COMMAND_LANGUAGES
from ..core.locks import hold_lock
from ..core.reporting import Progress, no_progress
from ..core.settings import Settings
from ..core.today import find_today
from ..core.wording.refusals import SystemReason
from .asking import TRIES, PortalClient, PortalFailed
from .contents import Contents, NotPortalData, read_contents, refuse_content
from .packages import find_tag
from .reading import PortalInput
from .records import PORTAL_LANGUAGES

#: The folder of pages that wait for a snapshot, beside it.
PAGES = ".portal-fetch"
_STATE = "state.json"
#: Days after which pages are fetched anew.
_FRESH = 1
#: How often a list is asked for that the snapshot can do without.
_LIST_TRIES = 2
_LIST_NAMES = {"en": "en", "zh-Hant": "zh-hant", "zh-Hans": "zh-hans"}
_METADATA = "http://www.isotc211.org/2005/gmd"
#: Records of CSDI on a page: they are long.
_CSDI_ROWS = 50
#: Pages that one list may have.
_MOST_PAGES = 10_000


class FetchPlan(msgspec.Struct, frozen=True):
    """
    What is asked for.

    Args:
        portal: The address of the portal; empty for nothing.

        languages: Tags of languages.

        rows: Records on a page.

        lists: The address of the portal's own lists; empty for none.

        csdi: The address of the catalogue service of CSDI; empty for none.
    """

    portal: str
    languages: tuple[str, ...] = COMMAND_LANGUAGES
    rows: int = 500
    lists: str = ""
    csdi: str = ""

    @property
    def addresses(self) -> tuple[str, ...]:
        """Return the addresses whose hosts are asked."""
        return tuple(one for one in (self.portal, self.lists, self.csdi) if one)


class _FetchState(msgspec.Struct, frozen=True):
    """Of which run the pages in a folder are: what was asked for, and the day on which it began."""

    plan: FetchPlan
    date: str


@dataclass(frozen=True)
class PortalFetch:
    """What was fetched: the day, the pages, and what could not be had."""

    date: str
    inputs: Sequence[PortalInput]
    findings: Sequence[Finding]


def make_plan(settings: Settings, languages: str, rows: int, *, with_lists: bool, with_csdi: bool) -> FetchPlan:
    """
    Return what is asked for.

    Args:
        settings: Where the portal is.

        languages: What the portal calls the languages, with commas between.

        rows: Records on a page.

        with_lists: Whether the portal's own lists are fetched.

        with_csdi: Whether the catalogue of CSDI is fetched.

    Raises:
        UsageError: A language is none of the portal's, or the settings name no portal.

    >>> make_plan(Settings(), "tc", 100, with_lists=False, with_csdi=False).addresses
    ('https://data.gov.hk/',)
    """
    lists, csdi = settings.portal_lists if with_lists else "", settings.portal_csdi if with_csdi else ""
    plan = FetchPlan(settings.portal, find_languages(languages), rows, lists, csdi)
    if not plan.portal and not plan.csdi:
        raise UsageError.of("portal.no-address", "portal")
    return plan


def find_languages(names: str) -> tuple[str, ...]:
    """
    Return the tags of languages.

    Args:
        names: What the portal calls them, with commas between.

    Raises:
        UsageError: One is none of the portal's, or there is none.

    >>> find_languages("en,tc")
    ('en', 'zh-Hant')
    """
    tags = {name: find_tag(name) for name in (one.strip() for one in names.split(",")) if name}
    for name, tag in (tags or {"": ""}).items():
        if not tag:
            raise UsageError.of("portal.no-language", "--languages", name=name)
    return tuple(tag for tag in COMMAND_LANGUAGES if tag in tags.values())


@contextmanager
def fetched_portal(
    plan: FetchPlan,
    folder: Path,
    client: PortalClient,
    *,
    day: str = "",
    restart: bool = False,
    progress: Progress = no_progress,
) -> Iterator[PortalFetch]:
    """
    Give what the portal answers; when the block ends well, remove the pages that were kept.

    Args:
        plan: What is asked for.

        folder: Where the snapshot goes; pages are kept in it.

        client: Asks for it.

        day: The day of the snapshot; empty for that on which the pages were begun.

        restart: Whether pages of an earlier run are fetched anew.

        progress: Called with how much is there.

    Raises:
        PortalFailed: A page could not be fetched; those before it are kept.

        NotReadable: The folder cannot be written, or somebody else is fetching into it.
    """
    pages = folder / PAGES
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotReadable.of("files.folder-unwritable", str(folder), reason=SystemReason.of(error)) from error
    with hold_lock(folder / f"{PAGES}.lock", str(folder), progress=progress):
        begun = _prepare(pages, plan, restart)
        fetch = _Fetch(plan, pages, client, progress)
        inputs = list(fetch.all_pages())
        yield PortalFetch(day or begun, inputs, fetch.findings)
        shutil.rmtree(pages, ignore_errors=True)


def _prepare(pages: Path, plan: FetchPlan, restart: bool) -> str:
    """Make the folder of pages, keep what it has if that belongs to this run, and return the day it began."""
    state = None if restart else _read_state(pages / _STATE)
    now = find_today().isoformat()
    if state and state.plan == plan and _days_between(state.date, now) in range(_FRESH + 1):
        return state.date
    shutil.rmtree(pages, ignore_errors=True)
    try:
        pages.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotReadable.of("files.folder-unwritable", str(pages), reason=SystemReason.of(error)) from error
    write_file(pages / _STATE, [msgspec.json.encode(_FetchState(plan, now))])
    return now


def _read_state(path: Path) -> _FetchState | None:
    """Return of which run pages are; None if that cannot be read."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=_FetchState)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _days_between(first: str, second: str) -> int:
    """Return how many days a day is after another; -1 where one is none."""
    try:
        return (date.fromisoformat(second) - date.fromisoformat(first)).days
    except ValueError:
        return -1


class _Fetch:
    """One run: pages that are there are read, the others are fetched and kept."""

    def __init__(self, plan: FetchPlan, pages: Path, client: PortalClient, progress: Progress) -> None:
        """Keep what is needed."""
        self._plan, self._pages, self._client, self._progress = plan, pages, client, progress
        self.findings: list[Finding] = []

    def all_pages(self) -> Iterator[PortalInput]:
        """Yield every page: of each language, of the lists, of CSDI."""
        for language in self._plan.languages if self._plan.portal else ():
            yield from self._list_pages(PORTAL_LANGUAGES[language], language, self._search_address, 0)
        for language in self._plan.languages if self._plan.lists else ():
            yield from self._list_file(language)
        if self._plan.csdi:
            yield from self._list_pages("csdi", "", self._csdi_address, 1)

    def _list_pages(
        self, name: str, language: str, address_of: Callable[[str, int], str], start: int
    ) -> Iterator[PortalInput]:
        """Yield the pages of a list until as many records were listed as there are, or a page has none."""
        position, stage = start, f"portal {name}"
        for _page in range(_MOST_PAGES):
            data, contents = self._page(f"{name}-{position:06}", address_of(language, position), language)
            yield data
            listed, stated = position - start + len(contents.packages), contents.stated or 0
            self._progress(stage, min(listed, stated), stated)
            if not contents.packages or listed >= stated:
                return
            position += len(contents.packages)

    def _list_file(self, language: str) -> Iterator[PortalInput]:
        """Yield the portal's own list in a language; without it there is a finding, and the work goes on."""
        address = f"{self._plan.lists.rstrip('/')}/open-data-dataset-list-{_LIST_NAMES[language]}.json"
        try:
            yield self._page(f"list-{PORTAL_LANGUAGES[language]}", address, language, _LIST_TRIES)[0]
        except (PortalFailed, UsageError) as error:
            self.findings.append(Finding("portal-no-list", address, None, {"reason": error.message.rstrip(".")}))

    def _page(self, name: str, address: str, language: str, tries: int = TRIES) -> tuple[PortalInput, Contents]:
        """Return a page that is kept, else fetch and keep it."""
        ending = "xml" if name.startswith("csdi") else "json"
        path = self._pages / f"{name}.{ending}"
        try:
            data = path.read_bytes()
            contents = read_contents(data, path.name)
        except (OSError, NotPortalData):
            data = self._client.ask(address, partial(_check_page, name, address), tries)
            contents = read_contents(data, address)
            write_file(path, [data])
        return PortalInput(path.name, data, language), contents

    def _search_address(self, language: str, position: int) -> str:
        """Return the address of a page of the action API; sorted, so that no record moves between two pages."""
        query = urlencode({"rows": self._plan.rows, "start": position, "sort": "name asc"})
        return f"{self._plan.portal.rstrip('/')}/{PORTAL_LANGUAGES[language]}-data/api/3/action/package_search?{query}"

    def _csdi_address(self, _language: str, position: int) -> str:
        """Return the address of a page of the catalogue service."""
        query: Mapping[str, object] = {
            "service": "CSW",
            "version": "2.0.2",
            "request": "GetRecords",
            "typeNames": "gmd:MD_Metadata",
            "resultType": "results",
            "elementSetName": "full",
            "outputSchema": _METADATA,
            "startPosition": position,
            "maxRecords": _CSDI_ROWS,
        }
        return f"{self._plan.csdi}?{urlencode(query)}"


def _check_page(name: str, address: str, answer: bytes) -> None:
    """Raise if an answer is not what was asked for."""
    kind = read_contents(answer, address).kind
    expected = "csw" if name.startswith("csdi") else "list" if name.startswith("list") else "package_search"
    if kind != expected:
        raise refuse_content("portal-unknown-content", address)
