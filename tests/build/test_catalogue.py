"""A build as one call."""

import pytest
from support.commands import run
from support.paths import SEEDS

from dcat_hk.build import build_catalogue
from dcat_hk.core.errors import NotReadable, UsageError
from dcat_hk.core.settings import Settings

POLICE = next(SEEDS.glob("004*"))


def contents(folder):
    """Return the files of a folder by name."""
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_folder_is_that_of_the_command(tmp_path):
    """Byte for byte."""
    result = build_catalogue(str(SEEDS), str(tmp_path / "api"), jobs=1)
    assert repr(result) == "<BuildResult published, 5 inputs, 0 refused>"
    assert run("build", SEEDS, "-o", tmp_path / "cli", "-q").exit_code == 0
    assert contents(tmp_path / "api") == contents(tmp_path / "cli")


@pytest.mark.parametrize("form", ["value", "table", "file"])
def test_settings_come_in_any_form(tmp_path, form):
    """As a value, as a table, as a file."""
    file = tmp_path / "settings.toml"
    file.write_text('base-iri = "https://data.example/"\n', encoding="utf-8")
    given = {
        "value": Settings(base_iri="https://data.example/"),
        "table": {"base-iri": "https://data.example/"},
        "file": str(file),
    }[form]
    assert build_catalogue([POLICE], tmp_path / "output", given, jobs=1, validated=False).published
    assert "@base <https://data.example/>" in (tmp_path / "output/catalogue.ttl").read_text(encoding="utf-8")


def test_mistakes_are_told(tmp_path):
    """A setting that is not known, a file that is not there, a source that is none."""
    with pytest.raises(UsageError, match="no setting “base”"):
        build_catalogue(POLICE, tmp_path / "output", {"base": "x"})
    with pytest.raises(UsageError, match="base-iri"):
        build_catalogue(POLICE, tmp_path / "output", {"base_iri": "x"})
    with pytest.raises(NotReadable):
        build_catalogue(POLICE, tmp_path / "output", tmp_path / "none.toml")
    with pytest.raises(UsageError, match="bytes is not the name"):
        build_catalogue([b"x"], tmp_path / "output")
