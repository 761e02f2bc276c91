"""`dcat-hk parse`: what is read from plans."""

import csv
import io
import json

from support.commands import run
from support.editions import CHINESE, ENGLISH
from support.mappings import TABS
from support.paths import SEEDS
from support.plan_texts import as_tabs

POLICE = next(SEEDS.glob("004*"))


def test_parse_prints_json_in_a_pipe():
    """Without a terminal the default is JSON: a list with one object for each document."""
    done = run("parse", POLICE)
    assert done.exit_code == 0
    (plan,) = json.loads(done.stdout)
    assert (plan["doc"], plan["bureau"], plan["years"]) == (POLICE.name, "香港警務處", [2024, 2026])
    assert len(plan["entries"]) == 33
    assert plan["entries"][15]["part"] == 1


def test_parse_prints_csv():
    """CSV has one line for each entry with the plan it is from."""
    done = run("parse", "--format", "csv", SEEDS)
    lines = list(csv.DictReader(io.StringIO(done.stdout)))
    assert len(lines) == 193
    assert lines[0]["formats"] == "JSON"
    assert {line["doc"] for line in lines} == {path.name for path in SEEDS.glob("*.txt")}


def test_parse_prints_a_table(golden):
    """The table shows each row with its number, title, date, frequency, formats and place."""
    done = run("parse", "--format", "table", POLICE)
    golden("table.txt", done.stdout)


def test_parse_reads_standard_input():
    """A dash reads a plan from standard input."""
    done = run("parse", "-", input=POLICE.read_bytes())
    assert json.loads(done.stdout)[0]["doc"] == "-"


def test_parse_accounts_for_characters():
    """The ledger is one object over all files; as a table it shows the kinds."""
    done = run("parse", "--ledger", POLICE)
    ledger = json.loads(done.stdout)
    assert ledger["characters"] == sum(ledger["accounted"].values())
    assert ledger["leftovers"] == []
    both = json.loads(run("parse", "--ledger", POLICE, next(SEEDS.glob("002*"))).stdout)
    assert both["characters"] > ledger["characters"]
    assert "leftover" in run("parse", "--ledger", "--format", "table", POLICE).stdout


def test_parse_accounts_for_what_is_no_plan(tmp_path):
    """The ledger of a text that is no plan leaves everything over, and is no error."""
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Sir", encoding="utf-8")
    done = run("parse", "--ledger", letter)
    assert done.exit_code == 0
    assert json.loads(done.stdout)["leftovers"] == [
        {"doc": "letter.txt", "place": {"lines": [1, 1]}, "text": "Dear Sir"}
    ]


def test_findings_come_in_the_language_asked_for():
    """Findings are on standard error: warnings always, remarks with --verbose, none with --quiet."""
    seed = next(SEEDS.glob("000*"))
    assert "無法辨識" in run("parse", "--lang", "zh-HK", seed).stderr
    assert "无法辨识" in run("parse", "--lang", "zh-CN", seed).stderr
    assert "other-script" not in run("parse", seed).stderr
    assert "other-script" in run("parse", "-v", seed).stderr
    assert run("parse", "-q", seed).stderr == ""


def test_the_alignment_can_be_looked_at(tmp_path):
    """`parse --align` shows the rows of editions beside one another, with what differs."""
    (tmp_path / "en.txt").write_text(ENGLISH, encoding="utf-8")
    (tmp_path / "tc.txt").write_text(as_tabs(CHINESE), encoding="utf-8")
    done = run("parse", "--align", tmp_path / "en.txt", tmp_path / "tc.txt")
    alignment = json.loads(done.stdout)
    assert [edition["doc"] for edition in alignment["editions"]] == ["tc.txt", "en.txt"]
    assert [row["differences"] for row in alignment["rows"]] == [
        [],
        [],
        ["edition-date-differs"],
        [],
        ["edition-lacks-row"],
        ["edition-lacks-row"],
    ]
    table = run("parse", "--align", "--format", "table", *tmp_path.glob("*.txt"))
    assert "date-differs" in table.stdout
    assert run("parse", "--align", tmp_path / "en.txt").exit_code == 2


def test_the_others_are_read_if_one_is_no_plan(tmp_path):
    """A letter among plans is an error on standard error; the plan is still printed, and the exit code is 3."""
    (tmp_path / "a.txt").write_text("Dear Sir", encoding="utf-8")
    (tmp_path / "b.txt").write_text(as_tabs(TABS), encoding="utf-8")
    done = run("parse", tmp_path)
    assert done.exit_code == 3
    assert [plan["doc"] for plan in json.loads(done.stdout)] == ["b.txt"]
    assert "Error: a.txt: " in done.stderr


def test_parse_does_not_write_over_what_it_reads(tmp_path):
    """An output that is an input is refused, under whatever name, and the input stays as it is."""
    plan, link = tmp_path / "plan.txt", tmp_path / "link.txt"
    plan.write_bytes(POLICE.read_bytes())
    link.symlink_to(plan)
    for output in (plan, link):
        done = run("parse", plan, "-o", output)
        assert done.exit_code == 2
        assert "one of the files to read" in done.stderr
    assert plan.read_bytes() == POLICE.read_bytes()


def test_a_hyphen_is_standard_output(tmp_path, monkeypatch):
    """As for input, a hyphen is no file."""
    monkeypatch.chdir(tmp_path)
    done = run("parse", POLICE, "-o", "-")
    assert len(json.loads(done.stdout)[0]["entries"]) == 33
    assert not list(tmp_path.iterdir())
