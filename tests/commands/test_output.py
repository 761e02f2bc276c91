"""How commands write."""

import shutil

import pytest
from support.commands import run
from support.paths import SEEDS

from dcat_hk.commands.output import format_table, write_output
from dcat_hk.core.errors import NotReadable, UsageError
from dcat_hk.drafting.template import make_template
from dcat_hk.drafting.template_word import write_word_template


def test_standard_output_gets_utf_8_and_line_ends_as_they_are(capsysbinary):
    """What is printed into a pipe has the bytes of the file that -o would write."""
    write_output(iter(["書\r\n", "b\n"]), None)
    assert capsysbinary.readouterr().out == "書\r\nb\n".encode()


def test_a_file_has_the_same_bytes_and_is_announced(tmp_path, capsys):
    """The message counts bytes, not characters, and is left out if quiet."""
    path = tmp_path / "a"
    write_output(iter(["書\r\n"]), path, "csv", quiet=False)
    assert path.read_bytes() == "書\r\n".encode()
    assert capsys.readouterr().err == f"Wrote {path}: 5 bytes of csv.\n"
    write_output(iter(["x"]), path, "csv", quiet=True)
    assert capsys.readouterr() == ("", "")


def test_a_file_that_cannot_be_written_is_named(tmp_path):
    """Nothing is left where the folder is missing."""
    with pytest.raises(NotReadable, match="missing"):
        write_output(["x"], tmp_path / "missing/a")


def test_a_table_has_a_title_and_a_row_for_each():
    """Numbers are aligned to the right under their heading."""
    lines = format_table("Counts", ("name", "rows"), [["a", "1"], ["b", "100"]], ("rows",), 40).splitlines()
    assert lines[0] == "Counts"
    assert [line.split() for line in lines if "1" in line] == [["a", "1"], ["b", "100"]]
    assert len({len(line) for line in lines if "1" in line}) == 1


@pytest.fixture
def plans(tmp_path):
    """Return a folder with a plan as text and one as a Word file."""
    folder = tmp_path / "plans"
    folder.mkdir()
    shutil.copy(next(SEEDS.glob("004*")), folder / "a.txt")
    (folder / "b.docx").write_bytes(write_word_template(make_template("en", (2026, 2028), "hk-hko", "", 1)))
    return folder


@pytest.mark.parametrize(
    "line",
    [
        "parse {plans}/a.txt -o {plans}/a.txt",
        "parse {plans} -o {plans}/a.txt",
        "parse {plans} -o {plans}/c/../a.txt",
        "parse --show page {plans}/a.txt -o {plans}/a.txt",
        "lint {plans}/a.txt -o {plans}/a.txt",
        "lint {plans} --format json -o {plans}/b.docx",
        "lint --annotate {plans}/b.docx -o {plans}/b.docx",
        "lint --annotate {plans}/b.docx -o {plans}/../link.docx",
        "build {plans} -o {plans}/../out --report {plans}/a.txt",
        "reconcile {plans} -o {plans}/a.txt",
        "fulfilment {plans} --as-of 2025-06 -o {plans}/a.txt",
        "review {plans} --html {plans}/a.txt",
        "review {plans} --csv {plans}/b.docx",
        "parse {plans} -o {plans}/none/../a.txt",
        "parse {plans}/a.txt -o {plans}/decisions/categories.toml",
        "fulfilment {plans} -o {plans}/decisions/categories.toml",
        "fulfilment {plans}/a.txt --decisions {plans}/decisions -o {plans}/decisions/categories.toml",
        "lint {plans} -o {plans}/links/judgements.sssom.tsv",
        "lint {plans}/a.txt --config {plans}/decisions/own.cfg -o {plans}/decisions/own.cfg",
    ],
)
def test_no_plan_is_written_over(line, plans):
    """Whichever option names it, and however it is named; nothing else is written either."""
    (plans.parent / "link.docx").symlink_to(plans / "b.docx")
    (plans / "c").mkdir()
    for name in ("decisions/categories.toml", "decisions/own.cfg", "links/judgements.sssom.tsv"):
        (plans / name).parent.mkdir(exist_ok=True)
        (plans / name).write_text("# by people\n", encoding="utf-8")
    before = {path: path.read_bytes() for path in plans.rglob("*.*")}
    done = run(*line.format(plans=plans).split())
    assert (done.exit_code, done.stdout) == (2, "")
    assert "one of the files to read" in done.stderr
    assert {path: path.read_bytes() for path in plans.rglob("*.*")} == before
    assert not (plans.parent / "out").exists()


