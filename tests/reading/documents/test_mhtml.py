"""Web pages that a browser or Word saved as one file."""

import pytest
from support.kinds import as_saved_page, fields_of
from support.plan_texts import english_plan, plan_with
from support.word_and_web_files import as_page

from dcat_hk.core.errors import NotAPlan
from dcat_hk.core.limits import Limits
from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.documents.kinds import kind_of

HEAD = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"


def saved(*parts):
    """Return a saved page of parts, each its header lines and its content."""
    return HEAD + b"".join(b"--b\r\n%s\r\n\r\n%s\r\n" % part for part in parts) + b"--b--\r\n"


@pytest.mark.parametrize("plan", [plan_with(), english_plan()], ids=["zh", "en"])
@pytest.mark.parametrize(
    ("encoding", "transfer"),
    [("utf-8", "quoted-printable"), ("utf-8", "base64"), ("utf-8", "8bit"), ("big5", "base64"), ("gb18030", "base64")],
)
def test_a_saved_page_says_what_the_page_says(plan, encoding, transfer):
    """In whatever way the page was packed, its entries are those of the page itself."""
    data = as_saved_page(plan, encoding, transfer)
    assert kind_of(data, "plan.doc") == "mhtml"
    assert fields_of(data, "plan.doc") == fields_of(as_page(plan), "plan.doc")


@pytest.mark.parametrize(
    "data",
    [
        b"\r\nSnapshot-Content-Location: https://x\r\nContent-Type: multipart/related;\r\n\tboundary=b\r\n\r\n",
        b"MIME-Version: 1.0\nX-Title: a\nContent-Type: text/html; charset=big5\n\n<p>",
        b"\xef\xbb\xbfMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n",
    ],
)
def test_a_saved_page_is_told_by_its_header_lines(data):
    """Browsers, Word and mail programs write other lines, but all state a version and a type."""
    assert kind_of(data, "plan.txt") == "mhtml"


@pytest.mark.parametrize(
    "data", [b"Content-Type: text/html\n\n<p>", b"Bureau: x\n\nMIME-Version: 1.0\n", b"MIME-Version: 1.0\n\nx"]
)
def test_text_with_header_lines_is_text(data):
    """Lines with colons at the start of a text make no message."""
    assert kind_of(data, "plan.txt") == "text"


def test_the_stated_encoding_counts_more_than_the_one_in_the_page():
    """A program that saved the page anew left its old declaration in it."""
    page = "<meta charset=gb2312><p>數據".encode("big5")
    data = saved((b"Content-Type: text/html; charset=Big5\r\nContent-Transfer-Encoding: 8bit", page))
    assert read_bytes(data, "x").lines == ("數據",)


def test_frames_are_read_behind_the_page():
    """A plan that stands in a frame is not lost; style sheets and pictures are no text."""
    data = saved(
        (b"Content-Type: text/html", b"<p>Page</p><iframe src='cid:1'></iframe>"),
        (b"Content-Type: text/css", b"p {}"),
        (b"Content-Type: text/html\r\nContent-ID: <1>", b"<p>Frame</p>"),
        (b"Content-Type: text/html", b" "),
    )
    assert read_bytes(data, "x").lines == ("Page", "Frame")


def test_a_message_without_a_page_is_refused():
    """What to do instead is said."""
    with pytest.raises(NotAPlan, match=r"no web page in this saved page .*Save the page again"):
        read_bytes(saved((b"Content-Type: text/plain", b"Plan")), "x")


def test_limits_hold():
    """Parts, levels and elements are counted, and no header line makes the parser work without end."""
    page = (b"Content-Type: text/html", b"<p>x</p>")
    with pytest.raises(NotAPlan, match="more than 3 parts"):
        read_bytes(saved(page, page, page), "x", Limits(parts=3))
    with pytest.raises(NotAPlan, match="more than 3 parts"):
        read_bytes(HEAD + b"\r\n--b" * 1000, "x", Limits(parts=3))
    with pytest.raises(NotAPlan, match="more than 1 elements"):
        read_bytes(saved(page), "x", Limits(elements=1))
    nested = b"".join(b"--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n" % (n, n + 1) for n in range(300))
    with pytest.raises(NotAPlan, match="more than 200 levels"):
        read_bytes(HEAD.replace(b"=b", b"=b0") + nested, "x")
    with pytest.raises(NotAPlan, match=r"saved page \(\.mht\) is broken"):
        read_bytes(HEAD.replace(b"boundary=b", b"boundary=b" + b";" * 10_000), "x")


@pytest.mark.parametrize("levels", [150, 199])
def test_nested_messages_do_no_harm(levels):
    """As many levels as are allowed can be taken apart."""
    nested = b"".join(
        b"--b%d\r\nContent-Type: multipart/digest; boundary=b%d\r\n\r\n" % (n, n + 1) for n in range(levels)
    )
    page = b"--b%d\r\nContent-Type: text/html\r\n\r\n<p>Plan" % levels
    assert read_bytes(HEAD.replace(b"=b", b"=b0") + nested + page, "x").lines == ("Plan",)


def test_style_sheets_of_the_file_are_followed():
    """A page is read with the style sheets that were saved with it, by their address or their identifier."""
    page = (
        "<link rel=stylesheet href='../site.css'><link rel=stylesheet href='cid:css-1@x'><p class=a>A<p class=b>B<p>C"
    )
    parts = [
        ("text/html", "Content-Location: https://www.host.hk/plans/plan.html", page),
        ("text/css", "Content-Location: https://www.host.hk/site.css", ".a{display:none}"),
        ("text/css", "Content-ID: <css-1@x>", ".b{text-decoration:line-through}"),
    ]
    body = "".join(f"--b\nContent-Type: {kind}\n{header}\n\n{text}\n" for kind, header, text in parts)
    data = f"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n{body}--b--\n".encode()
    document = read_bytes(data, "plan.mht")
    assert document.lines == ("B", "C")
    assert [(document.slice(mark.span), mark.kind) for mark in document.marks] == [("B", "struck")]
