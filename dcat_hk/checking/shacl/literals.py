"""
Literals as N-Triples has them: their parts, whether they are well formed, and which of two is less.

Nothing is known here of shapes. A datatype that is not in the table has no ill-formed literal.

Spec: XML Schema 1.1, part 2; SPARQL 1.1, section 17.3 (operator mapping).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from ...core.terms import PREFIXES

XSD = PREFIXES["xsd"]
LANG_STRING = f"{PREFIXES['rdf']}langString"
STRING = f"{XSD}string"

_ESCAPE = re.compile(r'\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([tbnrf"\'\\]))')
_LETTERS = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"}

#: Seconds that time zones can shift a time by: 14 hours to either side.
_WIDEST_ZONE = 14 * 3600


def parts_of(literal: str) -> tuple[str, str, str]:
    """
    Return the lexical form, language tag and datatype of a literal.

    >>> parts_of('"a \\\\" b"@en'), parts_of('"1"^^<urn:d>')
    (('a " b', 'en', 'http://www.w3.org/1999/02/22-rdf-syntax-ns#langString'), ('1', '', 'urn:d'))
    """
    end = literal.rindex('"')
    lexical, tail = literal[1:end], literal[end + 1 :]
    if "\\" in lexical:
        lexical = _ESCAPE.sub(_unescaped, lexical)
    if tail.startswith("@"):
        return lexical, tail[1:], LANG_STRING
    return lexical, "", tail[3:-1] if tail else STRING


def _unescaped(match: re.Match[str]) -> str:
    """Return the character that an escape stands for."""
    short, long, letter = match.groups()
    return _LETTERS[letter] if letter else chr(int(short or long, 16))


def text_of(term: str) -> str:
    """
    Return what SPARQL's STR gives: the IRI, or the lexical form.

    >>> text_of("<urn:a>"), text_of('"b"@en')
    ('urn:a', 'b')
    """
    return parts_of(term)[0] if term.startswith('"') else term[1:-1]


# ---- well-formed

_ZONE = r"(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"
_YEAR = r"-?(?:[1-9][0-9]{3,}|0[0-9]{3})"
_CLOCK = r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?)"
_MONTH, _DAY = r"(?:0[1-9]|1[0-2])", r"(?:0[1-9]|[12][0-9]|3[01])"
_DAYS = r"(?:[0-9]+D)"
_HOURS = r"(?:T(?=[0-9])(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+(?:\.[0-9]+)?S)?)"
_REAL = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
_FLOAT = rf"{_REAL}(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN"
_NAME_START = r"[^\W\d]"

#: Datatypes by local name: the pattern of their literals.
_PATTERNS = {
    "boolean": r"true|false|1|0",
    "decimal": _REAL,
    "integer": r"[+-]?[0-9]+",
    "float": _FLOAT,
    "double": _FLOAT,
    "date": rf"({_YEAR})-({_MONTH})-({_DAY}){_ZONE}",
    "dateTime": rf"({_YEAR})-({_MONTH})-({_DAY})T{_CLOCK}{_ZONE}",
    "dateTimeStamp": rf"({_YEAR})-({_MONTH})-({_DAY})T{_CLOCK}(?=[Z+-]){_ZONE}",
    "time": rf"{_CLOCK}{_ZONE}",
    "gYear": rf"{_YEAR}{_ZONE}",
    "gYearMonth": rf"{_YEAR}-{_MONTH}{_ZONE}",
    "gMonth": rf"--{_MONTH}{_ZONE}",
    "gDay": rf"---{_DAY}{_ZONE}",
    "gMonthDay": rf"--(?:(?:0[13578]|1[02])-{_DAY}|(?:0[469]|11)-(?!31){_DAY}|02-(?!3){_DAY}){_ZONE}",
    "duration": rf"-?P(?=[0-9T])(?:[0-9]+Y)?(?:[0-9]+M)?{_DAYS}?{_HOURS}?",
    "dayTimeDuration": rf"-?P(?=[0-9T]){_DAYS}?{_HOURS}?",
    "yearMonthDuration": r"-?P(?=[0-9])(?:[0-9]+Y)?(?:[0-9]+M)?",
    "hexBinary": r"(?:[0-9a-fA-F]{2})*",
    "base64Binary": r"(?:(?:[A-Za-z0-9+/] ?){4})*(?:(?:[A-Za-z0-9+/] ?){3}=|(?:[A-Za-z0-9+/] ?){2}= ?=)?",
    "language": r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*",
    "normalizedString": r"[^\t\n\r]*",
    "token": r"(?! )(?!.*  )[^\t\n\r]*(?<! )",
    "Name": rf"(?:{_NAME_START}|:)[\w.:\-]*",
    "NCName": rf"{_NAME_START}[\w.\-]*",
    "NMTOKEN": r"[\w.:\-]+",
}

#: Whole numbers by local name: the least and the greatest.
_RANGES: dict[str, tuple[int | None, int | None]] = {
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-(2**7), 2**7 - 1),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 2**8 - 1),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
}


def well_formed(datatype: str) -> Callable[[str], bool] | None:
    """
    Return a check of lexical forms, or nothing if every form is well formed.

    Args:
        datatype: The datatype's IRI.

    >>> check = well_formed(f"{XSD}date")
    >>> check("2024-02-29"), check("2023-02-29"), check("banana")
    (True, False, False)
    """
    name = datatype.removeprefix(XSD) if datatype.startswith(XSD) else ""
    if name in _RANGES:
        return _whole_number(*_RANGES[name])
    if name not in _PATTERNS:
        return None
    match = re.compile(_PATTERNS[name]).fullmatch
    if name in {"date", "dateTime", "dateTimeStamp"}:
        return lambda text: (parts := match(text)) is not None and _is_day(*parts.groups()[:3])
    return lambda text: match(text) is not None


def _whole_number(least: int | None, greatest: int | None) -> Callable[[str], bool]:
    """Return a check for whole numbers within bounds."""
    match = re.compile(_PATTERNS["integer"]).fullmatch

    def check(text: str) -> bool:
        if match(text) is None:
            return False
        digits = Decimal(text)
        return (least is None or digits >= least) and (greatest is None or digits <= greatest)

    return check


def _is_day(year: str, month: str, day: str) -> bool:
    """Return whether the calendar has a day; leap years are told by the last four digits, before and after year 0."""
    try:
        date(2000 + int(year[-4:]) % 400, int(month), int(day))
    except ValueError:
        return False
    return True


# ---- order

_INSTANT = re.compile(
    r"(?P<year>-?[0-9]{4,})?(?:-(?P<month>[0-9]{2}))?(?:-(?P<day>[0-9]{2}))?"
    r"(?:T?(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2}(?:\.[0-9]+)?))?"
    r"(?P<zone>Z|[+-][0-9]{2}:[0-9]{2})?"
)
#: Characters of a time that is compared.
_LONGEST_TIME = 100
_TIMES = {"date", "dateTime", "dateTimeStamp", "time", "gYear", "gYearMonth"}
_NUMBERS = {"decimal", "integer", "float", "double", *_RANGES}


@lru_cache(maxsize=1 << 12)
def rank(literal: str) -> tuple[str, Decimal | str, bool] | None:
    """
    Return a family, a value to compare by and whether a time zone is stated; nothing if it cannot be compared.

    >>> rank('"1.50"^^<http://www.w3.org/2001/XMLSchema#decimal>')[:2]
    ('number', Decimal('1.50'))
    """
    if not literal.startswith('"'):
        return None
    text, language, datatype = parts_of(literal)
    name = datatype.removeprefix(XSD) if datatype.startswith(XSD) else ""
    check = well_formed(datatype)
    if language or not name or (check is not None and not check(text)):
        return None
    if name in _NUMBERS:
        return ("number", _number(text.replace("INF", "Infinity")), True)
    if name == "boolean":
        return ("boolean", Decimal(text in {"true", "1"}), True)
    if name in _TIMES:
        # No program need know years of more than four digits, and numbers of thousands are none for Python.
        if len(text) > _LONGEST_TIME:
            return None
        seconds, zoned = _instant(text)
        return ("dateTime" if name == "dateTimeStamp" else name, seconds, zoned)
    return ("string", text, True) if name == "string" else None


def _number(text: str) -> Decimal:
    """Return a number; one whose exponent is beyond all others is infinite or nothing, as it is for computers."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal(float(text))


