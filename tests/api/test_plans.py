"""Plans for Python programs: the same as what the commands print, wherever they are read."""

import asyncio
import io
import json
import multiprocessing
import pickle
import subprocess
import sys
import threading
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.compare import isomorphic
from support.commands import run
from support.decided_plans import write_decided_plan
from support.paths import ROOT, SEEDS
from support.plan_texts import plan_with

import dcat_hk

FILES = sorted(SEEDS.glob("*.txt"))
POLICE = FILES[4]
#: A plan with a month that cannot be read.
FAULTY = plan_with(rows="1\t環境\t空氣質素\t各區讀數\t2025年十三月\t每月")


@pytest.fixture(scope="module")
def police():
    """Return a plan."""
    return dcat_hk.read(POLICE)


# ---- what is read


@pytest.mark.parametrize(
    "source",
    [
        str(POLICE),
        POLICE,
        POLICE.read_bytes(),
        bytearray(POLICE.read_bytes()),
        memoryview(POLICE.read_bytes()),
        io.BytesIO(POLICE.read_bytes()),
        io.StringIO(POLICE.read_text(encoding="utf-8")),
    ],
    ids=["str", "Path", "bytes", "bytearray", "memoryview", "binary file", "text file"],
)
def test_a_plan_is_read_from_anything_that_holds_it(source, police):
    """The name of a file, bytes, an open file: the entries are the same."""
    assert dcat_hk.read(source).entries == police.entries


def test_a_document_goes_by_the_name_of_its_file_or_the_one_that_is_given():
    """An open file has the name of its file; bytes have none."""
    assert dcat_hk.read(POLICE).name == POLICE.name
    with POLICE.open("rb") as file:
        assert dcat_hk.read(file).name == POLICE.name
    assert dcat_hk.read(POLICE.read_bytes()).name == "plan"
    assert dcat_hk.read(POLICE, name="police.txt").findings == dcat_hk.read(POLICE).findings


def test_what_is_no_source_is_told():
    """A number is no plan, and the error says what is."""
    with pytest.raises(dcat_hk.UsageError, match="cannot be read from int"):
        dcat_hk.read(3)


def test_what_is_no_plan_is_an_error():
    """A letter, a folder, a file that is not there."""
    with pytest.raises(dcat_hk.NotAPlan):
        dcat_hk.read(b"Dear Sir")
    with pytest.raises(dcat_hk.NotReadable):
        dcat_hk.read(SEEDS)
    with pytest.raises(dcat_hk.NotReadable):
        dcat_hk.read("no/such.txt")


def test_limits_are_kept_and_checked():
    """A limit by name or as a value; one that is not known is an error."""
    with pytest.raises(dcat_hk.NotAPlan, match="more than 10 bytes"):
        dcat_hk.read(POLICE, limits={"size": 10})
    with pytest.raises(dcat_hk.NotAPlan, match="more than 10 bytes"):
        dcat_hk.read(POLICE, limits=dcat_hk.Limits(size=10))
    with pytest.raises(dcat_hk.UsageError, match="Did you mean"):
        dcat_hk.read(POLICE, limits={"sise": 10})


# ---- other forms


def test_the_forms_are_those_of_the_command(police):
    """JSON and CSV are what `parse` prints, byte for byte."""
    assert police.to_json() == run("parse", "--format", "json", POLICE).stdout
    assert police.to_csv().encode() == run("parse", "--format", "csv", POLICE).stdout_bytes
    assert police.to_dicts() == json.loads(police.to_json())[0]["entries"]
    assert [row["title"] for row in police.to_rows()] == [entry.title for entry in police]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem[:3])
def test_the_graph_is_the_published_file(path, catalogue):
    """What a plan becomes is what a build publishes of it."""
    plan = dcat_hk.read(path)
    (published,) = [file for file in catalogue.glob("plans/*/*.ttl") if plan.to_turtle() == file.read_text("utf-8")]
    assert isomorphic(plan.to_graph(), Graph().parse(published))


def test_the_graph_follows_the_settings(police):
    """Those that the plan was read with, or others."""
    other = dcat_hk.read(POLICE, settings={"base_iri": "https://data.example/"})
    assert (
        "https://data.example/catalogue/hk-hkpf/2024-2026" in other.to_turtle()
        or "@base <https://data.example/>" in other.to_turtle()
    )
    assert police.to_turtle({"base-iri": "https://data.example/"}) == other.to_turtle()


def test_what_a_build_refuses_has_no_graph():
    """A plan without a body would be published under no name."""
    text = FAULTY.split("\n", 1)[1]
    plan = dcat_hk.read(text.encode())
    if not plan.bureau:
        with pytest.raises(dcat_hk.NotAPlan):
            plan.to_graph()


def test_a_plan_shows_itself(police):
    """In a line, and as a table in a notebook, whatever it holds."""
    assert repr(police) == f"<Plan {POLICE.name}: 香港警務處 2024–2026, 33 entries, 0 findings>"
    assert "<td>罪案數字比較</td>" in police._repr_html_()
    hostile = dcat_hk.read(FAULTY.replace("空氣質素", "<script>").encode())
    assert "<script>" not in hostile._repr_html_()


# ---- several


def test_several_plans_are_a_list():
    """From a folder, from names, from a ZIP file; with several processes the same."""
    plans = dcat_hk.read_many(SEEDS)
    assert [plan.name for plan in plans] == [path.name for path in FILES]
    assert dcat_hk.read_many([str(path) for path in FILES], jobs=2) == plans
    assert plans.to_json() == run("parse", "--format", "json", SEEDS).stdout
    assert len(plans.to_dicts()) == 193


