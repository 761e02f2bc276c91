"""Tables of a published catalogue, in files that people open."""

import csv
import io
import json
import subprocess
import sys

import openpyxl
import pytest
from support.commands import run
from support.extras import need

import dcat_hk
from dcat_hk.build.exporting import TABLE_FORMATS, TABLES, TableChoice, export_tables, make_rows
from dcat_hk.catalogue.publishing.export import Selection
from dcat_hk.core.errors import UsageError
from dcat_hk.core.tables import table_layouts, table_schema

MONTH = "2026-11"


def written(folder, format_name, *names, **options):
    """Return a file of tables."""
    return b"".join(export_tables(folder, format_name, TableChoice(names, month=MONTH, **options)))


def lines(data):
    """Return the rows of CSV as dictionaries."""
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


@pytest.mark.parametrize("name", TABLES)
def test_csv_has_the_columns_of_the_table_and_a_line_for_each_row(catalogue, name):
    """The same as the rows, and as Python gets them."""
    rows = list(make_rows(catalogue, name, Selection(), MONTH))
    table = lines(written(catalogue, "csv", name))
    assert list(table[0]) == list(table_layouts()[name].names)
    assert len(table) == len(rows) > 5
    opened = dcat_hk.open_catalogue(catalogue)
    made = opened.promises(MONTH) if name == "promises" else getattr(opened, name)()
    assert made.to_csv().encode() == written(catalogue, "csv", name)
    assert made[0] == rows[0]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", TABLES)
def test_tables_are_as_their_table_schema_says(catalogue, tmp_path, name):
    """Frictionless finds nothing wrong, and finds what is put wrong."""
    frictionless = need("frictionless", "recipes")
    path = tmp_path / "table.csv"
    path.write_bytes(written(catalogue, "csv", name))
    schema = frictionless.Schema.from_descriptor(table_schema(table_layouts()[name]))

    def check():
        resource = frictionless.Resource(path=path.name, basepath=str(tmp_path), schema=schema)
        return resource.validate()

    report = check()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])[:5]
    path.write_bytes(path.read_bytes().replace(b",2016-10,", b",2016-13-x,").replace(b",2019-04,", b",x,"))
    assert not check().valid


def test_promises_are_those_of_fulfilment(catalogue):
    """The columns that both have hold the same, in the same order."""
    ours = lines(written(catalogue, "csv", "promises"))
    theirs = lines(run("fulfilment", "--from", catalogue, "--as-of", MONTH, "--format", "csv").stdout_bytes)
    assert [{name: row[name] for name in theirs[0]} for row in ours] == theirs
    assert all(row["title_zh_hans"] for row in ours)


def test_names_of_columns_mean_the_same_in_every_command(catalogue):
    """What `parse`, `fulfilment` and `export` print is declared once."""
    declared = {column.name for layout in table_layouts().values() for column in layout.columns}
    printed = [
        run("parse", "--format", "csv", "seeds").stdout,
        run("fulfilment", "--as-of", MONTH, "--format", "csv", "seeds").stdout,
    ]
    printed += [run("export", "--from", catalogue, "--format", "csv", "--of", name).stdout for name in TABLES]
    for text in printed:
        assert set(text.splitlines()[0].split(",")) <= declared


def test_a_file_holds_what_is_usual_or_what_is_asked_for(catalogue):
    """Records in CSV as ever, two tables where there is room for them; one table where there is not."""
    assert len(lines(written(catalogue, "csv"))) == 193
    book = openpyxl.load_workbook(io.BytesIO(written(catalogue, "xlsx")))
    assert book.sheetnames == ["datasets", "records"]
    assert (book["datasets"].max_row, book["records"].max_row) == (188, 194)
    book = openpyxl.load_workbook(io.BytesIO(written(catalogue, "xlsx", "promises", "promises")))
    assert book.sheetnames == ["promises"]
    with pytest.raises(UsageError, match="One table"):
        written(catalogue, "csv", "datasets", "records")


@pytest.mark.parametrize(
    "selection", [{"plan": "hk-ogcio/2019-2021"}, {"organisation": "hk-ogcio"}, {"stage": "planned"}]
)
@pytest.mark.parametrize("name", TABLES)
def test_a_part_can_be_chosen(catalogue, name, selection):
    """Of each table."""
    part = list(make_rows(catalogue, name, Selection(**selection), MONTH))
    whole = list(make_rows(catalogue, name, Selection(), MONTH))
    assert 0 < len(part) <= len(whole)
    assert all(row in whole for row in part)


@pytest.mark.parametrize("format_name", TABLE_FORMATS)
def test_bytes_are_the_same_in_another_process(catalogue, tmp_path, format_name):
    """Whatever the seed of hashes."""
    if format_name == "parquet":
        need("pyarrow", "parquet")
    file = tmp_path / "tables"
    command = [sys.executable, "-m", "dcat_hk", "export", "--format", format_name, "--of", "datasets", "-o", str(file)]
    done = subprocess.run([*command, "--from", str(catalogue), "--no-bom"], check=False, env={"PYTHONHASHSEED": "7"})
    assert done.returncode == 0
    assert file.read_bytes() == written(catalogue, format_name, "datasets")


def test_the_mark_of_utf_8_is_a_choice(catalogue):
    """For all CSV that commands print."""
    for command in (
        ("export", "--format", "csv", "--from", catalogue),
        ("parse", "--format", "csv", "seeds"),
        ("fulfilment", "--format", "csv", "--as-of", MONTH, "--from", catalogue),
    ):
        plain, marked = run(*command, "--no-bom").stdout_bytes, run(*command, "--bom").stdout_bytes
        assert marked == b"\xef\xbb\xbf" + plain
        assert run(*command).stdout_bytes == plain


def test_the_table_schema_is_printed():
    """Of one table, or of several; it needs no catalogue."""
    one = json.loads(run("export", "--format", "schema", "--of", "datasets").stdout)
    assert one == table_schema(table_layouts()["datasets"])
    several = json.loads(run("export", "--format", "schema", "--of", "datasets", "--of", "promises").stdout)
    assert [len(schema["fields"]) for schema in several] == [
        len(table_layouts()[n].names) for n in ("datasets", "promises")
    ]


def test_options_that_do_not_go_together_are_refused(catalogue):
    """Tables in Turtle, a month that is none."""
    assert run("export", "--from", catalogue, "--of", "datasets").exit_code == 2
    done = run("export", "--from", catalogue, "--format", "csv", "--of", "promises", "--as-of", "soon")
    assert done.exit_code == 2
    assert "not a month" in done.stderr


def test_a_catalogue_without_promises_has_an_empty_table(tmp_path):
    """With its columns."""
    from support.plan_texts import PlanText, Row, as_tabs

    rows = [Row("氣象", "雨量統計", "02/2020", "每年", "(CSV)")]
    (tmp_path / "a.txt").write_text(as_tabs(PlanText("香港天文台", 2024, {("D", "ii"): rows})), encoding="utf-8")
    assert dcat_hk.build(tmp_path / "a.txt", tmp_path / "out", jobs=1).published
    assert lines(written(tmp_path / "out", "csv", "promises")) == []
    assert written(tmp_path / "out", "csv", "promises").startswith(b"body,")
    assert json.loads(run("fulfilment", "--from", tmp_path / "out", "--format", "json").stdout)["promises"] == []
    header = run("fulfilment", "--from", tmp_path / "out", "--format", "csv").stdout
    assert header.splitlines() == [",".join(table_layouts()["fulfilment"].names)]
