"""
The numbers that Word puts before paragraphs of a list: a reader sees them, the file does not hold them.

In: the lists and styles of a Word file as XML, then each paragraph's list in turn. Out: the text of its number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeAlias

from ...core.wording.records import TableReader, read_toml

#: An element of lxml, which has no type annotations.
Element: TypeAlias = Any

#: Word has lists of nine levels.
_LEVELS = 9
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_SMALL = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
#: Above this, numbers are written in Arabic figures.
_MOST_ROMAN, _MOST_COUNTED, _MOST_REPEATED = 4999, 9999, 20
#: Styles in one another, and styles of lists in one another.
_DEEPEST = 50
_PART = re.compile(r"%([1-9])")
_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,7}")
_BULLET = "\u2022"
#: So many names of elements are known with and without their namespace.
_MOST_NAMES = 1000


@dataclass(frozen=True, slots=True)
class Numerals:
    """
    The signs of each format of list numbers by Word's name of it, and Word's names by those of the web.

    >>> load_numerals().web["lower-roman"]
    'lowerRoman'
    """

    cycles: Mapping[str, str]
    series: Mapping[str, str]
    figures: Mapping[str, str]
    counts: Mapping[str, str]
    formal: Mapping[str, str]
    web: Mapping[str, str]


@cache
def load_numerals() -> Numerals:
    """
    Return the record of `numbering.toml`, read and checked once per process.

    Raises:
        WordingError: The file lacks a key, has one too many, or holds a value that cannot be used.
    """
    return read_numerals(read_toml(__package__, "numbering.toml"))


def read_numerals(tables: Mapping[str, Any]) -> Numerals:
    """
    Return the record of the tables of `numbering.toml`.

    Args:
        tables: The parsed file.

    Raises:
        WordingError: A key is missing, unknown or of the wrong type; a format has not as many signs as it needs.
    """
    reader = TableReader("numbering.toml")
    numerals = reader.read_record(Numerals, tables)
    lengths = (("figures", numerals.figures, 10), ("counts", numerals.counts, 13), ("formal", numerals.formal, 13))
    for name, formats, count in lengths:
        for form, signs in formats.items():
            if len(signs) != count:
                raise reader.error(f"{name}.{form}", f"Expected {count} signs, not {len(signs)}.")
    return numerals


_NUMERALS = load_numerals()


def format_of_web(name: str) -> str:
    """
    Return the format that a web page calls by a name, decimal if the name is none.

    >>> format_of_web("upper-roman"), format_of_web("a"), format_of_web("fancy")
    ('upperRoman', 'lowerLetter', 'decimal')
    """
    return _NUMERALS.web.get(name, "decimal")


@cache
def format_of_signs(signs: str) -> str:
    """
    Return the format whose first numerals are given, as OpenDocument names it; decimal if there is none.

    Args:
        signs: The first numeral, or some of them with commas between; none where an item has no number.

    >>> format_of_signs("A"), format_of_signs("甲, 乙, 丙, ..."), format_of_signs("")
    ('upperLetter', 'ideographTraditional', 'none')
    """
    stated = [sign.strip() for sign in signs.split(",")][:2]
    if not stated[0]:
        return "none"
    if len(stated) == 1:
        return format_of_web(signs)
    tables = (_NUMERALS.cycles, _NUMERALS.series, _NUMERALS.figures, _NUMERALS.counts, _NUMERALS.formal)
    forms = (form for table in tables for form in table)
    return next((form for form in forms if [numeral(1, form), numeral(2, form)] == stated), "decimal")


def numeral(number: int, form: str) -> str:
    """
    Return a number as a list shows it.

    Args:
        number: Which item of the list.

        form: Word's name of the format.

    >>> [numeral(number, form) for number, form in ((4, "decimal"), (28, "upperLetter"), (4, "lowerRoman"))]
    ['4', 'BB', 'iv']
    >>> numeral(12, "chineseCounting"), numeral(3, "decimalZero"), numeral(2, "none")
    ('十二', '03', '')

    Spec: ECMA-376 part 1, 17.18.59, ST_NumberFormat; CSS Counter Styles Level 3, 7, complex predefined styles.
    """
    if form in {"none", "bullet"}:
        return ""
    if form == "decimalZero":
        return f"{number:02}"
    if number < 1:
        return str(number)
    if form in _NUMERALS.cycles:
        signs = _NUMERALS.cycles[form]
        times, rest = divmod(number - 1, len(signs))
        return signs[rest] * (times + 1) if times < _MOST_REPEATED else str(number)
    if form in _NUMERALS.series and number <= len(_NUMERALS.series[form]):
        return _NUMERALS.series[form][number - 1]
    if form in _NUMERALS.figures:
        return "".join(_NUMERALS.figures[form][int(figure)] for figure in str(number))
    if form in _NUMERALS.counts and number <= _MOST_COUNTED:
        return _write_counted(number, _NUMERALS.counts[form])
    if form in _NUMERALS.formal and number <= _MOST_COUNTED:
        return _write_counted(number, _NUMERALS.formal[form], formal=True)
    if form in {"upperRoman", "lowerRoman"} and number <= _MOST_ROMAN:
        return _write_roman(number).upper() if form == "upperRoman" else _write_roman(number)
    return str(number)


def _write_roman(number: int) -> str:
    """Return a number in small Roman numerals."""
    result = ""
    for value, sign in (*_ROMAN, *_ROMAN_SMALL):
        result += sign * (number // value)
        number %= value
    return result


def _write_counted(number: int, signs: str, formal: bool = False) -> str:
    """Return a number as Chinese counts: a figure and its power of ten, one after the other; formal ten has a one."""
    result, gap = "", False
    for place, figure in enumerate(map(int, f"{number:04}")):
        power = 3 - place
        if not figure:
            gap = bool(result)
            continue
        single = figure == 1 and power == 1 and not result and not formal
        result += (signs[0] if gap else "") + ("" if single else signs[figure]) + (signs[9 + power] if power else "")
        gap = False
    return result


# ---- XML


class _LocalNames(dict[object, str]):
    """Names of elements without their namespace, by the whole name; a file has few of them, and asks for each often."""

    def __missing__(self, tag: object) -> str:
        """Return a name that was not asked for before; a file can hold any, so that not all are kept."""
        name = tag.rpartition("}")[2] if isinstance(tag, str) else ""
        if len(self) < _MOST_NAMES:
            self[tag] = name
        return name


_LOCAL_NAMES = _LocalNames()


def local(element: Element) -> str:
    """Return an element's name without its namespace, which Word has two of; nothing for a comment."""
    return _LOCAL_NAMES[element.tag]


