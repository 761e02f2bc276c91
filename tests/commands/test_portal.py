"""The command `portal`: snapshots from files, and what is refused."""

import json
import os
import signal
import subprocess
import sys

import pytest
from support.commands import run
from support.decided_plans import ORGANISATIONS
from support.portal_servers import PortalServer, portal_server

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
    for _again in range(2):
        # Written again, it still says what it lost.
        assert run("portal", "read", page, "-o", tmp_path / "portal", "--accept-loss").exit_code == 0
        assert read_snapshot(tmp_path / "portal").head.lost == 2


@pytest.mark.parametrize("name", ["in.json", "in.jsonl"])
def test_no_file_to_read_is_written_over(tmp_path, name):
    """Whether the output is named as the head or the lines."""
    page = write_page(tmp_path / "in.json", "abc")
    before = page.read_bytes()
    done = run("portal", "read", page, "-o", tmp_path / name, "--language", "en", "--date", "2025-01-01")
    assert (done.exit_code, page.read_bytes()) == (2, before)
    assert "one of the files to read" in done.output


@pytest.mark.parametrize("damage", [b"\x1f\x8b", b"{}\n"])
def test_a_damaged_snapshot_is_replaced_only_when_asked(tmp_path, damage):
    """Nobody can say what is missing; whoever makes it again says so, and what is there stays otherwise."""
    page, packed = write_page(tmp_path / "en-2025-08.json", "abc"), tmp_path / "portal" / "2025-08.jsonl.gz"
    assert run("portal", "read", page, "-o", tmp_path / "portal").exit_code == 0
    packed.write_bytes(damage)
    done = run("portal", "read", page, "-o", tmp_path / "portal")
    assert (done.exit_code, packed.read_bytes()) == (3, damage)
    assert "repeat with --accept-loss" in done.output
    assert run("portal", "read", page, "-o", tmp_path / "portal", "--accept-loss").exit_code == 0
    assert len(read_snapshot(tmp_path / "portal").records) == 3


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
    for name in ("fetch", "read", "show"):
        done = run("portal", name, "--help")
        assert f"Example:\n    dcat-hk portal {name} " in done.output
        assert "Exit codes: 0 success" in done.output


def packages(count):
    """Return packages of the portal in three languages."""
    titles = {"en": "Piers", "tc": "碼頭位置", "sc": "码头位置"}
    return {
        language: [{"name": f"hk-hkpf-{number:02}", "title": f"{title} {number}"} for number in range(count)]
        for language, title in titles.items()
    }


def fetch(address, folder, *options):
    """Run the command against a server."""
    environment = {"DCAT_HK_PORTAL": address, "DCAT_HK_PORTAL_PAUSE": "0"}
    return run("portal", "fetch", "--no-lists", "--rows", 5, "-o", folder, *options, env=environment)


def test_the_portal_is_fetched(tmp_path):
    """The hosts of the settings are asked; busy answers are told, and the snapshot is whole."""
    with portal_server(PortalServer(packages(12), {2: "busy", 5: "page"})) as address:
        done = fetch(address, tmp_path / "portal", "--date", "2026-11-30")
    assert done.exit_code == 0, done.output
    assert done.output.count("Asked again in") == 2
    assert "12 records of 2026-11-30, in en, zh-Hant, zh-Hans." in done.output
    assert sorted(path.name for path in (tmp_path / "portal").iterdir()) == ["2026-11-30.json", "2026-11-30.jsonl.gz"]
    snapshot = read_snapshot(tmp_path / "portal")
    assert snapshot.head.complete
    assert snapshot.records["hk-hkpf-03"].titles["zh-Hans"] == "码头位置 3"


def test_a_run_that_was_killed_is_gone_on_with(tmp_path):
    """What was fetched before is not asked for again, and the snapshot is that of a run that was not killed."""
    environment = {**os.environ, "DCAT_HK_PORTAL_PAUSE": "0"}
    options = ["--no-lists", "--rows", "5", "--date", "2026-11-30", "-o", "killed"]
    command = [sys.executable, "-m", "dcat_hk", "portal", "fetch", *options]
    processes = []

    def kill(handler, _body):
        """Kill who asks."""
        processes[0].kill()
        processes[0].wait()
        handler.close_connection = True

    server = PortalServer(packages(12), {5: kill})
    with portal_server(server) as address:
        environment["DCAT_HK_PORTAL"] = address
        processes.append(subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.DEVNULL))
        assert processes[0].wait(60) == -signal.SIGKILL
        assert not list((tmp_path / "killed").glob("2026*"))
        assert len(server.paths) == 5
        done = fetch(address, tmp_path / "killed", "--date", "2026-11-30")
        assert done.exit_code == 0, done.output
        assert len(server.paths) == 5 + 5
        assert fetch(address, tmp_path / "whole", "--date", "2026-11-30").exit_code == 0
    for path in (tmp_path / "whole").iterdir():
        assert path.read_bytes() == (tmp_path / "killed" / path.name).read_bytes()


