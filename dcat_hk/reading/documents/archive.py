"""
ZIP -> its parts, unpacked within limits: the plans in an archive, or the parts of a Word or Excel file.

In: a ZIP file as a stream. Out: names and bytes. What a header says of a size is only used to refuse early; what counts
is what comes out. Nothing is ever written to a disk, so that a part's name is only a name.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from ...core.caching import OWN_PREFIX
from ...core.errors import NotAPlan
from ...core.limits import Budget
from ...core.text import printable

_CHUNK = 65_536
#: From so many bytes on a part's ratio is looked at: a small part of blanks is no bomb.
_RATIO_FROM = 1_000_000
#: The mark before each entry of a ZIP file's directory. Files in it that are ZIP files themselves have it too.
_ENTRY_MARK = b"PK\x01\x02"
_ENTRIES_WITHIN = 50
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ENCRYPTED, _UTF8 = 0x1, 0x800
#: A bit without a meaning: it tells of a name that is marked as UTF-8 and is none.
_NO_UTF8 = 0x8000
#: What zipfile takes a name for that is not marked as UTF-8.
_UNMARKED = "cp437"
#: Encodings of unmarked names, and the two-byte codes of the characters that are common in each.
_NAME_ENCODINGS = (("big5hkscs", 0xA440, 0xC67E), ("gb18030", 0xB0A1, 0xD7F9))
#: The letters of the encoding of old: names that have other bytes of it are in none of these encodings.
_OLD_LETTERS = re.compile(rb"[\x20-\x7e\x80-\xa5]*")
#: The most characters of a folder or file, as of all usual file systems, and of a whole path.
_LONGEST_PART, _LONGEST_PATH = 255, 1000
#: Characters of a name that are shown.
_SHOWN = 100
#: What an archive or folder holds that no person put there: parts of a name, and whole names in lower case; so are
#: the folders of a cache.
_LITTER_FOLDERS = {"__MACOSX"}
_LITTER = {"thumbs.db", "desktop.ini"}
#: Files beside plans that are no plans: settings, links, snapshots of the portal, and notes on what else is there.
#: A plan may be in Markdown as well.
_BESIDE = (".toml", ".sssom.tsv", ".jsonl", ".jsonl.gz")
_LEDGER = ("links", "identities.tsv")
#: Where the heads of snapshots of the portal are.
_HEADS = ("links", "portal")
_NOTES = re.compile(r"(?:readme|notes?|licen[cs]e|changelog|contributing)(?![a-z]).*\.md")


@dataclass(frozen=True, slots=True)
class ArchiveMember:
    """
    A file in an archive: its number in the archive's directory, and its name.

    `problem` is why it is not read: `no-name`, or `name-` and what is odd about its name; empty if nothing is.
    """

    number: int
    name: str
    problem: str = ""


class Package:
    """
    A ZIP file whose parts are unpacked within a budget.

    Args:
        stream: The file, opened to read bytes.

        budget: How many parts, bytes and seconds it may take.

    Raises:
        NotAPlan: It is no ZIP file that can be read, or has too many parts.

    >>> import io
    >>> buffer = io.BytesIO()
    >>> with zipfile.ZipFile(buffer, "w") as archive:
    ...     archive.writestr("xl/workbook.xml", "<workbook/>")
    >>> package = Package(buffer, Budget("plan.xlsx"))
    >>> package.names, b"".join(package.unpack(0))
    (('xl/workbook.xml',), b'<workbook/>')
    """

    def __init__(self, stream: IO[bytes], budget: Budget) -> None:
        """Read the directory."""
        self._budget = budget
        self._unpacked = 0
        _check_entries(stream, budget)
        try:
            self._file = _open_package(stream, budget)
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error) as error:
            raise _make_broken_error(budget.name) from error
        self._entries = self._file.infolist()
        budget.check("parts", len(self._entries))

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the parts as the file has them."""
        return tuple(entry.filename for entry in self._entries)

    def number_of(self, name: str) -> int | None:
        """Return the number of the part of a name, in whatever case, None if there is none."""
        wanted = name.casefold()
        return next((n for n, entry in enumerate(self._entries) if entry.filename.casefold() == wanted), None)

    def unpack(self, number: int, most: str = "unpacked") -> Iterator[bytes]:
        """
        Yield what a part unpacks to, piece by piece, for as long as it keeps to the limits.

        Args:
            number: The part's number in the directory.

            most: The limit on the part alone; the limit on all parts together holds as well.

        Raises:
            NotAPlan: The part is encrypted, broken, packed in a way that is not read, or too large.
        """
        entry, budget = self._entries[number], self._budget
        if entry.flag_bits & _ENCRYPTED:
            raise NotAPlan.of("documents.locked", budget.name)
        if entry.compress_type not in _METHODS:
            raise NotAPlan.of("documents.compression", budget.name)
        size = 0
        try:
            with self._file.open(entry) as part:
                while piece := part.read(_CHUNK):
                    size += len(piece)
                    self._unpacked += len(piece)
                    budget.check(most, size)
                    budget.check("unpacked", self._unpacked)
                    if size > _RATIO_FROM:
                        budget.check("ratio", size / max(1, entry.compress_size))
                    yield piece
        except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError) as error:
            raise _make_broken_error(budget.name) from error

    def read(self, number: int, most: str = "unpacked") -> bytes:
        """
        Return what a part unpacks to.

        Args:
            number: The part's number in the directory.

            most: The limit on the part alone.

        Raises:
            NotAPlan: As for `unpack`.
        """
        return b"".join(self.unpack(number, most))

    def members(self) -> list[ArchiveMember]:
        """
        Return the files that can be plans, in the order of their names.

        A file whose name leads out of the archive, is cut, too long, in no encoding, that of an earlier file, or is not
        there, has a problem. One whose name is nothing but dots and slashes is listed under an empty name.
        """
        listed: list[ArchiveMember] = []
        known: set[str] = set()
        for number, (entry, (name, problem)) in enumerate(zip(self._entries, self._decoded(), strict=True)):
            tidy = tidy_name(name)
            if entry.filename.endswith("/") or (tidy and is_beside(tidy.split("/"))):
                continue
            problem = problem if tidy else "no-name"
            if not problem:
                problem = "name-again" if tidy in known else ""
                known.add(tidy)
            listed.append(ArchiveMember(number, tidy if problem in _SAID_TIDY else shorten_name(name), problem))
        return sorted(listed, key=lambda member: (member.name, member.number))

    def _decoded(self) -> list[tuple[str, str]]:
        """Return the names of the parts as they stand, and what is odd about each; see `decode_names`."""
        raw = [_encode_name(entry) for entry in self._entries]
        names = decode_names([name for name in raw if name is not None])
        found = []
        for entry, name in zip(self._entries, raw, strict=True):
            text, is_decoded = (entry.filename, True) if name is None else next(names)
            if not is_decoded or entry.flag_bits & _NO_UTF8:
                found.append((text, "name-encoding"))
            else:
                found.append((text, find_oddity(text, is_cut="\0" in entry.orig_filename)))
        return found


