"""
A page of a PDF -> `Stretch`es: characters that follow one another without a gap, and where they stand.

In: a page as pdfium has loaded it. Out: stretches in a frame in which text runs to the right and down, whichever way
the page is turned. Where a font is not embedded, a character is as wide as the file states. It does not know lines or
tables.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from ....core.limits import Budget
from .characters import Batch, Character, is_generated
from .lettering import FARTHEST, Lettering, Letterings, Looks

#: A gap of more than this, in sizes of the font, ends a stretch, unless a blank fills part of it.
GAP = 0.6
_GAP_WITH_BLANK = 1.2
#: Between Latin letters a gap of this size is a space though none is written.
_SPACE = 0.18
#: So is a gap of this size where pdfium supposes a space, if it is so many times wider than the one before it.
_TIGHT_SPACE, _WIDER = 0.1, 2.0
#: The box of a character begins no farther than this before it, in sizes of the font.
_BEFORE = 0.25
#: A character whose box is wider than this many sizes of the font has a wrong box.
_WIDEST = 3.0
#: Every so many characters the clock is looked at.
_OFTEN = 4096
NO_LOOKS: Mapping[int, Looks] = {}
_HYPHENS = {0x02, 0xFFFE}
_BLANKS = {code for code in range(0x3001) if chr(code).isspace()} - set(range(0x1C, 0x20))
_SPECIAL = _HYPHENS | _BLANKS
_UNMAPPED = 0xFFFD
#: Letters are not smaller than this, in points.
_LEAST_SIZE = 0.5
_REPLACEMENT = chr(_UNMAPPED)


@dataclass(slots=True)
class Stretch:
    """
    Characters on one baseline that follow one another without a gap.

    `lefts` and `rights` are the edges of each character, `baseline` grows downwards, `em` is the font's size.
    Characters that one glyph draws share its width.
    """

    baseline: float
    em: float
    text: list[str] = field(default_factory=list)
    lefts: list[float] = field(default_factory=list)
    rights: list[float] = field(default_factory=list)
    #: The number of the visual line on the page, from 0.
    line: int = 0
    #: How wide the blank is that the file has behind the last character, 0 if it has none.
    blank_after: float = 0.0
    #: What all of it looks like: kinds of marks, `pale` and `red`.
    looks: Looks = ()
    #: By how many quarters, anticlockwise, it runs on the page as its reader sees it; -1 for askew.
    turn: int = 0
    #: Which characters are crossed out: the first ones, and the ones after the last.
    struck: tuple[tuple[int, int], ...] = ()
    #: Whether it is known to begin a cell, however near to the text before it is.
    begins_cell: bool = False

    def move(self, across: float, down: float = 0.0) -> None:
        """Put the characters elsewhere on the page."""
        self.baseline += down
        self.lefts = [edge + across for edge in self.lefts]
        self.rights = [edge + across for edge in self.rights]

    @property
    def left(self) -> float:
        """Return the left edge."""
        return self.lefts[0]

    @property
    def right(self) -> float:
        """Return the right edge."""
        return self.rights[-1]

    @property
    def middle(self) -> float:
        """Return how far down the middle of the letters is."""
        return self.baseline - 0.36 * self.em

    def part(self, start: int, end: int) -> Stretch:
        """Return some of the characters."""
        text, lefts, rights = self.text[start:end], self.lefts[start:end], self.rights[start:end]
        blank_after = self.blank_after
        if end < len(self.text):
            blank_after = self.rights[end] - self.lefts[end] if self.text[end] == " " else 0.0
        cuts = ((max(first - start, 0), min(last, end) - start) for first, last in self.struck)
        struck = tuple((first, last) for first, last in cuts if first < last)
        line, looks, turn = self.line, self.looks, self.turn
        return Stretch(self.baseline, self.em, text, lefts, rights, line, blank_after, looks, turn, struck)


@dataclass(slots=True)
class PageText:
    """
    The text of a page: how it is turned, stretches along the lines, and those that run another way.

    What runs by whole quarters another way has its edges and baseline in the frame of its own text.
    `letters` is how many characters are no blanks, `unmapped` how many of them have no Unicode value.
    """

    turn: int
    stretches: list[Stretch]
    strays: list[Stretch]
    characters: int
    letters: int = 0
    unmapped: int = 0


def is_narrow(character: str) -> bool:
    """
    Tell whether a character is of a script that separates words by spaces.

    >>> is_narrow("a"), is_narrow("文"), is_narrow("，")
    (True, False, False)
    """
    return character < "\u2e80"


def placed(turn: int, x: float, y: float) -> tuple[float, float]:
    """
    Return a point of the page, right and down, as a reader sees it whose text runs to the right.

    Args:
        turn: By how many quarters, anticlockwise, text runs on the page.

        x: To the right, as the file has it.

        y: Upwards, as the file has it.

    >>> placed(0, 1, 2), placed(1, 1, 2)
    ((1, -2), (2, 1))
    """
    return ((x, -y), (y, x), (-x, y), (-y, -x))[turn]


def read_text_of(page: Any, budget: Budget, before: int = 0, looks: Mapping[int, Looks] = NO_LOOKS) -> PageText:
    """
    Return the text of a page.

    Args:
        page: A page of pypdfium2.

        budget: What reading may still cost.

        before: How many characters there were on the pages before.

        looks: What text objects look like, by their address, if not as text usually does.

    Raises:
        NotAPlan: There are too many characters, or the time is up.
    """
    handle = pdfium.FPDFText_LoadPage(page.raw)
    if not handle:
        return PageText(0, [], [], 0)
    try:
        count = max(pdfium.FPDFText_CountChars(handle), 0)
        budget.check("characters", before + count)
        fonts = Letterings(handle, looks)
        turn = fonts.turn(count)
        builder = _Builder()
        _GlyphReader(handle, turn, fonts, builder).read(count, budget)
        return PageText(turn, builder.stretches, builder.strays, count, builder.letters, builder.unmapped)
    finally:
        pdfium.FPDFText_ClosePage(handle)


_Box = tuple[float, float, float]


class _GlyphReader:
    """
    Takes the characters of a page in order.

    A blank has code 32. Characters of one glyph have the same place in the
    same text object. The turn is 0 for text that runs as the page's does, -1 for what is askew.
    """

    def __init__(self, handle: Any, turn: int, fonts: Letterings, builder: _Builder) -> None:
        self._handle, self._turn, self._fonts, self._builder = handle, turn, fonts, builder
        self._address: int = ctypes.cast(handle, ctypes.c_void_p).value or 0
        #: The last glyph: how it is written, its edges and baseline; its origin, and what stands behind it.
        self._glyph: tuple[Lettering, float, float, float] | None = None
        self._origin: tuple[Lettering, float, float] | None = None
        self._behind = 0.0

    def read(self, count: int, budget: Budget) -> None:
        """Take so many characters."""
        for start in range(0, count, _OFTEN):
            budget.check_time()
            batch = Batch(self._address, start, min(count, start + _OFTEN))
            for index in batch.unmapped:
                if self._fonts.numbers_glyphs(index):
                    batch.codes[index - start] = _UNMAPPED
            self._take(batch)

    def _take(self, batch: Batch) -> None:
        """Take characters; most just follow the one before."""
        characters = iter(batch)
        character = next(characters, None)
        while character:
            _index, code, thing, _x, y, _left, _right = character
            font = self._take_one(batch, character)
            if thing and font and font.turn == self._turn == 0 and font.em > _LEAST_SIZE and self._can_go_on(code):
                blank, character = self._follow(characters, font, thing, y)
                if blank:
                    self._take_one(batch, blank)
            else:
                character = next(characters, None)

    def _can_go_on(self, code: int) -> bool:
        """Tell whether the character that was taken last is a letter in its place, behind which others can follow."""
        current = self._builder.current
        return bool(current and self._glyph and _is_usual(code) and current.rights[-1] == self._glyph[2])

    def _follow(
        self, characters: Iterator[Character], font: Lettering, thing: int, y: float
    ) -> tuple[Character | None, Character | None]:
        """
        Take the characters that follow the last one on its line, written alike, perhaps with a blank between them.

        What follows in this way needs none of the questions that `_take_one` asks. Return the first character that does
        not, and the blank before it if there is one.
        """
        current = self._builder.current
        assert current, "it has the last character"
        text, lefts, rights = current.text, current.lefts, current.rights
        left, right, em, count = lefts[-1], rights[-1], font.em, 0
        lowest, widest, blank = -0.5 * em, _SPACE * em, None
        font_of, widths, scale = self._fonts.of_object, font.widths, font.scale
        following: Character | None = None
        for character in characters:
            index, code, other, x, down, first, last = character
            if widths and (advance := widths.width(code) * scale) > 0:
                first, last = x, x + advance
            if (
                down == y
                and first == x
                and left < first < last <= first + em
                and lowest < first - right <= widest
                and (other == thing or (other and font_of(other, index) is font))
                and _is_usual(code)
            ):
                if blank:
                    if blank[3] == x:
                        following = character
                        break
                    text.append(" ")
                    lefts.append(right)
                    rights.append(max(first, right))
                    blank, widest = None, _SPACE * em
                text.append(chr(code))
                lefts.append(first)
                rights.append(last)
                left, right = first, last
                count += 1
            elif code == 32 and not blank and not is_generated(self._address, index):
                blank, widest = character, math.nextafter(_GAP_WITH_BLANK * em, 0.0)
            else:
                following = character
                break
        if count:
            self._builder.followed(count)
            self._glyph, self._origin, self._behind = (font, left, right, -y), (font, left, -y), right
        return blank, following

    def _take_one(self, batch: Batch, character: Character) -> Lettering | None:
        """Take a character; return how it is written, None for what is not of the file or nowhere."""
        index, code, thing, x, y, first, last = character
        builder, turn = self._builder, self._turn
        if code <= 32 or code in _SPECIAL:
            if is_generated(self._address, index) == 1:
                if code == 32:
                    builder.suppose_blank()
                return None
            code = _meant(code)
        font = self._fonts.of_object(thing, index)
        frame = font.turn if font.turn >= 0 else turn
        left, baseline = (x, -y) if frame == 0 else placed(frame, x, y)
        if not (-FARTHEST < left < FARTHEST and -FARTHEST < baseline < FARTHEST):
            builder.add(code, 1.0, font.looks, -1, (0.0, 1.0, 0.0), False)
            return None
        advance = font.widths.width(code) * font.scale if font.widths else 0.0
        if advance > 0:
            # Behind the letters that the same glyph draws, each as wide as it is alone.
            is_same = self._origin == (font, left, baseline) and not 0xDC00 <= code < 0xE000
            first = self._behind if is_same else left
            last = first + advance
        elif frame:
            first, last = _turned(batch.box(index), frame)
        glyph = (font, first, last, baseline)
        seen_turn = (font.turn - turn) % 4 if font.turn >= 0 else -1
        box = (*_mended(first, last, left, font.em, code), baseline)
        builder.add(code, font.em, font.looks, seen_turn, box, glyph == self._glyph)
        self._glyph, self._origin, self._behind = glyph, (font, left, baseline), last
        return font


def _is_usual(code: int) -> bool:
    """Tell whether a code is that of a letter or sign: no blank, no half of one, and not unknown."""
    return (32 < code < 0xD800 or 0xE000 <= code < _UNMAPPED) and code not in _BLANKS


def _turned(box: Any, turn: int) -> tuple[float, float]:
    """Return the left and right edge of a box of pdfium on a turned page."""
    ends = placed(turn, box.left, box.bottom)[0], placed(turn, box.right, box.top)[0]
    return min(ends), max(ends)


def _meant(code: int) -> int:
    """Return the code of a hyphen, of a blank, or of the sign for a character that cannot be read."""
    if code in _HYPHENS:
        return 0x2D
    return 0x20 if code in _BLANKS else _UNMAPPED


def _mended(first: float, last: float, origin: float, em: float, code: int) -> tuple[float, float]:
    """Return the edges of a character; where they make no sense, by its origin and what it is."""
    if first == origin < last <= first + em:
        return first, last
    if not em:
        return (first, last) if 0 < last - first < _WIDEST * 100 else (origin, origin + 1.0)
    if not (0 < last - first <= _WIDEST * em and abs(first - origin) <= 1.5 * em):
        return origin, origin + (0.5 if code < 0x2E80 else 1.0) * em
    if 0 < origin - first < _BEFORE * em and origin < last:
        return origin, last
    return first, last


class _Builder:
    """Puts characters together to stretches, in the order of the file."""

    def __init__(self) -> None:
        self.stretches: list[Stretch] = []
        self.strays: list[Stretch] = []
        self.current: Stretch | None = None
        self._blank = self._supposed = False
        self._high = ""
        self._of_glyph = 0
        self.letters = self.unmapped = 0

    def add(self, code: int, em: float, looks: Looks, turn: int, box: _Box, same_glyph: bool) -> None:
        """Take the next character."""
        if code == 32:
            self._take_blank(box)
            return
        self.letters += 1
        self.unmapped += code == _UNMAPPED
        character = chr(code) if code < 0xD800 and not self._high else self._decoded(code)
        if not character:
            return
        left, right, baseline = box
        current = self.current
        if same_glyph and current and self._of_glyph:
            self._share_glyph(current, character)
            return
        em = em if em > _LEAST_SIZE else max(right - left, 1.0)
        if (
            current is None
            or turn != current.turn
            or looks != current.looks
            or not self._follows(current, left, baseline, em)
        ):
            current = self.current = Stretch(baseline, em, looks=looks, turn=turn)
            (self.strays if turn else self.stretches).append(current)
        elif self._blank or (
            is_narrow(character) and is_narrow(current.text[-1]) and self._is_space(current, left - current.right, em)
        ):
            current.text.append(" ")
            current.lefts.append(current.rights[-1])
            current.rights.append(max(left, current.rights[-1]))
        self._blank = self._supposed = False
        self._of_glyph, current.blank_after = 1, 0.0
        current.text.append(character)
        current.lefts.append(left)
        current.rights.append(right)

    def suppose_blank(self) -> None:
        """Take a blank that pdfium supposes and the file does not have."""
        self._supposed = True

    def followed(self, count: int) -> None:
        """Take note of characters that were put behind the last one of the current stretch, each with its own glyph."""
        self.letters += count
        self._of_glyph = 1

    def _is_space(self, current: Stretch, gap: float, em: float) -> bool:
        """Tell whether a gap between Latin letters is a space though none is written."""
        if not self._supposed or len(current.text) < 2:
            return gap > _SPACE * em
        return gap > _TIGHT_SPACE * em and gap > _WIDER * (current.lefts[-1] - current.rights[-2])

    def _take_blank(self, box: _Box) -> None:
        """Take a blank, which stands behind the last character if it is near to it."""
        self._blank, self._of_glyph = True, 0
        current = self.current
        if current is None or abs(box[2] - current.baseline) > 0.1 * current.em:
            return
        if -0.5 * current.em < box[0] - current.right < GAP * current.em:
            current.blank_after = box[1] - box[0]

    def _share_glyph(self, current: Stretch, character: str) -> None:
        """Add a character that is drawn by the glyph of the last one; all characters of the glyph share its width."""
        left, right = current.lefts[-self._of_glyph], current.rights[-1]
        self._of_glyph += 1
        edges = [left + (right - left) * share / self._of_glyph for share in range(self._of_glyph)]
        current.text.append(character)
        current.lefts[1 - self._of_glyph :] = edges
        current.rights[1 - self._of_glyph :] = [*edges[1:], right]

    def _follows(self, current: Stretch, left: float, baseline: float, em: float) -> bool:
        """Tell whether a character goes on the stretch."""
        if current.turn < 0:
            return abs(baseline - current.baseline) < 60 * em and 0.5 < em / current.em < 2
        if em != current.em and not 0.8 < em / current.em < 1.25:
            return False
        if baseline != current.baseline and abs(baseline - current.baseline) > 0.1 * em:
            return False
        gap = left - current.rights[-1]
        return left > current.lefts[-1] and -0.5 * em < gap < (_GAP_WITH_BLANK if self._blank else GAP) * em

    def _decoded(self, code: int) -> str:
        """Return a character; nothing for the first half of a pair of surrogates."""
        high, self._high = self._high, ""
        if 0xD800 <= code < 0xDC00:
            self._high = chr(code)
            return ""
        if 0xDC00 <= code < 0xE000:
            return (high + chr(code)).encode("utf-16", "surrogatepass").decode("utf-16") if high else _REPLACEMENT
        return chr(code)
