"""`dcat-hk profiles`, and `dcat-hk validate` with profiles of a folder."""

import json

import pytest
from support.commands import run

SHAPES = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
<urn:s> a sh:NodeShape ; sh:targetClass dcat:Dataset ; sh:property [ sh:path dcat:theme ; sh:class skos:Concept ] .
"""
CODES = "<urn:buses> a <http://www.w3.org/2004/02/skos/core#Concept> ."
DATA = """@prefix dcat: <http://www.w3.org/ns/dcat#> .
<urn:a> a dcat:Dataset ; dcat:theme <urn:%s> .
"""


@pytest.fixture
def folder(tmp_path):
    """Return a folder with a profile that has a code list."""
    place = tmp_path / "profiles/bus"
    place.mkdir(parents=True)
    (place / "shapes.ttl").write_text(SHAPES, encoding="utf-8")
    (place / "codes.ttl").write_text(CODES, encoding="utf-8")
    text = 'about = "Catalogues of buses."\nshapes = ["shapes.ttl"]\nbackground = ["codes.ttl"]\n'
    (place / "profile.toml").write_text(text, encoding="utf-8")
    (tmp_path / "dcat-hk.toml").write_text('profiles = "profiles"\n', encoding="utf-8")
    return tmp_path


def write(folder, theme):
    """Write a dataset with a theme."""
    path = folder / "data.ttl"
    path.write_text(DATA % theme, encoding="utf-8")
    return path


def test_profiles_are_listed_as_text_and_json(folder):
    """Those of dcat-hk and those of the folder, with what each is for in the language asked for."""
    listed = run("profiles", "--profiles", folder / "profiles")
    assert listed.exit_code == 0
    assert all(text in listed.stdout for text in ("dcat-ap-hk", "bus", "Catalogues of buses."))
    listed = run("profiles", "--config", folder / "dcat-hk.toml", "--format", "json", "--lang", "zh-HK")
    assert [profile["name"] for profile in json.loads(listed.stdout)] == ["dcat-ap", "dcat-ap-hk", "bus"]
    assert "目錄" in json.loads(listed.stdout)[0]["about"]


def test_the_folder_of_the_settings_is_relative_to_their_file(folder, monkeypatch, tmp_path_factory):
    """The settings file is found in the working folder, or named from elsewhere."""
    monkeypatch.chdir(folder)
    assert "Catalogues of buses." in run("profiles").stdout
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert "Catalogues of buses." not in run("profiles").stdout
    assert "Catalogues of buses." in run("profiles", "--config", folder / "dcat-hk.toml").stdout


def test_validate_knows_a_profile_of_the_folder(folder):
    """Its shapes are applied, its code list is known, and the report says so."""
    options = ("--profiles", folder / "profiles", "--profile", "bus")
    sound = run("validate", *options, write(folder, "buses"))
    assert sound.exit_code == 0, sound.output
    assert "Known beside the data, and not validated: a file of the profile bus." in sound.stderr
    wrong = run("validate", *options, "--format", "json", write(folder, "nothing"))
    assert wrong.exit_code == 4
    assert json.loads(wrong.stdout)["profile"] == "bus"


def test_an_unknown_profile_is_wrong_usage(folder):
    """The nearest name is proposed, and the names are listed."""
    done = run("validate", "--profiles", folder / "profiles", "--profile", "buss", write(folder, "buses"))
    assert done.exit_code == 2
    assert "Did you mean bus? The profiles are dcat-ap, dcat-ap-hk, bus." in done.stderr


def test_a_broken_profile_names_file_and_key(folder):
    """A profile that cannot be used ends with exit code 3."""
    (folder / "profiles/bus/profile.toml").write_text('about = "x"\nshapes = ["gone.ttl"]\n', encoding="utf-8")
    for command in (("validate", "--profile", "bus", write(folder, "buses")), ("profiles",)):
        done = run(*command, "--profiles", folder / "profiles")
        assert done.exit_code == 3
        assert "bus/profile.toml: The key “shapes” names “gone.ttl”, which is not there." in done.stderr


def test_a_profile_that_extends_dcat_ap_applies_its_shapes(folder):
    """The shapes of dcat-ap are applied together with those of the profile, under the base of the catalogue."""
    text = 'about = "x"\nextends = ["dcat-ap"]\nbackground = ["codes.ttl"]\n'
    (folder / "profiles/bus/profile.toml").write_text(text, encoding="utf-8")
    done = run("validate", "--profiles", folder / "profiles", "--profile", "bus", write(folder, "buses"))
    own = run("validate", "--profile", "dcat-ap", write(folder, "buses"))
    assert done.exit_code == own.exit_code == 4
    assert "dcat:Dataset" in own.stdout or "title" in own.stdout
    assert "title" in done.stdout


def test_the_wider_of_our_profiles_is_applied(folder):
    """A profile that extends both of ours has the rules of both, each once."""
    data = write(folder, "buses")
    counts = {}
    for names in ('"dcat-ap"', '"dcat-ap-hk"', '"dcat-ap", "dcat-ap-hk"'):
        (folder / "profiles/x.toml").write_text(f'about = "x"\nextends = [{names}]\n', encoding="utf-8")
        done = run("validate", "--profiles", folder / "profiles", "--profile", "x", "--format", "json", data)
        counts[names] = len(json.loads(done.stdout)["results"])
    assert counts['"dcat-ap"'] < counts['"dcat-ap-hk"'] == counts['"dcat-ap", "dcat-ap-hk"']
