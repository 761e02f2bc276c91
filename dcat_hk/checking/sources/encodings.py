"""
Text in any encoding that its syntax allows -> UTF-8 without a byte order mark.

In: bytes. Out: the encoding that a byte order mark, the first bytes, an XML declaration or a web page name, and a
copy in UTF-8. Text goes from file to file a block at a time.

Spec: XML 1.0, section 4.3.3 and appendix F; HTML, section 13.2.3.2; RDF 1.1 Turtle, section 6; RFC 8259, section 8.1.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from ...core.errors import NotRdf
from ...core.text import printable
from .contents import is_web_page

#: Byte order marks, the longer ones first, because one begins with another.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Where the first four bytes of text that begins with two ASCII characters are zero.
_ZEROS = {
    (True, True, True, False): "utf-32-be",
    (False, True, True, True): "utf-32-le",
    (True, False, True, False): "utf-16-be",
    (False, True, False, True): "utf-16-le",
}
_EBCDIC = b"\x4c\x6f\xa7\x94"
_DECLARATION = re.compile(r"""<\?xml\s[^>]*?\bencoding\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)')""")
_META = re.compile(rb"""<meta\s[^>]{0,500}?\bcharset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{1,40})""", re.IGNORECASE)
#: So many characters of a name are shown.
_SHOWN = 40
_UTF_8 = frozenset({"utf-8", "utf8"})
_WIDE = re.compile(r"utf-?(?:16|32)|ucs-?[24]|iso-10646-ucs-[24]")
#: What is meant by names of encodings, each to be tried in turn: programs write more than the strict encoding has.
_MEANT = {
    "us-ascii": ("utf-8",),
    "ascii": ("utf-8",),
    "big5": ("big5", "cp950", "big5hkscs"),
    "big5-hkscs": ("big5hkscs", "cp950"),
    "gb2312": ("gb2312", "gbk", "gb18030"),
    "gbk": ("gbk", "gb18030"),
    "shift_jis": ("shift_jis", "cp932"),
    "euc-kr": ("euc_kr", "cp949"),
    "ks_c_5601-1987": ("cp949",),
    "x-sjis": ("cp932",),
    "windows-31j": ("cp932",),
    "windows-874": ("cp874",),
    "x-gbk": ("gbk", "gb18030"),
    "x-big5": ("big5", "cp950", "big5hkscs"),
    "iso-8859-8-i": ("iso8859-8",),
    "x-mac-roman": ("mac_roman",),
    "macintosh": ("mac_roman",),
}
#: Names that Python knows and that are no encodings of text files.
_NO_ENCODINGS = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"})
_BLOCK = 1 << 20
#: So much of a text is looked at for its declaration.
_HEAD = 1024


@dataclass(frozen=True, slots=True)
class TextEncoding:
    """
    How a file is to be decoded: the name to tell, codecs to try in turn, bytes to skip.

    `stated` is what an XML declaration says if that cannot be, else empty.
    """

    name: str
    codecs: Sequence[str]
    skipped: int = 0
    stated: str = ""


def find_encoding(start: bytes, name: str) -> TextEncoding | None:
    """
    Return the encoding of a file that begins so; None for UTF-8 that needs no change.

    Args:
        start: Its first bytes, without compression.

        name: The name for an error.

    Raises:
        NotRdf: It names an encoding that is not known.

    >>> find_encoding(codecs.BOM_UTF8 + b"<urn:a>", "a.ttl")
    TextEncoding(name='utf-8', codecs=('utf-8',), skipped=3, stated='')
    >>> find_encoding(b"<?xml version='1.0' encoding='Big5'?>", "a.rdf").codecs
    ('big5', 'cp950', 'big5hkscs')
    """
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return TextEncoding(encoding, (encoding,), len(mark))
    zeros = _ZEROS.get(tuple(byte == 0 for byte in start[:4]))  # type: ignore[arg-type]
    if zeros:
        return TextEncoding(zeros, (zeros,))
    head = start[:_HEAD].decode("cp037" if start.startswith(_EBCDIC) else "latin-1").lstrip()
    match = _DECLARATION.match(head)
    stated = (match[1] or match[2] or "").strip() if match else _of_page(start)
    key = stated.lower()
    if not stated or key in _UTF_8:
        return None
    if _WIDE.match(key):
        # Its first characters are single bytes, so this cannot be: some programs copy the name from memory.
        return TextEncoding("UTF-8", ("utf-8",), 0, stated)
    return TextEncoding(stated, _MEANT.get(key) or (_codec(stated, name),))