def child(element: Element | None, *names: str) -> Element | None:
    """Return the element at the end of a path of names, None if there is none."""
    for name in names:
        if element is None:
            return None
        for inner in element:
            if _LOCAL_NAMES[inner.tag] == name:
                element = inner
                break
        else:
            return None
    return element


def children(element: Element | None) -> dict[str, Element]:
    """Return the elements in an element by their names without namespace, the first of each name."""
    named: dict[str, Element] = {}
    for inner in element if element is not None else ():
        named.setdefault(_LOCAL_NAMES[inner.tag], inner)
    return named


def value(element: Element | None, name: str = "val", default: str = "") -> str:
    """Return an attribute by its name without namespace."""
    if element is None:
        return default
    end = "}" + name
    for key, text in element.items():
        if key == name or key.endswith(end):
            return str(text)
    return default


def whole(element: Element | None, name: str = "val", default: int = 0) -> int:
    """Return an attribute that is a whole number of sensible size."""
    stated = value(element, name) if element is not None else ""
    return int(stated) if stated and _WHOLE_NUMBER.fullmatch(stated) else default


def is_on(element: Element | None) -> bool:
    """Tell whether an element that switches something is there and does not switch it off."""
    return element is not None and value(element, default="1").lower() not in {"0", "false", "off", "none"}


# ---- styles and lists


@dataclass(slots=True)
class WordStyles:
    """The styles of a Word file: what they are based on, which list they number, whether they hide text."""

    elements: dict[str, Element] = field(default_factory=dict)
    default: str = ""
    #: The properties of runs that hold where no style states any.
    defaults: Element | None = None
    _results: dict[tuple[str, ...], tuple[str, Element | None]] = field(default_factory=dict)

    @classmethod
    def read(cls, root: Element | None) -> WordStyles:
        """Return the styles of a part; none without a part."""
        styles = cls(defaults=child(root, "docDefaults", "rPrDefault", "rPr"))
        for element in root if root is not None else ():
            if local(element) == "style":
                styles.elements[value(element, "styleId")] = element
                if value(element, "type") == "paragraph" and value(element, "default") in {"1", "true", "on"}:
                    styles.default = value(element, "styleId")
        return styles

    def find(self, name: str, *path: str) -> tuple[str, Element | None]:
        """Return the first of a style and those it is based on that has something, and what it has."""
        key = (name, *path)
        if key not in self._results:
            self._results[key] = self._look_up(name, path)
        return self._results[key]

    def chain(self, name: str) -> Iterator[Element]:
        """Yield a style and those it is based on."""
        for _step in range(_DEEPEST):
            element = self.elements.get(name)
            if element is None:
                return
            yield element
            name = value(child(element, "basedOn"))

    def _look_up(self, name: str, path: Sequence[str]) -> tuple[str, Element | None]:
        """Return what `find` does."""
        for element in self.chain(name):
            part = child(element, *path)
            if part is not None:
                return value(element, "styleId"), part
        return "", None


