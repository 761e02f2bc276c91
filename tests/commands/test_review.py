"""`dcat-hk review`: questions on a terminal, in a page and in a spreadsheet; answers in a file that grows."""

import contextlib
import csv
import os
import pty
import select
import sys

import pytest
from support.commands import run
from support.rival_plans import write_rival_plans
from support.sailing_plans import write_sailing_plans

from dcat_hk.reconciliation.judgements import read_judgements

BASE = "https://example.org/dcat-hk/"


@pytest.fixture
def plans(tmp_path):
    """Return the paths of two plans in a folder of their own, of which one row waits for a person."""
    (tmp_path / "plans").mkdir()
    return write_sailing_plans(tmp_path / "plans")


def ask(plans, keys, *options, reviewer="me"):
    """Ask about plans, press keys, and return what was printed and what was judged."""
    arguments = [*plans, "-j", "1", *(["--reviewer", reviewer] if reviewer else []), *options]
    done = run("review", *arguments, input=keys)
    return done, judged(plans)


def judged(plans):
    """Return the judgements of the folder of links beside plans."""
    return read_judgements(plans[0].parent / "links" / "judgements.sssom.tsv", BASE)


def said(judgements):
    """Return what counts: verdicts, and whether they are on two rows."""
    return [(one.verdict, bool(one.object), one.comment) for one in judgements.counting]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("1", [("same", True, "")]),
        ("p", [("part-of", True, "")]),
        ("s", [("split", True, "")]),
        ("n", [("not-same", True, "")]),
        ("d", [("dropped", False, "")]),
        ("r", [("replaced", True, "")]),
        ("?no remarks\n", [("cannot-tell", False, "no remarks")]),
        ("?", []),
        ("x1", [("same", True, "")]),
        ("\r", []),
        ("q", []),
        ("", []),
        ("1uq", []),
        ("1ud", [("dropped", False, "")]),
    ],
)
def test_one_key_is_an_answer(plans, keys, expected):
    """Each key has its meaning; another key is refused, and the last answer can be taken back."""
    done, judgements = ask(plans, keys)
    assert done.exit_code == 0, done.output
    assert "帆船學校名單" in done.stdout
    assert said(judgements) == expected
    assert [one.author for one in judgements.counting] == ["me"] * len(expected)


def test_undo_appends_and_removes_nothing(plans):
    """The file only grows: taking an answer back is a line of its own."""
    _done, judgements = ask(plans, "1uq")
    assert [one.verdict for one in judgements.lines] == ["same", "withdrawn"]


def test_an_answer_settles_the_question(plans):
    """What a person said is used at once: the row is not asked about again, and reconcile says what follows."""
    ask(plans, "1")
    done, judgements = ask(plans, "1")
    assert "Nothing waits for a person" in done.stdout
    assert len(judgements.lines) == 1
    assert '"class": "judged"' in run("reconcile", *plans, "--format", "json", "-j", "1").stdout


def test_promises_that_are_gone_are_asked_about_on_request(plans):
    """With --gone a promise that is no longer listed is shown alone, and can be called dropped."""
    done, judgements = ask(plans, "\rd", "--gone")
    assert "繩結比賽成績" in done.stdout
    assert said(judgements) == [("dropped", False, "")]
    assert "繩結比賽成績" not in ask(plans, "q", "--gone")[0].stdout


def test_somebody_must_answer(plans, tmp_path):
    """Without a name nothing is asked; the settings can have it."""
    done, judgements = ask(plans, "1", reviewer="")
    assert (done.exit_code, judgements.lines) == (2, ())
    (tmp_path / "my.toml").write_text('reviewer = "mailto:ann@example.org"', encoding="utf-8")
    done, judgements = ask(plans, "1", "--config", tmp_path / "my.toml", reviewer="")
    assert [one.author for one in judgements.lines] == ["mailto:ann@example.org"]


def test_a_subject_narrows_the_questions(plans):
    """Only rows of the subject are asked about."""
    assert "Nothing waits" in ask(plans, "", "--subject", "A-1")[0].stdout
    unknown = ask(plans, "", "--subject", "A-99")[0]
    assert (unknown.exit_code, "No plan has a row or a dataset “A-99”" in unknown.stderr) == (2, True)
    assert "帆船學校名單" in ask(plans, "q", "--subject", "B-2")[0].stdout


def test_without_a_file_the_plans_beside_the_links_are_read(plans):
    """The folder of links tells where the plans are."""
    (plans[0].parent / "links").mkdir()
    done = run("review", "--links", plans[0].parent / "links", "--reviewer", "me", "-j", "1", input="d")
    assert (done.exit_code, said(judged(plans))) == (0, [("dropped", False, "")])


def test_no_plan_is_wrong_usage(tmp_path):
    """Where no plan can be read nothing is asked."""
    (tmp_path / "letter.txt").write_text("Dear Sir", encoding="utf-8")
    done = run("review", tmp_path / "letter.txt", "--reviewer", "me", "-j", "1")
    assert (done.exit_code, "None of the files is a plan" in done.stderr) == (2, True)


