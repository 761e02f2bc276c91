"""`dcat-hk parse --show`: each step of reading."""

import json

import pytest
from support.commands import run
from support.traced_plans import PAGE, PDF


@pytest.fixture
def plan(tmp_path):
    """Return a folder with a plan as a web page and as PDF, and a letter."""
    (tmp_path / "plan.html").write_bytes(PAGE)
    (tmp_path / "plan.pdf").write_bytes(PDF)
    (tmp_path / "letter.txt").write_text("Dear Sir", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(("step", "start"), [("document", "html, "), ("regions", "12 regions"), ("rows", "5 rows")])
def test_a_step_is_printed_as_text(plan, step, start):
    """Text is the default, also in a pipe, and findings are left out."""
    done = run("parse", "--show", step, plan / "plan.html")
    assert done.exit_code == 0
    assert done.stdout.startswith(f"plan.html: {start}")
    assert done.stderr == ""
    assert run("parse", "--show", step, "--format", "table", plan / "plan.html").stdout == done.stdout


@pytest.mark.parametrize(("step", "key"), [("document", "blocks"), ("regions", "regions"), ("rows", "rows")])
def test_a_step_is_printed_as_json(plan, step, key):
    """JSON has one object for each document."""
    done = run("parse", "--show", step, "--format", "json", plan / "plan.html", plan / "plan.pdf")
    traced = json.loads(done.stdout)
    assert [each["doc"] for each in traced] == ["plan.html", "plan.pdf"]
    assert all(each[key] for each in traced)


def test_what_is_no_plan_is_shown_too(plan):
    """A document that is no plan is no error: it is what one looks into."""
    done = run("parse", "--show", "document", plan / "letter.txt")
    assert (done.exit_code, "Dear Sir" in done.stdout) == (0, True)


def test_a_page_is_drawn(plan):
    """A page is written as SVG, to a file or to standard output; without a number it is the first one."""
    done = run("parse", "--show", "page", "--page", "2", plan / "plan.pdf", "-o", plan / "page.svg")
    assert (done.exit_code, done.stdout) == (0, "")
    drawn = (plan / "page.svg").read_text(encoding="utf-8")
    assert "plan.pdf, page 2" in drawn
    assert "plan.pdf, page 1" in run("parse", "--show", "page", plan / "plan.pdf").stdout
    assert run("parse", "--show", "page", "--page", "2", "-", input=PDF).stdout == drawn.replace("plan.pdf", "-")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--show", "page", "--page", "3", "plan.pdf"], "plan.pdf: There is no page 3: the PDF has 2 pages."),
        (["--show", "page", "plan.html"], "plan.html: Only pages of a PDF can be drawn."),
        (["--show", "page", "plan.pdf", "plan.html"], "A page is of one file, but 2 are named."),
        (["--show", "page", "--format", "json", "plan.pdf"], "A page is drawn as SVG"),
        (["--page", "1", "plan.pdf"], "A page is only named to draw it."),
        (["--show", "rows", "--page", "1", "plan.pdf"], "A page is only named to draw it."),
        (["--show", "rows", "--ledger", "plan.pdf"], "One thing is printed at a time."),
        (["--show", "rows", "--format", "csv", "plan.pdf"], "cannot be written as CSV"),
        (["--show", "page", "--page", "0", "plan.pdf"], "--page"),
    ],
)
def test_wrong_usage_is_told(plan, arguments, message):
    """What cannot be shown is an error of usage that says what to do, and nothing is printed."""
    given = [plan / each if "." in each else each for each in arguments]
    done = run("parse", *given)
    assert (done.exit_code, done.stdout) == (2, "")
    assert message in done.stderr