def _open_package(stream: IO[bytes], budget: Budget) -> zipfile.ZipFile:
    """Return an open ZIP file; names that are marked as UTF-8 and are none do not keep the others from being read."""
    try:
        return zipfile.ZipFile(stream)
    except UnicodeDecodeError:
        stream.seek(0)
        data = bytearray(stream.read(budget.limits.unpacked + 1))
        budget.check("unpacked", len(data))
    start = -1
    while (start := data.find(_ENTRY_MARK, start + 1)) >= 0:
        flags = int.from_bytes(data[start + 8 : start + 10], "little")
        name = data[start + 46 : start + 46 + int.from_bytes(data[start + 28 : start + 30], "little")]
        if flags & _UTF8 and not _is_encoded(name, "utf-8"):
            data[start + 8 : start + 10] = (flags & ~_UTF8 | _NO_UTF8).to_bytes(2, "little")
    return zipfile.ZipFile(BytesIO(data))


def _check_entries(stream: IO[bytes], budget: Budget) -> None:
    """Raise if a file has so many entries that reading its directory alone would take the machine."""
    stream.seek(0)
    entries, end = 0, b""
    while piece := stream.read(_CHUNK):
        entries += (end + piece).count(_ENTRY_MARK)
        end = piece[1 - len(_ENTRY_MARK) :]
    if entries > budget.limits.parts * _ENTRIES_WITHIN:
        budget.check("parts", entries)
    stream.seek(0)


def _make_broken_error(name: str) -> NotAPlan:
    """Return the error for a file that cannot be unpacked."""
    return NotAPlan.of("documents.package-broken", name)


# ---- names


#: What is odd about a name that is said in its tidy form; the others are said as they stand.
_SAID_TIDY = frozenset({"", "no-name", "name-again"})


def _encode_name(entry: zipfile.ZipInfo) -> bytes | None:
    """Return a part's name as bytes if the file does not say that they are UTF-8."""
    return None if entry.flag_bits & _UTF8 else entry.filename.encode(_UNMARKED, "replace")


def decode_names(names: Sequence[bytes]) -> Iterator[tuple[str, bool]]:
    """
    Yield names that no encoding is stated of in the encoding that fits them all best, and whether it is one.

    Args:
        names: The names as bytes.

    >>> [*decode_names(["計劃".encode("big5"), b"a.txt", b"\\xff\\xfe.txt"])]
    [('計劃', True), ('a.txt', True), ('��.txt', False)]
    """
    encodings = ("utf-8", *(name for name, _first, _last in _NAME_ENCODINGS))
    fitting = {name for name in names if not name.isascii() and any(_is_encoded(name, one) for one in encodings)}
    encoding = _guess_encoding([name for name in names if name in fitting])
    for name in names:
        if name.isascii() or (name in fitting and _is_encoded(name, encoding)):
            yield name.decode(encoding), True
        elif name in fitting:
            yield name.decode(_guess_encoding([name])), True
        elif _OLD_LETTERS.fullmatch(name):
            yield name.decode(_UNMARKED), True
        else:
            yield name.decode("ascii", "replace"), False


