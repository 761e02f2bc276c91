"""An empty plan as a Word file: filled in by other programs it is read as what was written."""

import io
import shutil
import subprocess
import zipfile

import docx
import pytest
from support.filled_plans import FILLERS, WRITERS, rows_of
from support.stores import missing

from dcat_hk.core.errors import exit_code_of
from dcat_hk.core.languages import LANGUAGES
from dcat_hk.core.vocabularies import load
from dcat_hk.drafting.template import make_template
from dcat_hk.drafting.template_word import write_word_template
from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.parsing import read_plan


def read(data, name="plan.docx"):
    """Return the reading of a file."""
    return read_plan(read_bytes(data, name), load())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", WRITERS)
def test_a_filled_plan_reads_back_without_a_finding(kind, language):
    """Every row is read with its category, formats, date and frequency under its section, and nothing is told."""
    template = make_template(language, (2026, 2028), "hk-hko")
    rows = rows_of(template)
    reading = read(FILLERS[kind](WRITERS[kind](template), rows), f"plan.{kind}")
    assert [(one.code, one.values) for one in reading.findings] == []
    plan = reading.require()
    assert (plan.bureau, plan.years, plan.dated) == (template.bureau, (2026, 2028), "2025-12")
    expected = [
        (dict(zip(template.tables[number].columns, row, strict=True)), number)
        for number, table in rows.items()
        for row in table
    ]
    assert [(one["name"], one["category"], one["number"]) for one, _number in expected] == [
        (entry.title, entry.category, str(entry.number)) for entry in plan.entries
    ]
    assert [("ABCD"[number // 2], not number % 2) for _row, number in expected] == [
        (entry.section, entry.spatial) for entry in plan.entries
    ]
    assert all(entry.date and entry.frequency and len(entry.formats) == 1 for entry in plan.entries)
    bodies = [entry.organisation for entry in plan.entries]
    assert bodies == [row.get("organisation") for row, _number in expected]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", WRITERS)
def test_an_untouched_plan_publishes_nothing(kind, language):
    """The example row is told and left out; that nobody says whose plan it is is an error."""
    named = read(WRITERS[kind](make_template(language, (2026, 2028), "hk-hko")), f"plan.{kind}")
    assert [one.code for one in named.findings] == ["example-row"]
    assert named.require().entries == ()
    assert exit_code_of(0, named.findings) == 3
    open_plan = read(WRITERS[kind](make_template(language, (2026, 2028))), f"plan.{kind}")
    assert [one.code for one in open_plan.findings] == ["missing-bureau", "unfilled-field", "example-row"]
    assert open_plan.ledger.accounted["leftover"] == 0


def test_the_example_is_left_out_beside_rows_that_are_filled_in():
    """Numbers go on from it."""
    template = make_template("en", (2026, 2028), "hk-hko")
    row = ["2", template.choices["category"][0], "Tide tables", "Heights", "CSV", "03/2026", "monthly"]
    data = FILLERS["docx"](write_word_template(template), {1: [list(template.tables[1].example), row]})
    reading = read(data)
    assert [one.code for one in reading.findings] == ["example-row"]
    assert [entry.title for entry in reading.require().entries] == ["Tide tables"]


def test_the_same_plan_has_the_same_bytes():
    """Nothing in a file depends on when it is made."""
    for write in WRITERS.values():
        one, other = (write(make_template("zh-Hant", (2026, 2028), "hk-hko")) for _time in range(2))
        assert one == other


def test_cells_have_lists_to_choose_from():
    """Category, format and frequency have drop-down lists with numbers of their own; python-docx opens the file."""
    data = write_word_template(make_template("en", (2026, 2028), rows=3))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        text = package.read("word/document.xml").decode()
    numbers = [part.partition('"')[0] for part in text.split('<w:id w:val="')[1:]]
    assert len(set(numbers)) == len(numbers) == 1 + 3 * (8 * 3 + 1)
    assert text.count("<w:dropDownList>") == 25
    assert text.count("<w:comboBox>") == 50
    assert len(docx.Document(io.BytesIO(data)).tables) == 8


OFFICE = shutil.which("soffice")


def test_another_office_program_keeps_the_plan(tmp_path):
    """LibreOffice opens the file, and what it saves is read as the same plan."""
    if not OFFICE:
        missing("soffice")
    template = make_template("zh-Hant", (2026, 2028), "hk-hko")
    source = tmp_path / "plan.docx"
    source.write_bytes(FILLERS["docx"](write_word_template(template), rows_of(template)))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [OFFICE, profile, "--headless", "--convert-to", "odt", "--outdir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    saved = read((tmp_path / "plan.odt").read_bytes(), "plan.odt")
    rows = [(one.title, one.category, one.formats, one.date, one.frequency) for one in saved.require().entries]
    before = read(source.read_bytes()).require().entries
    assert rows == [(one.title, one.category, one.formats, one.date, one.frequency) for one in before]
    assert [one.code for one in saved.findings] == []
