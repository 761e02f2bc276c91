"""Rules of style sheets: what of them is followed, on which screen, and what is passed over."""

import pytest

from dcat_hk.reading.documents.webrules import StyleSheetReader, is_for_screen, read_declarations


def rules(text, sheets=None):
    """Return the keys and declarations of a style sheet, and whether all of it could be followed."""
    reader = StyleSheetReader((sheets or {}).get)
    found = [(rule.selector.key, [one[:2] for one in rule.declarations]) for rule in reader.read(text)]
    return found, reader.complete


NONE = [("display", "none")]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        (".a{display:none}", [".a"]),
        ("<!-- .a{display:none} -->", [".a"]),
        (".a{display:none", [".a"]),
        (".a,.b:hover{display:none}", [".a", ".b"]),
        (".a{display:bogus;visibility:seen;color:#ggg} .b{display:none}", [".b"]),
        (".a::before,.b{display:none}", [".b"]),
        (".a:has(b){display:none} .b{display:none}", [".b"]),
        (".a{{}} .b{display:none}", [".b"]),
        ("} .a{display:none}", []),
        ("@media print{.a{display:none}} .b{display:none}", [".b"]),
        ("@media (min-width:768px){@media screen{.a{display:none}}}", [".a"]),
        ("@supports (display:grid){.a{display:none}} @supports not (display:grid){.b{display:none}}", [".a"]),
        ("@layer x{.a{display:none}}", [".a"]),
        ("@font-face{font-family:x} @keyframes k{from{opacity:0}} .b{display:none}", [".b"]),
        ("tr:not(.a,.b){display:none}", ["tr"]),
        (".a{margin:0;color/**/:/* x */}", []),
        ("\x00\ud800 .a{display:none}", [".a"]),
    ],
)
def test_rules_are_those_of_a_screen(text, keys):
    """Rules for paper or a small screen do not count, and what is broken spoils nothing behind it."""
    found, complete = rules(text)
    assert [key for key, _declarations in found if key in keys] == keys
    assert len(found) == len(keys) or keys == [".a"]
    assert complete


def test_style_sheets_that_are_named_are_followed_where_they_are_at_hand():
    """A style sheet of the file is read before the rules behind its name; others are not fetched, and that is known."""
    sheets = {"a.css": ".a{display:none} @import 'deep.css';", "b.css": ".b{display:none}"}
    assert rules("@import 'a.css'; @import url(b.css) screen; .c{display:none}", sheets) == (
        [(".a", NONE), (".b", NONE), (".c", NONE)],
        True,
    )
    assert rules("@import 'c.css' print; @import url('//host/x.css');", sheets) == ([], False)
    assert rules("@import 'a.css';", {"a.css": "@import 'a.css';"})[1] is False


@pytest.mark.parametrize("sign", ["(", "[", "{", "a{b:(", ":not(", "@media x{"])
def test_brackets_in_brackets_are_given_up(sign):
    """A style sheet of nothing but brackets costs no more than others."""
    assert rules(sign * 20_000) == ([], False)
    assert read_declarations("display:none;" + sign * 20_000) == ()


def test_properties_that_stand_for_several_are_taken_apart():
    """Colours, pictures and sizes are found among the rest."""
    found = dict(one[:2] for one in read_declarations("background: url(x.png) #fff no-repeat; font: 0/0 a"))
    assert found == {"background-color": "#fff", "background-image": "image", "font-size": "0.0px"}
    assert dict(one[:2] for one in read_declarations("background:none"))["background-color"] == "transparent"
    assert read_declarations("margin: 0") == ()


@pytest.mark.parametrize(
    ("media", "fits"),
    [
        ("screen", True),
        ("only screen and (max-width:768px)", False),
        ("print and (min-width:1px)", False),
        ("(min-width: 48em)", True),
        ("(width >= 768px)", True),
        ("(max-width: 100px) or (min-width: 100px)", True),
        ("(prefers-color-scheme: dark)", False),
        ("(orientation: landscape) and (hover: hover)", True),
        ("not print", True),
        ("speech", False),
        ("(min-width: calc(1px))", False),
    ],
)
def test_a_page_is_read_on_a_desktop_screen(media, fits):
    """Queries are answered for a screen that is 1280 pixels wide."""
    assert is_for_screen(media) is fits
