"""The output folder: the same bytes every time, and never half of it."""

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from datetime import date

import pytest
from support.mappings import TABS
from support.paths import ROOT, SEEDS
from support.plan_texts import PlanText, as_tabs

from dcat_hk.build import build, publish
from dcat_hk.core.caching import Cache
from dcat_hk.core.errors import UsageError
from dcat_hk.core.files import replace_folder
from dcat_hk.core.settings import Settings


def digests(folder):
    """Return the digest of every file in a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def command_for(output, *sources, jobs=1):
    """Return the command that builds in a process of its own, without validation."""
    options = ["-o", output, "-q", "-j", jobs, "--skip-validation"]
    return [str(word) for word in (sys.executable, "-m", "dcat_hk", "build", *sources, *options)]


def run_build(output, *sources, jobs=1, **environment):
    """Build in a process of its own, without validation."""
    command = command_for(output, *sources, jobs=jobs)
    return subprocess.run(command, check=True, env={**os.environ, **environment}, capture_output=True)


def test_the_committed_output_is_what_the_seeds_give(catalogue):
    """output/ is the build of seeds/, byte for byte."""
    assert digests(ROOT / "output") == digests(catalogue)


def test_the_manifest_lists_every_input_and_output(catalogue):
    """The manifest has the SHA-256 and size of every seed and of every other file of the folder."""
    manifest = json.loads((catalogue / "manifest.json").read_text(encoding="utf-8"))
    found = digests(catalogue)
    assert {name: entry["sha256"] for name, entry in manifest["outputs"].items()} == {
        k: v for k, v in found.items() if k != "manifest.json"
    }
    assert all(entry["bytes"] == (catalogue / name).stat().st_size for name, entry in manifest["outputs"].items())
    seeds = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in SEEDS.glob("*.txt")}
    assert {name: entry["sha256"] for name, entry in manifest["inputs"].items()} == seeds


def test_the_bytes_do_not_depend_on_hash_seed_processes_or_order(tmp_path):
    """Hash seeds, numbers of processes, orders of inputs, time zones and locales all give the same bytes."""
    seeds = sorted(SEEDS.glob("*.txt"))
    variants = [
        {"sources": seeds, "jobs": 1, "environment": {"PYTHONHASHSEED": "1"}},
        {"sources": seeds[::-1], "jobs": 3, "environment": {"PYTHONHASHSEED": "2", "TZ": "Pacific/Kiritimati"}},
        {"sources": [seeds[2], *seeds[:2], *seeds[3:]], "jobs": 2, "environment": {"LC_ALL": "C", "PYTHONUTF8": "0"}},
    ]
    found = []
    for number, variant in enumerate(variants):
        run_build(tmp_path / str(number), *variant["sources"], jobs=variant["jobs"], **variant["environment"])
        found.append(
            {k: v for k, v in digests(tmp_path / str(number)).items() if k != "manifest.json"} | {"inputs": None}
        )
    assert found[0] == found[1] == found[2]


def test_plans_that_share_datasets_are_written_alike_by_any_number_of_processes(tmp_path):
    """With datasets shared by plans of one publisher and of several, files do not depend on who wrote what first."""
    from support.plan_texts import PlanText, Row, as_tabs

    plans = tmp_path / "plans"
    plans.mkdir()
    titles = [f"數據集{n}" for n in "甲乙丙丁戊己庚"]
    for bureau in ("香港天文台", "運輸署", "未來局"):
        for first in range(2019, 2026):
            rows = [
                Row(
                    "氣象",
                    t,
                    f"0{1 + i}/{first - 1}",
                    "每月",
                    f"{t}及（此數據集由醫院管理局擁有及發放。）(CSV)" if i % 3 else f"{t} (JSON)",
                )
                for i, t in enumerate(titles[: first - 2017])
            ]
            text = as_tabs(PlanText(bureau, first, {("D", "ii"): rows}, f"{first - 1}年12月"))
            (plans / f"{bureau}{first}.txt").write_text(text, encoding="utf-8")
    for jobs in (1, 2, 3):
        run_build(tmp_path / str(jobs), plans, jobs=jobs)
    assert digests(tmp_path / "1") == digests(tmp_path / "2") == digests(tmp_path / "3")
    build([plans], tmp_path / "validated", Settings(), jobs=2)
    assert digests(tmp_path / "validated")["catalogue.ttl"] == digests(tmp_path / "1")["catalogue.ttl"]


@pytest.mark.parametrize("attempt", range(6))
def test_a_killed_build_leaves_the_old_output_whole(tmp_path, attempt):
    """Killed at any moment, a build leaves the folder as it was or as it shall be; the next one cleans up."""
    output = tmp_path / "output"
    seeds = sorted(SEEDS.glob("*.txt"))
    run_build(output, *seeds[:2])
    old = digests(output)
    run_build(tmp_path / "new", *seeds)
    new = digests(tmp_path / "new")
    command = command_for(output, *seeds, jobs=2)
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    time.sleep(random.Random(attempt).uniform(0.15, 0.9))
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert digests(output) in (old, new)
    run_build(output, *seeds)
    assert digests(output) == new
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new", "output"]


def test_a_failure_while_writing_leaves_the_old_output_whole(tmp_path):
    """An error in the middle of a build changes nothing and leaves nothing behind."""
    output = tmp_path / "output"
    run_build(output, next(SEEDS.glob("004*")))
    before = digests(output)

    def fail(stage, _done, _total, _detail=""):
        if stage.startswith("mapping"):
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        build([SEEDS], output, Settings(), jobs=1, validated=False, progress=fail)
    assert digests(output) == before
    assert [path.name for path in tmp_path.iterdir()] == ["output"]


def test_a_build_that_violates_the_shapes_publishes_nothing(tmp_path):
    """A plan of the future that states no date would be issued in the future: it is refused with what to do."""
    plan = tmp_path / "plan.txt"
    text = next(SEEDS.glob("002*")).read_text(encoding="utf-8")
    for year in (2028, 2027, 2026):
        text = text.replace(str(year), str(year + 50))
    plan.write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "dcat_hk", "build", str(plan), "-o", str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 4
    assert "lies in the future" in done.stderr
    assert "Nothing was published" in done.stderr
    assert not (tmp_path / "out").exists()


def test_other_peoples_files_are_not_overwritten(tmp_path):
    """A folder with files that no build wrote is refused, by the name of one of them."""
    (tmp_path / "thesis.docx").write_text("years of work", encoding="utf-8")
    with pytest.raises(UsageError, match=r"thesis\.docx"), replace_folder(tmp_path):
        pass
    assert (tmp_path / "thesis.docx").read_text(encoding="utf-8") == "years of work"


def test_a_file_added_to_the_output_is_not_lost(tmp_path, catalogue):
    """A stranger in an output folder stops the next build."""
    output = tmp_path / "output"
    shutil.copytree(catalogue, output)
    (output / "notes.md").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match=r"notes\.md"):
        build([SEEDS], output, Settings(), jobs=1, validated=False)


def test_two_renames_serve_where_folders_cannot_be_exchanged(tmp_path, monkeypatch):
    """Without an atomic exchange the old folder is put aside first."""
    from dcat_hk.core import files as folder

    monkeypatch.setattr(folder, "_swap", lambda _one, _other: False)
    target = tmp_path / "output"
    for text in ("one", "two"):
        with replace_folder(target) as new:
            (new / "manifest.json").write_text(f'{{"outputs": {{"a": "{text}"}}}}', encoding="utf-8")
            (new / "a").write_text(text, encoding="utf-8")
    assert (target / "a").read_text(encoding="utf-8") == "two"
    assert [path.name for path in tmp_path.iterdir()] == ["output"]


def test_nothing_in_the_output_names_this_machine(catalogue):
    """No file holds a path of this machine, and none holds today's date."""
    today = time.strftime("%Y-%m-%d")
    for path in catalogue.rglob("*"):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            assert str(ROOT) not in text
            assert today not in text


