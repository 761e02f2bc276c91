"""`dcat-hk lint`: findings as the writer of a plan reads them."""

import json
import zipfile

import pytest
from support.commands import run
from support.decided_plans import write_decided_plan
from support.filled_plans import FILLERS, WRITERS, rows_of
from support.paths import SEEDS
from support.plan_texts import PlanText, Row, as_tabs

from dcat_hk.drafting.template import make_template
from dcat_hk.reading.documents import read_bytes

FAULTY = PlanText(
    "香港天文台",
    2024,
    {
        ("A", "ii"): [Row("氣象", "潮汐預報", "13/2024", "每日", "各站潮汐 (JSON)")],
        ("D", "ii"): [
            Row("占星", "雨量", "02/2020", "每小時", "各區雨量 (CSV)"),
            Row("氣象", "雨量圖", "02/2020", "看心情", "各區雨量 (CSV)"),
        ],
    },
    "2023年12月",
)
SOUND = PlanText(
    "香港天文台", 2024, {("D", "ii"): [Row("氣象", "雨量", "02/2020", "每小時", "雨 (CSV)")]}, "2023年12月"
)


@pytest.fixture
def faulty(tmp_path):
    """Return a file with an impossible date, an unknown category and an unknown frequency."""
    path = tmp_path / "faulty.txt"
    path.write_text(as_tabs(FAULTY), encoding="utf-8")
    return path


def test_findings_come_in_the_order_of_the_document(faulty):
    """Each finding names place, severity, code and what to do; an error makes the exit code 4."""
    done = run("lint", faulty)
    lines = [line for line in done.stdout.splitlines() if line.endswith("]")]
    assert [line.rsplit("[", 1)[1] for line in lines] == [
        "impossible-date]",
        "unknown-category]",
        "unknown-frequency]",
    ]
    assert lines[0].startswith("faulty.txt: line 16: error: “13/2024”")
    assert "    → Write the month (01 to 12) and year" in done.stdout
    assert done.stdout.endswith("faulty.txt: 3 rows, 1 error, 2 warnings.\n")
    assert done.exit_code == 4


def test_findings_come_in_chinese(faulty):
    """Messages and advice come in the language asked for."""
    assert "「看心情」" in run("lint", "--lang", "zh-HK", faulty).stdout
    assert "请写明间隔" in run("lint", "--lang", "zh-CN", faulty).stdout


def test_strict_counts_warnings(tmp_path):
    """A sound plan passes; a warning fails only under --strict."""
    sound, warned = tmp_path / "sound.txt", tmp_path / "warned.txt"
    sound.write_text(as_tabs(SOUND), encoding="utf-8")
    warned.write_text(as_tabs(SOUND).replace("每小時", "看心情"), encoding="utf-8")
    assert [run("lint", "--strict", path).exit_code for path in (sound, warned)] == [0, 4]
    assert run("lint", warned).exit_code == 0


def test_json_has_every_language(faulty):
    """JSON lists findings with document, code, place and messages."""
    told = json.loads(run("lint", "--format", "json", faulty).stdout)
    assert next((one["doc"], one["code"], one["place"]) for one in told) == (
        "faulty.txt",
        "impossible-date",
        "lines 16-16",
    )
    assert set(told[0]["message"]) == {"en", "zh-Hant", "zh-Hans"}


def test_sarif_names_rules_levels_and_lines(faulty):
    """SARIF has each rule once, and each result with its rule, level and lines."""
    log = json.loads(run("lint", "--format", "sarif", faulty).stdout)
    (ran,) = log["runs"]
    assert log["version"] == "2.1.0"
    rules = [rule["id"] for rule in ran["tool"]["driver"]["rules"]]
    assert rules == sorted(set(rules))
    assert [(r["ruleId"], r["level"], rules[r["ruleIndex"]]) for r in ran["results"]] == [
        ("impossible-date", "error", "impossible-date"),
        ("unknown-category", "warning", "unknown-category"),
        ("unknown-frequency", "warning", "unknown-frequency"),
    ]
    (location,) = ran["results"][0]["locations"]
    assert location["physicalLocation"]["region"] == {"startLine": 16, "endLine": 16}


def test_the_seeds_have_no_errors():
    """The seeds give warnings only."""
    assert run("lint", SEEDS).exit_code == 0


HEAD = "渠務署\n2024至2026年度開放數據計劃\n\n"
TABLE = "編號\t數據種類\t數據集名稱\t一般說明\t發放日期\t更新頻率\n1\t環境\t{title}\t名單 (CSV)\t05/2019\t每年\n\n"
READ = "D. 已發放的數據集\n\n" + TABLE.format(title="防洪工程")
UNREAD = (
    "A. 將於2024年發放的部門數據集\n\n" + TABLE.format(title="雨水渠") + "數據甲類\n\n" + TABLE.format(title="河道")
)


@pytest.mark.parametrize(
    ("text", "code"),
    [(HEAD + READ, 0), (HEAD + UNREAD, 4), (HEAD + "數據甲類\n\n" + TABLE.format(title="河道"), 3)],
    ids=["read", "rows lost", "no row read"],
)
@pytest.mark.parametrize("command", ["lint", "build"])
def test_rows_that_were_not_read_make_the_exit_code(command, text, code, tmp_path):
    """Where rows are lost `lint` and `build` end with 4, where no row was read with 3."""
    path = tmp_path / "plan.txt"
    path.write_text(text, encoding="utf-8")
    options = ["-o", tmp_path / "out", "--skip-validation"] if command == "build" else []
    assert run(command, path, *options).exit_code == code


