"""
Annotations of a page -> text that a reader of the page sees though the page's own content does not have it.

In: a page as pdfium has loaded it, and its form. Out: what was typed into form fields or chosen in them, free text,
stamps, and where a reviewer crossed text out. Empty fields, buttons and sticky notes give nothing.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pypdfium2.raw as pdfium

from ....core.limits import Budget
from .bands import Bands
from .glyphs import Stretch, is_narrow, placed
from .lettering import Looks
from .painting import Bounds, holds
from .stamps import covers_text, says_stamp

#: More annotations than this on a page are not read.
_MOST = 5_000
#: Typed text is no larger than this, in points, and no higher than this share of its line.
_LARGEST, _SHARE = 10.0, 0.75
#: It takes no more than this share of a field's width.
_ROOM = 0.8
_UNSEEN = 2 | 32  # Hidden, or not to be viewed. Spec: ISO 32000-1, table 165.
_CHECKED = {pdfium.FPDF_FORMFIELD_CHECKBOX: "\u2611", pdfium.FPDF_FORMFIELD_RADIOBUTTON: "\u25c9"}
_CHOSEN = {pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX}


@dataclass(slots=True)
class Annotations:
    """What annotations add to a page, in the frame of its text: text, stamps, and areas that are crossed out."""

    texts: list[Stretch] = field(default_factory=list)
    stamps: list[Stretch] = field(default_factory=list)
    struck: list[Bounds] = field(default_factory=list)

    def part_stamps(self, shown: Sequence[Stretch]) -> list[Stretch]:
        """
        Take the free texts that are stamps out of the texts, and return them marked.

        Args:
            shown: The text of the page's content.
        """
        free = [one for one in self.texts if "typed" not in one.looks]
        stamps = [one for one in free if says_stamp(one) or covers_text(one, shown, is_exact=False)]
        for stamp in stamps:
            stamp.looks = (*stamp.looks, "stamp")
        self.texts = [one for one in self.texts if "stamp" not in one.looks]
        return stamps


def read_annotations_of(page: Any, form: Any, turn: int, stretches: Sequence[Stretch], budget: Budget) -> Annotations:
    """
    Return what annotations add to a page.

    A value that the page's content shows at the same place, as when a form was flattened, is not read again.

    Args:
        page: A page of pypdfium2.

        form: The document's form as pdfium has it, None if it has none.

        turn: How the page's text is turned, as `glyphs.placed` takes it.

        stretches: The text of the page's content.

        budget: What reading may still cost.

    Raises:
        NotAPlan: The time is up.

    Spec: ISO 32000-1, 12.5: annotations; 12.7: interactive forms.
    """
    annotations = Annotations()
    shown = _Shown(stretches)
    for number in range(min(pdfium.FPDFPage_GetAnnotCount(page.raw), _MOST)):
        budget.check_time()
        handle = pdfium.FPDFPage_GetAnnot(page.raw, number)
        if not handle:
            continue
        try:
            if not pdfium.FPDFAnnot_GetFlags(handle) & _UNSEEN:
                _take(annotations, handle, form, turn, shown)
        finally:
            pdfium.FPDFPage_CloseAnnot(handle)
    return annotations


class _Shown:
    """
    The text that a page's content shows, by how far down it is.

    Args:
        stretches: The text.
    """

    def __init__(self, stretches: Sequence[Stretch]) -> None:
        self._stretches = stretches

    @cached_property
    def _bands(self) -> Bands:
        """The text by bands of the page; most pages have no field, so that nobody asks."""
        return Bands((stretch.middle, stretch.middle) for stretch in self._stretches)

    def has(self, lines: Iterable[str], box: Bounds) -> bool:
        """Tell whether a value stands where its field is."""
        value = "".join("".join(lines).split())
        if not value:
            return False
        near = [self._stretches[number] for number in self._bands.between(box[1], box[3])]
        middles = [((one.left + one.right) / 2, one.middle) for one in near]
        inside = [one for one, (x, y) in zip(near, middles, strict=True) if holds(box, (x, y, x, y))]
        return value in "".join("".join("".join(one.text).split()) for one in inside)


def _take(annotations: Annotations, handle: Any, form: Any, turn: int, shown: _Shown) -> None:
    """Take one annotation."""
    kind = pdfium.FPDFAnnot_GetSubtype(handle)
    if kind == pdfium.FPDF_ANNOT_STRIKEOUT:
        annotations.struck += _struck(handle, turn)
        return
    box = _box(handle, turn)
    if box is None:
        return
    if kind == pdfium.FPDF_ANNOT_WIDGET:
        lines = _lines(_value(handle, form))
        if not shown.has(lines, box):
            annotations.texts += _laid_out(lines, box, ("typed",))
    elif kind == pdfium.FPDF_ANNOT_FREETEXT:
        annotations.texts += _laid_out(_lines(_entry(handle, b"Contents")), box, ())
    elif kind == pdfium.FPDF_ANNOT_STAMP:
        annotations.stamps += _laid_out(_lines(_entry(handle, b"Contents")), box, ("stamp",))


def _box(handle: Any, turn: int) -> Bounds | None:
    """Return where an annotation is, None if it takes no room."""
    rectangle = pdfium.FS_RECTF()
    if not pdfium.FPDFAnnot_GetRect(handle, ctypes.byref(rectangle)):
        return None
    (x, y), (other_x, other_y) = (
        placed(turn, rectangle.left, rectangle.bottom),
        placed(turn, rectangle.right, rectangle.top),
    )
    box = min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y)
    return box if box[2] - box[0] > 1 and box[3] - box[1] > 1 else None


def _struck(handle: Any, turn: int) -> Iterator[Bounds]:
    """Yield the areas that an annotation crosses out."""
    corners = pdfium.FS_QUADPOINTSF()
    for number in range(min(pdfium.FPDFAnnot_CountAttachmentPoints(handle), _MOST)):
        if pdfium.FPDFAnnot_GetAttachmentPoints(handle, number, ctypes.byref(corners)):
            points = [placed(turn, getattr(corners, f"x{n}"), getattr(corners, f"y{n}")) for n in range(1, 5)]
            xs, ys = [x for x, _ in points], [y for _, y in points]
            yield min(xs), min(ys), max(xs), max(ys)


def _string(get: Callable[[Any, int], int]) -> str:
    """Return a string that pdfium copies to a buffer."""
    size = get(None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    get(ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw[:size].decode("utf-16-le", "replace").rstrip("\0")


def _entry(handle: Any, key: bytes) -> str:
    """Return a string of an annotation's dictionary."""
    return _string(lambda buffer, size: pdfium.FPDFAnnot_GetStringValue(handle, key, buffer, size))


