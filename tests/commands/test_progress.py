"""Progress is drawn on a terminal, told now and then in a pipe, and never in the way of a command."""

import io
import os
import pty
import re
import subprocess
import sys
import time

from support.paths import SEEDS

from dcat_hk.commands.progress import ProgressLines, name_detail, progress_shown
from dcat_hk.core.reporting import FileSteps, report_step, writing_steps


class Terminal(io.StringIO):
    """Text that says it is a terminal."""

    def isatty(self):
        """Return that this is a terminal."""
        return True


def test_progress_is_shown_on_a_terminal_only(monkeypatch):
    """In a pipe, and if quiet, short work prints nothing; on a terminal it names the stage and the steps."""
    for stream, quiet, shown in ((io.StringIO(), False, False), (Terminal(), True, False), (Terminal(), False, True)):
        monkeypatch.setattr(sys, "stderr", stream)
        with progress_shown(quiet) as progress:
            progress("reading", 1, 2)
            progress("reading", 2, 2)
        assert ("reading" in stream.getvalue()) is shown
        assert ("2/2" in stream.getvalue()) is shown


def test_a_pipe_gets_a_line_now_and_then(capsys):
    """Who is waited for is told at once; long work is told with what is done, what is left and what is at hand."""
    quiet, often = ProgressLines(), ProgressLines("zh-Hant", pause=0)
    for show in (quiet, often):
        show("waiting: somebody", 0, 1)
        show("reading", 0, 4, "a.pdf")
        show("reading", 2, 4, "b.pdf")
        show("reading", 4, 4, "c.pdf")
    assert capsys.readouterr().err.splitlines() == [
        "waiting: somebody.",
        "waiting: somebody.",
        "reading：2／4，約餘0:00; b.pdf",
    ]


def test_files_that_are_read_are_named_with_their_pages(tmp_path):
    """Pages are counted where a file has them; nothing is left when it is read, and nobody need ask."""
    steps = FileSteps(tmp_path, ["a.txt", "b.pdf", "c\x1b.pdf"])
    report_step(1, 2)
    assert steps.now() == []
    with writing_steps(tmp_path / "1.step"):
        time.sleep(0.3)
        report_step(11, 80)
        report_step(12, 80)
        (tmp_path / "0.step").write_text("0/0", encoding="ascii")
        (tmp_path / "2.step").write_text("half", encoding="ascii")
        (tmp_path / "7.step").write_text("0/0", encoding="ascii")
        assert name_detail(steps, "en") == "a.txt; b.pdf, page 12 of 80"
        assert name_detail(steps, "zh-Hans") == "a.txt; b.pdf，第12页，共80页"
    assert [step.name for step in steps.now()] == ["a.txt"]


def test_a_real_terminal_of_fifty_columns(tmp_path):
    """On a narrow terminal no line is longer than it, the bar ends full, and what is copied is whole."""
    command = [sys.executable, "-m", "dcat_hk", "build", str(SEEDS), "-o", str(tmp_path / "out"), "--no-cache"]
    ours, theirs = pty.openpty()
    environment = {**os.environ, "COLUMNS": "50", "TERM": "xterm"}
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment) as process:
        os.close(theirs)
        shown = b""
        try:
            while data := os.read(ours, 1 << 16):
                shown += data
        except OSError:
            pass
        assert process.wait() == 0
    os.close(ours)
    text = shown.decode()
    assert "5/5" in text
    assert re.search(r"00\d_\w+\.txt", text)
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)
    after = plain[plain.rindex("hk-hhb/2024-2026, 003_0863684bc7105b3f.txt") :]
    assert "    rows 53, released 44, planned 9, findings 2" in after
    assert all(len(line) <= 50 for line in after.splitlines())
