"""An authored pair of plans: every fate that a program tells is right, whatever the language and the kind of file."""

import csv
import io
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from support.kinds import as_markdown, as_ods, as_odt, as_saved_page, as_xls
from support.lighthouse_plans import (
    ADDED,
    FATES,
    LATER_FATES,
    as_consolidated,
    as_old_template,
    as_third_plan,
    title_of,
)
from support.sheet_files import as_delimited, as_xlsx
from support.word_and_web_files import as_page, as_word

from dcat_hk.build.timeline import read_timeline
from dcat_hk.core.settings import Settings
from dcat_hk.reconciliation.outcomes import FATES as ALL_FATES
from dcat_hk.reconciliation.reconcile import reconcile

BROWSER = shutil.which("chromium") or shutil.which("google-chrome")


def as_printed(text):
    """Return a text as the PDF that a browser prints of its page, with ruled tables."""
    style = b"<style>table { border-collapse: collapse } td, th { border: 1px solid; padding: 3px }</style>"
    with TemporaryDirectory() as folder:
        page, paper = Path(folder, "plan.html"), Path(folder, "plan.pdf")
        page.write_bytes(as_page(text).replace(b"</head>", style + b"</head>"))
        command = [BROWSER, "--headless", "--no-sandbox", "--no-pdf-header-footer", f"--print-to-pdf={paper}"]
        subprocess.run([*command, page.as_uri()], check=True, capture_output=True, timeout=600)
        return paper.read_bytes()


def rows_of(text):
    """Return a text as rows of a sheet."""
    return [line.split("\t") if line else [] for line in text.split("\n")]


KINDS = {
    "txt": lambda text: text.encode(),
    "tsv": lambda text: text.encode(),
    "docx": as_word,
    "html": as_page,
    "mhtml": as_saved_page,
    "md": as_markdown,
    "odt": as_odt,
    "ods": lambda text: as_ods(rows_of(text)),
    "csv": lambda text: as_delimited(list(csv.reader(io.StringIO(text), delimiter="\t"))).encode(),
    "xlsx": lambda text: as_xlsx({"plan": rows_of(text)}),
    "xls": lambda text: as_xls({"plan": rows_of(text)}),
}
#: A kind that takes a program to make.
PRINTED = {"pdf": as_printed}
LANGUAGES = ("zh-Hant", "zh-Hans", "en")


def compare_files(folder, old, new):
    """Return the pair of plans of two files, each a kind and a language."""
    (pair,) = compare_plans(folder, {as_old_template: old, as_consolidated: new})
    return pair


def compare_plans(folder, plans):
    """Return the pairs of plans of files, each written in a kind and a language."""
    paths = []
    for write, (kind, language) in plans.items():
        paths.append(folder / f"{write.__name__}.{kind}")
        paths[-1].write_bytes((KINDS | PRINTED)[kind](write(language)))
    timeline = read_timeline(paths[::-1], Settings(), jobs=1)
    return reconcile(timeline.plans, timeline.successors)


def check(pair, language, newer_language):
    """Check that every fate of a pair is right."""
    told = {
        outcome.before.entry.title: (outcome.fate, outcome.months, list(outcome.differs))
        for outcome in pair.outcomes
        if outcome.before
    }
    assert told == {title_of(name, language): fate for name, fate in FATES.items()}
    added = {one.after[0].entry.title: one.fate for one in pair.outcomes if one.before is None}
    assert added == {title_of(name, newer_language): fate for name, fate in ADDED.items()}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_all_fates_are_right(tmp_path, kind, language):
    """The plan in the old template and the one in the new template, from one kind of file and in one language."""
    check(compare_files(tmp_path, (kind, language), (kind, language)), language, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_all_fates_of_the_year_after_are_right(tmp_path, kind, language):
    """Two plans in the new template, with a dataset in two versions, and what differs beside the fate."""
    (pair,) = compare_plans(tmp_path, {as_consolidated: (kind, language), as_third_plan: (kind, language)})
    told = {
        (one.before.entry.title, one.before.entry.section): (one.fate, one.months, list(one.differs))
        for one in pair.outcomes
        if one.before
    }
    assert told == {(title_of(name, language), section): fate for (name, section), fate in LATER_FATES.items()}
    assert [one.fate for one in pair.outcomes if one.before is None] == ["new"]


@pytest.mark.skipif(not BROWSER, reason="no browser to print with")
def test_all_fates_are_right_from_printed_pages(tmp_path):
    """Both plans as PDF files that a browser printed; in English, since few machines have fonts for Chinese."""
    check(compare_files(tmp_path, ("pdf", "en"), ("pdf", "en")), "en", "en")


def test_a_year_between_is_told(tmp_path):
    """Where the plan of a year is missing, the plans around it are compared, and the year is named."""
    (pair,) = compare_plans(tmp_path, {as_old_template: ("docx", "en"), as_third_plan: ("xlsx", "en")})
    assert pair.skipped == (2022,)
    fates = {one.before.entry.title: one.fate for one in pair.outcomes if one.before}
    assert (fates["Sailings of supply boats"], fates["Winners of the essay contest"]) == ("slipped", "no-longer-listed")


def test_kinds_and_scripts_may_differ(tmp_path):
    """A Word file in Traditional and a sheet in Simplified Chinese say the same."""
    check(compare_files(tmp_path, ("docx", "zh-Hant"), ("xlsx", "zh-Hans")), "zh-Hant", "zh-Hans")


def test_every_fate_occurs():
    """The two plans have each fate that a program tells; dropped and replaced are said by people."""
    told = {fate for fate, _months, _differs in FATES.values()} | set(ADDED.values())
    assert told == set(ALL_FATES) - {"dropped", "replaced"}
