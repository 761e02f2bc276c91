"""Which elements of a page selectors select, against lxml's own translation of them."""

import pytest
from cssselect import HTMLTranslator
from lxml.html import fromstring

from dcat_hk.core.errors import NotAPlan
from dcat_hk.core.limits import Budget, Limits
from dcat_hk.reading.documents.webselectors import STATES, SelectorMatcher, read_selectors

PAGE = """<html><body class="b x"><div id=d lang=en><p class=a>1</p><p>2</p><p class="a b">3<i></i></p>
<a href=x>4</a></div>
<table><tr class=odd><td>5<td data-label="No. 1">6<td>7</tr><tr><td>8<td>9<td><b>10</b></tr></table></body></html>"""


@pytest.mark.parametrize(
    "selector",
    [
        *("*", "p", "P", ".a", ".a.b", "#d", "p#d", "#d .a", "#d > p", "p + p", "p ~ a", "div p.a + p", "body td"),
        *(
            "td:first-child",
            "td:last-child",
            "td:nth-child(2)",
            "td:nth-child(odd)",
            "td:nth-child(-n+2)",
            "b:only-child",
        ),
        *("tr:nth-last-child(1) td", "p:nth-of-type(2)", "p:first-of-type", "p:last-of-type", "i:empty", "a:link"),
        *("[data-label]", "[data-label='No. 1']", "[data-label^=No]", "[data-label$='1']", "[data-label*='. ']"),
        *("[class~=b]", "[lang|=en]", "p:not(.a)", "td:not(:first-child)", "p:is(.b, .c)", "p:where(.b)", ".b .b .b"),
        *("html body table tr td", "p, td b", "td:nth-child(3n)", "div > *:nth-child(2n+1)"),
    ],
)
def test_selectors_select_what_others_say_they_do(selector):
    """Every element is selected by the same selectors as in a program that was written without this one."""
    page = fromstring(PAGE)
    expected = page.xpath(HTMLTranslator().css_to_xpath(selector.replace("P", "p"), "descendant-or-self::"))
    matcher = SelectorMatcher(Budget("x"))
    selectors = read_selectors(selector)
    assert [e for e in page.iter() if any(one.selects(e, matcher) for one in selectors)] == expected
    assert expected or selector in {".b .b .b", "p#d"}


def test_what_a_reader_does_is_not_assumed():
    """Nothing is under the mouse; a box is in the state that the page gives it, or in the one that is asked for."""
    page = fromstring("<div><input type=checkbox><p>x</p><input checked><p>y</p></div>")
    (hover, checked) = read_selectors("p:hover, :checked + p")
    matcher = SelectorMatcher(Budget("x"))
    assert [hover.selects(p, matcher) for p in page.iter("p")] == [False, False]
    assert [checked.selects(p, matcher) for p in page.iter("p")] == [False, True]
    matcher.assuming = STATES
    assert [checked.selects(p, matcher) for p in page.iter("p")] == [True, True]


@pytest.mark.parametrize(
    "selector", ["p..a", "p:has(b)", "p:lang(en)", "p:nth-child(x)", "a" * 600, "", ">", "p::before"]
)
def test_what_is_broken_or_not_known_selects_nothing(selector):
    """No selector raises."""
    assert read_selectors(selector) == []


def test_selectors_of_many_steps_end():
    """Elements deep in one another are not tried in every combination, and steps are counted."""
    page = fromstring("<div>" * 100 + "<b>x</b>" + "</div>" * 100)
    (selector,) = read_selectors("p " + "div " * 50 + "b")
    budget = Budget("x")
    assert not selector.selects(next(page.iter("b")), SelectorMatcher(budget))
    assert budget.steps < 200_000
    with pytest.raises(NotAPlan, match="more than 50 steps"):
        selector.selects(next(page.iter("b")), SelectorMatcher(Budget("x", Limits(steps=50))))


def test_places_among_many_siblings_are_counted_once():
    """Long tables take no more steps for each of their rows."""
    page = fromstring("<table>" + "<tr><td>x</td></tr>" * 500 + "</table>")
    matcher = SelectorMatcher(Budget("x"))
    (selector,) = read_selectors("tr:nth-child(250)")
    rows = list(page.iter("tr"))
    assert [number for number, row in enumerate(rows, 1) if selector.selects(row, matcher)] == [250]
