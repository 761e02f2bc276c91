"""What kind of file bytes are, whatever the file is called."""

import pytest
from support.sheet_files import as_zip

from dcat_hk.core.errors import NotAPlan
from dcat_hk.core.limits import Limits
from dcat_hk.core.wording.refusals import tell
from dcat_hk.reading.documents.kinds import REFUSED, is_archive, kind_of


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7", "pdf"),
        (b"\0" * 100 + b"%PDF-1.4", "pdf"),
        (as_zip({"word/document.xml": "<w/>"}), "docx"),
        (as_zip({"XL/Workbook.xml": "<w/>"}), "xlsx"),
        (as_zip({"xl/workbook.bin": "x"}), "old-office"),
        (as_zip({"ppt/presentation.xml": "x"}), "presentation"),
        (as_zip({"a/plan.txt": "x"}), "archive"),
        (as_zip({"__MACOSX/._plan.pdf": "x", "a/": ""}), "zip"),
        ("\ufeff<!DOCTYPE html><p>".encode(), "html"),
        ("<html><p>計劃".encode("utf-16"), "html"),
        (b"<?xml version='1.0'?><!-- made by hand --><HTML>", "html"),
        (b"no.,dataset name,update frequency\n1,Crime,Monthly\n2,Fires,Yearly\n", "delimited"),
        (b"<p> is not enough", "text"),
        (b"\xff\xd8\xff\xe0", "image"),
        (b"BM" + (70).to_bytes(4, "little") + bytes(4) + b"\x36\0\0\0", "image"),
    ],
)
def test_a_kind_is_told_by_the_content(data, kind):
    """A mark, the parts of a package, the first tag or the cells of a row tell what a file is."""
    assert kind_of(data, "plan.xyz") == kind


@pytest.mark.parametrize("text", ["BMI statistics of students\n", "BM", "GIF maps", "MM*", "Rtf and %PDF"])
def test_text_that_begins_like_a_mark_is_text(text):
    """A plan may begin with letters that also begin a picture."""
    assert kind_of(text.encode(), "plan.txt") == "text"


def test_what_cannot_be_read_has_a_remedy():
    """Each kind that has no reader says what it is and what to do."""
    assert kind_of(b"{\\rtf1}", "a") in REFUSED
    assert all(advice.endswith(".") for _what, advice in (tell(f"documents.is-{kind}", {}, "en") for kind in REFUSED))


@pytest.mark.parametrize("data", [b"", b" \r\n\t\0"])
def test_an_empty_file_is_refused(data):
    """A file of nothing but blanks is named empty."""
    with pytest.raises(NotAPlan, match="The file is empty"):
        kind_of(data, "plan.txt")


def test_a_package_of_too_many_parts_is_refused():
    """The limit on parts holds before anything is unpacked."""
    data = as_zip({f"{number}.txt": "x" for number in range(4)})
    with pytest.raises(NotAPlan, match="more than 3 parts"):
        kind_of(data, "plans.zip", Limits(parts=3))


def test_an_archive_has_no_part_of_a_document():
    """A package is a document by its parts, in whatever case; an empty one is an archive."""
    assert not is_archive(["Word/Document.xml"])
    assert is_archive([])


TABLE = "<table><tr><th>No.<th>Name</tr><tr><td>1<td>Rain</tr></table>"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"<h2>Plan</h2><h3>A. Datasets</h3>{TABLE}", "html"),
        (f"<h2>Plan</h2>\n<h3>A. Datasets</h3>\n{TABLE}", "html"),
        (f"<p>Plan</p><p>A. Datasets</p>{TABLE}", "html"),
        (f"<meta charset=utf-8>\n<title>Plan</title>\n{TABLE}", "html"),
        (f"<!-- saved -->\n<center>Plan</center>{TABLE}", "html"),
        (f"Plan<br>A. Datasets<br>{TABLE}", "html"),
        ("<p>Plan</p><p>A. Datasets</p><p>Rain</p>", "html"),
        (f"Plan\n\nA. Datasets\n\n{TABLE}", "markdown"),
        (f"<p>Logo</p>\n\n# Plan\n\n{TABLE}", "markdown"),
        ("<p>Logo</p>\n\n|No.|Name|\n|---|---|\n|1|Rain|", "markdown"),
        ("<b>Plan\nA. Datasets", "text"),
        ("Rain < 5 mm and <b>\n1 <table> of tides", "text"),
        ("<!-- a -->" * 60 + "Plan", "text"),
    ],
)
def test_a_part_of_a_web_page_is_one(text, kind):
    """Without a root a page is told by a table or by many tags; Markdown may begin with a tag as well."""
    assert kind_of(text.encode(), "plan.html") == kind
