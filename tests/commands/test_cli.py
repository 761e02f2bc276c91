"""The commands as people and scripts use them."""

import csv
import gzip
import io
import json
import subprocess
import sys

import pytest
from click.testing import CliRunner
from support.paths import ROOT, SEEDS

from dcat_hk.commands.cli import main

POLICE = next(SEEDS.glob("004*"))


def run(*arguments, **options):
    """Run a command in this process."""
    return CliRunner().invoke(main, [str(a) for a in arguments], prog_name="dcat-hk", **options)


@pytest.mark.parametrize("name", [None, *sorted(main.commands)])
def test_every_command_explains_itself(name):
    """Help comes without error, with an example for each command and the exit codes."""
    done = run(*([name] if name else []), "--help")
    assert done.exit_code == 0
    assert "Exit codes: 0 success" in done.output
    assert "dcat-hk " in done.output
    if name:
        assert f"Example:\n    dcat-hk {name} " in done.output


def test_no_summary_is_cut():
    """The list of commands fits a terminal of 80 columns without cutting a summary off."""
    output = run("--help", terminal_width=80).output
    assert "..." not in output.partition("Commands:")[2]
    assert max(map(len, output.splitlines())) <= 80
    for command in main.commands.values():
        assert command.get_short_help_str(1000) in output


def test_help_imports_nothing_that_is_slow():
    """Help is answered before any of the heavy packages is imported."""
    code = (
        "import sys; sys.argv = ['dcat-hk', '--help']\n"
        "from dcat_hk.commands.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print(*sorted({name.split('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    imported = done.stdout.splitlines()[-1].split()
    assert "click" in imported
    assert not {"rdflib", "pyshacl", "pyoxigraph", "opencc", "rich", "langcodes"} & set(imported)


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


@pytest.mark.parametrize(
    "arguments",
    [
        ["parse", POLICE, "--lang", "fr"],
        ["build", SEEDS, "-o", "x", "--base-iri", "example.org"],
        ["explode"],
        ["build", SEEDS],
    ],
)
def test_wrong_usage_exits_with_two(arguments):
    """A language there is not, a base IRI that is none, an unknown command, a missing option."""
    done = run(*arguments)
    assert done.exit_code == 2
    assert done.stdout == ""


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


@pytest.mark.parametrize("name", ["catalogue.ttl", "catalogue.jsonld", "catalogue.nq", "plans/hk-hkpf/2024-2026.ttl"])
def test_validate_reads_any_syntax(catalogue, name):
    """Every file of the output conforms, whatever its syntax."""
    done = run("validate", catalogue / name)
    assert done.exit_code == 0, done.output
    assert "Violations: 0." in done.output


def test_validate_reads_other_syntaxes_and_gzip(catalogue, tmp_path):
    """N-Triples, TriG and RDF/XML, gzipped or from standard input, are told apart by name or content."""
    for syntax, ending in (("ntriples", "nt"), ("trig", "trig"), ("rdfxml", "rdf")):
        text = run("export", "--format", syntax, "--from", catalogue, "--plan", "hk-itib/2026-2028").stdout
        path = tmp_path / f"x.{ending}.gz"
        path.write_bytes(gzip.compress(text.encode()))
        assert "Violations: 0." in run("validate", path).output
        assert "Violations: 0." in run("validate", "-", input=text.encode()).output


def test_validate_says_what_is_wrong_and_what_to_do(catalogue, tmp_path):
    """A violation is grouped by cause, with advice in the language asked for, and exits with 4."""
    text = (catalogue / "plans/hk-itib/2026-2028.ttl").read_text(encoding="utf-8")
    broken = tmp_path / "broken.ttl"
    broken.write_text(text.replace("adms:status plan:planned ;\n", ""), encoding="utf-8")
    done = run("validate", "--lang", "zh-HK", broken)
    assert done.exit_code == 4
    assert "違規 × 4: 數據集的階段不明" in done.output
    report = json.loads(run("validate", "--format", "json", broken).stdout)
    assert report["conforms"] is False
    assert sum(r["severity"] == "Violation" for r in report["results"]) == 4


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.ttl", b"this is no turtle"),
        ("x.jsonld", b'{"@context": "https://far.example/context.jsonld", "@id": "urn:x", "title": "x"}'),
        ("x.json", b"{"),
        ("x", b"\xff\xfe"),
    ],
)
def test_validate_refuses_what_is_no_rdf_and_fetches_nothing(tmp_path, name, data):
    """Broken files, and JSON-LD with a context elsewhere, are refused with exit code 3."""
    path = tmp_path / name
    path.write_bytes(data)
    done = run("validate", path)
    assert done.exit_code == 3, done.output
    assert ("nothing is fetched unasked" if b"@context" in data else "holds no RDF that can be read") in done.stderr


def test_the_module_runs_like_the_command():
    """Python -m dcat_hk is the same program."""
    done = subprocess.run([sys.executable, "-m", "dcat_hk", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("dcat-hk, version ")


def test_a_reader_that_stops_is_no_error():
    """When the other end of a pipe closes, the command ends without a traceback."""
    command = f"{sys.executable} -m dcat_hk parse {SEEDS} | head -c 100"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=False, cwd=ROOT)
    assert "Traceback" not in done.stderr


def test_formulas_are_not_written_into_spreadsheets(tmp_path):
    """A title that a spreadsheet would run as a formula is quoted in CSV."""
    text = POLICE.read_text(encoding="utf-8").replace("\t員額\t", "\t=HYPERLINK(1)\t")
    plan = tmp_path / "plan.txt"
    plan.write_text(text, encoding="utf-8")
    assert "'=HYPERLINK(1)" in run("parse", "--format", "csv", plan).stdout