def test_suggestions_can_be_pasted(tmp_path):
    """With --suggest the lines for the folder of decisions stand below the advice, and in JSON beside it."""
    plans = write_decided_plan(tmp_path, wording="")
    text = run("lint", "--suggest", plans).stdout
    assert '    | decisions/categories.toml:\n    | [[category]]\n    | id = ""  # the code of' in text
    found = json.loads(run("lint", "--suggest", "--format", "json", plans).stdout)
    assert {one["suggestion"]["file"] for one in found} == {
        "categories.toml",
        "corrections.toml",
        "organisations.toml",
        "wording.toml",
    }
    assert "suggestion" not in run("lint", "--format", "json", plans).stdout
    write_decided_plan(tmp_path)
    assert "0 errors, 0 warnings" in run("lint", plans).stdout


def test_sarif_says_where_files_are(tmp_path, monkeypatch):
    """Seen from the folder that lint runs in, whatever they go by: in folders, in archives, in several languages."""
    monkeypatch.chdir(tmp_path)
    text = as_tabs(FAULTY).encode()
    (tmp_path / "plans" / "police").mkdir(parents=True)
    (tmp_path / "plans" / "police" / "a b.txt").write_bytes(text)
    with zipfile.ZipFile(tmp_path / "plans" / "all.zip", "w") as archive:
        archive.writestr("inner/c.txt", text + b" ")
    log = json.loads(run("lint", "--format", "sarif", "plans").stdout)
    locations = [result["locations"][0]["physicalLocation"] for result in log["runs"][0]["results"]]
    assert {one["artifactLocation"]["uri"] for one in locations} == {"plans/police/a%20b.txt", "plans/all.zip"}


@pytest.fixture(params=["docx", "xlsx"])
def spoiled(request, tmp_path):
    """Return a Word or Excel file with an impossible date and without section C."""
    template = make_template("zh-Hant", (2026, 2028), "hk-hko")
    rows = rows_of(template)
    rows[0][0][5] = "13/2026"
    path = tmp_path / f"plan.{request.param}"
    path.write_bytes(FILLERS[request.param](WRITERS[request.param](template), rows))
    return path


def test_the_document_comes_back_with_comments(spoiled, tmp_path):
    """Findings are listed as without, the exit code stays, and the file has a comment for each."""
    checked = tmp_path / f"checked{spoiled.suffix}"
    done = run("lint", "--annotate", "-o", checked, "--lang", "zh-Hant", spoiled)
    assert done.exit_code == 4
    assert done.stdout == run("lint", "--lang", "zh-Hant", spoiled).stdout
    assert "表1，第2列，第6欄" in done.stdout or "工作表「計劃」，儲存格F7" in done.stdout
    assert checked.read_bytes() != spoiled.read_bytes()
    again = tmp_path / f"again{spoiled.suffix}"
    run("lint", "--annotate", "-o", again, "--lang", "zh-Hant", spoiled)
    assert again.read_bytes() == checked.read_bytes()
    lines = [read_bytes(path.read_bytes(), "plan").lines for path in (spoiled, checked)]
    assert lines[0] == lines[1]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--annotate", "plan.docx"),
        ("--annotate", "-o", "checked.xlsx", "plan.docx"),
        ("--annotate", "-o", "checked.docx", "plan.txt"),
        ("--annotate", "-o", "checked.docx", "plan.docx", "plan.txt"),
    ],
)
def test_what_cannot_be_annotated_is_refused(arguments, tmp_path, monkeypatch):
    """Nothing is written, and the exit code is that of wrong usage."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.docx").write_bytes(WRITERS["docx"](make_template("en", (2026, 2028))))
    (tmp_path / "plan.txt").write_text(as_tabs(SOUND), encoding="utf-8")
    assert run("lint", *arguments).exit_code == 2
    assert not list(tmp_path.glob("checked*"))


def test_findings_can_go_into_a_file(faulty, tmp_path):
    """With -o nothing is printed, and the file has the same bytes."""
    done = run("lint", "--format", "json", "-o", tmp_path / "findings.json", faulty)
    assert done.stdout == ""
    assert (tmp_path / "findings.json").read_text() == run("lint", "--format", "json", faulty).stdout


def test_oversights_are_told(tmp_path):
    """A missing section and frequency, a date out of years and a misspelt format are told without --verbose."""
    row = Row("氣象", "潮汐", "02/2031", "", "潮汐 (CVS)")
    path = tmp_path / "plan.txt"
    plan = PlanText("香港天文台", 2024, {("A", "ii"): [row]}, "2023年12月")
    text = as_tabs(plan)
    cut = text.index("C. "), text.index("D. ")
    path.write_text(text[: cut[0]] + text[cut[1] :], encoding="utf-8")
    told = json.loads(run("lint", "--format", "json", path).stdout)
    assert {one["code"] for one in told} == {
        "missing-section",
        "missing-frequency",
        "target-outside-section",
        "unknown-format",
    }
    assert run("lint", "--strict", path).exit_code == 4
    assert "“CSV”" in run("lint", path).stdout
