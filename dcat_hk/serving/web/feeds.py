"""
What happens to promises -> feeds for readers and calendars: Atom, JSON Feed, iCalendar.

In: the path of a feed. Out: bytes in one of three languages. An entry is what a plan says of a row, and has the date of
that plan; a calendar has the promised months. The same build gives the same bytes, but for what is overdue, which is
as of a month.

Spec: RFC 4287 (Atom), JSON Feed 1.1, RFC 5545 (iCalendar).
"""

from __future__ import annotations

import calendar
import json
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from ...core.languages import LANGUAGES
from ...core.terms import Iri
from ...core.text import NOT_IN_XML
from ...core.today import shift_month
from ..promises.asking import ListQuestion, Row
from ..search.following import EventRow, Followed, FollowedList, PromiseRow
from ..search.happenings import NEW
from .addresses import get_page_suffix
from .dataset_pages import DatasetWords
from .library import Library
from .promise_months import PromiseMonths
from .wording import format_count, format_month, format_span, get_label, name_years

#: The folder of all feeds, and their formats by suffix.
FOLDER = "follow"
MEDIA_TYPES = {
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
}
#: Entries of a feed, and of a calendar.
MAX_ENTRIES, _MAX_MONTHS = 100, 5000
_PATH = re.compile(
    rf"{FOLDER}/(?:(?P<whole>all|overdue)|(?P<kind>body|category)/(?P<code>[A-Za-z0-9._~%-]{{1,120}}?))"
    r"(?:\.(?P<language>zh-Hans|en))?\.(?P<suffix>atom|json|ics)"
)
#: Octets of a line of a calendar.
_LINE = 75


class FeedEntry(NamedTuple):
    """An entry: what identifies it, its title, the address of its page, what is said, a time, its dataset's name."""

    id: str
    title: str
    address: str
    text: str
    updated: str
    name: str


class FeedAddress(NamedTuple):
    """A feed: what it is restricted to, whether it lists what is overdue, its language, its format."""

    of: FollowedList
    is_overdue: bool
    language: str
    suffix: str


def read_feed_path(path: str) -> FeedAddress | None:
    """
    Return the feed at a path; None if it is the path of none.

    Args:
        path: A path under the base IRI.

    >>> read_feed_path("follow/body/hk-hkpf.en.atom").of.body
    'hk-hkpf'
    >>> read_feed_path("follow/overdue.ics")
    """
    match = _PATH.fullmatch(path)
    if match is None or (match["whole"] == "overdue" and match["suffix"] == "ics"):
        return None
    of = FollowedList(**({match["kind"]: match["code"]} if match["kind"] else {}))
    return FeedAddress(of, match["whole"] == "overdue", match["language"] or LANGUAGES[0], match["suffix"])


def make_feed_path(stem: str, language: str, suffix: str) -> str:
    """
    Return the path of a feed.

    Args:
        stem: What it is of: all, overdue, body/CODE, category/CODE.

        language: Its language.

        suffix: Its format.

    >>> make_feed_path("all", "en", "atom"), make_feed_path("all", "zh-Hant", "ics")
    ('follow/all.en.atom', 'follow/all.ics')
    """
    return f"{FOLDER}/{stem}{get_page_suffix(language).removesuffix('.html')}.{suffix}"


