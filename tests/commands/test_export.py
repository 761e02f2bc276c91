"""`dcat-hk export`: files, standard output and filters that leave nothing."""

import json

import pytest
from support.commands import run

from dcat_hk.build.exporting import TABLE_FORMATS
from dcat_hk.catalogue.publishing.export import SYNTAXES
from dcat_hk.commands.cli import main


def test_the_command_writes_to_a_file_or_a_pipe(catalogue, tmp_path):
    """-o writes a file as a whole; without it the text goes to standard output."""
    path = tmp_path / "x.csv"
    assert run("export", "--format", "csv", "--from", catalogue, "-o", path).exit_code == 0
    done = run("export", "--format", "csv", "--from", catalogue)
    assert path.read_bytes() == done.stdout_bytes
    assert [p.name for p in tmp_path.iterdir()] == ["x.csv"]


def test_every_syntax_is_a_choice_of_the_command():
    """The choices of --format are the syntaxes there are."""
    (option,) = [p for p in main.commands["export"].params if p.name == "format_name"]
    assert set(option.type.choices) == {*SYNTAXES, *TABLE_FORMATS, "schema"}


@pytest.mark.parametrize("wanted", [["--plan", "hk-hkpf/1999-2001"], ["--organisation", "nobody"]])
def test_nothing_left_is_told(catalogue, wanted):
    """Filters that leave nothing are wrong usage, not an empty file."""
    done = run("export", "--from", catalogue, *wanted)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "No dataset is left." in done.stderr


def test_a_folder_without_catalogue_is_told(tmp_path):
    """Export and explain say what to do where nothing was published."""
    for arguments in (["export", "--from", tmp_path], ["explain", "catalogue", "--from", tmp_path]):
        done = run(*arguments)
        assert done.exit_code == 3
        assert "Run dcat-hk build first." in done.stderr


def test_a_file_is_announced_unless_quiet(catalogue, tmp_path):
    """Size and format of the file are told on standard error; --quiet tells nothing."""
    arguments = ["export", "--from", catalogue, "--plan", "hk-hkpf/2024-2026", "-o", tmp_path / "x.ttl"]
    done = run(*arguments)
    size = (tmp_path / "x.ttl").stat().st_size
    assert f"{size:,} bytes of turtle" in done.stderr
    assert run(*arguments, "-q").output == ""


def test_datasets_are_framed_as_json_ld_only(catalogue):
    """--framed gives trees with names in them, and is wrong usage with any other format."""
    done = run("export", "--from", catalogue, "--format", "jsonld", "--framed", "--stage", "planned")
    datasets = json.loads(done.stdout)["@graph"]
    assert len(datasets) == 40
    assert all("name" in one["publisher"] and "prefLabel" in one["status"] for one in datasets)
    other = run("export", "--from", catalogue, "--framed")
    assert (other.exit_code, other.stdout) == (2, "")
    assert "--format jsonld" in other.stderr
