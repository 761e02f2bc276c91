"""Profiles by name: what a file may say, what is refused, and what profiles take from one another."""

import re
import tomllib

import pytest
from support.paths import ROOT

from dcat_hk.checking.validating.profile_files import find_profile, list_profiles
from dcat_hk.checking.validating.profiles import PROFILES, ShapesError
from dcat_hk.core.errors import NotReadable, UsageError
from dcat_hk.core.languages import COMMAND_LANGUAGES

ABOUT = 'about = "Catalogues of buses."\n'


def write(folder, name, text, *files):
    """Write a profile and empty files beside it."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    for file in files:
        (path.parent / file).parent.mkdir(parents=True, exist_ok=True)
        (path.parent / file).write_text("", encoding="utf-8")
    return path


def test_the_profiles_of_dcat_hk_are_described_in_every_language():
    """Each profile that comes with the program says what it is for in all languages of the commands."""
    own = list_profiles(None)
    assert [profile.name for profile in own] == [*PROFILES]
    assert [profile.name for profile in own if set(profile.about) != set(COMMAND_LANGUAGES)] == []


def test_a_profile_is_a_file_or_a_folder(tmp_path):
    """The name is that of the file or of the folder; paths are relative to the file, and a star stands for several."""
    write(tmp_path, "bus.toml", ABOUT + 'shapes = ["b.ttl"]\nsource = "https://a.example/"', "b.ttl")
    text = 'about = {en = "Trains.", zh-Hant = "火車。"}\nshapes = ["shapes/*.ttl"]\nbackground = ["codes.rdf"]\n'
    contexts = '[contexts]\n"https://a.example/c" = "c.jsonld"\n'
    write(tmp_path, "train/profile.toml", text + contexts, "shapes/2.ttl", "shapes/1.ttl", "codes.rdf", "c.jsonld")
    (tmp_path / "notes.md").write_text("no profile", encoding="utf-8")
    (tmp_path / "shapes").mkdir()
    bus, train = list_profiles(tmp_path)[2:]
    assert (bus.name, bus.about_in("zh-Hans"), bus.source) == ("bus", "Catalogues of buses.", "https://a.example/")
    assert (train.name, train.about_in("zh-Hant"), train.about_in("en")) == ("train", "火車。", "Trains.")
    assert train.shapes == (tmp_path / "train/shapes/1.ttl", tmp_path / "train/shapes/2.ttl")
    assert train.background == (tmp_path / "train/codes.rdf",)
    assert train.contexts == {"https://a.example/c": tmp_path / "train/c.jsonld"}


def test_a_profile_takes_what_it_extends(tmp_path):
    """Shapes, code lists and contexts of the profiles that are extended come first, each once."""
    write(
        tmp_path,
        "a.toml",
        ABOUT + 'extends = ["dcat-ap"]\nshapes = ["a.ttl"]\nbackground = ["k.ttl"]',
        "a.ttl",
        "k.ttl",
    )
    write(tmp_path, "b.toml", ABOUT + 'extends = ["a"]\nshapes = ["b.ttl"]', "b.ttl")
    write(tmp_path, "c.toml", ABOUT + 'extends = ["a", "b"]\nshapes = ["c.ttl", "a.ttl"]', "c.ttl")
    profile = find_profile("c", tmp_path)
    assert [path.name for path in profile.shapes] == ["a.ttl", "b.ttl", "c.ttl"]
    assert [path.name for path in profile.background] == ["k.ttl"]
    assert profile.extends == ("dcat-ap",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('shapes = ["s.ttl"]', "“about” is missing"),
        (ABOUT, "“shapes” is missing"),
        (ABOUT + 'shapes = "s.ttl"', "“shapes” is not a list of texts"),
        (ABOUT + "shapes = [1]", "“shapes” is not a list of texts"),
        (ABOUT + 'shapes = ["gone.ttl"]', "“shapes” names “gone.ttl”, which is not there"),
        (ABOUT + 'shapes = ["gone/*.ttl"]', "“shapes” names “gone/*.ttl”, which is not there"),
        (ABOUT + 'shapes = ["s.ttl"]\nbackground = ["gone.rdf"]', "“background” names “gone.rdf”"),
        (ABOUT + 'shapes = ["s.ttl"]\ncontexts = ["c"]', "“contexts” is not a table"),
        (ABOUT + 'shapes = ["s.ttl"]\n[contexts]\n"https://a.example/" = "gone"', "“contexts” names “gone”"),
        (ABOUT + 'shapes = ["s.ttl"]\nsource = 1', "“source” is not a text"),
        (ABOUT + 'shape = ["s.ttl"]', "no key “shape”. Did you mean shapes?"),
        ('about = {fr = "x"}\nshapes = ["s.ttl"]', "“about” has the language “fr”"),
        ('about = {en = ""}\nshapes = ["s.ttl"]', "“about.en” is not a text"),
        (ABOUT + 'extends = ["dcat-pa"]', "“dcat-pa”, which is not there. Did you mean dcat-ap?"),
        (ABOUT + 'extends = ["bad"]', "“bad” extends itself"),
        ("about = ", "is not valid TOML"),
    ],
)
def test_a_broken_profile_is_refused_with_its_file_and_key(tmp_path, text, said):
    """Whatever is wrong in a profile is told with the file and the key."""
    path = write(tmp_path, "bad.toml", text, "s.ttl")
    with pytest.raises(ShapesError, match=r"bad\.toml") as caught:
        find_profile("bad", tmp_path)
    assert said in str(caught.value)
    assert caught.value.where == str(path)


def test_a_broken_profile_does_not_disturb_the_others(tmp_path):
    """Only the profile that is asked for, and what it extends, is read."""
    write(tmp_path, "bad.toml", "about = ")
    write(tmp_path, "good.toml", ABOUT + 'shapes = ["g.ttl"]', "g.ttl")
    assert find_profile("good", tmp_path).name == "good"
    assert find_profile("dcat-ap", tmp_path).name == "dcat-ap"


def test_two_profiles_of_one_name_are_refused(tmp_path):
    """Neither a file beside a folder of its name, nor a name that dcat-hk has itself."""
    write(tmp_path, "bus.toml", ABOUT)
    write(tmp_path, "bus/profile.toml", ABOUT)
    with pytest.raises(ShapesError, match="two profiles “bus”"):
        find_profile("bus", tmp_path)
    (tmp_path / "bus.toml").rename(tmp_path / "dcat-ap.toml")
    with pytest.raises(ShapesError, match="two profiles “dcat-ap”"):
        list_profiles(tmp_path)


@pytest.mark.parametrize(("name", "near"), [("DCAT-AP.DE", "dcat-ap.de"), ("dcatap-hk", "dcat-ap-hk"), ("zzz", "")])
def test_an_unknown_name_is_answered_with_the_nearest_and_the_list(tmp_path, name, near):
    """The nearest name, whatever its letters' case, and all names there are."""
    write(tmp_path, "dcat-ap.de.toml", ABOUT)
    with pytest.raises(UsageError) as caught:
        find_profile(name, tmp_path)
    assert f"There is no profile “{name}”." in str(caught.value)
    assert ("Did you mean" in str(caught.value)) is bool(near)
    assert near in str(caught.value)
    assert "The profiles are dcat-ap, dcat-ap-hk, dcat-ap.de." in str(caught.value)


