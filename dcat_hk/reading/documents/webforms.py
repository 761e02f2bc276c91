"""
Fields of forms in web pages: what stands in them when the page is opened.

In: `input`, `textarea` and `select` elements. Out: text that was put in or chosen, and prompts of empty fields.
"""

from __future__ import annotations

from collections.abc import Container
from typing import NamedTuple

from .numbering import Element
from .webappearance import ElementLook
from .webelements import CELLS, line_of, tag_of, text_of
from .webtext import FlowWriter

FIELDS = frozenset({"input", "select", "textarea"})
#: Inputs whose value is not shown as text; a type that is not known is that of a text.
_WITHOUT_TEXT = frozenset(
    {"hidden", "submit", "reset", "button", "image", "file", "password", "range", "color", "search"}
)
_BOXES = frozenset({"checkbox", "radio"})
_EMPTY_BOX, _CROSSED_BOX = "\u2610", "\u2612"
#: A field in one of these holds text of the page; elsewhere one does that has a label.
_AROUND = CELLS | {"dd", "li"}


class FieldValue(NamedTuple):
    """The lines that stand in a field, or what an empty one asks for."""

    lines: tuple[str, ...] = ()
    prompt: str = ""


def value_of(field: Element) -> FieldValue:
    """
    Return what stands in a field.

    Args:
        field: An `input` other than a box, a `textarea` or a `select`.

    >>> from lxml.html import fromstring
    >>> value_of(fromstring("<select><option>CSV<option selected>JSON</select>")).lines
    ('JSON',)
    >>> value_of(fromstring("<input placeholder='mm/yyyy'>")).prompt
    'mm/yyyy'

    Spec: HTML, 4.10.5, the input element; 4.10.7, the select element; 4.10.11, the textarea element.
    """
    tag = tag_of(field)
    if tag == "select":
        return _chosen_in(field)
    if tag == "input" and _type_of(field) in _WITHOUT_TEXT | _BOXES:
        return FieldValue()
    text = "".join(field.itertext()) if tag == "textarea" else field.get("value", "")
    if text.strip():
        return FieldValue(tuple(text.strip("\n").split("\n")))
    return FieldValue(prompt=" ".join(field.get("placeholder", "").split()))


def _type_of(field: Element) -> str:
    """Return the type of an input in lower case."""
    return str(field.get("type", "")).strip().lower()


def _chosen_in(field: Element) -> FieldValue:
    """Return the options that are chosen: those marked as such, or the first of a list that shows only one."""
    options = list(field.iter("option"))
    chosen = [option for option in options if option.get("selected") is not None]
    if field.get("multiple") is None:
        shows_one = field.get("size", "1").strip() in {"", "0", "1"}
        enabled = [option for option in options if option.get("disabled") is None]
        chosen = chosen[-1:] or (enabled[:1] if shows_one else [])
    if len(chosen) == 1 and (chosen[0].get("value") == "" or chosen[0].get("disabled") is not None):
        return FieldValue(prompt=_text_of_option(chosen[0]))
    return FieldValue(tuple(filter(None, map(_text_of_option, chosen))))


def _text_of_option(option: Element) -> str:
    """Return what a list shows of an option."""
    return option.get("label") or text_of(option)


def is_in_text(field: Element, labelled: Container[str | None]) -> bool:
    """
    Tell whether a field belongs to the text of a page: in a cell, in an item of a list, or with a label.

    Args:
        field: A field.

        labelled: The identifiers that labels name.
    """
    if field.get("id") is not None and field.get("id") in labelled:
        return True
    return any(tag_of(outer) in _AROUND or tag_of(outer) == "label" for outer in field.iterancestors())


def write_field(writer: FlowWriter, field: Element, look: ElementLook, labelled: Container[str | None]) -> None:
    """
    Write what stands in a field, or remark that it is empty; a box counts only with a label behind it.

    Args:
        writer: Writes the paragraph that the field stands in.

        field: A field that is shown.

        look: How its text looks.

        labelled: The identifiers that labels name.
    """
    if tag_of(field) == "input" and _type_of(field) in _BOXES:
        if field.get("id") in labelled or (field.tail or "").strip() or tag_of(field.getparent()) == "label":
            writer.add_sign(f" {_EMPTY_BOX if field.get('checked') is None else _CROSSED_BOX} ")
        return
    value = value_of(field)
    for number, text in enumerate(value.lines):
        if number:
            writer.end_line()
        writer.add(f" {text} ", line_of(field), kinds=(*look.kinds, "typed"))
    writer.remark("unfilled-field", value.prompt)
