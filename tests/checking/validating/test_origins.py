"""Where focus nodes come from: files, plans and lines."""

import pytest

from dcat_hk.checking.shacl.spool import Spool
from dcat_hk.checking.sources import Intake
from dcat_hk.checking.validating import origins
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
    found = find_origins(files, nodes)
    assert set(found) == nodes
    assert {(origin.plan, origin.locator) for origin in found.values()} == {('my "plan".xlsx', 'sheet "A", row 7')}
    assert {origin.file for origin in found.values()} == {files[0].name}


def test_other_things_come_from_a_file_only(files):
    """What no record describes has the file that describes it; what no file describes has none."""
    found = find_origins(files, {"urn:other", "urn:more", "urn:absent"})
    assert found == {
        "urn:other": ResultOrigin(files[0].name),
        "urn:more": ResultOrigin(files[1].name),
        "urn:absent": ResultOrigin(""),
    }
    assert find_origins(files, set()) == {}


def test_pieces_shared_among_processes_say_the_same(tmp_path, monkeypatch):
    """Records, plans and what is said of blank nodes are found wherever they lie, by one process as by several."""
    rows = [
        f"<urn:record{n}> foaf:primaryTopic <urn:d{n}> ; prov:wasDerivedFrom <urn:s> ; plan:locator 'row {n}' .\n"
        f"<urn:d{n}> dct:title 'D' ; dct:temporal [ dct:title '{n}' ] .\n"
        for n in range(3000)
    ]
    path = tmp_path / "a.ttl"
    head, mark, rest = DATA.partition("<urn:record>")
    path.write_text(head + "".join(rows) + mark + rest.replace("<urn:source>", "<urn:s>"), encoding="utf-8")
    nodes = {f"urn:d{n}" for n in range(3000)}
    found = []
    with Intake() as intake:
        for small in (0, 10**9):
            monkeypatch.setattr(origins, "SMALL", small)
            facts = Spool(1)
            given = find_origins(intake.files([path]), nodes, facts)
            found.append((given, dict(facts.blocks(0))))
    assert found[0] == found[1]
    given, facts = found[0]
    assert given["urn:d7"] == ResultOrigin(str(path), 'my "plan".xlsx', "row 7")
    # Each thing points at its blank node, which has a title.
    assert len(facts) == 6000


def test_an_origin_is_shown_by_plan_and_place():
    """Only places in lines can be given as lines; a thing of no plan has an empty text."""
    lines = ResultOrigin("data.ttl", "plan.txt", "lines 3-5")
    assert (str(lines), lines.place) == ("plan.txt, lines 3-5", Place(3, 5))
    row = ResultOrigin("data.ttl", "plan.xlsx", "sheet A, row 7")
    assert (str(row), row.place) == ("plan.xlsx, sheet A, row 7", None)
    assert str(ResultOrigin("data.ttl")) == ""