def test_a_bad_ledger_stops_before_anything_is_asked(plans):
    """An identifier that nothing knows is named with file and line, and nothing is written."""
    links = plans[0].parent / "links"
    links.mkdir()
    (links / "identities.tsv").write_text("hk-a-aaaaaaaaaa\thk-a-bbbbbbbbbb\n", encoding="utf-8")
    done, judgements = ask(plans, "1")
    assert (done.exit_code, f"{links / 'identities.tsv'}: line 1: " in done.stderr) == (3, True)
    assert judgements.lines == ()


def test_a_spreadsheet_goes_out_and_comes_back(plans, tmp_path):
    """Answers that are filled in are appended, all or none; the same file again says nothing new."""
    sheet = tmp_path / "sheet.csv"
    done = run("review", *plans, "-j", "1", "--csv", sheet, "--html", tmp_path / "page.html")
    assert done.exit_code == 0, done.output
    assert "帆船學校名單" in (tmp_path / "page.html").read_text(encoding="utf-8")
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[0]["answer"] = "same"
    with sheet.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    for _time in range(2):
        assert run("review", *plans, "--from", sheet, "--reviewer", "ann").exit_code == 0
    (judgement,) = judged(plans).lines
    assert (judgement.verdict, judgement.author) == ("same", "ann")
    sheet.write_text(sheet.read_text(encoding="utf-8-sig").replace("same,", "perhaps,"), encoding="utf-8")
    refused = run("review", *plans, "--from", sheet, "--reviewer", "ben")
    assert (refused.exit_code, f"{sheet}: line 2: " in refused.stderr, len(judged(plans).lines)) == (3, True, 1)


def test_a_terminal_is_asked_key_by_key(plans):
    """On a terminal a key counts without Enter."""
    process, terminal = pty.fork()
    if not process:
        command = [sys.executable, "-m", "dcat_hk", "review", *map(str, plans), "--reviewer", "me", "-j", "1", "-q"]
        os.execv(command[0], command)  # noqa: S606 - our own command
    printed = b""
    with contextlib.suppress(OSError):
        while True:
            # A key that comes before the program listens is lost, so it is pressed again.
            if select.select([terminal], [], [], 2)[0]:
                printed += os.read(terminal, 4096)
            elif b"any other key" in printed:
                os.write(terminal, b"q")
            elif b"q quit" in printed:
                os.write(terminal, b"n")
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 0
    assert said(judged(plans)) == [("not-same", True, "")]


def test_records_of_the_portal_are_asked_about(tmp_path, monkeypatch):
    """What `link --write` left waits for a person; an answer is on the dataset and the record's page."""
    from support.linked_rows import make_portal, make_record

    from dcat_hk.portal.snapshots import write_snapshot

    _old, new = write_sailing_plans(tmp_path)
    records = (make_record("hk-hsd-fairways", "Sailing fairways with speed limit"), make_record("hk-hsd-b", "Buoys"))
    lines, _head = write_snapshot(make_portal(*records), tmp_path / "2023-01.jsonl.gz")
    assert run("link", new, "--portal", lines, "--write", "-q", "--no-cache", "-j", "1").exit_code == 0
    arguments = ("review", new, "--links", tmp_path / "links", "-q", "-j", "1")
    sheet = tmp_path / "sheet.csv"
    assert run(*arguments, "--csv", sheet).exit_code == 0
    assert "https://data.gov.hk/en-data/dataset/hk-hsd-" in sheet.read_text(encoding="utf-8-sig")
    page = tmp_path / "page.html"
    assert run(*arguments, "--html", page, "--lang", "en").exit_code == 0
    assert "which record of the portal is this dataset?" in page.read_text(encoding="utf-8")
    keys = iter("dnq")
    monkeypatch.setattr("click.getchar", lambda: next(keys))
    done = run(*arguments, "--reviewer", "me", "--lang", "en")
    assert done.exit_code == 0, done.output
    assert "“d” is no answer." in done.stdout
    judgements = (tmp_path / "links/judgements.sssom.tsv").read_text(encoding="utf-8").splitlines()
    assert all("\tNot\t" in line and "dataset:" in line for line in judgements if "data.gov.hk" in line)
    assert any("data.gov.hk/en-data/dataset/hk-hsd-" in line for line in judgements)


def test_files_that_no_question_is_about_are_told(tmp_path):
    """One that is no plan, and a second plan of the same years: a person would think that all was asked."""
    write_rival_plans(tmp_path)
    (tmp_path / "note.txt").write_text("Nothing.", encoding="utf-8")
    done = run("review", tmp_path, "--links", tmp_path / "links", "-q", "-j", "1", "--csv", tmp_path / "sheet.csv")
    assert "note.txt" in done.stderr
    assert done.stderr.count("[other-plan]") == 1
