"""A PDF that could take all time or memory is tried in a process of its own before it is read."""

import zlib

import pytest
from support.pdf_files import form, pdf, text

from dcat_hk.core import processes
from dcat_hk.core.errors import NotAPlan, NotReadable
from dcat_hk.core.limits import Budget, Limits
from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.documents.pdf.danger import check_danger

RISKY = pdf("/X6 Do\n" + text(50, 300, "words"), extra=[form(6, "/Self Do")])


def packed(kind, content):
    """Return the bytes of a compressed stream."""
    return b"<< /Type " + kind + b" /Filter /FlateDecode >>\nstream\n" + zlib.compress(content) + b"\nendstream"


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 << /Subtype /Form >>",
        b"%PDF-1.7 << /Subtype /F#6Frm >>",
        b"%PDF-1.7 << /Encrypt 5 0 R >>",
        b"%PDF-1.7 << /PatternType 1 >>",
        b"%PDF-1.7 << /Filter /LZWDecode >>",
        b"%PDF-1.7 << /Filter [/A85 /Fl] >>",
        b"%PDF-1.7 " + packed(b"/ObjStm", b"<< /Subtype /Form >>"),
        b"%PDF-1.7 " + packed(b"/ObjStm", b" " * ((1 << 20) - 3) + b"/Form "),
        b"%PDF-1.7 " + packed(b"/XObject", b" " * 24_000_001),
    ],
    ids=["form", "escaped", "encrypted", "pattern", "lzw", "abbreviated", "objects", "cut-in-two", "much"],
)
def test_what_can_hide_danger_is_tried_first(data, monkeypatch):
    """Parts that can draw one another, what hides such parts, and much data are tried in a process of its own."""
    monkeypatch.setattr(processes, "PATIENCE", 0)
    with pytest.raises(NotReadable, match="could not be checked"):
        check_danger(data, Budget("plan.pdf"))


@pytest.mark.parametrize(
    "data",
    [pdf(text(50, 300, "words")), b"%PDF-1.7 /Formula /Format", b"%PDF-1.7 " + packed(b"/Font", b"/Form ")],
    ids=["text", "longer-names", "data"],
)
def test_what_is_harmless_is_not_tried(data, monkeypatch):
    """Text, names that only begin like a form, and compressed data that is no object need no process."""
    monkeypatch.setattr(processes, "PATIENCE", 0)
    check_danger(data, Budget("plan.pdf"))


def test_a_stream_beyond_the_limit_is_refused():
    """All streams together unpack to no more than the limit, whatever the file says of their lengths."""
    data = packed(b"/Font", b" " * 6_000_000)
    check_danger(data, Budget("plan.pdf", Limits(unpacked=6_000_000)))
    with pytest.raises(NotAPlan, match="10,000,000 bytes when unpacked"):
        check_danger(data + data, Budget("plan.pdf", Limits(unpacked=10_000_000)))


def test_a_trial_that_does_not_get_to_work_is_no_fault_of_the_file(monkeypatch):
    """The error says that the machine was too busy, not that the file takes too much."""
    monkeypatch.setattr(processes, "PATIENCE", 0)
    with pytest.raises(NotReadable, match="less busy"):
        read_bytes(RISKY, "plan.pdf")
