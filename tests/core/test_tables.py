"""Tables: columns with one meaning, and CSV."""

import csv
import io

import pytest

from dcat_hk.core.tables import TableColumn, TableLayout, as_text, table_layouts, table_schema, write_csv

TABLE = TableLayout("t", "", (TableColumn("a", "text", ""), TableColumn("b", "integer", "")), (), ())


def read(text):
    """Return the rows of CSV, the header among them."""
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("name", table_layouts())
def test_every_table_is_whole(name):
    """The columns of a table are all different, and those that are searched and tell rows apart are among them."""
    layout = table_layouts()[name]
    assert len(set(layout.names)) == len(layout.names)
    assert {*layout.key, *layout.search} <= set(layout.names)
    assert layout.about.endswith(".")
    assert all(column.about.endswith(".") for column in layout.columns)


def test_no_column_is_declared_in_vain():
    """A column that no table has is not in the data file."""
    used = {column for layout in table_layouts().values() for column in layout.columns}
    assert {"text", "iri", "code", "integer", "number", "boolean", "month", "list"} == {column.kind for column in used}


def test_a_table_without_rows_has_its_header():
    """Whoever reads it still learns the columns."""
    assert "".join(write_csv(TABLE, [])) == "a,b\r\n"


def test_the_mark_of_utf_8_stands_once_at_the_beginning():
    """Only where it is wanted."""
    text = "".join(write_csv(TABLE, [{"a": "罪案"}], bom=True))
    assert text == "\ufeffa,b\r\n罪案,\r\n"
    assert "\ufeff" not in "".join(write_csv(TABLE, [{"a": "罪案"}]))


def test_a_number_below_zero_is_no_formula():
    """The same characters in a text are one."""
    assert read("".join(write_csv(TABLE, [{"a": "-3", "b": -3}])))[1] == ["'-3", "-3"]


def test_values_become_text_as_json_writes_them():
    """Nothing for what is not known; truth values in small letters."""
    values = (None, False, 0, 1.5, 2.0, ("a", "b"), "x")
    assert [as_text(value) for value in values] == ["", "false", "0", "1.5", "2", "a b", "x"]


def test_the_table_schema_has_the_types_of_the_columns():
    """Months are yearmonth, and what tells rows apart is the primary key."""
    schema = table_schema(table_layouts()["records"])
    types = {field["name"]: field["type"] for field in schema["fields"]}
    assert (types["issued"], types["number"], types["spatial"], types["title"]) == (
        "yearmonth", "integer", "boolean", "string",
    )  # fmt: skip
    assert schema["primaryKey"] == ["record"]
    assert "primaryKey" not in table_schema(table_layouts()["rows"])
