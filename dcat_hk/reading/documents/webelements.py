"""
What the elements of a web page are to a reader of its text: hidden, beside the text, opened by something else.

In: elements of a page. Out: answers about them. It reads no text for its own sake.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from ...core.text import collapse, fold, plain
from ...core.wording.records import TableReader, read_toml
from ..recognisers.headings import read_section_heading, read_signs, read_spatial
from .numbering import Element, format_of_web, numeral
from .webtags import LINE, MOST_LINES

_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([\w-]+)", re.IGNORECASE)
_WHOLE_NUMBER = re.compile(r"(?<!\s)\s*+(-?[0-9]{1,9})")
_WORD = re.compile(r"[a-z]+")
#: The name of an element in what a control does.
_QUOTED = re.compile(r"""["']#?([\w-]+)["']""")
#: A row of a table of data has as many cells.
_FEWEST_CELLS = 3
CELLS = frozenset({"td", "th"})


@dataclass(frozen=True, slots=True)
class PageElements:
    """
    What the elements and attributes of a web page are to a reader; each key is explained in `html.toml`.

    >>> elements = load_page_elements()
    >>> "script" in elements.no_text, elements.encodings["gb2312"]
    (True, 'gb18030')
    """

    no_text: frozenset[str]
    blocks: frozenset[str]
    furniture: frozenset[str]
    roles: frozenset[str]
    words: frozenset[str]
    titles: frozenset[str]
    heads: frozenset[str]
    head_roles: frozenset[str]
    headings: frozenset[str]
    opens: tuple[str, ...]
    controls: tuple[str, ...]
    toggles: frozenset[str]
    encodings: Mapping[str, str]


@cache
def load_page_elements() -> PageElements:
    """
    Return the record of `html.toml`, read and checked once per process.

    Raises:
        WordingError: The file lacks a key, has one too many, or holds a value that cannot be used.
    """
    return read_page_elements(read_toml(__package__, "html.toml"))


def read_page_elements(tables: Mapping[str, Any]) -> PageElements:
    """
    Return the record of the tables of `html.toml`.

    Args:
        tables: The parsed file.

    Raises:
        WordingError: A key is missing, unknown or of the wrong type; Python has no such encoding.
    """
    reader = TableReader("html.toml")
    elements = reader.read_record(PageElements, tables)
    for name, encoding in elements.encodings.items():
        try:
            codecs.lookup(encoding)
        except LookupError as error:
            raise reader.error(f"encodings.{name}", f"Expected an encoding of Python, not {encoding!r}.") from error
    return elements


ELEMENTS = load_page_elements()


def tag_of(element: Element) -> str:
    """Return an element's name in lower case, without the prefix of a namespace; nothing for a comment."""
    tag = element.tag
    return _bare_name(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=1024)
def _bare_name(tag: str) -> str:
    """Return a name in lower case, without the prefix of a namespace."""
    return tag.lower().rpartition("}")[2]


def line_of(element: Element) -> int:
    """Return the line of the page on which an element begins, 0 if it is not known."""
    line: int = element.sourceline or 0
    return line if line < MOST_LINES else number_in(element, LINE, line)


def text_of(element: Element) -> str:
    """Return the text of an element on one line, without scripts and the like."""
    pieces: list[str] = []
    waiting: list[Element | str] = [element]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            pieces.append(node)
        elif tag_of(node) and tag_of(node) not in ELEMENTS.no_text:
            inner = [part for child in node for part in (child, child.tail or "")]
            waiting += reversed([node.text or "", *inner])
    return " ".join("".join(pieces).split())


def number_in(element: Element, name: str, default: int) -> int:
    """Return an attribute that is a whole number, as browsers read it."""
    stated = element.get(name)
    match = _WHOLE_NUMBER.match(stated) if stated else None
    return int(match[1]) if match else default


def is_wide(table: Element) -> bool:
    """Tell whether a table has rows of data of its own: two with three cells or more."""
    rows = 0
    waiting = list(table)
    while waiting:
        part = waiting.pop()
        tag = tag_of(part)
        if tag == "tr":
            rows += sum(1 for cell in part if tag_of(cell) in CELLS) >= _FEWEST_CELLS
        elif tag not in {"table", "caption", *CELLS}:
            waiting += part
    return rows > 1


def holds(element: Element, tags: Iterable[str]) -> bool:
    """Tell whether an element that wraps part of a table holds some of its elements."""
    return tag_of(element) not in {"table", "caption"} and any(tag_of(inner) in tags for inner in element.iter())


def is_reference(element: Element) -> bool:
    """Tell whether raised text only leads to a note on the page."""
    inner = [child for child in element if tag_of(child) == "a" and child.get("href", "").startswith("#")]
    return len(inner) == 1 and text_of(inner[0]) == text_of(element) != ""


def is_control(element: Element) -> bool:
    """Tell whether an element opens another, or stands in a heading."""
    if any(element.get(name) is not None for name in ELEMENTS.controls):
        return True
    return any(tag_of(outer) in ELEMENTS.headings for outer in element.iterancestors())


def _opens_section(element: Element) -> bool:
    """Tell whether an element says what section of a plan it opens."""
    text = collapse(plain("".join(element.itertext())))
    return bool(read_section_heading(text)) or read_spatial(text) is not None or read_signs(text).is_heading


def is_list_of_links(element: Element) -> bool:
    """Tell whether a list holds two links or more and nothing else."""
    links, waiting = 0, [element]
    while waiting:
        part = waiting.pop()
        if (part.text or "").strip():
            return False
        for child in part:
            if (child.tail or "").strip():
                return False
            if tag_of(child) == "a" and child.get("href") is not None:
                links += 1
            elif tag_of(child) not in ELEMENTS.no_text:
                waiting.append(child)
    return links > 1


def kind_of(element: Element) -> tuple[str, bool]:
    """Return whether an element is text (nothing) or furniture by its name and role, and whether it heads the page."""
    tag, role = tag_of(element), element.get("role", "")
    if tag in ELEMENTS.heads or role in ELEMENTS.head_roles:
        inner = any(tag_of(outer) in {"main", "article", "section"} for outer in element.iterancestors())
        return ("", False) if inner else ("furniture", True)
    if tag == "div" and element.get("title") in ELEMENTS.titles:
        return "furniture", False
    if tag in {"html", "body"} or tag in ELEMENTS.headings:
        return "", False
    words = set(_WORD.findall(f"{element.get('class', '')} {element.get('id', '')}".lower()))
    if tag in ELEMENTS.furniture or role in ELEMENTS.roles or words & ELEMENTS.words:
        return "furniture", False
    if tag == "button":
        return ("", False) if is_control(element) or _opens_section(element) else ("furniture", False)
    return ("furniture", False) if tag in {"ul", "ol"} and is_list_of_links(element) else ("", False)


def label_of(item: Element, counts: dict[Element, int]) -> str:
    """
    Return the number that a browser shows before an item of a list.

    Args:
        item: A `li` element.

        counts: The number of the last item of each list so far.
    """
    outer = item.getparent()
    if outer is None or tag_of(outer) != "ol":
        return ""
    step = -1 if outer.get("reversed") is not None else 1
    first = number_in(outer, "start", len(outer) if step < 0 else 1)
    counts[outer] = number = number_in(item, "value", counts.get(outer, first - step) + step)
    style = _LIST_STYLE.search(item.get("style", "") or outer.get("style", ""))
    form = format_of_web(style[1].lower() if style else item.get("type") or outer.get("type") or "1")
    shown = numeral(number, form)
    return f"{shown}. " if shown else ""


def is_bare(item: Element) -> bool:
    """
    Tell whether an item of a list is all that a cell of a table holds, and holds nothing: its number is the cell's.

    Args:
        item: A `li` element.
    """
    cell = next((outer for outer in item.iterancestors() if tag_of(outer) in CELLS), None)
    return cell is not None and not text_of(cell).strip() and sum(1 for _item in cell.iter("li")) == 1


class PageControls:
    """What the controls of a page open, and the labels of its tabs, which belong before what they open."""

    def __init__(self, root: Element) -> None:
        """Look through a page."""
        self._opened: set[str] = set()
        self._labels: dict[str, Element] = {}
        for element in root.xpath("descendant-or-self::*[@*]"):
            self._see(element)
        elements = root.iter() if self._labels else ()
        panels = {element.get("id"): element for element in elements if element.get("id") in self._labels}
        self._labels = {
            name: label for name, label in self._labels.items() if name in panels and _is_apart(label, panels[name])
        }
        #: The labels that are to be read before what they open and not where they stand.
        self.moved = set(self._labels.values())

    def opens(self, element: Element) -> bool:
        """Tell whether a reader can open an element that is closed at first."""
        if element.get("id") in self._opened or element.get("role") == "tabpanel":
            return True
        before = element.getprevious()
        return before is not None and tag_of(element) in ELEMENTS.blocks and _is_toggle(before)

    def label(self, element: Element) -> Element | None:
        """Return the label of the tab that opens an element, if it does not begin with the label itself."""
        return self._labels.get(element.get("id", ""))

    def _see(self, element: Element) -> None:
        """Note what an element with attributes opens if it is a control."""
        if element.get("onclick"):
            self._opened.update(_QUOTED.findall(element.get("onclick")))
        toggles = {element.get(name) for name in ("data-toggle", "data-bs-toggle")} - {None}
        tab = element.get("role") == "tab" or bool(toggles & {"tab", "pill"}) or _is_in_tabs(element)
        if not tab and not any(element.get(name) is not None for name in ELEMENTS.controls):
            return
        targets = [element.get(name, "").removeprefix("#") for name in ELEMENTS.opens]
        self._opened.update(filter(None, targets))
        for target in filter(None, targets if tab else ()):
            self._labels.setdefault(target, element)


def _is_toggle(element: Element) -> bool:
    """Tell whether an element opens the one that follows it."""
    tag = tag_of(element)
    if tag == "button" or (tag in ELEMENTS.headings and any(tag_of(inner) == "button" for inner in element)):
        return True
    return bool(ELEMENTS.toggles.intersection(_WORD.findall(element.get("class", "").lower())))


def _is_in_tabs(element: Element) -> bool:
    """Tell whether a link stands in a list of tabs."""
    if tag_of(element) != "a" or not element.get("href", "").startswith("#"):
        return False
    for outer in element.iterancestors():
        if outer.get("role") == "tablist" or "tabs" in _WORD.findall(outer.get("class", "").lower()):
            return tag_of(outer) in {"ul", "ol", "div", "nav"}
        if tag_of(outer) not in {"li", "ul", "ol", "span", "div"}:
            return False
    return False


def _is_apart(label: Element, panel: Element) -> bool:
    """Tell whether a tab's label stands neither in nor at the beginning of what it opens."""
    text = text_of(label)
    if not text or any(outer is panel for outer in label.iterancestors()):
        return False
    return all(outer is not label for outer in panel.iterancestors()) and not fold(text_of(panel)).startswith(
        fold(text)
    )
