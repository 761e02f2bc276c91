"""
Snapshots: the records that the portal had on a day, as two files.

In: the path of a snapshot. Out: a `PortalSnapshot`, and the reverse. `NAME.jsonl.gz` has one record a line, by slug;
`NAME.json` is its head: when, from where, complete or not. The same records give the same bytes: no clock, no name of a
file goes into them. The head has the SHA-256 of the unpacked lines, so that it holds whoever packs them.
"""

from __future__ import annotations

import errno
import gzip
import hashlib
import io
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from ..core.errors import InputError, NotReadable
from ..core.files import write_files
from ..core.languages import COMMAND_LANGUAGES
from ..core.text import printable
from ..core.wording.refusals import EnglishReason, SystemReason
from .dates import find_date, find_newest, is_date
from .records import PortalRecord, Texts

#: The form of the files; a reader refuses what is newer.
VERSION = 1
#: Bytes that the lines of a snapshot may have, and its head.
_LARGEST = 2_000_000_000
_LARGEST_HEAD = 50_000_000
_LONGEST_LINE = 50_000_000
#: Of the gzip header: no name, no time.
_LEVEL = 9
#: Under what a head states the digest of all else that it says; heads of older versions have none.
_OWN_DIGEST = "head_sha256"
_ENDINGS = (".jsonl.gz", ".jsonl", ".json", ".gz")
#: What decoding raises: what is no JSON, of another kind, or nested too deeply.
_NOT_DECODED = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


class NotASnapshot(InputError):
    """A file is no snapshot of the portal, or is damaged."""