def test_a_portal_that_gives_nothing_is_told(tmp_path):
    """The exit code is 3, nothing is written, and what is there already is kept for the next run."""
    with portal_server(PortalServer(packages(12), {3: "gone"})) as address:
        done = fetch(address, tmp_path / "portal")
    assert done.exit_code == 3
    assert "the server answers 404" in done.output
    assert "run the same command again" in done.output
    assert [path.name for path in (tmp_path / "portal").iterdir()] == [".portal-fetch"]


def test_a_loss_is_refused_before_anything_is_written(tmp_path):
    """What was fetched is kept: who accepts the loss need not fetch it again."""
    with portal_server(PortalServer(packages(12))) as address:
        assert fetch(address, tmp_path / "portal", "--date", "2026-10-30").exit_code == 0
    server = PortalServer(packages(7))
    with portal_server(server) as address:
        refused = fetch(address, tmp_path / "portal", "--date", "2026-11-30")
        assert (refused.exit_code, "5 of the 12 records" in refused.output) == (3, True)
        asked = len(server.paths)
        assert fetch(address, tmp_path / "portal", "--date", "2026-11-30", "--accept-loss").exit_code == 0
        assert len(server.paths) == asked
    assert read_snapshot(tmp_path / "portal").head.lost == 5


@pytest.mark.parametrize(
    ("options", "address", "told"),
    [
        (["--languages", "fr"], "https://portal.example/", "“fr” is no language"),
        (["--date", "yesterday"], "https://portal.example/", "no date of a snapshot"),
        ([], "", "setting"),
        ([], "ftp://portal.example/", "portal"),
        (["--pause", "-1"], "https://portal.example/", "--pause"),
        (["--rows", "0"], "https://portal.example/", "--rows"),
    ],
)
def test_what_cannot_be_fetched_is_refused(tmp_path, options, address, told):
    """Before anything is asked for."""
    config = tmp_path / "dcat-hk.toml"
    config.write_text(f'portal = "{address}"\n', encoding="utf-8")
    done = run("portal", "fetch", "-o", tmp_path / "portal", "--config", config, *options)
    assert (done.exit_code, told in done.output) == (2, True), done.output
    assert not (tmp_path / "portal").exists()


def test_the_day_is_that_in_the_name_of_the_snapshot(tmp_path):
    """Files whose names say nothing are of the day that the snapshot is called after."""
    page = write_page(tmp_path / "answer.json", "abc")
    done = run("portal", "read", page, "-o", tmp_path / "hsd-2023-01.jsonl.gz")
    assert done.exit_code == 0, done.output
    assert read_snapshot(tmp_path / "hsd-2023-01").head.date == "2023-01"


@pytest.mark.parametrize("where", ["plans/decisions", "elsewhere"])
def test_bodies_that_people_added_are_known(tmp_path, where):
    """They are looked for beside the folder of links, or where the option says, as with plans."""
    page = tmp_path / "en-2025-09.json"
    page.write_text(json.dumps([{"name": "hk-kite-winds", "title": "Winds"}]), encoding="utf-8")
    (tmp_path / "plans").mkdir()
    output = tmp_path / "plans/links/portal"
    assert "portal-no-provider" in run("portal", "read", page, "-o", output).stderr
    (tmp_path / where).mkdir()
    (tmp_path / where / "organisations.toml").write_text(ORGANISATIONS, encoding="utf-8")
    options = ["--decisions", tmp_path / where] if where == "elsewhere" else []
    done = run("portal", "read", page, "-o", output, *options)
    assert (done.exit_code, "-provider" in done.stderr) == (0, False), done.output
    assert read_snapshot(output).records["hk-kite-winds"].provider == "hk-kite"
    (tmp_path / where / "organisations.toml").write_text("a =", encoding="utf-8")
    assert run("portal", "read", page, "-o", output, *options).exit_code == 3
