"""
A number in a sheet and the format it is shown in -> the text that a reader sees.

In: the stored number and its number format. Out: text. Dates are shown as months where the format shows months, and as
ISO dates where it shows days; the year always has four digits, because two would be read as a day or a month.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

#: Number formats that files name by number only, by what they show. Those of East Asian dates differ by country.
_BUILT_IN = {
    **dict.fromkeys((14, 15, *range(27, 32), 36, *range(50, 55), 56, 57, 58), "yyyy-mm-dd"),
    **dict.fromkeys((17, 55), "mmm-yy"),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 45, 46, 47), "hh:mm"),
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    16: "d-mmm",
    22: "yyyy-mm-dd hh:mm",
    34: "hh:mm",
    35: "hh:mm",
    49: "@",
}
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[(?P<bracket>[^\]]*)\]|[_*].|(?P<clock>am/pm|a/p)|(?P<general>general)|(?P<power>e[+-])'
    r"|(?P<letters>[yemdhsb]+)|(?P<digits>[0#?][0#?,.]*)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_ELAPSED = re.compile(r"[hms]+", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"(m{1,2})([/.\-])y+")
#: The last day a sheet can show, counted from the first.
_LAST_DAY = 2_958_466
_DAY_ZERO, _DAY_ZERO_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
#: A day that never was: the first spreadsheet took 1900 for a leap year.
_NO_DAY = 60


class Token(NamedTuple):
    """A piece of a number format: `letters` of a date, `digits`, or `literal` text."""

    kind: str
    text: str


def format_of(number: int, formats: dict[int, str]) -> str:
    """
    Return the number format of a number, `General` for one that nobody states.

    >>> format_of(17, {}), format_of(164, {164: 'yyyy"-"m'}), format_of(5, {})
    ('mmm-yy', 'yyyy"-"m', 'General')
    """
    return formats.get(number) or _BUILT_IN.get(number, "General")


def show(value: str, code: str, from_1904: bool = False) -> str:
    """
    Return a stored number as a reader of the sheet sees it.

    Args:
        value: The number as the file has it.

        code: The number format.

        from_1904: Whether days are counted from 1904, as old files of the Macintosh do.

    >>> show("45352", "mmm-yy"), show("45352", "mm/yyyy"), show("45352", "d.m.yy"), show("45352.5", "yyyy-mm-dd hh:mm")
    ('3/2024', '03/2024', '2024-03-01', '2024-03-01 12:00')
    >>> show("1.0", "General"), show("1", '0"."'), show("0.5", "0%"), show("1234567.891", "#,##0.00"), show("7", "000")
    ('1', '1.', '50%', '1,234,567.89', '007')

    Spec: ECMA-376 part 1, 18.8.30 and 18.8.31.
    """
    try:
        number = float(value)
    except ValueError:
        return value
    tokens = _split_format(code)
    shown = {letter for kind, text in tokens for letter in (text[0] if kind == "letters" else "")}
    if shown & set("yemdhs"):
        moment = _read_moment(number, from_1904)
        if moment:
            return _show_moment(moment, tokens, shown)
    return _show_number(number, tokens, value)


@lru_cache(maxsize=1024)
def _split_format(code: str) -> tuple[Token, ...]:
    """Return the pieces of the first section of a number format, which is for numbers above zero."""
    tokens: list[Token] = []
    for match in _TOKEN.finditer(code.strip()):
        kind = match.lastgroup
        if kind == "other" and match[0] == ";":
            break
        if kind == "bracket":
            # A colour, a language or a condition, unless it counts hours.
            if _ELAPSED.fullmatch(match["bracket"]):
                tokens.append(Token("letters", match["bracket"].lower()))
        elif kind == "letters":
            tokens.append(Token("letters", match[0].lower().replace("e", "y").replace("b", "y")))
        elif kind in {"quoted", "escaped", "other"}:
            tokens.append(Token("literal", match[kind] or ""))
        elif kind in {"digits", "general", "power"}:
            tokens.append(Token("digits", match[0]))
    return tuple(_mark_minutes(tokens))


def _mark_minutes(tokens: list[Token]) -> Iterator[Token]:
    """Yield tokens, minutes distinguished from months: minutes stand behind hours or before seconds."""
    letters = [token.text[0] for token in tokens if token.kind == "letters"]
    position = -1
    for token in tokens:
        if token.kind != "letters":
            yield token
            continue
        position += 1
        before, after = letters[max(position - 1, 0) : position], letters[position + 1 : position + 2]
        minutes = token.text[0] == "m" and len(token.text) <= 2 and (before == ["h"] or after == ["s"])
        yield Token("letters", token.text.replace("m", "n")) if minutes else token


def _read_moment(number: float, from_1904: bool) -> datetime | None:
    """Return the day and time that a number of days is, None if it is none."""
    if not 0 <= number < _LAST_DAY:
        return None
    days = number + 1 if number < _NO_DAY and not from_1904 else number
    moment = (_DAY_ZERO_1904 if from_1904 else _DAY_ZERO) + timedelta(days=days)
    return (moment + timedelta(milliseconds=500)).replace(microsecond=0)


def _show_moment(moment: datetime, tokens: tuple[Token, ...], shown: set[str]) -> str:
    """Return a day or time as months, days or hours, whichever the format shows."""
    if not shown & set("ymd"):
        return moment.strftime("%H:%M")
    if any(not token.text.isascii() for token in tokens if token.kind == "literal"):
        return "".join(_show_token(moment, token) for token in tokens).strip()
    if "d" in shown:
        clock = moment.strftime(" %H:%M") if "h" in shown else ""
        return moment.strftime("%Y-%m-%d") + clock
    if "m" not in shown:
        return f"{moment.year:04}"
    plain = _MONTH_FIRST.fullmatch("".join(token.text for token in tokens))
    month = f"{moment.month:02}" if plain and plain[1] == "mm" else str(moment.month)
    return f"{month}{plain[2] if plain else '/'}{moment.year:04}"


def _show_token(moment: datetime, token: Token) -> str:
    """Return one piece of a date."""
    if token.kind != "letters":
        return token.text
    letter, double = token.text[0], len(token.text) > 1
    value = {"y": moment.year, "m": moment.month, "d": moment.day, "h": moment.hour, "n": moment.minute}.get(
        letter, moment.second
    )
    if letter == "y":
        return f"{value:04}"
    if letter == "d" and len(token.text) > 2:
        return ""
    return f"{value:02}" if double and len(token.text) == 2 else str(value)


def _show_number(number: float, tokens: tuple[Token, ...], value: str) -> str:
    """Return a number with the digits and the words that its format gives it; as it is if the format gives none."""
    digits = [token.text for token in tokens if token.kind == "digits"]
    if len(digits) != 1:
        return _general(number, value)
    form = _general(number, value) if digits[0].isalpha() else _digits(number, digits[0], "%" in map(_text, tokens))
    return "".join(form if token.kind == "digits" else token.text for token in tokens).strip()


def _text(token: Token) -> str:
    """Return a token's text."""
    return token.text


def _digits(number: float, form: str, percent: bool) -> str:
    """Return a number with as many digits as a format wants."""
    whole, _, decimals = form.partition(".")
    places = len(decimals.replace(",", ""))
    least = whole.count("0") + (places + 1 if places else 0)
    comma = "," if "," in whole.rstrip(",") else ""
    shown = f"{number * (100 if percent else 1):0{least}{comma}.{places}f}"
    # A point behind the last digit is a word of the format, as in a row's number.
    return shown + ("." if form.endswith(".") else "")


def _general(number: float, value: str) -> str:
    """Return a number with no more digits than it needs."""
    if number != number or number in {float("inf"), float("-inf")}:
        return value
    if number == int(number) and abs(number) < 1e15:
        return str(int(number))
    return f"{number:.15g}" if abs(number) < 1e15 else value
