"""The page of a build: everything escaped, the same bytes each time, nothing loaded from elsewhere."""

import re

import pytest
from lxml import html
from support.commands import run
from support.mappings import TABS
from support.plan_texts import PlanText, as_tabs

from dcat_hk.build import BuildResult
from dcat_hk.catalogue.publishing.report import InputOutcome
from dcat_hk.commands.build_report import build_page
from dcat_hk.core.errors import Finding
from dcat_hk.core.place import Place
from dcat_hk.core.results import Result

HARM = "<script>alert(1)</script>\"'&.txt"


def result():
    """Return a build whose names and values try to be HTML."""
    finding = Finding("unread-date", HARM, Place(3, 3), {"date": "</td><img src=x onerror=alert(1)>"})
    violation = Result("Violation", "https://a.example/x", "", "", "", "", (("en", "<b>late</b>"),))
    return BuildResult(
        [
            InputOutcome(HARM, "1", path="plans/x-<i>/2024-2026", bureau="<i>", findings=(finding,)),
            InputOutcome("e", refused=f"e: <u>{HARM}"),
        ],
        top=[violation],
        reason="Nothing <was> published.",
    )


@pytest.mark.parametrize("language", ["en", "zh-Hant", "zh-Hans"])
def test_everything_is_escaped_and_in_its_place(language):
    """Names and values of strangers are text; departments, refusals, results and findings are all there."""
    text = "".join(build_page(result(), language))
    page = html.document_fromstring(text)
    assert page.get("lang") == language
    assert len(page.findall(".//script")) == 1
    assert not page.xpath("//img | //u | //b | //i | //link | //*[@src] | //*[@href]")
    shown = page.text_content()
    for part in (HARM, "onerror=alert(1)>", "<b>late</b>", f"<u>{HARM}", "Nothing <was> published."):
        assert part in shown
    (row,) = page.xpath("//details//tbody/tr")
    assert row.get("data-department") == "x-<i>"
    assert "http" not in re.sub(r"https://a\.example/x", "", text)
    assert text == "".join(build_page(result(), language))


def test_a_build_writes_it(tmp_path):
    """--report writes the page whether or not the catalogue is published."""
    for year, exit_code in ((2024, 0), (2090, 4)):
        (tmp_path / "plan.txt").write_text(as_tabs(PlanText("香港天文台", year, TABS.rows)), encoding="utf-8")
        report = tmp_path / f"{year}.html"
        done = run("build", tmp_path / "plan.txt", "-o", tmp_path / "out", "-j", 1, "--report", report)
        assert done.exit_code == exit_code
        page = html.document_fromstring(report.read_text(encoding="utf-8"))
        assert ("The catalogue was published." in page.text_content()) is (exit_code == 0)
        assert "Hong Kong Observatory" in page.text_content()
