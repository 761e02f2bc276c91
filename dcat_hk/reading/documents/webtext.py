"""
The text of a web page -> paragraphs, with blanks as a browser shows them.

In: pieces of text in order, breaks and ends of paragraphs. Out: a flow. It also tells text from ways to other pages: a
menu, a breadcrumb, a link to the top.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ...core.text import fold, plain, width
from ...core.wording.plans import load_plan_wording
from .flow import KEPT_BLANK, Flow, FlowLine, FlowMark, Paragraph, count_signs, paragraphs_in, place_marks

#: Words that show that a text is about open data plans.
_PLAN_WORDS = load_plan_wording().title.marks

_BLANKS = re.compile(r"[ \n]+")
_ANY_BLANKS = re.compile(r"[ \t\r\n\f]+")
#: Blanks that are more than one blank between words.
_ODD_BLANKS = re.compile(r"[\t\r\n\f]|  ")
_YEAR = re.compile(r"\d{4}")
#: Signs between the steps of a breadcrumb, and how long it can be.
_STEPS = re.compile(r"[>»›→/\\|]")
_BREADCRUMB = 200


@dataclass(slots=True)
class FlowWriter:
    """
    Writes the paragraphs of one flow as their text comes along.

    >>> writer = FlowWriter()
    >>> writer.add("Open  data\\n plan", 3)
    >>> writer.close()
    >>> writer.flow[0].lines
    [FlowLine(text='Open data plan', place='line 3', marks=())]
    """

    flow: Flow = field(default_factory=list)
    #: What a list puts before its next item.
    label: str = ""
    _lines: list[FlowLine] = field(default_factory=list)
    _raw: list[str] = field(default_factory=list)
    #: Which pieces of the line look unlike the rest, and how.
    _looks: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    _place: str = ""
    _remarks: list[tuple[str, str]] = field(default_factory=list)
    #: How many characters there are, and how many in links; where the links go; whether text stands before them.
    _total: int = 0
    _linked: int = 0
    _links: list[str] = field(default_factory=list)
    _led: bool = False
    _stepped: bool = False

    def add(
        self, text: str, line: int, link: bool = False, preformatted: bool = False, kinds: tuple[str, ...] = ()
    ) -> None:
        """
        Add text.

        Args:
            text: As it stands in the page.

            line: The line of the page on which it begins.

            link: Whether it leads elsewhere.

            preformatted: Whether blanks and line ends stay as they are, and do not all show as one blank.

            kinds: How it looks, see `Mark`.
        """
        if preformatted:
            for number, part in enumerate(text.split("\n")):
                if number:
                    self.end_line()
                self._add(part.replace(" ", KEPT_BLANK), line + number, link, kinds)
        else:
            line += text[: len(text) - len(text.lstrip())].count("\n")
            if _ODD_BLANKS.search(text):
                text = _ANY_BLANKS.sub(lambda blank: "\n" if "\n" in blank[0] else " ", text)
            self._add(text, line, link, kinds)

    @property
    def has_links(self) -> bool:
        """Tell whether any of the paragraph leads elsewhere."""
        return self._linked > 0

    def add_sign(self, sign: str) -> None:
        """Add a sign that a browser shows and the page does not hold."""
        self._raw.append(sign)

    def add_link(self, target: str) -> None:
        """Note that a link follows, and where it leads."""
        self._links.append(target)

    def remark(self, code: str, text: str) -> None:
        """Add a remark on the paragraph, unless the text concerned is empty."""
        if text:
            self._remarks.append((code, text))

    def _add(self, text: str, line: int, link: bool, kinds: tuple[str, ...]) -> None:
        """Add text of one line."""
        bare = text.strip(f" \n\t{KEPT_BLANK}")
        if bare:
            self._place = self._place or f"line {line}"
            self._total += len(bare)
            self._linked += len(bare) if link else 0
            if not link:
                self._led = self._led or not self._links
                self._stepped = self._stepped or bool(_STEPS.match(bare))
            if kinds:
                self._looks.append((len(self._raw), kinds))
        self._raw.append(text)

    def end_line(self) -> None:
        """End a line within a paragraph."""
        if not self._raw:
            return
        raw = "".join(self._raw)
        text = _BLANKS.sub(_blank, raw) if _ODD_BLANKS.search(raw) else raw
        text = text.strip(" \n").replace(KEPT_BLANK, " ")
        if text.strip():
            marks = self._marks(self.label + text) if self._looks else ()
            self._lines.append(FlowLine(self.label + text, self._place, marks))
            self.label = ""
        self._raw, self._looks, self._place = [], [], ""

    def _marks(self, text: str) -> tuple[FlowMark, ...]:
        """Return how stretches of the line look, blanks and label included."""
        signs = count_signs(self.label)
        marks: list[FlowMark] = []
        looks = dict(self._looks)
        for number, piece in enumerate(self._raw):
            start, signs = signs, signs + count_signs(piece)
            marks += [FlowMark(start, signs, kind) for kind in looks.get(number, ())]
        return place_marks(text, marks)

    def close(self, kind: str = "", keep: bool = False, head: bool = False) -> None:
        """
        End a paragraph.

        Args:
            kind: What the paragraph is by where it stands (see `Paragraph.kind`).

            keep: Whether it is text even if it is nothing but links.

            head: Whether it stands in the head of the page, where the title of a plan may stand; its kind is `title`.
        """
        self.end_line()
        if self._lines or self._remarks:
            if kind and head and not self._linked and _is_title(" ".join(line.text for line in self._lines)):
                kind = "title"
            kind = kind or ("links" if not keep and self._is_way() else "")
            self.flow.append(Paragraph(self._lines, kind, self._remarks))
        self._lines, self._remarks, self._links = [], [], []
        self._total, self._linked, self._led, self._stepped = 0, 0, False, False

    def _is_way(self) -> bool:
        """Tell whether a paragraph only leads elsewhere: links, a breadcrumb, a link to the top."""
        if not self._linked:
            return False
        if len(self._links) > 1 and self._linked * 2 > self._total:
            return True
        if self._stepped and not self._led and self._total <= _BREADCRUMB:
            return True
        near = all(target.startswith(("#", "javascript:")) for target in self._links)
        return bool(self._links) and near and self._linked == self._total


def _blank(match: re.Match[str]) -> str:
    """Return what a browser shows for blanks: nothing for the end of a line between ideographs, else one blank."""
    text, start, end = match.string, match.start(), match.end()
    if "\n" in match[0] and start and end < len(text) and width(text[start - 1]) == 2 == width(text[end]):
        return ""
    return " "


def settle_titles(flow: Flow) -> None:
    """
    Make titles in the head of a page text, or furniture where the page's text has the same title.

    Args:
        flow: All of a page.
    """
    titles = [paragraph for paragraph in paragraphs_in(flow) if paragraph.kind == "title"]
    if not titles:
        return
    others = [_text_of(paragraph) for paragraph in paragraphs_in(flow) if not paragraph.kind]
    for title in titles:
        text = fold(_text_of(title))
        again = any(text in fold(other) or (_is_title(other) and fold(other) in text) for other in others)
        title.kind = "furniture" if again else ""


def _text_of(paragraph: Paragraph) -> str:
    """Return the text of a paragraph on one line."""
    return " ".join(line.text for line in paragraph.lines)


def _is_title(text: str) -> bool:
    """Tell whether text can be the title of a plan: it speaks of open data and of a year."""
    words = plain(text)
    return bool(_YEAR.search(words) and _PLAN_WORDS.search(words))