def _is_encoded(name: bytes | bytearray, encoding: str) -> bool:
    """Tell whether bytes are a text in an encoding."""
    try:
        name.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _guess_encoding(names: Sequence[bytes]) -> str:
    """Return the encoding of names: UTF-8 if they can be, else that in which most characters are common ones."""
    best, chosen = -1.0, _UNMARKED
    for encoding in ("utf-8", *(name for name, _first, _last in _NAME_ENCODINGS)):
        try:
            decoded = "".join(name.decode(encoding) for name in names)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8":
            return encoding
        share = _measure_common(decoded, encoding)
        if share > best:
            best, chosen = share, encoding
    return chosen


def _measure_common(text: str, encoding: str) -> float:
    """Return which part of the characters beyond ASCII are common ones of an encoding."""
    first, last = next((first, last) for name, first, last in _NAME_ENCODINGS if name == encoding)
    codes = [int.from_bytes(character.encode(encoding), "big") for character in text if not character.isascii()]
    return sum(first <= code <= last for code in codes) / max(1, len(codes))


def find_oddity(name: str, *, is_cut: bool = False) -> str:
    """
    Return what is odd about a name in an archive; empty if a program of today could have given it.

    Args:
        name: The name as it stands.

        is_cut: Whether a NUL ends it, behind which there is more.

    >>> find_oddity("plans/2024.txt"), find_oddity("plans/../2024.txt"), find_oddity("a" * 300)
    ('', 'name-outside', 'name-long')
    """
    if is_cut:
        return "name-cut"
    parts = name.replace("\\", "/").split("/")
    has_drive = len(parts) > 1 and len(parts[0]) == 2 and parts[0].endswith(":")
    if not parts[0] or has_drive or ".." in parts:
        return "name-outside"
    return "name-long" if len(name) > _LONGEST_PATH or any(len(part) > _LONGEST_PART for part in parts) else ""


def shorten_name(name: str) -> str:
    """
    Return a name as it is shown where it is not to be used, on one line and not too long.

    >>> shorten_name("../a\\n.txt"), shorten_name("a" * 300)[95:]
    ('../a�.txt', 'aaaaa…')
    """
    return printable(name if len(name) <= _SHOWN else f"{name[:_SHOWN]}…")


def tidy_name(name: str) -> str:
    """
    Return a name as a path below the archive, with nothing in it that leads out, breaks a line or turns it around.

    >>> tidy_name("../../etc/a\\u202e.txt"), tidy_name("C:\\\\plans\\\\a.pdf"), tidy_name("/a//./b.txt")
    ('etc/a\ufffd.txt', 'plans/a.pdf', 'a/b.txt')
    """
    parts = [part for part in name.replace("\\", "/").split("/") if part not in {"", ".", ".."}]
    if len(parts) > 1 and len(parts[0]) == 2 and parts[0].endswith(":"):
        del parts[0]
    return printable("/".join(parts))


def is_beside(parts: Sequence[str]) -> bool:
    """
    Tell by a file's folders and name whether it lies beside plans and is none.

    Args:
        parts: The names of its folders below what was given, and its own.

    >>> is_beside(["2024", "plan.pdf"]), is_beside(["__MACOSX", "plan.pdf"]), is_beside(["README.md"])
    (False, True, True)
    >>> is_beside(["readme_zh.md"]), is_beside(["plan.md"])
    (True, False)
    >>> is_beside(["links", "identities.tsv"]), is_beside(["plans.sssom.tsv"]), is_beside(["links", "plan.tsv"])
    (True, True, False)
    >>> is_beside(["links", "portal", "2025-09.json"]), is_beside(["2025-09.jsonl.gz"]), is_beside(["portal", "a.json"])
    (True, True, False)
    >>> is_beside([".git", "config"]), is_beside(["~$plan.docx"]), is_beside(["Thumbs.db"])
    (True, True, True)
    """
    name = parts[-1].lower() if parts else "."
    if any(part.startswith((".", OWN_PREFIX)) or part in _LITTER_FOLDERS for part in parts):
        return True
    folded = tuple(part.lower() for part in parts)
    if folded[-2:] == _LEDGER or (folded[-3:-1] == _HEADS and name.endswith(".json")):
        return True
    return name in _LITTER or name.startswith("~$") or name.endswith(_BESIDE) or bool(_NOTES.fullmatch(name))
