"""How text looks by what is declared for its element and those around it."""

import pytest
from lxml.html import fragment_fromstring

from dcat_hk.core.limits import Budget
from dcat_hk.reading.documents.weblooks import read_styles


def looks(html, **options):
    """Return the look of the innermost first element of a piece of a page."""
    root = fragment_fromstring(html, create_parent="body")
    inner = root
    while len(inner):
        inner = next((child for child in inner if child.tag not in {"style", "link"}), None)
        assert inner is not None
    styles = read_styles(root, lambda _element: options.get("opened", False), lambda _name: None, Budget("x"))
    return styles.look(inner)


@pytest.mark.parametrize(
    ("html", "kinds"),
    [
        ("<s>x</s>", "struck"),
        ("<strike><b>x</b></strike>", "struck"),
        ("<del>x</del>", "struck"),
        ("<p style='text-decoration:line-through red'><b style='text-decoration:none'>x</b></p>", "struck"),
        ("<s><span style='display:inline-block'>x</span></s>", ""),
        ("<s style='text-decoration:none'>x</s>", ""),
        ("<u>x</u>", ""),
        ("<sup>1</sup>", "raised"),
        ("<sub><i>1</i></sub>", "lowered"),
        ("<span style='vertical-align:super'>1</span>", "raised"),
        ("<span style='vertical-align: 30%'>1</span>", "raised"),
        ("<span style='vertical-align: middle'>1</span>", ""),
        ("<span style='position:relative;top:-3.0pt'>1</span>", "raised"),
        ("<span style='position:relative;top:1px'>1</span>", ""),
        ("<sup style='position:relative;vertical-align:baseline;top:-.5em'>1</sup>", "raised"),
        ("<sup style='vertical-align:baseline'>1</sup>", ""),
        ("<td style='vertical-align:super'>1</td>", ""),
        ("<font color=white>x</font>", "hidden"),
        ("<span style='color:#fefefe'>x</span>", "hidden"),
        ("<p style='background:#000'><span style='color:black'>x</span></p>", "hidden"),
        ("<p style='background:navy'><span style='color:white'>x</span></p>", ""),
        ("<p style='background:url(x.png)'><span style='color:white'>x</span></p>", ""),
        ("<p style='background:var(--x)'><span style='color:white'>x</span></p>", ""),
        ("<div style='position:absolute;color:white'>x</div>", ""),
        ("<table bgcolor=navy><tr><td><font color=#fff>x</font></td></tr></table>", ""),
        ("<table><col style='background:navy'><tr style='color:#fff'><td>x</td></tr></table>", ""),
        ("<p style='color:white'><a href=x>x</a></p>", ""),
        ("<table style='margin-left:-0.075in'><tr><td style='color:#fff'>x</td></tr></table>", "hidden"),
        ("<p style='margin-left:-2in;color:#fff'>x</p>", ""),
        ("<p style='color:white;text-shadow:0 0 2px black'>x</p>", ""),
        ("<p style='color:rgba(0,0,0,.1)'>x</p>", ""),
        ("<p style='color:transparent'><b>x</b></p>", "hidden"),
        ("<p style='color:transparent;background-clip:text;background-image:linear-gradient(red,blue)'>x</p>", ""),
        ("<p style='font-size:0'>x</p>", "hidden"),
        ("<p style='font-size:0'><b style='font-size:90%'>x</b></p>", "hidden"),
        ("<p style='font-size:0'><b style='font-size:12px'>x</b></p>", ""),
        ("<p style='opacity:0'>x</p>", "hidden"),
        ("<p style='opacity:0;transition:opacity 1s'>x</p>", ""),
        ("<p style='text-indent:-9999px'>x</p>", "hidden"),
        ("<p style='text-indent:-18pt'>x</p>", ""),
        ("<p style='position:absolute;left:-10000px'>x</p>", "hidden"),
        ("<p style='position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0,0,0,0)'>x</p>", "hidden"),
        ("<p style='clip-path:inset(50%)'>x</p>", "hidden"),
        ("<p style='height:0;overflow:hidden'>x</p>", "hidden"),
        ("<p style='max-height:0;overflow:hidden'>x</p>", ""),
        ("<td style='writing-mode:vertical-rl'>x</td>", "turned"),
        ("<td style='mso-rotate:90'>x</td>", "turned"),
        ("<table><tr style='writing-mode:vertical-rl'><td>x</td></tr></table>", ""),
        ("<td><div style='transform:rotate(-90deg)'>x</div></td>", "turned"),
        ("<td><div style='transform:rotate(180deg)'>x</div></td>", ""),
        ("<p aria-hidden=true>x</p>", ""),
        ("<p style='color:inherit;display:nonsense'>x</p>", ""),
        ("<s><sup>1</sup></s>", "struck raised"),
    ],
)
def test_text_looks_as_a_browser_shows_it(html, kinds):
    """Text is marked where it is crossed out, moved, turned or cannot be seen; in doubt it is seen."""
    look = looks(html)
    assert (" ".join(look.kinds), look.shown, look.visible) == (kinds, True, True)


def test_a_page_that_runs_from_top_to_bottom_is_not_turned():
    """Text is turned that does not run as the page does."""
    root = fragment_fromstring("<p>x</p><p style='writing-mode:horizontal-tb'>y</p>", create_parent="body")
    root.set("style", "writing-mode: vertical-rl")
    styles = read_styles(root, lambda _element: False, lambda _name: None, Budget("x"))
    assert [styles.look(element).kinds for element in root] == [(), ("turned",)]


@pytest.mark.parametrize(
    ("html", "shown", "visible"),
    [
        ("<p hidden>x</p>", False, True),
        ("<p hidden=until-found>x</p>", True, True),
        ("<p hidden style='display:block'>x</p>", True, True),
        ("<p style='color:red; display : NONE'>x</p>", False, True),
        ("<p style='visibility:hidden'>x</p>", True, False),
        ("<p style='visibility:hidden'><b style='visibility:visible'>x</b></p>", True, True),
        ("<p style='--display:none'>x</p>", True, True),
        ("<dialog>x</dialog>", False, True),
        ("<dialog open>x</dialog>", True, True),
    ],
)
def test_what_is_not_shown_is_known(html, shown, visible):
    """Attributes and styles take an element out of the page, or only its letters."""
    look = looks(html)
    assert (look.shown, look.visible) == (shown, visible)


def test_what_a_reader_can_open_is_shown():
    """An element that a control opens is taken as it is once it is open."""
    for style in ("display:none", "visibility:hidden", "opacity:0"):
        look = looks(f"<p style='{style}'>x</p>", opened=True)
        assert (look.shown, look.visible, look.kinds) == (True, True, ())