def _instant(text: str) -> tuple[Decimal, bool]:
    """Return the seconds from an epoch to the start of a time, and whether it has a zone."""
    match = _INSTANT.fullmatch(text)
    if match is None:
        raise ValueError(text)
    year, month, day, hour, minute, second, zone = match.groups()
    cycle, rest = divmod(int(year or 2000), 400)
    days = date(2000 + rest, int(month or 1), int(day or 1)).toordinal() + cycle * 146_097
    shift = 0
    if zone and zone != "Z":
        shift = int(zone[:1] + "60") * (int(zone[1:3]) * 60 + int(zone[4:]))
    clock = int(hour or 0) * 3600 + int(minute or 0) * 60 + Decimal(second or 0)
    return days * 86_400 + clock - shift, zone is not None


def compare(one: str, other: str) -> int | None:
    """
    Return -1, 0 or 1 as a literal is less than, equal to or greater than another; nothing if neither can be said.

    >>> integer, year = f"^^<{XSD}integer>", f"^^<{XSD}gYear>"
    >>> compare(f'"2"{integer}', f'"10"{integer}'), compare(f'"2024"{year}', f'"10"{integer}')
    (-1, None)
    """
    first, second = rank(one), rank(other)
    if first is None or second is None or first[0] != second[0]:
        return None
    if isinstance(first[1], str) or isinstance(second[1], str):
        return (str(first[1]) > str(second[1])) - (str(first[1]) < str(second[1]))
    if first[1].is_nan() or second[1].is_nan():
        return None
    if first[2] != second[2] and abs(first[1] - second[1]) <= _WIDEST_ZONE:
        return None
    return (first[1] > second[1]) - (first[1] < second[1])
