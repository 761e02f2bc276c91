"""The command `portal`: snapshots from files, and what is refused."""

import json

import pytest
from support.commands import run

from dcat_hk.portal.snapshots import read_snapshot


def write_page(path, slugs, count=None):
    """Write an answer of package_search with records of the police."""
    packages = [{"name": f"hk-hkpf-{slug}", "title": f"Piers {slug}"} for slug in slugs]
    result = {"count": len(packages) if count is None else count, "results": packages}
    path.write_text(json.dumps({"success": True, "result": result}), encoding="utf-8")
    return path


@pytest.mark.parametrize("output", ["portal", "portal/2025-09", "portal/2025-09.jsonl.gz", "portal/2025-09.json"])
def test_a_snapshot_is_written_where_it_is_wanted(tmp_path, output):
    """A folder gets a snapshot that is named after its day."""
    done = run("portal", "read", write_page(tmp_path / "en-2025-09.json", "abc"), "-o", tmp_path / output)
    assert done.exit_code == 0, done.output
    assert "3 records of 2025-09, in en." in done.output
    assert sorted(path.name for path in (tmp_path / "portal").iterdir()) == ["2025-09.json", "2025-09.jsonl.gz"]
    assert read_snapshot(tmp_path / "portal").head.complete


def test_the_same_files_give_the_same_bytes(tmp_path):
    """A second run changes nothing, and quiet runs say nothing."""
    page = write_page(tmp_path / "en-2025-09.json", "abc")
    written = []
    for _run in range(2):
        done = run("portal", "read", page, "-o", tmp_path / "s.jsonl.gz", "--quiet")
        assert (done.exit_code, done.output) == (0, "")
        written.append([path.read_bytes() for path in sorted(tmp_path.glob("s.*"))])
    assert written[0] == written[1]


def test_a_page_that_is_lost_makes_an_incomplete_snapshot(tmp_path):
    """It is told with its code, the exit code is 4, and what was read is kept."""
    pages = [write_page(tmp_path / "en-2025-09-0.json", "ab", 4), tmp_path / "en-2025-09-1.json"]
    pages[1].write_text("<html>busy</html>", encoding="utf-8")
    done = run("portal", "read", *pages, "-o", tmp_path / "s.jsonl.gz")
    assert done.exit_code == 4
    assert "[portal-web-page]" in done.output
    assert "[portal-count-not-reached]" in done.output
    assert "marked as incomplete" in done.output
    snapshot = read_snapshot(tmp_path / "s")
    assert (len(snapshot.records), snapshot.head.complete) == (2, False)


def test_a_snapshot_that_lost_more_than_a_tenth_is_not_written(tmp_path):
    """The one before stays; whoever accepts the loss has it noted in the head."""
    before = run("portal", "read", write_page(tmp_path / "en-2025-08.json", "abcdefghij"), "-o", tmp_path / "portal")
    assert before.exit_code == 0
    page = write_page(tmp_path / "en-2025-09.json", "abcdefgh")
    done = run("portal", "read", page, "-o", tmp_path / "portal")
    assert done.exit_code == 3
    assert "2 of the 10 records of 2025-08 are missing" in done.output
    assert len(list((tmp_path / "portal").iterdir())) == 2
    assert run("portal", "read", page, "-o", tmp_path / "portal", "--accept-loss").exit_code == 0
    assert read_snapshot(tmp_path / "portal").head.lost == 2


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["none.json"], 3, "cannot be read"),
        (["page.html"], 3, "This is a web page"),
        (["undated.json"], 3, "state a date"),
        (["undated.json", "--date", "2025-13"], 2, "no date of a snapshot"),
        (["undated.json", "--date", "2025-09", "--language", "xx"], 2, "--language"),
        (["en-2025-08.json", "en-2025-09.json"], 2, "different days"),
    ],
)
def test_what_cannot_be_used_is_refused(tmp_path, monkeypatch, arguments, code, told):
    """Where, why and what to do; nothing is written."""
    monkeypatch.chdir(tmp_path)
    for name in ("undated.json", "en-2025-08.json", "en-2025-09.json"):
        write_page(tmp_path / name, "abc")
    (tmp_path / "page.html").write_text("<html>", encoding="utf-8")
    done = run("portal", "read", *arguments, "-o", "s.jsonl.gz")
    assert (done.exit_code, told in done.output) == (code, True), done.output
    assert not list(tmp_path.glob("s.*"))


def test_language_and_date_can_be_given(tmp_path):
    """Files that say neither get both."""
    path = tmp_path / "list.json"
    path.write_text(json.dumps([{"name": "hk-hkpf-a", "title": "天文"}]), encoding="utf-8")
    assert (
        run("portal", "read", path, "--date", "2025-09-13", "--language", "zh-HK", "-o", tmp_path / "s").exit_code == 0
    )
    snapshot = read_snapshot(tmp_path / "s")
    assert (snapshot.head.date, snapshot.records["hk-hkpf-a"].titles) == ("2025-09-13", {"zh-Hant": "天文"})


def test_records_are_shown(tmp_path):
    """All of them or some, as a table or as JSON; one that is not there is named with the most similar one."""
    run("portal", "read", write_page(tmp_path / "en-2025-09.json", "abc"), "-o", tmp_path / "s.jsonl.gz")
    shown = run("portal", "show", tmp_path / "s.jsonl.gz").stdout
    assert "2025-09: 3 records, in en; complete." in shown
    assert "hk-hkpf-c" in shown
    done = run("portal", "show", tmp_path / "s", "hk-hkpf-b", "--format", "json", "-o", tmp_path / "b.json")
    assert done.exit_code == 0
    found = json.loads((tmp_path / "b.json").read_bytes())
    assert ([one["slug"] for one in found["records"]], found["head"]["records"]) == (["hk-hkpf-b"], 3)
    missing = run("portal", "show", tmp_path / "s", "hk-hkpf-bb")
    assert missing.exit_code == 2
    assert "“hk-hkpf-b”" in missing.output
    assert run("portal", "show", tmp_path / "none").exit_code == 3


def test_every_part_of_the_command_explains_itself():
    """Its parts have examples and exit codes as commands have."""
    for name in ("read", "show"):
        done = run("portal", name, "--help")
        assert f"Example:\n    dcat-hk portal {name} " in done.output
        assert "Exit codes: 0 success" in done.output
