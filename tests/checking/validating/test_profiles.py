"""The shapes that the project ships: under a base, and with the present as a day."""

import re

import pytest
from rdflib import SH, URIRef

from dcat_hk.checking.validating.profiles import PROFILES, load_shapes, not_after, shapes_folder
from dcat_hk.checking.validating.pyshacl_adapter import as_graph

BASE = "https://a.example/plans/"


def test_every_profile_has_its_files():
    """The files of every profile are in the folder of shapes."""
    for names in PROFILES.values():
        assert [name for name in names if not (shapes_folder() / f"{name}.ttl").is_file()] == []


def test_shapes_stand_under_the_base_of_the_catalogue():
    """No shape is left under the base that the files state."""
    graph = as_graph(load_shapes("dcat-ap-hk", BASE))
    shapes = {str(shape) for shape in graph.subjects(SH.targetClass, None) if isinstance(shape, URIRef)}
    assert shapes
    assert [shape for shape in shapes if not shape.startswith(BASE)] == []


def test_a_day_takes_the_place_of_the_present():
    """With a day no constraint asks in SPARQL for the present; the others stay, and so does the cached graph."""
    timeless, dated = (as_graph(load_shapes("dcat-ap-hk", BASE, day)) for day in ("", "2026-11-20"))
    asking = [query for query in timeless.objects(None, SH.sparql) if "NOW()" in str(timeless.value(query, SH.select))]
    assert asking
    assert len(list(dated.objects(None, SH.sparql))) == len(list(timeless.objects(None, SH.sparql))) - len(asking)
    assert sum(str(pattern) == not_after("2026-11-20") for pattern in dated.objects(None, SH.pattern)) == len(asking)


@pytest.mark.parametrize("day", ["2026-01-01", "2020-10-09", "1999-12-31"])
def test_the_pattern_of_a_day_compares_as_text_does(day):
    """A pattern matches each year, month and day that is not after the day, at every edge of a digit."""
    search = re.compile(not_after(day)).search
    years = [f"{year:04}" for year in (0, 999, 1000, 1998, 1999, 2000, 2009, 2019, 2020, 2021, 2025, 2026, 2027, 9999)]
    months = [f"{year}-{month:02}" for year in years for month in (1, 2, 9, 10, 11, 12)]
    days = [f"{month}-{number:02}" for month in months for number in (1, 2, 8, 9, 10, 11, 19, 20, 29, 30, 31)]
    for text in (*years, *months, *days):
        assert bool(search(text)) is (text <= day[: len(text)]), text
