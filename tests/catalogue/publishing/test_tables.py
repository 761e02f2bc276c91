"""Rows of datasets and records of a published catalogue."""

import pytest
from support.editions import CHINESE, ENGLISH
from support.plan_texts import as_tabs

from dcat_hk.build import build
from dcat_hk.catalogue.publishing.export import Selection, read_selection
from dcat_hk.catalogue.publishing.published import base_of
from dcat_hk.catalogue.publishing.tables import TableMaker, add_names
from dcat_hk.core.settings import Settings
from dcat_hk.core.tables import table_layouts


def maker(folder, **selection):
    """Return what makes the rows of a catalogue."""
    base = base_of(folder)
    return TableMaker(read_selection(folder, base, Selection(**selection)), base)


@pytest.fixture(scope="module")
def datasets(catalogue):
    """Return the rows of the datasets of the seeds."""
    return list(maker(catalogue).datasets())


@pytest.fixture(scope="module")
def records(catalogue):
    """Return the rows of the records of the seeds."""
    return list(maker(catalogue).records())


def test_rows_have_the_columns_of_their_tables(datasets, records):
    """All of them, and no others; what tells rows apart is there once."""
    for name, rows in (("datasets", datasets), ("records", records)):
        layout = table_layouts()[name]
        assert all(set(row) == set(layout.names) for row in rows)
        (key,) = layout.key
        assert len({row[key] for row in rows}) == len(rows)
    assert (len(datasets), len(records)) == (187, 193)


def test_values_are_of_the_kinds_of_their_columns(datasets, records):
    """Whole numbers, truth values, months, lists, texts."""
    kinds = {"integer": int, "boolean": bool, "list": list}
    for name, rows in (("datasets", datasets), ("records", records)):
        for column in table_layouts()[name].columns:
            values = [row[column.name] for row in rows if row[column.name] is not None]
            assert all(isinstance(value, kinds.get(column.kind, str)) for value in values), column.name
            if column.kind == "month":
                assert all(len(value) == 7 for value in values)


def test_a_record_says_what_its_row_says(records):
    """The words of the plan, months, codes with their names, and where it stands."""
    row = next(one for one in records if one["record"].endswith("hk-hkpf/2024-2026/D-ii-1"))
    assert (row["row"], row["title"], row["title_zh_hans"], row["title_en"]) == (
        "D.ii.1", "罪案數字比較", "罪案数字比较", None,
    )  # fmt: skip
    assert (row["date_raw"], row["date"], row["date_role"], row["release_month"], row["target_month"]) == (
        "10/2016", "2016-10", "released", "2016-10", None,
    )  # fmt: skip
    assert (row["frequency"], row["frequency_en"], row["formats"], row["formats_en"]) == (
        "QUARTERLY", "quarterly", ["CSV"], "CSV",
    )  # fmt: skip
    assert (row["body"], row["publisher_en"], row["first_year"], row["last_year"]) == (
        "hk-hkpf", "Hong Kong Police Force", 2024, 2026,
    )  # fmt: skip
    assert (row["spatial"], row["number"], row["part"], row["place"]) == (False, 1, 0, "lines 64-64")
    assert row["landing_page"].startswith("https://")
    assert len(row["sha256"]) == 64


def test_a_dataset_says_what_the_catalogue_says(datasets):
    """Publisher, names, stage, months, formats also where they are only promised, and links."""
    row = next(one for one in datasets if one["title_zh_hant"] == "罪案數字比較")
    assert (row["stage"], row["release_month"], row["target_month"], row["category_en"]) == (
        "released", "2016-10", None, "Law and Security",
    )  # fmt: skip
    assert row["plans"] == [row["plan"]]
    assert row["access_urls"]
    planned = [one for one in datasets if one["stage"] == "planned"]
    assert any(one["formats"] for one in planned)
    assert all(one["release_month"] is None and not one["access_urls"] for one in planned)


def test_a_part_of_the_catalogue_can_be_chosen(catalogue):
    """By plan and by stage; without derived labels their columns are empty."""
    assert len(list(maker(catalogue, plan="hk-hkpf/2024-2026").records())) == 33
    rows = list(maker(catalogue, stage="planned").datasets())
    assert {row["stage"] for row in rows} == {"planned"}
    bare = [row for row in maker(catalogue, derived="none").datasets() if row["body"] == "hk-hkpf"]
    assert {row["title_zh_hans"] for row in bare} == {None}


def test_titles_of_editions_stand_in_their_columns(tmp_path):
    """A plan in two languages has both; as printed is what the leading file prints."""
    (tmp_path / "a.txt").write_text(as_tabs(CHINESE), encoding="utf-8")
    (tmp_path / "b.txt").write_text(ENGLISH, encoding="utf-8")
    assert build([tmp_path / "a.txt", tmp_path / "b.txt"], tmp_path / "out", Settings(), jobs=1).published
    rows = list(maker(tmp_path / "out").records())
    titles = [(row["title"], row["title_en"], row["title_zh_hant"]) for row in rows]
    assert ("雨量", "Rainfall", "雨量") in titles
    # The rows that only one of them has.
    assert titles[-2:] == [("熱帶氣旋警告", None, "熱帶氣旋警告"), ("Lightning", "Lightning", None)]


def test_promises_get_the_names_of_their_datasets(datasets):
    """What the catalogue knows of a dataset stands beside the promise; of one that it lacks, nothing."""
    rows = list(add_names([{"dataset": datasets[0]["dataset"]}, {"dataset": "https://a.example/"}],
                          {row["dataset"]: row for row in datasets}))  # fmt: skip
    assert rows[0]["title_zh_hant"] == datasets[0]["title_zh_hant"]
    assert rows[1]["title_zh_hant"] is None
