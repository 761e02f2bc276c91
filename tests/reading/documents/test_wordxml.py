"""The XML of a Word file is read without expanding, fetching or following anything."""

import io

import pytest
from lxml.etree import fromstring
from support.word_and_web_files import RELATION, WORD, package

from dcat_hk.core.errors import NotAPlan
from dcat_hk.core.limits import Budget, Limits
from dcat_hk.reading.documents.archive import Package
from dcat_hk.reading.documents.numbering import local, value
from dcat_hk.reading.documents.wordxml import (
    WordParts,
    boxes_in,
    character_of,
    choose,
    elements_in,
    remarks_on,
)

DOCUMENT = f"<w:document {WORD}><w:body/></w:document>"


def parts(document=DOCUMENT, limits=None, **others):
    """Return the parts of a Word file."""
    budget = Budget("plan.docx", limits or Limits())
    return WordParts(Package(io.BytesIO(package(document, **others)), budget), budget)


def element(text):
    """Return an element of a Word file."""
    return fromstring(f"<w:x {WORD}>{text}</w:x>")


def test_parts_are_known_by_the_names_that_the_document_has_for_them():
    """A target is a name in the package, from its root or from the document's folder; what lies outside is none."""
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    relations = (
        f'<Relationships xmlns="{namespace}">'
        f'<Relationship Id="r1" Type="{RELATION}/footer" Target="footer%201.xml"/>'
        f'<Relationship Id="r2" Type="{RELATION}/header" Target="/word/header.xml"/>'
        f'<Relationship Id="r3" Type="{RELATION}/footer" Target="../../../etc/passwd"/>'
        f'<Relationship Id="r4" Type="{RELATION}/hyperlink" Target="https://example.org/" TargetMode="External"/>'
        "</Relationships>"
    )
    assert parts(**{"_rels/document.rels": relations}).targets == {
        "r1": "word/footer 1.xml",
        "r2": "word/header.xml",
        "r3": "etc/passwd",
    }
    assert parts().targets == {}


def test_a_part_is_parsed_or_missing():
    """A part that the file lacks is None; comments in one that it has are no elements."""
    made = parts(**{"styles.xml": f"<w:styles {WORD}><!-- x --><w:style/></w:styles>"})
    assert [local(child) for child in made.read("word/styles.xml")] == ["style"]
    assert made.read("word/numbering.xml") is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<w:styles", "The Word file is broken"),
        ("<!DOCTYPE s SYSTEM 'http://example.org/s.dtd'><s/>", "The Word file is broken"),
        ("<!DOCTYPE s [<!ENTITY e 'x'>]><s>&e;</s>", "The Word file is broken"),
        ("<s>" + "<t>" * 300 + "</t>" * 300 + "</s>", "more than 200 levels"),
        ("<s>" + "<t/>" * 60 + "</s>", "more than 20 elements"),
    ],
    ids=["cut", "external", "entity", "deep", "many"],
)
def test_xml_that_word_does_not_write_is_refused(text, message):
    """Cut parts, document types, and more or deeper elements than the limits are errors in words."""
    limits = Limits(elements=20 if "20 elements" in message else 1000)
    with pytest.raises(NotAPlan, match=message):
        parts(limits=limits, **{"styles.xml": text}).read("word/styles.xml")


@pytest.mark.parametrize(("code", "character"), [("F06C", "\uf06c"), ("41", "A"), ("D800", "\ufffd"), ("x", "\ufffd")])
def test_a_symbol_is_the_character_of_its_font(code, character):
    """A code that is no character shows as one that cannot be read, so that its loss is seen."""
    assert character_of(element(f'<w:sym w:char="{code}"/>')[0]) == character


def test_of_two_ways_to_draw_the_newer_one_counts():
    """An alternative without content gives way to the one for older programs."""
    choice, fallback = "<w:Choice><w:p/></w:Choice>", "<w:Fallback><w:tbl/></w:Fallback>"
    assert [local(part) for part in choose(element(choice + fallback))] == ["p"]
    assert [local(part) for part in choose(element("<w:Choice/>" + fallback))] == ["tbl"]
    assert list(choose(element(""))) == []


def test_text_boxes_are_found_once_and_from_the_outside():
    """Of a box drawn twice, and of a box in a box, the reader gets one; an embedded object stands for what it holds."""
    box = '<w:txbxContent w:val="{}"><w:txbxContent w:val="inner"/></w:txbxContent>'
    twice = (
        f"<w:AlternateContent><w:Choice>{box.format('new')}</w:Choice>"
        f"<w:Fallback>{box.format('old')}</w:Fallback></w:AlternateContent>"
    )
    found = list(boxes_in(element(twice + "<w:object><w:OLEObject/></w:object>" + box.format("last"))))
    assert [value(part) or local(part) for part in found] == ["new", "OLEObject", "last"]


def test_rows_and_cells_are_found_in_content_controls_but_not_in_other_tables():
    """A row in a control is a row of its table; one of a table in a cell is not."""
    inner = "<w:tbl><w:tr w:val='inner'/></w:tbl>"
    rows = f"<w:tr w:val='1'/><w:sdt><w:sdtContent><w:tr w:val='2'/></w:sdtContent></w:sdt>{inner}<w:tr w:val='3'/>"
    assert [value(row) for row in elements_in(element(rows), "tr")] == ["1", "2", "3"]


def test_text_that_is_not_read_is_told_of():
    """Deleted text counts as text; an element without any is no remark."""
    deleted = element("<w:del><w:r><w:delText>gone </w:delText></w:r><w:r><w:t>too</w:t></w:r></w:del>")
    assert remarks_on(deleted, "deleted-text") == [("deleted-text", "gone too")]
    assert remarks_on(element("<w:r><w:t> </w:t></w:r>"), "hidden-text") == []


def test_styles_of_one_template_are_read_once():
    """Two files with the same styles share what was read of them; a file without that part has no styles."""
    styles = f'<w:styles {WORD}><w:style w:styleId="A"/></w:styles>'
    one, other = (parts(**{"styles.xml": styles}).styles() for _file in range(2))
    assert one is other
    assert (list(one.elements), parts().styles().elements) == (["A"], {})


@pytest.mark.parametrize(
    ("styles", "limits", "message"),
    [
        ("<w:styles", Limits(), "plan.docx: The Word file is broken"),
        (f"<w:styles {WORD}>{'<w:style/>' * 9}</w:styles>", Limits(elements=5), "plan.docx: The file has more than 5"),
    ],
)
def test_styles_that_cannot_be_read_name_the_file(styles, limits, message):
    """What is shared among files is still refused in the name of the file at hand, and within its limits."""
    with pytest.raises(NotAPlan, match=message):
        parts(limits=limits, **{"styles.xml": styles}).styles()
