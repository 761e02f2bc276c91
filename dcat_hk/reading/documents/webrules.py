"""
Style sheet of a web page -> rules: what they select, and what they declare that matters to a reader of the text.

In: text. Out: rules in order. A page is read as on the screen of a desktop computer; what a style sheet would fetch is
not fetched, and what of it is broken or not known is passed over, as browsers do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import tinycss2

from .webcolours import read_length, read_screen_colour
from .webselectors import PageSelector, read_selectors

#: The screen that a page is read on: width and height in pixels.
_SCREEN = {"width": 1280.0, "device-width": 1280.0, "height": 800.0, "device-height": 800.0}
_FEATURES = {
    "orientation": "landscape",
    "hover": "hover",
    "any-hover": "hover",
    "pointer": "fine",
    "any-pointer": "fine",
    "prefers-color-scheme": "light",
    "prefers-reduced-motion": "no-preference",
    "prefers-contrast": "no-preference",
    "scripting": "enabled",
    "color": "",
    "screen": "",
}
#: What is declared that matters here.
_PROPERTIES = frozenset(
    (
        *("display", "visibility", "opacity", "color", "background", "background-color", "background-image"),
        *("background-clip", "-webkit-background-clip", "-webkit-text-fill-color", "font", "font-size"),
        *("text-decoration", "text-decoration-line", "vertical-align", "writing-mode", "layout-flow", "mso-rotate"),
        *("transform", "rotate", "text-indent", "position", "float", "top", "bottom", "left", "margin-left", "clip"),
        *("clip-path", "width", "height", "overflow", "text-shadow", "transition", "animation", "mix-blend-mode"),
        *("white-space", "overflow-x", "overflow-y"),
    )
)
#: The values that some properties can have.
_KEYWORDS = {
    "display": re.compile(
        r"none|contents|flow-root|list-item|run-in|math|(inline|block)([ -][a-z]+)*|(flex|grid|table|ruby)(-[a-z]+)*"
        r"|-(webkit|ms|moz)-[a-z-]+|inherit|initial|unset|revert(-layer)?"
    ),
    "visibility": re.compile(r"visible|hidden|collapse|inherit|initial|unset|revert(-layer)?"),
}
_NAMED = re.compile("|".join(sorted(_PROPERTIES, key=len, reverse=True)), re.IGNORECASE)
_PAINT = re.compile(r"url\(|gradient\(|image-set\(|element\(|var\(|-image", re.IGNORECASE)
_BRACKETS = re.compile(r"[({\[]|[)}\]]")
_COMMENTS = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
#: A list of selectors that are not to be selected, which stand for one such list each.
_NOT = re.compile(r":not\(([^()]*,[^()]*)\)", re.IGNORECASE)
#: Brackets in one another, and rules that stand in others, are followed so deep.
_DEEPEST, _DEEPEST_RULE = 100, 8
#: All style sheets of a page are followed up to as many characters.
LONGEST_SHEET = 4_000_000
#: A longer value of a property is none that matters.
_LONGEST_VALUE = 2_000


class StyleDeclaration(NamedTuple):
    """A property, its value in lower case, and whether it was marked as important."""

    name: str
    value: str
    important: bool = False


@dataclass(frozen=True, slots=True)
class StyleRule:
    """What one selector selects is to look like; `layered` rules stand below all others."""

    selector: PageSelector
    declarations: tuple[StyleDeclaration, ...]
    layered: bool = False


@dataclass(slots=True)
class StyleSheetReader:
    """
    Reads style sheets of one page, one after the other.

    Args:
        find: Returns the text of a style sheet that another one names, None if it is not at hand.

    `complete` is false once there was one that could not be followed.

    >>> reader = StyleSheetReader(lambda name: None)
    >>> rules = reader.read("p, b { display: none; margin: 0 } @media print { i { display: none } } @import 'x';")
    >>> [(rule.selector.key, rule.declarations[0][:2]) for rule in rules], reader.complete
    ([('p', ('display', 'none')), ('b', ('display', 'none'))], True)
    """

    find: Callable[[str], str | None]
    complete: bool = True
    _left: int = LONGEST_SHEET

    def read(self, text: str, depth: int = 0) -> list[StyleRule]:
        """
        Return the rules of a style sheet.

        Args:
            text: The style sheet.

            depth: How many others have led to it.
        """
        self._left -= len(text)
        if self._left < 0 or depth > _DEEPEST_RULE or _depth_of(text) > _DEEPEST:
            self.complete = False
            return []
        nodes = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
        return list(self._rules(nodes, depth, False))

    def read_linked(self, address: str, depth: int = 0) -> list[StyleRule]:
        """
        Return the rules of a style sheet that is named.

        Args:
            address: Its address.

            depth: How many others have led to it.
        """
        text = self.find(address)
        if text is None:
            self.complete = False
            return []
        return self.read(text, depth)

    def _rules(self, nodes: Iterable[Any], depth: int, layered: bool) -> Iterator[StyleRule]:
        """Yield the rules that parsed ones stand for."""
        imports = True
        for node in nodes:
            if node.type == "qualified-rule":
                imports = False
                yield from _read_rule(node, layered)
            elif node.type == "at-rule":
                name = node.lower_at_keyword
                if name == "import" and imports:
                    yield from self._import(node, depth)
                imports = imports and name in {"import", "charset", "layer"}
                if node.content is None or depth > _DEEPEST_RULE:
                    continue
                prelude = tinycss2.serialize(node.prelude).strip()
                inside = (
                    (name == "media" and is_for_screen(prelude))
                    or (name == "supports" and not prelude.lower().startswith("not"))
                    or name in {"layer", "-moz-document"}
                )
                if inside:
                    inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
                    yield from self._rules(inner, depth + 1, layered or name == "layer")

    def _import(self, node: Any, depth: int) -> list[StyleRule]:
        """Return the rules of a style sheet that another one names."""
        target, media = "", ""
        for token in node.prelude:
            if not target and token.type in {"string", "url"}:
                target = token.value
            elif not target and token.type == "function" and token.lower_name == "url":
                target = next((inner.value for inner in token.arguments if inner.type == "string"), "")
            elif target:
                media += token.serialize()
        return self.read_linked(target, depth + 1) if is_for_screen(media) else []


def _depth_of(text: str) -> int:
    """Return how deep brackets stand in one another at most, whether they are closed or not."""
    depth = deepest = 0
    for match in _BRACKETS.finditer(text):
        depth = depth + 1 if match[0] in "({[" else max(depth - 1, 0)
        deepest = max(deepest, depth)
    return deepest


def _read_rule(node: Any, layered: bool) -> Iterator[StyleRule]:
    """Yield a rule for each of its selectors, none if nothing of it matters."""
    declarations = tuple(_declarations(node.content))
    if declarations:
        selectors = tinycss2.serialize(node.prelude).strip()
        spread = _NOT.sub(lambda match: "".join(f":not({one})" for one in match[1].split(",")), selectors)
        for selector in read_selectors(_COMMENTS.sub(" ", spread)):
            yield StyleRule(selector, declarations, layered)


# ---- declarations


@lru_cache(maxsize=4096)
def read_declarations(text: str) -> tuple[StyleDeclaration, ...]:
    """
    Return what the `style` attribute of an element declares that matters.

    Args:
        text: The attribute's value.

    >>> read_declarations("margin:0; DISPLAY : None !important; text-decoration: underline line-through")[1].value
    'underline line-through'
    """
    if len(text) > LONGEST_SHEET or not _NAMED.search(text) or _depth_of(text) > _DEEPEST:
        return ()
    return tuple(_declarations(text))


def _declarations(content: Any) -> Iterator[StyleDeclaration]:
    """Yield the declarations of a rule or an attribute that matter."""
    for node in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if node.type != "declaration" or node.lower_name not in _PROPERTIES:
            continue
        value = _COMMENTS.sub(" ", tinycss2.serialize(node.value)).strip().lower()
        if value and len(value) <= _LONGEST_VALUE and _is_valid(node.lower_name, value):
            for name, stated in _spread(node.lower_name, value, node.value):
                yield StyleDeclaration(name, stated, node.important)


def _is_valid(name: str, value: str) -> bool:
    """Tell whether a property can have a value; one that it cannot have does not count."""
    if name in _KEYWORDS and "var(" not in value:
        return bool(_KEYWORDS[name].fullmatch(value))
    return not (name.endswith("color") and value.startswith("#") and read_screen_colour(value) is None)


def _spread(name: str, value: str, tokens: Iterable[Any]) -> list[tuple[str, str]]:
    """Return the properties that one which stands for several sets."""
    if name == "background":
        parts = [token.serialize().lower() for token in tokens if token.type not in {"whitespace", "comment"}]
        colour = next(
            (part for part in parts if read_screen_colour(part) is not None and not part.isdigit()), "transparent"
        )
        painted = _PAINT.search(value) is not None
        return [("background-color", colour), ("background-image", "image" if painted else "none")]
    if name == "background-image":
        return [(name, "none" if value in {"none", "initial", "unset"} else "image")]
    if name == "text-decoration":
        return [("text-decoration-line", value)]
    if name == "-webkit-background-clip":
        return [("background-clip", value)]
    if name == "-webkit-text-fill-color":
        return [("color", value)]
    if name == "font" and value not in {"inherit", "unset"}:
        sizes = (read_length(part.partition("/")[0]) for part in value.split())
        size = next((f"{pixels}{'%' if unit == '%' else 'px'}" for pixels, unit in filter(None, sizes)), "medium")
        return [("font-size", size)]
    if name == "font":
        return [("font-size", value)]
    if name in {"overflow-x", "overflow-y"}:
        return [("overflow", value)]
    return [(name, value)]


# ---- media


@lru_cache(maxsize=1024)
def is_for_screen(media: str) -> bool:
    """
    Tell whether a list of media has the screen of a desktop computer in it.

    Args:
        media: What stands behind `@media`, or in the attribute `media`.

    >>> [is_for_screen(media) for media in ("", "print", "print, screen and (min-width: 40em)", "(max-width: 600px)")]
    [True, False, True, False]
    >>> is_for_screen("not all and (width < 600px)"), is_for_screen("(400px <= width <= 700px)")
    (True, False)
    """
    if len(media) > _LONGEST_VALUE:
        return False
    queries = _COMMENTS.sub(" ", media).lower().split(",")
    return any(map(_fits, queries)) or not media.strip()


def _fits(query: str) -> bool:
    """Tell whether the screen is one of a query's media."""
    words = " ".join(query.split())
    negated = words.startswith("not ")
    words = words.removeprefix("not ").removeprefix("only ")
    fits = any(all(_holds(part.strip()) for part in one.split(" and ")) for one in words.split(" or "))
    return fits != negated and bool(words)


