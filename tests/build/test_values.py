"""What Python programs pass, in any of its usual forms."""

from pathlib import Path

import pytest

from dcat_hk.build.values import limits_from, paths_of, settings_of
from dcat_hk.core.errors import UsageError
from dcat_hk.core.limits import Limits
from dcat_hk.core.settings import Settings


def test_none_is_what_the_command_line_uses(tmp_path, monkeypatch):
    """The settings file of the working folder, put under what is given."""
    monkeypatch.chdir(tmp_path)
    assert settings_of(None) == Settings()
    Path("dcat-hk.toml").write_text('base-iri = "https://data.example/"\nscript = "Hant"\n', encoding="utf-8")
    assert settings_of(None).base_iri == "https://data.example/"
    assert settings_of({"base_iri": "https://other.example/"}).script == "Hant"
    assert settings_of(Settings()) == Settings()


def test_limits_are_put_over_those_of_the_settings():
    """One by one; a value stands for itself."""
    settings = Settings(limits={"pages": 3, "lines": 5})
    limits = limits_from({"pages": 4}, settings)
    assert (limits.pages, limits.lines) == (4, 5)
    assert limits_from(Limits(pages=1), settings) == Limits(pages=1)
    assert limits_from(None, settings).pages == 3
    with pytest.raises(UsageError):
        limits_from({"pages": -1}, settings)


def test_names_of_files_are_paths():
    """One or several."""
    assert paths_of("a") == paths_of([Path("a")]) == paths_of(iter(["a"])) == [Path("a")]
