"""The page of a plan is the table that was printed, with the state of each row."""

import json
import re
from html import unescape

import pytest
from support.plan_texts import english_plan

from dcat_hk.build import build
from dcat_hk.core.languages import LANGUAGES
from dcat_hk.core.namespaces import PlanTerms
from dcat_hk.core.settings import Settings
from dcat_hk.serving.web.library import Library, fill_store, read_undated
from dcat_hk.serving.web.pages import SitePageWriter
from dcat_hk.serving.web.snapshot import take_snapshot


@pytest.fixture(scope="module")
def write(followed):
    """Return a function that gives the page of the plan that begins in a year."""
    pages = SitePageWriter(followed)
    plans = {iri[-9:-5]: iri for iri in followed.list_instances(PlanTerms(followed.base).Plan)}

    def page(year, language="en"):
        path = plans[year].removeprefix(followed.base)
        return unescape(pages.write_thing_page(path, followed.find_document(plans[year]), language).decode())

    return page


def read_rows(page):
    """Return the cells of the rows of a page by the name of the row."""
    rows = re.findall(r'<tr id="[^"]+">(.*?)</tr>', page)
    cells = [
        [re.sub(r"<[^>]+>", " ", cell).split() for cell in re.findall(r"<td[^>]*>(.*?)</td>", row)] for row in rows
    ]
    return {" ".join(row[0]): [" ".join(cell) for cell in row[1:]] for row in cells}


def test_rows_stand_in_the_order_and_the_words_of_the_plan(write):
    """In any language of the page."""
    for language in LANGUAGES:
        rows = read_rows(write("2023", language))
        assert list(rows)[:6] == ["A.ii.1", "A.ii.2", "A.ii.3", "A.ii.4", "D.i.1", "D.i.2"]
        assert rows["A.ii.1"][:4] == ["運輸", "補給船班次 補給船的開航時間及目的地 (CSV)", "06/2023", "每日"]


def test_the_state_of_a_row_is_what_the_next_plan_says(write):
    """With a link to the row that says so; where there is no later plan, the stage."""
    page = write("2022")
    rows = read_rows(page)
    assert rows["A.ii.2"][4].startswith("released late (2 months) says the plan for 2023–2025")
    assert re.search(r'href="[^"]*2023-2025\.en\.html#D-ii-8"', page)
    assert read_rows(write("2023"))["A.ii.4"][4] == "planned Correct this"
    assert rows["A.i.2"][4].startswith("no longer listed says the plan for 2023–2025")


def test_rows_of_the_plan_before_that_are_gone_are_told(write):
    """Below the table, with what is said of them."""
    below = write("2023").partition("In the plan before, and not in this one")[2]
    assert "no longer listed" in below.partition("</section>")[0]
    assert "#A-i-2" in below.partition("</section>")[0]


def test_sections_say_what_they_are_for(write):
    """With the organisation, where a section lists datasets of others."""
    page = write("2021", "en")
    assert re.findall(r"<h3>Section ([A-D][.i]*) ", page) == ["A", "B", "C", "D"]
    assert "燈塔之友協會" in re.search(r"<h3>Section C (.*?)</h3>", page)[1]
    assert "Datasets of the bureau or department to be released in the first year" in page


def test_headings_inside_a_section_stand_above_their_rows(library):
    """Once each."""
    pages = SitePageWriter(library)
    path = "plan/hk-hkpf/2024-2026"
    page = pages.write_thing_page(path, library.find_document(library.base + path), "zh-Hant").decode()
    rows = read_rows(page)
    assert len(rows) == page.count("<tr id=") > 30
    groups = re.findall(r'<th colspan="6" scope="colgroup">(.*?)</th>', page)
    assert len(groups) == len(set(groups))


def test_a_date_that_no_plan_states_is_called_assumed(tmp_path):
    """On the page of the plan and in the list of plans; a plan that has one is said to be of its month."""
    dated = english_plan()
    undated = dated.replace("Environmental Protection", "Drainage Services").replace("December 2023\n", "")
    for name, text in {"dated.txt": dated, "undated.txt": undated}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert build([tmp_path], tmp_path / "output", Settings(), jobs=1).published
    snapshot = take_snapshot(tmp_path / "output", tmp_path)
    fill_store(snapshot)
    library = Library(snapshot)
    pages = SitePageWriter(library)
    said = {}
    for body in ("hk-dsd", "hk-epd"):
        path = f"plan/{body}/2024-2026"
        page = pages.write_thing_page(path, library.find_document(library.base + path), "en").decode()
        said[body] = "The plan has no date; its first month, January 2024, is assumed." in unescape(page)
    assert said == {"hk-dsd": True, "hk-epd": False}
    assert library.undated_plans == {f"{library.base}plan/hk-dsd/2024-2026"}
    snapshot.discard()


@pytest.mark.parametrize("report", [None, "", "[]", '{"plans": 1}', '{"plans": [{"findings": [{}]}]}'])
def test_a_report_that_is_none_says_nothing(tmp_path, report):
    """A folder without a report, or with something else in its place, still has pages."""
    if report is not None:
        (tmp_path / "report.json").write_text(report, encoding="utf-8")
    assert list(read_undated(tmp_path)) == []


def test_a_plan_of_which_one_file_has_a_date_is_not_undated(tmp_path):
    """The month of a plan may be printed in a translation alone: then pages do not call it assumed."""
    undated, dated = [{"code": "undated-plan"}], []
    files = [["plans/a/2024-2026.ttl", "plans/a/2024-2026.jsonld"], ["plans/b/2024-2024.ttl"]]
    read = [(files[0], undated), (files[0], dated), (files[1], undated), ([], undated)]
    report = {"plans": [{"files": names, "findings": findings} for names, findings in read]}
    (tmp_path / "report.json").write_text(json.dumps(report), encoding="utf-8")
    assert list(read_undated(tmp_path)) == ["plan/b/2024-2024"]
