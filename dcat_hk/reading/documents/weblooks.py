"""
Style sheets and attributes of a web page -> how the text of each element looks.

In: a page and its rules. Out: for an element, whether it is shown and how its text looks (see `Mark`). Elements of one
name, one class and one style in places that are alike look alike, and are worked out once.

Spec: CSS Cascading and Inheritance 4, 6; HTML, 15.3, rendering.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ...core.limits import Budget
from .numbering import Element
from .webappearance import ElementLook, look_of
from .webelements import tag_of
from .webrules import StyleDeclaration, StyleRule, StyleSheetReader, is_for_screen, read_declarations
from .webselectors import STATES, SelectorMatcher

#: Attributes that have the effect of a style.
_HINTS = ("hidden", "open", "bgcolor", "color", "text", "background")
#: Origins of declarations, from the weakest up: attributes, rules in layers, rules, the element's own style.
_HINT, _LAYER, _RULE, _OWN = range(4)

#: What browsers declare for some elements.
_BY_NAME = {
    "a": (("color", "#0000ee"),),
    "button": (("color", "buttontext"), ("background-color", "buttonface")),
    "mark": (("color", "black"), ("background-color", "yellow")),
}

#: So many elements are known at a time.
_MOST_KNOWN = 100_000

_Weight = tuple[bool, int, tuple[int, int, int], int]


class _Ranked(NamedTuple):
    """A rule and its place among all of them."""

    order: int
    rule: StyleRule


@dataclass(slots=True)
class _PlaceKind:
    """A kind of place in a page, with how text in it looks and the kinds of places in it that have been met."""

    look: ElementLook
    #: Whether something is closed, whether the style sheets follow what opens it, and what kind of place it is then.
    closed: bool = False
    followed: bool = False
    opened: _PlaceKind | None = None
    inner: dict[object, _PlaceKind] = field(default_factory=dict)


class PageStyles:
    """
    How the text of the elements of a page looks.

    Args:
        rules: The rules of all style sheets, in order.

        complete: Whether all style sheets of the page could be followed.

        opens: Tells whether a reader can open an element that is closed at first.

        budget: Counts the steps.
    """

    def __init__(
        self, rules: Sequence[StyleRule], complete: bool, opens: Callable[[Element], bool], budget: Budget
    ) -> None:
        """Sort the rules by what an element must have to be selected."""
        self._opens = opens
        self._matcher = SelectorMatcher(budget)
        self._root = _PlaceKind(ElementLook(complete=complete))
        self._places: dict[Element, _PlaceKind] = {}
        #: Rules by key, those first that depend on an element's kind of place only.
        self._steady: dict[str, list[_Ranked]] = {}
        self._positional: dict[str, list[_Ranked]] = {}
        self._classes: set[str] = set()
        self._ids: set[str] = set()
        self._attributes: set[str] = set()
        for order, rule in enumerate(rules):
            selector = rule.selector
            self._classes |= selector.classes
            self._ids |= selector.ids
            self._attributes |= selector.attributes
            index = self._positional if selector.positional else self._steady
            index.setdefault(selector.key, []).append(_Ranked(order, rule))
        self._attributes -= {"class", "id", "style"}
        self._any_class = any("class" in rule.selector.attributes for rule in rules)
        self._any_id = any("id" in rule.selector.attributes for rule in rules)

    def look(self, element: Element) -> ElementLook:
        """Return how the text of an element looks."""
        return self._place(element).look

    def _has_opener(self, element: Element) -> bool:
        """Tell whether the style sheets show an element once a control of the page is put into another state."""
        self._matcher.assuming = STATES
        try:
            ranked = [*self._find(self._steady, element), *self._find(self._positional, element)]
            return any(
                declaration.name == "display" and declaration.value != "none"
                for _order, rule in ranked
                if rule.selector.stateful
                for declaration in rule.declarations
            )
        finally:
            self._matcher.assuming = frozenset()

    def _place(self, element: Element) -> _PlaceKind:
        """Return the kind of place that an element is."""
        known = self._places.get(element)
        if known is not None:
            return known
        parent = element.getparent()
        outer = self._root if parent is None else self._place(parent)
        matched = tuple(self._find(self._positional, element)) if self._positional else ()
        key = self._key(element, matched)
        place = outer.inner.get(key)
        if place is None:
            ranked = [*self._find(self._steady, element), *matched]
            look = look_of(element, outer.look, self._declared(element, ranked))
            closed = not look.shown or look.visible < outer.look.visible or look.unseen > outer.look.unseen
            place = outer.inner[key] = _PlaceKind(look, closed, closed and self._has_opener(element))
        if place.closed and (place.followed or self._opens(element)):
            place.opened = place.opened or _PlaceKind(place.look.opened())
            place = place.opened
        if len(self._places) >= _MOST_KNOWN:
            self._places.clear()
        self._places[element] = place
        return place

    def _key(self, element: Element, matched: tuple[_Ranked, ...]) -> object:
        """Return all that the look of an element can depend on, but for the element around it."""
        tag = tag_of(element)
        attributes = dict(element.items())
        orders = tuple([order for order, _rule in matched])
        if not attributes and tag != "table":
            return tag, orders
        names = attributes.get("class", "").split()
        classes = tuple(names) if self._any_class else frozenset(self._classes.intersection(names))
        name = attributes.get("id")
        return (
            tag,
            orders,
            classes,
            name if self._any_id or name in self._ids else None,
            read_declarations(attributes.get("style", "")),
            tuple(map(attributes.get, _HINTS)),
            tuple(map(attributes.get, self._attributes)),
            "href" in attributes,
            tag == "table" and _paints_columns(element),
        )

    def _find(self, index: dict[str, list[_Ranked]], element: Element) -> Iterator[_Ranked]:
        """Yield the rules of an index that select an element."""
        if not index:
            return
        keys = ["", tag_of(element), *(f".{name}" for name in dict.fromkeys(element.get("class", "").split()))]
        if element.get("id"):
            keys.append(f"#{element.get('id')}")
        for key in keys:
            for ranked in index.get(key, ()):
                if ranked.rule.selector.selects(element, self._matcher):
                    yield ranked

    def _declared(self, element: Element, ranked: Iterable[_Ranked]) -> dict[str, str]:
        """Return the value of each property that counts most among those declared for an element."""
        weights: dict[str, _Weight] = {}
        values: dict[str, str] = {}

        def take(declaration: StyleDeclaration, origin: int, specificity: tuple[int, int, int], order: int) -> None:
            weight = (declaration.important, origin, specificity, order)
            if weight >= weights.get(declaration.name, weight):
                weights[declaration.name], values[declaration.name] = weight, declaration.value

        for declaration in _hints_of(element):
            take(declaration, _HINT, (0, 0, 0), 0)
        for order, rule in ranked:
            for declaration in rule.declarations:
                take(declaration, _LAYER if rule.layered else _RULE, rule.selector.specificity, order)
        for order, declaration in enumerate(read_declarations(element.get("style", ""))):
            take(declaration, _OWN, (0, 0, 0), order)
        return values


def read_styles(
    root: Element, opens: Callable[[Element], bool], find: Callable[[str], str | None], budget: Budget
) -> PageStyles:
    """
    Return how the text of a page looks by the style sheets that it has or names.

    Args:
        root: The page.

        opens: Tells whether a reader can open an element that is closed at first.

        find: Returns the text of a style sheet by its address, None if it is not at hand.

        budget: Counts the steps.

    >>> from lxml.html import fromstring
    >>> page = fromstring("<style>td.old { text-decoration: line-through }</style><table><tr><td class=old>x</table>")
    >>> styles = read_styles(page, lambda element: False, lambda name: None, Budget("x"))
    >>> styles.look(next(page.iter("td"))).kinds
    ('struck',)
    """
    reader = StyleSheetReader(find)
    rules: list[StyleRule] = []
    for element in root.iter("style", "link"):
        relations = element.get("rel", "").lower().split()
        linked = tag_of(element) == "link"
        if linked and ("stylesheet" not in relations or "alternate" in relations):
            continue
        aside = any(tag_of(outer) in {"noscript", "template"} for outer in element.iterancestors())
        if aside or element.get("type", "text/css").strip().lower() not in {"", "text/css"}:
            continue
        if is_for_screen(element.get("media", "")):
            budget.check_time()
            rules += reader.read_linked(element.get("href", "")) if linked else reader.read(element.text or "")
    return PageStyles(rules, reader.complete, opens, budget)


def _hints_of(element: Element) -> Iterator[StyleDeclaration]:
    """Yield what the attributes of an element declare."""
    tag = tag_of(element)
    if element.get("hidden", "until-found") != "until-found" or (tag == "dialog" and element.get("open") is None):
        yield StyleDeclaration("display", "none")
    if element.get("bgcolor"):
        yield StyleDeclaration("background-color", element.get("bgcolor").lower())
    if element.get("background") or _paints_columns(element):
        yield StyleDeclaration("background-image", "image")
    for name, value in _BY_NAME.get(tag, ()) if tag != "a" or element.get("href") is not None else ():
        yield StyleDeclaration(name, value)
    colour = element.get({"font": "color", "body": "text"}.get(tag, "-"))
    if colour:
        yield StyleDeclaration("color", colour.lower())


def _paints_columns(element: Element) -> bool:
    """Tell whether a table has columns that may have a ground of their own, which its cells stand on."""
    if tag_of(element) != "table":
        return False
    groups = list(element.iterchildren("col", "colgroup"))
    columns = [*groups, *(column for group in groups for column in group)]
    return any(
        column.get("bgcolor") or column.get("class") or "background" in column.get("style", "") for column in columns
    )