class SnapshotSource(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a snapshot was made from: a file or an answer, its digest and size, what it is, and how much was in it."""

    name: str
    sha256: str
    size: int
    kind: str = ""
    language: str = ""
    records: int = 0


class SnapshotRemark(msgspec.Struct, frozen=True, omit_defaults=True):
    """A finding of when the snapshot was made: its code, what it is about, and what is filled in."""

    code: str
    where: str
    values: dict[str, str] = {}


class SnapshotHead(msgspec.Struct, frozen=True, kw_only=True):
    """
    What is said of a snapshot.

    Args:
        version: The form of the files.

        date: The day or the month of the snapshot, `YYYY-MM-DD` or `YYYY-MM`.

        complete: Whether it has all records that the portal had. One that has not can end no link.

        records: How many records it has.

        languages: Tags of the languages that titles are in.

        counts: How many records have a title, by language.

        stated: How many records the portal says that it has, by language or catalogue, where it says so.

        lost: How many records of the snapshot before are not there.

        sha256: The digest of the unpacked lines.

        sources: What it was made from.

        providers: The names of bodies by code and language, as the portal has them.

        categories: The names of categories likewise.

        findings: What was found when it was made.
    """

    date: str
    version: int = VERSION
    complete: bool = False
    records: int = 0
    languages: tuple[str, ...] = ()
    counts: dict[str, int] = {}
    stated: dict[str, int] = {}
    lost: int = 0
    sha256: str = ""
    sources: tuple[SnapshotSource, ...] = ()
    providers: dict[str, Texts] = {}
    categories: dict[str, Texts] = {}
    findings: tuple[SnapshotRemark, ...] = ()


@dataclass(frozen=True)
class PortalSnapshot:
    """
    The records of a day.

    Args:
        head: What is said of them.

        records: The records by slug, sorted.

    >>> make_snapshot(SnapshotHead(date="2025-09"), [PortalRecord("hk-xyz-b"), PortalRecord("hk-xyz-a")]).slugs
    ['hk-xyz-a', 'hk-xyz-b']
    """

    head: SnapshotHead
    records: Mapping[str, PortalRecord]

    @property
    def slugs(self) -> list[str]:
        """Return the names of the records."""
        return list(self.records)

    @property
    def month(self) -> str:
        """
        Return the month of the snapshot.

        >>> make_snapshot(SnapshotHead(date="2025-09-13"), []).month
        '2025-09'
        """
        return self.head.date[:7]


def make_snapshot(head: SnapshotHead, records: Iterable[PortalRecord]) -> PortalSnapshot:
    """
    Return a snapshot whose head counts its records.

    Args:
        head: What is known of it.

        records: The records, each slug once.

    >>> snapshot = make_snapshot(SnapshotHead(date="2025-09"), [PortalRecord("hk-xyz-a", "hk-xyz", {"en": "Piers"})])
    >>> snapshot.head.records, snapshot.head.languages, snapshot.head.counts
    (1, ('en',), {'en': 1})
    """
    by_slug = {one.slug: one for one in sorted(records, key=lambda one: one.slug)}
    titles = {tag: sum(tag in one.titles for one in by_slug.values()) for tag in COMMAND_LANGUAGES}
    counts = {tag: number for tag, number in titles.items() if number}
    digest = hashlib.sha256()
    for line in _lines(by_slug.values()):
        digest.update(line)
    counted = msgspec.structs.replace(
        head, records=len(by_slug), languages=tuple(counts), counts=counts, sha256=digest.hexdigest()
    )
    return PortalSnapshot(counted, by_slug)


def record_loss(snapshot: PortalSnapshot, lost: int) -> PortalSnapshot:
    """
    Return a snapshot whose head says how many records of the one before are gone.

    Args:
        snapshot: The snapshot.

        lost: How many.

    >>> record_loss(make_snapshot(SnapshotHead(date="2025-09"), []), 3).head.lost
    3
    """
    return PortalSnapshot(msgspec.structs.replace(snapshot.head, lost=lost), snapshot.records)


def snapshot_paths(path: Path) -> tuple[Path, Path]:
    """
    Return the paths of the two files of a snapshot: its lines and its head.

    Args:
        path: The path of either; a name without an ending gets one.

    >>> [one.name for one in snapshot_paths(Path("portal/2025-09-13"))]
    ['2025-09-13.jsonl.gz', '2025-09-13.json']
    >>> [one.name for one in snapshot_paths(Path("portal/2025-09-13.jsonl"))]
    ['2025-09-13.jsonl', '2025-09-13.json']
    """
    stem = stem_of(path)
    ending = ".jsonl" if path.name.endswith(".jsonl") else ".jsonl.gz"
    return path.with_name(stem + ending), path.with_name(f"{stem}.json")


def stem_of(path: Path) -> str:
    """
    Return the name of a snapshot without what its files end with.

    Args:
        path: The path of one of its files.

    >>> stem_of(Path("hsd-2023-01.jsonl.gz"))
    'hsd-2023-01'
    """
    ending = next((one for one in _ENDINGS if path.name.endswith(one) and path.name != one), "")
    return path.name.removesuffix(ending)


# ---- writing


def write_snapshot(snapshot: PortalSnapshot, path: Path) -> tuple[Path, Path]:
    """
    Write a snapshot and return the paths of its two files: its lines and its head.

    Args:
        snapshot: The snapshot.

        path: Where; see `snapshot_paths`. Its folder is made if it is not there.

    Raises:
        NotReadable: A file cannot be written.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     lines, head = write_snapshot(make_snapshot(SnapshotHead(date="2025-09"), []), Path(folder) / "2025-09")
    ...     read_snapshot(lines).head.date
    '2025-09'

    Spec: gzip, RFC 1952.
    """
    lines, head = snapshot_paths(path)
    try:
        lines.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotReadable.of("files.folder-unwritable", str(lines.parent), reason=SystemReason.of(error)) from error
    packed = _packed(snapshot) if lines.suffix == ".gz" else _lines(snapshot.records.values())
    # The lines come last: lines without a head could be taken for an incomplete snapshot.
    write_files([(head, [format_head(snapshot.head)]), (lines, packed)])
    return lines, head


def format_head(head: SnapshotHead) -> bytes:
    """
    Return a head as its file has it, with the digest of all that it says.

    Args:
        head: The head.

    >>> format_head(SnapshotHead(date="2025-09")).splitlines()[1]
    b'  "date": "2025-09",'
    """
    stated: dict[str, Any] = msgspec.to_builtins(head)
    stated[_OWN_DIGEST] = _digest_of_head(stated)
    return msgspec.json.format(msgspec.json.encode(stated), indent=2) + b"\n"


def _digest_of_head(stated: Mapping[str, Any]) -> str:
    """Return the digest of what a head says, without the digest that it states itself."""
    others = {name: value for name, value in stated.items() if name != _OWN_DIGEST}
    return hashlib.sha256(msgspec.json.encode(others)).hexdigest()


def _lines(records: Iterable[PortalRecord]) -> Iterator[bytes]:
    """Yield a line for each record."""
    encoder = msgspec.json.Encoder()
    for record in records:
        yield encoder.encode(record) + b"\n"


def _packed(snapshot: PortalSnapshot) -> list[bytes]:
    """Return the lines of a snapshot in gzip, with a header that says neither a name nor a time."""
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=_LEVEL, fileobj=packed, mtime=0) as file:
        for line in _lines(snapshot.records.values()):
            file.write(line)
    return [packed.getvalue()]


# ---- reading


def read_snapshot(path: Path) -> PortalSnapshot:
    """
    Return a snapshot from its files.

    Lines without a head count as incomplete: nobody says that they are all. Their date is that in the file's name, else
    the newest in them.

    Args:
        path: The path of its lines, of its head, or of both without an ending; of a folder of snapshots, the newest.

    Raises:
        NotReadable: There is no such file, or it cannot be read.

        NotASnapshot: The files are damaged, do not belong together, or are something else.
    """
    lines, head_path = find_snapshot_files(path)
    records, digest = read_records(path)
    if not head_path.is_file():
        return _headless(lines, records)
    head = read_head(head_path)
    if head.sha256 != digest or head.records != len(records):
        raise NotASnapshot.of("portal.other-head", str(lines), name=head_path.name)
    return PortalSnapshot(head, dict(sorted(records.items())))


def read_records(path: Path) -> tuple[dict[str, PortalRecord], str]:
    """
    Return the records in the lines of a snapshot by slug, and the digest of the lines, whatever their head says.

    Args:
        path: The path of its lines, of its head, or of both without an ending; of a folder of snapshots, the newest.

    Raises:
        NotReadable: There is no such file, or it cannot be read.

        NotASnapshot: It is damaged, or something else.
    """
    lines = find_snapshot_files(path)[0]
    if not (lines.exists() or path.exists()):
        raise NotReadable.of("inputs.unreadable", str(path), reason=SystemReason.of_number(errno.ENOENT))
    records: dict[str, PortalRecord] = {}
    digest = hashlib.sha256()
    decoder = msgspec.json.Decoder(PortalRecord)
    for number, line in enumerate(_unpacked_lines(lines), 1):
        digest.update(line)
        try:
            record = decoder.decode(line)
        except _NOT_DECODED as error:
            raise NotASnapshot.of(
                "portal.bad-line", str(lines), line=number, reason=EnglishReason(printable(str(error)))
            ) from error
        if record.slug in records:
            raise NotASnapshot.of("portal.twice", str(lines), slug=printable(record.slug))
        records[record.slug] = record
    return records, digest.hexdigest()


def _headless(lines: Path, records: Mapping[str, PortalRecord]) -> PortalSnapshot:
    """Return the snapshot of lines that no head goes with."""
    day = find_date(stem_of(lines)) or find_newest(records.values())
    if not day:
        raise NotASnapshot.of("portal.undated", str(lines))
    return make_snapshot(SnapshotHead(date=day), records.values())


def date_of(path: Path) -> str:
    """
    Return the date of a snapshot: that of its head, of its name, or of its lines if it has neither.

    Args:
        path: The path of its lines.

    Raises:
        NotReadable: There is no such file, or it cannot be read.

        NotASnapshot: It is something else.
    """
    head = snapshot_paths(path)[1]
    return read_head(head).date if head.is_file() else find_date(stem_of(path)) or read_snapshot(path).head.date


def read_head(path: Path) -> SnapshotHead:
    """
    Return the head of a snapshot from its file.

    Args:
        path: The path of the head.

    Raises:
        NotReadable: There is no such file, or it cannot be read.

        NotASnapshot: It is no head, of a newer version, or was changed by somebody.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST_HEAD + 1)
    except OSError as error:
        raise NotReadable.of("inputs.unreadable", str(path), reason=SystemReason.of(error)) from error
    try:
        stated = msgspec.json.decode(data[:_LARGEST_HEAD])
        head = msgspec.convert(stated, SnapshotHead)
    except _NOT_DECODED as error:
        raise NotASnapshot.of("portal.bad-head", str(path), reason=EnglishReason(printable(str(error)))) from error
    if head.version > VERSION:
        raise NotASnapshot.of("portal.newer", str(path), version=str(head.version))
    if stated.get(_OWN_DIGEST, digest := _digest_of_head(stated)) != digest:
        raise NotASnapshot.of("portal.changed-head", str(path))
    if not is_date(head.date):
        raise NotASnapshot.of("portal.bad-date", str(path), date=printable(head.date))
    return head


