"""`build --watch`: builds again when something changes, keeps what is good, and ends with a key."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support.commands import run
from support.mappings import TABS
from support.plan_texts import PlanText, as_tabs

from dcat_hk.commands.build import _BuildRun
from dcat_hk.commands.watching import WatchedFiles, watch_files

PLAN = as_tabs(PlanText("香港天文台", 2024, TABS.rows))


def test_changes_are_told_once_and_those_of_the_output_never(tmp_path):
    """What is new, changed or gone is named; folders that are left out may change as they like."""
    plans = tmp_path / "plans"
    (plans / "out").mkdir(parents=True)
    (plans / "a.txt").write_text("a", encoding="utf-8")
    (plans / "b.txt").write_text("b", encoding="utf-8")
    changes = watch_files(lambda: WatchedFiles([plans, tmp_path / "dcat-hk.toml"], [plans / "out"]))

    def touch():
        (plans / "out" / "x").write_text(str(time.monotonic()), encoding="utf-8")
        (plans / "a.txt").write_text("changed", encoding="utf-8")
        (plans / "b.txt").unlink()
        (tmp_path / "dcat-hk.toml").write_text("", encoding="utf-8")

    touch_later(touch)
    told = set()
    while len(told) < 3:
        told |= set(next(changes))
    assert told == {str(plans / "a.txt"), str(plans / "b.txt"), str(tmp_path / "dcat-hk.toml")}


def touch_later(function):
    """Call a function in another process, a little later."""
    if not os.fork():
        time.sleep(0.5)
        function()
        os._exit(0)


def wait_for(condition, seconds=60):
    """Wait until something is true."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_bad_build_is_told_and_the_good_output_stays(tmp_path, number):
    """After a good build comes a bad one, then a good one; a key ends it with its exit code, and nothing is left."""
    plan, output, log = tmp_path / "plan.txt", tmp_path / "out", tmp_path / "log"
    plan.write_text(PLAN, encoding="utf-8")
    words = ["build", plan, "-o", output, "--watch", "-j", 1, "--skip-validation", "--cache", tmp_path / "cache"]
    command = [str(word) for word in (sys.executable, "-m", "dcat_hk", *words)]
    with log.open("wb") as file:
        process = subprocess.Popen(command, stdout=file, stderr=file, cwd=tmp_path)
    try:

        def times(text):
            return log.read_text(encoding="utf-8").count(text)

        wait_for(lambda: times("Watching") == 1)
        good = (output / "catalogue.ttl").read_bytes()
        plan.write_text("Dear Sir", encoding="utf-8")
        wait_for(lambda: times("Watching") == 2)
        assert times("The output stays as it was.") == 1
        assert times("No open data plan was found") == 1
        assert (output / "catalogue.ttl").read_bytes() == good
        plan.write_text(PLAN.replace("雨量", "雨雪量"), encoding="utf-8")
        wait_for(lambda: times("Watching") == 3)
        assert (output / "catalogue.ttl").read_bytes() != good
        process.send_signal(number)
        assert process.wait(10) == 128 + number
    finally:
        process.kill()
        process.wait()
    assert "Traceback" not in log.read_text(encoding="utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cache", "log", "out", "plan.txt"]


#: Where a folder of decisions goes with plans: what is built, the settings, and a file of the folder.
DECIDED = [
    ("plans/a.txt", "", "plans/decisions/wording.toml"),
    ("plans", "", "plans/decisions/wording.toml"),
    ("plans", "", "decisions/wording.toml"),
    ("plans", 'decisions = "elsewhere"', "elsewhere/wording.toml"),
    ("plans", "", "links/identities.tsv"),
    ("plans", 'links = "elsewhere"', "elsewhere/identities.tsv"),
]


@pytest.mark.parametrize(("source", "settings", "file"), DECIDED)
def test_what_people_decide_is_watched_wherever_it_is(tmp_path, monkeypatch, source, settings, file):
    """Folders beside the plans count before they are there, and those that settings name, also if these change."""
    monkeypatch.chdir(tmp_path)
    Path("plans").mkdir()
    Path("plans/a.txt").write_text(PLAN, encoding="utf-8")
    run_of_builds = _BuildRun(
        (Path(source),),
        Path("out"),
        None,
        True,
        "en",
        dict.fromkeys(("links_folder", "decisions_folder", "report", "cache")),
    )
    changes = watch_files(run_of_builds._watched)
    if settings:
        Path("dcat-hk.toml").write_text(settings, encoding="utf-8")
        assert next(changes) == ["dcat-hk.toml"]
    Path(file).parent.mkdir(exist_ok=True)
    Path(file).write_text("", encoding="utf-8")
    assert next(changes) == [file]


def test_the_cache_of_the_settings_is_not_watched(tmp_path, monkeypatch):
    """A build uses it, so that one build would follow another without end."""
    monkeypatch.chdir(tmp_path)
    Path("dcat-hk.toml").write_text('cache = "kept"', encoding="utf-8")
    given = dict.fromkeys(("links_folder", "decisions_folder", "report", "cache"))
    watched = _BuildRun((Path(),), Path("out"), None, True, "en", given)._watched()
    assert Path("kept") in watched.ignored


def test_standard_input_cannot_be_watched(tmp_path):
    """It is read once."""
    done = run("build", "-", "-o", tmp_path / "out", "--watch", input=PLAN)
    assert (done.exit_code, "Standard input cannot be watched." in done.stderr) == (2, True)
