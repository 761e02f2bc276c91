"""
Damage to files of every kind, by a seed: bits, stretches, lines, numbers, elements of markup, parts of packages.

`damage_document` damages a document in the way that suits its kind; the functions it is made of damage any bytes.
"""

from __future__ import annotations

import contextlib
import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable

#: What is put into texts: controls, what turns the direction, marks of order, lone surrogates, noncharacters.
_SIGNS = tuple(
    sign.encode("utf-8", "surrogatepass")
    for sign in (
        *("\0", "\x07", "\x0b", "\x0c", "\x1b", "\x7f", "\x85", "\r", "\n", "\t", '"', "<", "&#0;", "&x;"),
        *("\u202e", "\u2066", "\u2069", "\u200b", "\u200f", "\u2028", "\ufeff", "\ufffd", "\ufffe", "\U000e0041"),
        *("\ud800", "\u0300" * 50, "\u2f00", "\ue000", "\U0010ffff"),
    )
)
_NOT_XML = ("\ufffe".encode(), "\ud800".encode("utf-8", "surrogatepass"))
#: Those of them that XML allows.
_LETTERS = tuple(sign for sign in _SIGNS if re.fullmatch(rb"[\t\r\n]|[\xc2\xe1-\xf4].*", sign) and sign not in _NOT_XML)
_NUMBERS = (
    b"0",
    b"1",
    b"-1",
    b"2",
    b"65536",
    b"999999999",
    b"4294967296",
    b"9" * 400,
    b"1e9",
    b"\xd9\xa3",
    b"\xc2\xb2",
)
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_TAG = re.compile(rb"<(/?)([A-Za-z][\w:.-]*)([^<>]*?)(/?)>")


def damage_document(data: bytes, name: str, seed: int) -> bytes:
    """
    Return a damaged document, the same for the same name and seed.

    Args:
        data: A sound document.

        name: Its name, whose end says of which kind it is.

        seed: Of the generator that draws what is done.
    """
    chance = random.Random(f"{name} {seed}")
    if name.endswith((".docx", ".xlsx", ".odt", ".ods")) and chance.random() < 0.8:
        return damage_package(data, chance)
    if name.endswith(".pdf") and chance.random() < 0.6:
        return damage_stream(data, chance)
    damaged = damage_bytes(data, chance)
    # Most texts stay decodable: a text that is none is refused at the door.
    if _is_utf8(data) and chance.random() < 0.8:
        return damaged.decode("utf-8", "ignore").encode()
    return damaged


def _is_utf8(data: bytes) -> bool:
    """Tell whether bytes are UTF-8; old pages and tables are in other encodings."""
    with contextlib.suppress(UnicodeDecodeError):
        return bool(data.decode("utf-8"))
    return False


def damage_bytes(data: bytes, chance: random.Random) -> bytes:
    """Return bytes with one to five faults."""
    for _ in range(chance.choice((1, 1, 2, 3, 5))):
        if data:
            data = chance.choice(_FAULTS)(data, chance)
    return data


def damage_markup(data: bytes, chance: random.Random) -> bytes:
    """Return XML with one to five faults that mostly leave it well formed."""
    for _ in range(chance.choice((1, 2, 3, 5))):
        if data:
            data = chance.choice((_element, _element, _into_text, _number))(data, chance)
    return data


def damage_package(data: bytes, chance: random.Random) -> bytes:
    """Return a package with faults inside a part or two, or with parts lost, doubled or interchanged."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    main = [
        name
        for name in parts
        if re.search(r"document\.xml$|sheet\d*\.xml$|sharedStrings|workbook\.xml$|^content\.xml$", name)
    ]
    for _ in range(chance.choice((1, 1, 2))):
        name = chance.choice(main if chance.random() < 0.7 else list(parts))
        parts[name] = (damage_markup if chance.random() < 0.7 else damage_bytes)(parts[name], chance)
    if chance.random() < 0.1:
        one, other = chance.sample(list(parts), 2)
        parts[one], parts[other] = parts[other], parts[one]
    if chance.random() < 0.1:
        del parts[chance.choice(list(parts))]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def damage_stream(data: bytes, chance: random.Random) -> bytes:
    """Return a PDF with faults inside a compressed stream."""
    streams = list(_STREAM.finditer(data))
    for match in chance.sample(streams, min(2, len(streams))):
        try:
            content = zlib.decompress(match[1])
        except zlib.error:
            continue
        packed = zlib.compress(damage_bytes(content, chance))
        # The streams stay where they are, if they can: the table of places stays right.
        data = data[: match.start(1)] + packed.ljust(len(match[1]), b"\0") + data[match.end(1) :]
        break
    return data


def _block(data: bytes, chance: random.Random) -> tuple[int, int]:
    """Return where a stretch begins and ends, mostly a short one."""
    start = chance.randrange(len(data))
    return start, min(len(data), start + chance.choice((1, 4, 16, 64, 1024, 8192)))


def _flip(data: bytes, chance: random.Random) -> bytes:
    """Change some bits."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 4, 30))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut(data: bytes, chance: random.Random) -> bytes:
    """Take a stretch out."""
    start, end = _block(data, chance)
    return data[:start] + data[end:]


