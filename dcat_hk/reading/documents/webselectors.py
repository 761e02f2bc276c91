"""
Selector of a style sheet -> whether it selects an element of a web page.

In: the selector, as `cssselect` parses it. Out: an answer for one element. Nothing that a reader does with a mouse is
assumed; a selector that asks for what is not known here selects nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

from cssselect import SelectorError
from cssselect import parser as css
from cssselect.parser import parse as parse_selectors

from ...core.limits import Budget
from .numbering import Element
from .webelements import tag_of

#: A selector of more characters is not followed, nor are more siblings than this looked at.
_LONGEST, _MOST_SIBLINGS = 500, 200
#: What a control is put into by a reader of the page; and what else a reader does that styles can follow.
STATES = frozenset({"checked", "target"})
_ACTIONS = frozenset({"hover", "focus", "focus-within", "focus-visible", "active", "visited"})
_EDGES = {
    "first-child": ((False, False),),
    "last-child": ((True, False),),
    "only-child": ((False, False), (True, False)),
    "first-of-type": ((False, True),),
    "last-of-type": ((True, True),),
    "only-of-type": ((False, True), (True, True)),
}
_COUNTED = {
    "nth-child": (False, False),
    "nth-last-child": (True, False),
    "nth-of-type": (False, True),
    "nth-last-of-type": (True, True),
}
_PLAIN = frozenset({"root", "empty", "link", "any-link", "disabled", "enabled", *_EDGES, *STATES, *_ACTIONS})


class PageSelector:
    """
    One selector.

    `key` is the sign that begins a selector for an identifier or a class and the name, or the name of an element; it
    is what an element that is selected must have, empty where any may be.

    >>> from lxml.html import fromstring
    >>> (cell,) = fromstring("<table><tr class=a><td>x</table>").iter("td")
    >>> selector = read_selectors("tr.a > td:first-child")[0]
    >>> selector.key, selector.specificity, selector.selects(cell, SelectorMatcher(Budget("x")))
    ('td', (0, 2, 2), True)
    """

    def __init__(self, selector: css.Selector) -> None:
        """Take a selector apart."""
        self.tree: Any = selector.parsed_tree
        self.specificity = selector.specificity()
        #: The classes, identifiers and attributes that it asks for.
        self.classes: set[str] = set()
        self.ids: set[str] = set()
        self.attributes: set[str] = set()
        #: Whether it asks where an element stands among others, and for what a reader puts a control into.
        self.positional = self.stateful = False
        self._note(self.tree)
        self.key = _key_of(self.tree)

    def selects(self, element: Element, matcher: SelectorMatcher) -> bool:
        """Tell whether an element is selected."""
        return matcher.matches(self.tree, element)

    def _note(self, tree: Any) -> None:
        """Note what a selector asks for; raise for what is not known."""
        if isinstance(tree, css.Class):
            self.classes.add(tree.class_name)
        elif isinstance(tree, css.Hash):
            self.ids.add(tree.id)
        elif isinstance(tree, css.Attrib):
            self.attributes.add(tree.attrib.lower())
        elif isinstance(tree, css.Pseudo):
            self._note_pseudo(tree.ident)
        elif isinstance(tree, css.Function):
            if tree.name not in _COUNTED:
                raise SelectorError(tree.name)
            css.parse_series(tree.arguments)
            self.positional = True
        elif isinstance(tree, css.CombinedSelector):
            self.positional = self.positional or tree.combinator in "+~"
        for part in _parts_of(tree):
            self._note(part)

    def _note_pseudo(self, name: str) -> None:
        """Note a class that begins with a colon."""
        if name not in _PLAIN:
            raise SelectorError(name)
        self.positional = self.positional or name in _EDGES or name == "empty"
        self.stateful = self.stateful or name in STATES
        self.attributes |= {"checked", "selected", "href", "disabled"} if name not in _EDGES else set()


def read_selectors(text: str) -> list[PageSelector]:
    """
    Return the selectors of a rule, those that stand for what no element is, such as `::before`, left out.

    Args:
        text: Selectors with commas between them.

    Returns:
        None at all if one of them is broken, as style sheets have it, or if they are not known here.

    >>> [selector.key for selector in read_selectors("p.a, #b, a::after")], read_selectors("p..a, b")
    (['.a', '#b'], [])
    """
    if len(text) > _LONGEST * 20 or max(map(len, text.split(","))) > _LONGEST:
        return []
    try:
        return [PageSelector(one) for one in parse_selectors(text) if one.pseudo_element is None]
    except (SelectorError, ValueError):
        return []


def _parts_of(tree: Any) -> list[Any]:
    """Return the selectors that one is made of."""
    parts = [getattr(tree, name) for name in ("selector", "subselector") if hasattr(tree, name)]
    if isinstance(tree, css.Relation):
        raise SelectorError("has")
    return parts + list(getattr(tree, "selector_list", ()))


def _key_of(tree: Any) -> str:
    """Return what a selected element must have, see `PageSelector`."""
    keys: list[str] = []
    while True:
        if isinstance(tree, css.CombinedSelector):
            tree = tree.subselector
        elif isinstance(tree, css.Hash):
            return f"#{tree.id}"
        elif isinstance(tree, css.Class):
            keys.append(f".{tree.class_name}")
            tree = tree.selector
        elif isinstance(tree, css.Element):
            return keys[0] if keys else (tree.element or "").lower()
        else:
            tree = tree.selector


class SelectorMatcher:
    """
    Tells whether selectors select elements of one page.

    Args:
        budget: Counts the steps.

    `assuming` are the states that every control is taken to be in.
    """

    def __init__(self, budget: Budget) -> None:
        """Begin with no state."""
        self.budget = budget
        self.assuming: frozenset[str] = frozenset()
        #: Where children stand that have many siblings, by parent and tag; from the start and from the end.
        self._places: dict[tuple[Element, str], dict[Element, int]] = {}
        self._sizes: dict[Element, int] = {}
        self._series: dict[Any, tuple[int, int]] = {}
        self._failed: set[tuple[Any, Element]] = set()

    def matches(self, tree: Any, element: Element) -> bool:
        """Tell whether a parsed selector selects an element."""
        self.budget.count_steps(1)
        self._failed.clear()
        return self._matches(tree, element)

    def _matches(self, tree: Any, element: Element) -> bool:
        """Tell whether a part of a selector selects an element."""
        return _MATCHING[type(tree)](self, tree, element)

    def _element(self, tree: Any, element: Element) -> bool:
        return not tree.element or tree.element == "*" or tree.element.lower() == tag_of(element)

    def _class(self, tree: Any, element: Element) -> bool:
        return tree.class_name in element.get("class", "").split() and self._matches(tree.selector, element)

    def _hash(self, tree: Any, element: Element) -> bool:
        return tree.id == element.get("id") and self._matches(tree.selector, element)

    def _attribute(self, tree: Any, element: Element) -> bool:
        stated = element.get(tree.attrib.lower())
        wanted = tree.value.value if tree.value is not None else None
        return (
            stated is not None and _fits(stated, tree.operator, wanted or "") and self._matches(tree.selector, element)
        )

    def _pseudo(self, tree: Any, element: Element) -> bool:
        return self._is(tree.ident, element) and self._matches(tree.selector, element)

    def _is(self, name: str, element: Element) -> bool:
        """Tell whether an element is of a class that begins with a colon."""
        if name in self.assuming:
            return True
        if name in _EDGES:
            return all(self._place(element, *edge) == 1 for edge in _EDGES[name])
        if name == "root":
            return element.getparent() is None
        if name == "empty":
            return len(element) == 0 and not element.text
        if name in {"link", "any-link"}:
            return tag_of(element) == "a" and element.get("href") is not None
        if name == "checked":
            return element.get("checked", element.get("selected")) is not None
        if name in {"disabled", "enabled"}:
            return (element.get("disabled") is not None) == (name == "disabled")
        return False

    def _function(self, tree: Any, element: Element) -> bool:
        series = self._series.get(tree)
        if series is None:
            series = self._series[tree] = css.parse_series(tree.arguments)
        step, offset = series
        distance = self._place(element, *_COUNTED[tree.name]) - offset
        fits = distance == 0 if step == 0 else distance % step == 0 and distance // step >= 0
        return fits and self._matches(tree.selector, element)

    def _negation(self, tree: Any, element: Element) -> bool:
        return self._matches(tree.selector, element) and not self._matches(tree.subselector, element)

    def _any(self, tree: Any, element: Element) -> bool:
        return self._matches(tree.selector, element) and any(self._matches(one, element) for one in tree.selector_list)

    def _combined(self, tree: Any, element: Element) -> bool:
        """Tell whether an element and one that stands as it must to the element are selected."""
        if (tree, element) in self._failed:
            return False
        self.budget.count_steps(1)
        if self._matches(tree.subselector, element):
            others: Iterable[Element]
            if tree.combinator == ">":
                others = [parent] if (parent := element.getparent()) is not None else []
            elif tree.combinator == "+":
                others = [before] if (before := element.getprevious()) is not None else []
            elif tree.combinator == "~":
                others = islice(element.itersiblings(preceding=True), _MOST_SIBLINGS)
            else:
                others = element.iterancestors()
            if any(self._matches(tree.selector, other) for other in others):
                return True
        self._failed.add((tree, element))
        return False

    # ---- where elements stand

    def _place(self, element: Element, from_end: bool, of_type: bool) -> int:
        """Return where an element stands among its siblings, counted from 1."""
        parent = element.getparent()
        if parent is None:
            return 1
        tag = tag_of(element) if of_type else ""
        # To count children takes as long as there are many of them.
        count = self._sizes.get(parent)
        if count is None:
            count = self._sizes[parent] = len(parent)
        if count <= _MOST_SIBLINGS:
            others = element.itersiblings(preceding=not from_end)
            return 1 + sum(1 for other in others if not tag or tag_of(other) == tag)
        places = self._places.get((parent, tag))
        if places is None:
            children = (child for child in parent if not tag or tag_of(child) == tag)
            places = self._places[parent, tag] = {child: n for n, child in enumerate(children, 1)}
        return len(places) + 1 - places[element] if from_end else places[element]


def _fits(stated: str, operator: str, wanted: str) -> bool:
    """Tell whether the value of an attribute fits what a selector wants of it."""
    if operator == "exists":
        return True
    if operator == "=":
        return stated == wanted
    if operator == "~=":
        return wanted in stated.split()
    if operator == "|=":
        return stated == wanted or stated.startswith(f"{wanted}-")
    if not wanted:
        return False
    if operator == "^=":
        return stated.startswith(wanted)
    if operator == "$=":
        return stated.endswith(wanted)
    return operator == "*=" and wanted in stated


_MATCHING: dict[type, Callable[[SelectorMatcher, Any, Element], bool]] = {
    css.Element: SelectorMatcher._element,
    css.Class: SelectorMatcher._class,
    css.Hash: SelectorMatcher._hash,
    css.Attrib: SelectorMatcher._attribute,
    css.Pseudo: SelectorMatcher._pseudo,
    css.Function: SelectorMatcher._function,
    css.Negation: SelectorMatcher._negation,
    css.Matching: SelectorMatcher._any,
    css.SpecificityAdjustment: SelectorMatcher._any,
    css.CombinedSelector: SelectorMatcher._combined,
}
