"""An officer sends a plan and sees the table that was read, with findings beside its rows; nothing is kept."""

import http.client
import json
import os
import re
from html import unescape

import pytest
from support.lighthouse_plans import as_consolidated
from support.web_servers import serving
from support.word_and_web_files import as_word

PLAN = as_consolidated("zh").replace("11/2022", "13/2022", 1)


@pytest.fixture(scope="module")
def server(built, tmp_path_factory):
    """Serve the seeds' catalogue with the page for plans."""
    with serving(built[0], tmp_path_factory.mktemp("check") / "log", "--check", "--check-size", "1") as found:
        yield found


def upload(server, data, name="plan.txt", language="en", page="check.html", do="show", **headers):
    """Send a document and return the reply."""
    head = f'--x\r\nContent-Disposition: form-data; name="lang"\r\n\r\n{language}\r\n--x\r\n'
    head += f'Content-Disposition: form-data; name="do"\r\n\r\n{do}\r\n--x\r\n'
    head += f'Content-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = head.encode() + data + b"\r\n--x--\r\n"
    return server.ask(page, "POST", body, Content_Type="multipart/form-data; boundary=x", **headers)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["1 error", "“13/2022” is not a valid date.", "The table that was read"]),
        ("zh-Hant", ["1項錯誤", "讀到的表格"]),
        ("zh-Hans", ["1项错误", "读到的表格"]),
    ],
)
def test_findings_stand_beside_the_rows(server, language, words):
    """In the language that was chosen, whatever the page was in before."""
    reply = upload(server, PLAN.encode(), language=language, Accept="text/html")
    page = unescape(reply.text)
    assert (reply.status, reply.headers["content-language"], reply.headers["cache-control"]) == (
        200,
        language,
        "no-store",
    )
    assert [word for word in words if word not in page] == []
    row = re.search(
        r'<tr id="row-\d+">(?:(?!</tr>).)*13/2022.*?</tr>\s*<tr class="beside-row">(.*?)</tr>', page, re.DOTALL
    )
    assert "13/2022" in row[1]


def test_the_document_comes_back_with_comments(server):
    """As a file to keep, under a name of its own; nobody stores it."""
    reply = upload(server, as_word(PLAN), "計劃.docx", do="annotate")
    assert (reply.status, reply.headers["cache-control"]) == (200, "no-store")
    assert reply.headers["content-disposition"].endswith("filename*=UTF-8''checked-%E8%A8%88%E5%8A%83.docx")
    assert b"word/comments.xml" in reply.body
    assert "No plan can be read" not in upload(server, as_word(PLAN), "a.docx").text
    assert (
        upload(server, PLAN.encode(), "a.txt", page="check.en.html", do="annotate")
        .headers["content-type"]
        .startswith("text/html")
    )


def test_programs_get_json(server):
    """With the same findings."""
    found = json.loads(upload(server, PLAN.encode(), Accept="application/json").body)
    assert found["plan"]["bureau"] == "離島燈塔署"
    assert [one["severity"] for one in found["findings"]].count("error") == 1


@pytest.mark.parametrize(
    ("data", "name", "status", "words"),
    [
        (b"", "a.txt", 400, "Choose a file first"),
        (b"x" * 1_100_000, "a.txt", 413, "The file is too large"),
        (b"Dear Sir", "<script>.txt", 200, "No plan can be read in this file:"),
        (b"PK\x03\x04" + os.urandom(5000), "a.docx", 200, "No plan can be read in this file:"),
        (b"%PDF-1.7\n" + b"1 0 obj<<>>" * 500, "a.pdf", 200, "No plan can be read in this file:"),
    ],
)
def test_what_is_no_plan_is_told_on_the_page(server, data, name, status, words):
    """Markup in its name is text."""
    reply = upload(server, data, name, page="check.en.html")
    assert reply.status == status
    assert words in unescape(reply.text)
    assert "<script>" not in reply.text


def test_the_page_is_a_form_without_scripts(server):
    """In the language of the path or of the reader."""
    page = server.ask("check.zh-Hans.html")
    assert 'enctype="multipart/form-data"' in page.text
    assert "<script" not in page.text
    assert page.headers["content-language"] == "zh-Hans"
    assert server.ask("check", Accept_Language="en").headers["content-language"] == "en"


def test_a_client_that_leaves_leaves_no_process(server):
    """And the next one is answered."""
    connection = http.client.HTTPConnection(server.host, server.port, timeout=60)
    connection.putrequest("POST", "/check.html")
    connection.putheader("Content-Type", "multipart/form-data; boundary=x")
    connection.putheader("Content-Length", "500000")
    connection.endheaders(b"--x\r\n")
    connection.close()
    assert upload(server, PLAN.encode()).status == 200


def test_there_is_no_such_page_unless_it_is_wanted(send):
    """Off by default: neither the form is there, nor is a document taken."""
    assert send("check.html").status_code == 404
    assert send("check.html", "POST").status_code == 405
