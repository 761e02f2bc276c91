"""The command `fulfilment`."""

import csv
import io
import json

import pytest
from click.testing import CliRunner
from support.rival_plans import write_rival_plans
from support.worked_plans import write_worked_plans

from dcat_hk.build import build
from dcat_hk.commands.cli import main
from dcat_hk.core.settings import Settings


@pytest.fixture(scope="module")
def worked(tmp_path_factory):
    """Return the plans of the worked example, and the catalogue of both."""
    folder = tmp_path_factory.mktemp("worked")
    paths = write_worked_plans(folder / "plans")
    assert build(paths, folder / "output", Settings(), jobs=1).published
    return [*map(str, paths)], str(folder / "output")


def run(*arguments):
    """Run the command."""
    return CliRunner().invoke(main, ["fulfilment", *arguments])


def test_the_json_contract(worked):
    """Every promise has the keys that others test against, and so has every group."""
    paths, output = worked
    done = run("--as-of", "2022-06", "--format", "json", *paths)
    assert done.exit_code == 0
    answer = json.loads(done.stdout)
    assert list(answer) == ["as_of", "promises", "bodies"]
    assert answer["promises"][0] == {
        "body": "x-oz2dndsypc",
        "section": "A",
        "spatial": None,
        "organisation": None,
        "number": 1,
        "plan": "https://example.org/dcat-hk/plan/x-oz2dndsypc/2021-2023",
        "title": "浮標位置",
        "first_target": "2021-06",
        "last_target": "2021-06",
        "state": "kept-late",
        "months": 2,
        "delivered": "2021-08",
        "delay": 2,
        "basis": "stated-release",
        "dataset": "https://example.org/dcat-hk/dataset/x-oz2dndsypc-2b5lbbpnko",
    }
    assert answer["bodies"][0] == {
        "body": "x-oz2dndsypc", "year": 2021, "due": 2, "kept": 0, "late": 1, "overdue": 0, "unknown": 0,
        "median_delay": 2,
    }  # fmt: skip
    assert [(one["body"], one["year"]) for one in answer["bodies"]][2:] == [("x-oz2dndsypc", None), ("all", None)]
    assert run("--as-of", "2022-06", "--format", "json", "--from", output).stdout == done.stdout


def test_the_first_promise_can_be_asked_for(worked):
    """What was put off is moved by the last promise, and overdue by the first."""
    paths, _output = worked
    states = [
        json.loads(run("--as-of", "2022-02", "--format", "json", "--promise", judged, *paths).stdout)["promises"][1]
        for judged in ("last", "first")
    ]
    assert [(one["state"], one["months"]) for one in states] == [("moved", 5), ("overdue", 4)]


def test_a_table_tells_both_rows_and_what_a_state_rests_on(worked):
    """Rows, states and figures stand in the language that is asked for; the month is printed."""
    paths, _output = worked
    english = run("--as-of", "2022-06", "--format", "table", *paths)
    assert "as of 2022-06" in english.stdout
    assert "A.1 →" in english.stdout
    assert "stated release 2022-01" in english.stdout
    assert "new.tsv prints no date: it counts from 2022-01." in english.stderr
    assert "逾期發放" in run("--as-of", "2022-06", "--format", "table", "--lang", "zh-HK", *paths).stdout


def test_csv_has_a_line_for_each_promise(worked):
    """A spreadsheet gets the rows that promised and delivered, too."""
    _paths, output = worked
    text = run("--as-of", "2022-06", "--format", "csv", "--from", output).stdout_bytes.decode()
    lines = list(csv.DictReader(io.StringIO(text)))
    assert [line["row"] for line in lines] == ["A.1", "A.2", "B.1", "B.2", "C.1", "A.i.1", "A.ii.2"]
    assert (lines[0]["delivered_row"], lines[0]["basis_month"], lines[1]["category"]) == ("D.ii.1", "2022-01", "運輸")


def test_a_page_loads_nothing(worked, tmp_path):
    """The page has the same tables, escaped, and no address to fetch from."""
    _paths, output = worked
    page = tmp_path / "page.html"
    assert run("--as-of", "2022-06", "--format", "html", "-o", str(page), "--from", output).exit_code == 0
    text = page.read_text(encoding="utf-8")
    assert "What became of promises, as of 2022-06" in text
    assert "認可帆船學校及教練一覽" in text
    assert "http://" not in text.replace("http://www.w3.org", "")


def test_figures_by_category(worked):
    """Figures are given by what is asked for, in the order body, year, category."""
    _paths, output = worked
    answer = json.loads(run("--as-of", "2022-06", "--format", "json", "--by", "category", "--from", output).stdout)
    assert [(one["body"], one["category"]) for one in answer["bodies"]] == [
        (None, "康樂"), (None, "環境"), (None, "運輸"), ("all", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--as-of", "2022-13"],
        ["--as-of", "2022"],
        ["--as-of", "0000-01"],
        ["--by", "colour"],
        ["--from", "OUTPUT", "plan.txt"],
    ],
)
def test_wrong_usage(worked, arguments):
    """What cannot be asked is told with what to do."""
    paths, output = worked
    arguments = [output if argument == "OUTPUT" else argument for argument in arguments]
    done = run(*arguments, *(paths if arguments and "--from" not in arguments else []))
    assert done.exit_code == 2
    assert done.stderr.startswith("Error: ")


def test_before_any_plan_there_is_no_promise(worked):
    """An empty answer is an answer, and it is told why it is empty."""
    paths, _output = worked
    done = run("--as-of", "2020-11", "--format", "json", *paths)
    assert json.loads(done.stdout)["promises"] == []
    assert "No plan that was read is dated 2020-11 or earlier" in done.stderr


def test_a_file_that_is_no_plan(worked, tmp_path):
    """It is an error; the others are still read."""
    paths, _output = worked
    (tmp_path / "note.txt").write_text("Nothing.", encoding="utf-8")
    done = run("--as-of", "2022-06", "--format", "json", *paths, str(tmp_path / "note.txt"))
    assert done.exit_code == 3
    assert len(json.loads(done.stdout)["promises"]) == 7


def test_a_second_plan_of_the_same_years_is_told(tmp_path):
    """Its promises are missing in the answer, which says so; a month before it was issued knows nothing of it."""
    paths = [str(path) for path in write_rival_plans(tmp_path, ("2023年12月", "2024年5月"))]
    done = run("--as-of", "2024-06", "--format", "json", "--quiet", *paths)
    assert done.exit_code == 4
    assert done.stderr.count("[other-plan]") == 1
    assert {one["title"] for one in json.loads(done.stdout)["promises"]} == {"單位甲", "單位乙", "單位丙"}
    earlier = run("--as-of", "2024-01", "--format", "json", *paths)
    assert (earlier.exit_code, "[other-plan]" in earlier.stderr) == (0, False)
