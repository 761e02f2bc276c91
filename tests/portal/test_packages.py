"""Entries of the portal, in whatever state they are, become records."""

import pytest

from dcat_hk.core.vocabularies import load
from dcat_hk.portal.packages import find_provider, find_tag, names_of, read_package, slug_of, texts_of

PACKAGE = {
    "name": "hk-hkpf-piers",
    "title": "Piers",
    "notes": "Where\n they are",
    "organization": {"name": "hk-hkpf", "title": "Police"},
    "groups": [{"name": "transport", "title": "Transportation"}],
    "update_frequency": "Annually",
    "data_dictionary": "https://files.example/dictionary.pdf",
    "maintainer": "Data Officer",
    "maintainer_email": "data@police.example",
    "maintainer_phone": "12345678",
    "metadata_created": "2025-01-02T16:31:17.210961",
    "metadata_modified": "2025-03-04T00:00:00",
    "resources": [
        {
            "id": "1f-2",
            "name": "Piers in CSV",
            "url": "https://files.example/a.csv",
            "format": "csv",
            "dateCreated": "2025-01-02",
            "datePublished": "2025-01-03",
            "dateModified": "2025-01-04",
            "inLanguage": ["en", "zh-Hant"],
            "is_api": "N",
            "size": "1200",
        },
        {"name": "API", "url": "https://api.example/piers", "format": "API", "is_api": "Y"},
    ],
}


def test_every_field_is_read():
    """What the portal says of a dataset and of its resources is all there."""
    record = read_package(PACKAGE, "en", load())
    assert (record.slug, record.provider, record.category) == ("hk-hkpf-piers", "hk-hkpf", "transport")
    assert (record.titles, record.notes) == ({"en": "Piers"}, {"en": "Where they are"})
    assert (record.created, record.modified) == ("2025-01-02", "2025-03-04")
    assert record.frequency == {"en": "Annually"}
    assert record.dictionary == {"en": "https://files.example/dictionary.pdf"}
    assert (record.maintainer, record.email, record.phone) == (
        {"en": "Data Officer"},
        "data@police.example",
        "12345678",
    )
    assert record.formats == ("API", "CSV")
    first, second = record.resources
    assert (first.id, first.names, first.format, first.size) == ("1f-2", {"en": "Piers in CSV"}, "CSV", 1200)
    assert (first.created, first.issued, first.modified) == ("2025-01-02", "2025-01-03", "2025-01-04")
    assert (first.languages, first.is_api, second.is_api) == (("en", "zh-Hant"), False, True)


@pytest.mark.parametrize("value", [None, 5, [], {}, True, "", " ", ["x"], {"x": 1}, float("nan")])
@pytest.mark.parametrize("field", sorted({*PACKAGE} - {"name"}))
def test_a_field_of_a_wrong_type_counts_as_missing(field, value):
    """Whatever stands in a field, a record comes of it, and nothing is made up."""
    record = read_package({**PACKAGE, field: value}, "en", load())
    assert record.slug == "hk-hkpf-piers"
    assert all(isinstance(text, str) for text in record.titles.values())
    assert "None" not in repr(record).replace("size=None", "").replace("extent=None", "")


@pytest.mark.parametrize("value", [None, 5, [], {}, True, "", "ftp://files.example/a", "javascript:alert(1)", "a b"])
def test_a_resource_without_an_address_is_none(value):
    """A resource that cannot be got is left out."""
    assert read_package({**PACKAGE, "resources": [{"url": value}]}, "en", load()).resources == ()


@pytest.mark.parametrize("name", [None, "", " ", "a b", "a/b", "../a", "中文", "a" * 300, "-a", "<b>"])
def test_names_that_cannot_stand_in_an_address_are_no_slugs(name):
    """A slug is what a page can be named after."""
    assert slug_of({"name": name}) == ""


def test_further_fields_are_read_as_if_they_stood_with_the_others():
    """CKAN keeps some fields in a list of keys and values."""
    package = {"name": "a", "extras": [{"key": "update_frequency", "value": "Daily"}, {"key": "title", "value": "no"}]}
    record = read_package({**package, "title": "yes"}, "en", load())
    assert (record.frequency, record.titles) == ({"en": "Daily"}, {"en": "yes"})


@pytest.mark.parametrize(
    ("package", "provider"),
    [
        ({"name": "hk-hkpf-a", "organization": {"name": "hk-hkpf"}}, "hk-hkpf"),
        ({"name": "hk-hkpf-a"}, "hk-hkpf"),
        ({"name": "a-1", "organization": {"title": "Hong Kong Police Force"}}, "hk-hkpf"),
        ({"name": "a-1", "organization": {"title": "Nobody"}}, ""),
        ({"name": "a-1", "organization": {"name": "hk-new"}}, "hk-new"),
    ],
)
def test_who_provides_a_record(package, provider):
    """The body is stated, or found by the slug, or by its name; else it is not known."""
    assert read_package(package, "en", load()).provider == provider


def test_every_recorded_slug_begins_with_a_known_provider(shared):
    """Each of the thousands of slugs that were recorded leads to a body."""
    lines = (shared / "reference/portal/derived_catalogue_en_2025-09.tsv").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines[1:] if not find_provider(line.split("\t")[0], load())] == []


def test_a_category_is_known_by_its_code_or_its_name():
    """Former names of categories count, too."""
    vocabularies = load()
    for group in ({"name": "finance"}, {"title": "Finance"}, {"title": "財經"}):
        assert read_package({"name": "a", "group": group}, "en", vocabularies).category == "finance"
    assert read_package({"name": "a", "groups": [{"title": "Unheard of"}]}, "en", vocabularies).category == ""


def test_texts_without_a_known_language_are_left_out():
    """No text is published under a language that was guessed."""
    assert texts_of("Piers", "") == {}
    assert texts_of({"EN": "Piers", "fr": "Quais", "zh_hk": "碼頭"}, "") == {"en": "Piers", "zh-Hant": "碼頭"}
    assert names_of(PACKAGE, "", load())["providers"] == ("hk-hkpf", {})
    assert texts_of("a\x00\u200bb\u202e", "en") == {"en": "ab"}


@pytest.mark.parametrize(
    ("name", "tag"), [("TC", "zh-Hant"), ("zh_CN", "zh-Hans"), ("eng", "en"), ("de", ""), ("", "")]
)
def test_languages_have_several_names(name, tag):
    """Files and addresses call languages otherwise than their tags."""
    assert find_tag(name) == tag
