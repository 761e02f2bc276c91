"""
Files and answers of the portal -> a snapshot, and what is wrong with them.

In: bytes with names. Out: a `PortalReading`. What cannot be used is a finding, and the rest is still read; such a
snapshot is marked as incomplete. The date is that in the names of the files, or in an official list, else the newest in
the records: no clock is asked. The order of files makes no difference.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import msgspec

from ..core.errors import Finding, InputError, UsageError
from ..core.languages import COMMAND_LANGUAGES, LANGUAGE_OF_SCRIPT
from ..core.text import printable, script_of
from ..core.vocabularies import Vocabularies, load
from .contents import LONGEST_CELL, Contents, NotPortalData, read_contents, refuse_content
from .dates import find_date, find_newest, is_date, join_dates, states_date
from .joining import join_records
from .packages import find_bad_dates, find_tag, find_text_tag, names_of, read_package, slug_of
from .records import PortalRecord, PortalResource, Texts
from .snapshots import PortalSnapshot, SnapshotHead, SnapshotRemark, SnapshotSource, make_snapshot

#: Kinds of contents that list all records; of pages, if they say how many there are. Packages may be some of them.
_LISTINGS = frozenset({"list", "table"})
_SCRIPT_OF_LANGUAGE = {language: script for script, language in LANGUAGE_OF_SCRIPT.items()}
_IN_ADDRESS = re.compile(r"//[^/]+/(en|tc|sc)-data/")
_IN_NAME = re.compile(r"(?<![a-z])(en|tc|sc|zh[-_]han[ts]|zh[-_](?:hk|tw|cn))(?![a-z])")
#: Dates that cannot be, with the name of the record, by code and field.
_BadDates = dict[tuple[str, str], list[tuple[str, str]]]
_Dated = TypeVar("_Dated", PortalRecord, PortalResource)
#: So many characters of what should be a date are told.
_SHOWN = 40
_DATED = ("created", "modified")
_DATED_RESOURCE = ("created", "issued", "modified")


@dataclass(frozen=True)
class PortalInput:
    """
    A file or an answer.

    Args:
        name: Its name, which the snapshot tells.

        data: Its bytes.

        language: The tag of its language, if that is known.

        folder: The name of the folder that it lies in: it may be called after a language.
    """

    name: str
    data: bytes
    language: str = ""
    folder: str = ""


@dataclass(frozen=True)
class PortalReading:
    """A snapshot, and what was found when it was made."""

    snapshot: PortalSnapshot
    findings: Sequence[Finding]


@dataclass
class _FileReading:
    """What was read from one file."""

    source: SnapshotSource
    contents: Contents
    records: list[PortalRecord] = field(default_factory=list)
    names: list[dict[str, tuple[str, Texts]]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read_portal(
    inputs: Iterable[PortalInput],
    *,
    date: str = "",
    named: str = "",
    language: str = "",
    more: Sequence[Finding] = (),
    vocabularies: Vocabularies | None = None,
) -> PortalReading:
    """
    Return a snapshot of what files say.

    Args:
        inputs: Files and answers of one day.

        date: The day or month of the snapshot; empty for that of the files.

        named: The day or month that the snapshot is named after; it comes before that of the files.

        language: The tag of the language of files that do not say it; empty to look at their titles.

        more: Findings of how the files were got.

        vocabularies: The known bodies and categories; None for those of this program.

    Raises:
        UsageError: The date is none, or files are of different days and none is given.

        InputError: Nothing was read, or no date is known.

    >>> page = b'{"success": true, "result": {"count": 1, "results": [{"name": "hk-hkpf-a", "title": "Piers"}]}}'
    >>> reading = read_portal([PortalInput("en-2025-09-13.json", page)])
    >>> reading.snapshot.head.date, reading.snapshot.head.complete, reading.findings
    ('2025-09-13', True, [])
    """
    date = checked_date(date)
    vocabularies = vocabularies or load()
    read, lost = _read_files(inputs, language, vocabularies)
    if not any(one.records for one in read):
        raise _nothing_read(lost)
    read.sort(key=lambda one: (one.source.name, one.source.sha256))
    day = date or _find_day(read, named)
    findings = [*more, *lost, *(finding for one in read for finding in one.findings)]
    partial, misdated = _without_bad_dates([record for one in read for record in one.records], day)
    joined, conflicts = join_records(partial)
    findings += misdated
    findings += [Finding("portal-two-titles", one.slug, None, one._asdict()) for one in conflicts]
    findings += _unknown_providers(joined, vocabularies)
    stated, missing = _compare_counts(read)
    findings += missing
    head = SnapshotHead(
        date=day,
        complete=_is_complete(read, findings),
        stated=stated,
        sources=tuple(one.source for one in read),
        providers=_collect_names(read, "providers"),
        categories=_collect_names(read, "categories"),
        findings=tuple(SnapshotRemark(one.code, one.document, dict(one.values)) for one in findings),
    )
    return PortalReading(make_snapshot(head, joined), findings)


def checked_date(date: str) -> str:
    """
    Return the date that is given for a snapshot.

    Args:
        date: A day or a month; empty for none.

    Raises:
        UsageError: It is none.

    >>> checked_date("2025-09")
    '2025-09'
    """
    if date and not is_date(date):
        raise UsageError.of("portal.bad-date", "--date", date=printable(date))
    return date


def _nothing_read(lost: Sequence[Finding]) -> InputError:
    """Return what to raise where nothing was read: the one reason if there is one."""
    if len(lost) == 1 and lost[0].severity == "error":
        return refuse_content(lost[0].code, lost[0].document, **lost[0].values)
    return InputError.of("portal.nothing-read", ", ".join(one.document for one in lost))


def _find_day(read: Sequence[_FileReading], named: str) -> str:
    """Return the day of a snapshot: that in its name, in those of files or lists, else the newest in the records."""
    dates = join_dates(find_date(one.source.name) or one.contents.date for one in read)
    if named:
        return next((one for one in dates if one.startswith(named)), named)
    if len(dates) > 1:
        raise UsageError.of("portal.two-dates", "--date", dates=dates)
    day = dates[0] if dates else find_newest(record for one in read for record in one.records)
    if not day:
        raise InputError.of("portal.no-date", read[0].source.name)
    return day


# ---- files


def _read_files(
    inputs: Iterable[PortalInput], language: str, vocabularies: Vocabularies
) -> tuple[list[_FileReading], list[Finding]]:
    """Return what was read from each file, and the findings on those that are nothing of the portal."""
    read, lost = [], []
    for one in inputs:
        try:
            read.append(_read_file(one, language, vocabularies))
        except NotPortalData as error:
            lost.append(error.finding)
    return read, sorted(lost, key=lambda one: (one.document, one.code))


def _read_file(one: PortalInput, language: str, vocabularies: Vocabularies) -> _FileReading:
    """Return what is in a file."""
    contents = read_contents(one.data, one.name)
    tag = one.language or _find_language(contents, f"{one.folder}/{one.name}") or language or _guess_language(contents)
    digest = hashlib.sha256(one.data).hexdigest()
    read = _FileReading(SnapshotSource(one.name, digest, len(one.data), contents.kind, tag), contents)
    if contents.bad:
        (line, reason), count = contents.bad[0], str(len(contents.bad))
        read.findings.append(
            Finding("portal-bad-line", one.name, None, {"count": count, "line": line, "reason": reason})
        )
    if contents.cut:
        read.findings.append(Finding("portal-cut-table", one.name, None, {"line": contents.cut, "most": LONGEST_CELL}))
    if contents.kind == "snapshot":
        read.records, unusable = _read_lines(contents)
        bare = []
    else:
        usable = [package for package in contents.packages if slug_of(package)]
        unusable = [str(package.get("title") or "") for package in contents.packages if not slug_of(package)]
        records = [read_package(package, tag, vocabularies) for package in usable]
        read.findings += _find_bad_dates(usable)
        bare = [record.slug for record in records if not record.titles]
        read.records = list(_checked_titles(records, tag, read))
        read.names = [names_of(package, tag, vocabularies) for package in usable]
        if not tag and any(isinstance(package.get("title"), str) for package in usable):
            read.findings.append(Finding("portal-unknown-language", one.name))
    if unusable:
        values = {"count": str(len(unusable)), "title": printable(unusable[0][:80])}
        read.findings.append(Finding("portal-without-slug", one.name, None, values))
    if bare and tag:
        read.findings.append(
            Finding("portal-without-title", one.name, None, {"count": str(len(bare)), "slug": bare[0]})
        )
    read.source = msgspec.structs.replace(read.source, records=len({record.slug for record in read.records}))
    return read


def _find_bad_dates(packages: Sequence[Mapping[str, Any]]) -> list[Finding]:
    """Return a finding for each field of packages that has something else than dates."""
    bad: _BadDates = defaultdict(list)
    for package in packages:
        for name, value in find_bad_dates(package):
            bad["portal-bad-date", name].append((slug_of(package), value))
    return _tell_bad_dates(bad, "")


def _tell_bad_dates(bad: _BadDates, day: str) -> list[Finding]:
    """Return a finding for each field with dates that cannot be."""
    findings = []
    for (code, name), found in sorted(bad.items()):
        slug, value = min(found)
        values = {"slug": slug, "date": printable(value[:_SHOWN]), "field": name, "count": str(len(found))}
        findings.append(Finding(code, slug, None, values | ({"snapshot": day} if code == "portal-future-date" else {})))
    return findings


def _read_lines(contents: Contents) -> tuple[list[PortalRecord], list[str]]:
    """Return the records of the lines of a snapshot, and the slugs of those that are none."""
    records, unusable = [], []
    for line in contents.packages:
        try:
            records.append(msgspec.convert(line, PortalRecord))
        except msgspec.ValidationError:
            unusable.append(str(line.get("slug")))
    return records, unusable


# ---- languages


def _find_language(contents: Contents, name: str) -> str:
    """Return the tag of the language that the addresses in a file or its name state; empty if they state none."""
    addresses = [contents.address]
    addresses += [str(one.get(key, "")) for one in contents.packages[:20] for key in ("source", "landing", "url")]
    found = {find_tag(match[1]) for address in addresses if (match := _IN_ADDRESS.search(address))}
    if len(found) == 1:
        return found.pop()
    stated = {find_tag(match) for match in _IN_NAME.findall(name.lower())}
    return stated.pop() if len(stated) == 1 else ""


def _guess_language(contents: Contents) -> str:
    """Return the tag of the language that most titles are in; empty if that is not clear."""
    titles = [title for one in contents.packages if isinstance(title := one.get("title"), str)]
    found = Counter(filter(None, map(find_text_tag, titles)))
    ordered = found.most_common(2)
    is_clear = ordered and (len(ordered) == 1 or ordered[0][1] > 2 * ordered[1][1])
    return ordered[0][0] if is_clear else ""


def _checked_titles(records: Iterable[PortalRecord], tag: str, read: _FileReading) -> Iterator[PortalRecord]:
    """Yield records without titles in another language than the file's; of a Chinese file, Latin names stay."""
    wrong: list[tuple[str, str]] = []
    checked: list[tuple[PortalRecord, Texts]] = []
    for record in records:
        titles = {one: text for one, text in record.titles.items() if not _is_other(text, one)}
        wrong += [(record.slug, text) for one, text in record.titles.items() if one not in titles]
        checked.append((record, titles))
    latin = [(record.slug, text) for record, titles in checked for one, text in titles.items() if _is_latin(text, one)]
    if tag != "en" and len(latin) > len(checked) / 2:
        # Not some names in Latin letters: the file is in English.
        wrong += latin
        checked = [
            (one, {key: text for key, text in titles.items() if not _is_latin(text, key)}) for one, titles in checked
        ]
    if wrong:
        slug, title = wrong[0]
        values = {"count": str(len(wrong)), "language": tag, "title": printable(title), "slug": slug}
        read.findings.append(Finding("portal-other-language", read.source.name, None, values))
    for record, titles in checked:
        yield record if titles == record.titles else msgspec.structs.replace(record, titles=titles)