class FeedWriter:
    """
    Writes the feeds of a build.

    Args:
        library: The library of things.

        months: What is known of promises, month by month.
    """

    def __init__(self, library: Library, months: PromiseMonths) -> None:
        """Keep both."""
        self._library, self._followed, self._months = library, Followed(library.index), months

    def list_stems(self) -> list[str]:
        """Return what there are feeds of: everything, what is overdue, each body, each category."""
        kinds = [(kind, self._followed.list_codes(kind)) for kind in ("body", "category")]
        return ["all", "overdue", *(f"{kind}/{code}" for kind, codes in kinds for code in codes)]

    def list_paths(self) -> list[str]:
        """Return the paths of all feeds."""
        paths = (
            make_feed_path(s, tag, suffix)
            for s in self.list_stems()
            for tag in self._library.languages
            for suffix in MEDIA_TYPES
        )
        return [path for path in paths if read_feed_path(path)]

    def write(self, path: str, month: str) -> bytes | None:
        """
        Return a feed; None if there is none at a path.

        Args:
            path: A path under the base IRI.

            month: The month as of which promises are overdue.
        """
        feed = read_feed_path(path)
        if feed is None or not self._is_known(feed.of):
            return None
        if feed.suffix == "ics":
            promises = self._followed.list_promised(feed.of, feed.language, _MAX_MONTHS)
            return "".join(self._write_calendar(promises, feed)).encode()
        words = DatasetWords(self._library, path, feed.language)
        if feed.is_overdue:
            question = ListQuestion("promise", {"state": ("overdue",)}, "month", 0, MAX_ENTRIES, feed.language)
            rows = self._months.get(month).ask(question).rows
            entries = [describe_overdue(row, feed.language, month) for row in rows]
        else:
            events = self._followed.list_events(feed.of, feed.language, MAX_ENTRIES)
            entries = [self._describe_event(row, feed.language, words) for row in events]
        title = self._make_title(feed, month)
        write = write_atom if feed.suffix == "atom" else _write_json
        return write(title, self._library.base, path, feed.language, entries)

    def _is_known(self, of: FollowedList) -> bool:
        """Return whether there are datasets of a body or category."""
        chosen = [(kind, code) for kind, code in (("body", of.body), ("category", of.category)) if code]
        return all(code in self._followed.list_codes(kind) for kind, code in chosen)

    def _make_title(self, feed: FeedAddress, month: str) -> str:
        """Return the title of a feed."""
        if feed.is_overdue:
            return get_label("feed-overdue", feed.language).format(month=format_month(month, feed.language))
        for kind, code in (("body", feed.of.body), ("category", feed.of.category)):
            if code:
                name = self._followed.find_label(kind, code, feed.language)
                return get_label("feed-of", feed.language).format(name=name)
        return get_label("feed-promised" if feed.suffix == "ics" else "feed-all", feed.language)

    def _describe_event(self, row: EventRow, language: str, words: DatasetWords) -> FeedEntry:
        """Return the entry about what a plan says of a row."""
        if row.kind == NEW:
            month = format_span(row.start, row.target, language)
            key = f"event-{row.stage or 'planned'}{'' if month else '-undated'}"
            what = get_label(key, language).format(month=month)
        else:
            what = words.name_fate(f"{self._library.base}def/plan#{row.kind}", row.months)
            if row.stage == "planned" and row.target:
                month = format_span(row.start, row.target, language)
                what += get_label("event-now", language).format(month=month)
        told = format_month(row.month, language)
        text = get_label("event-text", language).format(
            title=row.title, what=what, plan=name_years(row.plan), month=told
        )
        title = get_label("event-title", language).format(title=row.title, what=what)
        address = f"{row.dataset}{get_page_suffix(language)}"
        return FeedEntry(f"{row.iri}#{row.name}", title, address, text, begin_month(row.month), row.name)

    def _write_calendar(self, promises: Sequence[PromiseRow], feed: FeedAddress) -> Iterator[str]:
        """Yield a calendar: a day for each promise, the last one of the promised month."""
        language, host = feed.language, self._library.base.split("/")[2]
        yield from map(_fold, ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//dcat-hk//promised months//EN"))
        yield _fold(f"X-WR-CALNAME:{_escape_text(self._make_title(feed, ''))}")
        for row in promises:
            year, month = int(row.last[:4]), int(row.last[5:7])
            told = format_month(row.told, language)
            about = get_label("calendar-text", language).format(
                month=format_span(row.start, row.last, language), told=told
            )
            yield from map(
                _fold,
                (
                    "BEGIN:VEVENT",
                    f"UID:{row.name}@{host}",
                    f"DTSTAMP:{(row.told or row.last).replace('-', '')[:6]}01T000000Z",
                    f"DTSTART;VALUE=DATE:{year:04}{month:02}{calendar.monthrange(year, month)[1]:02}",
                    f"SUMMARY;LANGUAGE={language}:{_escape_text(row.title)}",
                    f"DESCRIPTION;LANGUAGE={language}:{_escape_text(about)}",
                    f"URL:{row.dataset}{get_page_suffix(language)}",
                    "TRANSP:TRANSPARENT",
                    "END:VEVENT",
                ),
            )
        yield _fold("END:VCALENDAR")


def describe_overdue(row: Row, language: str, month: str) -> FeedEntry:
    """
    Return the entry about a promise that is overdue: the same one in every feed, however often its plan is read.

    Args:
        row: A row of promises.

        language: The language of the feed.

        month: The month as of which it is overdue.
    """
    dataset, target = str(row["dataset"]), str(row["target"])
    title, told = str(row["shown"]), format_month(str(row["told"]), language)
    values = {"title": title, "month": format_span(row["start"], target, language), "told": told}
    count = format_count("months", int(row["months"]), language)
    text = get_label("overdue-text", language).format(**values, count=count, now=format_month(month, language))
    heading = get_label("entry-overdue-title", language).format(**values, count=count)
    # It became overdue in the month after the promised one.
    updated = begin_month(shift_month(target, 1))
    address = f"{dataset}{get_page_suffix(language)}"
    return FeedEntry(f"{dataset}#overdue-{target}", heading, address, text, updated, dataset.rpartition("/")[2])


def write_atom(
    title: str,
    base: Iri,
    path: str,
    language: str,
    entries: Sequence[FeedEntry],
    home: str = "",
    name: str = "",
) -> bytes:
    """
    Return entries as Atom.

    Args:
        title: The title of the feed.

        base: The base IRI of the catalogue.

        path: The path of the feed, with its parameters.

        language: The language of the feed.

        entries: The entries.

        home: The path of the page of the same list; by default the page of the catalogue.

        name: The path that identifies the feed, where it is found at another one, too; by default its own.

    Spec: RFC 4287.
    """
    updated = max((entry.updated for entry in entries), default="1970-01-01T00:00:00Z")
    page = base + (home or f"catalogue{get_page_suffix(language)}")
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}">\n'
        f"<id>{_clean(base + (name or path))}</id>\n<title>{_clean(title)}</title>\n<updated>{updated}</updated>\n"
        f'<link rel="self" type="application/atom+xml" href={_quote(base + path)}/>\n'
        f'<link rel="alternate" type="text/html" href={_quote(page)}/>\n'
        "<author><name>dcat-hk</name></author>\n"
    )
    lines = [
        f"<entry>\n<id>{_clean(one.id)}</id>\n<title>{_clean(one.title)}</title>\n<updated>{one.updated}</updated>\n"
        f'<link rel="alternate" type="text/html" hreflang="{language}" href={_quote(one.address)}/>\n'
        f'<summary type="text">{_clean(one.text)}</summary>\n</entry>\n'
        for one in entries
    ]
    return "".join([head, *lines, "</feed>\n"]).encode()


