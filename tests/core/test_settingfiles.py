"""Settings files and variables: what can lie under the name of a settings file, and what variables there can be."""

import contextlib
import os
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dcat_hk.core.errors import DcatHkError, NotReadable, UsageError
from dcat_hk.core.languages import COMMAND_LANGUAGES
from dcat_hk.core.settingfiles import (
    FILE,
    find_settings_file,
    read_asked_language,
    read_settings_file,
    read_variables,
    unknown_setting,
    variable_of,
)
from dcat_hk.core.settings import setting_types

KEYS = list(setting_types())


def read(path, data):
    """Return the settings of a file with these bytes."""
    path.write_bytes(data)
    return read_settings_file(path, KEYS)


def test_a_byte_order_mark_is_passed_over(tmp_path):
    """Editors of Windows write one."""
    assert read(tmp_path / "a.toml", b'\xef\xbb\xbfscript = "Hant"\r\n') == {"script": "Hant"}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xff\xfes\x00", "not UTF-8: line 1"),
        ('script = "Hant"\ntitle = "計'.encode("big5"), "not UTF-8: line 2"),
        (b"script = ", "not valid TOML in line 1"),
        (b'\n\nscript = "Hant" x', "in line 3: Expected newline"),
        (b"a = 1\na = 2", "in line 2"),
        (b"x = " + b"[" * 100_000, "nested too deeply"),
        (b"x = " + b"9" * 5_000, "too long"),
        (b"#" * 1_000_001, "more than 1,000,000 bytes"),
        (b"\0", "not valid TOML"),
    ],
)
def test_a_file_that_is_no_toml_is_refused(tmp_path, data, said):
    """Whatever the bytes are, the error names the file and the line, in every language."""
    with pytest.raises(NotReadable, match=r"my\.toml: ") as caught:
        read(tmp_path / "my.toml", data)
    assert said in str(caught.value)
    assert len({caught.value.tell(language) for language in COMMAND_LANGUAGES}) == 3


def test_what_is_no_file_is_refused(tmp_path):
    """A folder, a pipe, a socket, a device without end and a name that cannot be are no settings; nobody waits."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "socket"))
        names = [tmp_path, tmp_path / "pipe", tmp_path / "socket", tmp_path / "loop", tmp_path / "none"]
        for path in [*names, Path("/dev/zero"), Path("a\0b"), tmp_path / ("n" * 5_000)]:
            with pytest.raises(NotReadable):
                read_settings_file(path, KEYS)
    assert read_settings_file(Path(os.devnull), KEYS) == {}


def test_a_file_that_may_not_be_read_is_refused(tmp_path, monkeypatch):
    """The reason of the system is told."""
    (tmp_path / "a.toml").write_text("")

    def refuse(*_args, **_options):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(NotReadable, match="Permission denied") as caught:
        read_settings_file(tmp_path / "a.toml", KEYS)
    assert "沒有權限" in caught.value.tell("zh-Hant")


def test_a_folder_or_a_broken_link_of_the_name_is_not_passed_over(tmp_path, monkeypatch):
    """Who has something called dcat-hk.toml is told that it is not read."""
    monkeypatch.chdir(tmp_path)
    assert find_settings_file(None) is None
    (tmp_path / FILE).symlink_to("gone.toml")
    with pytest.raises(NotReadable):
        read_settings_file(find_settings_file(None), KEYS)


def test_underscores_are_hyphens_but_not_twice(tmp_path):
    """Both spellings of a key count; both at once contradict one another."""
    assert read(tmp_path / "a.toml", b'base_iri = "x"') == {"base-iri": "x"}
    with pytest.raises(UsageError, match="twice"):
        read(tmp_path / "a.toml", b'base_iri = "x"\nbase-iri = "y"')


@pytest.mark.parametrize(
    ("name", "near"),
    [("base-irl", "base-iri"), ("baseiri", "base-iri"), ("lang", "language"), ("limit", "limits"), ("job", "jobs")],
)
def test_a_slip_of_a_key_gets_the_right_one_suggested(tmp_path, name, near):
    """The nearest key is named; where none is near, all are."""
    with pytest.raises(UsageError, match=f"Did you mean “{near}”"):
        read(tmp_path / "a.toml", f"{name} = 1".encode())
    with pytest.raises(UsageError, match="The settings are base-iri, cache"):
        read(tmp_path / "a.toml", b"zzzzzz = 1")


def test_an_unknown_variable_is_refused_and_those_of_stores_are_not():
    """A slip in the name of a variable would build under the wrong base IRI in silence."""
    with pytest.raises(UsageError, match="Did you mean DCAT_HK_BASE_IRI"):
        read_variables({"DCAT_HK_BASE_IR": "x"}, KEYS)
    with pytest.raises(UsageError, match="DCAT_HK_QQQQ"):
        read_variables({"DCAT_HK_QQQQ": "x"}, KEYS)
    assert read_variables({"DCAT_HK_TOKEN": "x", "DCAT_HK_USER": "y", "DCAT_HK_QQQQ": ""}, KEYS) == {}
    assert {variable_of(key) for key in KEYS} >= {"DCAT_HK_RDF_LIMITS", "DCAT_HK_JOBS"}


@given(st.text())
def test_any_name_has_an_error_in_every_language(name):
    """What is not printable is not printed."""
    error = unknown_setting("settings.unknown", "a.toml", name, KEYS)
    assert all(error.tell(language).isprintable() for language in COMMAND_LANGUAGES)


@given(st.binary(max_size=200))
def test_any_bytes_are_settings_or_an_error(tmp_path_factory, data):
    """Nothing but an error of dcat-hk is raised."""
    path = tmp_path_factory.getbasetemp() / "any.toml"
    with contextlib.suppress(DcatHkError):
        read(path, data)
    assert isinstance(read_asked_language(path), str)