def _end(data: bytes, chance: random.Random) -> bytes:
    """Take the end off."""
    return data[: chance.randrange(len(data))]


def _double(data: bytes, chance: random.Random) -> bytes:
    """Write a stretch several times."""
    start, end = _block(data, chance)
    return data[:end] + data[start:end] * chance.choice((1, 1, 2, 10, 60)) + data[end:]


def _swap(data: bytes, chance: random.Random) -> bytes:
    """Interchange two stretches."""
    (a, b), (c, d) = sorted((_block(data, chance), _block(data, chance)))
    b = min(b, c)
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def _zeros(data: bytes, chance: random.Random) -> bytes:
    """Overwrite a stretch with zeros."""
    start, end = _block(data, chance)
    return data[:start] + bytes(end - start) + data[end:]


def _insert(data: bytes, chance: random.Random) -> bytes:
    """Put signs in that no plan has."""
    for _ in range(chance.choice((1, 3, 20))):
        start = chance.randrange(len(data))
        data = data[:start] + chance.choice(_SIGNS) + data[start:]
    return data


def _into_text(data: bytes, chance: random.Random) -> bytes:
    """Put signs between tags or after words, where they break no markup."""
    places = [match.end() for match in re.finditer(rb">(?=[^<\s])|[\xe4-\xe9][\x80-\xbf]{2}|[a-z] ", data)]
    for start in sorted(chance.choices(places, k=chance.choice((1, 5, 40))), reverse=True) if places else ():
        data = data[:start] + chance.choice(_LETTERS) + data[start:]
    return data


def _number(data: bytes, chance: random.Random) -> bytes:
    """Write other numbers for some."""
    found = list(re.finditer(rb"\d+", data))
    for match in sorted(chance.sample(found, min(len(found), chance.choice((1, 3, 10)))), key=re.Match.start)[::-1]:
        data = data[: match.start()] + chance.choice(_NUMBERS) + data[match.end() :]
    return data


def _lines(data: bytes, chance: random.Random) -> bytes:
    """Lose, double, move or join lines."""
    lines = data.split(b"\n")
    for _ in range(chance.choice((1, 4, 20))):
        one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        done = chance.randrange(4)
        if done == 0 and len(lines) > 1:
            del lines[one]
        elif done == 1:
            lines.insert(other, lines[one])
        elif done == 2:
            lines[one], lines[other] = lines[other], lines[one]
        else:
            lines[one] = lines[one] + lines[other]
    return b"\n".join(lines)


def _element(data: bytes, chance: random.Random) -> bytes:
    """Lose, double, nest or move a whole element, so that what is left is well formed."""
    tags = [match for match in _TAG.finditer(data) if not match[4]]
    opening = [number for number, match in enumerate(tags) if not match[1]]
    if not opening:
        return _cut(data, chance)
    number = chance.choice(opening)
    depth, end = 0, len(data)
    for match in tags[number:]:
        if match[2] == tags[number][2]:
            depth += -1 if match[1] else 1
            if not depth:
                end = match.end()
                break
    start, inside = tags[number].span()
    element = data[start:end]
    if len(element) > 200_000:
        return data
    done = chance.randrange(4)
    if done == 0:
        return data[:start] + data[end:]
    if done == 1:
        return data[:end] + element * chance.choice((1, 3, 20)) + data[end:]
    if done == 2:
        return data[:inside] + element + data[inside:]
    opener, closer = data[start:inside], b"</" + tags[number][2] + b">"
    deep = chance.choice((1, 10, 150, 300))
    return data[:start] + opener * deep + element + closer * deep + data[end:]


_FAULTS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    *(_flip, _cut, _end, _double, _swap, _zeros, _insert),
    *(_into_text, _into_text, _number, _number, _lines, _element, _element, _element),
)