def test_a_folder_that_is_not_there_is_told(tmp_path):
    """A folder that cannot be read is an error, not an empty list."""
    with pytest.raises(NotReadable, match="folder of profiles"):
        list_profiles(tmp_path / "gone")


PAGE = (ROOT / "docs/how-to/validate-national-profiles.md").read_text(encoding="utf-8")
RECIPES = [text.replace("\n    ", "\n") for text in re.findall(r"```toml\n\s*(about.*?)```", PAGE, re.DOTALL)]


@pytest.mark.parametrize("text", RECIPES, ids=range(len(RECIPES)))
def test_the_recipes_of_the_documentation_are_profiles(tmp_path, text):
    """Each recipe can be read as it is printed, if the files that it names are there; there is one for each profile."""
    assert len(RECIPES) >= 10
    stated = tomllib.loads(text)
    names = [*stated["shapes"], *stated.get("background", ()), *stated.get("contexts", {}).values()]
    for extended in stated.get("extends", ()):
        if extended not in PROFILES:
            write(tmp_path, f"{extended}/profile.toml", ABOUT + 'shapes = ["x.ttl"]', "x.ttl")
    write(tmp_path, "recipe.toml", text, *(name.replace("*", "x") for name in names))
    profile = find_profile("recipe", tmp_path)
    assert len(profile.shapes) >= len(stated["shapes"])
    assert len(profile.contexts) == len(stated.get("contexts", {}))
