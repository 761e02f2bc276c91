"""Datasets whose titles are like another one."""

import pytest

from dcat_hk.core.text import fold, transform
from dcat_hk.serving.search.alike import find_alike, find_beginning, find_named, measure_likeness


@pytest.fixture(scope="module")
def index(library):
    """Return the index of the seeds' catalogue."""
    return library.index


@pytest.fixture(scope="module")
def titles(library):
    """Return the first title of each dataset."""
    return {iri: library.find_labels(iri)[0].value for iri in library.datasets}


def test_the_same_title_comes_first_in_either_script(index, titles):
    """Only the same title is fully alike."""
    for iri, title in list(titles.items())[::5]:
        for text in (title, transform(title, "Hans"), transform(title, "Hant"), f"「{title}」"):
            equal = [one.iri for one in find_alike(index, text) if one.is_equal]
            assert iri in equal
            assert all(fold(titles[one]) == fold(title) for one in equal)
        assert not any(one.is_equal for one in find_alike(index, f"{title}甲"))


def test_titles_come_by_how_alike_they_are(index, titles):
    """A number from 0 to 1, the largest first."""
    title = max(titles.values(), key=len)
    found = [one.likeness for one in find_alike(index, title[: len(title) // 2])]
    assert found == sorted(found, reverse=True)
    assert all(0 <= one < 1 for one in found)


def test_a_name_that_has_another_as_a_whole_comes_before_one_with_the_same_letters():
    """Parts of words and single ideographs are none; only the same name is fully alike."""
    whole = measure_likeness("police posts", "police posts/control points/reporting centres")
    assert measure_likeness("police posts", "police crime prevention offices") < whole < 1
    assert measure_likeness("人手状况", "人手状况等同全职人员数目") > measure_likeness("人手状况", "人口状况")
    assert measure_likeness("police", "policeman") < 1
    assert measure_likeness("lice", "police posts") < 0.6
    assert measure_likeness("人", "人手状况等同全职人员数目") < 0.6


@pytest.mark.parametrize(
    "text", ["", " ", "!!", "\x00", '" OR title : "', "NEAR(a b)", "𠀀", "無此字詞" * 500, "a" * 10_000]
)
def test_nothing_that_is_asked_fails(index, text):
    """What cannot be looked for finds nothing that is the same."""
    assert not any(one.is_equal for one in find_alike(index, text))
    assert isinstance(find_beginning(index, text), list)
    assert find_named(index, text) is None


def test_a_beginning_finds_titles_that_begin_so_first(index, titles):
    """From the first character on, in either script."""
    iri, title = next(iter(titles.items()))
    for length in (1, 2, 3, len(title)):
        for start in (title[:length], transform(title[:length], "Hans")):
            found = find_beginning(index, start)
            assert found, start
            begins = [any(text.startswith(title[:length]) for text in one.titles.values()) for one in found]
            assert begins == sorted(begins, reverse=True)
    assert iri in [one.iri for one in find_beginning(index, title)]


def test_a_dataset_is_found_by_its_names(index, library):
    """With its title, its body and its month."""
    iri = library.datasets[0]
    by_iri, by_name = find_named(index, iri), find_named(index, iri.rpartition("/")[2])
    assert by_iri == by_name
    assert by_iri.iri == iri
    assert list(by_iri.facets["body"])
    assert by_iri.titles
