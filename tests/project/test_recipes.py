"""The recipes of docs/reference/python.md do what the page says; its page of tables is current."""

import csv
import io
import re

import pytest
from support.extras import need
from support.paths import ROOT

from dcat_hk.build.exporting import TableChoice, export_tables
from dcat_hk.catalogue.publishing.export import Selection
from dcat_hk.core.tables import table_layouts

PAGE = ROOT / "docs/reference/python.md"
TABLES = ROOT / "docs/reference/tables.md"
_RECIPE = re.compile(r"<!-- recipe: (\w+) -->\n```python\n(.*?)```", re.DOTALL)
_OUTPUT = "(<!-- begin: recipe {0} -->\n)(.*?)(<!-- end: recipe {0} -->)"
RECIPES = dict(_RECIPE.findall(PAGE.read_text(encoding="utf-8")))


def test_every_library_has_its_recipe():
    """Of those that people ask for."""
    assert {"plans", "catalogue", "pandas", "polars", "rdflib", "pyoxigraph", "loop"} <= set(RECIPES)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_prints_what_the_page_shows(name, golden, monkeypatch, capsys):
    """Each is run as it stands, where its library is installed."""
    if name in {"pandas", "polars"}:
        need(name, "recipes")
    monkeypatch.chdir(ROOT)
    exec(compile(RECIPES[name], f"recipe {name}", "exec"), {"__name__": "__main__"})  # noqa: S102 - our own page
    printed = f"\n```text\n{capsys.readouterr().out}```\n\n"
    page = PAGE.read_text(encoding="utf-8")
    pattern = re.compile(_OUTPUT.format(name), re.DOTALL)
    assert pattern.search(page)
    golden(PAGE.relative_to(ROOT).as_posix(), pattern.sub(lambda match: match[1] + printed + match[3], page), ROOT)


def columns():
    """Return the tables with their columns, in Markdown."""
    parts = []
    for layout in table_layouts().values():
        lines = [f"| `{column.name}` | {column.kind} | {column.about} |" for column in layout.columns]
        head = f"### {layout.name}\n\n{layout.about}\n\n| column | holds | meaning |\n|---|---|---|\n"
        parts.append(head + "".join(f"{line}\n" for line in lines))
    return "\n" + "\n".join(parts) + "\n"


def example(catalogue):
    """Return one row of the table of datasets, a line for each column."""
    choice = TableChoice(("datasets",), Selection(plan="hk-hkpf/2024-2026"))
    text = b"".join(export_tables(catalogue, "csv", choice)).decode()
    rows = csv.DictReader(io.StringIO(text, newline=""))
    row = next(row for row in rows if row["title_zh_hant"] == "罪案數字比較")
    width = max(map(len, row))
    lines = "".join(f"{name:<{width}}  {value}".rstrip() + "\n" for name, value in row.items())
    return f"\n```text\n{lines}```\n\n"


def test_the_page_of_tables_is_current(golden, catalogue):
    """Every column of every table is listed with its meaning, and a row is shown."""
    page = TABLES.read_text(encoding="utf-8")
    for name, text in (("columns", columns()), ("row", example(catalogue))):
        pattern = re.compile(f"(<!-- begin: {name} -->\n)(.*?)(<!-- end: {name} -->)", re.DOTALL)
        assert pattern.search(page)
        page = pattern.sub(lambda match, text=text: match[1] + text + match[3], page)
    golden(TABLES.relative_to(ROOT).as_posix(), page, ROOT)
