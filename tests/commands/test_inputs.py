"""Reading the inputs of `parse` and `lint`."""

import pytest
from support.mappings import TABS
from support.plan_texts import as_tabs

from dcat_hk.commands.inputs import read_inputs
from dcat_hk.core.errors import UsageError


@pytest.fixture
def folder(tmp_path):
    """Return a folder with a letter and two plans."""
    (tmp_path / "a.txt").write_text("Dear Sir", encoding="utf-8")
    for name in ("b.txt", "c.txt"):
        (tmp_path / name).write_text(as_tabs(TABS), encoding="utf-8")
    return tmp_path


def test_an_input_that_is_no_plan_is_reported_and_the_others_are_read(folder, capsys):
    """The exit code is that of the error, and standard output stays free for what is read."""
    readings, exit_code = read_inputs([folder], None)
    assert [reading.document.name for reading in readings] == ["b.txt", "c.txt"]
    assert exit_code == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("Error: a.txt: ")


def test_documents_that_are_no_plans_can_be_asked_for(folder, capsys):
    """The ledger of any document can be looked at, so that being no plan is no error then."""
    readings, exit_code = read_inputs([folder], None, only_plans=False)
    assert [len(readings), exit_code] == [3, 0]
    assert capsys.readouterr().err == ""


def test_limits_come_from_the_settings(folder, tmp_path, capsys):
    """A file that exceeds a limit of the settings file is reported by the limit."""
    config = tmp_path / "dcat-hk.toml"
    config.write_text("[limits]\nsize = 10\n", encoding="utf-8")
    readings, exit_code = read_inputs([folder / "b.txt"], config)
    assert (readings, exit_code) == ([], 3)
    assert "10" in capsys.readouterr().err


def test_no_input_is_wrong_usage(tmp_path):
    """An empty folder is not silently nothing."""
    with pytest.raises(UsageError, match="no file to read"):
        read_inputs([tmp_path], None)