@dataclass(slots=True)
class Numbering:
    """The lists of a Word file and how far each has counted."""

    styles: WordStyles
    #: Definitions of lists, and the lists that follow them, by number.
    definitions: dict[str, Element] = field(default_factory=dict)
    lists: dict[str, Element] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def read(cls, root: Element | None, styles: WordStyles) -> Numbering:
        """Return the lists of a part; none without a part."""
        numbering = cls(styles)
        for element in root if root is not None else ():
            if local(element) == "abstractNum":
                numbering.definitions[value(element, "abstractNumId")] = element
            elif local(element) == "num":
                numbering.lists[value(element, "numId")] = element
        return numbering

    def label(self, stated: Mapping[str, Element]) -> str:
        """
        Count a paragraph and return its number with the signs around it, nothing if it has none.

        Args:
            stated: The properties of the paragraph, by name.
        """
        number, level = self._list_of(stated)
        used = self.lists.get(number)
        if used is None:
            return ""
        name, levels = self._levels(number)
        shape = levels.get(level)
        if shape is None:
            return ""
        self._count(number, name, level, levels)
        form = value(child(shape, "numFmt"), default="decimal")
        pattern = value(child(shape, "lvlText"))
        if form == "bullet":
            return _BULLET if pattern.strip() else ""
        legal = is_on(child(shape, "isLgl"))

        def part(match: re.Match[str]) -> str:
            """Return the number of one level of the list."""
            other = int(match[1]) - 1
            outer = levels.get(other)
            count = self.counts[name].get(other, whole(child(outer, "start"), default=1))
            return numeral(count, "decimal" if legal else value(child(outer, "numFmt"), default="decimal"))

        return _PART.sub(part, pattern).strip()

    def is_tight(self, stated: Mapping[str, Element]) -> bool:
        """Tell whether nothing stands between the number and the text of a paragraph with some properties."""
        number, level = self._list_of(stated)
        return value(child(self._levels(number)[1].get(level), "suff")) == "nothing"

    def _list_of(self, stated: Mapping[str, Element]) -> tuple[str, int]:
        """Return a paragraph's list and level in it, by itself or by its style."""
        own = stated.get("numPr")
        style = value(stated.get("pStyle"), default=self.styles.default)
        named, inherited = self.styles.find(style, "pPr", "numPr")
        if own is None and inherited is None:
            return "", 0
        number = value(child(own, "numId")) or value(child(inherited, "numId"))
        level = child(own, "ilvl")
        if level is None:
            level = child(inherited, "ilvl")
        if child(own, "numId") is None and inherited is not None:
            for depth, shape in self._levels(number)[1].items():
                if value(child(shape, "pStyle")) == named:
                    return number, depth
        return number, whole(level)

    def _levels(self, number: str) -> tuple[str, dict[int, Element]]:
        """Return the definition that a list follows and its levels, with the list's own in their place."""
        used = self.lists.get(number)
        name = value(child(used, "abstractNumId"))
        for _step in range(_DEEPEST):
            link = value(child(self.definitions.get(name), "numStyleLink"))
            linked = self.lists.get(value(self.styles.find(link, "pPr", "numPr", "numId")[1])) if link else None
            if linked is None:
                break
            name = value(child(linked, "abstractNumId"))
        levels = _find_levels(self.definitions.get(name))
        for override in used if used is not None else ():
            if local(override) == "lvlOverride":
                levels |= _find_levels(override)
        return name, levels

    def _count(self, number: str, name: str, level: int, levels: Mapping[int, Element]) -> None:
        """Count one paragraph: its level goes on, deeper ones begin anew."""
        counts = self.counts.setdefault(name, {})
        start = whole(child(levels[level], "start"), default=1)
        anew = self._restart(number, level)
        if anew is not None and (number, level) not in self.begun:
            counts[level] = anew
        else:
            counts[level] = counts[level] + 1 if level in counts else start
        self.begun.add((number, level))
        for deeper in [counted for counted in counts if counted > level]:
            limit = child(levels.get(deeper), "lvlRestart")
            if limit is None or level < whole(limit):
                del counts[deeper]

    def _restart(self, number: str, level: int) -> int | None:
        """Return the number at which a list begins anew, None if it goes on counting from others."""
        for override in self.lists[number]:
            if local(override) == "lvlOverride" and whole(override, "ilvl") == level:
                start = child(override, "startOverride")
                return whole(start, default=1) if start is not None else None
        return None


def _find_levels(element: Element | None) -> dict[int, Element]:
    """Return the levels that stand in a definition or an override."""
    shapes = element if element is not None else ()
    return {whole(shape, "ilvl"): shape for shape in shapes if local(shape) == "lvl" and whole(shape, "ilvl") < _LEVELS}
