"""What kind of file bytes are, whatever the file is called."""

import pytest
from support.sheet_files import as_zip

from dcat_hk.core.errors import NotAPlan
from dcat_hk.core.limits import Limits
from dcat_hk.reading.documents.kinds import REMEDIES, is_archive, kind_of


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
    assert kind_of(b"{\\rtf1}", "a") in REMEDIES
    assert all(what and advice.endswith(".") for what, advice in REMEDIES.values())


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