_RANGE = re.compile(r"(?:([\w.%]++)\s*+([<>]=?|=)\s*+)?([a-z-]++)(?:\s*+([<>]=?|=)\s*+([\w.%]+))?")
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "="}


def _holds(condition: str) -> bool:
    """Tell whether one condition of a query is true of the screen."""
    if not condition.startswith("("):
        return condition in {"all", "screen"}
    inner = condition.strip("() ")
    name, colon, value = (part.strip() for part in inner.partition(":"))
    if colon:
        sign = {"min-": ">=", "max-": "<="}.get(name[:4], "=")
        feature = name[4:] if sign != "=" else name
        return _compare(feature, sign, value) if feature in _SCREEN else _FEATURES.get(name) == value
    match = _RANGE.fullmatch(inner)
    if match and match[3] in _SCREEN and (match[2] or match[4]):
        below = not match[2] or _compare(match[3], _TURNED[match[2]], match[1])
        return below and (not match[4] or _compare(match[3], match[4], match[5]))
    return inner in _FEATURES or inner in _SCREEN


def _compare(feature: str, sign: str, value: str) -> bool:
    """Tell whether a measure of the screen compares with a length as stated."""
    length = read_length(value)
    if length is None:
        return False
    measure, other = _SCREEN[feature], length[0]
    if sign == "=":
        return measure == other
    if sign in {"<", ">"}:
        return measure < other if sign == "<" else measure > other
    return measure <= other if sign == "<=" else measure >= other