def test_nothing_is_written_into_a_published_catalogue(plans):
    """It would take the place of a file of it, or be a stranger that stops the next build."""
    out = plans.parent / "out"
    done = run("build", plans / "a.txt", "-o", out, "--report", out / "report.html")
    assert (done.exit_code, out.exists()) == (2, False)
    assert "replaced as a whole" in done.stderr
    assert run("build", plans / "a.txt", "-o", out, "-q", "--report", plans.parent / "report.html").exit_code == 0
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    for name in ("catalogue.nq", "table.csv", "plans/table.csv"):
        done = run("export", "--from", out, "--format", "csv", "-o", out / name, "-q")
        assert (done.exit_code, "published catalogue" in done.stderr) == (2, True)
    assert run("lint", plans / "a.txt", "-o", out / "lint.txt").exit_code == 2
    with pytest.raises(UsageError, match="published catalogue"):
        write_output(["x"], out / "a")
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
    assert run("build", plans / "a.txt", "-o", out, "-q", "--report", plans.parent / "report.html").exit_code == 0


def test_a_catalogue_among_the_plans_is_not_read_as_plans(plans, monkeypatch):
    """The same command in the folder of plans does the same the second time."""
    (plans / "b.docx").unlink()
    monkeypatch.chdir(plans)
    assert [run("build", ".", "-o", "output", "-q").exit_code for _time in range(2)] == [0, 0]
    done = run("lint", ".", "-q")
    assert (done.exit_code, done.stderr) == (0, "")


@pytest.mark.parametrize(
    "line",
    [
        "score {here}/a.ttl -o {here}/a.ttl",
        "score {here}/a.ttl {here}/b.ttl --format ttl -o {here}/c/../b.ttl",
        "score {here} --format ttl -o {here}/b.ttl",
        "score {here}/a.ttl --check-urls --url-cache {here}/cache.json -o {here}/cache.json",
        "score {here}/a.ttl --context https://a.example/c={here}/c.jsonld -o {here}/c.jsonld",
        "query {here}/q.rq -o {here}/q.rq",
        "diff {here}/a.ttl {here}/b.ttl -o {here}/b.ttl",
        "portal show {here}/2025-09 -o {here}/2025-09.json",
        "portal show {here}/2025-09.jsonl -o {here}/2025-09.jsonl",
    ],
)
def test_nothing_else_that_is_read_is_written_over(line, tmp_path):
    """RDF, queries, contexts, responses that are kept, snapshots."""
    (tmp_path / "c").mkdir()
    for name in ("a.ttl", "b.ttl", "c.jsonld", "cache.json", "q.rq", "2025-09.jsonl", "2025-09.json"):
        (tmp_path / name).write_text("# as it was", encoding="utf-8")
    done = run(*line.format(here=tmp_path).split())
    assert (done.exit_code, done.stdout) == (2, "")
    assert "one of the files to read" in done.stderr
    assert {path.read_text(encoding="utf-8") for path in tmp_path.glob("*.*")} == {"# as it was"}


def test_a_query_may_be_longer_than_any_name(plans):
    """It is no file then, whatever the output is."""
    out = plans.parent / "out"
    assert run("build", plans / "a.txt", "-o", out, "-q").exit_code == 0
    asked = f"ASK {{ ?s ?p ?o }} # {'long ' * 2000}"
    for _time in range(2):
        done = run("query", "--from", out, asked, "-o", plans.parent / "answer.json", "--format", "json")
        assert done.exit_code == 0


def test_a_report_among_the_plans_is_not_read_as_a_plan(plans, monkeypatch):
    """The same command in the folder of plans does the same the second time; a page of others is read."""
    (plans / "b.docx").unlink()
    monkeypatch.chdir(plans)
    line = ("build", ".", "-o", "output", "-q", "--report", "report.html")
    assert [run(*line).exit_code for _time in range(2)] == [0, 0]
    assert run("score", "output", "--format", "html", "-o", "Score.HTM", "-q").exit_code == 0
    done = run("lint", ".", "-q")
    assert (done.exit_code, done.stderr) == (0, "")
    assert run("lint", "report.html").exit_code == 3
    (plans / "other.html").write_text("<html><title>dcat-hk</title><p>A page", encoding="utf-8")
    assert run("lint", ".", "-q").exit_code == 3
