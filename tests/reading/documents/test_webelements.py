"""What an element of a page is to its reader: text, beside the text, hidden, or opened by another."""

import pytest
from lxml.html import fragment_fromstring

from dcat_hk.core.wording.records import WordingError, read_toml
from dcat_hk.reading.documents.webelements import (
    PageControls,
    is_list_of_links,
    is_reference,
    is_wide,
    kind_of,
    label_of,
    number_in,
    read_page_elements,
    text_of,
)


def element(html):
    """Return the one element of a piece of a page."""
    return fragment_fromstring(html)


@pytest.mark.parametrize(
    ("html", "kind"),
    [
        ("<nav>x</nav>", ("furniture", False)),
        ("<div role=navigation>x</div>", ("furniture", False)),
        ('<div class="main-menu">x</div>', ("furniture", False)),
        ('<div id="navigator">x</div>', ("", False)),
        ("<header>x</header>", ("furniture", True)),
        ("<div title=footer>x</div>", ("furniture", False)),
        ("<h2 class=menu>x</h2>", ("", False)),
        ("<button>x</button>", ("furniture", False)),
        ("<button aria-expanded=false>x</button>", ("", False)),
        ("<ul><li><a href=a>1</a><li><a href=b>2</a></ul>", ("furniture", False)),
        ("<ul><li><a href=a>1</a> and more<li><a href=b>2</a></ul>", ("", False)),
        ("<div>x</div>", ("", False)),
    ],
)
def test_furniture_is_known_by_name_role_and_words(html, kind):
    """Whole words of a class count, not parts of them; headings are text whatever their class is."""
    assert kind_of(element(html)) == kind


def test_a_header_of_an_article_is_text():
    """Only the header of the page heads it."""
    assert kind_of(element("<main><header>x</header></main>")[0]) == ("", False)


def test_a_list_of_one_link_is_text():
    """A single document to download is no way through the site."""
    assert not is_list_of_links(element("<ul><li><a href=plan.csv>x</a></ul>"))


def test_text_is_on_one_line_without_scripts():
    """Blanks in a row are one, and the text behind a comment or script is text."""
    assert text_of(element("<p>one\n <b>two</b><script>run()</script><!-- no --> three</p>")) == "one two three"


def test_two_rows_of_three_cells_are_data():
    """Rows of a table in a cell are not counted for the table around it."""
    row = "<tr><td>1<td>2<td>3"
    assert is_wide(element(f"<table>{row}{row}</table>"))
    assert not is_wide(element(f"<table>{row}</table>"))
    assert not is_wide(element(f"<table><tr><td><table>{row}{row}</table></table>"))


def test_a_raised_sign_that_only_leads_to_a_note_is_a_reference():
    """A raised figure without a link, or with words beside it, is text."""
    assert is_reference(element("<sup><a href='#n1'>1</a></sup>"))
    assert not is_reference(element("<sup>2</sup>"))
    assert not is_reference(element("<sup>m<a href='#n1'>1</a></sup>"))
    assert not is_reference(element("<sup><a href='/page'>1</a></sup>"))


@pytest.mark.parametrize(
    ("html", "labels"),
    [
        ("<ol><li>a<li>b</ol>", ["1. ", "2. "]),
        ("<ol start=3 type=A><li>a<li>b</ol>", ["C. ", "D. "]),
        ("<ol reversed><li>a<li>b</ol>", ["2. ", "1. "]),
        ("<ol><li>a<li value=7>b<li>c</ol>", ["1. ", "7. ", "8. "]),
        ('<ol style="list-style-type: lower-roman"><li>a<li style="list-style: none">b</ol>', ["i. ", ""]),
        ("<ol start=x><li>a</ol>", ["1. "]),
        ("<ul><li>a</ul>", [""]),
    ],
)
def test_items_are_numbered_as_browsers_do(html, labels):
    """A list says where it starts, which way it counts and in which numerals; an item can say its own number."""
    counts = {}
    assert [label_of(item, counts) for item in element(html).iter("li")] == labels


def test_a_number_is_read_from_its_beginning():
    """Browsers read a span of "2px" as two and one of "x" as none."""
    assert number_in(element("<td colspan='2px'></td>"), "colspan", 1) == 2
    assert number_in(element("<td colspan='x'></td>"), "colspan", 1) == 1


def test_a_tab_labels_the_panel_that_it_opens():
    """A panel that a control opens can be read; its tab's label is moved there unless the panel begins with it."""
    root = element(
        "<div><ul role=tablist><li><a role=tab href='#a'>2024</a><li><a role=tab href='#b'>2025</a></ul>"
        "<div id=a>Crime</div><div id=b>2025 Fires</div><div id=c>Other</div></div>"
    )
    controls = PageControls(root)
    first, second, other = (root.get_element_by_id(name) for name in "abc")
    assert [controls.opens(panel) for panel in (first, second, other)] == [True, True, False]
    assert (text_of(controls.label(first)), controls.label(second)) == ("2024", None)
    assert [text_of(label) for label in controls.moved] == ["2024"]


def test_an_encoding_that_python_lacks_is_an_error():
    """A slip in the data file is named by its key."""
    tables = read_toml("dcat_hk.reading.documents", "html.toml")
    with pytest.raises(WordingError, match=r"encodings\.big5: Expected an encoding of Python, not 'big6'"):
        read_page_elements(tables | {"encodings": {"big5": "big6"}})


@pytest.mark.parametrize(
    ("words", "is_text"),
    [
        ("A. Datasets to be released in 2025", True),
        ("已發放的數據集", True),
        ("ii. 非空間數據", True),
        ("Search", False),
        ("Menu", False),
    ],
)
def test_a_button_that_names_a_section_is_text(words, is_text):
    """Pages that fold sections have their headings in buttons, whatever attributes these have."""
    button = element(f"<button class='x' type='button'>{words}</button>")
    assert kind_of(button) == (("", False) if is_text else ("furniture", False))
