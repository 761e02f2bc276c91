"""`dcat-hk template`: an empty plan as a file."""

import pytest
from support.commands import run

from dcat_hk.core.today import find_today
from dcat_hk.drafting.template import make_template
from dcat_hk.drafting.template_word import write_word_template
from dcat_hk.reading.documents import read_bytes


@pytest.mark.parametrize("name", ["plan.docx", "PLAN.XLSX"])
@pytest.mark.parametrize("language", ["en", "zh-HK", "zh-CN"])
def test_a_file_is_written(name, language, tmp_path):
    """The name says whether it is for Word or Excel; the file says what was asked for."""
    file = tmp_path / name
    done = run("template", "-o", file, "--lang", language, "--body", "hk-hko", "--years", "2026-2028", "--rows", 2)
    assert (done.exit_code, done.stdout) == (0, "")
    lines = read_bytes(file.read_bytes(), name).lines
    assert lines[0] in {"Hong Kong Observatory", "香港天文台"}
    assert "2028" in lines[1]


def test_the_same_is_written_as_a_program_gets(tmp_path):
    """Options reach the plan."""
    file = tmp_path / "a.docx"
    run("template", "-q", "-o", file, "--lang", "en", "--years", "2030", "--dated", "2030-01", "--rows", 1)
    assert file.read_bytes() == write_word_template(make_template("en", (2030, 2030), "", "2030-01", 1))


def test_without_years_the_plan_is_for_the_next_ones(tmp_path):
    """It begins in the year after this one."""
    file = tmp_path / "a.docx"
    assert run("template", "-o", file, "--lang", "en").exit_code == 0
    first = find_today().year + 1
    assert f"for {first} to {first + 2}" in "".join(read_bytes(file.read_bytes(), "a.docx").lines)


@pytest.mark.parametrize("options", [("-o", "plan.pdf"), ("-o", "plan"), (), ("-o", "a.docx", "--years", "soon")])
def test_what_cannot_be_written_is_refused(options, tmp_path, monkeypatch):
    """Nothing is written, and the exit code is that of wrong usage."""
    monkeypatch.chdir(tmp_path)
    assert run("template", *options).exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_a_plan_that_is_filled_in_is_not_replaced(tmp_path):
    """The same empty plan may be written again; a file with anything else stays."""
    file = tmp_path / "plan.docx"
    options = ("template", "-o", file, "--lang", "en", "--years", "2026-2028")
    assert [run(*options).exit_code, run(*options).exit_code] == [0, 0]
    file.write_bytes(b"filled in")
    done = run(*options)
    assert (done.exit_code, file.read_bytes()) == (2, b"filled in")
    assert "filled in" in done.stderr
    assert "已填寫" in run("template", "-o", file, "--lang", "zh-HK").stderr
