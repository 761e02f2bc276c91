"""Inputs are read into plans that wait on disk."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from support.mappings import TABS
from support.paths import SEEDS
from support.pdf_files import grid, lines, pdf, text
from support.plan_texts import PlanText, as_tabs
from support.read_plans import read_texts

from dcat_hk.build.publish import no_progress
from dcat_hk.build.read import Reader, limits_of, read_files, read_input
from dcat_hk.build.readings import ReadingOptions
from dcat_hk.core.errors import NotAPlan, NotReadable, ReadingFault
from dcat_hk.core.limits import Limits
from dcat_hk.core.settings import Settings
from dcat_hk.reading.documents import find_inputs


def test_a_plan_waits_on_disk_and_comes_back_whole(tmp_path):
    """The head has all but the entries; the file has these as well, and both are of the same plan."""
    result = read_texts(tmp_path, plan=as_tabs(TABS))["plan"]
    plan = result.file.load()
    assert result.file.head.entries == ()
    assert [entry.title for entry in plan.entries] == ["潮汐預報", "自動氣象站", "雨量", "星座"]
    assert (
        (plan.bureau, plan.years) == (result.file.head.bureau, result.file.head.years) == ("香港天文台", (2024, 2026))
    )


def test_the_outcome_counts_rows_bytes_and_findings(tmp_path):
    """Digest and size are those of the file, rows are counted by stage, findings are kept."""
    text = as_tabs(TABS)
    outcome = read_texts(tmp_path, plan=text)["plan"].outcome
    assert (outcome.sha256, outcome.size) == (hashlib.sha256(text.encode()).hexdigest(), len(text.encode()))
    assert (outcome.rows, outcome.released, outcome.planned) == (4, 3, 1)
    assert "unknown-category" in {finding.code for finding in outcome.findings}


@pytest.mark.parametrize("text", ["", "Dear Sir", as_tabs(PlanText("", 2024, TABS.rows))])
def test_what_is_no_plan_is_refused_and_the_others_are_read(tmp_path, text):
    """An empty file, a letter and a plan that names no body are outcomes with a reason, not the end of the build."""
    results = read_texts(tmp_path, bad=text, good=as_tabs(TABS))
    assert results["bad"].file is None
    assert results["bad"].outcome.refused.startswith("bad.txt: ")
    assert (results["good"].outcome.refused, results["good"].file is None) == ("", False)


def test_inputs_keep_their_order_whatever_the_number_of_processes(tmp_path):
    """Results come in the order of the inputs, each with a file of its own; progress counts them."""
    inputs = find_inputs([SEEDS])[::-1]
    steps = []
    results = read_files(inputs, tmp_path, Reader(), 2, lambda *step: steps.append(step))
    assert [result.outcome.name for result in results] == [source.name for source in inputs]
    assert len({result.file.path for result in results}) == len(inputs)
    assert [step[:3] for step in steps] == [("reading", number, len(inputs)) for number in range(len(inputs) + 1)]


def test_limits_of_the_settings_hold(tmp_path):
    """A file that exceeds a limit of the settings is refused by that limit."""
    path = tmp_path / "plan.txt"
    path.write_text(as_tabs(TABS), encoding="utf-8")
    (source,) = find_inputs([path])
    assert read_input(source).plan is not None
    with pytest.raises(NotAPlan, match="10"):
        read_input(source, limits_of(Settings(limits={"size": 10})))


def test_a_file_that_vanished_is_an_error(tmp_path):
    """A file that cannot be opened is named."""
    (source,) = find_inputs([tmp_path / "gone.txt"])
    with pytest.raises(NotReadable, match=r"gone\.txt"):
        read_input(source)


def test_a_bug_ends_the_reading_of_one_input_only(tmp_path):
    """What is raised by mistake, here for a limit that is no number, is the outcome of the input."""
    path = tmp_path / "plan.txt"
    path.write_text(as_tabs(TABS), encoding="utf-8")
    (source,) = find_inputs([path])
    (result,) = read_files([source], tmp_path, Reader(ReadingOptions(Limits(characters=None))), 1, no_progress)
    assert result.file is None
    assert "plan.txt: Reading stopped at a bug of dcat-hk (TypeError" in result.outcome.refused
    with pytest.raises(ReadingFault):
        read_input(source, Limits(characters=None))


def big_pdf():
    """Return a PDF that takes a while to read: hundreds of pages full of words in a grid."""
    rows = [
        text(40, 780 - 12 * row, f"Row {row} of a page with many words that are all to be read", 8) for row in range(60)
    ]
    drawn = "\n".join([*rows, lines(*grid([30, 200, 400, 560], [790 - 12 * row for row in range(61)]))])
    return pdf(*[drawn] * 300)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_key_ends_a_build_at_once(tmp_path, jobs):
    """Ctrl-C while PDFs of hundreds of pages are being read: exit code 130, a sentence, no process, no file."""
    plans = tmp_path / "plans"
    plans.mkdir()
    for name in ("a.pdf", "b.pdf", "c.pdf"):
        (plans / name).write_bytes(big_pdf() + b"%" + name.encode())
    words = ["build", plans, "-o", tmp_path / "out", "-j", jobs, "--no-cache"]
    command = [str(word) for word in (sys.executable, "-m", "dcat_hk", *words)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    with process:
        end = time.monotonic() + 60
        while not (steps := list(tmp_path.glob(".out.building-*/spool/*.step"))) or "/300" not in read_one(steps):
            assert process.poll() is None, process.stderr.read()
            assert time.monotonic() < end, steps
            time.sleep(0.05)
        assert len(steps) == jobs
        # As a terminal does it: every process of the group is told.
        os.killpg(process.pid, signal.SIGINT)
        begun = time.monotonic()
        assert process.wait(30) == 130
        # A second where the machine does nothing else.
        assert time.monotonic() - begun < 5
        assert process.stderr.read() == "Error: Interrupted.\n"
    end = time.monotonic() + 10
    while running_in(process.pid):
        assert time.monotonic() < end
        time.sleep(0.05)
    assert [path.name for path in tmp_path.iterdir()] == ["plans"]


def running_in(group):
    """Return the processes of a group that still run; those that nobody has asked for their end are left out."""
    states = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            states += [path.parent.name] if int(fields[2]) == group and fields[0] not in "ZX" else []
    return states


def read_one(steps):
    """Return what the first file of steps says, nothing if it is gone."""
    try:
        return steps[0].read_text(encoding="ascii")
    except FileNotFoundError:
        return ""
