"""`dcat-hk build`: what is printed and which exit code it ends with."""

import pytest
from support.commands import run
from support.decided_plans import SHA256, write_decided_plan
from support.editions import CHINESE, ENGLISH
from support.mappings import TABS
from support.paths import SEEDS
from support.plan_texts import PlanText, as_tabs
from support.two_plans import reconcile_files, write_plans

POLICE = next(SEEDS.glob("004*"))


def test_build_shows_a_table(tmp_path, golden):
    """A build ends with rows, stages, findings and violations by plan, and is silent with --quiet."""
    done = run("build", SEEDS, "-o", tmp_path / "out", "-j", "1", "--skip-validation")
    assert done.exit_code == 0
    golden("build.txt", done.stdout)
    assert run("build", SEEDS, "-o", tmp_path / "out", "-j", "1", "-q", "--skip-validation").output == ""


def test_settings_come_from_a_file_and_options_win(tmp_path):
    """dcat-hk.toml gives title, publisher and contact; an option overrides the base IRI; unknown settings are told."""
    config = tmp_path / "dcat-hk.toml"
    config.write_text(
        'base-iri = "https://one.example/"\ncontact = "mailto:data@one.example"\nscript = "Hant"\n'
        'title = { en = "Our plans", zh-Hant = "我們的計劃" }\npublisher = { en = "Data Lab" }\n',
        encoding="utf-8",
    )
    done = run("build", POLICE, "-o", tmp_path / "out", "--config", config, "--base-iri", "https://two.example/x/")
    assert done.exit_code == 0, done.output
    text = (tmp_path / "out" / "catalogue.ttl").read_text(encoding="utf-8")
    assert "@base <https://two.example/x/> ." in text
    assert '"Our plans"@en' in text
    assert "vcard:hasEmail <mailto:data@one.example>" in text
    assert "zh-Hans" not in text
    config.write_text("colour = 1", encoding="utf-8")
    refused = run("build", POLICE, "-o", tmp_path / "out2", "--config", config)
    assert (refused.exit_code, "no setting “colour”" in refused.stderr) == (2, True)


def test_a_refused_input_is_an_error_beside_the_published_plans(tmp_path):
    """What can be read is published; the exit code says that something could not."""
    (tmp_path / "letter.txt").write_text("Dear Sir", encoding="utf-8")
    (tmp_path / "plan.txt").write_text(as_tabs(TABS), encoding="utf-8")
    files = tmp_path / "letter.txt", tmp_path / "plan.txt"
    done = run("build", *files, "-o", tmp_path / "out", "-j", 1, "--skip-validation")
    assert done.exit_code == 3
    assert "Error: letter.txt: " in done.stderr
    assert "refused" in done.stdout
    assert (tmp_path / "out/plans/hk-hko/2024-2026.ttl").is_file()


def test_violations_end_with_four_and_publish_nothing(tmp_path):
    """A plan that would be issued in the future violates the shapes: each cause is printed with its count."""
    (tmp_path / "plan.txt").write_text(as_tabs(PlanText("香港天文台", 2090, TABS.rows)), encoding="utf-8")
    done = run("build", tmp_path / "plan.txt", "-o", tmp_path / "out", "-j", 1)
    assert done.exit_code == 4
    assert "Violation × " in done.stderr
    assert "Error: Nothing was published: " in done.stderr
    assert not (tmp_path / "out").exists()


def test_rows_of_editions_are_counted_once(tmp_path):
    """The table lists each edition, and its last line counts the rows of the plan and not of its files."""
    for name, text in (("en.txt", ENGLISH), ("tc.txt", as_tabs(CHINESE))):
        (tmp_path / name).write_text(text, encoding="utf-8")
    done = run("build", tmp_path / "en.txt", tmp_path / "tc.txt", "-o", tmp_path / "out", "-j", 1, "--skip-validation")
    assert done.exit_code == 0
    assert "hk-hko/2024-2026 (edition)" in done.stdout
    (total,) = [line for line in done.stdout.splitlines() if line.split()[:1] == ["all"]]
    assert total.split()[:6] == ["all", "2", "inputs", "6", "5", "1"]


