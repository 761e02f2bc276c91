"""
Styles of OpenDocument files: what they hide, and the numbers that they put before the items of lists.

In: the parts of a file as XML. Out: what a reader of the text asks of a style.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .numbering import Element, child, format_of_signs, local, numeral, value, whole

#: Styles that follow one another.
_DEEPEST = 50
_STYLES = {"styles", "automatic-styles"}
_NUMBERED = {"list-level-style-number", "outline-level-style"}
_BULLET = "\u2022"
#: The list that headings are items of.
OUTLINE = "\0outline"


@dataclass(slots=True)
class OdfStyles:
    """
    The styles of a file, by family and name, and the styles of its lists by name.

    >>> from dcat_hk.core.limits import Budget
    >>> from dcat_hk.reading.documents.wordxml import parse_xml
    >>> xml = b'<a><styles><style name="T1" family="text"><text-properties display="none"/></style></styles></a>'
    >>> OdfStyles.read([parse_xml(xml, Budget("a"))]).hides("text", "T1")
    True
    """

    styles: dict[tuple[str, str], Element] = field(default_factory=dict)
    lists: dict[str, Element] = field(default_factory=dict)
    #: How far each list has counted, by level.
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _chains: dict[tuple[str, str], list[Element]] = field(default_factory=dict)

    @classmethod
    def read(cls, roots: Sequence[Element]) -> OdfStyles:
        """Return the styles of the parts of a file; those of a later part stand before those of an earlier one."""
        styles = cls()
        for element in (style for root in roots for group in root if local(group) in _STYLES for style in group):
            if local(element) == "style":
                styles.styles[value(element, "family"), value(element, "name")] = element
            elif local(element) == "list-style":
                styles.lists[value(element, "name")] = element
            elif local(element) == "outline-style":
                styles.lists[OUTLINE] = element
        return styles

    def hides(self, family: str, name: str) -> bool:
        """
        Tell whether a style, or one that it follows, hides what is in it.

        Args:
            family: `text`, `paragraph`, `section` or `table`.

            name: The style's name.
        """
        for style in self.chain(family, name):
            stated = value(child(style, "table-properties" if family == "table" else "text-properties"), "display")
            if stated:
                return stated in {"none", "false"}
        return False

    def chain(self, family: str, name: str) -> list[Element]:
        """Return a style and those it follows, nothing if there is no such style."""
        key = (family, name)
        if key not in self._chains:
            chain: list[Element] = []
            while len(chain) < _DEEPEST and (family, name) in self.styles:
                chain.append(self.styles[family, name])
                name = value(chain[-1], "parent-style-name")
            self._chains[key] = chain
        return self._chains[key]

    # ---- numbers of lists

    def begin_list(self, name: str) -> None:
        """Let a list count from its start."""
        self.counts.pop(name, None)

    def label(self, name: str, level: int, start: int = 0) -> str:
        """
        Count an item and return its number with the signs around it, nothing if it has none.

        Args:
            name: The style of its list.

            level: How many lists it stands in.

            start: The number that it states for itself.

        Spec: OpenDocument 1.3, part 3, 16.30.
        """
        shapes = {whole(shape, "level", 1): shape for shape in self.lists.get(name, ())}
        shape = shapes.get(level)
        counts = self.counts.setdefault(name, {})
        for deeper in [counted for counted in counts if counted > level]:
            del counts[deeper]
        counts[level] = start or (counts[level] + 1 if level in counts else whole(shape, "start-value", 1))
        if shape is None or local(shape) not in _NUMBERED:
            return _BULLET if value(shape, "bullet-char").strip() else ""
        first = level - max(whole(shape, "display-levels", 1), 1) + 1
        numbers = _numbers(counts, shapes, range(max(first, 1), level + 1))
        return f"{value(shape, 'num-prefix')}{'.'.join(numbers)}{value(shape, 'num-suffix')}".strip() if numbers else ""


def _numbers(counts: dict[int, int], shapes: dict[int, Element], levels: Iterable[int]) -> list[str]:
    """Return the numbers of an item and of those it stands in, none if its own level has no numbers."""
    numbers: list[str] = []
    for level in levels:
        shape = shapes.get(level)
        count = counts.get(level, whole(shape, "start-value", 1))
        numbers.append(numeral(count, format_of_signs(value(shape, "num-format"))))
    return [number for number in numbers if number] if numbers and numbers[-1] else []
