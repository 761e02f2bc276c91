"""Where focus nodes come from: files, plans and lines."""

import pytest

from dcat_hk.checking.sources import Intake
from dcat_hk.checking.validating.origins import ResultOrigin, find_origins
from dcat_hk.core.place import Place

DATA = """
@prefix dct: <http://purl.org/dc/terms/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix prov: <http://www.w3.org/ns/prov#> . @prefix plan: <https://example.org/def/plan#> .
<urn:record> foaf:primaryTopic <urn:d> ; prov:wasDerivedFrom <urn:source> ; plan:locator "sheet \\"A\\", row 7" .
<urn:d> dct:title "D" . <urn:d/distribution/csv> dct:title "X" . <urn:d#period> dct:title "P" .
<urn:source> prov:specializationOf <urn:plan> ; dct:title "my \\"plan\\".xlsx" .
<urn:other> dct:title "other" .
"""


@pytest.fixture
def files(make_file):
    """Return a catalogue with the record of a dataset, and a file that describes something else."""
    with Intake() as intake:
        yield intake.files([make_file("data.ttl", DATA), make_file("more.ttl", '<urn:more> <urn:p> "1" .')])


def test_datasets_and_their_parts_come_from_the_row_of_the_record(files):
    """A dataset, its parts and its record have the plan and the place, as they are written in the plan."""
    nodes = {"urn:d", "urn:d/distribution/csv", "urn:d#period", "urn:record"}
    origins = find_origins(files, nodes)
    assert set(origins) == nodes
    assert {(origin.plan, origin.locator) for origin in origins.values()} == {('my "plan".xlsx', 'sheet "A", row 7')}
    assert {origin.file for origin in origins.values()} == {files[0].name}


def test_other_things_come_from_a_file_only(files):
    """What no record describes has the file that describes it; what no file describes has none."""
    origins = find_origins(files, {"urn:other", "urn:more", "urn:absent"})
    assert origins == {
        "urn:other": ResultOrigin(files[0].name),
        "urn:more": ResultOrigin(files[1].name),
        "urn:absent": ResultOrigin(""),
    }
    assert find_origins(files, set()) == {}


def test_an_origin_is_shown_by_plan_and_place():
    """Only places in lines can be given as lines; a thing of no plan has an empty text."""
    lines = ResultOrigin("data.ttl", "plan.txt", "lines 3-5")
    assert (str(lines), lines.place) == ("plan.txt, lines 3-5", Place(3, 5))
    row = ResultOrigin("data.ttl", "plan.xlsx", "sheet A, row 7")
    assert (str(row), row.place) == ("plan.xlsx, sheet A, row 7", None)
    assert str(ResultOrigin("data.ttl")) == ""
