"""Which of the rules of a page counts for an element."""

import random

import pytest
from lxml.html import document_fromstring

from dcat_hk.core.limits import Budget
from dcat_hk.reading.documents.weblooks import read_styles


def styles_of(html, budget=None):
    """Return a page and its styles."""
    root = document_fromstring(html)
    return root, read_styles(root, lambda _element: False, lambda _name: None, budget or Budget("x"))


@pytest.mark.parametrize(
    ("css", "shown"),
    [
        ("#e{display:block} .c{display:none}", True),
        (".c{display:none} b{display:block}", False),
        (".c{display:none} .c{display:block}", True),
        (".c{display:none!important} #e{display:block}", False),
        ("div .c{display:block} .c{display:none}", True),
        (":where(#e){display:block} b{display:none}", False),
        (".c{display:none} @layer x{#e{display:block}}", False),
        ("@media (max-width:600px){.c{display:inline}} .c{display:none}", False),
        (".c{display:none} @media (min-width:600px){.c{display:inline}}", True),
        (".nested .c{display:none}", True),
        ("div > .c{display:none}", False),
        ("b:not(.d){display:none}", False),
        (".c{display:none} :checked ~ div .c{display:block}", True),
        ("::before{display:none} .c{content:attr(data-label)}", True),
        (".c{display:none", False),
    ],
)
def test_rules_count_by_weight_and_order(css, shown):
    """Importance, then layers, then how much a selector asks for, then order decide."""
    root, styles = styles_of(f"<style>{css}</style><body><input type=checkbox><div><b id=e class=c>x</b></div>")
    assert styles.look(next(root.iter("b"))).shown is shown


def test_a_style_of_the_element_counts_more_than_rules():
    """Only what is marked as important counts more."""
    root, styles = styles_of(
        "<style>b{display:none} i{display:none!important}</style><p><b style='display:inline'>x</b>"
    )
    assert styles.look(next(root.iter("b"))).shown
    root, styles = styles_of("<style>i{display:none!important}</style><p><i style='display:inline'>x</i>")
    assert not styles.look(next(root.iter("i"))).shown


def test_style_sheets_for_paper_and_without_scripts_do_not_count():
    """A style sheet counts that a browser on a screen follows."""
    page = "<style media=print>b{display:none}</style><noscript><style>b{display:none}</style></noscript>"
    root, styles = styles_of(f"{page}<style type=text/less>b{{display:none}}</style><p><b>x</b>")
    assert styles.look(next(root.iter("b"))).shown


def test_a_colour_is_not_believed_where_a_style_sheet_is_missing():
    """White letters may stand on what a style sheet that is missing paints, unless their element itself says where."""
    link = "<link rel=stylesheet href=site.css>"
    cell = "<table><tr><td class=head><font color=white>x</font>"
    root, styles = styles_of(link + cell)
    assert styles.look(next(root.iter("font"))).kinds == ()
    root, styles = styles_of(cell)
    assert styles.look(next(root.iter("font"))).kinds == ("hidden",)
    root, styles = styles_of(f"{link}<p><b style='color:white;background:white'>x</b>")
    assert styles.look(next(root.iter("b"))).kinds == ("hidden",)


def test_places_that_are_alike_are_worked_out_once():
    """Many rules and a long table take few steps, whatever names its elements have that no rule asks for."""
    rules = "".join(f".c{n} td, td.d{n} {{display:none}}" for n in range(2000))
    rows = "".join(
        f"<tr id=r{n} class='row{n} c7'><td class=x{n} data-label='{n}'>x</td><td>y</td></tr>" for n in range(3000)
    )
    budget = Budget("x")
    root, styles = styles_of(
        f"<style>{rules} td.gone:nth-child(2) {{display:none}}</style><table>{rows}</table>", budget
    )
    assert not any(styles.look(cell).shown for cell in root.iter("td"))
    assert budget.steps < 50_000


def test_no_style_sheet_breaks_reading():
    """Style sheets of random signs are read, and hide what they hide."""
    draw = random.Random(11)
    signs = [
        "{",
        "}",
        "(",
        ")",
        ";",
        ":",
        ",",
        "a",
        ".b",
        "#c",
        "display",
        "none",
        "@media",
        "@import",
        "'",
        '"',
        "/*",
        "*/",
        "!",
        "\\",
    ]
    for _round in range(300):
        css = " ".join(draw.choices(signs, k=draw.randrange(60))).replace("</", "")
        root, styles = styles_of(f"<style>{css}</style><p class=b id=c style='{css.replace(chr(39), '')}'>x")
        assert styles.look(next(root.iter("p"))) is not None
