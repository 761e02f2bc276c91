"""`dcat-hk cache`: shows how much is kept and removes it, and nothing else."""

import json

import pytest
from support.commands import run
from support.paths import SEEDS


def test_what_is_kept_is_shown_and_cleared(tmp_path):
    """A command that reads leaves an entry for each file; clearing leaves none, and other files as they are."""
    folder = tmp_path / "c"
    assert run("lint", SEEDS, "--cache", folder).exit_code == 0
    (folder / "mine.txt").write_text("mine", encoding="utf-8")
    shown = json.loads(run("cache", "show", "--cache", folder, "--format", "json").stdout)
    assert (shown["folder"], shown["entries"]) == (str(folder), 5)
    assert f"{folder}: 5 entries, {shown['bytes']:,} bytes." in run("cache", "show", "--cache", folder).stdout
    assert "5 entries" in run("cache", "clear", "--cache", folder).stdout
    assert "0 entries, 0 bytes." in run("cache", "show", "--cache", folder).stdout
    assert [path.name for path in folder.iterdir() if path.is_file()] == ["mine.txt"]


def test_a_folder_that_cannot_be_one_is_told(tmp_path):
    """Where no cache can be, the command says so."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = run("cache", "show", "--cache", tmp_path / "file")
    assert (done.exit_code, "There is no cache." in done.stderr) == (2, True)


def test_commands_keep_nothing_where_they_are_told_so(tmp_path, monkeypatch):
    """With --no-cache the folder of the user is not made."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    for command in (["lint"], ["parse"], ["reconcile"], ["build", "-o", tmp_path / "out", "--skip-validation"]):
        assert run(*command, SEEDS, "--no-cache").exit_code == 0
        assert not (tmp_path / "dcat-hk").exists()
    assert run("lint", SEEDS).exit_code == 0
    assert (tmp_path / "dcat-hk").is_dir()


def test_a_cache_among_the_plans_is_none_of_them(tmp_path):
    """The second run reads what the first one read, and nothing that it kept."""
    plan = tmp_path / "a.txt"
    plan.write_bytes(min(SEEDS.glob("*.txt")).read_bytes())
    first, second = (run("lint", tmp_path, "--cache", tmp_path / "kept") for _run in range(2))
    assert (first.exit_code, first.stdout) == (second.exit_code, second.stdout)


def test_none_is_no_cache_as_an_option_too(tmp_path, monkeypatch):
    """As for the setting, it is not the name of a folder."""
    monkeypatch.chdir(tmp_path)
    assert run("lint", SEEDS, "--cache", "none").exit_code == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("language", "size"), [("zh-Hant", "0個項目，0位元組。"), ("zh-Hans", "0个项目，0字节。")])
def test_the_size_is_told_in_the_language_asked_for(tmp_path, language, size):
    """So it is by show and by clear."""
    assert run("cache", "show", "--cache", tmp_path, "--lang", language).stdout == f"{tmp_path}: {size}\n"
    assert size in run("cache", "clear", "--cache", tmp_path, "--lang", language).stdout


def test_looking_makes_no_folder(tmp_path):
    """A cache that is not there is empty, and stays away; so it is after clearing."""
    missing = tmp_path / "none" / "cache"
    for action in ("show", "clear"):
        done = run("cache", action, "--cache", missing, "--format", "json")
        assert json.loads(done.stdout) == {"folder": str(missing), "entries": 0, "bytes": 0}
    assert not missing.parent.exists()