def _is_other(title: str, language: str) -> bool:
    """Return whether a title is surely not in a language."""
    script = script_of(title, _SCRIPT_OF_LANGUAGE[language])
    return script not in {_SCRIPT_OF_LANGUAGE[language], "Latn"}


def _is_latin(title: str, language: str) -> bool:
    """Return whether a title that should be Chinese has Latin letters alone."""
    return language != "en" and script_of(title, _SCRIPT_OF_LANGUAGE[language]) == "Latn"


# ---- all files together


def _without_bad_dates(records: Sequence[PortalRecord], day: str) -> tuple[list[PortalRecord], list[Finding]]:
    """Return records without dates that are none or after that of the snapshot, and findings for fields with some."""
    bad: _BadDates = defaultdict(list)
    kept = []
    for record in records:
        resources = tuple(_with_dates(one, _DATED_RESOURCE, day, record.slug, bad) for one in record.resources)
        kept.append(msgspec.structs.replace(_with_dates(record, _DATED, day, record.slug, bad), resources=resources))
    return kept, _tell_bad_dates(bad, day)


def _with_dates(thing: _Dated, names: Sequence[str], day: str, slug: str, bad: _BadDates) -> _Dated:
    """Return a record or a resource without dates that cannot be; they are noted."""
    fields: dict[str, str] = {}
    for name in names:
        value = getattr(thing, name)
        code = _find_fault(value, day)
        if code:
            fields[name] = ""
            bad[code, name if isinstance(thing, PortalRecord) else f"resources.{name}"].append((slug, value))
    return msgspec.structs.replace(thing, **fields) if fields else thing