def _value(handle: Any, form: Any) -> str:
    """Return what a form field shows: its text, what was chosen, or a sign for what was ticked."""
    if not form:
        return _entry(handle, b"V")
    kind = pdfium.FPDFAnnot_GetFormFieldType(form, handle)
    if kind in _CHECKED:
        return _CHECKED[kind] if pdfium.FPDFAnnot_IsChecked(form, handle) else ""
    if kind in _CHOSEN:
        count = min(pdfium.FPDFAnnot_GetOptionCount(form, handle), _MOST)
        chosen = [number for number in range(count) if pdfium.FPDFAnnot_IsOptionSelected(form, handle, number)]
        if chosen:
            return "\n".join(_option(handle, form, number) for number in chosen)
    elif kind != pdfium.FPDF_FORMFIELD_TEXTFIELD:
        return ""
    if pdfium.FPDFAnnot_GetFormFieldFlags(form, handle) & pdfium.FPDF_FORMFLAG_TEXT_PASSWORD and kind not in _CHOSEN:
        return ""
    return _string(lambda buffer, size: pdfium.FPDFAnnot_GetFormFieldValue(form, handle, buffer, size))


def _option(handle: Any, form: Any, number: int) -> str:
    """Return the label of an option."""
    return _string(lambda buffer, size: pdfium.FPDFAnnot_GetOptionLabel(form, handle, number, buffer, size))


def _lines(value: str) -> list[str]:
    """Return the lines of a value, blanks single."""
    lines = (" ".join(line.replace("\0", " ").split()) for line in value.splitlines())
    return [line for line in lines if line]


def _laid_out(lines: Sequence[str], box: Bounds, looks: Looks) -> list[Stretch]:
    """Return lines of text in a box, from its top."""
    left, top, right, bottom = box
    stretches: list[Stretch] = []
    for number, line in enumerate(lines):
        pitch = (bottom - top) / len(lines)
        em = min(_LARGEST, _SHARE * pitch)
        widths = [em / 2 if is_narrow(character) else em for character in line]
        scale = min(1.0, _ROOM * (right - left) / sum(widths))
        edges = [left + 0.1 * (right - left)]
        for width in widths:
            edges.append(edges[-1] + scale * width)
        baseline = top + (number + 0.5) * pitch + 0.36 * em
        stretches.append(Stretch(baseline, em, list(line), edges[:-1], edges[1:], looks=looks))
    return stretches
