"""Files that are no plan, or hardly: a clear message, and the others are still read."""

import json
import os
import re
import subprocess
import sys

import pytest
from support.paths import SEEDS
from support.sheet_files import as_zip

from dcat_hk.core.errors import NotAPlan, NotReadable
from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import read_bytes, read_file
from dcat_hk.reading.parsing import read_plan

POLICE = next(SEEDS.glob("004*"))
TEXT = POLICE.read_text(encoding="utf-8")


def run(*arguments, **options):
    """Run the command line and return what it did."""
    command = [sys.executable, "-m", "dcat_hk", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "The file is empty"),
        (b"  \n\t\n", "The file is empty"),
        (b"PK\x03\x04....", "Word, Excel or ZIP file is broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "an old Word or Excel file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "with a password"),
        (b"{\\rtf1 ...}", "an RTF file"),
        (b"\x89PNG\r\n\x1a\n....", "an image"),
        (as_zip({"ppt/presentation.xml": ""}), "a PowerPoint file"),
        (as_zip({"mimetype": "", "content.xml": ""}), "OpenDocument file is broken"),
        (as_zip({"xl/workbook.bin": ""}), "an old Word or Excel file"),
        (as_zip({"README.md": "", "a/": ""}), "a ZIP file without a document"),
        (as_zip({"plan.txt": TEXT}), "a ZIP file, but a single document is needed"),
        (as_zip({"xl/workbook.xml": "<workbook/>"}), "All sheets of the Excel file are hidden"),
        (bytes(range(256)) * 4, "not text"),
        (b"\x00\x01\x02\x03" * 20, "not text"),
        (b"\xff\xfe" + b"\x00\xd8" * 3, "marked as UTF-16"),
    ],
)
def test_other_kinds_of_file_are_refused_by_name(data, message):
    """What cannot be read is refused with what it is and what to do."""
    with pytest.raises(NotAPlan, match=message) as refused:
        read_bytes(data, "x.bin")
    assert refused.value.where == "x.bin"
    assert refused.value.advice


@pytest.mark.parametrize(
    "encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "big5hkscs", "gb18030"]
)
def test_other_encodings_are_read_if_they_decode_cleanly(encoding):
    """A plan in an encoding that departments use gives the same entries as in UTF-8."""
    reading = read_plan(read_bytes(TEXT.encode(encoding), POLICE.name), load())
    assert reading.plan.entries == read_plan(read_file(POLICE), load()).plan.entries
    told = [finding.code for finding in reading.findings]
    assert ("guessed-encoding" in told) == (encoding in {"utf-16-le", "utf-16-be", "big5hkscs", "gb18030"})


def test_a_simplified_plan_in_the_mainland_encoding():
    """GB18030 is told from Big5 by what the text says."""
    path = next(SEEDS.glob("000*"))
    text = path.read_text(encoding="utf-8").replace("\uf06c", "").replace("\ufffd", "")
    reading = read_plan(read_bytes(text.encode("gb18030"), path.name), load())
    assert len(reading.plan.entries) == 35


def test_a_file_cut_in_a_character_is_read_up_to_there():
    """A truncated file loses its last character, with a finding; its rows are read."""
    data = TEXT.encode()
    cut = next(i for i in range(len(data) - 200, len(data)) if data[i] & 0xC0 == 0x80)
    reading = read_plan(read_bytes(data[:cut], POLICE.name), load())
    assert "truncated-file" in [finding.code for finding in reading.findings]
    assert len(reading.plan.entries) >= 30


def test_line_ends_of_other_systems():
    """Carriage returns end lines like line feeds, and places count the same lines."""
    plain = read_plan(read_file(POLICE), load()).plan.entries
    for end in ("\r\n", "\r"):
        assert read_plan(read_bytes(TEXT.replace("\n", end).encode(), POLICE.name), load()).plan.entries == plain


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("這是一封信。", "No open data plan was found"),
        ("Dear Sir,\nthis is no plan.", "No open data plan was found"),
        ("2019至2021年的開放數據計劃\n只有標題", "headed as an open data plan for 2019 to 2021, but no section"),
    ],
)
def test_a_text_that_is_no_plan_says_so(text, message):
    """A text without title, years and sections is no plan; one with a title has no section."""
    with pytest.raises(NotAPlan, match=message):
        read_plan(read_bytes(text.encode(), "x.txt"), load()).require()


def test_a_missing_file_a_folder_and_a_closed_one(tmp_path):
    """What cannot be opened says why."""
    with pytest.raises(NotReadable, match="no such file"):
        read_file(tmp_path / "missing.txt")
    with pytest.raises(NotReadable, match="directory"):
        read_file(tmp_path)
    closed = tmp_path / "closed.txt"
    closed.write_text(TEXT, encoding="utf-8")
    closed.chmod(0)
    if os.geteuid() != 0:
        with pytest.raises(NotReadable, match="permission"):
            read_file(closed)


