"""Settings: the file, the options over it, and what is refused."""

import pytest

from dcat_hk.core.errors import NotReadable, UsageError
from dcat_hk.core.settings import FILE, Settings, load_settings


def settings_of(folder, text, **options):
    """Return the settings of a file with this text."""
    path = folder / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return load_settings(path, options)


def test_options_win_over_the_file_and_the_file_over_defaults(tmp_path):
    """An option that is not given leaves the value of the file, and a setting that the file lacks its default."""
    settings = settings_of(tmp_path, 'script = "Hans"\nbase-iri = "https://a.example/"', script="Hant", base_iri=None)
    assert (settings.script, settings.base_iri, settings.derived) == ("Hant", "https://a.example/", "tagged")


def test_the_file_of_the_working_directory_is_read_if_there_is_one(tmp_path, monkeypatch):
    """Without a named file dcat-hk.toml counts; without that, the defaults."""
    monkeypatch.chdir(tmp_path)
    assert load_settings(None, {}) == Settings()
    (tmp_path / FILE).write_text('script = "Hans"', encoding="utf-8")
    assert load_settings(None, {}).script == "Hans"


@pytest.mark.parametrize("data", [None, b"script = ", b"\xff"])
def test_a_file_that_cannot_be_read_is_an_error(tmp_path, data):
    """A missing file, one that is no TOML and one that is no UTF-8 are named."""
    path = tmp_path / "my.toml"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(NotReadable, match=r"my\.toml"):
        load_settings(path, {})


@pytest.mark.parametrize(
    "text",
    [
        'base-iri = "https://a.example/plans"',
        'base-iri = "https://a.example/a b/"',
        'base-iri = "ftp://a.example/"',
        'derived = "maybe"',
        'script = "Latn"',
        'contact = "data@a.example"',
        'title = { fr = "Plans" }',
        "title = { en = ' ' }",
        'title = { en = "a\\u0000b" }',
        "limits = 3",
        "limits = { sheep = 3 }",
        "limits = { pages = 0 }",
        "limits = { pages = 1.5 }",
        "limits = { pages = true }",
        "limits = { seconds = inf }",
    ],
)
def test_an_invalid_value_is_wrong_usage(tmp_path, text):
    """What a catalogue could not be built with is refused before anything is read."""
    with pytest.raises(UsageError, match=r"settings\.toml"):
        settings_of(tmp_path, text)


@pytest.mark.parametrize(
    "text",
    ["base-iri = 5", "contact = 5", "homepage = []", "publisher-type = 1", "title = 5", "publisher = { en = 5 }"],
)
def test_a_value_of_another_type_is_wrong_usage(tmp_path, text):
    """A number where a text is expected is refused with the name of the setting."""
    with pytest.raises(UsageError, match=text.partition(" ")[0]):
        settings_of(tmp_path, text)


@pytest.mark.parametrize(
    "text",
    [
        'base-iri = "https://../"',
        'homepage = "https://a.example/>"',
        'homepage = "https://[::1"',
        'contact = "mailto:a b"',
        'contact = "https://["',
        'publisher-type = "A B"',
        'publisher-iri = "us"',
        'publisher-iri = "https://a.example/我們"',
    ],
)
def test_what_would_be_no_iri_is_wrong_usage(tmp_path, text):
    """An address with a blank or a bracket would make every file of the catalogue unreadable."""
    with pytest.raises(UsageError):
        settings_of(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('publisher-iri = "https://example.org/dcat-hk/organisation/us"', "under the base IRI"),
        ('publisher-iri = "https://a.example/"\nhomepage = "https://a.example/"', "home page"),
    ],
)
def test_an_operator_has_an_iri_of_its_own(tmp_path, text, why):
    """IRIs under the base are given by the catalogue, and a page is not who publishes it."""
    with pytest.raises(UsageError, match=why):
        settings_of(tmp_path, text)


def test_who_operates_and_where_need_not_be_stated(tmp_path):
    """Without these settings nothing is claimed: no type, no home page, no name of somebody."""
    settings = settings_of(tmp_path, 'homepage = ""\npublisher = {}\npublisher-type = ""')
    assert (settings.homepage, settings.publisher, settings.publisher_type) == ("", {}, "")
    assert settings == Settings()


def test_limits_have_the_numbers_of_the_file(tmp_path):
    """Whole numbers, and fractions where a limit is a time, are taken over."""
    assert settings_of(tmp_path, "[limits]\npages = 1000\nseconds = 2.5").limits == {"pages": 1000, "seconds": 2.5}
