"""
What commands print of findings in the language that is asked for: places, and numbers that agree with their nouns.

In: places and texts as records have them. Out: the same to read. It knows no findings.
"""

from __future__ import annotations

import re

from .messages import load_printed_texts

#: The pieces of a place in words of the file, as they are printed in English.
_PIECES = {
    "lines": re.compile(r"lines (?P<first>[0-9]+)-(?P<last>[0-9]+)"),
    "sheet": re.compile(r"sheet (?P<name>.+)"),
    "cell": re.compile(r"cell (?P<name>[A-Z]+[0-9]+)"),
    "text-box": re.compile("text box"),
    **{
        # Tables of files of decisions: the number, a key of the table, what the table is about.
        name: re.compile(rf"{name} (?P<number>[0-9]+)(?:\.(?P<key>[^()]+))?(?: \((?P<about>.*)\))?")
        for name in ("category", "correction", "format", "frequency", "organisation")
    },
    "named-column": re.compile("column “(?P<name>[^“”]+)”"),
    **{
        name: re.compile(rf"{name} (?P<number>[0-9]+)")
        for name in ("line", "page", "paragraph", "table", "row", "column", "plan", "entry")
    },
}
#: One of what findings count, with the verb behind it. The last digit of a fraction or of a version is not one, nor is
#: a number below zero, nor the end of a range.
_ONE_THING = re.compile(
    r"\b(?P<start>there are )?(?<![0-9][.,])(?<!-)1 (?P<noun>row|cell|character|error|warning|language version"
    r"|link|candidate|new line|line|doubtful place|place|thing|file|page|second|step|byte|change|input|dataset"
    r"|violation|graph|record|title|date)s\b"
    r"(?P<below> below it)?(?P<verb> are\b| have\b| were\b)?"
)
_SINGULAR = {" are": " is", " have": " has", " were": " was"}
#: One line, as records have it.
_ONE_LINE = re.compile(r"\blines ([0-9]+)-\1\b")


def translate_place(place: str, language: str) -> str:
    """
    Return a printed place in a language; what is not known of it stays in English.

    Args:
        place: What `str` gives for a `Place`.

        language: A language of messages.

    >>> translate_place("page 1, line 5 to page 2, line 1", "zh-Hant"), translate_place("lines 3-3", "zh-Hans")
    ('第1頁，第5行至第2頁，第1行', '第3行')
    >>> translate_place("sheet S, row 7", "en"), translate_place("lines 3-3", "en")
    ('sheet S, row 7', 'line 3')
    """
    if language == "en":
        return _ONE_LINE.sub(r"line \1", place)
    words = load_printed_texts()
    start, _sign, end = place.partition(" to ")
    ends = [_translate_pieces(part, language) for part in (start, end) if part]
    return words["range"][language].format(start=ends[0], end=ends[1]) if len(ends) > 1 else ends[0]


def translate_stated(stated: str, language: str) -> str:
    """
    Return the stage or the date of a row in a language; a date stays as it is, and for none there is a word.

    Args:
        stated: What a finding has for it: “planned”, “released”, a date, or a dash.

        language: A language of messages.

    >>> translate_stated("planned", "zh-Hant"), translate_stated("–", "en"), translate_stated("2025-06", "zh-Hans")
    ('計劃發放', 'none', '2025-06')
    """
    name = {"planned": "planned", "released": "released", "–": "no-date"}.get(stated)
    return load_printed_texts()[name][language] if name else stated


def translate_where(where: str, language: str) -> str:
    """
    Return where something is wrong in a language: a name stays as it is, and a place behind it is translated.

    Args:
        where: A name, or a name, a colon and a place.

        language: A language of messages.

    >>> translate_where("a.docx: table 2, row 7", "zh-Hant"), translate_where("from a to b.txt", "zh-Hant")
    ('a.docx: 表2，第7列', 'from a to b.txt')
    >>> translate_where("decisions/corrections.toml: correction 2 (D-ii-1)", "zh-Hant")
    'decisions/corrections.toml: 第2項更正（D-ii-1）'
    """
    name, sign, place = where.rpartition(": ")
    pieces = [piece for end in place.split(" to ") for piece in end.split(", ")]
    known = all(any(pattern.fullmatch(piece) for pattern in _PIECES.values()) for piece in pieces)
    return f"{name}{sign}{translate_place(place, language)}" if sign and known else where


def _translate_pieces(place: str, language: str) -> str:
    """Return the pieces of one place in a language."""
    words = load_printed_texts()
    pieces: list[str] = []
    for piece in place.split(", "):
        name, match = next(
            ((name, match) for name, pattern in _PIECES.items() if (match := pattern.fullmatch(piece))), ("", None)
        )
        if match and name == "lines" and match["first"] == match["last"]:
            pieces.append(words["line"][language].format(number=match["first"]))
        else:
            pieces.append(_translate_piece(name, match, language) if match else piece)
    return words["between"][language].join(pieces)


def _translate_piece(name: str, match: re.Match[str], language: str) -> str:
    """Return a piece of a place in a language."""
    words, parts = load_printed_texts(), match.groupdict()
    text = words[name][language].format(**parts)
    for part in ("key", "about"):
        if parts.get(part):
            text = words[part][language].format(table=text, **{part: parts[part]})
    return text


def make_agree(text: str) -> str:
    """
    Return an English text in which one thing is not several.

    >>> make_agree("1 rows below it are not published (11 rows)."), make_agree("there are 1 violations")
    ('1 row below it is not published (11 rows).', 'there is 1 violation')
    """
    return _ONE_THING.sub(_make_single, text)


def _make_single(one: re.Match[str]) -> str:
    """Return what is said of one thing."""
    start = "there is " if one["start"] else ""
    return f"{start}1 {one['noun']}{one['below'] or ''}{_SINGULAR.get(one['verb'], '')}"