def _find_fault(date: str, day: str) -> str:
    """Return the code of what is wrong with a date: it is none, or after a day or a whole month; empty for nothing."""
    if not date:
        return ""
    if not states_date(date):
        return "portal-bad-date"
    return "portal-future-date" if date.strip()[: len(day)] > day else ""


def _unknown_providers(records: Sequence[PortalRecord], vocabularies: Vocabularies) -> list[Finding]:
    """Return a finding for each body that is not known, and one for all records that name none."""
    slugs: dict[str, list[str]] = defaultdict(list)
    for record in records:
        if record.provider not in vocabularies.organisations:
            slugs[record.provider].append(record.slug)
    nameless = slugs.pop("", [])
    findings = [
        Finding("portal-unknown-provider", own[0], None, {"provider": code, "count": str(len(own)), "slug": own[0]})
        for code, own in sorted(slugs.items())
    ]
    if nameless:
        values = {"count": str(len(nameless)), "slug": nameless[0]}
        findings.insert(0, Finding("portal-no-provider", nameless[0], None, values))
    return findings


def _compare_counts(read: Sequence[_FileReading]) -> tuple[dict[str, int], list[Finding]]:
    """Return how many records the portal says that it has, by language, and a finding where fewer were read."""
    stated: dict[str, int] = {}
    slugs: dict[str, set[str]] = defaultdict(set)
    for one in read:
        name = one.source.language or one.contents.kind
        if one.contents.stated is not None:
            stated[name] = max(stated.get(name, 0), one.contents.stated)
            slugs[name] |= {record.slug for record in one.records}
    findings = []
    for name, count in sorted(stated.items()):
        if len(slugs[name]) < count:
            values = {"stated": f"{count:,}", "read": f"{len(slugs[name]):,}", "language": name}
            findings.append(Finding("portal-count-not-reached", name, None, values))
    return stated, findings


def _is_complete(read: Sequence[_FileReading], findings: Sequence[Finding]) -> bool:
    """Return whether nothing is missing: a list of all was read, and no finding says that something was lost."""
    return any(one.contents.kind in _LISTINGS or one.contents.stated is not None for one in read) and not any(
        one.severity == "error" or one.code == "portal-without-slug" for one in findings
    )


def _collect_names(read: Sequence[_FileReading], kind: str) -> dict[str, Texts]:
    """Return the names of bodies or categories by code and language, as most entries have them."""
    counts: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for one in read:
        for names in one.names:
            code, texts = names[kind]
            for language, text in texts.items() if code else ():
                counts[code][language][text] += 1
    return {
        code: {
            language: min(counts[code][language].items(), key=lambda one: (-one[1], one[0]))[0]
            for language in COMMAND_LANGUAGES
            if language in counts[code]
        }
        for code in sorted(counts)
    }
