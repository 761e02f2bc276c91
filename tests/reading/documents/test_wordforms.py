"""Forms in Word files: what was put in is text, what only asks for it is not."""

import pytest

from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.documents.wordforms import sign_of_box
from tests.support.word_and_web_files import WORD, cell, package, paragraph, table, word_file

PROMPTS = '<w:style w:type="character" w:styleId="af"><w:name w:val="Placeholder Text"/></w:style>'
EMPTY = '<w:checkBox><w:default w:val="0"/></w:checkBox>'
CROSSED = EMPTY.replace("</w:checkBox>", "<w:checked/></w:checkBox>")
PROMPT = '<w:r><w:rPr><w:rStyle w:val="af"/></w:rPr><w:t>Click here to enter text.</w:t></w:r>'


def read(body, **parts):
    """Return the lines of a file, its marks as text and kind, and its findings as code and text."""
    document = read_bytes(word_file(body, **parts), "plan.docx")
    marks = [(document.slice(mark.span), mark.kind) for mark in document.marks]
    return document.lines, marks, [(finding.code, finding.values["text"]) for finding in document.findings]


def control(content, kind="<w:text/>", more=""):
    """Return a content control."""
    return f"<w:sdt><w:sdtPr>{kind}{more}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def form_field(data, result=""):
    """Return a field of an older form, with what was put in."""
    separate = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{result}</w:t></w:r>' if result else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'
        f"<w:r><w:instrText>FORM</w:instrText></w:r>{separate}"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


@pytest.mark.parametrize("kind", ["<w:text/>", "<w:dropDownList/>", "<w:comboBox/>", "<w:date/>", "<w:richText/>"])
def test_what_was_put_into_a_control_is_text(kind):
    """Text put into a control, or chosen from its list, is text of the plan and marked."""
    inline = f"<w:p><w:r><w:t>Frequency: </w:t></w:r>{control('<w:r><w:t>Monthly</w:t></w:r>', kind)}</w:p>"
    assert read(inline)[:2] == (("Frequency: Monthly",), [("Monthly", "typed")])
    assert read(control(paragraph("Monthly"), kind))[:2] == (("Monthly",), [("Monthly", "typed")])


def test_controls_around_cells_and_rows():
    """A control may hold a whole cell; one that only wraps text is no form."""
    typed = control(cell("甲"), "<w:text/>")
    wrapped = control(cell("乙"), '<w:tag w:val="goog_rdk_0"/>')
    body = table(cell("1") + typed + wrapped, cell("2") + cell("丙") + cell("丁"))
    assert read(body)[1] == [("甲", "typed")]


def test_a_prompt_is_told_of_and_is_no_text():
    """The prompt of an empty control is not read; a finding says so."""
    body = f"<w:p><w:r><w:t>Date: </w:t></w:r>{control(PROMPT, more='<w:showingPlcHdr/>')}</w:p>"
    assert read(body, styles=PROMPTS) == (("Date:",), [], [("unfilled-field", "Click here to enter text.")])


def test_a_prompt_whose_style_the_file_lacks():
    """A file that a program made may name Word's style of prompts without having it."""
    body = control(PROMPT.replace('"af"', '"PlaceholderText"'), more="<w:showingPlcHdr/>")
    assert read(f"<w:p>{body}</w:p>{paragraph('甲')}")[0] == ("甲",)


def test_a_row_of_empty_controls_is_told_of_once():
    """An empty row of a form has a prompt in each cell, which all say the same."""
    empty = control(cell(f"<w:p>{PROMPT}</w:p>"), more="<w:showingPlcHdr/>")
    lines, _marks, findings = read(table(cell("1") + cell("甲") + cell("乙"), empty * 3), styles=PROMPTS)
    assert (lines, findings) == (("1", "甲", "乙"), [("unfilled-field", "Click here to enter text.")])


def test_a_control_that_a_program_filled_is_text():
    """A program may leave the control's mark for a prompt, or the prompt's style; the text is read."""
    marked = control("<w:r><w:t>03/2025</w:t></w:r>", more="<w:showingPlcHdr/>")
    styled = control(PROMPT.replace("Click here to enter text.", "03/2025"))
    assert read(f"<w:p>{marked}</w:p><w:p>{styled}</w:p>", styles=PROMPTS)[0] == ("03/2025", "03/2025")


def test_the_prompt_that_the_file_holds_decides():
    """Where the file holds the prompt, other text is text, whatever it looks like."""
    more = '<w:placeholder><w:docPart w:val="P1"/></w:placeholder><w:showingPlcHdr/>'
    body = "".join(f"<w:p>{control(f'<w:r><w:t>{text}</w:t></w:r>', more=more)}</w:p>" for text in ("按此輸入", "甲"))
    glossary = (
        f'<w:glossaryDocument {WORD}><w:docParts><w:docPart><w:docPartPr><w:name w:val="P1"/></w:docPartPr>'
        f"<w:docPartBody>{paragraph('按此 輸入')}</w:docPartBody></w:docPart></w:docParts></w:glossaryDocument>"
    )
    document = f"<w:document {WORD}><w:body>{body}</w:body></w:document>"
    assert read_bytes(package(document, **{"glossary/document.xml": glossary}), "plan.docx").lines == ("甲",)


def test_fields_of_older_forms():
    """Text put in, the entry chosen from a list, and boxes with or without a cross are read."""
    entries = '<w:ddList><w:result w:val="1"/><w:listEntry w:val="Daily"/><w:listEntry w:val="Yearly"/></w:ddList>'
    body = (
        f"<w:p>{form_field('<w:textInput/>', 'Traffic')}</w:p><w:p>{form_field(entries)}</w:p>"
        f"<w:p>{form_field(CROSSED)}<w:r><w:t>CSV</w:t></w:r>"
        f"{form_field(EMPTY)}<w:r><w:t>XML</w:t></w:r></w:p>"
    )
    lines, marks, _findings = read(body)
    assert lines == ("Traffic", "Yearly", "☒CSV☐XML")
    assert marks == [("Traffic", "typed"), ("Yearly", "typed"), ("☒", "typed"), ("☐", "typed")]


def test_an_entry_that_the_field_shows_is_not_said_twice():
    """Some programs write the chosen entry as the field's result too; an entry that is not there is nothing."""
    entries = '<w:ddList><w:result w:val="{}"/><w:listEntry w:val="Daily"/></w:ddList>'
    assert read(f"<w:p>{form_field(entries.format(0), 'Daily')}</w:p>")[0] == ("Daily",)
    assert read(f"<w:p>{form_field(entries.format(7))}</w:p>")[0] == ()


def test_boxes_in_fonts_of_signs():
    """A box of a font of signs is the box that everybody has; other characters stay."""
    assert [sign_of_box(font, sign) for font, sign in (("Wingdings", "o"), ("Wingdings 2", "R"), ("Symbol", "o"))] == [
        "☐",
        "☑",
        "o",
    ]
    body = '<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>CSV</w:t></w:r></w:p>'
    assert read(body)[0] == ("☑CSV",)