def test_no_permission_is_told_as_such(tmp_path, monkeypatch):
    """A file that may not be read is told of with what to do, also where the tests run as root."""
    from pathlib import Path

    closed = tmp_path / "closed.txt"
    closed.write_text(TEXT, encoding="utf-8")

    def refuse(_path, _mode):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(NotReadable, match=r"No permission to read this\. Ask its owner"):
        read_file(closed)


def test_parsing_goes_on_after_a_bad_file(tmp_path):
    """A file that is no plan is told of on standard error with exit code 3; the others are printed."""
    bad = tmp_path / "letter.txt"
    bad.write_text("Dear Sir", encoding="utf-8")
    done = run("parse", bad, POLICE, tmp_path / "missing.txt")
    assert done.returncode == 3
    assert [plan["doc"] for plan in json.loads(done.stdout)] == [POLICE.name]
    assert "letter.txt: No open data plan was found" in done.stderr
    assert "missing.txt: There is no such file." in done.stderr
    assert "Traceback" not in done.stderr


def test_a_build_goes_on_after_a_bad_file(tmp_path):
    """A build with a bad file publishes the others whole, and exits with 3."""
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"\x89PNG\r\n\x1a\n")
    done = run("build", POLICE, bad, "-o", tmp_path / "out", "--skip-validation")
    assert done.returncode == 3
    assert "bad.txt: This is an image." in done.stderr
    assert "refused" in done.stdout
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert [plan["input"] for plan in report["plans"]] == [POLICE.name]
    assert [refused["input"] for refused in report["refused"]] == ["bad.txt"]


def test_a_plan_does_not_vanish_because_its_file_went_bad(tmp_path):
    """A build that would drop a published plan, because its file cannot be read any more, publishes nothing."""
    other = next(SEEDS.glob("002*"))
    plans = tmp_path / "plans"
    plans.mkdir()
    for path in (POLICE, other):
        (plans / path.name).write_bytes(path.read_bytes())
    out = tmp_path / "out"
    assert run("build", plans, "-o", out, "--skip-validation").returncode == 0
    before = (out / "catalogue.nq").read_bytes()
    (plans / POLICE.name).write_bytes(b"")
    done = run("build", plans, "-o", out, "--skip-validation")
    assert done.returncode == 3
    assert "plans/hk-hkpf/2024-2026 would vanish" in done.stderr
    assert (out / "catalogue.nq").read_bytes() == before


def test_nothing_but_bad_files_publishes_nothing(tmp_path):
    """If no input is a plan, there is no output and every file is told of."""
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("no plan", encoding="utf-8")
    done = run("build", tmp_path / "a.txt", tmp_path / "b.txt", "-o", tmp_path / "out")
    assert done.returncode == 3
    assert not (tmp_path / "out").exists()
    assert "a.txt" in done.stderr
    assert "b.txt" in done.stderr
    assert done.stdout == ""


def test_an_empty_folder_is_wrong_usage(tmp_path):
    """A folder without files is told of as such."""
    done = run("build", tmp_path, "-o", tmp_path / "out")
    assert done.returncode == 2
    assert "The folder contains no file to read." in done.stderr


def test_two_rows_of_one_number_have_records_of_their_own(tmp_path):
    """Rows that share a number do not overwrite each other."""
    lines = TEXT.split("\n")
    row = next(i for i, line in enumerate(lines) if line.startswith("9\t法律及保安\t員額"))
    lines.insert(row + 1, lines[row].replace("員額", "編制"))
    plan = tmp_path / "plan.txt"
    plan.write_text("\n".join(lines), encoding="utf-8")
    assert run("build", plan, "-o", tmp_path / "out").returncode == 0
    quads = (tmp_path / "out" / "catalogue.nq").read_text(encoding="utf-8")
    assert "record/hk-hkpf/2024-2026/D-ii-9> " in quads
    assert "record/hk-hkpf/2024-2026/D-ii-9_2> " in quads


def test_the_same_plan_twice_is_published_once(tmp_path):
    """Of two files that say the same one is published, and the other is listed as an edition of it."""
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").write_text(TEXT + "\n", encoding="utf-8")
    done = run("build", tmp_path / "a.txt", tmp_path / "b.txt", "-o", tmp_path / "out", "--skip-validation")
    assert done.returncode == 0
    # Not the name but what was read decides which one, in the end the digest.
    assert sorted(re.findall(r"hk-hkpf/2024-2026(?: \(edition\))? +([ab])\.txt", done.stdout)) == ["a", "b"]
    assert len(re.findall(r"hk-hkpf/2024-2026 +[ab]\.txt +33", done.stdout)) == 1
