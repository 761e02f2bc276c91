"""Tables as an SQLite database, as programs open it."""

import asyncio
import sqlite3
from contextlib import closing

import pytest
from support.extras import need

from dcat_hk.build.exporting import TableChoice, export_tables
from dcat_hk.catalogue.publishing.databases import pieces_of, write_database
from dcat_hk.core.tables import TableColumn, TableLayout

LAYOUT = TableLayout(
    "rows", "", (TableColumn("id", "text", ""), TableColumn("title", "text", ""), TableColumn("flag", "boolean", ""),
                 TableColumn("formats", "list", "")), ("id",), ("title",),
)  # fmt: skip
LONG = "在某年某月某日於某處舉行的某項活動的參加人數"


@pytest.fixture(scope="module")
def database(catalogue, tmp_path_factory):
    """Return the database of the seeds."""
    path = tmp_path_factory.mktemp("database") / "catalogue.db"
    path.write_bytes(b"".join(export_tables(catalogue, "sqlite", TableChoice())))
    return path


def ask(path, query, *values):
    """Return the answer of a database."""
    with closing(sqlite3.connect(path)) as database:
        return database.execute(query, values).fetchall()


def write(path, *titles):
    """Write a database with some titles."""
    write_database(path, [(LAYOUT, ({"id": str(n), "title": title, "flag": True} for n, title in enumerate(titles)))])
    return path


@pytest.mark.parametrize("word", ["人", "人數", "參加人", "活動的參加", LONG, "某項活動", "某項 人數"])
def test_chinese_is_found_as_it_is_typed(tmp_path, word):
    """One character, two, more, the whole, two words."""
    path = write(tmp_path / "a.db", "另一個標題", LONG)
    words = " ".join(f'"{each}"' for each in word.split())
    assert ask(path, "SELECT rowid FROM rows_fts WHERE rows_fts MATCH ?", words) == [(2,)]


def test_other_languages_are_found_by_their_words(tmp_path):
    """Without regard to case and accents."""
    path = write(tmp_path / "a.db", "Café statistics (CSV格式)")
    for word in ("cafe", "STATISTICS", "csv", "格式"):
        assert ask(path, "SELECT count(*) FROM rows_fts WHERE rows_fts MATCH ?", word) == [(1,)]
    assert ask(path, "SELECT count(*) FROM rows_fts WHERE rows_fts MATCH ?", "stat") == [(0,)]


def test_values_are_kept_in_their_types(tmp_path):
    """Truth values are 0 and 1, what is not known is NULL; a formula is a text like any other."""
    path = write(tmp_path / "a.db", "=1+1")
    assert ask(path, "SELECT * FROM rows") == [("0", "=1+1", 1, None)]
    assert ask(path, "SELECT title FROM rows_fts") == [("=1+1",)]


def test_the_same_rows_give_the_same_bytes(catalogue, database):
    """Nothing in the file depends on the day."""
    assert b"".join(export_tables(catalogue, "sqlite", TableChoice())) == database.read_bytes()


def test_the_catalogue_is_whole_and_sound(database):
    """Both tables, and SQLite finds nothing wrong."""
    assert ask(database, "PRAGMA integrity_check") == [("ok",)]
    assert ask(database, "SELECT count(*) FROM datasets") == [(187,)]
    joined = "SELECT count(*) FROM records JOIN datasets USING (dataset) WHERE records.first_year = 2024"
    assert ask(database, joined)[0][0] > 30


def test_pieces_are_of_runs_of_chinese_alone():
    """What stands between them stays."""
    assert pieces_of("").split() == []
    assert pieces_of("Wi-Fi.HK") == "Wi-Fi.HK"
    assert pieces_of("𠮷野家") == "𠮷 𠮷野 𠮷野家 野 野家 家"


@pytest.mark.filterwarnings("ignore")
def test_datasette_opens_and_searches_it(database):
    """The page of a table has a search box, and its search finds a word of two characters."""
    app = need("datasette.app", "recipes")

    async def visit():
        datasette = app.Datasette([str(database)])
        found = await datasette.client.get("/catalogue/datasets.json?_search=罪案&_shape=array&_size=max")
        page = await datasette.client.get("/catalogue/datasets?_search=police")
        facet = await datasette.client.get("/catalogue/records.json?_facet=stage&_size=0")
        return found.json(), page.text, facet.json()

    rows, page, facet = asyncio.run(visit())
    assert {"罪案" in row["title_zh_hant"] + row["description_zh_hant"] for row in rows} == {True}
    assert len(rows) == 5
    assert 'name="_search"' in page
    stages = {one["value"]: one["count"] for one in facet["facet_results"]["stage"]["results"]}
    assert sum(stages.values()) == 193
