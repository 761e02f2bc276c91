"""Reading the inputs of `parse` and `lint`."""

import pytest
from support.mappings import TABS
from support.plan_texts import as_tabs

from dcat_hk.commands.inputs import read_documents, read_inputs
from dcat_hk.core.caching import NO_CACHE, Cache
from dcat_hk.core.decisions import NO_DECISIONS
from dcat_hk.core.errors import UsageError
from dcat_hk.core.settings import Settings


@pytest.fixture
def folder(tmp_path):
    """Return a folder with a letter and two plans."""
    (tmp_path / "a.txt").write_text("Dear Sir", encoding="utf-8")
    for name in ("b.txt", "c.txt"):
        (tmp_path / name).write_text(as_tabs(TABS), encoding="utf-8")
    return tmp_path


def test_an_input_that_is_no_plan_is_reported_and_the_others_are_read(folder, capsys):
    """The exit code is that of the error, and standard output stays free for what is read."""
    readings, exit_code = read_inputs([folder], Settings(), NO_CACHE, NO_DECISIONS)
    assert [reading.name for reading in readings] == ["b.txt", "c.txt"]
    assert exit_code == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("Error: a.txt: ")


def test_documents_that_are_no_plans_can_be_asked_for(folder, capsys):
    """The ledger of any document can be looked at, so that being no plan is no error then."""
    readings, exit_code = read_documents([folder], Settings(), NO_DECISIONS)
    assert [len(readings), exit_code] == [3, 0]
    assert capsys.readouterr().err == ""


def test_limits_come_from_the_settings(folder, capsys):
    """A file that exceeds a limit of the settings is reported by the limit."""
    readings, exit_code = read_inputs([folder / "b.txt"], Settings(limits={"size": 10}), NO_CACHE, NO_DECISIONS)
    assert (readings, exit_code) == ([], 3)
    assert "10" in capsys.readouterr().err


def test_no_input_is_wrong_usage(tmp_path):
    """An empty folder is not silently nothing."""
    with pytest.raises(UsageError, match="no file to read"):
        read_inputs([tmp_path], Settings(), NO_CACHE, NO_DECISIONS)


def test_what_was_read_once_is_not_read_again(folder, tmp_path_factory, monkeypatch, capsys):
    """A second run has the same readings and refusals without reading any file."""
    cache = tmp_path_factory.mktemp("cache")
    first = read_inputs([folder], Settings(), Cache(cache), NO_DECISIONS)
    told = capsys.readouterr().err
    monkeypatch.setattr("dcat_hk.build.read.read_data", None)
    assert read_inputs([folder], Settings(), Cache(cache), NO_DECISIONS) == first
    assert capsys.readouterr().err == told
