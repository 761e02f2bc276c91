"""A file of any kind becomes a document, or an error that says what to do."""

import hashlib

import pytest
from support.paths import SEEDS
from support.pdf_files import pdf, text
from support.sheet_files import as_xlsx, as_zip
from support.word_and_web_files import paragraph, word_file

from dcat_hk.core.errors import NotAPlan, NotReadable
from dcat_hk.reading.documents import Limits, read_bytes, read_file

CSV = "no.,dataset name,update frequency\n1,Crime,Monthly\n2,Fires,Yearly\n"


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (pdf(text(50, 300, "Plan")), "page 1, line 1"),
        (word_file(paragraph("Plan")), "paragraph 1"),
        (as_xlsx({"S": [["Plan"]]}), "S, row 1"),
        (b"<html><p>Plan</p></html>", "line 1"),
        (b"Plan", "lines 1-1"),
    ],
    ids=["pdf", "docx", "xlsx", "html", "text"],
)
def test_every_kind_is_read_by_its_content(data, place):
    """The same word in any kind of file is a line of the document, with a place in words of that kind."""
    document = read_bytes(data, "anything.bin")
    assert document.lines[0].strip() == "Plan"
    assert (document.name, len(document.sha256)) == ("anything.bin", 64)
    assert place in str(document.place([document.blocks[0].span]))


def test_cells_with_delimiters_are_rows():
    """A delimited file is rows of cells, not lines with commas."""
    document = read_bytes(CSV.encode(), "plan.txt")
    assert [len(block.cells) for block in document.blocks] == [3, 3, 3]


def test_a_document_is_named_after_its_file_alone(tmp_path):
    """The folders that a file is in are no part of its name."""
    path = tmp_path / "plan.txt"
    path.write_text("Plan", encoding="utf-8")
    assert read_file(path).name == "plan.txt"
    with pytest.raises(NotReadable, match="directory"):
        read_file(tmp_path)


def test_an_archive_is_no_document():
    """A ZIP file of plans, and a kind without a reader, are refused with what to do instead."""
    with pytest.raises(NotAPlan, match=r"single document is needed\. Unpack it"):
        read_bytes(as_zip({"plan.txt": "Plan"}), "plans.zip")
    with pytest.raises(NotAPlan, match=r"This is an RTF file\. Save it"):
        read_bytes(b"{\\rtf1}", "plan.rtf")


def test_a_file_beyond_the_limit_is_refused_before_it_is_read():
    """The size counts whatever kind of file it is."""
    with pytest.raises(NotAPlan, match="more than 3 bytes"):
        read_bytes(b"{\\rtf1}", "plan.rtf", Limits(size=3))


def test_the_digest_is_that_of_the_bytes():
    """Files are told apart by the SHA-256 of all their bytes, not of the text that was read from them."""
    path = next(SEEDS.glob("004*"))
    assert read_file(path).sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