def write_mixed(folder):
    """Write plans of one body over the years, a copy, and a letter."""
    folder.mkdir()
    for year in (2021, 2022, 2023):
        text = as_tabs(PlanText("香港天文台", year, TABS.rows, f"{year - 1}年12月"))
        (folder / f"p{year}.txt").write_text(text, encoding="utf-8")
    shutil.copy(folder / "p2021.txt", folder / "copy.txt")
    (folder / "letter.txt").write_text("Dear Sir", encoding="utf-8")
    return folder


def test_a_cache_changes_nothing_but_the_time(tmp_path, monkeypatch):
    """With an empty cache, a full one, and one with spoiled entries the bytes and outcomes are those without."""
    plans, cache = write_mixed(tmp_path / "plans"), tmp_path / "cache"
    done = [build([plans], tmp_path / "out", Settings(), jobs=1)]
    without = digests(tmp_path / "out")
    for round_ in range(3):
        if round_ == 1:
            monkeypatch.setattr("dcat_hk.build.read.read_data", None)
            monkeypatch.setattr("dcat_hk.build.write._find_validator", None)
        if round_ == 2:
            monkeypatch.undo()
            for path in cache.glob("*/*"):
                path.write_bytes(path.read_bytes()[:40])
        done.append(build([plans], tmp_path / f"out{round_}", Settings(), jobs=1, cache=Cache(cache)))
        assert digests(tmp_path / f"out{round_}") == without
    assert all((one.outcomes, one.top, one.published) == (done[0].outcomes, done[0].top, True) for one in done)
    path = plans / "p2022.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("雨量", "雨雪量"), encoding="utf-8")
    build([plans], tmp_path / "changed", Settings(), jobs=1, cache=Cache(cache))
    build([plans], tmp_path / "anew", Settings(), jobs=1)
    assert digests(tmp_path / "changed") == digests(tmp_path / "anew") != without