def find_snapshot_files(path: Path) -> tuple[Path, Path]:
    """
    Return the lines and the head of a snapshot; lines that are not packed only where there are no packed ones.

    Args:
        path: What `read_snapshot` takes.

    Raises:
        NotASnapshot: A folder has no snapshot.

    >>> find_snapshot_files(Path("2025-09"))
    (PosixPath('2025-09.jsonl.gz'), PosixPath('2025-09.json'))
    """
    if path.is_dir():
        path = _find_newest_file(path)
    lines, head = snapshot_paths(path)
    plain = lines.with_name(f"{stem_of(path)}.jsonl")
    return (lines if lines.exists() or not plain.exists() else plain), head


def _find_newest_file(folder: Path) -> Path:
    """Return the path of the newest snapshot in a folder: by its head, else by its name."""
    dates: dict[Path, str] = {}
    for lines in sorted([*folder.glob("*.jsonl.gz"), *folder.glob("*.jsonl")]):
        head = snapshot_paths(lines)[1]
        dates[lines] = read_head(head).date if head.is_file() else find_date(lines.name)
    if not dates:
        raise NotASnapshot.of("portal.no-snapshot", str(folder))
    return max(dates, key=lambda one: (dates[one], one.name))


def _unpacked_lines(path: Path) -> Iterator[bytes]:
    """Yield the lines of a file that may be packed, each with its end."""
    size = 0
    try:
        with path.open("rb") as raw:
            is_packed = raw.read(2) == b"\x1f\x8b"
            raw.seek(0)
            file = gzip.GzipFile(fileobj=raw) if is_packed else raw
            while line := file.readline(_LONGEST_LINE):
                size += len(line)
                if size > _LARGEST:
                    raise NotASnapshot.of("portal.too-large", str(path), most=_LARGEST)
                yield line
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise NotASnapshot.of("portal.packed", str(path)) from error
    except OSError as error:
        raise NotReadable.of("inputs.unreadable", str(path), reason=SystemReason.of(error)) from error