def _write_json(title: str, base: Iri, path: str, language: str, entries: Sequence[FeedEntry]) -> bytes:
    """Return entries as JSON Feed."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": f"{base}catalogue{get_page_suffix(language)}",
        "feed_url": base + path,
        "language": language,
        "authors": [{"name": "dcat-hk"}],
        "items": [
            {
                "id": one.id,
                "url": one.address,
                "title": one.title,
                "content_text": one.text,
                "date_published": one.updated,
                "tags": [one.name],
            }
            for one in entries
        ],
    }
    return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode()


def begin_month(month: str) -> str:
    """
    Return the beginning of a month or a year as a time.

    >>> begin_month("2024-03")
    '2024-03-01T00:00:00Z'
    """
    year, _dash, number = month.partition("-")
    return f"{year}-{number[:2] or '01'}-01T00:00:00Z"


def _clean(text: str) -> str:
    """Return text for XML: without what XML cannot hold, and with its markup escaped."""
    return escape(NOT_IN_XML.sub("", text))


def _quote(text: str) -> str:
    """Return text as the value of an attribute."""
    return quoteattr(NOT_IN_XML.sub("", text))


def _escape_text(text: str) -> str:
    """
    Return text as a value of iCalendar.

    >>> _escape_text("a; b, c")
    'a\\\\; b\\\\, c'
    """
    plain = NOT_IN_XML.sub("", text).replace("\r", "")
    for sign in "\\;,":
        plain = plain.replace(sign, f"\\{sign}")
    return plain.replace("\n", "\\n")


def _fold(line: str) -> str:
    """Return a line of iCalendar, in pieces of at most 75 octets, none of which cuts a character."""
    pieces, piece, size = [], "", 0
    for character in line:
        length = len(character.encode())
        if size + length > _LINE:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + character, size + length
    return "\r\n".join([*pieces, piece]) + "\r\n"