def ledger_of(folder, *lines):
    """Write a plan and a ledger beside it, and return both."""
    (folder / "links").mkdir()
    (folder / "plan.txt").write_text(as_tabs(TABS), encoding="utf-8")
    path = folder / "links" / "identities.tsv"
    path.write_text("identifier\tkept\n" + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return folder / "plan.txt", path


@pytest.mark.parametrize(
    ("lines", "where"),
    [
        (["hk-hko-aaaaaaaaaa\thk-hko-bbbbbbbbbb", "hk-hko-bbbbbbbbbb\thk-hko-aaaaaaaaaa"], "lines 2 and 3"),
        (["hk-hko-aaaaaaaaaa\thk-hko-bbbbbbbbbb", "hk-hko-aaaaaaaaaa\thk-hko-cccccccccc"], "lines 2 and 3"),
        (["hk-hko-aaaaaaaaaa\thk-hko-bbbbbbbbbb"], "line 2"),
        (["hk-hko-aaaaaaaaaa"], "line 2"),
    ],
)
def test_a_bad_ledger_ends_with_three_and_publishes_nothing(tmp_path, lines, where):
    """A circle, two kept for one, an identifier that nothing knows, a bad line: file and lines are named."""
    plan, ledger = ledger_of(tmp_path, *lines)
    done = run("build", plan, "-o", tmp_path / "out", "-j", 1, "--skip-validation")
    assert done.exit_code == 3
    assert f"Error: {ledger}: {where}: " in done.stderr
    assert not (tmp_path / "out").exists()
    other = run("build", plan, "-o", tmp_path / "out", "-j", 1, "--skip-validation", "--links", tmp_path / "gone")
    assert (other.exit_code, "no such folder of links" in other.stderr) == (3, True)


def test_bad_judgements_end_with_three_and_doubtful_ones_are_told(tmp_path):
    """A line that cannot be used stops a build; judgements that disagree, or are on nothing, are findings."""
    plan, ledger = ledger_of(tmp_path)
    columns = (
        "subject_id\tpredicate_id\tobject_id\tmapping_justification\tauthor_id\tmapping_date\tpredicate_modifier\n"
    )
    line = (
        "record:hk-hko/2024-2026/{}\tskos:exactMatch\trecord:hk-hko/2024-2026/D-ii-1\tsemapv:ManualMappingCuration\t{}"
    )
    path = ledger.with_name("judgements.sssom.tsv")
    lines = [line.format("A-ii-1", "ann") + "\t2024-01-01\n", line.format("A-ii-1", "ben") + "\t2024-01-01\tNot\n"]
    path.write_text("".join([columns, *lines, line.format("Z-9", "ann") + "\t2024-01-01\n"]), encoding="utf-8")
    done = run("build", plan, "-o", tmp_path / "out", "-j", 1, "--skip-validation")
    assert done.exit_code == 0
    assert "judgements.sssom.tsv: lines 2-3: warning: ann, ben disagree" in done.stderr
    assert "judgements.sssom.tsv: line 4: warning: No plan that was read has <https://" in done.stderr
    path.write_text("".join([columns, line.format("A-ii-1", "ann") + "\tyesterday\n"]), encoding="utf-8")
    done = run("build", plan, "-o", tmp_path / "out2", "-j", 1, "--skip-validation")
    assert (done.exit_code, f"Error: {path}: line 2: " in done.stderr) == (3, True)
    assert not (tmp_path / "out2").exists()


def test_datasets_with_two_identifiers_are_counted_until_they_have_one(tmp_path):
    """Rows that are one dataset in two templates have two identifiers, which is told; links give them one."""
    plans = write_plans(tmp_path / "plans")
    files = [plans["old"], plans["new"]]
    done = run("build", *files, "-o", tmp_path / "out", "-j", 1, "--skip-validation")
    assert done.exit_code == 0
    assert "new.txt: warning: Rows of 1 dataset of this plan and of old.txt are one dataset but have two" in done.stderr
    assert "same-dataset-two-identifiers" in (tmp_path / "out" / "report.json").read_text(encoding="utf-8")
    reconcile_files(files, tmp_path / "plans" / "links")
    done = run("build", *files, "-o", tmp_path / "out", "-j", 1, "--skip-validation")
    assert "same-dataset-two-identifiers" not in done.stderr


def test_rows_come_back_as_the_catalogue_that_they_were_read_into(tmp_path):
    """Rows that nobody edited give the datasets of the plan; the file of rows says what it was derived from."""
    plans = write_decided_plan(tmp_path / "plans", wording="")
    assert run("build", plans, "-o", tmp_path / "one", "-q").exit_code == 0
    assert run("parse", plans, "--format", "csv", "-o", tmp_path / "rows.csv").exit_code == 0
    assert run("build", tmp_path / "rows.csv", "-o", tmp_path / "two", "-q").exit_code == 0

    def things(folder, kind):
        lines = (tmp_path / folder / "catalogue.nq").read_text(encoding="utf-8").splitlines()
        return sorted(line for line in lines if f"/{kind}/" in line.split()[0] and "/source/" not in line)

    assert things("one", "dataset") == things("two", "dataset")
    assert things("one", "record") == things("two", "record")
    text = (tmp_path / "two/catalogue.nq").read_text(encoding="utf-8")
    assert f'"sha256:{SHA256}"' in text
    assert "#wasDerivedFrom" in text
    assert "edited by a person" not in text


def test_rows_count_before_the_file_that_they_were_read_from(tmp_path):
    """Given both, the file is told to be taken from the rows, and a wrong cell stops nothing else."""
    plans = write_decided_plan(tmp_path / "plans", wording="")
    assert run("parse", plans, "--format", "json", "-o", plans / "rows.json").exit_code == 0
    text = (plans / "rows.json").read_text(encoding="utf-8")
    (plans / "rows.json").write_text(text.replace("線軸", "線軸位置"), encoding="utf-8")
    done = run("build", plans, "-o", tmp_path / "output", "-v")
    assert done.exit_code == 0
    assert "[taken-from-rows]" in done.stderr
    assert "[row-edited]" in done.stderr
    assert '"線軸位置"' in (tmp_path / "output/catalogue.ttl").read_text(encoding="utf-8")
    assert "edited by a person" in (tmp_path / "output/catalogue.ttl").read_text(encoding="utf-8")
    (plans / "rows.json").write_text(text.replace('"D"', '"X"'), encoding="utf-8")
    refused = run("build", plans, "-o", tmp_path / "other")
    assert refused.exit_code == 3
    assert "rows.json: plan 1, entry 1, column “section”" in refused.stderr


def test_rows_that_are_something_else_than_their_section_are_published(tmp_path):
    """A planned section with a released row, and a released one with a planned row, violate no shape."""
    header = "No.\tCategory\tName of dataset\tDescription\tDate\tUpdate frequency\tStatus\n"
    lines = "Marine Department\nAnnual Open Data Plan 2025-2027\nA. Datasets to be released in 2025\n" + header
    lines += "1\tTransport\tFerry berths\t(CSV)\t03/2025\tMonthly\tReleased in 02/2025\n"
    lines += "2\tTransport\tMoorings\t(CSV)\t04/2025\tMonthly\tDeferred to 04/2026\n"
    lines += "D. Datasets already released\n" + header
    lines += "1\tTransport\tTides\t(CSV)\t05/2024\tMonthly\tReleased\n"
    lines += "2\tTransport\tWaves\t(CSV)\t06/2026\tMonthly\tNot yet released\n"
    path = tmp_path / "plan.txt"
    path.write_text(lines + "December 2025\n", encoding="utf-8")
    done = run("build", path, "-o", tmp_path / "out")
    assert done.exit_code == 0, done.output
    text = (tmp_path / "out" / "catalogue.ttl").read_text(encoding="utf-8")
    assert 'plan:releaseDate "2025-02"' in text
    assert 'plan:targetDate "2026-04"' in text
    assert 'plan:targetDate "2026-06"' in text