def test_a_build_that_was_killed_goes_on_where_it_was(tmp_path, monkeypatch):
    """What was read before is not read again."""
    cache, read = Cache(tmp_path / "cache"), []
    real = publish.read_files
    monkeypatch.setattr(publish, "index_plans", lambda *_given: os._exit(9))
    child = os.fork()
    if not child:
        build([SEEDS], tmp_path / "out", Settings(), jobs=1, cache=cache)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    monkeypatch.undo()
    monkeypatch.setattr("dcat_hk.build.read.read_data", None)
    monkeypatch.setattr(publish, "read_files", lambda *given: read.append(real(*given)) or read[-1])
    assert build([SEEDS], tmp_path / "out", Settings(), jobs=1, cache=cache).published
    assert [bool(one.file) for one in read[0]] == [True] * 5
    assert digests(tmp_path / "out") == digests(ROOT / "output")


def test_results_of_validating_are_those_of_the_day(tmp_path, monkeypatch):
    """A plan issued after today violates the shapes, until its day has come; clocks that go back are believed."""
    (tmp_path / "plan.txt").write_text(as_tabs(PlanText("香港天文台", 2090, TABS.rows)), encoding="utf-8")
    reasons = []
    for day in ("2026-11-20", "2026-11-21", "2090-02-01", "2091-01-01", "2026-11-20"):
        monkeypatch.setattr("dcat_hk.build.write.find_today", lambda day=day: date.fromisoformat(day))
        result = build([tmp_path / "plan.txt"], tmp_path / "out", Settings(), jobs=1, cache=Cache(tmp_path / "cache"))
        reasons.append(bool(result.reason))
    assert reasons == [True, True, False, False, True]


def test_nothing_is_found_out_twice_by_another_process(tmp_path):
    """Sets have another order in each process; what is kept is found all the same, and nothing is added to it."""
    shutil.copy(next(SEEDS.glob("004*")), tmp_path / "plan.txt")
    known = []
    for seed in ("1", "2"):
        words = ["build", "plan.txt", "-o", "out", "-q", "--cache", "cache"]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-m", "dcat_hk", *words], cwd=tmp_path, env=environment, check=True)
        known.append(sorted(path.name for path in (tmp_path / "cache").glob("*/*")))
    assert known[0] == known[1] != []


def test_a_build_whose_inputs_are_known_imports_nothing_that_reads_documents(tmp_path):
    """Nor rdflib, nor what a cluster needs: a small build that is done again takes half a second."""
    shutil.copy(next(SEEDS.glob("004*")), tmp_path / "plan.txt")
    code = (
        "import sys\nfrom dcat_hk.commands.cli import main\n"
        "try: main(['build', 'plan.txt', '-o', 'out', '-q', '--cache', 'cache', '-j', '1'])\nexcept SystemExit: pass\n"
        "print(*sys.modules)"
    )
    for _time in range(2):
        done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    imported = set(done.stdout.split())
    assert "dcat_hk.build.publish" in imported
    slow = {
        "dcat_hk.reading.parsing",
        "dcat_hk.reading.recognisers.dates",
        "dcat_hk.reading.recognisers.columns",
        "dcat_hk.checking",
        "rdflib",
        "distributed",
        "numpy",
        "lxml",
        "rich",
    }
    assert not slow & imported
