"""
Forms in a Word file: fields that were filled in, content controls, and the prompts of those that were not.

In: elements of a form. Out: what a reader sees of it that no run holds, and whether text was put in by hand.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .numbering import Element, WordStyles, child, is_on, local, value, whole

#: Content controls that text is put into.
_TYPED = {"text", "richText", "comboBox", "dropDownList", "date", "checkbox"}
#: Word's name for the style of prompts, whatever language it runs in, without blanks; a file may lack the style.
_PROMPTS = "placeholdertext"
_BOX, _CROSSED, _TICKED = "\u2610", "\u2612", "\u2611"
#: Boxes, ticks and crosses in the fonts of signs that come with Word.
_SIGNS = {
    "wingdings": dict.fromkeys((0x6F, 0x71, 0x72, 0xA8), _BOX)
    | dict.fromkeys((0x78, 0xFD), _CROSSED)
    | dict.fromkeys((0x52, 0xFE), _TICKED)
    | {0xFB: "\u2717", 0xFC: "\u2713"},
    "wingdings 2": dict.fromkeys((0x2A, 0xA3), _BOX)
    | dict.fromkeys((0x53, 0x54), _CROSSED)
    | {0x52: _TICKED, 0x4F: "\u2717", 0x50: "\u2713"},
}


@dataclass(slots=True)
class OpenField:
    """
    A field that has begun: whether it is one of a form, and what it shows that no run holds as far as it is known.

    `in_code` tells whether its code is being read and not its result.
    """

    typed: bool = False
    chosen: str = ""
    in_code: bool = True


def chosen_in(start: Element) -> str:
    """
    Return what a field of a form shows that no run holds: the entry chosen from a list, or a box with its cross.

    Args:
        start: The `w:fldChar` element that begins the field.

    >>> from lxml.etree import fromstring
    >>> entries = '<listEntry val="Monthly"/><listEntry val="Yearly"/>'
    >>> chosen_in(fromstring(f'<fldChar><ffData><ddList><result val="1"/>{entries}</ddList></ffData></fldChar>'))
    'Yearly'

    Spec: ECMA-376 part 1, 17.16.9, ddList; 17.16.7, checkBox.
    """
    data = child(start, "ffData")
    box, entries = child(data, "checkBox"), child(data, "ddList")
    if box is not None:
        state = child(box, "checked")
        return _CROSSED if is_on(state if state is not None else child(box, "default")) else _BOX
    if entries is None:
        return ""
    result = child(entries, "result")
    number = whole(result if result is not None else child(entries, "default"))
    choices = [value(entry) for entry in entries if local(entry) == "listEntry"]
    return choices[number] if 0 <= number < len(choices) else ""


def is_typed(control: Element | None) -> bool:
    """Tell whether a content control is a field of a form, and no frame that a program put around text."""
    properties = child(control, "sdtPr")
    return properties is not None and any(local(part) in _TYPED for part in properties)


def sign_of_box(font: str, sign: str) -> str:
    """
    Return the box, tick or cross that a character of a font of signs shows, the character itself if it is none.

    Args:
        font: The name of the font.

        sign: The character, in the area that is that of fonts of signs or not.

    >>> sign_of_box("Wingdings", "\\uf0fe"), sign_of_box("Arial", "x")
    ('☑', 'x')
    """
    code = ord(sign) - 0xF000 if ord(sign) >= 0xF000 else ord(sign)
    return _SIGNS.get(font.lower(), {}).get(code, sign)


@dataclass(slots=True)
class Prompts:
    """The prompts that stand in content controls until something is put into them."""

    styles: WordStyles
    #: Whether any control shows its prompt.
    are_shown: bool = True
    #: The texts of prompts by the names that controls know them by.
    texts: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, root: Element, glossary: Element | None, styles: WordStyles) -> Prompts:
        """
        Return the prompts of a file.

        Args:
            root: The main part.

            glossary: The part that holds the texts of prompts, None if there is none.

            styles: The styles of the file.
        """
        prompts = cls(styles, next(root.iter("{*}showingPlcHdr"), None) is not None)
        parts = child(glossary, "docParts")
        for part in parts if parts is not None else ():
            prompts.texts[value(child(part, "docPartPr", "name"))] = _text_of(child(part, "docPartBody"))
        return prompts

    def is_prompt(self, run: Element) -> bool:
        """
        Tell whether a run is the prompt of a control that nothing was put into.

        Programs that fill in forms may leave the control's mark, so the text must look like a prompt or be the one
        that the file holds.

        Args:
            run: A `w:r` element.
        """
        if not self.are_shown:
            return False
        control = next(run.iterancestors("{*}sdt"), None)
        properties = child(control, "sdtPr")
        if not is_on(child(properties, "showingPlcHdr")):
            return False
        text = self.texts.get(value(child(properties, "placeholder", "docPart")), "")
        if text:
            return text == _text_of(child(control, "sdtContent"))
        identifier = value(child(run, "rPr", "rStyle"))
        name = value(child(self.styles.elements.get(identifier), "name"), default=identifier)
        return name.lower().replace(" ", "") == _PROMPTS


def _text_of(element: Element | None) -> str:
    """Return the text in an element without blanks."""
    texts = [] if element is None else [part.text or "" for part in element.iter("{*}t")]
    return "".join("".join(texts).split())
