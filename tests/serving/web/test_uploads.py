"""Forms with files are taken apart whatever is in them; the program that reads them is kept within limits."""

import asyncio

import pytest

from dcat_hk.serving.web.uploads import CheckLimits, CheckRefused, SentFile, UploadChecker, read_form

KIND = "multipart/form-data; boundary=x1"


def form(*parts, end=b"--x1--\r\n"):
    """Return the body of a form with parts, each a head and a content."""
    return b"".join(b"--x1\r\n" + head + b"\r\n\r\n" + content + b"\r\n" for head, content in parts) + end


def part(name, file=None):
    """Return the head of a part."""
    named = f'Content-Disposition: form-data; name="{name}"'
    return (named if file is None else f'{named}; filename="{file}"').encode()


CONTENTS = [b"a", b"\r\n", b"\r\n--x\r\n", bytes(range(256)) * 50, b"a--x1", b"a\r\n\r\nb\r\n"]


@pytest.mark.parametrize("content", CONTENTS)
def test_a_file_comes_back_byte_for_byte(content):
    """Also with ends of lines and pieces of the boundary in it."""
    found = read_form(KIND, form((part("lang"), b"en"), (part("file", "計劃.docx"), content)))
    assert (found.name, found.data, found.fields) == ("計劃.docx", content, {"lang": "en"})


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (KIND, b""),
        (KIND, form((part("lang"), b"en"))),
        (KIND, form((part("file", ""), b""))),
        (KIND, b"--x1\r\nContent-Disposition: form-data"),
        ("multipart/form-data", form((part("file", "a"), b"a"))),
        ("application/json", b"{}"),
        ("multipart/form-data; boundary=" + "x" * 500, b""),
        (KIND, b"--x1\r\n" * 5000),
        (KIND, form((b"A: " + b"x" * 9000, b"a"))),
    ],
)
def test_a_form_without_a_file_is_none(kind, body):
    """No error, whatever is sent."""
    assert read_form(kind, body) is None


@pytest.mark.parametrize(
    ("sent", "name"),
    [("a/b/c.txt", "c.txt"), ("..", "plan"), ("-rf", "rf"), ("a\x00b\x1b.txt", "ab.txt"), ("x" * 400, "plan")],
)
def test_the_name_of_a_file_is_only_a_name(sent, name):
    """No folder, no option, nothing that a terminal would obey; one that is far too long is none."""
    found = read_form(KIND, form((part("file", sent), b"a")))
    assert found is None if len(sent) > 300 else found.name == name


def run(tmp_path, monkeypatch, code, **limits):
    """Return what the checker says of a file if its program is some code."""
    (tmp_path / "stand_in.py").write_text(code, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr("dcat_hk.serving.web.uploads._START", 3)

    async def check():
        checker = UploadChecker(CheckLimits("stand_in", **{"seconds": 0, **limits}))
        sent = SentFile("a.txt", b"hello", {})
        return await asyncio.gather(*(checker.check(sent) for _ in range(3)), return_exceptions=True)

    return asyncio.run(check())


def test_the_program_gets_the_bytes_and_its_answer_comes_back(tmp_path, monkeypatch):
    """One after the other."""
    code = "import sys, json; print(json.dumps([sys.argv[2], sys.stdin.read()]))"
    assert run(tmp_path, monkeypatch, code) == [["a.txt", "hello"]] * 3


@pytest.mark.parametrize(
    ("code", "word"),
    [("import time; time.sleep(600)", "slow"), ("import os; os._exit(3)", "failed"), ("print('{')", "failed")],
)
def test_a_program_that_goes_wrong_is_told(tmp_path, monkeypatch, code, word):
    """It is ended when its time is up."""
    assert {str(one) for one in run(tmp_path, monkeypatch, code, running=3)} == {word}


def test_only_so_many_wait(tmp_path, monkeypatch):
    """The others are told to come back."""
    found = run(tmp_path, monkeypatch, "print('1')", running=1, waiting=2)
    assert [isinstance(one, CheckRefused) for one in found] == [False, False, True]