def test_files_in_an_archive_are_read(tmp_path):
    """Each is a plan of its own."""
    archive = tmp_path / "plans.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.write(POLICE, "2024/police.txt")
    (plan,) = dcat_hk.read_many(archive)
    assert plan.name == "plans.zip/2024/police.txt"


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_input_that_cannot_be_read_is_raised_or_kept(tmp_path, jobs):
    """The others are still read where errors are not to be raised."""
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Sir", encoding="utf-8")
    with pytest.raises(dcat_hk.NotAPlan):
        dcat_hk.read_many([letter, POLICE], jobs=jobs)
    plans = dcat_hk.read_many([letter, POLICE], on_error="skip", jobs=jobs)
    assert [plan.bureau for plan in plans] == ["香港警務處"]
    assert [type(error) for error in plans.refused] == [dcat_hk.NotAPlan]


# ---- lint


def test_findings_are_those_of_the_command(tmp_path):
    """As `lint` prints them; each says rule, severity, place, message and advice."""
    path = tmp_path / "plan.txt"
    path.write_text(FAULTY, encoding="utf-8")
    findings = dcat_hk.lint(path)
    assert isinstance(findings, list)
    assert findings.to_json() == run("lint", "--format", "json", path).stdout
    first = next(finding for finding in findings if finding.rule == "unread-date")
    assert (first.severity, first.code) == ("warning", first.rule)
    assert str(first.place).startswith("lines ")
    assert first.message("zh-TW") != first.message()
    assert first.advice("zh-CN") != first.advice("en-GB")
    with pytest.raises(dcat_hk.UsageError, match="no messages in “fr”"):
        first.message("fr")


def test_the_least_severity_is_chosen():
    """Remarks come with info; with error, warnings go."""
    everything, errors = dcat_hk.lint(FAULTY.encode(), least="info"), dcat_hk.lint(FAULTY.encode(), least="error")
    assert {finding.severity for finding in errors} <= {"error"}
    with pytest.raises(dcat_hk.UsageError, match="not a value of least"):
        dcat_hk.lint(FAULTY.encode(), least="fatal")
    assert len(everything) >= len(dcat_hk.lint(FAULTY.encode())) >= len(errors)
    assert len(dcat_hk.lint(SEEDS)) == len(json.loads(run("lint", "--format", "json", SEEDS).stdout))


# ---- where it works


def test_plans_are_read_in_threads_and_under_an_event_loop(police):
    """Several at once, away from the main thread."""
    with ThreadPoolExecutor(4) as pool:
        assert [plan.entries for plan in pool.map(dcat_hk.read, [POLICE] * 4)] == [police.entries] * 4

    async def work():
        return dcat_hk.read(POLICE), await asyncio.to_thread(dcat_hk.read, POLICE)

    assert [plan.entries for plan in asyncio.run(work())] == [police.entries] * 2


def test_a_catalogue_is_built_in_a_thread(tmp_path):
    """Signal handlers are a matter of the main thread; a build elsewhere leaves them alone."""
    results = []
    thread = threading.Thread(target=lambda: results.append(dcat_hk.build(POLICE, tmp_path / "output", jobs=1)))
    thread.start()
    thread.join()
    assert results[0].published


def test_plans_go_to_spawned_processes_and_back(police):
    """A plan can be pickled, and read in a process that inherits nothing."""
    assert pickle.loads(pickle.dumps(police)) == police  # noqa: S301 - just made
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply(dcat_hk.read, (str(POLICE),)).entries == police.entries


def test_a_script_from_standard_input_works(tmp_path):
    """Nothing needs a file of the main program: reading, building, querying."""
    script = f"""
import dcat_hk
plan = dcat_hk.read({str(POLICE)!r})
result = dcat_hk.build({str(POLICE)!r}, {str(tmp_path / "output")!r}, jobs=2)
catalogue = dcat_hk.open_catalogue({str(tmp_path / "output")!r})
plans = dcat_hk.read_many({str(SEEDS)!r}, jobs=2)
print(len(plan), result.published, catalogue.query("ASK {{ ?s a dcat:Dataset }}"), len(plans))
"""
    done = subprocess.run(
        [sys.executable, "-"], input=script, capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.stdout.split() == ["33", "True", "True", "5"], done.stderr


def test_the_program_of_a_user_runs(tmp_path):
    """What the type checker accepts works, too."""
    command = [sys.executable, str(Path(ROOT / "tests/support/user_script.py")), str(POLICE), str(tmp_path / "output")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.stdout.split() == ["33", "0", "True"], done.stderr


def test_rows_that_were_printed_are_a_plan_again(tmp_path):
    """A file of rows is read as a plan of its own, with what was edited in it."""
    plans = write_decided_plan(tmp_path, wording="")
    plan = dcat_hk.read(plans / "kite.txt")
    (tmp_path / "rows.csv").write_text(plan.to_csv().replace("線軸", "線軸位置"), encoding="utf-8", newline="")
    again = dcat_hk.read(tmp_path / "rows.csv")
    assert [entry.title for entry in again.entries] == ["風箏數字比鉸", "線軸位置", "重複"]
    assert [finding.code for finding in again.findings if finding.code.startswith("row")] == ["row-edited"]
    (one,) = dcat_hk.read_many([tmp_path / "rows.csv"])
    assert one.entries == again.entries