def _of_page(start: bytes) -> str:
    """Return the encoding that a web page names, if it is not in UTF-8."""
    found = _META.search(start) if is_web_page(start) else None
    try:
        # Bytes at the end may be a part of a character.
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return found[1].decode() if found else ""
    return ""


def _codec(stated: str, name: str) -> str:
    """Return Python's name of an encoding."""
    try:
        info = codecs.lookup(stated)
    except (LookupError, ValueError):
        info = None
    if info is None or not info._is_text_encoding or info.name.replace("-", "_") in _NO_ENCODINGS:
        raise _refuse(stated[:_SHOWN], name)
    return info.name


def refuse_parser_encoding(error: LookupError | ValueError, name: str) -> NotRdf:
    """
    Return the error for XML whose encoding its parser does not know.

    Args:
        error: What the parser raises, which ends with what it does not know.

        name: The name of the file.

    >>> print(refuse_parser_encoding(LookupError("unknown encoding: x-a"), "a.rdf"))
    a.rdf: The encoding “unknown encoding: x-a” that the file names is not known. Save the file in UTF-8.
    """
    return _refuse(str(error)[-_SHOWN:], name)


def _refuse(stated: str, name: str) -> NotRdf:
    """Return the error for a file whose encoding nobody knows."""
    return NotRdf.of("checking.encoding", name, encoding=printable(stated))


def recode(path: Path, encoding: TextEncoding, place: Callable[[], Path], name: str) -> Path:
    """
    Return a copy of a file in UTF-8, whose XML declaration says so too.

    Args:
        path: The file.

        encoding: How it is to be decoded.

        place: Gives a path for the copy.

        name: The name for an error.

    Raises:
        NotRdf: It is not in that encoding.

        OSError: It cannot be read, or the copy not written.
    """
    problem = UnicodeError()
    for codec in encoding.codecs:
        copy = place()
        try:
            with path.open("rb") as source, copy.open("w", encoding="utf-8", newline="") as target:
                source.seek(encoding.skipped)
                _recode(source, codec, target)
        except UnicodeError as error:
            problem = error
            copy.unlink()
        else:
            return copy
    where = f"{name}:{_line_of(path, encoding)}"
    raise NotRdf.of("rdf.other-encoding", where, encoding=printable(encoding.name)) from problem


def _recode(source: IO[bytes], codec: str, target: IO[str]) -> None:
    """Write what one file holds to another as text."""
    decoder = codecs.getincrementaldecoder(codec)()
    is_first = True
    while block := source.read(_BLOCK):
        text = decoder.decode(block)
        if is_first:
            head = text[:_HEAD]
            text = _DECLARATION.sub(lambda m: m[0].replace(m[1] or m[2], "UTF-8"), head, count=1) + text[_HEAD:]
            is_first = False
        target.write(text)
    target.write(decoder.decode(b"", True))


def _line_of(path: Path, encoding: TextEncoding) -> int:
    """Return the line of the first bytes that cannot be decoded."""
    lines, codec = 1, encoding.codecs[-1]
    decoder = codecs.getincrementaldecoder(codec)()
    with path.open("rb") as source:
        source.seek(encoding.skipped)
        while block := source.read(4096):
            try:
                lines += decoder.decode(block).count("\n")
            except UnicodeDecodeError as error:
                decoded = block[: error.start].decode(codec, errors="replace") if error.start < len(block) else ""
                return lines + decoded.count("\n")
    return lines
